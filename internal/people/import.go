package people

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/mode"
	"shouwang/internal/plan"
)

// Faults of one line of an imported roll; the others are not touched.
var (
	// ErrNoHome says that a new helper has no place.
	ErrNoHome = fault.Define(fault.Invalid, "SW-1710",
		"没有写住址或所在地编码，此行未写入。请补填其中一项。",
		"Neither an address nor a place code is written; this row was not written. Fill in one of them.")
	// ErrHelperPlace says the same for a place that is nowhere and for one outside
	// of the importer's area.
	ErrHelperPlace = fault.Define(fault.Invalid, "SW-1711",
		"地点 {0} 不存在或不在您的管辖范围内，此行未写入。请核对编码。",
		"The place {0} is not there or is outside your area; this row was not written. Check the code.")
	// ErrNumberUsed says that a number cannot be given here.
	ErrNumberUsed = fault.Define(fault.Invalid, "SW-1712",
		"编号 {0} 不能在这里使用，此行未写入。请核对编号，或请上级导入。",
		"The number {0} cannot be used here; this row was not written. Check it or ask the level above to import.")
	// ErrNoPost says that the everyday playbook has no such post.
	ErrNoPost = fault.Define(fault.Invalid, "SW-1713",
		"常态体系里没有“{0}”这个岗位，此行未写入。可用：{1}。",
		"The everyday system has no post {0}; this row was not written. There are: {1}.")
	// ErrPostPlace says that a post does not stand at this kind of place.
	ErrPostPlace = fault.Define(fault.Invalid, "SW-1714",
		"“{0}”这个岗位不设在 {1}，此行未写入。请核对负责地点编码。",
		"The post {0} does not stand at {1}; this row was not written. Check the code of the post's place.")
	// ErrDeputyTwice says that two lines want to be deputy of one post.
	ErrDeputyTwice = fault.Define(fault.Invalid, "SW-1715",
		"{0} 的副职在本文件里有两个人，此行未写入。请留下其中一人。",
		"Two rows of this file are deputy at {0}; this row was not written. Keep one of them.")
	// ErrTwoHelpers says that a line may mean more than one helper.
	ErrTwoHelpers = fault.Define(fault.Invalid, "SW-1716",
		"姓名和工作电话对应不止一个人，此行未写入。请核对编号。",
		"Name and work phone fit more than one helper; this row was not written. Check the number.")
)

// Seat is a post of the everyday system as an import asks for it.
type Seat struct {
	Item, Role string
	Deputy     bool // stands in for whoever holds the post
	PlaceID    string
	Path       string
	PlaceCode  string
	Count      int // how many the playbook asks for at a place
	Require    Require
	Title      mode.Text
}

// Row is one line of a roll whose places were found. Blank and nil fields say
// nothing and change nothing.
type Row struct {
	Line                              int
	Number, Name, Gender, Phone, Kind string
	Birth                             int
	PlaceID, Path                     string
	Party, Standing, PhoneUser        *bool
	Skills, Trained                   []string
	Hours                             *int
	Away                              string // "present" clears it
	Seat                              *Seat
}

// Base is what an import of helpers is decided on: every helper and every post of
// the everyday system there is.
type Base struct {
	Helpers []Helper
	Posts   []Post
	May     func(path string) bool
	NewID   func() string
	Now     time.Time
}

// Import is what an import of helpers does. Rows with a Version are changes of
// rows at that version, the others are new.
type Import struct {
	Helpers  []Helper
	Posts    []Post
	Verdicts map[int]plan.Verdict
}

// PlanImport decides a roll, line by line. It writes nothing. Whoever the roll
// does not name stays as they are; whoever gets a post elsewhere leaves the one
// they had.
func PlanImport(rows []Row, b Base) Import {
	m := &importing{b: b, helpers: make([]entry, len(b.Helpers)), byNumber: map[string]int{}, byPhone: map[[2]string][]int{}, numbers: map[string]bool{},
		verdicts: make(map[int]plan.Verdict, len(rows))}
	for i, h := range b.Helpers {
		m.helpers[i] = entry{Helper: h}
		m.byNumber[h.Number] = i
		if h.WorkPhone != "" {
			m.byPhone[[2]string{h.Name, h.WorkPhone}] = append(m.byPhone[[2]string{h.Name, h.WorkPhone}], i)
		}
	}
	for _, r := range rows {
		m.numbers[r.Number] = true
	}
	lines := gather(rows)
	m.seats = newSeating(b, lines)
	for i := range lines {
		l := &lines[i]
		v := m.row(&l.Row)
		m.verdicts[l.Line] = v
		for j, n := range l.again { // further lines about the same helper
			w := v
			if v.Outcome == plan.Inserted || v.Outcome == plan.Updated {
				if w.Outcome = plan.Unchanged; l.news[j] {
					w.Outcome = plan.Updated
				}
			}
			m.verdicts[n] = w
		}
	}
	return m.result()
}

// line is what a roll says of one helper: the first line about them with what the
// further ones say over it.
type line struct {
	Row
	again []int  // the further lines
	news  []bool // whether each said something else
}

func gather(rows []Row) []line {
	out := make([]line, 0, len(rows))
	at := make(map[string]int, len(rows))
	for _, r := range rows {
		i, ok := at[r.Number]
		if !ok {
			at[r.Number] = len(out)
			out = append(out, line{Row: r})
			continue
		}
		out[i].again, out[i].news = append(out[i].again, r.Line), append(out[i].news, out[i].lay(&r))
	}
	return out
}

// lay puts a later line over r and tells whether it says something else.
func (r *Row) lay(next *Row) (changed bool) {
	to := []*string{&r.Name, &r.Gender, &r.Phone, &r.Kind, &r.Away}
	for i, v := range []string{next.Name, next.Gender, next.Phone, next.Kind, next.Away} {
		if v != "" && v != *to[i] {
			*to[i], changed = v, true
		}
	}
	flags := []**bool{&r.Party, &r.Standing, &r.PhoneUser}
	for i, v := range []*bool{next.Party, next.Standing, next.PhoneUser} {
		if v != nil && (*flags[i] == nil || **flags[i] != *v) {
			*flags[i], changed = v, true
		}
	}
	if next.Birth != 0 && next.Birth != r.Birth {
		r.Birth, changed = next.Birth, true
	}
	if next.Hours != nil && (r.Hours == nil || *r.Hours != *next.Hours) {
		r.Hours, changed = next.Hours, true
	}
	if next.PlaceID != "" && next.PlaceID != r.PlaceID {
		r.PlaceID, r.Path, changed = next.PlaceID, next.Path, true
	}
	if len(next.Skills) > 0 && !slices.Equal(next.Skills, r.Skills) {
		r.Skills, changed = next.Skills, true
	}
	if len(next.Trained) > 0 && !slices.Equal(next.Trained, r.Trained) {
		r.Trained, changed = next.Trained, true
	}
	if next.Seat != nil && (r.Seat == nil || !r.Seat.same(next.Seat)) {
		r.Seat, changed = next.Seat, true
	}
	return changed
}

type entry struct {
	Helper
	fresh, changed bool
}

type importing struct {
	b        Base
	helpers  []entry
	byNumber map[string]int
	byPhone  map[[2]string][]int
	numbers  map[string]bool // numbers that this file uses
	seats    *seating
	verdicts map[int]plan.Verdict
}

// find returns the helper that a line is about: by number, else by name and work
// phone; -1 for somebody new.
func (m *importing) find(r *Row) (int, plan.Verdict) {
	if i, ok := m.byNumber[r.Number]; ok {
		if h := &m.helpers[i]; !h.fresh && !m.b.May(h.Path) {
			return -1, plan.Reject("number", ErrNumberUsed.With(r.Number))
		}
		return i, plan.Verdict{}
	}
	at := -1
	for _, i := range m.byPhone[[2]string{r.Name, r.Phone}] {
		if r.Phone == "" || m.numbers[m.helpers[i].Number] || !m.b.May(m.helpers[i].Path) {
			continue
		}
		if at >= 0 {
			return -1, plan.Reject("name", ErrTwoHelpers.With())
		}
		at = i
	}
	return at, plan.Verdict{}
}

func (m *importing) row(r *Row) plan.Verdict {
	i, v := m.find(r)
	if v.Why != nil {
		return v
	}
	if i < 0 && r.PlaceID == "" {
		return plan.Reject("address", ErrNoHome.With())
	}
	next := Helper{}
	if i >= 0 {
		next = m.helpers[i].Helper
	} else {
		next.ID = m.b.NewID()
	}
	changed := merge(&next, r)
	if r.Seat != nil {
		if !m.seats.has(next.ID, r.Seat) { // whoever sits there already is not put there
			present := next
			if present.Away != "left" { // a roll says who holds a post, not who is in today
				present.Away = ""
			}
			if lacks := Lacks(&present, r.Seat.Require, m.b.Now); len(lacks) > 0 {
				why := LackText(lacks, nil)
				return plan.Reject("post", ErrSeatLacks.With(next.Name, r.Seat.Title.ZH, why.ZH, r.Seat.Title.EN, why.EN))
			}
		}
		moved, v := m.seats.take(next.ID, r.Seat)
		if v.Why != nil {
			return v
		}
		changed = changed || moved
	}
	switch {
	case i < 0:
		m.byNumber[next.Number] = len(m.helpers)
		m.helpers = append(m.helpers, entry{Helper: next, fresh: true})
		return plan.Verdict{Outcome: plan.Inserted}
	case changed:
		e := &m.helpers[i]
		e.Helper, e.changed = next, true
		m.byNumber[next.Number] = i
		return plan.Verdict{Outcome: plan.Updated}
	}
	return plan.Verdict{Outcome: plan.Unchanged}
}

// merge lays what a line says over a helper and tells whether that changed it.
func merge(h *Helper, r *Row) (changed bool) {
	text := func(to *string, v string) {
		if v != "" && *to != v {
			*to, changed = v, true
		}
	}
	flag := func(to *bool, v *bool) {
		if v != nil && *to != *v {
			*to, changed = *v, true
		}
	}
	list := func(to *[]string, v []string) {
		if len(v) > 0 && !slices.Equal(*to, v) {
			*to, changed = v, true
		}
	}
	text(&h.Number, r.Number)
	text(&h.Name, r.Name)
	text(&h.Gender, r.Gender)
	text(&h.WorkPhone, r.Phone)
	text(&h.Kind, r.Kind)
	if r.PlaceID != "" && r.PlaceID != h.PlaceID {
		h.PlaceID, h.Path, changed = r.PlaceID, r.Path, true
	}
	flag(&h.Party, r.Party)
	flag(&h.Standing, r.Standing)
	flag(&h.PhoneUser, r.PhoneUser)
	list(&h.Skills, r.Skills)
	for _, q := range r.Trained { // a roll adds what was passed; taking it back is an act with a reason
		if !slices.Contains(h.Trained, q) {
			h.Trained, changed = append(slices.Clip(h.Trained), q), true
		}
	}
	if r.Birth != 0 && h.Birth != r.Birth {
		h.Birth, changed = r.Birth, true
	}
	if r.Hours != nil && h.Hours != *r.Hours {
		h.Hours, changed = *r.Hours, true
	}
	if away := strings.TrimSuffix(r.Away, "present"); r.Away != "" && h.Away != away {
		h.Away, changed = away, true
	}
	if h.Kind == "" {
		h.Kind, changed = "volunteer", true
	}
	return changed
}

// result lists what is new or changed, in a fixed order.
func (m *importing) result() Import {
	out := Import{Verdicts: m.verdicts}
	for _, e := range m.helpers {
		if e.fresh || e.changed {
			out.Helpers = append(out.Helpers, e.Helper)
		}
	}
	out.Posts = m.seats.result()
	return out
}

// seatKey is the stable key of a post of the everyday system.
func seatKey(item, placeID string, n int) string {
	return fmt.Sprintf("normal|%s|%s|%d", item, placeID, n)
}
