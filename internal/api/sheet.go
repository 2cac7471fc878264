package api

import (
	"context"
	"errors"
	"net/http"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/store"
)

// Faults of the register as it is typed in.
var (
	ErrRowChanged = fault.Define(fault.Conflict, "SW-1220",
		"您打开以后，这一格已被别人改过，此行未写入。两边的值都在，请选一边再提交。",
		"Somebody else changed this cell since you opened it; the row was not written. Both values stand here: choose one and submit again.")
	ErrRowOlder = fault.Define(fault.Conflict, "SW-1221",
		"台账里这一格是 {0} 的，比粘贴的这行（{1}）新，此行未写入。请选一边再提交。",
		"The register has this cell as of {0}, later than the pasted row ({1}); the row was not written. Choose one and submit again.")
	ErrSealedCell = fault.Define(fault.Invalid, "SW-1222",
		"改电话、证件号、照护标记要先选用途，此行未写入。请选用途后再提交。",
		"Changing a phone number, an identity number or a care tag needs a purpose; the row was not written. Choose the purpose and submit again.")
	ErrSheetField = fault.Define(fault.Invalid, "SW-1223",
		"户情表没有“{0}”这一列，此行未写入。请核对列名。",
		"The register has no column \"{0}\"; the row was not written. Check the heading.")
	ErrSheetRows = fault.Define(fault.Invalid, "SW-1224",
		"一次最多提交 {0} 行，这里有 {1} 行。什么都没有写入。更多的行请用导入。",
		"At most {0} rows are submitted at once; there are {1}. Nothing was written. Use the import for more.")
)

// sheetRows is how many rows may be checked or submitted at once.
const sheetRows = 1000

// SheetRow is one row of the register as somebody typed or pasted it: only the
// cells that were touched. A blank cell or a mask means unchanged.
type SheetRow struct {
	Line     int               `json:"line" doc:"the client's own number of the row"`
	PersonID string            `json:"person_id,omitempty" maxLength:"60" doc:"empty: found by door, name and birth date or by number, else new"`
	Version  int64             `json:"version,omitempty" doc:"of the person as the client saw it"`
	Cells    map[string]string `json:"cells" doc:"by field: door, name, gender, birth, id_number, relation, phone, tenure, origin, care, verified"`
	Was      map[string]string `json:"was,omitempty" doc:"what the client saw in the cells; where it still stands, or was shown as the other side of a conflict, the typed cell is taken"`
}

// SheetProblem is what is wrong with one cell, with a fix where one is known.
type SheetProblem struct {
	Field  string `json:"field"`
	Kind   string `json:"kind" enum:"error,conflict"`
	Code   string `json:"code"`
	Text   string `json:"text"`
	Fix    string `json:"fix,omitempty" doc:"a content of the cell that would be taken"`
	Theirs string `json:"theirs,omitempty" doc:"of a conflict: what the register says, masked for the viewer"`
}

// SheetAnswer is what became, or would become, of one row.
type SheetAnswer struct {
	Line     int            `json:"line"`
	Outcome  string         `json:"outcome" enum:"new,update,same,reject,conflict"`
	PersonID string         `json:"person_id,omitempty"`
	Version  int64          `json:"version,omitempty" doc:"of the person now"`
	Problems []SheetProblem `json:"problems" nullable:"false"`
}

// SheetReply answers all rows; the counts add up to them.
type SheetReply struct {
	Rows     []SheetAnswer  `json:"rows" nullable:"false"`
	Counts   map[string]int `json:"counts"`
	Purposes []string       `json:"purposes" nullable:"false" doc:"when not empty: sealed cells wait for one of these purposes"`
	Written  int            `json:"written"`
}

// brief keeps the counts alone: what was typed is sealed in the register.
func (r SheetReply) brief() any { r.Rows, r.Purposes = []SheetAnswer{}, []string{}; return r }

type sheetInput struct {
	Body struct {
		Under   string     `json:"under,omitempty" maxLength:"60" doc:"the place that a bare room number is read in"`
		Purpose string     `json:"purpose,omitempty" maxLength:"40" doc:"for sealed cells"`
		Rows    []SheetRow `json:"rows"`
	}
}

func (s *Server) sheets() {
	read(s, Op{ID: "sheet-check", Method: http.MethodPost, Path: "/residents/check", Action: access.ResidentImport, Summary: "Rows of the register as typed: what would become of each, which cells are wrong and how they would be right. Nothing is written"},
		func(ctx context.Context, c *call, in *sheetInput) (SheetReply, error) {
			r, err := s.sheet(c, in, true)
			if err != nil {
				return SheetReply{}, err
			}
			_, err = r.decide(ctx)
			return r.reply, err
		})
	act(s, Op{ID: "sheet-submit", Path: "/residents/submit", Action: access.ResidentImport, Summary: "Write the rows of the register that are in order; the others stay with the client"},
		func(ctx context.Context, c *call, in *sheetInput) (SheetReply, journal.Receipt, error) {
			r, err := s.sheet(c, in, false)
			if err != nil {
				return SheetReply{}, journal.Receipt{}, err
			}
			receipt, err := r.submit(ctx)
			return r.reply, receipt, err
		})
}

// sheetOrigin is the source that typed rows come from.
const sheetOrigin = "户情表"

// sheet starts on rows that somebody typed.
func (s *Server) sheet(c *call, in *sheetInput, dry bool) (*sheetRun, error) {
	if c.viewer.Account() == "" {
		return nil, access.ErrSignIn.With()
	}
	if n := len(in.Body.Rows); n > sheetRows {
		return nil, ErrSheetRows.With(sheetRows, n)
	}
	r := &sheetRun{in: in, registerImport: &registerImport{importRun: &importRun{s: s, c: c, action: access.ResidentImport, verb: "residents.edited", thing: "persons", label: "register", origin: sheetOrigin, dry: dry, job: &importJob{}}, named: map[string]bool{}}}
	if r.scope = s.scope(c, access.ResidentImport); len(r.scope) == 0 {
		return nil, access.ErrForbidden.With()
	}
	return r, nil
}

// submit decides and writes while no file of residents is taken in elsewhere.
func (r *sheetRun) submit(ctx context.Context) (receipt journal.Receipt, err error) {
	for try := 0; ; try++ {
		if receipt, err = r.inTurn(ctx); try >= 2 || !raced(err) {
			return receipt, err
		}
	}
}

func (r *sheetRun) inTurn(ctx context.Context) (journal.Receipt, error) {
	var none journal.Receipt
	under, leave, err := r.s.imports.turns.take(ctx, r.s.Store, "residents")
	if err != nil {
		return none, err
	}
	defer leave()
	if err := r.s.catchUp(under); err != nil {
		return none, err
	}
	defer func() {
		for _, f := range r.released {
			f()
		}
		r.released = nil
	}()
	todo, err := r.decide(under)
	if err != nil {
		return none, err
	}
	r.reply.Written = r.reply.Counts["new"] + r.reply.Counts["update"]
	receipt := journal.Receipt{Seq: r.s.Store.Last()}
	if len(todo.rows)+len(todo.changes) > 0 {
		r.payload = map[string]any{"count": r.reply.Written, "new": r.reply.Counts["new"], "update": r.reply.Counts["update"], "purpose": r.in.Body.Purpose}
		if receipt, err = r.commit(under, todo, r.reply.brief()); err == nil {
			r.s.stale(r.thing)
		}
	}
	return receipt, err
}

// raced says whether another writer was faster, so that it is decided anew.
func raced(err error) bool {
	return errors.Is(err, store.ErrConflict) || errors.Is(err, store.ErrFenced)
}
