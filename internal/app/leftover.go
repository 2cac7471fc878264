package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"shouwang/internal/fault"
	"shouwang/internal/store"
)

// ErrHalfRestored says that keys lie there which a restore brought that never came
// to its end.
var ErrHalfRestored = fault.Define(fault.Forbidden, "SW-2043",
	"上次恢复到 {0} 中途断了：密钥已放好，数据还没有。没有打开，也没有新建任何东西；备份没有动过。请把同一条 restore 命令再运行一次，它会先清掉上次留下的。",
	"The last restore into {0} was cut off: the keys are in place, the data are not. Nothing was opened or made, and the backup was not touched. Run the same restore once more; it clears away what was left first.")

const (
	// restoring is what is put to the name of a folder while it is being restored.
	restoring = ".restoring"
	// halfName is the file in a key folder that says: the data that belong here are
	// not in place yet.
	halfName = "restoring"
)

// Leftovers names the folders that a restore which was killed left behind. Those of
// keys hold the keys in clear, so none should stay.
func Leftovers(cfg Config) []string {
	cfg, err := cfg.filled()
	if err != nil {
		return nil
	}
	var out []string
	for _, d := range []string{cfg.Data + restoring, cfg.Keys + restoring} {
		if exists(d) {
			out = append(out, d)
		}
	}
	if cfg.half() {
		out = append(out, cfg.Keys)
	}
	return out
}

// half says whether the key folder was restored and the data directory was not.
func (c Config) half() bool {
	return exists(filepath.Join(c.Keys, halfName)) && vacant(c.Data) == nil
}

// clearHalf removes the keys that a restore brought before it was killed, where this
// one brings its own. No world was ever opened with them: Open refuses to.
func (c Config) clearHalf(own bool) error {
	if !own || !c.half() {
		return nil
	}
	if err := os.RemoveAll(c.Keys); err != nil {
		return ErrDataDir.With(c.Keys).Because(err)
	}
	return nil
}

// whole notes that data and keys are both in place.
func (c Config) whole(ctx context.Context) error {
	if c.Ring != "" && exists(filepath.Join(c.Keys, halfName)) {
		if err := settleRing(ctx, c.Ring); err != nil {
			return ErrKeyFile.With(ringName).Because(err)
		}
	}
	if err := os.Remove(filepath.Join(c.Keys, halfName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return ErrKeyFile.With(halfName).Because(err)
	}
	return nil
}

// settleRing notes in a keyring that several servers share that it is in use.
func settleRing(ctx context.Context, where string) error {
	ring, err := store.OpenKeyring(ctx, where)
	if err != nil {
		return err
	}
	return errors.Join(ring.Settle(ctx), ring.Close())
}
