package notice

import "shouwang/internal/fault"

// The faults of notices. When one comes up nothing has been written or sent.
var (
	ErrWords   = fault.Define(fault.Invalid, "SW-1760", "请写标题（不超过 60 字）和正文（不超过 500 字）。没有发出，请补全。", "Write a title of at most 60 and a text of at most 500 characters. Nothing was sent.")
	ErrTime    = fault.Define(fault.Invalid, "SW-1761", "截止时间要晚于现在，最长 14 天。没有发出，请改时间。", "The time by which to answer comes after now, at most 14 days. Nothing was sent.")
	ErrWanted  = fault.Define(fault.Invalid, "SW-1762", "需要的人数应在 0 到 100000 之间（0 表示来多少算多少）。没有发出。", "How many are wanted is a number from 0 to 100000 (0: as many as come). Nothing was sent.")
	ErrNobody  = fault.Define(fault.Invalid, "SW-1763", "这个范围里没有符合条件的人。没有发出，请放宽条件或扩大范围。", "Nobody in this area fits. Nothing was sent; ask for less or take a larger area.")
	ErrAnswer  = fault.Define(fault.Invalid, "SW-1764", "只能回答“能来”“来不了”或“再说”。没有记下。", "The answers are yes, no and later. Nothing was recorded.")
	ErrClosed  = fault.Define(fault.Conflict, "SW-1765", "这条召集已经结束，您不用来了，谢谢。没有改动。", "This call has ended; you need not come. Thank you. Nothing was changed.")
	ErrFilled  = fault.Define(fault.Conflict, "SW-1766", "人手已经够了，您不用来了，谢谢。没有改动。", "Enough people have come; you need not. Thank you. Nothing was changed.")
	ErrNotYet  = fault.Define(fault.Conflict, "SW-1767", "还没有问到您。没有记下，请等通知。", "Your turn to be asked has not come. Nothing was recorded; wait for the notice.")
	ErrNoAsk   = fault.Define(fault.NotFound, "SW-1768", "没有这条通知，或不是发给您的。", "There is no such notice for you.")
	ErrNoWants = fault.Define(fault.Invalid, "SW-1769", "这条通知只是告知，不需要回答。没有记下。", "This notice only tells; it wants no answer. Nothing was recorded.")
	ErrReason  = fault.Define(fault.Invalid, "SW-1770", "请写一句撤回的原因（不超过 200 字），收到的人会看到。没有改动。", "Say in at most 200 characters why it is withdrawn; who got it will read it. Nothing was changed.")
)
