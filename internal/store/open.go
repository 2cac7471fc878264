package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // SQLite driver

	"shouwang/internal/fault"
	"shouwang/internal/journal"
)

//go:embed migrations/*.sql
var files embed.FS

// Faults of the store.
var (
	ErrConflict = fault.Define(fault.Conflict, "SW-1801",
		"这条记录刚被别人改过，您的这次改动没有写入。请刷新后再改。",
		"Someone else changed this record a moment ago; your change was not written. Refresh and try again.")
	ErrOpReused = fault.Define(fault.Conflict, "SW-1802",
		"同一操作编号带来了不同的内容，没有写入。请重新提交（会换一个新编号）。",
		"The same operation id came with another content; nothing was written. Submit again under a new id.")
	ErrBusy = fault.Define(fault.Unavailable, "SW-1803",
		"数据库此刻写不进去，本次没有写入，已有数据不受影响。请稍后重试。",
		"The database cannot write right now; nothing was written and existing data are safe. Try again shortly.")
	ErrHalted = fault.Define(fault.Unavailable, "SW-1804",
		"写盘失败，系统已转为只读以保护数据。请检查磁盘后重新启动。",
		"Writing to disk failed; the system is read-only now to protect the data. Check the disk and restart.")
	ErrNewer = fault.Define(fault.Unavailable, "SW-1805",
		"数据目录由更新的版本写成（{0}，本程序认识到 {1}），没有打开。请用新版本程序。",
		"The data directory was written by a newer version ({0}, this program knows {1}); it was not opened. Use the newer program.")
)

// Sealer is what the store asks of field encryption.
type Sealer interface {
	Seal(ctx context.Context, purpose, subject, label string, plain []byte) ([]byte, error)
	Open(ctx context.Context, purpose, subject, label string, sealed []byte) ([]byte, error)
	Index(column, value string) []byte
	Ensure(ctx context.Context, purpose string, subjects []string) error   // makes missing keys
	Prefetch(ctx context.Context, purpose string, subjects []string) error // loads those there are
	DestroySubject(ctx context.Context, purpose, subject string) error     // what was sealed under it is gone for good
}

// Options of a store.
type Options struct {
	Clock    func() time.Time     // the world's clock, UTC
	Watch    func() time.Duration // a stopwatch that only grows, for sizing bulk chunks; nil: they are not sized
	Sealer   Sealer
	Signer   string // secret line that signs checkpoints; empty: none are made
	Verifier string
	// Committed, when set, is told of each durable group: how long it took and how
	// many writes were in it. It must not block.
	Committed func(took time.Duration, commands int)
	Name      string // of this server, for those who look which servers there are
	Alone     bool   // no other server may use these data meanwhile, because the keyring is this one's own
	// Fail, when set, is called with "before-commit" and "after-commit" inside the
	// writer; an error stops the process's writing there. For crash tests.
	Fail func(point string) error
}

// Store is one world's data on one engine.
type Store struct {
	engine Engine
	dsn    string
	server string // id of this server, new with each start
	read   *sql.DB
	write  *sql.DB
	opt    Options

	fast, bulk chan *command
	quit       chan struct{} // closed to ask the writer to end
	ended      chan struct{} // closed when it has
	done       sync.WaitGroup
	batches    sync.Map // *mapping → statement that adds a batch of its rows
	grown      growth
	folds      chan struct{} // an act left rows to clear away
	tidies     chan struct{} // bulk work waits for the log to be folded in
	unfolded   atomic.Int64  // pages of the log in use when it was last folded in
	known      known

	queryMu sync.RWMutex
	queries map[string]*sql.Stmt // prepared reads

	mu        sync.Mutex
	halted    error
	bells     map[chan struct{}]bool
	treeMu    sync.Mutex
	tree      *journal.Tree // of the checkpointer, under treeMu
	signer    Lease         // the right to sign, under treeMu; without a token: another server has it
	signUntil time.Time
	last      int64 // sequence of the last committed entry, as this server knows
}

// Open opens the data at dsn ("sqlite:/path/file.db" or "postgres://…"),
// migrates it, takes back bulk acts that a crash left pending, and starts the writer.
func Open(ctx context.Context, dsn string, opt Options) (*Store, error) {
	if opt.Watch == nil {
		opt.Watch = func() time.Duration { return 0 }
	}
	s := &Store{opt: opt, server: journal.NewID(opt.Clock()), fast: make(chan *command, 1024), bulk: make(chan *command), quit: make(chan struct{}), ended: make(chan struct{}), folds: make(chan struct{}, 1), tidies: make(chan struct{}), bells: map[chan struct{}]bool{}, queries: map[string]*sql.Stmt{}, tree: &journal.Tree{}}
	if err := s.connect(dsn); err != nil {
		return nil, err
	}
	if err := s.migrate(ctx); err != nil {
		s.closeDBs()
		return nil, err
	}
	if s.engine == SQLite {
		if err := s.dropPending(ctx); err != nil {
			s.closeDBs()
			return nil, err
		}
	}
	w, err := newWriter(ctx, s)
	if err != nil {
		s.closeDBs()
		return nil, err
	}
	s.done.Add(4)
	go func() { defer s.done.Done(); s.foldLoop() }()
	go func() { defer s.done.Done(); s.tidyLoop() }()
	go func() { defer s.done.Done(); w.loop() }()
	go func() { defer s.done.Done(); s.checkpointLoop() }()
	if s.engine == Postgres {
		hear, stop := context.WithCancel(context.Background())
		s.done.Add(2)
		go func() { defer s.done.Done(); <-s.quit; stop() }()
		go func() { defer s.done.Done(); s.listen(hear) }()
		if err := s.TakeBack(ctx); err != nil {
			s.Close()
			return nil, err
		}
	}
	return s, nil
}

func (s *Store) connect(dsn string) (err error) {
	s.dsn = dsn
	if file, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		s.engine = SQLite
		base := "file:" + (&url.URL{Path: file}).EscapedPath() + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)&_pragma=temp_store(MEMORY)"
		if s.write, err = sql.Open("sqlite", fmt.Sprint(base, "&_pragma=cache_size(-65536)&_pragma=wal_autocheckpoint(", fullPages, ")")); err != nil {
			return err
		}
		s.write.SetMaxOpenConns(1)
		if s.read, err = sql.Open("sqlite", base+"&_pragma=query_only(1)&_pragma=cache_size(-16384)&_pragma=mmap_size(268435456)"); err != nil {
			return err
		}
		s.read.SetMaxOpenConns(8)
		s.read.SetMaxIdleConns(8)
		return nil
	}
	if !IsDatabase(dsn) {
		return fmt.Errorf("store: neither sqlite:FILE nor postgres://… ")
	}
	s.engine = Postgres
	if s.read, err = openPostgres(dsn, nil); err != nil {
		return err
	}
	s.read.SetMaxOpenConns(18)
	s.read.SetMaxIdleConns(18)
	s.write = s.read
	return nil
}

func (s *Store) closeDBs() {
	if s.read != nil {
		s.read.Close()
	}
	if s.write != nil && s.write != s.read {
		s.write.Close()
	}
}

// Close waits for the writer to finish what it took and closes the data.
func (s *Store) Close() error {
	close(s.quit)
	s.done.Wait()
	if s.engine == SQLite && s.write != nil { // fold the log in, so that the file alone is the whole
		_, _ = s.write.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	}
	s.closeDBs()
	return nil
}

// Engine returns the engine's name, "sqlite" or "postgres".
func (s *Store) Engine() string { return s.engine.String() }

// Ping says whether the data can be read.
func (s *Store) Ping(ctx context.Context) error {
	var n int
	return s.read.QueryRowContext(ctx, "SELECT 1").Scan(&n)
}

func (s *Store) migrate(ctx context.Context) error {
	p, err := s.provider()
	if err != nil {
		return err
	}
	if wait := s.engine.migrating(); wait != "" {
		conn, err := s.write.Conn(ctx)
		if err != nil {
			return err
		}
		defer func() { // closing the connection lets the next server in
			_ = conn.Raw(func(any) error { return driver.ErrBadConn })
			conn.Close()
		}()
		if _, err := conn.ExecContext(ctx, wait); err != nil {
			return err
		}
	}
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("store: schema version: %w", err)
	}
	if all := p.ListSources(); len(all) > 0 && have > all[len(all)-1].Version {
		return ErrNewer.With(have, all[len(all)-1].Version)
	}
	if all := p.ListSources(); have > 0 && have < all[len(all)-1].Version {
		if err := s.keepBefore(ctx, have); err != nil {
			return err
		}
	}
	if _, err = p.Up(ctx); err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	return nil
}
