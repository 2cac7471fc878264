package exchange

import "shouwang/internal/fault"

// Faults of a whole file: nothing of it was written.
var (
	ErrNotSheet = fault.Define(fault.Invalid, "SW-1301",
		"这个文件不是表格（{0}），没有写入任何内容。请上传 .xlsx 或 .csv 文件。",
		"This file is no spreadsheet ({0}); nothing was written. Send an .xlsx or .csv file.")
	ErrEmptyFile = fault.Define(fault.Invalid, "SW-1302",
		"文件里没有数据行，没有写入任何内容。请确认选对了文件，并且表头下面有内容。",
		"The file has no rows of data; nothing was written. Make sure that it is the right file and that rows follow the heading.")
	ErrOldFormat = fault.Define(fault.Invalid, "SW-1303",
		"这是旧版 .xls、.xlsb 文件或加了密码的表格，没有写入任何内容。请打开后去掉密码，另存为 .xlsx 再上传。",
		"This is an old .xls, an .xlsb or a password-protected workbook; nothing was written. Open it, remove the password, save it as .xlsx and send that.")
	ErrDamaged = fault.Define(fault.Invalid, "SW-1304",
		"文件已损坏，读不完整（{0}），没有写入任何内容。请用表格软件打开后另存一份 .xlsx 再上传。",
		"The file is damaged and cannot be read whole ({0}); nothing was written. Open it in a spreadsheet program, save a new .xlsx and send that.")
	ErrBomb = fault.Define(fault.Invalid, "SW-1305",
		"文件的压缩内容异常（{0}），为保护系统已拒绝，没有写入任何内容。请用表格软件另存一份；若仍被拒绝，请拆成几个文件。",
		"The file's compressed content is abnormal ({0}) and was refused to protect the system; nothing was written. Save a new copy; if that is refused too, split it into several files.")
	ErrTooBig = fault.Define(fault.Invalid, "SW-1306",
		"文件过大（上限 {0} MB），没有写入任何内容。请拆成几个文件分别上传。",
		"The file is too large (the limit is {0} MB); nothing was written. Split it into several files.")
	ErrTooManyRows = fault.Define(fault.Invalid, "SW-1307",
		"行数超过上限 {0} 行，没有写入任何内容。请拆成几个文件分别上传。",
		"There are more than {0} rows; nothing was written. Split the file.")
	ErrTooWide = fault.Define(fault.Invalid, "SW-1308",
		"列数超过上限 {0} 列，没有写入任何内容。请删去表格右侧多余的列再上传。",
		"There are more than {0} columns; nothing was written. Remove the surplus columns on the right.")
	ErrEntities = fault.Define(fault.Invalid, "SW-1309",
		"文件内含不允许的外部引用（DOCTYPE/实体），可能有害，没有写入任何内容。请用表格软件另存一份 .xlsx 再上传。",
		"The file holds a forbidden DOCTYPE or entity and may be harmful; nothing was written. Save a new .xlsx with a spreadsheet program.")
	ErrTooLong = fault.Define(fault.Unavailable, "SW-1311",
		"读取文件超过 {0} 秒，已停止，没有写入任何内容。请拆成几个文件，或稍后再试。",
		"Reading the file took more than {0} seconds and was stopped; nothing was written. Split the file or try later.")
	ErrMemory = fault.Define(fault.Invalid, "SW-1312",
		"读取文件占用内存超过 {0} MB，已停止，没有写入任何内容。请拆成几个文件，或另存为 .csv 再上传。",
		"Reading the file took more than {0} MB of memory and was stopped; nothing was written. Split the file or save it as .csv.")
	ErrStopped = fault.Define(fault.Internal, "SW-1313",
		"读取文件的程序意外停止，没有写入任何内容。请重试；若反复出现，请把文件和编号交给系统管理员。",
		"The file reader stopped unexpectedly; nothing was written. Try again; if it happens again, give the file and this code to the system keeper.")
	ErrEncoding = fault.Define(fault.Invalid, "SW-1314",
		"看不出文件的文字编码，没有写入任何内容。请另存为 UTF-8 的 .csv 或 .xlsx 再上传。",
		"The text encoding of the file cannot be told; nothing was written. Save it as UTF-8 .csv or as .xlsx.")
	ErrQuotes = fault.Define(fault.Invalid, "SW-1315",
		"第 {0} 行起的引号没有配对，没有写入任何内容。请检查该行的引号，或另存为 .xlsx 再上传。",
		"A quotation mark opened in row {0} is never closed; nothing was written. Look at that row or save the file as .xlsx.")
	ErrNoHeader = fault.Define(fault.Invalid, "SW-1316",
		"前 {0} 行里找不到表头，没有写入任何内容。“{1}”至少要有这些列：{2}。请检查表头文字。",
		"No heading was found in the first {0} rows; nothing was written. {1} needs at least the columns {2}. Look at the heading's words.")
	ErrMissingColumns = fault.Define(fault.Invalid, "SW-1317",
		"缺少必需的列：{0}。没有写入任何内容。请补上这些列（表头写成其中任一叫法即可）再上传。",
		"Required columns are missing: {0}. Nothing was written. Add them under any of their usual names and send the file again.")
	ErrTooMuchText = fault.Define(fault.Invalid, "SW-1318",
		"文件中的文字总量过大，没有写入任何内容。请拆成几个文件，或另存为 .csv 再上传。",
		"The file holds too much text; nothing was written. Split it or save it as .csv.")
	ErrGeoJSON = fault.Define(fault.Invalid, "SW-1319",
		"这不是可用的 GeoJSON（{0}），没有写入任何内容。请导出为 FeatureCollection，每个要素带“地点编码”（code）属性。",
		"This is no usable GeoJSON ({0}); nothing was written. Export a FeatureCollection whose features carry the property code.")
	ErrOtherKind = fault.Define(fault.Invalid, "SW-1343",
		"这份文件的表头更像“{0}”，不像“{1}”，没有写入任何内容。请换到“{0}”里导入；若确实没有放错，请改正表头。",
		"The headings of this file are those of another kind ({0}), not of {1}; nothing was written. Import it there, or mend the headings.")
	ErrKind = fault.Define(fault.Invalid, "SW-1310",
		"不认识的导入种类“{0}”，没有写入任何内容。可用的是 places、residents、helpers、squads、rosters、cases。",
		"Unknown kind of import {0}; nothing was written. Use places, residents, helpers, squads, rosters or cases.")
)

// Faults of one row: this row was not written, the others are not touched.
var (
	ErrBlankCell = fault.Define(fault.Invalid, "SW-1320",
		"“{0}”没有填，此行未写入。请补填后重新导入。", "{0} is empty; this row was not written. Fill it in and import again.")
	ErrCellLong = fault.Define(fault.Invalid, "SW-1321",
		"单元格内容超过 32767 字，此行未写入。请删短后重新导入。", "The cell holds more than 32,767 characters; this row was not written. Shorten it and import again.")
	ErrIdentity = fault.Define(fault.Invalid, "SW-1322",
		"{0}。此行未写入。", "{1}. This row was not written.")
	ErrPhone = fault.Define(fault.Invalid, "SW-1323",
		"{0}。此行未写入，请改正后重新导入。", "{1}. This row was not written; correct it and import again.")
	ErrDate = fault.Define(fault.Invalid, "SW-1324",
		"“{0}”不是存在的日期，此行未写入。请写成 2026-03-01 的样子。", "{0} is no date that exists; this row was not written. Write it like 2026-03-01.")
	ErrClock = fault.Define(fault.Invalid, "SW-2610",
		"“{0}”不是一天里的时刻，此行未写入。请写成 08:00 的样子。", "{0} is no time of the day; this row was not written. Write it like 08:00.")
	ErrMoment = fault.Define(fault.Invalid, "SW-2465",
		"“{0}”不是存在的日期和时刻，此行未写入。请写成 2026-03-01 09:30 的样子，时刻可以不写。", "{0} is no day and time that exist; this row was not written. Write them like 2026-03-01 09:30; the time may be left out.")
	ErrReferenceLong = fault.Define(fault.Invalid, "SW-2466",
		"原编号超过 {0} 字，此行未写入。请写短后重新导入。", "The reference has more than {0} characters; this row was not written. Shorten it and import again.")
	ErrAddress = fault.Define(fault.Invalid, "SW-1325",
		"住址读不准：{0}。此行未写入，请改成“小区+楼号+单元+室”。", "The address is unclear: {1}. This row was not written; write estate, building, unit and room.")
	ErrWord = fault.Define(fault.Invalid, "SW-1326",
		"“{0}”不是“{1}”可用的内容，此行未写入。可用：{2}。", "{0} is not allowed in {1}; this row was not written. Allowed: {2}.")
	ErrNumber = fault.Define(fault.Invalid, "SW-1327",
		"“{0}”应为 {1} 到 {2} 之间的整数，此行未写入。", "{0} must be a whole number from {1} to {2}; this row was not written.")
	ErrUnknownWord = fault.Define(fault.Invalid, "SW-1359",
		"目录里没有“{0}”，此行未写入。可用：{1}。", "The catalogue has no {0}; this row was not written. There are: {1}.")
	ErrDisagree = fault.Define(fault.Invalid, "SW-1328",
		"两列都是“{0}”，内容却不同，此行未写入。请留下正确的一列。", "Two columns both mean {0} and differ; this row was not written. Keep the right one.")
	ErrContradict = fault.Define(fault.Invalid, "SW-1329",
		"{0}与身份证号不符，此行未写入。请核对后重新导入。", "{1} does not agree with the identity number; this row was not written. Check both and import again.")
	ErrBrokenCell = fault.Define(fault.Invalid, "SW-1330",
		"单元格是公式错误（{0}），此行未写入。请改成具体内容。", "The cell is a formula error ({0}); this row was not written. Write the value itself.")
	ErrDupCode = fault.Define(fault.Invalid, "SW-1331",
		"地点编码 {0} 在本文件里出现多次（第 {1} 行），分不清哪个对，此行未写入。请改正后重新导入。",
		"Place code {0} occurs more than once in this file (rows {1}), so none of them was written. Correct it and import again.")
	ErrNoParent = fault.Define(fault.Invalid, "SW-1332",
		"上级编码 {0} 既不在本文件里，也不在系统里，此行未写入。请先补上这个上级。",
		"The parent code {0} is neither in this file nor in the system; this row was not written. Add the parent first.")
	ErrLoop = fault.Define(fault.Invalid, "SW-1333",
		"上下级绕成了圈（第 {0} 行），这些行未写入。请改正上级编码。",
		"The rows {0} are each other's parents in a circle; none was written. Correct their parent codes.")
	ErrOrder = fault.Define(fault.Invalid, "SW-1334",
		"“{0}”不能放在“{1}”下面，此行未写入。请检查类型和上级编码。",
		"{2} may not stand under {3}; this row was not written. Check kind and parent code.")
	ErrParentRejected = fault.Define(fault.Invalid, "SW-1335",
		"上级 {0}（第 {1} 行）被退回，此行随之未写入。改正那一行后一起重新导入。",
		"The parent {0} (row {1}) was rejected, so this row was not written either. Correct that row and import both again.")
	ErrExpand = fault.Define(fault.Invalid, "SW-1336",
		"单元、层数、每层户数展开不了：{0}。此行未写入。", "Units, floors and doors a floor cannot be expanded: {1}. This row was not written.")
	ErrDoorList = fault.Define(fault.Invalid, "SW-1337",
		"门牌清单里的“{0}”读不懂，此行未写入。请写成 1-101、1-102。", "{0} in the list of doors is unclear; this row was not written. Write it like 1-101、1-102.")
	ErrPoint = fault.Define(fault.Invalid, "SW-1338",
		"经纬度“{0}”不对，此行未写入。经度在 70–140，纬度在 0–60，两个都要填。", "The coordinates {0} are wrong; this row was not written. Longitude is 70 to 140, latitude 0 to 60, both or neither.")
	ErrShape = fault.Define(fault.Invalid, "SW-1339",
		"范围不是可用的图形（{0}），此行未写入。请用 GeoJSON 的 Polygon、MultiPolygon、LineString 或 Point。", "The shape is not usable ({0}); this row was not written. Use a GeoJSON Polygon, MultiPolygon, LineString or Point.")
	ErrNoCode = fault.Define(fault.Invalid, "SW-1340",
		"系统里没有编码为 {0} 的地点，此图形未写入。", "There is no place with the code {0}; this shape was not written.")
	ErrBecameDate = fault.Define(fault.Invalid, "SW-1341",
		"表格软件把“{0}”变成了日期 {1}，此行未写入。请把该列设为“文本”后重新填写。", "The spreadsheet turned {0} into the date {1}; this row was not written. Format the column as text and type it again.")
	ErrStretch = fault.Define(fault.Invalid, "SW-1344",
		"“{0}”看不出是哪天几点到几点，此行未写入。请写成“周一 09:00-12:00、周六 14:00-18:00”，结束要晚于开始。",
		"{0} names no day with hours; this row was not written. Write Mon 09:00-12:00, Sat 14:00-18:00, the end after the beginning.")
	ErrCode = fault.Define(fault.Invalid, "SW-1342",
		"编码“{0}”不合规：只能是数字、字母和短横，不超过 40 个字符。此行未写入。", "The code {0} is malformed: digits, letters and dashes only, at most 40. This row was not written.")
)

// readerFaults are the faults that the child process may name.
var readerFaults = map[string]*fault.Def{}

func init() {
	for _, d := range []*fault.Def{ErrNotSheet, ErrEmptyFile, ErrOldFormat, ErrDamaged, ErrBomb, ErrTooBig, ErrTooManyRows,
		ErrTooWide, ErrEntities, ErrTooLong, ErrMemory, ErrStopped, ErrEncoding, ErrQuotes, ErrTooMuchText} {
		readerFaults[d.Code] = d
	}
}
