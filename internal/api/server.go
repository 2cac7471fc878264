package api

import (
	"context"
	"log/slog"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"shouwang/internal/access"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/store"
)

// Deps is what the API is made of; a world's own store, clock and keys.
type Deps struct {
	Store    *store.Store
	Guard    *access.Guard
	Clock    func() time.Time
	Demo     bool
	Log      *slog.Logger
	Verifier string // line by which checkpoints are checked
	// SheetReader starts the child process that reads spreadsheets: program and arguments.
	SheetReader []string
	// Observe, when set, is told of each answered request: the operation's id ("" for
	// none), the status and the time it took. It never learns an address.
	Observe func(operation string, status int, took time.Duration)
	// Watch is a stopwatch that only grows; nil: times are not taken.
	Watch func() time.Duration
	// Playbooks are the shipped playbooks by id, the everyday one included.
	Playbooks map[string]*mode.Playbook
	// Channels are the ways by which helpers are told, in the order in which they are
	// tried: "push", "sms", "app".
	Channels []string
	// PushKey is what a browser needs to be told on; empty: devices are not told.
	PushKey string
	// Courier carries one-time codes to phones; nil where no text can be sent.
	Courier people.Courier
	// Public is the address at which this server is reached from outside; may be empty.
	Public string
	// Drills runs drills; nil where none can be started, as in a drill's own world.
	Drills Drills
	// Drill, when set, says that this world is a drill, and which.
	Drill func() DrillFact
}

// Server is the API of one world.
type Server struct {
	Deps
	mux  *http.ServeMux
	huma huma.API

	gen         atomic.Int64 // grows when rights may have changed
	factN       atomic.Int64 // grows when facts were recorded
	followed    atomic.Int64 // sequence up to which the journal has been followed
	groundN     atomic.Int64 // grows when places or residents changed
	groundMu    sync.Mutex   // held by who brings the atlas up to date
	wholes      atomic.Int64 // how often the whole tree was read
	mu          sync.Mutex
	viewers     map[string]seen
	atlas       *Atlas
	now         *inForce
	heart       heart
	ticking     *reckoned
	day         *everyday
	limiter     *access.Limiter
	outsidePace *access.Pace // of systems outside of ours
	passwords   *access.Passwords
	pinned      map[string]*mode.Playbook
	used        map[string]used
	opened      map[string]openRound
	zoned       map[string]zoned
	items       sync.Map // need.Item by the print of its content
	queue       queue
	rows        keptRows
	names       atomic.Pointer[keptNames]
	openOnes    atomic.Pointer[openIncidents]
	stills      map[string]*still
	noted       map[string]*seenCommunity // by community: what warnings were last reckoned from
	imports     imports
	turns       turns
	looking     chan struct{} // held by looks, so many at a time: one processor is always left for acts
	searching   chan struct{} // held by a long search for a division
	stop        context.CancelFunc
	done        sync.WaitGroup
}

// New builds the API and starts following the journal.
func New(d Deps) *Server {
	s := &Server{Deps: d, mux: http.NewServeMux(), viewers: map[string]seen{}, pinned: map[string]*mode.Playbook{}, used: map[string]used{}, opened: map[string]openRound{}, zoned: map[string]zoned{}, stills: map[string]*still{}, noted: map[string]*seenCommunity{}, searching: make(chan struct{}, 1), looking: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)-1)), limiter: access.NewLimiter(), outsidePace: access.NewPace(geoPace), passwords: access.NewPasswords(access.DefaultCost, 2)}
	cfg := huma.DefaultConfig("Shouwang", "1")
	cfg.OpenAPIPath, cfg.DocsPath, cfg.SchemasPath = "/api/openapi", "", ""
	cfg.CreateHooks = nil // no $schema links
	cfg.Formats = map[string]huma.Format{"application/json": sent, "json": sent}
	cfg.Info.Description = "Dual-system micro-grid resident service. Errors are problem+json with a stable code."
	s.huma = humago.New(s.mux, cfg)
	s.huma.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) {
		callOf(ctx.Context()).operation = ctx.Operation().OperationID
		next(ctx)
	})
	s.session()
	s.territory()
	s.reshapes()
	s.register()
	s.sheets()
	s.people()
	s.teams()
	s.services()
	s.serviceTeams()
	s.serviceWaiting()
	s.cares()
	s.units()
	s.calendars()
	s.summons()
	s.trainings()
	s.asks()
	s.rosters()
	s.squads()
	s.surges()
	s.joins()
	s.leadChoosing()
	s.playbooks()
	s.playbookDocs()
	s.needsInForce()
	s.overrides()
	s.upgrades()
	s.cases()
	s.greetings()
	s.kins()
	s.points()
	s.outsides()
	s.warnings()
	s.changes()
	s.arrivals()
	s.incidents()
	s.clocks()
	s.rounds()
	s.overview()
	s.field()
	s.exchange()
	s.batch()
	s.drills()
	s.health()
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.done.Add(1)
	bell, end := s.Store.Bell() // from now on: what is committed before the loop runs is heard too
	at := s.Store.Last()
	s.followed.Store(at)
	go func() { defer s.done.Done(); defer end(); s.follow(ctx, bell, at) }()
	return s
}

// Close stops following the journal.
func (s *Server) Close() {
	s.stop()
	s.done.Wait()
}

// OpenAPI returns the document of every operation.
func (s *Server) OpenAPI() *huma.OpenAPI { return s.huma.OpenAPI() }

// Handler returns the API as one handler; it answers below /api, /healthz and /readyz.
func (s *Server) Handler() http.Handler { return s.guarded(s.mux) }

// gather is how long entries may come together between two reads of the journal.
const gather = 5 * time.Millisecond

// follow reads the journal after its cursor and lets go of what it made stale, so
// that what a sister server or a bulk act changed is seen here too.
func (s *Server) follow(ctx context.Context, bell <-chan struct{}, at int64) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-bell:
		case <-tick.C:
		}
		for {
			es, err := s.Store.Headers(ctx, at, 1000)
			if err != nil || len(es) == 0 {
				break
			}
			told := map[string]bool{}
			for _, e := range es {
				if !told[e.Thing] {
					told[e.Thing] = true
					s.stale(e.Thing)
				}
			}
			at = es[len(es)-1].Seq
			s.followed.Store(at)
		}
		time.Sleep(gather)
	}
}

// catchUp waits until this server has followed the journal to its present end, for
// a decision from memory that must not miss what another server has just written.
func (s *Server) catchUp(ctx context.Context) error {
	if s.Store.Engine() == "sqlite" {
		return nil
	}
	newest, err := s.Store.Newest(ctx)
	if err != nil {
		return err
	}
	for s.followed.Load() < newest {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
	return nil
}

// stale drops the caches that a change of this thing outdates.
func (s *Server) stale(thing string) {
	s.imports.stale(thing)
	switch thing {
	case "accounts", "grants", "sessions", "posts", "helpers", "incidents", "measures", "rounds", "acts", "overrides", "adoptions":
		s.gen.Add(1)
	}
	switch thing {
	case "facts":
		s.factN.Add(1)
	case "places", "persons", "households":
		s.groundN.Add(1)
		s.gen.Add(1)
	}
}
