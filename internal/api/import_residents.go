package api

import (
	"context"
	"encoding/hex"
	"strings"

	"shouwang/internal/exchange"
	"shouwang/internal/journal"
	"shouwang/internal/plan"
	"shouwang/internal/register"
	"shouwang/internal/store"
)

// residents decides a register of residents.
func (r *importRun) residents(ctx context.Context) (staged, error) {
	if err := r.parse(ctx); err != nil {
		return staged{}, err
	}
	g, err := r.s.gazetteer(ctx)
	if err != nil {
		return staged{}, err
	}
	r.job.step("matching", r.sheet.Rows())
	words := newWordColumns(r.sheet.Mapping)
	var rows []register.Row
	var at []exchange.At // of each line
	for row, bad := range r.sheet.Residents() {
		r.job.done.Add(1)
		if bad != nil {
			r.refuse([]exchange.Reject{*bad})
			continue
		}
		door, why := g.Find(row.Address, r.within)
		if why != nil {
			r.reject(row.At, "address", why)
			continue
		}
		x := register.Row{Line: len(at), Path: door.Path, Date: row.Verified, Facts: register.Facts{Door: door.ID, Name: row.Name, Gender: row.Gender, Birth: row.Birth,
			IDNumber: row.IDNumber, Relation: row.Relation, Phone: row.Phone, Tenure: row.Tenure, Origin: row.Origin, Care: row.Care, Verified: row.Verified, Note: row.Note}}
		if len(row.Care) > 0 || len(row.Groups) > 0 {
			x.Groups, x.Needs = words.of(row.At)
		}
		if row.IDNumber != "" {
			x.Index = r.s.Store.Index(row.IDNumber)
		}
		at, rows = append(at, row.At), append(rows, x)
	}
	records, bad := register.Gather(rows)
	d := &registerImport{importRun: r, records: records, rows: rows, named: map[string]bool{}}
	if err := r.hold(ctx, d.claimKeys()); err != nil {
		return staged{}, err
	}
	out, verdicts, err := d.decide(ctx)
	if err != nil {
		return staged{}, err
	}
	for i := range at {
		v, ok := bad[i]
		if !ok {
			v = verdicts[i]
		}
		r.settle(at[i], v)
	}
	return out, nil
}

// registerImport is the part of an import of residents that looks into the register.
type registerImport struct {
	*importRun
	records []*register.Record
	rows    []register.Row
	known   map[string]store.SourceKey // records of this origin, by row key
	named   map[string]bool            // people whom lines that say nothing new are about
}

// claimKeys are the doors and numbers that the file speaks of.
func (d *registerImport) claimKeys() []string {
	keys := make([]string, 0, 2*len(d.records))
	for i := range d.rows {
		keys = append(keys, "door|"+d.rows[i].Door)
		if d.rows[i].Index != "" {
			keys = append(keys, "number|"+d.rows[i].Index)
		}
	}
	return keys
}

// key is the import key of a record: by number, else by door, name and birth
// date, both as keyed hashes.
func (d *registerImport) key(rec *register.Record) string {
	if rec.Index != "" {
		return "n" + hex.EncodeToString([]byte(rec.Index))
	}
	return "d" + d.s.Store.SourceHash([]byte(rec.Door+"|"+rec.Name+"|"+rec.Birth))
}

// decide leaves out what the register holds already, finds the people whom the
// rest is about, opens what will change and settles it.
func (d *registerImport) decide(ctx context.Context) (staged, map[int]plan.Verdict, error) {
	verdicts := map[int]plan.Verdict{}
	keys := make([]string, len(d.records))
	for i, rec := range d.records {
		keys[i] = d.key(rec)
	}
	var err error
	if d.known, err = d.s.Store.SourcesByKey(ctx, d.origin, keys); err != nil {
		return staged{}, nil, err
	}
	var open []register.Claim
	for i, rec := range d.records {
		if k, ok := d.known[keys[i]]; ok && k.Hash == d.s.Store.SourceHash(rec.JSON()) {
			d.named[k.PersonID] = true
			for _, line := range rec.Lines {
				verdicts[line] = plan.Verdict{Outcome: plan.Unchanged}
			}
			continue
		}
		open = append(open, register.Claim{Record: rec, Key: keys[i]})
	}
	if len(open) == 0 {
		return staged{}, verdicts, nil
	}
	open, err = d.match(ctx, open, verdicts)
	if err != nil {
		return staged{}, nil, err
	}
	files, err := d.files(ctx, open)
	if err != nil {
		return staged{}, nil, err
	}
	m := register.Settle(open, files)
	for line, v := range m.Verdicts {
		verdicts[line] = v
	}
	out, err := d.stage(ctx, &m)
	return out, verdicts, err
}

// match finds the person of each claim; claims about nobody certain are answered
// and left out.
func (d *registerImport) match(ctx context.Context, claims []register.Claim, verdicts map[int]plan.Verdict) ([]register.Claim, error) {
	var ids, indexes, doors []string
	for _, c := range claims {
		if k, ok := d.known[c.Key]; ok {
			ids = append(ids, k.PersonID)
		}
		if c.Index != "" {
			indexes = append(indexes, c.Index)
		}
		doors = append(doors, c.Door)
	}
	named, err := d.s.Store.PersonsByID(ctx, ids, store.Clear{})
	if err != nil {
		return nil, err
	}
	numbered, err := d.s.Store.PersonsByIndexes(ctx, indexes)
	if err != nil {
		return nil, err
	}
	there, err := d.s.Store.PersonsAt(ctx, unique(doors), store.Clear{})
	if err != nil {
		return nil, err
	}
	among := register.Among{ByKey: map[string]register.Someone{}, ByIndex: map[string][]register.Someone{}, AtDoor: map[string][]register.Someone{}, Named: d.named, May: d.within}
	byID := make(map[string]register.Person, len(named))
	for _, p := range named {
		byID[p.ID] = p
	}
	for key, k := range d.known {
		if p, ok := byID[k.PersonID]; ok {
			among.ByKey[key] = someone(p)
		}
	}
	for k, ps := range numbered {
		for _, p := range ps {
			among.ByIndex[k] = append(among.ByIndex[k], someone(p))
		}
	}
	for _, p := range there {
		among.AtDoor[p.PlaceID] = append(among.AtDoor[p.PlaceID], someone(p))
	}
	out := register.Match(claims, among, verdicts)
	var found []string
	for _, c := range out {
		if c.Person != "" {
			found = append(found, c.Person)
		}
	}
	records, err := d.s.Store.SourcesByPerson(ctx, d.origin, found)
	for i := range out {
		out[i].Source = records[out[i].Person].ID
	}
	return out, err
}

func someone(p register.Person) register.Someone {
	return register.Someone{ID: p.ID, Name: p.Name, Birth: p.Birth, PlaceID: p.PlaceID, Path: p.Path}
}

// files opens what the claims name: the people, their records of this origin, the
// households of the doors, and who else lives where somebody leaves.
func (d *registerImport) files(ctx context.Context, claims []register.Claim) (register.Files, error) {
	f := register.Files{Origin: d.origin, Persons: map[string]register.Person{}, Sources: map[string]register.Source{}, Homes: map[string]register.Household{},
		Heads: map[string]int{}, Now: d.c.now, Today: d.c.now.Format("2006-01-02"), NewID: newIDs(d.c.now)}
	var people, sources, doors, left []string
	for _, c := range claims {
		doors = append(doors, c.Door)
		if c.Person != "" {
			people = append(people, c.Person)
		}
		if c.Source != "" {
			sources = append(sources, c.Source)
		}
	}
	opened, err := d.s.Store.PersonsByID(ctx, unique(people), store.Clear{Number: true, Phone: true, Care: true})
	if err != nil {
		return f, err
	}
	for _, p := range opened {
		f.Persons[p.ID] = p
	}
	for _, c := range claims {
		if p, ok := f.Persons[c.Person]; ok && p.PlaceID != c.Door {
			left = append(left, p.PlaceID)
		}
	}
	records, err := d.s.Store.SourcesByID(ctx, sources)
	if err != nil {
		return f, err
	}
	for _, x := range records {
		f.Sources[x.ID] = x
	}
	homes, err := d.s.Store.HouseholdsAt(ctx, unique(append(doors, left...)))
	if err != nil {
		return f, err
	}
	for _, h := range homes {
		f.Homes[h.PlaceID] = h
	}
	heads, err := d.s.Store.PersonsAt(ctx, unique(left), store.Clear{})
	for _, p := range heads {
		f.Heads[p.PlaceID]++
	}
	return f, err
}

// stage lists the rows to write and makes the keys that they are sealed under.
func (d *registerImport) stage(ctx context.Context, m *register.Import) (staged, error) {
	var out staged
	put := func(row any, version int64, path string) {
		if version == 0 {
			out.rows = append(out.rows, row)
		} else {
			out.changes = append(out.changes, journal.Change{Row: row, Base: version})
		}
		out.paths = append(out.paths, path)
	}
	for i := range m.Households {
		put(&m.Households[i], m.Households[i].Version, m.Households[i].Path)
	}
	ids := make([]string, 0, len(m.Persons))
	for i := range m.Persons {
		put(&m.Persons[i], m.Persons[i].Version, m.Persons[i].Path)
		ids = append(ids, m.Persons[i].ID)
	}
	for i := range m.Sources {
		put(&m.Sources[i], m.Sources[i].Version, m.Sources[i].Path)
	}
	if d.dry || len(ids) == 0 {
		return out, nil
	}
	return out, d.s.Store.EnsureKeys(ctx, ids)
}

func unique(ids []string) []string {
	seen := make(map[string]bool, len(ids))
	out := ids[:0:0]
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// wordColumns are the columns whose own words a source record keeps beside the
// catalogue keys that were read out of them.
type wordColumns map[string][2][]int // by sheet: groups, needs

func newWordColumns(mapping []exchange.Mapped) wordColumns {
	w := wordColumns{}
	for _, m := range mapping {
		cols := w[m.Sheet]
		switch m.Field {
		case "groups":
			cols[0] = append(cols[0], columnIndex(m.Letter))
		case "needs":
			cols[1] = append(cols[1], columnIndex(m.Letter))
		}
		w[m.Sheet] = cols
	}
	return w
}

func (w wordColumns) of(at exchange.At) (groups, needs string) {
	raw := at.Raw()
	join := func(cols []int) string {
		var out []string
		for _, c := range cols {
			if c < len(raw) && strings.TrimSpace(raw[c]) != "" {
				out = append(out, strings.TrimSpace(raw[c]))
			}
		}
		return strings.Join(out, "、")
	}
	cols := w[at.Sheet]
	return join(cols[0]), join(cols[1])
}

// columnIndex turns a column's letters into its number, A being 0.
func columnIndex(letters string) int {
	n := 0
	for _, c := range letters {
		n = n*26 + int(c-'A') + 1
	}
	return n - 1
}
