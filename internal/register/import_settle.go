package register

import (
	"bytes"
	"time"

	"shouwang/internal/plan"
)

// Files is what an import is settled on: everything that the claims name, opened,
// and how the world makes ids and reads the clock.
type Files struct {
	Origin  string
	Persons map[string]Person
	Sources map[string]Source
	Homes   map[string]Household // living households by door
	Heads   map[string]int       // present people by door, of the doors that people leave
	NewID   func() string
	Now     time.Time
	Today   string // ISO date that undated records speak of: the day they were received
}

// Import is what an import of residents does. Rows with a Version are changes of
// rows at that version, the others are new; Verdicts are by line.
type Import struct {
	Persons    []Person
	Sources    []Source
	Households []Household
	Verdicts   map[int]plan.Verdict
}

// Settle turns matched records into rows. It writes nothing.
func Settle(claims []Claim, f Files) Import {
	s := &settling{f: f, homes: map[string]*Household{}, touched: map[string]bool{}, heads: map[string]int{}}
	s.out.Verdicts = make(map[int]plan.Verdict, len(claims))
	s.out.Persons, s.out.Sources = make([]Person, 0, len(claims)), make([]Source, 0, len(claims))
	for i := range claims {
		s.claim(&claims[i])
	}
	s.households()
	return s.out
}

type settling struct {
	f       Files
	out     Import
	homes   map[string]*Household // by door, as they will be
	order   []string              // doors in the order they were touched
	touched map[string]bool
	heads   map[string]int // change in the count of people, by door
}

func (s *settling) verdict(c *Claim, o plan.Outcome) {
	for i, line := range c.Lines {
		switch {
		case i == 0:
			s.out.Verdicts[line] = plan.Verdict{Outcome: o}
		case c.New[i] && o != plan.Unchanged:
			s.out.Verdicts[line] = plan.Verdict{Outcome: plan.Updated}
		default:
			s.out.Verdicts[line] = plan.Verdict{Outcome: plan.Unchanged}
		}
	}
}

func (s *settling) reject(c *Claim, v plan.Verdict) {
	for _, line := range c.Lines {
		s.out.Verdicts[line] = v
	}
}

func (s *settling) claim(c *Claim) {
	p, known := s.f.Persons[c.Person]
	switch {
	case !known:
		p = Person{ID: s.f.NewID()}
	case p.IDNumber != "" && c.IDNumber != "" && p.IDNumber != c.IDNumber:
		s.reject(c, plan.Reject("id_number", ErrOtherNumber.With()))
		return
	}
	if c.Date == "" {
		c.Date = s.f.Today
	}
	src, had := s.f.Sources[c.Source]
	facts := c.Facts
	if had {
		// The file's newest version is what the source says now; its date never
		// goes back, so that what other sources lost to it stays lost.
		c.Date = max(c.Date, src.Date)
		if old, err := ReadFacts(src.Fields); err == nil {
			old.lay(&c.Facts, true)
			facts = old
		}
	} else {
		src = Source{ID: s.f.NewID(), From: s.f.Origin, At: s.f.Now}
	}
	raw := facts.JSON()
	if had && bytes.Equal(raw, src.Fields) {
		s.verdict(c, plan.Unchanged)
		return
	}
	values, whole := s.absorb(&p, &facts, c, src.ID)
	src.Key, src.PersonID, src.PlaceID, src.Path, src.Date, src.Fields, src.At = c.Key, p.ID, p.PlaceID, p.Path, c.Date, raw, s.f.Now
	s.out.Sources = append(s.out.Sources, src)
	if whole || !known {
		s.out.Persons = append(s.out.Persons, p)
	}
	switch {
	case !known:
		s.verdict(c, plan.Inserted)
	case values:
		s.verdict(c, plan.Updated)
	default:
		s.verdict(c, plan.Unchanged)
	}
}

// absorb projects a source record onto a person: per field the later date wins,
// at equal dates what was received later. values tells whether a fact changed,
// whole whether anything of the row did.
func (s *settling) absorb(p *Person, f *Facts, c *Claim, source string) (values, whole bool) {
	won := make(map[string]Won, len(p.Won)+len(Fields)+1)
	for k, w := range p.Won {
		won[k] = w
	}
	p.Won = won
	wins := func(field string) bool {
		w, ok := won[field]
		if ok && w.Source != source && c.Date < w.Date {
			return false
		}
		if next := (Won{source, c.Date}); w != next {
			won[field], whole = next, true
		}
		return true
	}
	set := func(field string, to *string, v string) {
		if v != "" && wins(field) && *to != v {
			*to, values = v, true
		}
	}
	set("name", &p.Name, f.Name)
	set("gender", &p.Gender, f.Gender)
	set("birth", &p.Birth, f.Birth)
	set("relation", &p.Relation, f.Relation)
	set("origin", &p.Origin, f.Origin)
	set("id_number", &p.IDNumber, f.IDNumber)
	set("phone", &p.Phone, f.Phone)
	if len(f.Care) > 0 && wins("care") && !sameCare(p.Care, f.Care) {
		p.Care, values = f.Care, true
	}
	if at, err := time.Parse("2006-01-02", f.Verified); err == nil && wins("verified") && at.After(p.Verified) {
		p.Verified, values = at, true
	}
	if f.Door != "" && wins("door") && p.PlaceID != f.Door {
		if p.PlaceID != "" {
			s.heads[p.PlaceID]--
			s.touch(p.PlaceID, "")
		}
		s.heads[f.Door]++
		p.PlaceID, p.Path, values = f.Door, c.Path, true
	}
	home := s.touch(p.PlaceID, p.Path)
	if p.HouseholdID != home.ID {
		p.HouseholdID, whole = home.ID, true
	}
	if f.Tenure != "" && wins("tenure") && home.Tenure != f.Tenure {
		if home.Tenure != "" || p.Version != 0 {
			values = true
		}
		home.Tenure = f.Tenure
		s.touched[p.PlaceID] = true
	}
	return values, whole || values
}

func sameCare(a, b []Care) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// touch returns the household of a door, made when nobody lived there.
func (s *settling) touch(door, path string) *Household {
	h, ok := s.homes[door]
	if !ok {
		there := s.f.Homes[door]
		h = &there
		s.homes[door] = h
		s.order = append(s.order, door)
	}
	if h.ID == "" && path != "" {
		*h = Household{ID: s.f.NewID(), PlaceID: door, Path: path, From: s.f.Now}
		s.touched[door] = true
	}
	return h
}

// households lists those that are new, changed, or left by the last person.
func (s *settling) households() {
	for _, door := range s.order {
		h := s.homes[door]
		if h.ID == "" {
			continue
		}
		if n := s.heads[door]; n < 0 && s.f.Heads[door]+n <= 0 {
			h.Until = s.f.Now
			s.touched[door] = true
		}
		if s.touched[door] {
			s.out.Households = append(s.out.Households, *h)
		}
	}
}
