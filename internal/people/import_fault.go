package people

import "shouwang/internal/fault"

// Faults of one line of an imported roll; the others are not touched.
var (
	// ErrNoHome says that a new helper has no place.
	ErrNoHome = fault.Define(fault.Invalid, "SW-1710",
		"没有写住址或所在地编码，此行未写入。请补填其中一项。",
		"Neither an address nor a place code is written; this row was not written. Fill in one of them.")
	// ErrHelperPlace says the same for a place that is nowhere and for one outside
	// of the importer's area.
	ErrHelperPlace = fault.Define(fault.Invalid, "SW-1711",
		"地点 {0} 不存在或不在您的管辖范围内，此行未写入。请核对编码。",
		"The place {0} is not there or is outside your area; this row was not written. Check the code.")
	// ErrNumberUsed says that a number cannot be given here.
	ErrNumberUsed = fault.Define(fault.Invalid, "SW-1712",
		"编号 {0} 不能在这里使用，此行未写入。请核对编号，或请上级导入。",
		"The number {0} cannot be used here; this row was not written. Check it or ask the level above to import.")
	// ErrNoPost says that the everyday playbook has no such post.
	ErrNoPost = fault.Define(fault.Invalid, "SW-1713",
		"常态体系里没有“{0}”这个岗位，此行未写入。可用：{1}。",
		"The everyday system has no post {0}; this row was not written. There are: {1}.")
	// ErrPostPlace says that a post does not stand at this kind of place.
	ErrPostPlace = fault.Define(fault.Invalid, "SW-1714",
		"“{0}”这个岗位不设在 {1}，此行未写入。请核对负责地点编码。",
		"The post {0} does not stand at {1}; this row was not written. Check the code of the post's place.")
	// ErrDeputyTwice says that two lines want to be deputy of one post.
	ErrDeputyTwice = fault.Define(fault.Invalid, "SW-1715",
		"{0} 的副职在本文件里有两个人，此行未写入。请留下其中一人。",
		"Two rows of this file are deputy at {0}; this row was not written. Keep one of them.")
	// ErrNumberOther says that a number is somebody else's on the roll.
	ErrNumberOther = fault.Define(fault.Invalid, "SW-1792",
		"编号 {0} 在名册里（或在本文件的另一行）是另一个姓名，此行未写入，原来的登记没有动。改了名的请同时写出生年份或工作电话；不是同一人的请换编号，或留空由系统编号。",
		"The number {0} belongs to another name on the roll or in another row of this file; this row was not written and the roll stays as it is. For a changed name write the birth year or the work phone too; for somebody else take another number, or leave it blank to have one made.")
	// ErrPhoneOther says that a private phone is somebody else's.
	ErrPhoneOther = fault.Define(fault.Invalid, "SW-1793",
		"本人手机已登记在另一个人名下，此行未写入。验证码只认一个人，请核对号码；合用一部手机的，只登记其中一人。",
		"That own phone is registered for somebody else; this row was not written. A code to a phone signs in one person; check the number, and for a shared phone write it for one of them.")
	// ErrTwoHelpers says that a line may mean more than one helper.
	ErrTwoHelpers = fault.Define(fault.Invalid, "SW-1716",
		"姓名和工作电话对应不止一个人，此行未写入。请核对编号。",
		"Name and work phone fit more than one helper; this row was not written. Check the number.")
)
