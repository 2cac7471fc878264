package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/store/pgtest"
)

// promise is one thing the store promises, run on each engine.
type promise struct {
	name string
	test func(t *testing.T, w *world)
}

// promises is filled by the test files of this package.
var promises []promise

func promised(name string, test func(t *testing.T, w *world)) bool {
	promises = append(promises, promise{name, test})
	return true
}

// world is one fresh store on one engine with a clock that a test may set.
type world struct {
	*Store
	ctx      context.Context
	engine   string
	dsn      string
	now      atomic.Int64
	seal     Sealer
	secret   string
	verifier string
	fail     func(string) error // Options.Fail of the next open
}

func (w *world) clock() time.Time        { return time.UnixMilli(w.now.Load()).UTC() }
func (w *world) advance(d time.Duration) { w.now.Add(d.Milliseconds()) }

func newWorld(t testing.TB, engine string) *world {
	w := &world{ctx: context.Background(), engine: engine}
	w.now.Store(time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC).UnixMilli())
	if engine == "postgres" {
		w.dsn = pgtest.DSN(t)
	} else {
		w.dsn = "sqlite:" + filepath.Join(t.TempDir(), "d.db")
	}
	var err error
	if w.secret, w.verifier, err = journal.NewSigner(); err != nil {
		t.Fatal(err)
	}
	w.seal = testSealer(t)
	w.open(t)
	t.Cleanup(func() { w.Store.Close() })
	return w
}

func (w *world) open(t testing.TB) {
	t.Helper()
	s, err := Open(w.ctx, w.dsn, Options{Clock: w.clock, Watch: watch, Sealer: w.seal, Signer: w.secret, Verifier: w.verifier, Fail: w.fail})
	if err != nil {
		t.Fatal(err)
	}
	w.Store = s
}

var began = time.Now()

func watch() time.Duration { return time.Since(began) }

func (w *world) reopen(t testing.TB) {
	t.Helper()
	if err := w.Store.Close(); err != nil {
		t.Fatal(err)
	}
	w.open(t)
}

func TestPromises(t *testing.T) {
	kept := map[string]int{}
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			for _, p := range promises {
				if t.Run(p.name, func(t *testing.T) { p.test(t, newWorld(t, engine)) }) {
					kept[engine]++
				}
			}
		})
	}
	fmt.Fprintf(os.Stdout, "promises: sqlite %d postgres %d\n", kept["sqlite"], kept["postgres"])
}

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }
