package api

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"shouwang/internal/access"
	"shouwang/internal/exchange"
	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// Bounds of what imports leave in memory.
const (
	importSlots  = 4              // files read at one time; others wait
	rejectsFor   = 24 * time.Hour // how long rejected rows can be fetched
	rejectsBytes = 64 << 20       // of all rejects files together; the oldest go first
	rejectsFiles = 200            // kept at most
	jobsKept     = 100            // whose progress can be asked
	rejectsShown = 500            // rejects listed in the reply; the file has all
)

// imports is what the server remembers of imports: what is running, the rejected
// rows of recent ones until they are fetched, and the index of doors.
type imports struct {
	placed  atomic.Int64 // grows when places changed
	once    sync.Once
	slots   chan struct{}
	claims  claims
	turns   fileTurns
	indexMu sync.Mutex
	index   *territory.Gazetteer
	indexN  int64

	mu    sync.Mutex
	jobs  []*importJob // oldest first
	files []rejectsFile
}

// importJob is one import as its progress shows.
type importJob struct {
	id, account string
	phase       atomic.Value // string
	done, total atomic.Int64
}

func (j *importJob) step(phase string, total int) {
	j.phase.Store(phase)
	j.done.Store(0)
	j.total.Store(int64(total))
}

// rejectsFile is the workbook of one import's rejected rows.
type rejectsFile struct {
	id, account, name string
	at                time.Time
	data              []byte
}

// ImportReject is one row that was not taken.
type ImportReject struct {
	Sheet  string `json:"sheet,omitempty"`
	Row    int    `json:"row" doc:"Number of the row in the file, from 1"`
	Column string `json:"column"`
	Reason string `json:"reason"`
	Code   string `json:"code"`
}

// ImportReply is what became of a file: rows = inserted + updated + unchanged +
// rejected. Titles, headings, totals and blank rows are no rows.
type ImportReply struct {
	ID          string             `json:"id"`
	DryRun      bool               `json:"dry_run"`
	Rows        int                `json:"rows"`
	Inserted    int                `json:"inserted"`
	Updated     int                `json:"updated"`
	Unchanged   int                `json:"unchanged"`
	Rejected    int                `json:"rejected"`
	Mapping     []exchange.Mapped  `json:"mapping" nullable:"false" doc:"What each column was taken for"`
	Skipped     []exchange.Skipped `json:"skipped,omitempty" doc:"Rows that are no data: totals, signatures, repeated headings"`
	Ignored     []exchange.Ignored `json:"ignored,omitempty" doc:"Sheets that were not read"`
	Rejects     []ImportReject     `json:"rejects" nullable:"false" doc:"The first 500 rejected rows"`
	RejectsHref string             `json:"rejects_href,omitempty" doc:"Where the file with all rejected rows can be fetched for a day by whoever imported"`
}

// ImportProgress is how far an import has come.
type ImportProgress struct {
	Phase string `json:"phase" doc:"waiting, reading, matching, writing or done"`
	Done  int    `json:"done"`
	Total int    `json:"total"`
}

type importInput struct {
	DryRun   bool   `query:"dry_run" doc:"Only say what would happen"`
	From     string `query:"from" maxLength:"120" doc:"Name of the source that the file comes from; the file's name when empty"`
	FileName string `header:"File-Name" doc:"Percent-encoded name of the file"`
}

func (s *Server) exchange() {
	s.imports.once.Do(func() { s.imports.slots = make(chan struct{}, importSlots) })
	for _, o := range []struct {
		kind          exchange.Kind
		id, action    string
		summary, verb string
		thing, label  string
		do            func(*importRun, context.Context) (staged, error)
	}{
		{exchange.Places, "import-places", access.PlaceImport, "Places out of a spreadsheet or a GeoJSON file", "places.imported", "places", "work", (*importRun).places},
		{exchange.Residents, "import-residents", access.ResidentImport, "Residents out of a spreadsheet", "residents.imported", "persons", "register", (*importRun).residents},
		{exchange.Helpers, "import-helpers", access.HelperImport, "Helpers and their everyday posts out of a spreadsheet", "helpers.imported", "helpers", "work", (*importRun).helpers},
		{exchange.Squads, "import-squads", access.SquadWrite, "Squads that organisations send, out of a spreadsheet", "squads.imported", "squads", "work", (*importRun).squads},
		{exchange.Rosters, "import-rosters", access.RosterPlan, "Shifts out of a spreadsheet: a draft of a roster, to be published by hand; with one row refused none is made", "rosters.imported", "rosters", "work", (*importRun).rosters},
		{exchange.Cases, "import-cases", access.CaseOpen, "Cases out of a spreadsheet: a paper list, or another system's", "cases.imported", "cases", "work", (*importRun).cases},
	} {
		path := "/imports/" + string(o.kind)
		act(s, Op{ID: o.id, Method: http.MethodPost, Path: path, Action: o.action, Summary: o.summary},
			func(ctx context.Context, c *call, in *importInput) (ImportReply, journal.Receipt, error) {
				return s.importFile(ctx, &importRun{s: s, c: c, kind: o.kind, action: o.action, verb: o.verb, thing: o.thing, label: o.label, dry: in.DryRun, do: o.do}, in)
			})
		s.huma.OpenAPI().Paths["/api/v1"+path].Post.RequestBody = &huma.RequestBody{Required: true, Description: "The file itself, at most 64 MB",
			Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}
	}
	type byID struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "import-progress", Path: "/imports/{id}/progress", Action: access.MeRead, Summary: "How far one of your imports has come; its id is the Operation-Id it was sent with"},
		func(_ context.Context, c *call, in *byID) (ImportProgress, error) { return s.importProgress(c, in.ID) })
	s.rejects()
	s.exports()
	s.exportHelpers()
}

// importProgress answers only whoever imports.
func (s *Server) importProgress(c *call, id string) (ImportProgress, error) {
	s.imports.mu.Lock()
	defer s.imports.mu.Unlock()
	for i := len(s.imports.jobs) - 1; i >= 0; i-- {
		if j := s.imports.jobs[i]; j.id == id && j.account == c.viewer.Account() && j.account != "" {
			phase, _ := j.phase.Load().(string)
			return ImportProgress{phase, int(j.done.Load()), int(j.total.Load())}, nil
		}
	}
	return ImportProgress{}, errNotHere(c)
}

// start notes a new import.
func (m *imports) start(id, account string) *importJob {
	j := &importJob{id: id, account: account}
	j.step("waiting", 0)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.jobs = append(m.jobs, j)
	if len(m.jobs) > jobsKept {
		m.jobs = append([]*importJob(nil), m.jobs[1:]...)
	}
	return j
}

// stale notes that places changed.
func (m *imports) stale(thing string) {
	if thing == "places" {
		m.placed.Add(1)
	}
}

// gazetteer returns the index of places and doors, made anew when places changed.
func (s *Server) gazetteer(ctx context.Context) (*territory.Gazetteer, error) {
	m := &s.imports
	m.indexMu.Lock()
	defer m.indexMu.Unlock()
	n := m.placed.Load()
	if m.index != nil && m.indexN == n {
		return m.index, nil
	}
	places, err := s.Store.PlacesUnder(ctx, "", "")
	if err != nil {
		return nil, err
	}
	m.index, m.indexN = territory.NewGazetteer(places), n
	return m.index, nil
}

// claims keeps two imports from deciding about the same doors, numbers or codes
// at one time: the later one waits and then sees what the first has written.
type claims struct {
	mu   sync.Mutex
	held map[string]struct{}
	free chan struct{} // closed when something is let go
}

// take waits until none of the keys is held, holds all of them and returns how to
// let go.
func (c *claims) take(ctx context.Context, keys []string) (release func(), err error) {
	for {
		c.mu.Lock()
		if c.held == nil {
			c.held, c.free = map[string]struct{}{}, make(chan struct{})
		}
		busy := false
		for _, k := range keys {
			if _, busy = c.held[k]; busy {
				break
			}
		}
		if !busy {
			for _, k := range keys {
				c.held[k] = struct{}{}
			}
			c.mu.Unlock()
			return func() {
				c.mu.Lock()
				defer c.mu.Unlock()
				for _, k := range keys {
					delete(c.held, k)
				}
				close(c.free)
				c.free = make(chan struct{})
			}, nil
		}
		wait := c.free
		c.mu.Unlock()
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
