package people

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"shouwang/internal/plan"
)

// Base is what an import of helpers is decided on: every helper and every post of
// the everyday system there is.
type Base struct {
	Helpers []Helper
	Posts   []Post
	May     func(path string) bool
	NewID   func() string
	Now     time.Time
	// NewNumber makes a volunteer number for whoever the roll gives none.
	NewNumber func() string
	// Open is what is sealed of a helper, and PhoneIndex the keyed index of a phone;
	// both are asked only for rows that say something sealed.
	Open       func(h *Helper) (Private, error)
	PhoneIndex func(phone string) string
}

// Import is what an import of helpers does. Rows with a Version are changes of
// rows at that version, the others are new.
type Import struct {
	Helpers  []Helper
	Posts    []Post
	Passes   []Pass             // new ones, without their source
	Private  map[string]Private // by helper: what is to be sealed anew
	Verdicts map[int]plan.Verdict
	Err      error // sealed fields could not be read; nothing is to be written
}

// PlanImport decides a roll, line by line. It writes nothing. Whoever the roll
// does not name stays as they are; whoever gets a post elsewhere leaves the one
// they had.
func PlanImport(rows []Row, b Base) Import {
	m := &importing{b: b, helpers: make([]entry, len(b.Helpers)), byNumber: map[string]int{}, byPhone: map[[2]string][]int{}, byOwn: map[string]int{}, numbers: map[string]bool{},
		verdicts: make(map[int]plan.Verdict, len(rows))}
	for i, h := range b.Helpers {
		m.helpers[i] = entry{Helper: h}
		m.byNumber[h.Number] = i
		if len(h.Sealed.PhoneIndex) > 0 && h.Left.IsZero() {
			m.byOwn[string(h.Sealed.PhoneIndex)] = i
		}
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
		v := plan.Reject("number", ErrNumberOther.With(l.Number))
		if !l.clash {
			v = m.row(&l.Row)
		}
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
	clash bool   // they name different people under one number
}

func gather(rows []Row) []line {
	out := make([]line, 0, len(rows))
	at := make(map[string]int, len(rows))
	for _, r := range rows {
		key := r.Number
		if key == "" { // who has no number yet is told apart by name and phone
			key = "|" + r.Name + "|" + r.Phone + "|" + r.SignUp.Phone
		}
		i, ok := at[key]
		if !ok {
			at[key] = len(out)
			out = append(out, line{Row: r})
			continue
		}
		out[i].clash = out[i].clash || out[i].Name != r.Name
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
	for _, q := range next.Passed {
		if !slices.Contains(r.Passed, q) {
			r.Passed, changed = append(slices.Clip(r.Passed), q), true
		}
	}
	changed = r.SignUp.lay(&next.SignUp) || changed
	if next.Seat != nil && (r.Seat == nil || !r.Seat.same(next.Seat)) {
		r.Seat, changed = next.Seat, true
	}
	return changed
}

type entry struct {
	Helper
	fresh, changed bool
	private        *Private // to be sealed anew
}

type importing struct {
	b        Base
	helpers  []entry
	byNumber map[string]int
	byPhone  map[[2]string][]int
	byOwn    map[string]int // index of the private phone → helper
	passes   []Pass
	err      error
	numbers  map[string]bool // numbers that this file uses
	seats    *seating
	verdicts map[int]plan.Verdict
}

// find returns the helper that a line is about: by number, else by name and work
// phone; -1 for somebody new.
func (m *importing) find(r *Row) (int, plan.Verdict) {
	if i, ok := m.byNumber[r.Number]; ok {
		h := &m.helpers[i]
		switch {
		case !h.fresh && !m.b.May(h.Path):
			return -1, plan.Reject("number", ErrNumberUsed.With(r.Number))
		case h.Name != r.Name && (r.Phone == "" || r.Phone != h.WorkPhone) && (r.Birth == 0 || r.Birth != h.Birth):
			return -1, plan.Reject("number", ErrNumberOther.With(r.Number))
		}
		return i, plan.Verdict{}
	}
	at := -1
	if own := m.own(r); own >= 0 && r.Number == "" {
		if h := &m.helpers[own]; h.Name == r.Name && (h.fresh || m.b.May(h.Path)) {
			return own, plan.Verdict{}
		}
	}
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
		if !next.Left.IsZero() {
			return plan.Reject("number", ErrLeft.With())
		}
	} else {
		next.ID, next.Recruited = m.b.NewID(), "import"
		if r.Number == "" && m.b.NewNumber != nil {
			next.Number = m.b.NewNumber()
		}
	}
	changed := merge(&next, r)
	private, field, why := m.signUp(&next, r, i, &changed)
	if why != nil {
		return plan.Reject(field, why)
	}
	passes := m.pass(&next, r)
	changed = changed || len(passes) > 0
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
	m.passes = append(m.passes, passes...)
	switch {
	case i < 0:
		m.helpers = append(m.helpers, entry{Helper: next, fresh: true, private: private})
		m.known(next, r, len(m.helpers)-1)
		return plan.Verdict{Outcome: plan.Inserted}
	case changed:
		e := &m.helpers[i]
		e.Helper, e.changed = next, true
		if private != nil {
			e.private = private
		}
		m.known(next, r, i)
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
	out := Import{Verdicts: m.verdicts, Private: map[string]Private{}, Err: m.err}
	out.Passes = m.passes
	for _, e := range m.helpers {
		if e.private != nil {
			out.Private[e.ID] = *e.private
		}
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
