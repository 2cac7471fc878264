package app

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api/canarytest"
	"shouwang/internal/exchange"
	"shouwang/internal/fault"
	"shouwang/internal/seal"
	"shouwang/internal/store/pgtest"
)

// The test binary is its own sheet reader, as the product is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "sheet-read" {
		if err := exchange.ReadChild(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(pgtest.Main(m))
}

// open opens a world whose log, addresses, problems, streams, figures and journal are
// looked through for people.
func open(t *testing.T, cfg Config) *App {
	t.Helper()
	w := canarytest.New(t)
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.NewJSONHandler(w.Writer("log"), &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	a := openBare(t, cfg)
	a.handler = w.Around(a.handler)
	t.Cleanup(func() {
		if a.Config.DB == "" && !exists(a.Config.file()) { // the test threw it away
			return
		}
		if err := w.Journal(a.Config.dsn()); err != nil {
			t.Log("the journal was not looked at:", err)
		}
	})
	return a
}

// openBare opens a world that nobody looks through.
func openBare(t *testing.T, cfg Config) *App {
	t.Helper()
	a, err := Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	return a
}

func refused(t *testing.T, cfg Config, want *fault.Def) {
	t.Helper()
	a, err := Open(context.Background(), cfg)
	if err == nil {
		a.Close()
		t.Fatalf("opened, but wanted %s", want.Code)
	}
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %s", err, want.Code)
	}
}

func TestOneProcessHoldsADirectory(t *testing.T) {
	cfg := Config{Data: filepath.Join(t.TempDir(), "d")}
	a := open(t, cfg)
	l, err := a.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, err = Open(context.Background(), cfg)
	if !errors.Is(err, ErrHeld) {
		t.Fatal(err)
	}
	if text := fault.As(err).Text("en"); !strings.Contains(text, "--server http://"+l.Addr()) || !strings.Contains(text, "pid ") {
		t.Fatalf("the message does not say how to go on: %s", text)
	}
	if _, err := Verify(context.Background(), cfg, ""); !errors.Is(err, ErrHeld) {
		t.Fatalf("verify beside a server: %v", err)
	}
	a.Close()
	open(t, cfg)
}

func TestDemonstrationAndRealNeverMix(t *testing.T) {
	dir := t.TempDir()
	demo, real, new := filepath.Join(dir, "demo"), filepath.Join(dir, "real"), filepath.Join(dir, "new")
	open(t, Config{Data: demo, Kind: Demo}).Close()
	open(t, Config{Data: real, Kind: Real}).Close()
	refused(t, Config{Data: demo, Kind: Real}, ErrIsDemo)
	refused(t, Config{Data: real, Kind: Demo}, ErrIsReal)
	for data, kind := range map[string]string{demo: Demo, real: Real, new: Real} { // a command that does not say takes what is there
		a := open(t, Config{Data: data})
		if a.Kind != kind {
			t.Errorf("%s opened as %s", data, a.Kind)
		}
		a.Close()
	}
	if err := DemoReset(context.Background(), Config{Data: real}); !errors.Is(err, ErrNotEmpty) {
		t.Fatalf("reset of real data: %v", err)
	}
	if _, err := os.Stat(filepath.Join(real, "shouwang.db")); err != nil {
		t.Fatal("real data were deleted")
	}
	if err := DemoReset(context.Background(), Config{Data: demo}); err != nil {
		t.Fatal(err)
	}
	for _, gone := range []string{demo, KeysDir(demo)} {
		if _, err := os.Stat(gone); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is still there", gone)
		}
	}
}

func TestKeysLieOutsideAndForTheOwnerAlone(t *testing.T) {
	dir := t.TempDir()
	cfg := Config{Data: filepath.Join(dir, "d")}
	open(t, cfg).Close()
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || p == dir {
			return err
		}
		i, err := e.Info()
		inKeys := strings.HasPrefix(p, KeysDir(cfg.Data))
		if runtime.GOOS != "windows" && (inKeys || e.IsDir()) && i.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %o", p, i.Mode().Perm())
		}
		if !inKeys && (strings.Contains(p, "key") || strings.HasSuffix(p, ".pub")) {
			t.Errorf("%s lies with the data", p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	refused(t, Config{Data: filepath.Join(dir, "e"), Keys: filepath.Join(dir, "e", "keys")}, seal.ErrRootInside)
}

// Keys are made with a world and never for one that exists: they could open nothing.
func TestKeysAreNeverMadeForDataThatExist(t *testing.T) {
	dir := t.TempDir()
	cfg := Config{Data: filepath.Join(dir, "d")}
	open(t, cfg).Close()
	other := Config{Data: filepath.Join(dir, "other")}
	open(t, other).Close()
	mine := KeysDir(cfg.Data)
	if err := os.Rename(mine, mine+".away"); err != nil {
		t.Fatal(err)
	}
	refused(t, cfg, seal.ErrRootMissing)
	refused(t, Config{Data: cfg.Data, Keys: KeysDir(other.Data)}, seal.ErrRootWrong)
	if err := os.RemoveAll(mine); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(mine+".away", mine); err != nil {
		t.Fatal(err)
	}
	open(t, cfg)
}

func TestDataDirectoryKnowsItsEngine(t *testing.T) {
	cfg := Config{Data: filepath.Join(t.TempDir(), "d")}
	open(t, cfg).Close()
	cfg.DB = "postgres://127.0.0.1:1/none"
	refused(t, cfg, ErrEngine)
	refused(t, Config{Data: filepath.Join(t.TempDir(), "e"), DB: "postgres://127.0.0.1:1/none?connect_timeout=1"}, ErrDBAway)
	refused(t, Config{}, ErrNoWorld)
}

func TestVerifyNamesTheRangeOfAChange(t *testing.T) {
	ctx := context.Background()
	cfg := Config{Data: filepath.Join(t.TempDir(), "d")}
	a := open(t, cfg)
	c, err := a.Client("operator", "zh")
	if err != nil {
		t.Fatal(err)
	}
	importPlaces(t, c)
	if err := a.Store.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	witness := filepath.Join(t.TempDir(), "w")
	text, err := a.Store.LastCheckpoint(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(witness, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	a.Close()
	v, err := Verify(ctx, cfg, "", witness)
	if err != nil || !v.Sound() || v.Entries == 0 || v.Checkpoints < 2 || v.Kind != Real {
		t.Fatalf("%+v %v", v, err)
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(cfg.Data, "shouwang.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("UPDATE entries SET actor = 'nobody' WHERE seq = 1"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if v, err = Verify(ctx, cfg, ""); err != nil || v.Sound() || !strings.Contains(v.Problems[0].EN, "entry 1") || !strings.Contains(v.Problems[0].ZH, "条目 1") {
		t.Fatalf("a changed entry was not named: %+v %v", v, err)
	}
	if v, err = Verify(ctx, cfg, "shouwang+00000000+AAAA", witness); err == nil && v.Sound() {
		t.Fatal("another signer's line was believed")
	}
}

func TestDoctorFindsWhatIsWrong(t *testing.T) {
	ctx := context.Background()
	level := func(fs []Finding, part string) string {
		for _, f := range fs {
			if strings.Contains(f.What.EN, part) {
				if f.Level != "ok" && (f.Fix.ZH == "" || f.Fix.EN == "") {
					t.Errorf("no fix for %s", f.What.EN)
				}
				return f.Level
			}
		}
		return "nothing said"
	}
	cfg := Config{Data: filepath.Join(t.TempDir(), "d")}
	if got := level(Examine(ctx, cfg), "is new"); got != "ok" {
		t.Fatal(got)
	}
	if _, err := os.Stat(cfg.Data); err == nil {
		t.Fatal("the doctor made a directory")
	}
	a := open(t, cfg)
	if got := level(Examine(ctx, cfg), "A server holds"); got != "warn" {
		t.Fatal(got)
	}
	a.Close()
	for _, f := range Examine(ctx, cfg) {
		if f.Level == "bad" {
			t.Errorf("a sound world is called bad: %s", f.What.EN)
		}
	}
	key := filepath.Join(KeysDir(cfg.Data), rootName)
	if runtime.GOOS != "windows" {
		if err := os.Chmod(key, 0o644); err != nil {
			t.Fatal(err)
		}
		if got := level(Examine(ctx, cfg), "root key"); got != "bad" {
			t.Fatal(got)
		}
		refused(t, cfg, seal.ErrRootOpen)
		_ = os.Chmod(key, 0o600)
	}
	if err := os.Chtimes(filepath.Join(cfg.Data, "shouwang.db"), time.Now().Add(time.Hour), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := level(Examine(ctx, cfg), "clock is behind"); got != "bad" {
		t.Fatal(got)
	}
}

func TestTheNameAtTheMachineIsAName(t *testing.T) {
	a := open(t, Config{Data: filepath.Join(t.TempDir(), "d")})
	for _, bad := range []string{"", " ", "a\n", strings.Repeat("长", 61), " a"} {
		if _, err := a.Client(bad, "zh"); !errors.Is(err, ErrAsName) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	c, err := a.Client("沈国良", "zh")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Do(context.Background(), Request{Method: http.MethodGet, Path: "/me"}); err != nil {
		t.Fatal(err)
	}
}
