package crash

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
)

// logbook is the clients' own durable record: a line counts once it was flushed to
// disk, and lines that come together are flushed together.
type logbook struct {
	f    *os.File
	mu   sync.Mutex
	next *page
	wake chan struct{}
	done chan struct{}
}

type page struct {
	lines strings.Builder
	flat  chan struct{} // closed once on disk
}

func newLogbook(t *testing.T, file string) *logbook {
	t.Helper()
	f, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	l := &logbook{f: f, next: &page{flat: make(chan struct{})}, wake: make(chan struct{}, 1), done: make(chan struct{})}
	go l.flush()
	return l
}

// write returns after the line is on disk.
func (l *logbook) write(format string, args ...any) {
	l.mu.Lock()
	p := l.next
	fmt.Fprintf(&p.lines, format+"\n", args...)
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
	<-p.flat
}

func (l *logbook) flush() {
	defer close(l.done)
	for range l.wake {
		l.mu.Lock()
		p := l.next
		l.next = &page{flat: make(chan struct{})}
		l.mu.Unlock()
		if _, err := l.f.WriteString(p.lines.String()); err != nil {
			panic(err)
		}
		if err := l.f.Sync(); err != nil {
			panic(err)
		}
		close(p.flat)
	}
}

func (l *logbook) close() {
	close(l.wake)
	<-l.done
	l.f.Close()
}

// claim is what the log says of one operation.
type claim struct {
	target string
	acked  bool
	seen   int // acknowledgements
}

// readLog returns every operation tried.
func readLog(t *testing.T, file string) map[string]*claim {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string]*claim{}
	in := bufio.NewScanner(f)
	for in.Scan() {
		w := strings.Fields(in.Text())
		switch {
		case len(w) == 3 && w[0] == "try":
			if out[w[1]] == nil {
				out[w[1]] = &claim{target: w[2]}
			}
		case len(w) == 2 && w[0] == "ack" && out[w[1]] != nil:
			out[w[1]].acked = true
			out[w[1]].seen++
		default:
			t.Fatalf("the log has a line of no sense: %q", in.Text())
		}
	}
	return out
}
