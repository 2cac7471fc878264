package people

import "shouwang/internal/fault"

// Faults of the gate: nobody was put anywhere.
var (
	// ErrLacks says that somebody lacks what a post requires.
	ErrLacks = fault.Define(fault.Invalid, "SW-1730",
		"{0} 还不能上这个岗：{1}。没有改动任何东西。请另选一人；确需破例的，由街道指挥部或社区写明理由，记入日志。",
		"{0} cannot be put on this post yet: {2}. Nothing was changed. Choose somebody else; an exception is for the command or the community, with a reason that is kept.")
	// ErrSeatLacks says the same for one line of an imported roll.
	ErrSeatLacks = fault.Define(fault.Invalid, "SW-1731",
		"{0} 还不能任“{1}”：{2}。此行未写入。请改派，或去掉岗位后重新导入，再由街道或社区写明理由破例。",
		"{0} cannot hold the post {3} yet: {4}. This row was not written. Name another post, or import without it and let the command or the community make an exception with a reason.")
)
