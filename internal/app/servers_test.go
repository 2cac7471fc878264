package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"shouwang/internal/seal"
	"shouwang/internal/store"
	"shouwang/internal/store/pgtest"
)

// copyKeys gives a second server what the keeper of the first one hands over.
func copyKeys(t *testing.T, from, to string, names ...string) {
	t.Helper()
	if err := os.MkdirAll(to, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		b, err := os.ReadFile(filepath.Join(from, n))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, n), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Two servers of one database share keys and keyring; one that brings others, or
// none, is told so and makes nothing.
func TestServersOfOneDatabase(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db, ring := pgtest.DSN(t), pgtest.DSN(t)
	server := func(name string) Config {
		return Config{Data: filepath.Join(dir, name), DB: db, Ring: ring}
	}
	a := open(t, server("a"))
	refused(t, server("b"), seal.ErrRootMissing)
	if files, _ := os.ReadDir(KeysDir(filepath.Join(dir, "b"))); len(files) != 0 {
		t.Fatal("keys were made for data of another server")
	}
	copyKeys(t, a.Config.Keys, KeysDir(filepath.Join(dir, "b")), rootName, signerName, verifierName)
	b := open(t, server("b"))
	sealed, err := a.keys.sealer.Seal(ctx, "register", "p", "c", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := b.keys.sealer.Open(ctx, "register", "p", "c", sealed); err != nil || string(got) != "x" {
		t.Fatal(got, err)
	}
	copyKeys(t, a.Config.Keys, KeysDir(filepath.Join(dir, "c")), rootName)
	refused(t, server("c"), ErrKeyFile) // no signing key
	copyKeys(t, a.Config.Keys, KeysDir(filepath.Join(dir, "d")), rootName, signerName, verifierName)
	own := server("d")
	own.Ring = "" // a keyring of its own
	refused(t, own, store.ErrAlone)
	a.Close()
	b.Close()
	refused(t, own, ErrRingOther)
	for _, f := range Examine(ctx, server("a")) {
		if f.Level == "bad" {
			t.Errorf("%s: %s", f.What.EN, f.Fix.EN)
		}
	}
}

// The file of one server becomes the keyring of several.
func TestRingMovesToTheDatabase(t *testing.T) {
	ctx := context.Background()
	cfg := Config{Data: filepath.Join(t.TempDir(), "a"), DB: pgtest.DSN(t)}
	a := open(t, cfg)
	sealed, err := a.keys.sealer.Seal(ctx, "register", "p", "c", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	to := pgtest.DSN(t)
	if err := CopyRing(ctx, cfg, to); !errors.Is(err, ErrHeld) {
		t.Fatal("copied under a running server:", err)
	}
	a.Close()
	if err := CopyRing(ctx, cfg, to); err != nil {
		t.Fatal(err)
	}
	if err := CopyRing(ctx, cfg, to); !errors.Is(err, store.ErrRingInUse) {
		t.Fatal(err)
	}
	cfg.Ring = to
	b := open(t, cfg)
	if got, err := b.keys.sealer.Open(ctx, "register", "p", "c", sealed); err != nil || string(got) != "x" {
		t.Fatal(got, err)
	}
}
