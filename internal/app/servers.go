package app

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/seal"
	"shouwang/internal/store"
)

// Faults of several servers on one database.
var (
	// ErrRingDB says that the shared keyring cannot be opened.
	ErrRingDB = fault.Define(fault.Unavailable, "SW-2061",
		"共用的密钥环打不开，没有启动，数据不受影响。请检查 --keyring 的地址、账号和网络。",
		"The shared keyring cannot be opened; nothing was started and the data are safe. Check address, account and network of --keyring.")
	// ErrRingOther says that the keyring belongs to other data.
	ErrRingOther = fault.Define(fault.Forbidden, "SW-2062",
		"这个密钥环与数据不是一套，没有启动，数据不受影响。同一数据库上的每台服务器都要用同一个 --keyring。",
		"This keyring does not belong to the data; nothing was started and the data are safe. All servers of one database use one --keyring.")
	// ErrSigner says that this server would sign the journal under another name.
	ErrSigner = fault.Define(fault.Forbidden, "SW-2063",
		"签名密钥 {0} 与这套数据已有的不同，没有启动，数据不受影响。请从第一台服务器拷来 journal.key 和 journal.pub。",
		"The signing key {0} is not the one of these data; nothing was started and the data are safe. Copy journal.key and journal.pub from the first server.")
	// ErrRingNamed says that a command needs a keyring to copy to.
	ErrRingNamed = fault.Define(fault.Invalid, "SW-2064",
		"请用 --to 指明要拷到哪里（postgres://… 或文件）。没有做任何事。",
		"Say with --to where to copy (postgres://… or a file). Nothing was done.")
)

// The work by the clock is done by one server at a time: how often it looks at what is
// due and at what has no hour, and how long a server that says nothing keeps the turn.
// An alarm comes within five seconds of its time, also when a server was killed.
const (
	workEvery = time.Second
	workTidy  = 4 * time.Second
	workTurn  = 3 * time.Second
)

// turn says whether this server does the work by the clock now, and returns the
// context under which that work is refused once another server has taken over.
func (a *App) turn(ctx context.Context) (context.Context, bool, error) {
	if a.Store.Engine() == "sqlite" {
		return ctx, true, nil // a file has one server
	}
	l, ok, err := a.Store.Take(ctx, "work", workTurn)
	if err != nil || !ok {
		return ctx, false, err
	}
	return store.Under(ctx, l), true, nil
}

// CopyRing copies the keyring of a world that no server has open into another,
// still empty one: from one server's file to the database that several share, or
// from that into a file, as its backup. The keyring that was copied stays as it
// is. Faults: SW-1821, SW-2005, SW-2061, SW-2064.
func CopyRing(ctx context.Context, cfg Config, to string) error {
	cfg, err := cfg.filled()
	if err != nil {
		return err
	}
	if to == "" {
		return ErrRingNamed.With()
	}
	if cfg.Ring == "" { // a file has one user at a time
		l, err := takeLock(cfg.Data)
		if err != nil {
			return err
		}
		defer l.release()
		if _, err := os.Stat(cfg.ring()); err != nil {
			return ErrKeyFile.With(cfg.ring()).Because(err)
		}
	}
	if err := seal.Outside(filepath.Join(cfg.Keys, rootName), cfg.Data); err != nil {
		return err
	}
	from, err := store.OpenKeyring(ctx, cfg.ring())
	if err != nil {
		return ErrRingDB.With().Because(err)
	}
	defer from.Close()
	if !store.IsDatabase(to) {
		if err := onlyOwner(to); err != nil {
			return err
		}
	}
	target, err := store.OpenKeyring(ctx, to)
	if err != nil {
		return ErrRingDB.With().Because(err)
	}
	defer target.Close()
	return from.CopyTo(ctx, target)
}

// sharedRing looks at the keyring that several servers use.
func (d *doctor) sharedRing(ctx context.Context, cfg Config) {
	k, err := store.OpenKeyring(ctx, cfg.Ring)
	if err != nil {
		d.fault("共用的密钥环打不开", "The shared keyring does not open", ErrRingDB.With().Because(err))
		return
	}
	defer k.Close()
	d.ok("共用的密钥环可用", "The shared keyring opens")
	if cfg.DB == cfg.Ring {
		d.warn("密钥环和数据在同一个库里，备份会把两者放在一起", "Keyring and data share one database, so a backup takes both",
			"给密钥环单独一个库，保存期另定；至少备份数据时排除 shouwang_keyring。", "Give the keyring a database of its own with its own, shorter keeping; at least leave the schema shouwang_keyring out of the data's backup.")
	}
}
