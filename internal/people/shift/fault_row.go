package shift

import "shouwang/internal/fault"

// The faults of one row of a roster that is imported. A roster is taken as a whole:
// with one row refused no draft is made.
var (
	// ErrRowTime says that a shift ends before it starts.
	ErrRowTime = fault.Define(fault.Invalid, "SW-2601", "结束（{1}）不晚于开始（{0}），整张表没有导入。请改正时间；跨过午夜的班，岗位要本来就有这一班。", "It ends ({1}) no later than it starts ({0}); nothing of the sheet was taken. Correct the times; a shift over midnight must be one that the post has.")
	// ErrRowDay says that a day cannot be rostered.
	ErrRowDay = fault.Define(fault.Invalid, "SW-2602", "{0} 不能排：只排明天起 60 天内、前后不超过 28 天的班。整张表没有导入。", "{0} cannot be rostered: a sheet has days from tomorrow on within 60 days, at most 28 in a row. Nothing of it was taken.")
	// ErrRowPlace says that a place is not known, or not the importer's.
	ErrRowPlace = fault.Define(fault.Invalid, "SW-2603", "找不到地点“{0}”，或它不归您排班。整张表没有导入，请核对地点编码。", "There is no place {0}, or it is not yours to roster. Nothing of the sheet was taken; check the place's code.")
	// ErrRowPost says that nobody knows a post.
	ErrRowPost = fault.Define(fault.Invalid, "SW-2604", "没有轮班的岗位叫“{0}”。整张表没有导入。可用：{1}。", "No post held by turns is called {0}. Nothing of the sheet was taken. There are: {2}.")
	// ErrRowTurn says that a post has no such shift at a place.
	ErrRowTurn = fault.Define(fault.Invalid, "SW-2605", "{0} 的“{1}”没有 {3} 这一班（有：{4}）。整张表没有导入，请改时间或地点。", "{2} at {0} has no shift {3} (it has {4}). Nothing of the sheet was taken; correct the time or the place.")
	// ErrRowHelper says that a row names nobody, or more than one.
	ErrRowHelper = fault.Define(fault.Invalid, "SW-2606", "名册里找不到“{0}”，或同名不止一人。整张表没有导入，请填志愿者编号。", "The roll has no {0}, or several of that name. Nothing of the sheet was taken; give the volunteer number.")
	// ErrRowFull says that a shift has all its people.
	ErrRowFull = fault.Define(fault.Invalid, "SW-2607", "这一班要 {0} 人，已经排满（{1}）。整张表没有导入，请删去多的一行。", "This shift takes {0} people and has them ({2}). Nothing of the sheet was taken; remove the row too many.")
	// ErrRowOverlap says that two rows put one person in two places.
	ErrRowOverlap = fault.Define(fault.Invalid, "SW-2608", "{0} 在第 {1} 行已有时间重叠的班。整张表没有导入，请改其中一行。", "{0} has a shift at overlapping times in row {1}. Nothing of the sheet was taken; change one of the rows.")
	// ErrRowFits says why somebody cannot take the shift of a row.
	ErrRowFits = fault.Define(fault.Invalid, "SW-2609", "{0} 不能排这一班：{1}。整张表没有导入，请换人；要破例，导入后在草案里写明理由。", "{0} cannot take this shift: {2}. Nothing of the sheet was taken; name somebody else, or make an exception in the draft with a reason.")
)
