package api

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/exchange"
	"shouwang/internal/fault"
	"shouwang/internal/identity"
	"shouwang/internal/plan"
	"shouwang/internal/register"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// sheetRun is one check or submission of typed rows on its way.
type sheetRun struct {
	*registerImport
	in    *sheetInput
	reply SheetReply
	lines []*sheetLine
	at    *territory.Place // the place that a bare room number is read in; nil: none
	atlas *Atlas
	doors *territory.Gazetteer
	seen  map[string]shownCells // of the rows at hand
}

// sheetLine is one row and what is known of it.
type sheetLine struct {
	*SheetRow
	answer  *SheetAnswer
	person  *register.Person // whom it is about; nil: nobody yet
	read    *exchange.ResidentRow
	door    *territory.Place // where it puts the person; nil: stays
	settled bool             // answered already: wrong, in conflict, or without a change
}

// sheetFields are the columns, as the wire and as the reader of files names them,
// with how faults call them.
var sheetFields = []struct{ wire, file, zh, en string }{
	{"name", "name", "姓名", "Name"}, {"door", "address", "门牌", "Door"}, {"gender", "gender", "性别", "Sex"}, {"birth", "birth", "出生日期", "Birth"},
	{"id_number", "id_number", "证件号", "ID number"}, {"relation", "relation", "与户主关系", "Relation"}, {"phone", "phone", "联系电话", "Phone"}, {"tenure", "tenure", "居住情况", "Tenure"},
	{"origin", "origin", "户籍地", "Origin"}, {"care", "groups", "照护标记", "Care"}, {"verified", "verified", "核实日期", "Verified"},
}

// anyDoor stands in for a door that is not typed or was found already: the reader
// wants one in each row.
const anyDoor = "1幢1单元101室"

// decide answers each row and lists what is to be written.
func (r *sheetRun) decide(ctx context.Context) (staged, error) {
	n := len(r.in.Body.Rows)
	r.reply = SheetReply{Rows: make([]SheetAnswer, n), Counts: map[string]int{"new": 0, "update": 0, "same": 0, "reject": 0, "conflict": 0}, Purposes: []string{}}
	r.lines, r.named = make([]*sheetLine, n), map[string]bool{}
	for i := range r.lines {
		row := &r.in.Body.Rows[i]
		r.reply.Rows[i] = SheetAnswer{Line: row.Line, PersonID: row.PersonID, Problems: []SheetProblem{}}
		r.lines[i] = &sheetLine{SheetRow: row, answer: &r.reply.Rows[i]}
	}
	var err error
	if r.atlas, err = r.s.ground(ctx); err != nil {
		return staged{}, err
	}
	if r.doors, err = r.s.gazetteer(ctx); err != nil {
		return staged{}, err
	}
	if p, ok := r.atlas.Place(r.in.Body.Under); ok && r.atlas.House(p.Path) != nil {
		r.at = p
	}
	if err := r.whom(ctx); err != nil {
		return staged{}, err
	}
	r.readAll()
	out, err := r.settleAll(ctx)
	if err != nil {
		return out, err
	}
	for i := range r.reply.Rows {
		a := &r.reply.Rows[i]
		r.reply.Counts[a.Outcome]++
	}
	return out, r.told(ctx)
}

// whom opens the people whom rows name by id.
func (r *sheetRun) whom(ctx context.Context) error {
	var ids []string
	for _, l := range r.lines {
		if l.PersonID != "" {
			ids = append(ids, l.PersonID)
		}
	}
	ps, err := r.s.Store.PersonsByID(ctx, unique(ids), store.Clear{})
	if err != nil {
		return err
	}
	by := map[string]*register.Person{}
	for i := range ps {
		if r.within(ps[i].Path) {
			by[ps[i].ID] = &ps[i]
		}
	}
	for _, l := range r.lines {
		if l.PersonID == "" {
			continue
		}
		switch l.person = by[l.PersonID]; {
		case l.person == nil:
			l.wrong("", access.ErrNotHere.With(), r.c.lang, "")
		case r.named[l.PersonID]:
			l.wrong("name", register.ErrAmbiguous.With(), r.c.lang, "")
		default:
			r.named[l.PersonID] = true
			l.answer.Version = l.person.Version
		}
	}
	return nil
}

// wrong answers a row with one thing that is wrong with it.
func (l *sheetLine) wrong(field string, e *fault.Error, lang, fix string) {
	l.settled, l.answer.Outcome = true, "reject"
	for _, p := range l.answer.Problems {
		if p.Field == field {
			return
		}
	}
	l.answer.Problems = append(l.answer.Problems, SheetProblem{Field: field, Kind: "error", Code: e.Code, Text: e.Text(lang), Fix: fix})
}

// disputed answers a row of which the register says something else.
func (l *sheetLine) disputed(field string, e *fault.Error, lang, theirs string) {
	l.settled = true
	if l.answer.Outcome != "reject" {
		l.answer.Outcome = "conflict"
	}
	l.answer.Problems = append(l.answer.Problems, SheetProblem{Field: field, Kind: "conflict", Code: e.Code, Text: e.Text(lang), Theirs: theirs})
}

// same answers a row that says nothing new.
func (l *sheetLine) same() { l.settled, l.answer.Outcome = true, "same" }

// cells are a row's cells in the order of the columns; what an existing person's row
// leaves out, and the reader needs, stands in.
func (r *sheetRun) cells(l *sheetLine) []string {
	out := make([]string, len(sheetFields))
	for i, f := range sheetFields {
		out[i] = l.Cells[f.wire]
		switch {
		case f.wire == "name" && l.person != nil && (out[i] == "" || identity.MaskedName(out[i])):
			out[i] = l.person.Name
		case f.wire == "door" && (r.roomHere(out[i]) != nil || l.person != nil && out[i] == ""):
			out[i] = anyDoor
		}
	}
	return out
}

// roomHere finds a door in the house that the sheet is about: by its room number, by
// stairwell and room, or as the screen names it.
func (r *sheetRun) roomHere(text string) *territory.Place {
	if r.at == nil || text == "" {
		return nil
	}
	var hit *territory.Place
	lo, hi := r.atlas.Span(r.at.Path)
	for i := lo; i < hi; i++ {
		q := &r.atlas.Places[i]
		if q.Kind != territory.Door || !strings.HasSuffix(text, q.Number) || !r.within(q.Path) {
			continue
		}
		unit, _ := r.atlas.Place(q.ParentID)
		if text == q.Number || unit.Kind == territory.Unit && text == unit.Number+"-"+q.Number || text == r.atlas.FullName(q.Path) {
			if hit != nil {
				return nil // in more than one stairwell
			}
			hit = q
		}
	}
	return hit
}

// typed makes a sheet of some rows as the reader of files takes it.
func (r *sheetRun) typed(rows [][]string) *exchange.Sheet {
	fields, labels := make([]string, len(sheetFields)), make([]string, len(sheetFields))
	for i, f := range sheetFields {
		fields[i], labels[i] = f.file, f.zh
		if r.c.lang == "en" {
			labels[i] = f.en
		}
	}
	world := identity.Real
	if r.s.Demo {
		world = identity.Demo
	}
	return exchange.Typed(fields, labels, rows, exchange.Options{Now: r.c.now, World: world})
}

// wireOf is the field that a fault's column means.
func wireOf(column string) string {
	for _, f := range sheetFields {
		if column == f.zh || column == f.en {
			return f.wire
		}
	}
	return ""
}

// readAll reads each row by the rules of the import, finds its door and looks for a
// fix of each wrong cell.
func (r *sheetRun) readAll() {
	rows := make([][]string, len(r.lines))
	for i, l := range r.lines {
		rows[i] = r.cells(l)
	}
	i := 0
	for row, bad := range r.typed(rows).Residents() {
		l := r.lines[i]
		i++
		if l.settled {
			continue
		}
		for f := range l.Cells {
			if !slices.ContainsFunc(sheetFields, func(x struct{ wire, file, zh, en string }) bool { return x.wire == f }) {
				l.wrong(f, ErrSheetField.With(f), r.c.lang, "")
			}
		}
		if bad != nil {
			r.refuseCells(l, rows[i-1], bad)
			continue
		}
		if l.settled {
			continue
		}
		l.read = row
		r.findDoor(l, rows[i-1])
		r.mayType(l)
	}
}

func (r *sheetRun) refuseCells(l *sheetLine, row []string, bad *exchange.Reject) {
	for _, p := range append([]exchange.Problem{bad.Problem}, bad.Also...) {
		field := wireOf(p.Column)
		text := p.ZH
		if r.c.lang == "en" {
			text = p.EN
		}
		l.settled, l.answer.Outcome = true, "reject"
		if !slices.ContainsFunc(l.answer.Problems, func(x SheetProblem) bool { return x.Field == field }) {
			l.answer.Problems = append(l.answer.Problems, SheetProblem{Field: field, Kind: "error", Code: p.Code, Text: text, Fix: r.mend(row, field)})
		}
	}
}

// findDoor finds the door that a row names; a person's row that names none stays.
func (r *sheetRun) findDoor(l *sheetLine, row []string) {
	text := l.Cells["door"]
	switch here := r.roomHere(text); {
	case here != nil:
		l.door = here
	case row[1] == anyDoor:
	default:
		door, why := r.doors.Find(l.read.Address, r.within)
		if why != nil {
			l.wrong("door", why, r.c.lang, r.mend(row, "door"))
			return
		}
		l.door = &door
	}
	if l.person == nil && l.door == nil { // a mask or nothing where a door is needed
		l.wrong("door", exchange.ErrBlankCell.With(sheetFields[1].zh), r.c.lang, "")
	}
}

// mayType asks whether the viewer may change the sealed cells of a row, and for
// which purpose: who sees a field in clear may, who sees part of it, or may have it
// shown, needs a purpose; who sees nothing of it may not.
func (r *sheetRun) mayType(l *sheetLine) {
	if l.settled {
		return
	}
	path := ""
	if l.door != nil {
		path = l.door.Path
	}
	if l.person != nil {
		path = l.person.Path
	}
	for field, typed := range map[access.Field]bool{access.FieldPhone: l.read.Phone != "", access.FieldIDNumber: l.Cells["id_number"] != "" && l.read.IDNumber != "", access.FieldCare: len(l.read.Care) > 0} {
		if !typed {
			continue
		}
		cell := r.c.viewer.Mask(path, field, r.c.emerg, access.MaskContext{})
		if cell.Kind == access.Full {
			continue
		}
		if cell.Kind == access.Hidden && !cell.Reveal {
			l.wrong(string(field), access.ErrNoReveal.With(), r.c.lang, "")
			continue
		}
		var ids []string
		for _, p := range access.PurposesFor(r.c.viewer.RolesAt(path, r.c.emerg), field) {
			ids = append(ids, p.ID)
		}
		if slices.Contains(ids, r.in.Body.Purpose) {
			continue
		}
		for _, id := range ids {
			r.reply.Purposes = appendNew(r.reply.Purposes, id)
		}
		if !r.dry || r.in.Body.Purpose != "" {
			l.wrong(string(field), ErrSealedCell.With(), r.c.lang, "")
		}
	}
}

// told records that the other side of conflicts was shown.
func (r *sheetRun) told(ctx context.Context) error {
	n := 0
	var shown access.Ranges
	for i, a := range r.reply.Rows {
		if slices.ContainsFunc(a.Problems, func(p SheetProblem) bool { return p.Theirs != "" }) {
			if n++; n == 1 && r.lines[i].person != nil {
				shown = access.Ranges{{Top: r.lines[i].person.Path}}
			}
		}
	}
	place := r.in.Body.Under
	if p, ok := r.atlas.Place(place); ok {
		shown = access.Ranges{{Top: p.Path}}
	}
	return r.s.looked(ctx, r.c, "resident.listed", place, shown, n)
}

// verdict answers a row as the register settled it.
func (r *sheetRun) verdict(l *sheetLine, v plan.Verdict) {
	if v.Why != nil {
		l.wrong(cmp.Or(map[string]string{"address": "door", "groups": "care"}[v.Field], v.Field), v.Why, r.c.lang, "")
		return
	}
	l.settled = true
	l.answer.Outcome = map[plan.Outcome]string{plan.Inserted: "new", plan.Updated: "update", plan.Unchanged: "same"}[v.Outcome]
}
