package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"shouwang/internal/backup"
	"shouwang/internal/fault"
	"shouwang/internal/store"
)

// Restore makes a world from a backup: cfg names the new data directory, its keys
// and, for PostgreSQL, an empty database. keysFile is the file of keys that belongs
// to the backup; when it is empty the key folder must be there already. Nothing is
// overwritten, and a restore that is interrupted leaves no data directory. What one
// that was killed left (see Leftovers) is cleared away first.
// Faults: SW-1810, SW-1811, SW-2031, SW-2032, SW-2036.
func Restore(ctx context.Context, cfg Config, dir, keysFile string, who []age.Identity) (backup.Manifest, error) {
	cfg, err := cfg.filled()
	if err != nil {
		return backup.Manifest{}, err
	}
	m, _, err := backup.ReadManifest(dir)
	if err != nil {
		return m, err
	}
	if err := vacant(cfg.Data); err != nil {
		return m, err
	}
	if err := cfg.clearHalf(keysFile != ""); err != nil {
		return m, err
	}
	data, keys := cfg.Data+restoring, cfg.Keys+restoring
	for _, d := range []string{data, keys} {
		if err := errors.Join(os.RemoveAll(d), os.MkdirAll(d, 0o700)); err != nil {
			return m, ErrDataDir.With(d).Because(err)
		}
		defer os.RemoveAll(d)
	}
	if keysFile != "" {
		if err := restoreKeys(ctx, cfg, m, keysFile, keys, who); err != nil {
			return m, err
		}
	}
	dsn := cfg.dsn()
	if cfg.DB == "" {
		dsn = "sqlite:" + filepath.Join(data, filepath.Base(cfg.file()))
	}
	if m, err = backup.Load(ctx, dir, dsn); err != nil {
		var known *fault.Error
		if errors.As(err, &known) {
			return m, err
		}
		return m, noDatabase(err)
	}
	if err := writeNew(filepath.Join(data, "engine"), cfg.engine()); err != nil {
		return m, ErrDataDir.With(data).Because(err)
	}
	if keysFile != "" {
		if err := settle(keys, cfg.Keys); err != nil {
			return m, err
		}
	}
	if err := settle(data, cfg.Data); err != nil {
		return m, err
	}
	return m, cfg.whole(ctx)
}

func restoreKeys(ctx context.Context, cfg Config, m backup.Manifest, file, into string, who []age.Identity) error {
	if err := vacant(cfg.Keys); err != nil {
		return err
	}
	if err := m.CheckKeys(file); err != nil {
		return err
	}
	k, err := backup.OpenKeys(file, who...)
	if err != nil {
		return err
	}
	if err := writeNew(filepath.Join(into, halfName), m.ID); err != nil {
		return ErrKeyFile.With(halfName).Because(err)
	}
	for _, name := range []string{rootName, signerName, verifierName} {
		b, ok := k.Files[name]
		if !ok {
			return backup.ErrDamaged.With(file, name)
		}
		if err := writeNew(filepath.Join(into, name), strings.TrimRight(string(b), "\n")); err != nil {
			return ErrKeyFile.With(name).Because(err)
		}
	}
	ring := cfg.Ring
	if ring == "" {
		ring = filepath.Join(into, ringName)
		if err := onlyOwner(ring); err != nil {
			return err
		}
	}
	if err := store.FillRing(ctx, ring, m.ID, k.Ring, k.Rows); err != nil {
		if errors.Is(err, store.ErrRingInUse) {
			return err
		}
		return ErrKeyFile.With(ringName).Because(err)
	}
	return nil
}

// vacant refuses a folder that holds anything.
func vacant(dir string) error {
	in, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(in) == 0 {
		return nil
	}
	return ErrNotNew.With(dir).Because(err)
}

// settle gives a finished folder its name.
func settle(from, to string) error {
	_ = os.Remove(to) // an empty one may stand there
	if err := os.Rename(from, to); err != nil {
		return ErrDataDir.With(to).Because(err)
	}
	return nil
}

// TryBackup proves a backup: it restores it with its keys into a scratch folder
// below scratch, opens it, reads sealed values, checks files and journal, and marks
// it as complete. Faults: those of Restore, and SW-2031 when something differs.
func TryBackup(ctx context.Context, dir, keysFile string, who []age.Identity, scratch string, cfg Config) (Verified, int, error) {
	var out Verified
	m, err := backup.Check(dir)
	if err != nil {
		return out, 0, err
	}
	tmp, err := os.MkdirTemp(scratch, "shouwang-try-")
	if err != nil {
		return out, 0, ErrDataDir.With(scratch).Because(err)
	}
	defer os.RemoveAll(tmp)
	cfg.Data, cfg.Keys, cfg.DB, cfg.Ring, cfg.Kind = filepath.Join(tmp, "data"), filepath.Join(tmp, "keys"), "", "", ""
	if _, err := Restore(ctx, cfg, dir, keysFile, who); err != nil {
		return out, 0, err
	}
	a, err := Open(ctx, cfg)
	if err != nil {
		return out, 0, err
	}
	opened, err := a.openSome(ctx)
	a.Close()
	if err != nil {
		return out, opened, err
	}
	witness := filepath.Join(tmp, "checkpoint")
	var witnesses []string
	if m.Checkpoint != "" {
		if err := os.WriteFile(witness, []byte(m.Checkpoint), 0o600); err != nil {
			return out, opened, ErrDataDir.With(tmp).Because(err)
		}
		witnesses = append(witnesses, witness)
	}
	if out, err = Verify(ctx, cfg, "", witnesses...); err != nil {
		return out, opened, err
	}
	if !out.Sound() || out.Entries != m.Last {
		return out, opened, backup.ErrDamaged.With(dir, "journal")
	}
	now := time.Now
	if cfg.Clock != nil {
		now = cfg.Clock
	}
	return out, opened, backup.Mark(dir, now(), out.Entries, opened)
}

// openSome opens sealed fields of some people of the register and counts them.
func (a *App) openSome(ctx context.Context) (int, error) {
	people, err := a.Store.PersonsUnder(ctx, "", "", [2]string{}, 200, store.Clear{Number: true, Phone: true, Care: true})
	if err != nil {
		return 0, err
	}
	n := 0
	for _, p := range people {
		if p.IDNumber != "" || p.Phone != "" {
			n++
		}
	}
	return n, nil
}
