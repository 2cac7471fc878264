package app

import (
	"context"
	"path/filepath"
	"testing"

	"shouwang/internal/store/pgtest"
)

// The large database serves the same world: keys and lock stay with the data
// directory, and the journal verifies.
func TestWorldOnPostgreSQL(t *testing.T) {
	ctx := context.Background()
	cfg := Config{Data: filepath.Join(t.TempDir(), "d"), DB: pgtest.DSN(t), Kind: Demo}
	a := open(t, cfg)
	if err := a.Demonstrate(ctx, "community", nil); err != nil {
		t.Fatal(err)
	}
	last := a.Store.Last()
	a.Close()
	a = open(t, cfg)
	if err := a.Demonstrate(ctx, "community", nil); err != nil || a.Store.Last() != last || a.Store.Engine() != "postgres" {
		t.Fatalf("%v, %s, %d then %d entries", err, a.Store.Engine(), last, a.Store.Last())
	}
	a.Close()
	v, err := Verify(ctx, cfg, "")
	if err != nil || !v.Sound() || v.Entries != last || v.Engine != "postgres" {
		t.Fatalf("%+v %v", v, err)
	}
	for _, f := range Examine(ctx, cfg) {
		if f.Level == "bad" {
			t.Errorf("%s: %s", f.What.EN, f.Fix.EN)
		}
	}
	refused(t, Config{Data: cfg.Data}, ErrEngine)
	// Another data directory has other keys: they do not open these data.
	if _, err := Open(ctx, Config{Data: filepath.Join(t.TempDir(), "e"), DB: cfg.DB}); err == nil {
		t.Fatal("opened with keys that do not belong to the data")
	}
}
