package pgtest

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Crash ends the whole server as a power cut would: the first process is killed
// with -9, and the others, which end by themselves when they notice, too.
func (c *Cluster) Crash() error {
	pid := strconv.Itoa(c.cmd.Process.Pid)
	children, _ := os.ReadFile("/proc/" + pid + "/task/" + pid + "/children")
	err := c.cmd.Process.Kill()
	for _, child := range strings.Fields(string(children)) {
		if n, e := strconv.Atoi(child); e == nil {
			_ = syscall.Kill(n, syscall.SIGKILL)
		}
	}
	_ = c.cmd.Wait()
	return err
}

// Standby copies the running cluster, follows it as a synchronous standby, and
// returns once the first one waits for it at each commit.
func (c *Cluster) Standby() (*Cluster, error) {
	dir, err := os.MkdirTemp("", "shouwang-pg")
	if err != nil {
		return nil, err
	}
	s := &Cluster{dir: dir, server: c.server}
	if s.attr, err = ordinary(dir); err != nil {
		return nil, err
	}
	if s.port, err = freePort(); err != nil {
		return nil, err
	}
	tool, err := binary("pg_basebackup")
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	to := fmt.Sprintf("host=127.0.0.1 port=%d user=postgres application_name=second", c.port)
	cmd := exec.Command(tool, "-D", data, "-d", to, "-R", "-X", "stream", "-c", "fast", "-C", "-S", "second")
	cmd.SysProcAttr, cmd.Dir = s.attr, dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("pg_basebackup: %w: %s", err, bytes.TrimSpace(out))
	}
	if err := s.Restart(); err != nil {
		return nil, err
	}
	db, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	for _, q := range []string{"ALTER SYSTEM SET synchronous_standby_names = 'second'", "SELECT pg_reload_conf()"} {
		if _, err := db.Exec(q); err != nil {
			return nil, err
		}
	}
	for range 200 {
		var state string
		if db.QueryRow("SELECT sync_state FROM pg_stat_replication WHERE application_name = 'second'").Scan(&state) == nil && state == "sync" {
			return s, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return nil, fmt.Errorf("the standby did not become synchronous")
}

// Promote makes a standby the one that is written to, and stops it from waiting
// for a standby of its own.
func (c *Cluster) Promote() error {
	tool, err := binary("pg_ctl")
	if err != nil {
		return err
	}
	cmd := exec.Command(tool, "promote", "-D", filepath.Join(c.dir, "data"), "-w")
	cmd.SysProcAttr, cmd.Dir = c.attr, c.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("pg_ctl promote: %w: %s", err, bytes.TrimSpace(out))
	}
	db, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, q := range []string{"SET synchronous_commit = local", "ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()"} {
		if _, err := db.Exec(q); err != nil {
			return err
		}
	}
	return nil
}

// With returns the address of a database by all its hosts, of which the one that
// takes writes is used. dsn names the database by any of them.
func (c *Cluster) With(dsn string, others ...*Cluster) string {
	name := dsn[strings.LastIndexByte(dsn, '/')+1:]
	name, _, _ = strings.Cut(name, "?")
	hosts := "127.0.0.1:" + strconv.Itoa(c.port)
	for _, o := range others {
		hosts += ",127.0.0.1:" + strconv.Itoa(o.port)
	}
	return "postgres://postgres@" + hosts + "/" + name + "?sslmode=disable&target_session_attrs=read-write&connect_timeout=2"
}
