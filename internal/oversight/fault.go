package oversight

import "shouwang/internal/fault"

// The faults of warnings. When one comes up nothing was changed.
var (
	// ErrWhen says that a rule's condition cannot be read.
	ErrWhen = fault.Define(fault.Invalid, "SW-2500", "条件读不懂（第 {0} 列）：{1}。没有保存，原来的规则照旧。可用的名字见右边的清单。",
		"The condition cannot be read (column {0}): {1}. Nothing was saved and the rule holds as before. The names it may use are listed beside it.")
	// ErrCostly says that a rule takes too long to reckon.
	ErrCostly = fault.Define(fault.Invalid, "SW-2501", "这个条件算起来太费时，已经停下。没有保存，原来的规则照旧。请去掉层层套用的列表。",
		"This condition takes too long to reckon and was stopped. Nothing was saved and the rule holds as before. Leave out lists within lists.")
	// ErrOver says that a warning stands no more.
	ErrOver = fault.Define(fault.Conflict, "SW-2502", "这条提醒已经答复过，或者情况已经变了。没有改动，请刷新。",
		"This warning was answered already, or things have changed. Nothing was changed; refresh.")
	// ErrAnswer says that an answer is none of the list.
	ErrAnswer = fault.Define(fault.Invalid, "SW-2503", "答复只能是“办了”或“不是这样”，后一种要选一个原因。没有改动。",
		"The answer is \"done\" or \"not so\", and the latter names one of the reasons. Nothing was changed.")
	// ErrNoTap says that a rule opens no case.
	ErrNoTap = fault.Define(fault.Invalid, "SW-2504", "这条提醒没有一键开办的事。没有改动，请打开它说的对象去办。",
		"This warning opens no case. Nothing was changed; open what it is about.")
	// ErrNoRule says that a rule is not in force at a place.
	ErrNoRule = fault.Define(fault.NotFound, "SW-2505", "这里没有规则“{0}”。没有保存，请刷新。", "There is no rule \"{0}\" here. Nothing was saved; refresh.")
	// ErrReasonText says that the words of a rule are wanting.
	ErrReasonText = fault.Define(fault.Invalid, "SW-2506", "名称、理由都要写中文和英文，理由里的 {0} 只能用列出的数字。没有保存。",
		"Title and reason are wanted in Chinese and English, and the reason may name the listed figures alone ({0}). Nothing was saved.")
)
