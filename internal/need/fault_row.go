package need

import "shouwang/internal/fault"

// The faults of one row of a list of needs: it was not written.
var (
	// ErrRowPlace says that a place is not there, or not the importer's.
	ErrRowPlace = fault.Define(fault.Invalid, "SW-2467", "编码为 {0} 的地点不存在，或不在您的辖区，此行未写入。请核对编码。", "There is no place with the code {0}, or it is not yours; this row was not written. Check the code.")
	// ErrRowOwn says that an item is told by whom it concerns, never by a list.
	ErrRowOwn = fault.Define(fault.Invalid, "SW-2468", "“{0}”不能从表格导入，此行未写入：保密的事、对措施的异议，要由本人提出或由办理的人登记。保密的事请从表里删去。", "{1} is not imported out of a spreadsheet and this row was not written: what is told in confidence, and an objection to a measure, come from whom they concern or are written down by who handles them. Take what is confidential out of the list.")
	// ErrRowAlarm says that an item calls neighbours at once, which a list never does.
	ErrRowAlarm = fault.Define(fault.Invalid, "SW-2473", "“{0}”是险情，会马上叫附近的人，不能从表格导入，此行未写入，没有叫任何人。还在发生的，请打 110、119、120，再在办件页登记；已经过去的，请从表里删去。", "{1} is an alarm, which calls those near at once; it is not imported out of a spreadsheet. This row was not written and nobody was called. If it goes on, telephone 110, 119 or 120 and enter it under Cases; if it is over, take it out of the list.")
	// ErrRowReceived says that a need was received later than now.
	ErrRowReceived = fault.Define(fault.Invalid, "SW-2469", "收到时间 {0} 还没到，此行未写入。请核对日期。", "It was received at {0}, which is still to come; this row was not written. Check the date.")
	// ErrRowDue says that a deadline has gone by.
	ErrRowDue = fault.Define(fault.Invalid, "SW-2470", "办理时限 {0} 已过，此行未写入。请改成还来得及的时限，或空着按本地规定算。", "The deadline {0} has gone by; this row was not written. Set one that can still be kept, or leave it blank for that of the catalogue.")
	// ErrRowReference says that a reference names another need already.
	ErrRowReference = fault.Define(fault.Invalid, "SW-2471", "原编号 {0} 已经是另一件（{1}），事项或地点不同，此行未写入。请核对编号。", "The reference {0} is another case already ({1}), for another item or place; this row was not written. Check it.")
	// ErrRowMany says that a list is too long to be written at once.
	ErrRowMany = fault.Define(fault.Invalid, "SW-2472", "一次最多导入 {0} 件，没有写入任何内容。请拆成几个文件。", "At most {0} cases are imported at once; nothing was written. Split the file.")
)
