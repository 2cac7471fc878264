package app

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"shouwang/internal/store"
	"shouwang/internal/store/pgtest"
)

// A keyring that several servers share is copied with the backup and restored into
// another shared one, or into a file; never over keys that are there.
func TestASharedKeyringIsRestored(t *testing.T) {
	ctx := context.Background()
	cfg := Config{Data: filepath.Join(t.TempDir(), "d"), DB: pgtest.DSN(t), Ring: pgtest.DSN(t)}
	a, p := small(t, cfg)
	a.Close()
	m, dir, err := Backup(ctx, cfg, p)
	if err != nil {
		t.Fatal(err)
	}
	who, _ := Identities(p.PassphraseFile, "")
	for _, to := range []Config{
		{Data: filepath.Join(t.TempDir(), "r"), DB: pgtest.DSN(t), Ring: pgtest.DSN(t)},
		{Data: filepath.Join(t.TempDir(), "s")},
	} {
		if _, err := Restore(ctx, to, dir, keysOf(p, m), who); err != nil {
			t.Fatal(err)
		}
		b := open(t, to)
		if n, err := b.openSome(ctx); err != nil || n != 2 {
			t.Fatalf("sealed fields of %d people opened, %v", n, err)
		}
		b.Close()
	}
	over := Config{Data: filepath.Join(t.TempDir(), "o"), DB: pgtest.DSN(t), Ring: cfg.Ring}
	if _, err := Restore(ctx, over, dir, keysOf(p, m), who); !errors.Is(err, store.ErrRingInUse) {
		t.Fatalf("over a keyring in use: %v", err)
	}
}

// A restore that fails or is killed after it filled a shared keyring is done again
// over what it left; once its data are in place, or for another backup, it is refused.
func TestASharedKeyringIsFilledAgain(t *testing.T) {
	ctx := context.Background()
	cfg := Config{Data: filepath.Join(t.TempDir(), "d"), DB: pgtest.DSN(t), Ring: pgtest.DSN(t)}
	a, p := small(t, cfg)
	a.Close()
	m, dir, err := Backup(ctx, cfg, p)
	if err != nil {
		t.Fatal(err)
	}
	later, dir2, err := Backup(ctx, cfg, p)
	if err != nil {
		t.Fatal(err)
	}
	who, _ := Identities(p.PassphraseFile, "")
	to := Config{Data: filepath.Join(t.TempDir(), "r"), DB: cfg.DB, Ring: pgtest.DSN(t)} // a database in use: the keys come first, the data are refused
	if _, err := Restore(ctx, to, dir, keysOf(p, m), who); !errors.Is(err, store.ErrFilled) {
		t.Fatal(err)
	}
	if _, err := Restore(ctx, to, dir2, keysOf(p, later), who); !errors.Is(err, store.ErrRingInUse) {
		t.Fatalf("another backup over a half filled keyring: %v", err)
	}
	to.DB = pgtest.DSN(t)
	if _, err := Restore(ctx, to, dir, keysOf(p, m), who); err != nil {
		t.Fatalf("the same once more: %v", err)
	}
	over := Config{Data: filepath.Join(t.TempDir(), "o"), DB: pgtest.DSN(t), Ring: to.Ring}
	if _, err := Restore(ctx, over, dir, keysOf(p, m), who); !errors.Is(err, store.ErrRingInUse) {
		t.Fatalf("over a keyring whose data are in place: %v", err)
	}
	b := open(t, to)
	if n, err := b.openSome(ctx); err != nil || n != 2 {
		t.Fatalf("sealed fields of %d people opened, %v", n, err)
	}
	b.Close()
}
