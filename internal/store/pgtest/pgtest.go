// Package pgtest starts a throw-away PostgreSQL cluster for tests, on loopback,
// as an ordinary user, with nothing but the server's own binaries. Only tests
// call it; it never touches a cluster it did not make.
package pgtest

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // PostgreSQL driver
)

// Cluster is one running throw-away server.
type Cluster struct {
	dir  string
	port int
	cmd  *exec.Cmd
	n    int

	server string // the program
	attr   *syscall.SysProcAttr
	mu     sync.Mutex
}

// Missing is the one line a test fails with where PostgreSQL is not installed.
const Missing = "PostgreSQL server binaries not found: apt-get install postgresql (or run `make setup` as root)"

var (
	once   sync.Once
	shared *Cluster
	fault  error
)

// Main runs the tests of a package and stops the shared cluster afterwards.
func Main(m *testing.M) int {
	code := m.Run()
	if shared != nil {
		shared.Stop()
	}
	return code
}

// DSN returns the address of a fresh empty database on the package's shared
// cluster. It fails the test, and never skips it, where there is no server.
func DSN(t testing.TB) string {
	t.Helper()
	once.Do(func() { shared, fault = Start() })
	if fault != nil {
		t.Fatal(fault)
	}
	dsn, err := shared.Database()
	if err != nil {
		t.Fatal(err)
	}
	return dsn
}

// binary finds a server program in PATH or where Debian keeps it.
func binary(name string) (string, error) {
	hits, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if len(hits) > 0 {
		sort.Strings(hits)
		return hits[len(hits)-1], nil
	}
	if p, err := exec.LookPath(name); err == nil {
		return filepath.EvalSymlinks(p)
	}
	return "", fmt.Errorf("%s", Missing)
}

// Start makes and starts a cluster in a temporary folder.
func Start() (*Cluster, error) {
	initdb, err := binary("initdb")
	if err != nil {
		return nil, err
	}
	server, err := binary("postgres")
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "shouwang-pg")
	if err != nil {
		return nil, err
	}
	c := &Cluster{dir: dir}
	attr, err := ordinary(dir)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	init := exec.Command(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
	init.SysProcAttr, init.Dir = attr, dir
	if out, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	if c.port, err = freePort(); err != nil {
		return nil, err
	}
	c.server, c.attr = server, attr
	return c, c.Restart()
}

// Restart starts the server of a cluster that does not run.
func (c *Cluster) Restart() error {
	c.cmd = exec.Command(c.server, "-D", filepath.Join(c.dir, "data"), "-p", strconv.Itoa(c.port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="+c.dir,
		"-c", "max_connections=200", "-c", "synchronous_commit=on")
	c.cmd.SysProcAttr, c.cmd.Dir = c.attr, c.dir
	if err := c.cmd.Start(); err != nil {
		return err
	}
	return c.wait()
}

// ordinary drops root, since the server refuses to run as root.
func ordinary(dir string) (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if os.Getuid() != 0 {
		return attr, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		return attr, os.Chown(dir, uid, gid)
	}
	return nil, fmt.Errorf("no ordinary user to run PostgreSQL under")
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func (c *Cluster) wait() error {
	var err error
	for range 200 {
		var db *sql.DB
		if db, err = sql.Open("pgx", c.url("postgres")); err == nil {
			err = db.PingContext(context.Background())
			db.Close()
			if err == nil {
				return nil
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	c.Stop()
	return fmt.Errorf("PostgreSQL did not start: %w", err)
}

func (c *Cluster) url(name string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", c.port, name)
}

// Database makes an empty database and returns its address.
func (c *Cluster) Database() (string, error) {
	c.mu.Lock()
	c.n++
	name := "t" + strconv.Itoa(c.n)
	c.mu.Unlock()
	db, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		return "", err
	}
	defer db.Close()
	_, err = db.Exec("CREATE DATABASE " + name)
	return c.url(name), err
}

// Stop ends the server that Start began and removes its folder.
func (c *Cluster) Stop() {
	if c.cmd != nil && c.cmd.Process != nil {
		_ = c.cmd.Process.Signal(syscall.SIGINT)
		_ = c.cmd.Wait()
	}
	if strings.Contains(c.dir, "shouwang-pg") {
		_ = os.RemoveAll(c.dir)
	}
}

// Size is how many bytes the cluster's files take.
func (c *Cluster) Size() (n int64) {
	_ = filepath.WalkDir(c.dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if i, err := d.Info(); err == nil {
				n += i.Size()
			}
		}
		return nil
	})
	return n
}
