package apitest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/api/canarytest"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/register"
	"shouwang/internal/seal"
	"shouwang/internal/store"
	"shouwang/internal/store/pgtest"
	"shouwang/internal/territory"
	"shouwang/playbooks"
)

// Start is when every world begins, by its own clock.
var Start = time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC)

// World is one fresh instance in memory with its people.
type World struct {
	T     testing.TB
	Store *store.Store
	API   *api.Server
	Guard *access.Guard
	Seal  *seal.Sealer
	Log   *Buffer

	Places  map[string]*territory.Place // by code
	People  []*register.Person
	Helpers []*people.Helper

	passes []any
	Canary *canarytest.Watch // sees what comes out in clear
	Outbox Courier           // texts that would have been sent

	Broken atomic.Bool // set: nothing can be written any more
	Lost   atomic.Bool // set: it is written, and the answer is lost

	engine string
	books  map[string]*mode.Playbook
	now    atomic.Int64
	ids    int64
	tokens map[string]string
}

// Buffer is a log that may be read while it is written.
type Buffer struct {
	mu   sync.Mutex
	b    bytes.Buffer
	also io.Writer
}

// Write appends to the log.
func (b *Buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.also != nil {
		_, _ = b.also.Write(p)
	}
	return b.b.Write(p)
}

// String returns all that was logged.
func (b *Buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// Engines are the engines that every story runs on.
var Engines = []string{"sqlite", "postgres"}

// New makes a world on an engine, with everybody in it and no incident.
func New(t testing.TB, engine string) *World {
	t.Helper()
	w := &World{T: t, engine: engine, Log: &Buffer{}, Places: map[string]*territory.Place{}, tokens: map[string]string{}, books: map[string]*mode.Playbook{}}
	w.Canary = canarytest.New(t)
	w.Log.also = w.Canary.Writer("log")
	w.now.Store(Start.UnixMilli())
	dsn := "sqlite:" + filepath.Join(t.TempDir(), "world.db")
	if engine == "postgres" {
		dsn = pgtest.DSN(t)
	}
	root, err := seal.NewRoot()
	w.Must(err)
	w.Seal = seal.New(root, &seal.MemoryRing{})
	secret, verifier, err := journal.NewSigner()
	w.Must(err)
	w.Store, err = store.Open(context.Background(), dsn, store.Options{Clock: w.Clock, Sealer: w.Seal, Signer: secret, Verifier: verifier, Fail: w.fail})
	w.Must(err)
	w.Guard, err = access.New()
	w.Must(err)
	for _, id := range playbooks.Names {
		w.books[id], err = mode.Shipped(id)
		w.Must(err)
	}
	w.settle()
	w.API = w.Serve(w.Guard)
	t.Cleanup(func() {
		w.API.Close()
		if err := w.Store.Close(); err != nil {
			t.Error(err)
		}
		if err := w.Canary.Journal(dsn); err != nil {
			t.Error(err)
		}
	})
	return w
}

// Serve starts another API on the same data with another guard; the caller closes it.
func (w *World) Serve(g *access.Guard) *api.Server {
	return api.New(api.Deps{Store: w.Store, Guard: g, Clock: w.Clock, Log: slog.New(slog.NewJSONHandler(w.Log, nil)), Demo: true, PushKey: "test", Courier: &w.Outbox,
		Playbooks: w.books, SheetReader: sheetReader})
}

// sheetReader is set by the test binary that can read spreadsheets in a child of itself.
var sheetReader []string

// SetSheetReader names the program that reads spreadsheets for the worlds made after.
func SetSheetReader(command ...string) { sheetReader = command }

// Clock is the world's clock.
func (w *World) Clock() time.Time { return time.UnixMilli(w.now.Load()).UTC() }

// Pass lets time go by.
func (w *World) Pass(d time.Duration) { w.now.Add(d.Milliseconds()) }

func (w *World) fail(point string) error {
	if w.Broken.Load() || point == "after-commit" && w.Lost.Load() {
		return errors.New("the disk is gone")
	}
	return nil
}

// Must ends the test on an error.
func (w *World) Must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// Commit writes rows behind the API's back, as another server would.
func (w *World) Commit(changes ...journal.Change) {
	w.T.Helper()
	_, err := w.Store.Commit(context.Background(), nil, nil, changes...)
	w.Must(err)
}

// Insert writes many new rows in one act.
func (w *World) Insert(verb string, rows ...any) {
	w.T.Helper()
	act, err := w.Store.Begin(context.Background(), verb)
	w.Must(err)
	w.Must(act.Insert(context.Background(), rows...))
	_, err = act.Finish(context.Background(), nil, nil, journal.Entry{Actor: "system", Verb: verb, Thing: "places", Audience: "work"})
	w.Must(err)
}

// Change writes a row over the version it was read at, as the system.
func (w *World) Change(verb string, row any, base int64) {
	w.T.Helper()
	w.Commit(journal.Change{Row: row, Base: base, Entry: journal.Entry{Verb: verb, Actor: "system", Audience: "audit", Purpose: "register", Payload: []byte("{}")}})
}

// Entries returns every entry after a cursor.
func (w *World) Entries(after int64) []journal.Entry {
	w.T.Helper()
	var out []journal.Entry
	for {
		es, err := w.Store.Entries(context.Background(), after, 1000)
		w.Must(err)
		if out = append(out, es...); len(es) < 1000 {
			return out
		}
		after = es[len(es)-1].Seq
	}
}
