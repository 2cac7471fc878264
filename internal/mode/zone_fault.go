package mode

import "shouwang/internal/fault"

// The faults of facts and exemptions. When one comes up nothing has been written.
var (
	ErrPlea         = fault.Define(fault.Invalid, "SW-1470", "申请要写明用途和理由（理由不超过 500 字）。没有提交，请补全。可选用途：{0}。", "A request names its purpose and why, in at most 500 characters. Nothing was sent; complete it. Purposes: {0}.")
	ErrPleaTime     = fault.Define(fault.Invalid, "SW-1471", "起止时间不对：结束须晚于开始，也晚于现在。没有提交，请改时间。", "The times do not fit: the end comes after the start and after now. Nothing was sent; change them.")
	ErrNothingHolds = fault.Define(fault.Conflict, "SW-1472", "这一户此刻没有生效的管控措施，不需要申请豁免。", "No measure holds at this door just now, so there is nothing to be exempted from.")
	ErrOwnPlea      = fault.Define(fault.Forbidden, "SW-1473", "自己提的申请不能由自己决定。没有改动，请由指定的审批人或上级处理。", "Nobody decides their own request. Nothing was changed; the named decider or the level above does.")
	ErrDecided      = fault.Define(fault.Conflict, "SW-1474", "这条申请已经有了结果，或已过期。没有改动，请刷新后查看。", "This request has its answer already, or is over. Nothing was changed; refresh to see it.")
	ErrNotYours     = fault.Define(fault.Forbidden, "SW-1475", "这条申请由指定的审批人决定；到时没有答复，才由上级处理。没有改动。", "The named decider answers this request; only when the time is over does the level above. Nothing was changed.")
	ErrVerdict      = fault.Define(fault.Invalid, "SW-1476", "请写一句理由（不超过 500 字），申请人会看到结果。没有改动。", "Give a reason of at most 500 characters; the applicant sees the answer. Nothing was changed.")
	ErrFactName     = fault.Define(fault.Invalid, "SW-1477", "这个预案里没有事实「{0}」。可登记的有：{1}。没有写入。", "The playbook knows no fact \"{0}\". It knows: {1}. Nothing was written.")
	ErrFactTime     = fault.Define(fault.Invalid, "SW-1478", "事实发生的时间不能在将来，也不能早于一年前。没有写入，请核对时间。", "A fact happened neither in the future nor more than a year ago. Nothing was written; check the time.")
	ErrFactSource   = fault.Define(fault.Invalid, "SW-1479", "请写明来源（不超过 300 字），例如哪份通报。不要写任何人的姓名或病情。没有写入。", "Name the source in at most 300 characters, a bulletin for instance; never a person's name or illness. Nothing was written.")
	ErrFactGone     = fault.Define(fault.Conflict, "SW-1480", "这条事实已经撤回过了。", "This fact has been withdrawn already.")
	ErrNoFact       = fault.Define(fault.NotFound, "SW-1481", "没有这条事实，或不在您的范围内。", "There is no such fact within your scope.")
	ErrNoExemption  = fault.Define(fault.NotFound, "SW-1482", "没有这条豁免申请，或不在您的范围内。", "There is no such request within your scope.")
	ErrHistory      = fault.Define(fault.Invalid, "SW-1483", "历史文件读不通：{0}。请对照示例改正。", "The history file cannot be read: {0}. Mend it after the example.")
)
