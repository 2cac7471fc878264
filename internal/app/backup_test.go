package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"shouwang/internal/backup"
	"shouwang/internal/fault"
	"shouwang/internal/store"
	"shouwang/internal/store/pgtest"
)

var rounds = flag.Int("backup.rounds", 3, "restores under writes, on each engine")

// onEngines runs a test on both engines.
func onEngines(t *testing.T, test func(t *testing.T, cfg Config)) {
	t.Run("sqlite", func(t *testing.T) { test(t, Config{Data: filepath.Join(t.TempDir(), "d")}) })
	t.Run("postgres", func(t *testing.T) { test(t, Config{Data: filepath.Join(t.TempDir(), "d"), DB: pgtest.DSN(t)}) })
}

// small makes a world with a few places, two people with sealed fields, and the
// file of a passphrase.
func small(t *testing.T, cfg Config) (*App, BackupPlan) {
	t.Helper()
	a := open(t, cfg)
	c, err := a.Client("operator", "zh")
	if err != nil {
		t.Fatal(err)
	}
	importPlaces(t, c)
	dir := t.TempDir()
	file := filepath.Join(dir, "r.csv")
	text := "小区,楼号,单元,室,姓名,性别,联系电话,核实日期\n戊里,1,1,101,张三,男,13900139001,2026-01-01\n戊里,1,1,102,李四,女,13900139002,2026-01-01\n"
	word := filepath.Join(dir, "word")
	if err := errors.Join(os.WriteFile(file, []byte(text), 0o600), os.WriteFile(word, []byte("correct horse\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	r, err := c.Import(context.Background(), "residents", file, false)
	if err != nil || r.Inserted != 2 {
		t.Fatalf("%+v %v", r, err)
	}
	return a, BackupPlan{To: filepath.Join(dir, "b"), PassphraseFile: word, Effort: 10}
}

// keysOf is where a plan's key file of a backup lies.
func keysOf(p BackupPlan, m backup.Manifest) string { return filepath.Join(p.To+".keys", m.Keys.File) }

// Under writes, each restore opens, verifies, holds everything that was answered
// before the backup began, never less than the one before, and its journal is the
// beginning of the source's.
func TestRestoreUnderWrites(t *testing.T) {
	onEngines(t, func(t *testing.T, cfg Config) {
		ctx := context.Background()
		a, p := small(t, cfg)
		who, err := Identities(p.PassphraseFile, "")
		if err != nil {
			t.Fatal(err)
		}
		stop, wrote := writing(t, a)
		before := map[string]int64{}
		var witness []string
		for n := range *rounds {
			time.Sleep(100 * time.Millisecond)
			acked := a.Store.Last()
			m, dir, err := Backup(ctx, cfg, p)
			if err != nil {
				t.Fatal(err)
			}
			if m.Last < acked {
				t.Fatalf("entry %d was answered, the backup ends at %d", acked, m.Last)
			}
			for _, part := range m.Tables {
				if part.Rows < before[part.Name] {
					t.Errorf("%s shrank from %d to %d rows", part.Name, before[part.Name], part.Rows)
				}
				before[part.Name] = part.Rows
			}
			to := Config{Data: filepath.Join(t.TempDir(), "r")}
			if cfg.DB != "" && n%2 == 0 {
				to.DB = pgtest.DSN(t)
			}
			if _, err := Restore(ctx, to, dir, keysOf(p, m), who); err != nil {
				t.Fatal(err)
			}
			v, err := Verify(ctx, to, "")
			if err != nil || !v.Sound() || v.Entries != m.Last || len(v.Integrity) > 0 {
				t.Fatalf("%+v %v", v, err)
			}
			b := open(t, to)
			if n, err := b.openSome(ctx); err != nil || n != 2 {
				t.Fatalf("sealed fields of %d people opened, %v", n, err)
			}
			rowsAgain(t, to, m)
			if text, err := b.Store.LastCheckpoint(ctx); err == nil && text != "" {
				f := filepath.Join(t.TempDir(), "w")
				_ = os.WriteFile(f, []byte(text), 0o600)
				witness = append(witness, f)
			}
			b.Close()
		}
		stop()
		if *wrote == 0 {
			t.Fatal("nothing was written meanwhile: the test proves nothing")
		}
		a.Close()
		v, err := Verify(ctx, cfg, "", witness...)
		if err != nil || !v.Sound() || len(witness) != *rounds {
			t.Fatalf("the restored journals are not the beginning of the source's: %+v %v", v, err)
		}
	})
}

// writing makes tokens until it is stopped and counts them.
func writing(t *testing.T, a *App) (stop func(), wrote *int64) {
	c, err := a.Client("operator", "zh")
	if err != nil {
		t.Fatal(err)
	}
	var n int64
	var end atomic.Bool
	done := make(chan struct{})
	go func() {
		defer close(done)
		for !end.Load() {
			if _, err := c.Do(context.Background(), Request{Method: "POST", Path: "/tokens", Body: map[string]string{"role": "commander", "place_code": "330200001000"}}); err != nil {
				t.Error(err)
				return
			}
			n++
		}
	}()
	return func() { end.Store(true); <-done }, &n
}

// rowsAgain compares each table of a restored world with the manifest.
func rowsAgain(t *testing.T, cfg Config, m backup.Manifest) {
	t.Helper()
	cfg, err := cfg.filled()
	if err != nil {
		t.Fatal(err)
	}
	v, err := store.OpenView(context.Background(), cfg.dsn())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if len(v.Tables) != len(m.Tables) || len(m.Tables) < 20 {
		t.Fatalf("%d tables, %d in the backup", len(v.Tables), len(m.Tables))
	}
	for i, want := range m.Tables {
		n, err := v.Rows(context.Background(), v.Tables[i], func([]any) error { return nil })
		if err != nil || n < want.Rows || want.Name == "entries" && n != want.Rows {
			t.Errorf("%s: %d rows restored of %d, %v", want.Name, n, want.Rows, err)
		}
	}
}

// One flipped bit anywhere in a backup or its keys is seen: 200 of 200.
func TestFlippedBitsAreSeen(t *testing.T) {
	ctx := context.Background()
	cfg := Config{Data: filepath.Join(t.TempDir(), "d")}
	a, p := small(t, cfg)
	a.Close()
	m, dir, err := Backup(ctx, cfg, p)
	if err != nil {
		t.Fatal(err)
	}
	who, _ := Identities(p.PassphraseFile, "")
	if _, n, err := TryBackup(ctx, dir, keysOf(p, m), who, t.TempDir(), Config{}); err != nil || n != 2 {
		t.Fatal(n, err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	files = append(files, keysOf(p, m))
	dice := rand.New(rand.NewPCG(7, 7))
	seen := 0
	for range 200 {
		f := files[dice.IntN(len(files))]
		good, err := os.ReadFile(f)
		if err != nil || len(good) == 0 {
			t.Fatal(f, err)
		}
		bad := append([]byte(nil), good...)
		i := dice.IntN(len(bad))
		bad[i] ^= 1 << dice.IntN(8)
		_ = os.WriteFile(f, bad, 0o600)
		_, err = backup.Check(dir)
		if err == nil {
			err = m.CheckKeys(keysOf(p, m))
		}
		if errors.Is(err, backup.ErrDamaged) {
			seen++
		} else {
			t.Errorf("%s byte %d: %v", filepath.Base(f), i, err)
		}
		_ = os.WriteFile(f, good, 0o600)
	}
	if seen != 200 {
		t.Fatalf("%d of 200 seen", seen)
	}
	if _, err := backup.Check(dir); err != nil {
		t.Fatal(err)
	}
	// A backup with a wrong chunk is not restored, and leaves nothing behind.
	_ = os.WriteFile(files[0], []byte("x"), 0o600)
	to := Config{Data: filepath.Join(t.TempDir(), "r")}
	if _, err := Restore(ctx, to, dir, keysOf(p, m), who); !errors.Is(err, backup.ErrDamaged) {
		t.Fatal(err)
	}
	for _, d := range []string{to.Data, KeysDir(to.Data), to.Data + ".restoring", KeysDir(to.Data) + ".restoring"} {
		if _, err := os.Stat(d); err == nil {
			t.Errorf("%s was left behind", d)
		}
	}
}

// Wherever a restore was killed, the next one clears its leftovers away and comes to
// its end; until then nothing opens with keys whose data never came.
func TestAKilledRestoreIsBegunAnew(t *testing.T) {
	ctx := context.Background()
	cfg := Config{Data: filepath.Join(t.TempDir(), "d")}
	a, p := small(t, cfg)
	defer a.Close()
	m, dir, err := Backup(ctx, cfg, p)
	if err != nil {
		t.Fatal(err)
	}
	who, _ := Identities(p.PassphraseFile, "")
	to := Config{Data: filepath.Join(t.TempDir(), "r")}
	restore := func() {
		t.Helper()
		if _, err := Restore(ctx, to, dir, keysOf(p, m), who); err != nil {
			t.Fatal(err)
		}
		if left := Leftovers(to); len(left) > 0 {
			t.Fatal("left behind:", left)
		}
		b := open(t, to)
		defer b.Close()
		if n, err := b.openSome(ctx); err != nil || n == 0 {
			t.Fatal(n, err)
		}
	}
	restore()
	keys := KeysDir(to.Data)
	move := func(from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	// Killed before anything got its name.
	move(to.Data, to.Data+".restoring")
	move(keys, keys+".restoring")
	if got := Leftovers(to); len(got) != 2 {
		t.Fatal(got)
	}
	restore()
	// Killed when the keys had theirs and the data had not.
	move(to.Data, to.Data+".restoring")
	if err := os.WriteFile(filepath.Join(keys, halfName), []byte(m.ID), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, to, ErrHalfRestored)
	if exists(to.Data) {
		t.Error("a refused world left a folder")
	}
	restore()
	// Killed when both had theirs: it opens as it is.
	if err := os.WriteFile(filepath.Join(keys, halfName), []byte(m.ID), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, to).Close()
	if exists(filepath.Join(keys, halfName)) {
		t.Error("the mark stayed")
	}
}

func TestABackupIsIncompleteUntilItsKeysWereTried(t *testing.T) {
	ctx := context.Background()
	cfg := Config{Data: filepath.Join(t.TempDir(), "d")}
	a, p := small(t, cfg)
	defer a.Close()
	state := func() string {
		items, err := backup.List(p.To)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, i := range items {
			out = append(out, string(i.State))
		}
		return strings.Join(out, " ")
	}
	m, dir, err := Backup(ctx, cfg, p)
	if err != nil || state() != "incomplete" {
		t.Fatal(state(), err)
	}
	other := filepath.Join(t.TempDir(), "word")
	_ = os.WriteFile(other, []byte("another\n"), 0o600)
	who, _ := Identities(other, "")
	if _, _, err := TryBackup(ctx, dir, keysOf(p, m), who, t.TempDir(), Config{}); !errors.Is(err, backup.ErrKeysWrong) || state() != "incomplete" {
		t.Fatal(state(), err)
	}
	who, _ = Identities(p.PassphraseFile, "")
	// The keys lie elsewhere, as they should: that is no damage to the backup.
	if _, _, err := TryBackup(ctx, dir, filepath.Join(t.TempDir(), m.Keys.File), who, t.TempDir(), Config{}); !errors.Is(err, backup.ErrKeysAway) || state() != "incomplete" {
		t.Fatal(state(), err)
	}
	if _, _, err := TryBackup(ctx, dir, keysOf(p, m), who, t.TempDir(), Config{}); err != nil || state() != "complete" {
		t.Fatal(state(), err)
	}
	// Broken off while it was written: never taken for a good one.
	cut, stop := context.WithCancel(ctx)
	stop()
	if _, _, err := Backup(cut, cfg, p); err == nil || state() != "complete" {
		t.Fatal(state(), err)
	}
	if err := os.Rename(dir, dir+".partial"); err != nil || state() != "interrupted" {
		t.Fatal(state(), err)
	}
	_ = os.Rename(dir+".partial", dir)
	for _, e := range []string{"manifest", "entries-00001.gz"} { // half of the files
		_ = os.Rename(filepath.Join(dir, e), filepath.Join(dir, "x"))
		if _, err := backup.Check(dir); !errors.Is(err, backup.ErrDamaged) {
			t.Errorf("without %s: %v", e, err)
		}
		_ = os.Rename(filepath.Join(dir, "x"), filepath.Join(dir, e))
	}
	refusals(t, cfg, p, dir, m)
}

// refusals tries what must not work.
func refusals(t *testing.T, cfg Config, p BackupPlan, dir string, m backup.Manifest) {
	t.Helper()
	ctx := context.Background()
	who, _ := Identities(p.PassphraseFile, "")
	if _, err := Restore(ctx, cfg, dir, keysOf(p, m), who); !errors.Is(err, ErrNotNew) {
		t.Errorf("over a world: %v", err)
	}
	used := pgtest.DSN(t)
	open(t, Config{Data: filepath.Join(t.TempDir(), "u"), DB: used}).Close()
	if _, err := Restore(ctx, Config{Data: filepath.Join(t.TempDir(), "r"), DB: used}, dir, keysOf(p, m), who); !errors.Is(err, store.ErrFilled) {
		t.Errorf("over a database in use: %v", err)
	}
	for _, want := range []struct {
		def  *fault.Def
		plan BackupPlan
	}{
		{backup.ErrNoLock, BackupPlan{To: p.To}},
		{backup.ErrTogether, BackupPlan{To: p.To, KeysTo: filepath.Join(p.To, "k"), PassphraseFile: p.PassphraseFile}},
		{backup.ErrTogether, BackupPlan{To: p.To, KeysTo: p.To, PassphraseFile: p.PassphraseFile}},
	} {
		if _, _, err := Backup(ctx, cfg, want.plan); !errors.Is(err, want.def) {
			t.Errorf("%+v: %v", want.plan, err)
		}
	}
	raw := everything(t, dir)
	for _, secret := range []string{"13900139001", "13900139002"} {
		if strings.Contains(raw, secret) {
			t.Errorf("%s lies in the backup in clear", secret)
		}
	}
}

// everything is all rows of a backup, unpacked.
func everything(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "x.db")
	if _, err := backup.Load(context.Background(), dir, "sqlite:"+to); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(to)
	if err != nil || !strings.Contains(string(b), "张三") {
		t.Fatal("the restored file does not hold the rows: the test would prove nothing")
	}
	return string(b)
}

// By the clock: one at once, the newest kept, keys older than their span gone.
func TestBackupsByTheClockAreTidied(t *testing.T) {
	cfg := Config{Data: filepath.Join(t.TempDir(), "d")}
	a, p := small(t, cfg)
	p.Keep = 2
	if err := a.BackUpEvery(context.Background(), BackupPlan{To: p.To}, time.Hour); !errors.Is(err, backup.ErrNoLock) {
		t.Fatal(err)
	}
	old := filepath.Join(p.To+".keys", "20200101T000000Z-000000.keys.age")
	_ = os.MkdirAll(filepath.Dir(old), 0o700)
	_ = os.WriteFile(old, nil, 0o600)
	if err := a.BackUpEvery(context.Background(), p, 150*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for end := time.Now().Add(20 * time.Second); len(names) < 4 && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		items, _ := backup.List(p.To)
		for _, i := range items {
			if i.State == backup.Incomplete {
				names[i.ID] = true
			}
		}
	}
	a.Close()
	items, _ := backup.List(p.To)
	keys, _ := filepath.Glob(filepath.Join(p.To+".keys", "*"))
	if len(names) < 4 || len(items) != 2 || len(keys) != 2 {
		t.Fatalf("%d made, %d kept, %s", len(names), len(items), fmt.Sprint(keys))
	}
}
