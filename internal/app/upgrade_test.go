package app

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shouwang/internal/backup"
	"shouwang/internal/store"
	"shouwang/internal/store/pgtest"
)

var kills = flag.Int("upgrade.kills", 6, "kills during an upgrade")

// unpack puts a kept archive below dir.
func unpack(t *testing.T, file, dir string) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	in := tar.NewReader(z)
	for {
		h, err := in.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, filepath.FromSlash(h.Name))
		if h.FileInfo().IsDir() {
			if err := os.MkdirAll(to, 0o700); err != nil {
				t.Fatal(err)
			}
			continue
		}
		b, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// releases are the names of what is kept; there is at least one.
func releases(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join("testdata", "releases", "*", "data.tar.gz"))
	if err != nil || len(all) == 0 {
		t.Fatalf("no release is kept: %v", err)
	}
	for i := range all {
		all[i] = filepath.Dir(all[i])
	}
	return all
}

// Every release's data directory opens in this version: nothing is lost, the
// journal verifies and goes on, everything reads, on both engines.
func TestUpgradeFromEachRelease(t *testing.T) {
	for _, kept := range releases(t) {
		dir := t.TempDir()
		unpack(t, filepath.Join(kept, "backup.tar.gz"), dir)
		copies, err := backup.List(filepath.Join(dir, "backups"))
		if err != nil || len(copies) != 1 {
			t.Fatal(copies, err)
		}
		m, _, err := backup.ReadManifest(copies[0].Dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(kept)+"/sqlite", func(t *testing.T) {
			unpack(t, filepath.Join(kept, "data.tar.gz"), dir)
			whole(t, kept, Config{Data: filepath.Join(dir, "data")}, m)
		})
		t.Run(filepath.Base(kept)+"/postgres", func(t *testing.T) {
			word := filepath.Join(dir, "word")
			_ = os.WriteFile(word, []byte("kept release\n"), 0o600)
			who, _ := Identities(word, "")
			cfg := Config{Data: filepath.Join(dir, "pg"), DB: pgtest.DSN(t)}
			if _, err := Restore(context.Background(), cfg, copies[0].Dir, filepath.Join(dir, "backup-keys", m.Keys.File), who); err != nil {
				t.Fatal(err)
			}
			whole(t, kept, cfg, m)
		})
	}
}

// whole opens a kept world and compares it with what was written down of it.
func whole(t *testing.T, kept string, cfg Config, m backup.Manifest) {
	t.Helper()
	ctx := context.Background()
	var was Verified
	b, err := os.ReadFile(filepath.Join(kept, "verify.json"))
	if err != nil || json.Unmarshal(b, &was) != nil || was.Entries < 8 || was.Entries != m.Last {
		t.Fatalf("what is kept of %s does not fit together: %+v %v", kept, was.Report, err)
	}
	a := open(t, cfg)
	if n, err := a.openSome(ctx); err != nil || n != 3 {
		t.Fatalf("sealed fields of %d people opened, %v", n, err)
	}
	readAll(t, a)
	c, _ := a.Client("operator", "zh")
	if _, err := c.Do(ctx, Request{Method: "POST", Path: "/tokens", Body: map[string]string{"role": "lead", "place_code": "990203001001"}}); err != nil {
		t.Fatalf("nothing can be written after the upgrade: %v", err)
	}
	a.Close()
	witness := filepath.Join(t.TempDir(), "w")
	_ = os.WriteFile(witness, []byte(m.Checkpoint), 0o600)
	v, err := Verify(ctx, cfg, "", witness)
	if err != nil || !v.Sound() || v.Entries <= was.Entries || m.Checkpoint == "" {
		t.Fatalf("%+v %v", v, err)
	}
	cfg, _ = cfg.filled()
	view, err := store.OpenView(ctx, cfg.dsn())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	rows := map[string]int64{}
	for _, table := range view.Tables {
		if rows[table.Name], err = view.Rows(ctx, table, func([]any) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range m.Tables {
		if rows[p.Name] < p.Rows {
			t.Errorf("%s had %d rows, has %d", p.Name, p.Rows, rows[p.Name])
		}
	}
}

// readAll asks every operation that reads and needs no parameter.
func readAll(t *testing.T, a *App) {
	t.Helper()
	c, err := a.Client("operator", "zh")
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for path, item := range a.API.OpenAPI().Paths {
		if item.Get == nil || strings.Contains(path, "{") {
			continue
		}
		_, err := c.Do(context.Background(), Request{Method: http.MethodGet, Path: strings.TrimPrefix(path, "/api/v1")})
		var no *Refusal
		if errors.As(err, &no) && no.Status < 500 || err == nil {
			asked++
			continue
		}
		t.Errorf("GET %s: %v", path, err)
	}
	if asked < 8 {
		t.Errorf("only %d operations were asked", asked)
	}
}

// A process that is killed while it changes the tables loses nothing: the next
// start finishes or begins anew, and the copy from before stays.
func TestKilledWhileUpgrading(t *testing.T) {
	if dir := os.Getenv("SHOUWANG_UPGRADE_CHILD"); dir != "" {
		a, err := Open(context.Background(), Config{Data: dir})
		if err != nil {
			t.Fatal(err)
		}
		a.Close()
		return
	}
	kept := oldest(t)
	var was Verified
	b, _ := os.ReadFile(filepath.Join(kept, "verify.json"))
	if err := json.Unmarshal(b, &was); err != nil {
		t.Fatal(err)
	}
	dice := rand.New(rand.NewPCG(11, 11))
	cut := 0
	for n := range *kills {
		dir := t.TempDir()
		unpack(t, filepath.Join(kept, "data.tar.gz"), dir)
		cfg := Config{Data: filepath.Join(dir, "data")}
		child := exec.Command(os.Args[0], "-test.run", "^TestKilledWhileUpgrading$")
		child.Env = append(os.Environ(), "SHOUWANG_UPGRADE_CHILD="+cfg.Data)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		aim(cfg.Data, n, dice)
		if child.Process.Kill() == nil {
			cut++
		}
		_ = child.Wait()
		a := open(t, cfg)
		if k, err := a.openSome(context.Background()); err != nil || k != 3 {
			t.Fatalf("round %d: %d people, %v", n, k, err)
		}
		a.Close()
		v, err := Verify(context.Background(), cfg, "")
		if err != nil || !v.Sound() || v.Entries != was.Entries || v.Root != was.Root {
			t.Fatalf("round %d: %+v %v", n, v, err)
		}
		if copies, _ := filepath.Glob(filepath.Join(cfg.Data, "*.before-upgrade-*")); len(copies) != 1 {
			t.Fatalf("round %d: copies from before: %v", n, copies)
		}
	}
	if cut == 0 {
		t.Fatal("nothing was killed: the test proves nothing")
	}
}

// aim waits until the child has begun to change the file, and a moment more.
func aim(data string, n int, dice *rand.Rand) {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(200 * time.Microsecond) {
		if begun, _ := filepath.Glob(filepath.Join(data, "*.before-upgrade-*")); len(begun) > 0 {
			break
		}
	}
	time.Sleep(time.Duration(dice.IntN(1+n*4000)) * time.Microsecond)
}

// oldest is the release with the lowest tables.
func oldest(t *testing.T) string {
	all := releases(t)
	return all[0]
}
