package api

import (
	"context"
	"strings"

	"shouwang/internal/plan"
	"shouwang/internal/register"
	"shouwang/internal/store"
)

// settleAll finds whom the rows without a person are about, sets aside what the
// register disputes, and, when this is no mere check, turns the rest into changes.
func (r *sheetRun) settleAll(ctx context.Context) (staged, error) {
	claims, err := r.claims(ctx)
	if err != nil {
		return staged{}, err
	}
	if r.dry {
		for _, c := range claims {
			for _, n := range c.Lines {
				l := r.lines[n]
				if l.settled = true; c.Person == "" {
					l.answer.Outcome = "new"
				} else {
					l.answer.Outcome = "update"
				}
			}
		}
		return staged{}, nil
	}
	if len(claims) == 0 {
		return staged{}, nil
	}
	files, err := r.files(ctx, claims)
	if err != nil {
		return staged{}, err
	}
	for id, src := range files.Sources {
		p := files.Persons[src.PersonID]
		if files.Sources[id], err = register.Standing(&p, src); err != nil {
			return staged{}, err
		}
	}
	m := register.Settle(claims, files)
	for n, v := range m.Verdicts {
		r.verdict(r.lines[n], v)
	}
	return r.stage(ctx, &m)
}

// claims are the rows that stand, each with its person; rows about one new person
// are put together.
func (r *sheetRun) claims(ctx context.Context) ([]register.Claim, error) {
	var own []register.Claim
	var fresh []register.Row
	for i, l := range r.lines {
		if l.settled {
			continue
		}
		row := r.row(i, l)
		r.rows = append(r.rows, row)
		if l.person == nil {
			fresh = append(fresh, row)
		} else {
			own = append(own, register.Claim{Record: &register.Record{Lines: []int{i}, New: []bool{true}, Path: row.Path, Index: row.Index, Date: row.Date, Facts: row.Facts}, Person: l.person.ID})
		}
	}
	if !r.dry {
		if err := r.hold(ctx, r.claimKeys()); err != nil {
			return nil, err
		}
	}
	own, err := r.edited(ctx, own)
	if err != nil {
		return nil, err
	}
	found, err := r.pasted(ctx, fresh)
	return append(own, found...), err
}

// row is what a row says, in the register's own terms: of an existing person only
// what was typed.
func (r *sheetRun) row(i int, l *sheetLine) register.Row {
	x := l.read
	row := register.Row{Line: i, Date: x.Verified, Facts: register.Facts{Name: x.Name, Gender: x.Gender, Birth: x.Birth, IDNumber: x.IDNumber, Relation: x.Relation, Phone: x.Phone,
		Tenure: x.Tenure, Origin: x.Origin, Care: x.Care, Verified: x.Verified}}
	if len(x.Care) > 0 {
		row.Groups = l.Cells["care"]
	}
	if l.door != nil {
		row.Door, row.Path = l.door.ID, l.door.Path
	}
	if l.person != nil {
		row.Date = "" // typed now
		if row.Name == l.person.Name {
			row.Name = ""
		}
		if row.Door == "" || row.Door == l.person.PlaceID {
			row.Door, row.Path = "", l.person.Path
		}
	}
	if x.IDNumber != "" {
		row.Index = r.s.Store.Index(x.IDNumber)
	}
	return row
}

// edited sets aside the rows of existing people that say nothing, that somebody else
// changed meanwhile, or whose number is another's; the others get their source.
func (r *sheetRun) edited(ctx context.Context, claims []register.Claim) ([]register.Claim, error) {
	var ids, numbers []string
	for _, c := range claims {
		ids = append(ids, c.Person)
		if c.Index != "" {
			numbers = append(numbers, c.Index)
		}
	}
	taken, err := r.s.Store.PersonsByIndexes(ctx, numbers)
	if err != nil {
		return nil, err
	}
	sources, err := r.s.Store.SourcesByPerson(ctx, r.origin, ids)
	if err != nil {
		return nil, err
	}
	var stale []string
	for _, c := range claims {
		if l := r.lines[c.Lines[0]]; l.Version != l.person.Version {
			stale = append(stale, c.Person)
		}
	}
	if err := r.open(ctx, stale); err != nil {
		return nil, err
	}
	out := claims[:0:0]
	for _, c := range claims {
		l := r.lines[c.Lines[0]]
		f := c.Facts
		if f.Door+f.Name+f.Gender+f.Birth+f.IDNumber+f.Relation+f.Phone+f.Tenure+f.Origin+f.Verified == "" && len(f.Care) == 0 {
			l.same()
			continue
		}
		for _, p := range taken[c.Index] {
			if p.ID != c.Person {
				l.wrong("id_number", register.ErrNumberTaken.With(), r.c.lang, "")
			}
		}
		if l.Version != l.person.Version {
			r.raced(l)
		}
		if l.settled {
			continue
		}
		c.Source = sources[c.Person].ID
		key := *c.Record
		if key.Name == "" {
			key.Name = l.person.Name
		}
		if key.Door == "" {
			key.Door = l.person.PlaceID
		}
		c.Key = r.key(&key)
		out = append(out, c)
	}
	return out, nil
}

// raced disputes the cells of a row that may have been changed since the client saw
// them: those whose present content is not what it saw, and those of which it sees
// too little to tell.
func (r *sheetRun) raced(l *sheetLine) {
	shown := r.seen[l.person.ID]
	for _, f := range sheetFields {
		typed := strings.TrimSpace(l.Cells[f.wire])
		if typed == "" || typed == shown.cells[f.wire] || shown.full[f.wire] && l.Was[f.wire] == shown.cells[f.wire] {
			continue
		}
		l.disputed(f.wire, ErrRowChanged.With(), r.c.lang, shown.cells[f.wire])
	}
}

// shownCells is a person as the viewer sees them, cell by cell, and which of the
// cells are shown whole.
type shownCells struct {
	cells map[string]string
	full  map[string]bool

	p      register.Person
	tenure string
}

// open reads the people of several rows at once, as far as this viewer sees them.
func (r *sheetRun) open(ctx context.Context, ids []string) error {
	bare, err := r.s.Store.PersonsByID(ctx, unique(ids), store.Clear{})
	if err != nil {
		return err
	}
	var see store.Clear
	clears, doors := map[string]store.Clear{}, []string{}
	for _, p := range bare {
		house := p.Path
		if h := r.atlas.House(p.Path); h != nil {
			house = h.Path
		}
		o, ok := clears[house]
		if !ok {
			o = r.s.clear(r.c, house)
			clears[house] = o
		}
		see = store.Clear{Number: see.Number || o.Number, Phone: see.Phone || o.Phone, Care: see.Care || o.Care}
		doors = append(doors, p.PlaceID)
	}
	full := bare
	if see != (store.Clear{}) {
		if full, err = r.s.Store.PersonsByID(ctx, unique(ids), see); err != nil {
			return err
		}
	}
	homes, err := r.s.Store.HouseholdsAt(ctx, unique(doors))
	if err != nil {
		return err
	}
	tenure := map[string]string{}
	for _, h := range homes {
		tenure[h.ID] = h.Tenure
	}
	r.seen = map[string]shownCells{}
	for _, p := range full {
		if r.seen[p.ID], err = r.shown(ctx, p, tenure[p.HouseholdID]); err != nil {
			return err
		}
	}
	return nil
}

func (r *sheetRun) shown(ctx context.Context, p register.Person, tenure string) (shownCells, error) {
	out := shownCells{full: map[string]bool{}, p: p, tenure: tenure}
	w, err := r.s.resident(ctx, r.c, r.atlas, p, tenure)
	if err != nil {
		return out, err
	}
	var care []string
	for _, t := range w.Care {
		care = append(care, t.Group)
	}
	verified := w.VerifiedAt
	if len(verified) > 10 {
		verified = verified[:10]
	}
	out.cells = map[string]string{"name": w.Name, "door": w.Door, "gender": w.Gender, "birth": w.Age, "id_number": w.IDNumber, "relation": w.Relation, "phone": w.Phone,
		"tenure": w.Tenure, "origin": w.Origin, "care": strings.Join(care, "、"), "verified": verified}
	for f := range out.cells {
		_, masked := w.Masked[f]
		out.full[f] = !masked
	}
	out.full["door"] = w.Masked["room"] == ""
	return out, nil
}

// pasted finds whom the rows without a person are about and sets aside those that
// say nothing new or something older than the register.
func (r *sheetRun) pasted(ctx context.Context, rows []register.Row) ([]register.Claim, error) {
	records, bad := register.Gather(rows)
	for n, v := range bad {
		r.verdict(r.lines[n], v)
	}
	keys := make([]string, len(records))
	claims := make([]register.Claim, len(records))
	for i, rec := range records {
		keys[i] = r.key(rec)
		claims[i] = register.Claim{Record: rec, Key: keys[i]}
	}
	var err error
	if r.known, err = r.s.Store.SourcesByKey(ctx, r.origin, keys); err != nil {
		return nil, err
	}
	verdicts := map[int]plan.Verdict{}
	if claims, err = r.match(ctx, claims, verdicts); err != nil {
		return nil, err
	}
	for n, v := range verdicts {
		r.verdict(r.lines[n], v)
	}
	var about []string
	for _, c := range claims {
		if c.Person != "" {
			about = append(about, c.Person)
		}
	}
	if err := r.open(ctx, about); err != nil {
		return nil, err
	}
	out := claims[:0:0]
	for _, c := range claims {
		l := r.lines[c.Lines[0]]
		if c.Person != "" && r.named[c.Person] {
			for _, n := range c.Lines {
				r.lines[n].wrong("name", register.ErrAmbiguous.With(), r.c.lang, "")
			}
			continue
		}
		if c.Person != "" {
			r.against(l, &c)
			if l.settled {
				for _, n := range c.Lines[1:] {
					r.lines[n].settled, r.lines[n].answer.Outcome = true, l.answer.Outcome
				}
				continue
			}
		}
		out = append(out, c)
	}
	return out, nil
}

// against compares a pasted row with the person it is about.
func (r *sheetRun) against(l *sheetLine, c *register.Claim) {
	shown := r.seen[c.Person]
	p := shown.p
	l.person, l.answer.PersonID, l.answer.Version = &p, p.ID, p.Version
	f, news := &c.Facts, false
	for field, v := range map[string][2]string{"gender": {f.Gender, p.Gender}, "birth": {f.Birth, p.Birth}, "relation": {f.Relation, p.Relation}, "phone": {f.Phone, p.Phone},
		"id_number": {f.IDNumber, p.IDNumber}, "tenure": {f.Tenure, shown.tenure}, "origin": {f.Origin, p.Origin}} {
		if v[0] == "" || shown.full[field] && v[0] == v[1] {
			continue
		}
		news = true
		if w := p.Won[field]; shown.full[field] && v[1] != "" && c.Date != "" && w.Date > c.Date && l.Was[field] == "" {
			l.disputed(field, ErrRowOlder.With(w.Date, c.Date), r.c.lang, shown.cells[field])
		}
	}
	news = news || f.Door != p.PlaceID || len(f.Care) > 0 || f.Verified > p.Verified.Format("2006-01-02")
	if !news && !l.settled {
		l.same()
	}
	if len(l.Was) > 0 {
		c.Date = "" // seen and chosen today
	}
}
