package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"path"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"shouwang/internal/access"
	"shouwang/internal/exchange"
	"shouwang/internal/fault"
	"shouwang/internal/identity"
	"shouwang/internal/journal"
	"shouwang/internal/plan"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// importRun is one import on its way.
type importRun struct {
	s            *Server
	c            *call
	job          *importJob
	kind         exchange.Kind
	action       string
	verb, thing  string
	label        string // audience of its entry
	name, origin string
	dry          bool
	do           func(*importRun, context.Context) (staged, error)

	scope    access.Ranges
	sheet    *exchange.Sheet // nil for GeoJSON
	rejects  []exchange.Reject
	tally    plan.Tally
	released []func()
	payload  any // of the act's entry, in place of the tally
}

// staged is what an import decided to write: new rows, changes of rows, and the
// paths they lie at.
type staged struct {
	rows    []any
	changes []journal.Change
	more    []journal.Change // written with the act's entry: rows that no act stages
	paths   []string
}

// importFile reads, decides and writes one file. When another writer was faster
// the decision is taken again.
func (s *Server) importFile(ctx context.Context, r *importRun, in *importInput) (ImportReply, journal.Receipt, error) {
	var none journal.Receipt
	c := r.c
	if c.viewer.Account() == "" {
		return ImportReply{}, none, access.ErrSignIn.With()
	}
	if r.scope = s.scope(c, r.action); len(r.scope) == 0 {
		return ImportReply{}, none, access.ErrForbidden.With()
	}
	if err := r.named(in); err != nil {
		return ImportReply{}, none, err
	}
	id := c.request
	if c.op != nil {
		id = c.op.ID
	}
	r.job = s.imports.start(id, c.viewer.Account())
	defer r.job.step("done", 0)
	select {
	case s.imports.slots <- struct{}{}:
		defer func() { <-s.imports.slots }()
	case <-ctx.Done():
		return ImportReply{}, none, ctx.Err()
	}
	for try := 0; ; try++ {
		reply, receipt, err := r.inTurn(ctx, id)
		if try < 2 && (errors.Is(err, store.ErrConflict) || errors.Is(err, store.ErrFenced)) {
			continue
		}
		return reply, receipt, err
	}
}

// named takes the file's name out of its header; only the last element counts.
func (r *importRun) named(in *importInput) error {
	name, err := url.PathUnescape(in.FileName)
	if err != nil || !utf8.ValidString(name) || len(name) > 400 {
		return ErrShape.With("File-Name").At("File-Name")
	}
	name = path.Base(strings.ReplaceAll(strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return -1
		}
		return c
	}, name), `\`, "/"))
	if name == "." || name == "/" {
		name = r.kind.ZH()
	}
	r.name, r.origin = name, strings.TrimSpace(in.From)
	if r.origin == "" {
		r.origin = name
	}
	return nil
}

// inTurn is one try while no other server takes in files of this kind. A dry run
// decides nothing and waits for nobody.
func (r *importRun) inTurn(ctx context.Context, id string) (ImportReply, journal.Receipt, error) {
	if r.dry {
		return r.once(ctx, id)
	}
	if !geoJSON(r.c.raw) { // read before the turn, since reading takes long
		if err := r.parse(ctx); err != nil {
			return ImportReply{}, journal.Receipt{}, err
		}
	}
	under, leave, err := r.s.imports.turns.take(ctx, r.s.Store, string(r.kind))
	if err != nil {
		return ImportReply{}, journal.Receipt{}, err
	}
	defer leave()
	if err := r.s.catchUp(ctx); err != nil {
		return ImportReply{}, journal.Receipt{}, err
	}
	return r.once(under, id)
}

// once is one whole try: nothing of an earlier one is kept but the parsed file.
func (r *importRun) once(ctx context.Context, id string) (ImportReply, journal.Receipt, error) {
	r.rejects, r.tally = nil, plan.Tally{}
	defer func() {
		for _, f := range r.released {
			f()
		}
		r.released = nil
	}()
	todo, err := r.do(r, ctx)
	if err != nil {
		return ImportReply{}, journal.Receipt{}, err
	}
	reply, file, err := r.reply(id)
	if err != nil {
		return reply, journal.Receipt{}, err
	}
	receipt := journal.Receipt{Seq: r.s.Store.Last()}
	if !r.dry && len(todo.rows)+len(todo.changes) > 0 {
		if receipt, err = r.commit(ctx, todo, reply); err != nil {
			return reply, receipt, err
		}
		r.s.stale(r.thing)
	}
	if file != nil && !receipt.Repeat {
		r.s.imports.keep(*file)
	}
	return reply, receipt, nil
}

// hold claims keys until the try ends.
func (r *importRun) hold(ctx context.Context, keys []string) error {
	release, err := r.s.imports.claims.take(ctx, keys)
	if err == nil {
		r.released = append(r.released, release)
	}
	return err
}

// parse reads the file, once for all tries.
func (r *importRun) parse(ctx context.Context) error {
	if r.sheet != nil {
		return nil
	}
	r.job.step("reading", 0)
	world := identity.Real
	if r.s.Demo {
		world = identity.Demo
	}
	sheet, err := exchange.Read(ctx, r.name, bytes.NewReader(r.c.raw), r.kind, exchange.Options{Now: r.c.now, World: world, Child: r.s.SheetReader, Catalogues: r.s.catalogues()})
	if err == nil {
		r.sheet = sheet
	}
	return err
}

func (r *importRun) within(path string) bool { return r.scope.Contains(path) }

// settle counts the verdict of one row and keeps a rejected one.
func (r *importRun) settle(at exchange.At, v plan.Verdict) {
	if v.Why != nil {
		r.reject(at, v.Field, v.Why)
		return
	}
	r.tally.Add(v.Outcome)
}

// reject keeps a row that is not taken, under the heading that its file gives the
// field.
func (r *importRun) reject(at exchange.At, field string, e *fault.Error) {
	r.tally.Add(plan.Rejected)
	r.rejects = append(r.rejects, exchange.Reject{Sheet: at.Sheet, Row: at.Row, Raw: at.Raw(),
		Problem: exchange.Problem{Column: r.heading(at.Sheet, field), Code: e.Code, ZH: e.Text("zh"), EN: e.Text("en")}})
}

// refuse counts rows that the reader rejected.
func (r *importRun) refuse(bad []exchange.Reject) {
	for range bad {
		r.tally.Add(plan.Rejected)
	}
	r.rejects = append(r.rejects, bad...)
}

// heading is what the file calls a field; the door is in whichever column names it.
func (r *importRun) heading(sheet, field string) string {
	if r.sheet == nil {
		return field
	}
	fields := []string{field}
	if field == "address" {
		fields = []string{"address", "room", "building", "estate"}
	}
	for _, f := range fields {
		for _, m := range r.sheet.Mapping {
			if m.Field == f && m.Sheet == sheet {
				return m.Column
			}
		}
	}
	return ""
}

// reply makes the answer and, where rows were rejected, their file.
func (r *importRun) reply(id string) (ImportReply, *rejectsFile, error) {
	t := r.tally
	out := ImportReply{ID: id, DryRun: r.dry, Rows: t.Rows, Inserted: t.Inserted, Updated: t.Updated, Unchanged: t.Unchanged, Rejected: t.Rejected,
		Mapping: []exchange.Mapped{}, Rejects: []ImportReject{}}
	order := map[string]int{}
	if r.sheet != nil {
		out.Mapping, out.Skipped, out.Ignored = append(out.Mapping, r.sheet.Mapping...), r.sheet.Skipped, r.sheet.Ignored
		for i, m := range r.sheet.Mapping {
			if _, ok := order[m.Sheet]; !ok {
				order[m.Sheet] = i
			}
		}
	}
	if len(r.rejects) == 0 {
		return out, nil, nil
	}
	sort.SliceStable(r.rejects, func(i, j int) bool {
		a, b := &r.rejects[i], &r.rejects[j]
		if a.Sheet != b.Sheet {
			return order[a.Sheet] < order[b.Sheet]
		}
		return a.Row < b.Row
	})
	for _, x := range r.rejects[:min(len(r.rejects), rejectsShown)] {
		reason := x.ZH
		if r.c.lang == "en" {
			reason = x.EN
		}
		out.Rejects = append(out.Rejects, ImportReject{x.Sheet, x.Row, x.Column, reason, x.Code})
	}
	var b bytes.Buffer
	if _, err := exchange.RejectsFile(&b, r.sheet, r.rejects, r.c.lang); err != nil {
		return out, nil, err
	}
	out.RejectsHref = "/api/v1/imports/" + url.PathEscape(id) + "/rejects"
	return out, &rejectsFile{id: id, account: r.c.viewer.Account(), name: r.name, at: r.c.now, data: b.Bytes()}, nil
}

// said is what the entry of the act says: counts.
func (r *importRun) said() any {
	if r.payload != nil {
		return r.payload
	}
	return r.tally
}

// stageSize is how many rows are handed over at a time, so that progress shows.
const stageSize = 4000

// commit writes everything as one bulk act with one entry that bears counts only.
// Whatever goes wrong, nothing is left.
func (r *importRun) commit(ctx context.Context, todo staged, reply any) (receipt journal.Receipt, err error) {
	r.job.step("writing", len(todo.rows)+len(todo.changes))
	act, err := r.s.Store.Begin(ctx, r.verb)
	if err != nil {
		return receipt, err
	}
	defer func() {
		if err != nil || receipt.Repeat {
			err = errors.Join(err, act.Drop(ctx))
		}
	}()
	for rows := todo.rows; len(rows) > 0; {
		n := min(len(rows), stageSize)
		if err = act.Insert(ctx, rows[:n]...); err != nil {
			return receipt, err
		}
		r.job.done.Add(int64(n))
		rows = rows[n:]
	}
	for _, ch := range todo.changes {
		if err = act.Change(ctx, ch); err != nil {
			return receipt, err
		}
		r.job.done.Add(1)
	}
	body, err := json.Marshal(reply)
	if err != nil {
		return receipt, err
	}
	top := commonPath(todo.paths)
	ids := strings.Split(strings.TrimSuffix(top, "."), ".")
	return act.Finish(ctx, r.c.op, body, r.c.entry(r.verb, r.thing, act.ID, ids[len(ids)-1], top, r.label, r.said()), todo.more...)
}

// newIDs returns a maker of ids that grow: made at one time and one after another,
// they lie side by side in every index.
func newIDs(now time.Time) func() string {
	const digits, tail = "0123456789abcdefghjkmnpqrstvwxyz", 8
	first := journal.NewID(now)
	head, n := first[:len(first)-tail], uint64(0)
	return func() string {
		var b [tail]byte
		for i, v := tail-1, n; i >= 0; i-- {
			b[i] = digits[v&31]
			v >>= 5
		}
		n++
		return head + string(b[:])
	}
}

// commonPath returns the deepest place that all the paths lie in.
func commonPath(paths []string) string {
	if len(paths) == 0 {
		return ""
	}
	top := paths[0]
	for _, p := range paths[1:] {
		for !territory.Inside(p, top) {
			top = top[:strings.LastIndexByte(strings.TrimSuffix(top, "."), '.')+1]
		}
	}
	return top
}
