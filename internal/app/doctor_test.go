package app

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"shouwang/internal/store/pgtest"
)

// said returns the level of the finding whose English text holds part.
func said(t *testing.T, found []Finding, part string) string {
	t.Helper()
	for _, f := range found {
		if strings.Contains(f.What.EN, part) {
			if f.Level != "ok" && (f.Fix.ZH == "" || f.Fix.EN == "") {
				t.Errorf("no fix for %s", f.What.EN)
			}
			return f.Level
		}
	}
	var all []string
	for _, f := range found {
		all = append(all, f.What.EN)
	}
	return "nothing said in: " + strings.Join(all, "; ")
}

// What lies around a world is looked at: sheet, folders, backups, certificate, port.
func TestDoctorLooksAround(t *testing.T) {
	ctx := context.Background()
	cfg := Config{Data: filepath.Join(t.TempDir(), "d")}
	a, p := small(t, cfg)
	look := func(c Checkup, part, want string) {
		t.Helper()
		if got := said(t, Examine(ctx, cfg, c), part); got != want {
			t.Errorf("%s: %s, not %s", part, got, want)
		}
	}
	look(Checkup{}, "recovery sheet", "warn")
	look(Checkup{}, "signed up to", "ok") // beside the running server
	look(Checkup{}, "settings are safe", "ok")
	look(Checkup{}, "about where backups are", "warn")
	look(Checkup{BackupTo: p.To}, "There is no backup", "bad")
	m, dir, err := Backup(ctx, cfg, p)
	if err != nil {
		t.Fatal(err)
	}
	look(Checkup{BackupTo: p.To}, "Newest backup", "ok")
	look(Checkup{BackupTo: p.To}, "incomplete", "warn")
	who, _ := Identities(p.PassphraseFile, "")
	if _, _, err := TryBackup(ctx, dir, keysOf(p, m), who, t.TempDir(), Config{}); err != nil {
		t.Fatal(err)
	}
	look(Checkup{BackupTo: p.To}, "Restored with its keys", "ok")
	later := cfg
	later.Clock = func() time.Time { return time.Now().Add(27 * time.Hour) }
	if got := said(t, Examine(ctx, later, Checkup{BackupTo: p.To}), "newest backup is"); got != "bad" {
		t.Error(got)
	}
	certificates := t.TempDir()
	for days, want := range map[int]string{10*365 - 1: "bad", 10*365 - 10: "warn", 100: "ok"} {
		now := time.Now().Add(-time.Duration(days) * day)
		if days != 100 {
			now = now.Add(-time.Hour)
		}
		folder := filepath.Join(certificates, want)
		_ = os.MkdirAll(folder, 0o700)
		if want == "bad" {
			now = now.Add(-2 * day)
		}
		if _, err := openAuthority(folder, func() time.Time { return now }); err != nil {
			t.Fatal(err)
		}
		look(Checkup{TLSCert: filepath.Join(folder, caName)}, "certificate", want)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	look(Checkup{Addr: l.Addr().String()}, "Cannot listen", "bad")
	l.Close()
	look(Checkup{Addr: l.Addr().String()}, "address is free", "ok")
	s, err := a.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	look(Checkup{Addr: s.Addr()}, "used by the server of these data", "ok")
	if runtime.GOOS != "windows" {
		_ = os.Chmod(cfg.Data, 0o755)
		look(Checkup{}, "Others can enter", "bad")
		_ = os.Chmod(cfg.Data, 0o700)
	}
	a.Close()
}

// The doctor changes no table: an older world stays as it is, and a setting of
// PostgreSQL that can lose what was confirmed is called bad.
func TestDoctorChangesNothing(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	unpack(t, filepath.Join(oldest(t), "data.tar.gz"), dir)
	cfg := Config{Data: filepath.Join(dir, "data")}
	before, _ := os.ReadFile(filepath.Join(cfg.Data, "shouwang.db"))
	if got := said(t, Examine(ctx, cfg), "the next start brings them"); got != "warn" {
		t.Error(got)
	}
	after, _ := os.ReadFile(filepath.Join(cfg.Data, "shouwang.db"))
	if string(before) != string(after) || len(before) == 0 {
		t.Error("the doctor changed the data")
	}
	dsn := pgtest.DSN(t)
	sep := "?"
	if strings.Contains(dsn, "?") {
		sep = "&"
	}
	loose := Config{Data: filepath.Join(t.TempDir(), "e"), DB: dsn + sep + "synchronous_commit=off"}
	if got := said(t, Examine(ctx, loose), "can lose what was confirmed"); got != "bad" {
		t.Error(got)
	}
}
