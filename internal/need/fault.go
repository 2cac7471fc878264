package need

import "shouwang/internal/fault"

// The faults of cases. When one comes up nothing has been written and the case lies
// where it lay.
var (
	// ErrVerb says that a case in this stage cannot be moved so.
	ErrVerb = fault.Define(fault.Conflict, "SW-2401", "这件事现在是“{0}”，不能“{1}”。没有改动，请刷新看看进展。", "This case is \"{0}\" now and cannot be \"{1}\". Nothing was changed; refresh to see how it stands.")
	// ErrHolder says that somebody else has it.
	ErrHolder = fault.Define(fault.Conflict, "SW-2402", "这件事已由别人接手。没有改动；可以请对方放回，或由上级改派。", "Somebody else has taken this case. Nothing was changed; ask them to put it back, or let the desk above assign it.")
	// ErrBarred says that whoever it is about cannot decide it.
	ErrBarred = fault.Define(fault.Forbidden, "SW-2403", "这件事针对您作出的决定，要由别人答复。没有改动，请转给上级。", "This case is about a decision of yours, so somebody else answers it. Nothing was changed; pass it to the desk above.")
	// ErrVerdict says that an objection is decided and not merely answered.
	ErrVerdict = fault.Define(fault.Invalid, "SW-2460", "这是对措施的异议，要作出决定：维持、放宽或解除（{0}），并写明理由。没有改动。", "This is an objection to a measure: decide it (uphold, ease or lift: {0}) and give the reason. Nothing was changed.")
	// ErrMeasure says that a measure does not hold where somebody objects.
	ErrMeasure = fault.Define(fault.Invalid, "SW-2461", "这项措施现在不在这里生效，不用申诉了。没有登记；请回到上一页看现在的规定。", "This measure does not hold here now, so there is nothing to object to. Nothing was recorded; go back to see what holds.")
	// ErrNoObjection says that a case is no objection.
	ErrNoObjection = fault.Define(fault.Conflict, "SW-2462", "这件事不是对措施的异议，请用“答复”。没有改动。", "This case is no objection to a measure; answer it instead. Nothing was changed.")
	// ErrWider says that a measure reaches further than whoever objects.
	ErrWider = fault.Define(fault.Conflict, "SW-2463", "这项措施管的范围比提出异议的地方大，不能在这里只对一处放宽：可以维持，可以整项解除，也可以请住户扫自家门口的码再提。没有改动。", "This measure reaches further than the place that objects, which is no single household: uphold it, lift it as a whole, or ask the household to object by the code at its own door. Nothing was changed.")
	// ErrPosting says that a line does not stand on the board.
	ErrPosting = fault.Define(fault.Conflict, "SW-2464", "这一条已经不在互助板上了：办好了、到时了，或被收下。没有送出，您写的还在下面；请看别的，或自己发一条。", "This line is no longer on the board: it is done, lapsed or taken off. Nothing was sent and what you wrote is kept below; look at the others or ask yourself.")
	// ErrProof says that an answer names no proof, or no words.
	ErrProof = fault.Define(fault.Invalid, "SW-2404", "答复要写清做了什么（2 到 1000 字）。没有改动。", "An answer says what was done (2 to 1,000 characters). Nothing was changed.")
	// ErrMet says that nobody is named who met the need.
	ErrMet = fault.Define(fault.Invalid, "SW-2405", "请选是谁办成的（{0}）。没有改动。", "Say who met the need ({0}). Nothing was changed.")
	// ErrWhy says that a reason is missing.
	ErrWhy = fault.Define(fault.Invalid, "SW-2406", "请写明理由（2 到 500 字）。没有改动。", "Give a reason (2 to 500 characters). Nothing was changed.")
	// ErrPause says that it cannot be paused so.
	ErrPause = fault.Define(fault.Invalid, "SW-2407", "暂停要选一个理由（{0}），最长 {1}，不能早于现在。没有改动。", "A pause has one of the reasons ({0}), is at most {1} long and ends later than now. Nothing was changed.")
	// ErrDesk says that a desk is none, or the same.
	ErrDesk = fault.Define(fault.Invalid, "SW-2408", "转给谁不明确，或者就是现在这一家。没有改动，请另选。", "Where it is to go is not clear, or is where it lies already. Nothing was changed; choose another desk.")
	// ErrSame says that two cases cannot be answered together.
	ErrSame = fault.Define(fault.Invalid, "SW-2409", "只能并到同一类、还没办结、没有再并到别处的一件。没有改动。", "It can be answered together with an open case of the same kind that is not itself joined to another. Nothing was changed.")
	// ErrParts says that parts of it are open.
	ErrParts = fault.Define(fault.Conflict, "SW-2410", "还有 {0} 件分出去的事没办完，先办完或撤回再答复。没有改动。", "{0} parts of this case are open: finish or withdraw them before it is answered. Nothing was changed.")
	// ErrRating says that a rating is none.
	ErrRating = fault.Define(fault.Invalid, "SW-2411", "评价是 1 到 3。没有改动。", "A rating is 1 to 3. Nothing was changed.")
	// ErrOwnYes says that whoever answered cannot note the resident's yes without a proof.
	ErrOwnYes = fault.Define(fault.Forbidden, "SW-2412", "答复的人不能自己代记“居民同意”。没有改动；请居民本人点，或由别人打电话确认。", "Whoever answered cannot note the resident's yes. Nothing was changed; let the resident say so, or somebody else telephone.")
	// ErrEarly says that the clock's time has not come.
	ErrEarly = fault.Define(fault.Conflict, "SW-2413", "还没到时候。没有改动。", "It is not time yet. Nothing was changed.")
	// ErrOpen says what is wrong with a new case.
	ErrOpen = fault.Define(fault.Invalid, "SW-2414", "请写清要什么（2 到 1000 字），或点一样。没有登记。", "Say what is needed (2 to 1,000 characters) or tap a picture. Nothing was recorded.")
	// ErrItem says that the catalogue has no such item.
	ErrItem = fault.Define(fault.Invalid, "SW-2415", "这里的事项目录没有“{0}”。没有登记，请从目录里选。", "The catalogue in force here has no \"{0}\". Nothing was recorded; choose from it.")
)
