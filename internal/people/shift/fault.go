package shift

import "shouwang/internal/fault"

// The faults of shifts and rosters. When one comes up nothing has been written.
var (
	// ErrRules says that what is asked of a roster contradicts itself.
	ErrRules = fault.Define(fault.Invalid, "SW-1780", "排班的规则互相矛盾：{0}。没有改动，请核对预案里的 shifts。", "What the roster is to keep contradicts itself: {1}. Nothing was changed; check shifts: in the playbook.")
	// ErrSpan says that the days of a roster are none.
	ErrSpan = fault.Define(fault.Invalid, "SW-1781", "排班的起始日应是 2026-03-01 这样的日期，天数 1 到 28。没有改动。", "A roster begins on a day such as 2026-03-01 and has 1 to 28 days. Nothing was changed.")
	// ErrNoStand says that nothing at a place is held by turns.
	ErrNoStand = fault.Define(fault.Invalid, "SW-1782", "{0} 没有要轮班的岗位。没有改动。请点名启用一个岗位（可用：{1}），或先启动预案。", "No post at {0} is held by turns. Nothing was changed. Name one ({1}) or apply a plan first.")
	// ErrFits says why somebody cannot take a shift.
	ErrFits = fault.Define(fault.Invalid, "SW-1783", "{0} 不能排这一班：{1}。没有改动。请另选一人，或由有权的人写明理由破例。", "{0} cannot take this shift: {2}. Nothing was changed. Choose somebody else, or let who may make an exception with a reason.")
	// ErrTaken says that a shift is not open.
	ErrTaken = fault.Define(fault.Conflict, "SW-1784", "这一班已经有人了。没有改动，请刷新后另选。", "Somebody has this shift already. Nothing was changed; refresh and choose another.")
	// ErrOver says that a shift is over or not asked for any more.
	ErrOver = fault.Define(fault.Conflict, "SW-1785", "这一班已经结束或取消。没有改动。", "This shift is over or not asked for any more. Nothing was changed.")
	// ErrPublished says that a roster is published already, or taken back.
	ErrPublished = fault.Define(fault.Conflict, "SW-1786", "这份排班已经发布或撤回。没有改动，请重新排。", "This roster is published or taken back already. Nothing was changed; plan anew.")
	// ErrMoved says that shifts changed after a draft was made.
	ErrMoved = fault.Define(fault.Conflict, "SW-1787", "排班以后，有人的班次变了（{0}）。没有发布，请重新排一次。", "Somebody's shifts changed after this draft was made ({0}). It was not published; plan again.")
	// ErrUndo says that ten minutes are over, or that the shift changed since.
	ErrUndo = fault.Define(fault.Conflict, "SW-1788", "只能在十分钟内、别人接班以前反悔。没有改动，请联系社区。", "It can be undone within ten minutes and before somebody else has the shift. Nothing was changed; call the community.")
	// ErrWish says what is wrong with a wish.
	ErrWish = fault.Define(fault.Invalid, "SW-1789", "意愿要写今后 60 天内的一天，时段的结束要晚于开始。没有记下。", "A wish names a day of the next 60 and hours that end after they start. Nothing was recorded.")
	// ErrSwap says that two shifts cannot be swapped.
	ErrSwap = fault.Define(fault.Invalid, "SW-1790", "只能用自己还没开始的班，换别人还没开始的班。没有改动。", "You swap a shift of yours that has not begun for one of somebody else's that has not. Nothing was changed.")
	// ErrFixed says that a draft cannot give a shift to somebody else.
	ErrFixed = fault.Define(fault.Conflict, "SW-2600", "这一班已经开始，或在已发布的排班里由人定了。草案没有改动，请到已发布的排班里换人。", "This shift has begun, or a hand fixed it in the roster that holds. The draft was not changed; change it in the published roster.")
)
