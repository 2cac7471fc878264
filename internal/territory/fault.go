package territory

import "shouwang/internal/fault"

// Faults of reshaping the ground. None of them leaves anything written.
var (
	// ErrCycle says that a place was to stand below itself.
	ErrCycle = fault.Define(fault.Invalid, "SW-1120",
		"不能把 {0} 划到它自己的下级里，没有改动任何数据。请换一个上级。",
		"{0} cannot be moved below itself; nothing was changed. Choose another parent.")
	// ErrStand says that a kind may not stand under another.
	ErrStand = fault.Define(fault.Invalid, "SW-1121",
		"{0}（{1}）不能放在 {2}（{3}）之下，没有改动任何数据。请选上一级的地点。",
		"{0} (a {4}) cannot stand under {2} (a {5}); nothing was changed. Choose a place of a higher level.")
	// ErrOutdated says that the ground is no longer as a plan saw it.
	ErrOutdated = fault.Define(fault.Conflict, "SW-1122",
		"地点在方案算出之后有了变动，方案没有应用，数据没有改动。请重新预览再应用。",
		"The ground has changed since this plan was made; it was not applied and nothing was changed. Preview again, then apply.")
	// ErrNotEmpty says that a place to end still holds others.
	ErrNotEmpty = fault.Define(fault.Invalid, "SW-1123",
		"{0} 之下还有地点，不能撤销，没有改动任何数据。请先把它们划走。",
		"{0} still holds places and cannot end; nothing was changed. Move them away first.")
	// ErrNoParent says that a parent is not there.
	ErrNoParent = fault.Define(fault.Invalid, "SW-1124",
		"{0} 的新上级不存在，没有改动任何数据。请核对编码。",
		"The new parent of {0} is not there; nothing was changed. Check the code.")
	// ErrSame says that nothing would change.
	ErrSame = fault.Define(fault.Invalid, "SW-1125",
		"照此不会有任何变动，没有生成方案。请换一个上级、分法或户数。",
		"Nothing would change, so no plan was made. Choose another parent, other parts or another number of households.")
	// ErrParts says that the parts of a split or merge do not fit.
	ErrParts = fault.Define(fault.Invalid, "SW-1126",
		"{0} 不能这样拆或并：{1}，没有改动任何数据。请核对各部分的地点。",
		"{0} cannot be split or merged so: {2}; nothing was changed. Check the places of each part.")
	// ErrDivide says that a place cannot be divided into micro-grids.
	ErrDivide = fault.Define(fault.Invalid, "SW-1127",
		"{0} 不能划分微网格：{1}，没有改动任何数据。请选有楼栋和户的社区或网格，并给出合适的户数。",
		"{0} cannot be divided into micro-grids: {2}; nothing was changed. Choose a community or grid with buildings and doors, and a fitting number of households.")
	// ErrCodeTaken says that a code is or was another place's.
	ErrCodeTaken = fault.Define(fault.Conflict, "SW-1128",
		"编码 {0} 已经或曾经属于别的地点，没有改动任何数据。请换一个从未用过的编码。",
		"The code {0} is or was another place's; nothing was changed. Choose one that was never used.")
	// ErrZones says that zones in force would silently change.
	ErrZones = fault.Define(fault.Conflict, "SW-1129",
		"照此有 {0} 处地点的分区会悄悄改变（如 {1}：{2} → {3}），方案不能应用，数据没有改动。请先按事件调整分区，再重新预览。",
		"The zones of {0} places would change silently (e.g. {1}: {4} → {5}); the plan cannot be applied and nothing was changed. Settle the zones in the incident first, then preview again.")
	// ErrBears says that an ending place bears work of an incident.
	ErrBears = fault.Define(fault.Conflict, "SW-1130",
		"{0} 上还有事件的措施、岗位或任务，不能撤销或并走，数据没有改动。请先在事件里处理，再重新预览。",
		"{0} still bears measures, posts or tasks of an incident and cannot end; nothing was changed. Settle them in the incident first, then preview again.")
)
