package dispatch

import "shouwang/internal/fault"

// The faults of incidents and plans. When one comes up nothing has been written.
var (
	ErrIncident = fault.Define(fault.NotFound, "SW-1501", "没有这个事件，或不在您的范围内。", "There is no such incident within your scope.")
	ErrOwnPlan  = fault.Define(fault.Forbidden, "SW-1502", "方案须由第二人应用：您是拟案人。请把方案发给同级或上级另一人；没有改动任何东西。", "A plan is applied by a second person, and you made this one. Send it to another officer; nothing was changed.")
	ErrOutdated = fault.Define(fault.Conflict, "SW-1503", "方案拟好以后情况有变（分区、人员或岗位），不能照旧应用。没有改动任何东西，请重新拟一次，只会显示差别。", "Zones, people or posts changed after this plan was made, so it cannot be applied. Nothing was changed; make the plan again.")
	ErrStopped  = fault.Define(fault.Invalid, "SW-1504", "方案有一项必须先解决：{0}。没有改动任何东西。", "The plan has something to settle first: {0}. Nothing was changed.")
	ErrEnded    = fault.Define(fault.Conflict, "SW-1505", "事件已于 {0} 结束，不能再改。", "The incident ended at {0} and cannot be changed.")
	ErrBusy     = fault.Define(fault.Conflict, "SW-1506", "{0}已在另一事件或另一岗位上，一个人不能派两处。请另选一人。", "{0} is already on a post elsewhere; nobody is posted twice. Choose somebody else.")
	ErrSlot     = fault.Define(fault.NotFound, "SW-1507", "方案里没有这个岗位，可能分区已改。请重新打开方案。", "The plan has no such post; the zones may have changed. Open the plan again.")
	ErrHelper   = fault.Define(fault.NotFound, "SW-1508", "名册里没有这个人，或此人现在不在位。请另选一人。", "There is no such helper, or they are not present. Choose somebody else.")
	ErrPlace    = fault.Define(fault.NotFound, "SW-1509", "没有这个地点，或不在事件范围内：{0}。没有改动任何东西，请核对地点编码。", "There is no such place within the incident: {0}. Nothing was changed; check the place code.")
	ErrTitle    = fault.Define(fault.Invalid, "SW-1510", "请给事件写一个名称（不超过 200 字）。", "Give the incident a title of at most 200 characters.")
	ErrNoZone   = fault.Define(fault.NotFound, "SW-1511", "这些地点上没有正在生效的分区，不用解除。", "No zone is in force at these places; there is nothing to lift.")
	ErrDraft    = fault.Define(fault.Conflict, "SW-1512", "事件还没有启动，不能收尾。可放弃草稿。", "The incident has not started, so it cannot be demobilized.")
	ErrReason   = fault.Define(fault.Invalid, "SW-1513", "人定的选择要写一句理由，以后的方案才不会改动它。", "A choice made by hand needs a reason; later plans then leave it alone.")
	ErrAlone    = fault.Define(fault.Forbidden, "SW-1514", "单人启动要在送出方案 {0} 分钟无人应答之后，且最多持续 {1} 分钟。没有改动任何东西。", "One person may start alone only after {0} minutes without an answer, and for {1} minutes at most. Nothing was changed.")
	ErrConfirm  = fault.Define(fault.Conflict, "SW-1515", "没有等待确认的单人启动，或您就是启动人。", "There is no start by one person to confirm, or you are the one who started it.")
	ErrSolve    = fault.Define(fault.Internal, "SW-1516", "派岗计算失败，没有改动任何东西。请把编号告诉系统管理员。", "The posts could not be reckoned; nothing was changed. Give this code to the system keeper.")
)
