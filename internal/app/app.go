package app

import (
	"context"
	"encoding/hex"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/fault"
	"shouwang/internal/live"
	"shouwang/internal/mode"
	"shouwang/internal/notice"
	"shouwang/internal/page"
	"shouwang/internal/seal"
	"shouwang/internal/store"
	"shouwang/internal/worker"
	"shouwang/playbooks"
)

// App is one world, opened: its data locked, its API ready to be called.
type App struct {
	Config  Config
	Kind    string // Real or Demo
	Store   *store.Store
	API     *api.Server
	handler http.Handler

	lock *lock
	keys *keys
	live *live.Hub
	push *notice.Push // nil where devices are not told
	page *page.Pages
	stop context.CancelFunc
	work sync.WaitGroup
	// backups ends the clock that makes copies.
	backups  context.CancelFunc
	backupTo string
	metrics  *metrics
	closers  []func()
	once     sync.Once
	drills   *drills // nil in the world of a drill
}

// Open opens a world: takes the directory's lock, opens or (for a new world) makes
// the keys, opens the data and puts the API together. It does not listen and does
// not act by the clock; Serve does. Faults: SW-2001 to SW-2005, SW-2013, SW-2018
// and those of seal and store.
func Open(ctx context.Context, cfg Config) (*App, error) {
	cfg, err := cfg.filled()
	if err != nil {
		return nil, err
	}
	if cfg.half() {
		return nil, ErrHalfRestored.With(cfg.Data)
	}
	if err := errors.Join(os.MkdirAll(cfg.Data, 0o700), cfg.whole(ctx)); err != nil {
		return nil, ErrDataDir.With(cfg.Data).Because(err)
	}
	a := &App{Config: cfg, metrics: newMetrics()}
	if a.lock, err = takeLock(cfg.Data); err != nil {
		return nil, err
	}
	if err := a.open(ctx); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

func (a *App) open(ctx context.Context) error {
	fresh, err := a.Config.checkEngine()
	if err != nil {
		return err
	}
	mayMake := fresh
	if fresh && a.Config.DB != "" { // another server may have made these data: then its keys are needed, not new ones
		if mayMake, err = store.Empty(ctx, a.Config.DB); err != nil {
			return noDatabase(err)
		}
	}
	if a.keys, err = openKeys(ctx, a.Config, mayMake); err != nil {
		return err
	}
	a.Store, err = store.Open(ctx, a.Config.dsn(), store.Options{
		Clock: a.Config.Clock, Watch: stopwatch(), Committed: a.metrics.committed, Sealer: a.keys.sealer, Signer: a.keys.signer, Verifier: a.keys.verifier,
		Name: a.Config.name(), Alone: !a.keys.ring.Shared()})
	if err != nil {
		var known *fault.Error
		if errors.As(err, &known) {
			return err
		}
		return noDatabase(err)
	}
	if err := a.claim(ctx); err != nil {
		return err
	}
	if fresh {
		if err := writeNew(filepath.Join(a.Config.Data, "engine"), a.Config.engine()); err != nil {
			return ErrDataDir.With(a.Config.Data).Because(err)
		}
	}
	return a.wire()
}

// The named values of an instance.
const (
	metaKind = "kind"      // Real or Demo
	metaKey  = "key-check" // tells the root key of these data from another
	metaRing = "keyring"   // the name of the keyring that goes with these data
	metaSign = "verifier"  // the line that checks this journal's signatures
	metaDemo = "demo"      // how far the demonstration was filled
)

// claim compares the data with what they are opened as: the kind, and the keys.
func (a *App) claim(ctx context.Context) error {
	kind, err := a.Store.Meta(ctx, metaKind)
	if err != nil {
		return ErrDatabase.With().Because(err)
	}
	want := a.Config.Kind
	switch {
	case kind == "" && want == "":
		want = Real
	case (kind == Drill) != (want == Drill) && (kind != "" || want != Drill):
		return ErrIsDrill.With(a.Config.Data)
	case kind == Demo && want == Real:
		return ErrIsDemo.With(a.Config.Data)
	case kind == Real && want == Demo:
		return ErrIsReal.With(a.Config.Data)
	}
	for _, m := range []struct {
		name, value string
		wrong       *fault.Error
	}{
		{metaKey, hex.EncodeToString(a.keys.sealer.Index("instance", "key-check")), seal.ErrRootWrong.With()},
		{metaSign, a.keys.verifier, ErrSigner.With(filepath.Join(a.Config.Keys, signerName))},
		{metaRing, a.keys.ring.ID(), ErrRingOther.With()},
	} {
		had, err := a.Store.Meta(ctx, m.name)
		if err != nil {
			return ErrDatabase.With().Because(err)
		}
		if had == "" {
			if err := a.Store.SetMeta(ctx, m.name, m.value); err != nil {
				return err
			}
		} else if had != m.value {
			return m.wrong
		}
	}
	if a.Kind = kind; kind == "" {
		a.Kind = want
		return a.Store.SetMeta(ctx, metaKind, want)
	}
	return nil
}

// stopwatch returns a watch that only grows, whatever the clock does.
func stopwatch() func() time.Duration {
	began := time.Now()
	return func() time.Duration { return time.Since(began) }
}

// wire puts the rooms together.
func (a *App) wire() error {
	guard, err := access.New()
	if err != nil {
		return err
	}
	books := map[string]*mode.Playbook{}
	for _, id := range playbooks.Names {
		if books[id], err = mode.Shipped(id); err != nil {
			return err
		}
	}
	a.openPush()
	deps := api.Deps{Store: a.Store, Guard: guard, Clock: a.Config.Clock, Demo: a.Kind == Demo, Log: a.Config.Log, Observe: a.metrics.request, Watch: stopwatch(), Public: a.Config.Public,
		Verifier: a.keys.verifier, SheetReader: a.Config.SheetReader, Playbooks: books, Channels: names(a.channels()), PushKey: a.pushKey()}
	if a.Config.drill != nil {
		deps.Drill = a.Config.drill.fact
	} else {
		a.drills = &drills{app: a, at: map[string]*drillRun{}}
		deps.Drills = a.drills
		if err := a.drills.settle(context.Background()); err != nil {
			return err
		}
	}
	deps.Courier = courierOf(a.channels())
	a.API = api.New(deps)
	a.live = live.New(live.Deps{Journal: plantedJournal(a.Store), Guard: guard, Viewer: a.API.Viewer, Refuse: api.Refuse, Paths: a.API.Paths,
		Clock: a.Config.Clock, Seed: uint64(a.Config.Clock().UnixNano())})
	a.page = page.New(page.Deps{Store: a.Store, Clock: a.Config.Clock, Log: a.Config.Log, Demo: a.Kind == Demo, Public: a.Config.Public,
		Holding: a.API.Holding, Book: a.API.Book, Clocks: a.API.Clocks, Viewer: a.API.Viewer, Shown: a.API.Shown, Asks: a.API, Needs: a.API, Thankings: a.API, Fines: a.API, Doors: a.API, Families: a.API, Calendars: a.API, API: a.API.Handler()})
	a.metrics.watch(a)
	a.handler = a.guarded(planted(a.routes()))
	return nil
}

// Work starts what goes by the clock.
func (a *App) Work() {
	ctx, stop := context.WithCancel(context.Background())
	a.stop = stop
	w := &worker.Worker{Store: a.Store, Eraser: a.Store, Keys: a.keys.sealer, Mender: a.Store, Clock: a.Config.Clock, Log: a.Config.Log, Late: a.metrics.lapsed,
		Every: workEvery, Tidy: workTidy, Turn: a.turn, TakeBack: a.Store.TakeBack, Receipts: a.Store, ReceiptsFor: a.Config.ReceiptsFor,
		Post:  &worker.Post{Desk: a.Store, Channels: a.channels(), Public: a.Config.Public},
		Needs: needs{a.Store, a.API}, Served: a.API, Warnings: a.API}
	a.work.Add(1)
	go func() { defer a.work.Done(); w.Run(ctx) }()
}

// Warm asks one thing as the person at the machine would, so that the tree is in
// memory before the first screen wants it. Failing does no harm.
func (a *App) Warm(ctx context.Context) {
	if c, err := a.Client("operator", "zh"); err == nil {
		_, _ = c.Do(ctx, Request{Method: http.MethodGet, Path: "/me"})
	}
}

// Close stops everything in the reverse order of its start. Calling it twice does
// no harm.
func (a *App) Close() {
	a.once.Do(func() {
		if a.drills != nil {
			a.drills.close()
		}
		if a.live != nil {
			a.live.Close()
		}
		if a.stop != nil {
			a.stop()
		}
		if a.backups != nil {
			a.backups()
		}
		for _, c := range a.closers {
			c()
		}
		a.work.Wait()
		if a.API != nil {
			a.API.Close()
		}
		if a.Store != nil {
			if err := a.Store.Close(); err != nil {
				a.Config.Log.Error("close", "cause", err)
			}
		}
		a.keys.close()
		if a.lock != nil {
			a.lock.release()
		}
	})
}
