package territory

import (
	"slices"
	"strconv"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/plan"
)

// Faults of one line of an imported list of places; the others are not touched.
var (
	// ErrImportPlace is the answer for a code that the viewer may not write: it
	// says the same whether the place is outside of the area or nowhere.
	ErrImportPlace = fault.Define(fault.Invalid, "SW-1110",
		"地点 {0} 不存在或不在您的管辖范围内，此行未写入。请核对编码，或请上级导入。",
		"The place {0} is not there or is outside your area; this row was not written. Check the code or ask the level above to import it.")
	// ErrImportParent is the answer for a parent that is nowhere in reach.
	ErrImportParent = fault.Define(fault.Invalid, "SW-1111",
		"上级编码 {0} 既不在本文件里，也不在系统里，此行未写入。请先补上这个上级。",
		"The parent code {0} is neither in this file nor in the system; this row was not written. Add the parent first.")
	// ErrImportMoved says that an import does not move places.
	ErrImportMoved = fault.Define(fault.Invalid, "SW-1112",
		"地点 {0} 现在属于另一个上级（{1}），导入不搬动地点，此行未写入。请改回上级编码，或另行办理划转。",
		"The place {0} stands under another parent now ({1}) and an import moves no places; this row was not written. Correct the parent code or have the place transferred.")
	// ErrImportKind says that a place would become something else.
	ErrImportKind = fault.Define(fault.Invalid, "SW-1113",
		"地点 {0} 现在的类型是“{1}”，不能改成“{2}”，此行未写入。请核对类型或换一个编码。",
		"The place {0} is a {3} now and cannot become a {4}; this row was not written. Check the kind or use another code.")
)

// ImportRow is one place that a file tells of. Several rows may belong to one
// line of the file: a building and the units and doors it expands to. Blank
// fields say nothing and change nothing.
type ImportRow struct {
	Line     int // from 0, in the file's order
	Made     bool
	Code     string
	Parent   string // code; empty for a root
	Kind     Kind
	Name     string
	Estate   string
	Number   string
	Floor    int
	Tags     []string
	Shape    string
	Lng, Lat float64
}

// ImportBase is what an import is decided on: the places there are and where the
// importer may write.
type ImportBase struct {
	Have     func(code string) (Place, bool)
	May      func(path string) bool    // "" asks for a place without a parent
	Siblings func(parentID string) int // how many children there are already
	ByID     func(id string) (Place, bool)
	Now      time.Time
}

// Import is what an import of places does: new places (parents first, without ids
// until Assign), changed ones with the version they were read at, and one verdict
// for each line.
type Import struct {
	New      []Place
	Changed  []Place
	Verdicts []plan.Verdict

	base  ImportBase
	fresh map[string]int // code → New
	up    []string       // parent's code of each new place
	sorts map[string]int // parent's code → next order
}

// PlanImport decides the rows, which come parents first with the rows of a line
// together. It writes nothing. A line is taken whole or not at all. Places that
// the file does not name stay as they are.
func PlanImport(rows []ImportRow, lines int, base ImportBase) *Import {
	m := &Import{Verdicts: make([]plan.Verdict, lines), base: base, fresh: map[string]int{}, sorts: map[string]int{}}
	for lo := 0; lo < len(rows); {
		hi := lo + 1
		for hi < len(rows) && rows[hi].Line == rows[lo].Line {
			hi++
		}
		m.Verdicts[rows[lo].Line] = m.line(rows[lo:hi])
		lo = hi
	}
	return m
}

// line decides the rows of one line of the file.
func (m *Import) line(rows []ImportRow) plan.Verdict {
	var add []ImportRow
	var change []Place
	inLine := map[string]bool{}
	for _, r := range rows {
		old, there := m.base.Have(r.Code)
		if there {
			next, changed, v := m.existing(r, old)
			if v.Why != nil {
				return v
			}
			if changed {
				change = append(change, next)
			}
			continue
		}
		if v := m.parentOf(r, inLine); v.Why != nil {
			return v
		}
		inLine[r.Code] = true
		add = append(add, r)
	}
	for _, r := range add {
		m.add(r)
	}
	m.Changed = append(m.Changed, change...)
	switch {
	case len(add) > 0 && inLine[rows[0].Code]:
		return plan.Verdict{Outcome: plan.Inserted}
	case len(add)+len(change) > 0:
		return plan.Verdict{Outcome: plan.Updated}
	}
	return plan.Verdict{Outcome: plan.Unchanged}
}

// parentOf checks that a new place has a parent where the importer may write.
func (m *Import) parentOf(r ImportRow, inLine map[string]bool) plan.Verdict {
	if r.Parent == "" {
		if !m.base.May("") {
			return plan.Reject("code", ErrImportPlace.With(r.Code))
		}
		return plan.Verdict{}
	}
	if _, ok := m.fresh[r.Parent]; ok || inLine[r.Parent] {
		return plan.Verdict{}
	}
	if p, ok := m.base.Have(r.Parent); !ok || !m.base.May(p.Path) {
		return plan.Reject("parent", ErrImportParent.With(r.Parent))
	}
	return plan.Verdict{}
}

// existing compares a row with the place that has its code.
func (m *Import) existing(r ImportRow, old Place) (Place, bool, plan.Verdict) {
	if !m.base.May(old.Path) {
		return old, false, plan.Reject("code", ErrImportPlace.With(r.Code))
	}
	if r.Parent != "" {
		if p, ok := m.base.Have(r.Parent); !ok || p.ID != old.ParentID {
			now := ""
			if up, ok := m.base.ByID(old.ParentID); ok && m.base.May(up.Path) {
				now = up.Code
			}
			return old, false, plan.Reject("parent", ErrImportMoved.With(r.Code, now))
		}
	}
	if r.Made {
		return old, false, plan.Verdict{}
	}
	next := old
	if r.Kind != old.Kind {
		a, _ := old.Kind.Info()
		b, _ := r.Kind.Info()
		if a.Rank != b.Rank || a.Doors != b.Doors {
			return old, false, plan.Reject("kind", ErrImportKind.With(r.Code, a.ZH, b.ZH, a.EN, b.EN))
		}
		next.Kind = r.Kind
	}
	for _, f := range []struct {
		to   *string
		from string
	}{{&next.Name, r.Name}, {&next.Estate, r.Estate}, {&next.Number, r.Number}, {&next.Shape, r.Shape}} {
		if f.from != "" {
			*f.to = f.from
		}
	}
	if r.Floor != 0 {
		next.Floor = r.Floor
	}
	if r.Lng != 0 || r.Lat != 0 {
		next.Lng, next.Lat = r.Lng, r.Lat
	}
	tags := len(r.Tags) > 0 && !slices.Equal(r.Tags, old.Tags)
	if tags {
		next.Tags = r.Tags
	}
	changed := tags || next.Kind != old.Kind || next.Name != old.Name || next.Estate != old.Estate || next.Number != old.Number ||
		next.Shape != old.Shape || next.Floor != old.Floor || next.Lng != old.Lng || next.Lat != old.Lat
	return next, changed, plan.Verdict{}
}

func (m *Import) add(r ImportRow) {
	sort, ok := m.sorts[r.Parent]
	if !ok {
		if p, there := m.base.Have(r.Parent); there || r.Parent == "" {
			sort = m.base.Siblings(p.ID)
		}
	}
	sort++
	m.sorts[r.Parent] = sort
	m.fresh[r.Code] = len(m.New)
	m.up = append(m.up, r.Parent)
	m.New = append(m.New, Place{Kind: r.Kind, Code: r.Code, Name: r.Name, Estate: r.Estate, Number: r.Number, Floor: r.Floor,
		Tags: r.Tags, Shape: r.Shape, Lng: r.Lng, Lat: r.Lat, Sort: sort, From: m.base.Now})
}

// Assign gives the new places the numbers from first on as ids, in base 36, and
// computes their paths.
func (m *Import) Assign(first int64) {
	for i := range m.New {
		p := &m.New[i]
		p.ID = strconv.FormatInt(first+int64(i), 36)
		top := ""
		if j, ok := m.fresh[m.up[i]]; ok {
			p.ParentID, top = m.New[j].ID, m.New[j].Path
		} else if up, ok := m.base.Have(m.up[i]); ok {
			p.ParentID, top = up.ID, up.Path
		}
		p.Path = Join(top, p.ID)
	}
}
