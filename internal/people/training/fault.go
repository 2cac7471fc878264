package training

import "shouwang/internal/fault"

// Faults of trainings and passes. When one comes up nothing was changed.
var (
	// ErrTrainer says that a trainer does not hold the qualification.
	ErrTrainer = fault.Define(fault.Invalid, "SW-1739",
		"{0} 自己没有在有效期内的“{1}”资格，不能带教，也不能让别人通过。没有改动任何东西。请换一位有资格的带教人。",
		"{0} does not hold {2} at that time and can neither teach it nor pass anybody. Nothing was changed. Name a trainer who holds it.")
	// ErrOneself says that nobody passes themself.
	ErrOneself = fault.Define(fault.Invalid, "SW-1755",
		"不能给自己通过，也不能在自己带的课上当学员。没有改动任何东西。请由另一位带教人来。",
		"Nobody passes themself or is a trainee of their own session. Nothing was changed. Have another trainer do it.")
	// ErrSteps says which steps of a course are not done.
	ErrSteps = fault.Define(fault.Invalid, "SW-1756",
		"还不能通过，课程还差：{0}。没有改动任何东西。做完再通过。",
		"Not to be passed yet; the course still asks: {1}. Nothing was changed. Do these first.")
	// ErrCourse says that a course, a step or a qualification is not declared.
	ErrCourse = fault.Define(fault.Invalid, "SW-1757",
		"预案里没有“{0}”。没有改动任何东西。请选预案里写着的课程、步骤或资格。",
		"No playbook declares {0}. Nothing was changed. Choose a course, a step or a qualification that one does.")
	// ErrTime says that a session cannot be at that time.
	ErrTime = fault.Define(fault.Invalid, "SW-1748",
		"时间不对：结束要晚于开始，一次不超过 24 小时，也不能排在过去。没有改动任何东西。请改时间。",
		"That time cannot be: the end is after the beginning, at most 24 hours later, and not in the past. Nothing was changed. Mend the time.")
	// ErrPlaces says that more people were named than there are places.
	ErrPlaces = fault.Define(fault.Invalid, "SW-1749",
		"名额是 {0}，现在有 {1} 人。没有改动任何东西。请减少人数，或另排一场。",
		"There are {0} places and {1} people. Nothing was changed. Invite fewer, or plan another session.")
	// ErrBooked says that somebody is elsewhere at that time.
	ErrBooked = fault.Define(fault.Conflict, "SW-1723",
		"{0} 那段时间已在另一场培训里。没有改动任何东西。请换人或换时间。",
		"{0} is in another session at that time. Nothing was changed. Choose somebody else or another time.")
	// ErrOutcome says that an outcome cannot be noted.
	ErrOutcome = fault.Define(fault.Invalid, "SW-1724",
		"不能记“{0}”：还没开始、此人没被邀请，或没有这种结果（可记：来了、通过、再来一次、没来）。没有改动任何东西。",
		"{0} cannot be noted: it has not begun, that person was not invited, or there is no such outcome (came, passed, again, absent). Nothing was changed.")
	// ErrWhy says that a reason is needed.
	ErrWhy = fault.Define(fault.Invalid, "SW-1725",
		"要写明理由（500 字以内），会留档。没有改动任何东西。",
		"A reason is needed (500 characters at most); it is kept. Nothing was changed.")
	// ErrRevoked says that a pass does not hold any more.
	ErrRevoked = fault.Define(fault.Conflict, "SW-1726",
		"这项资格已收回或已过期，不用再收回。没有改动任何东西。",
		"That pass was revoked or has ended already. Nothing was changed.")
	// ErrCard says that a card is not declared or reads otherwise by now.
	ErrCard = fault.Define(fault.Invalid, "SW-1727",
		"没有这张须知卡，或它的内容刚改过。没有记下。请重新打开再看一遍。",
		"There is no such card, or its words were just changed. Nothing was noted. Open it again and read it.")
	// ErrOver says that a session was called off or is closed.
	ErrOver = fault.Define(fault.Conflict, "SW-1728",
		"这场培训已取消或已结束，不能再改。没有改动任何东西。请另排一场。",
		"That session was called off or is over. Nothing was changed. Plan another one.")
)
