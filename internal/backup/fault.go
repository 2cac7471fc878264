package backup

import "shouwang/internal/fault"

// Faults of copying and restoring.
var (
	ErrDamaged = fault.Define(fault.Invalid, "SW-2031",
		"备份 {0} 不完好：{1} 与清单对不上或缺失。没有恢复，也没有改动任何数据。请换一份备份，并检查存放它的介质。",
		"The backup {0} is not sound: {1} is missing or differs from the manifest. Nothing was restored or changed. Use another backup and check the medium.")
	ErrKeysWrong = fault.Define(fault.Invalid, "SW-2032",
		"密钥文件 {0} 打不开：口令或私钥不对，或文件已损坏。没有恢复任何内容。请核对口令文件或私钥文件。",
		"The key file {0} does not open: passphrase or identity is wrong, or the file is damaged. Nothing was restored. Check them.")
	ErrNoLock = fault.Define(fault.Invalid, "SW-2033",
		"没有说明用什么给密钥文件加密，没有备份。请给 --passphrase-file 或 --recipient，或明说 --without-keys（那样的备份称为不完整）。",
		"Nothing was said about how to encrypt the keys; no backup was made. Give --passphrase-file or --recipient, or say --without-keys (such a backup is called incomplete).")
	ErrWrite = fault.Define(fault.Unavailable, "SW-2034",
		"备份写不进 {0}，这一份没有完成，不会被当成好的；数据不受影响。请检查路径、权限和磁盘空间。",
		"The backup cannot be written to {0}; it was not finished and will not be taken for a good one; the data are safe. Check path, permissions and space.")
	ErrTogether = fault.Define(fault.Invalid, "SW-2035",
		"密钥不能和数据放在同一个地方（{0}）：谁拿到备份谁就能读。没有备份。请用 --keys-to 另指一处。",
		"Keys may not lie with the data ({0}): whoever takes the backup could read it. No backup was made. Name another place with --keys-to.")
	ErrKeysAway = fault.Define(fault.Invalid, "SW-2038",
		"密钥文件 {0} 不在这里。备份本身没有看出毛病，没有恢复，也没有改动任何数据。请用 --keys-file 指明它在哪里。",
		"The key file {0} is not here. Nothing is known to be wrong with the backup; nothing was restored or changed. Say where it is with --keys-file.")
	// ErrNoFolder says that there is no folder where backups were looked for.
	ErrNoFolder = fault.Define(fault.NotFound, "SW-2039",
		"没有 {0} 这个文件夹，所以看不到备份；没有改动任何东西。请核对路径，并确认存放备份的盘已经挂上。",
		"There is no folder {0}, so no backups can be listed; nothing was changed. Check the path, and that the medium of the backups is mounted.")
)
