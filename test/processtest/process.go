package processtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"shouwang/internal/api/canarytest"
)

var builds sync.Map // tags → path of the binary

// Main runs a package's tests and removes what was built for them.
func Main(m *testing.M) {
	code := m.Run()
	builds.Range(func(_, file any) bool { _ = os.RemoveAll(filepath.Dir(file.(string))); return true })
	os.Exit(code)
}

// Binary builds the server, or its twin with the planted bugs, once for a package.
func Binary(t *testing.T, tags string) string {
	t.Helper()
	if file, ok := builds.Load(tags); ok {
		return file.(string)
	}
	dir, err := os.MkdirTemp("", "process")
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "shouwang")
	c := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-tags", tags, "-o", out, "./cmd/shouwang")
	c.Dir = filepath.Join("..", "..")
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if b, err := c.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, b)
	}
	builds.Store(tags, out)
	return out
}

// Free returns an address of this machine that nobody listens at.
func Free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Node is one world and the process that serves it.
type Node struct {
	T    *testing.T
	Bin  string
	Args []string // of the world, for the server and every command
	Addr string
	Env  []string
	More []string // further arguments of the server alone
	cmd  *exec.Cmd
	mu   sync.Mutex
	said bytes.Buffer
	log  io.Writer // looks for people in what the server says
}

// New returns a server that is not started yet; it is killed when the test ends.
func New(t *testing.T, bin string, args, env []string) *Node {
	t.Helper()
	n := &Node{T: t, Bin: bin, Args: args, Addr: Free(t), Env: env, log: canarytest.New(t).Writer("log")}
	t.Cleanup(n.Kill)
	return n
}

// Write keeps what the server says, for the report of a failure.
func (n *Node) Write(b []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	_, _ = n.log.Write(b)
	if n.said.Len() > 1<<20 {
		n.said.Reset()
	}
	return n.said.Write(b)
}

// Said returns what the server said.
func (n *Node) Said() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.said.String()
}

// Start starts the server and does not wait for it.
func (n *Node) Start() {
	n.T.Helper()
	n.cmd = exec.Command(n.Bin, append(append([]string{"serve", "--addr", n.Addr}, n.Args...), n.More...)...)
	n.cmd.Env = append(os.Environ(), n.Env...)
	n.cmd.Stdout, n.cmd.Stderr = n, n
	if err := n.cmd.Start(); err != nil {
		n.T.Error(err)
	}
}

// Ready waits until the server says that it is ready.
func (n *Node) Ready() {
	n.T.Helper()
	for began := time.Now(); time.Since(began) < 2*time.Minute; time.Sleep(5 * time.Millisecond) {
		ctx, stop := context.WithTimeout(context.Background(), 2*time.Second)
		q, _ := http.NewRequestWithContext(ctx, "GET", "http://"+n.Addr+"/readyz", nil)
		r, err := http.DefaultClient.Do(q)
		if err == nil {
			r.Body.Close()
		}
		stop()
		if err == nil && r.StatusCode == http.StatusOK {
			return
		}
	}
	n.Kill()
	n.T.Fatalf("a server did not get ready:\n%s", n.Said())
}

// Signal sends the server a signal.
func (n *Node) Signal(s syscall.Signal) { _ = n.cmd.Process.Signal(s) }

// Kill ends the process as a power cut would: no goodbye, no flush.
func (n *Node) Kill() { n.End(syscall.SIGKILL) }

// Stop asks the process to end, and waits.
func (n *Node) Stop() { n.End(syscall.SIGTERM) }

// End sends the process a signal that ends it, and waits.
func (n *Node) End(s syscall.Signal) {
	if n.cmd == nil {
		return
	}
	n.Signal(s)
	_ = n.cmd.Wait()
	n.cmd = nil
}

// Line is a command of the binary on the world, ready to be run.
func (n *Node) Line(args ...string) *exec.Cmd {
	return exec.Command(n.Bin, append(append(args, n.Args...), "--json")...)
}

// Command runs a command of the binary on the world and reads its JSON.
func (n *Node) Command(v any, args ...string) error {
	c := n.Line(args...)
	var errs bytes.Buffer
	c.Stderr = &errs
	out, err := c.Output()
	if err == nil {
		err = json.Unmarshal(out, v)
	}
	if err != nil {
		return fmt.Errorf("shouwang %s: %w\n%s%s", strings.Join(args, " "), err, out, errs.String())
	}
	return nil
}

// Sound lets the binary check journal and files of a world that nobody serves.
func (n *Node) Sound() error {
	out, err := n.Line("verify").CombinedOutput()
	if err != nil {
		return fmt.Errorf("verify: %w: %s", err, out)
	}
	var v struct {
		Entries             int64
		Problems, Integrity []json.RawMessage
	}
	if err := json.Unmarshal(out, &v); err != nil {
		return fmt.Errorf("verify: %w: %s", err, out)
	}
	if len(v.Problems)+len(v.Integrity) > 0 || v.Entries == 0 {
		return fmt.Errorf("verify: %s", out)
	}
	return nil
}
