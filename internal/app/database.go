package app

import (
	"shouwang/internal/fault"
	"shouwang/internal/store"
)

// Faults of a database that does not open, by what is to be done.
var (
	ErrDBPassword = fault.Define(fault.Unavailable, "SW-2044",
		"数据库不认这个账号或口令，没有打开，没有改动任何数据。请核对 --db 里的账号和口令，以及 pg_hba.conf 是否允许从这台机器登录。",
		"The database refuses this account or password; it was not opened and nothing was changed. Check both in --db, and that pg_hba.conf lets this machine in.")
	ErrDBMissing = fault.Define(fault.Unavailable, "SW-2045",
		"数据库服务器在，但没有 --db 里写的这个库，没有改动任何数据。请先建库：CREATE DATABASE 库名 OWNER 账号。",
		"The database server is there, the database named in --db is not; nothing was changed. Make it first: CREATE DATABASE name OWNER account.")
	ErrDBRights = fault.Define(fault.Unavailable, "SW-2046",
		"数据库打开了，但 --db 的账号没有权限在库里建表，没有改动任何数据。请让这个账号做库的属主：ALTER DATABASE 库名 OWNER TO 账号。",
		"The database opens, but the account in --db may not make tables in it; nothing was changed. Make that account its owner: ALTER DATABASE name OWNER TO account.")
	ErrDBAway = fault.Define(fault.Unavailable, "SW-2047",
		"连不上数据库服务器，没有改动任何数据。请核对 --db 的主机和端口，确认 PostgreSQL 已启动、防火墙放行。",
		"The database server cannot be reached; nothing was changed. Check host and port in --db, that PostgreSQL runs, and the firewall.")
)

// noDatabase is the fault of a database that did not open, as exact as is known.
func noDatabase(err error) error {
	for why, def := range map[string]*fault.Def{"password": ErrDBPassword, "missing": ErrDBMissing, "rights": ErrDBRights, "unreachable": ErrDBAway} {
		if store.Why(err) == why {
			return def.With().Because(err)
		}
	}
	return ErrDatabase.With().Because(err)
}
