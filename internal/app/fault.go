package app

import "shouwang/internal/fault"

// Faults of starting, stopping and the command line.
var (
	ErrHeld = fault.Define(fault.Forbidden, "SW-2001",
		"数据目录 {0} 正由另一个进程（pid {1}）使用，没有打开，数据不受影响。请改用 --server {2} --token 令牌，或先停掉它。",
		"The data directory {0} is held by another process (pid {1}); it was not opened and the data are safe. Use --server {2} --token T, or stop that process first.")
	ErrIsDemo = fault.Define(fault.Forbidden, "SW-2002",
		"{0} 是演示数据（全部虚构），不能当正式数据打开，没有改动任何东西。请加 --demo，或换一个数据目录。",
		"{0} holds demonstration data (all invented) and was not opened as real; nothing was changed. Add --demo or use another data directory.")
	ErrIsReal = fault.Define(fault.Forbidden, "SW-2003",
		"{0} 是正式数据，不能当演示打开，没有改动任何东西。请去掉 --demo，或给演示换一个数据目录。",
		"{0} holds real data and was not opened as a demonstration; nothing was changed. Leave out --demo or give the demonstration another data directory.")
	ErrDataDir = fault.Define(fault.Unavailable, "SW-2004",
		"数据目录 {0} 用不了，没有改动任何东西。请检查路径、权限和磁盘空间。",
		"The data directory {0} cannot be used; nothing was changed. Check path, permissions and disk space.")
	ErrKeyFile = fault.Define(fault.Unavailable, "SW-2005",
		"密钥文件 {0} 读写不了或已损坏，数据未动。请从备份恢复该文件，并检查权限（目录 700，文件 600）。",
		"The key file {0} cannot be read or written or is damaged; the data are untouched. Restore it from its backup and check permissions (folder 700, file 600).")
	ErrNoAddr = fault.Define(fault.Unavailable, "SW-2006",
		"地址 {0} 监听不了，服务没有启动，数据不受影响。可能端口已被占用：请换一个 --addr。",
		"Cannot listen on {0}; the server did not start and the data are safe. The port may be taken: use another --addr.")
	ErrUnreachable = fault.Define(fault.Unavailable, "SW-2007",
		"连不上服务器 {0}。不确定是否已写入时，用同样的参数重做一次即可，不会重复。请检查地址和网络。",
		"The server {0} cannot be reached. If it is unclear whether something was written, repeat the same command: nothing is done twice. Check address and network.")
	ErrAnswer = fault.Define(fault.Internal, "SW-2008",
		"服务器的回答看不懂（HTTP {0}）。请检查 --server 指向的是守望服务，并核对版本。",
		"The server's answer was not understood (HTTP {0}). Make sure that --server names a Shouwang server of this version.")
	ErrNoWorld = fault.Define(fault.Invalid, "SW-2009",
		"没有指明数据：请给 --data 目录，或 --server 地址 --token 令牌。",
		"No data were named: give --data DIR, or --server URL --token T.")
	ErrConfigFile = fault.Define(fault.Invalid, "SW-2010",
		"配置文件 {0} 有误：{1}。没有启动。请改正后重试。",
		"The configuration file {0} is wrong: {1}. Nothing was started. Correct it and try again.")
	ErrInputFile = fault.Define(fault.Invalid, "SW-2011",
		"文件 {0} 读不了。没有写入任何内容。请检查路径和权限。",
		"The file {0} cannot be read. Nothing was written. Check path and permissions.")
	ErrOutputFile = fault.Define(fault.Unavailable, "SW-2012",
		"文件 {0} 写不进去。系统内的数据不受影响。请检查路径、权限和磁盘空间。",
		"The file {0} cannot be written. Data in the system are not affected. Check path, permissions and disk space.")
	ErrDatabase = fault.Define(fault.Unavailable, "SW-2013",
		"数据库打不开，没有改动任何数据。请检查 --db 的地址、账号和网络，或数据目录是否完整；运行 shouwang doctor 可看到原因。",
		"The database cannot be opened; no data were changed. Check the address, account and network of --db, or whether the data directory is whole; shouwang doctor shows the cause.")
	ErrDemoImport = fault.Define(fault.Internal, "SW-2014",
		"演示数据没有导完（{0}）。再次启动会接着导，不会重复。",
		"The demonstration was not imported to the end ({0}). Starting again continues; nothing is doubled.")
	ErrNotEmpty = fault.Define(fault.Forbidden, "SW-2015",
		"{0} 不是演示数据目录，没有删除任何东西。只有 kind=demo 的目录可以重来。",
		"{0} is no demonstration; nothing was deleted. Only a directory marked as a demonstration can be reset.")
	ErrAsName = fault.Define(fault.Invalid, "SW-2016",
		"--as 的名字“{0}”不合规，没有做任何事。请用 1–60 个字，不含空白以外的控制字符。",
		"The name {0} of --as is not allowed; nothing was done. Use 1 to 60 characters without control characters.")
)

// ErrEngine says that a data directory goes with another kind of database.
var ErrEngine = fault.Define(fault.Forbidden, "SW-2018",
	"数据目录 {0} 用的是 {1}，与这次给的数据库（{2}）不是一套，没有打开，数据不受影响。请核对 --db。",
	"The data directory {0} goes with {1}, not with the database given now ({2}); it was not opened and the data are safe. Check --db.")
