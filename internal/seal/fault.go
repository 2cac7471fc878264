package seal

import "shouwang/internal/fault"

// The faults of keys and sealed fields.
var (
	// ErrErased says that the key of the subject or of the purpose was destroyed.
	ErrErased = fault.Define(fault.NotFound, "SW-1901",
		"该内容的密钥已按规定销毁，内容不可再读。其他数据不受影响，无需处理。",
		"The key of this field was destroyed as ruled; it can no longer be read. Other data are not affected; nothing needs to be done.")
	// ErrTampered says that sealed bytes are not what was sealed at this place.
	ErrTampered = fault.Define(fault.Internal, "SW-1902",
		"密文与其所在位置不符，可能被改动或调换，已拒绝读取。数据未被修改；请运行 shouwang verify 并告知系统管理员。",
		"The sealed bytes do not belong to this place: changed or swapped. They were refused and nothing was written; run shouwang verify and tell the system keeper.")
	// ErrNoKey says that the keyring does not know the subject at all, as happens
	// when it is older than the data.
	ErrNoKey = fault.Define(fault.Internal, "SW-1903",
		"密钥环中没有该内容的密钥，密钥环可能比数据旧。数据未被修改；请恢复与数据同期的密钥环备份。",
		"The keyring holds no key for this field; it may be older than the data. Nothing was changed; restore the keyring backup that goes with the data.")
	// ErrRootMissing says that there is no root key file at the path.
	ErrRootMissing = fault.Define(fault.Unavailable, "SW-1904",
		"找不到根密钥文件 {0}。数据未动；请把密钥文件放回原处，或用 --keys 指明位置。",
		"There is no root key file at {0}. The data are untouched; put the file back or name its place with --keys.")
	// ErrRootOpen says that others than the owner can read or write the file.
	ErrRootOpen = fault.Define(fault.Invalid, "SW-1905",
		"根密钥文件 {0} 的权限为 {1}，其他用户可以访问，已拒绝启动。请执行 chmod 600 后重试；若曾外泄请轮换根密钥。",
		"The root key file {0} has mode {1}, so others can reach it; refused. Run chmod 600 and try again; rotate the root key if it may have leaked.")
	// ErrRootDamaged says that the file is no root key file of ours.
	ErrRootDamaged = fault.Define(fault.Invalid, "SW-1906",
		"根密钥文件 {0} 已损坏或不是守望的密钥文件。数据未动；请从托管的备份恢复该文件。",
		"The root key file {0} is damaged or not one of Shouwang. The data are untouched; restore the file from its escrow.")
	// ErrRootWrong says that the root key does not open this keyring.
	ErrRootWrong = fault.Define(fault.Unavailable, "SW-1907",
		"根密钥打不开密钥环，可能用了另一套数据的密钥文件。数据未动；请换回与本数据配套的密钥文件。",
		"The root key does not open the keyring; it may belong to other data. Nothing was changed; use the key file that goes with these data.")
	// ErrRootInside says that the key file would lie with the data it protects.
	ErrRootInside = fault.Define(fault.Invalid, "SW-1908",
		"根密钥文件 {0} 位于数据目录 {1} 之内，备份会把钥匙和数据放在一起。请改放到数据目录之外。",
		"The root key file {0} lies inside the data directory {1}, so a backup would hold key and data together. Put it elsewhere.")
	// ErrUnnamed says that a purpose, subject or context was left empty.
	ErrUnnamed = fault.Define(fault.Internal, "SW-1909",
		"加密时缺少用途、对象或位置，没有写入任何内容。请把编号告诉系统管理员。",
		"A purpose, subject or context was missing when sealing; nothing was written. Give this code to the system keeper.")
	// ErrRootExists says that a key file already stands where one was to be made.
	ErrRootExists = fault.Define(fault.Conflict, "SW-1910",
		"根密钥文件 {0} 已存在，没有覆盖。请直接使用它，或换一个路径。",
		"A root key file already stands at {0} and was not overwritten. Use it, or name another path.")
	// ErrRing says that the keyring could not be read or written.
	ErrRing = fault.Define(fault.Unavailable, "SW-1911",
		"密钥环暂时无法读写，本次操作没有写入。请稍后重试；若持续出现请检查磁盘空间与权限。",
		"The keyring cannot be read or written just now; nothing was written. Try again; if it lasts, check disk space and permissions.")
	// ErrRootFile says that the key file could not be read or written.
	ErrRootFile = fault.Define(fault.Unavailable, "SW-1912",
		"根密钥文件 {0} 无法读写。数据未动；请检查路径、权限与磁盘空间。",
		"The root key file {0} cannot be read or written. The data are untouched; check path, permissions and disk space.")
)
