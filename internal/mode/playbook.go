package mode

import (
	"time"

	"shouwang/internal/round"
	"shouwang/internal/rule"
)

// Text is a sentence in the two languages of the house.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// Playbook is what an emergency of one kind, or everyday service, asks of places.
// It never changes once loaded; Hash names its content together with that of the
// playbook it extends. Source is the file as written.
type Playbook struct {
	ID, Hash, Source string
	Version          int
	Title            Text
	Extends          string
	Base             *Playbook // nil when it extends nothing
	AloneAfter       time.Duration
	AloneFor         time.Duration
	Answer           time.Duration // how long a decider has for an exemption; zero: the usual
	Qualifications   []Named
	Skills           []Talent // what helpers say they can do
	Limits           []Talent // what helpers say they cannot bear
	Gear             []GearKind
	Meals            []Meal
	Cards            []Card // read and acknowledged before a first shift
	Courses          []Course
	Facts            []FactItem // what people record and release clocks ask
	Variants         []Variant
	Zones            []Zone // from mild to strict
	Posts            []PostItem
	Teams            []TeamForm // how posts stand together; a team itself is no row
	Rounds           []RoundItem
	Lines            []Named // work lines, in the order they are shown in
	Cases            []CaseItem
	Chains           []ChainItem
	Calendar         *CalendarItem // nil: that of the playbook extended
	Notices          []NoticeItem
	Goods            []GoodsItem
	Warnings         []WarningItem
	Demobilize       Demobilize
	Notes            []Problem // remarks that are no errors
	Local            []Local   // what places change, outermost first; empty for the version as written
	Print            string    // names Local; empty without
}

// Local is one field that a place changes for itself and all below it, ready for
// use. Decided says that the level above decided it with a basis of its own.
type Local struct {
	Setting
	Path     string
	Override string // id of the override
	Decided  bool
}

// Named is an id with its title.
type Named struct {
	ID    string
	Title Text
}

// Talent is one line of the catalogues of skills and limits, with the group it is
// shown in.
type Talent struct {
	ID    string
	Title Text
	Group string
}

// SkillIDs lists the skills declared here and in the playbooks extended.
func (p *Playbook) SkillIDs() []string {
	return catalogue(p, func(b *Playbook) []Talent { return b.Skills })
}

// LimitIDs lists the limits declared here and in the playbooks extended.
func (p *Playbook) LimitIDs() []string {
	return catalogue(p, func(b *Playbook) []Talent { return b.Limits })
}

func catalogue(p *Playbook, of func(*Playbook) []Talent) (out []string) {
	for b := p; b != nil; b = b.Base {
		for _, t := range of(b) {
			out = append(out, t.ID)
		}
	}
	return out
}

// Talent names a skill, a limit, a card or a qualification; ok is false for an id that
// nobody declared.
func (p *Playbook) Talent(id string) (Text, bool) {
	for b := p; b != nil; b = b.Base {
		for _, list := range [][]Talent{b.Skills, b.Limits} {
			for _, t := range list {
				if t.ID == id {
					return t.Title, true
				}
			}
		}
		if c, ok := own(b.Cards, id, func(c Card) string { return c.ID }); ok {
			return c.Title, true
		}
		for _, q := range b.Qualifications {
			if q.ID == id {
				return q.Title, true
			}
		}
	}
	return Text{ZH: id, EN: id}, false
}

// Zone is a part of the territory with its rule. Level counts from 1, the
// mildest. Closed means that nobody crosses the border except Enter kinds.
type Zone struct {
	ID       string
	Title    Text
	Rule     Text
	May, Not []Text // what residents may do, said first, and what they are asked not to do
	Stricter string // id of the zone it is stricter than
	Level    int
	Evacuate bool
	To       string // zone drawn on the sites where people go
	Closed   bool
	Enter    []string
	Measures []ZoneMeasure
}

// ZoneMeasure is one restriction of a zone with its legal basis and longest term.
type ZoneMeasure struct {
	ID      string
	Title   Text
	Basis   Text
	Longest Span
	Release string
	release *rule.Expr
	terms   []rule.Term // the conditions that Release joins
}

// Variant changes declared fields where its condition holds.
type Variant struct {
	When string
	Set  []Setting
	when *rule.Expr
}

// Setting is one changed field: posts.ID.count and the like.
type Setting struct {
	Kind, ID, Field string
	Number          int
	Text            string
	Span            Span
	Words           Text
	JSON            string // of an override: the value as it is kept
}

// PostItem is a kind of post: so many per place and zone part.
type PostItem struct {
	ID      string
	Title   Text
	Duty    Text
	Per     string // microgrid, building, site…
	Zones   []string
	Count   int
	Deputy  int
	Role    string // access role, may be empty
	Later   bool   // declared but switched off
	Only    string // path of the place that added it; empty for the version's own
	Require Require
	Prefer  Prefer
	Squad   string  // kind of squad that may bring people for it, "own": none may; empty: general where cadres may hold it, else own
	Shifts  *Shifts // nil: one person holds it all the time
	Gear    []GearOf
	Meals   []string // ids: who stands there while one is eaten is fed
}

// Require is what a holder must fulfil. Empty fields ask nothing.
type Require struct {
	Kind           []string
	Trained        []string
	Cards          []string // read and acknowledged
	Skills         []string
	MinAge, MaxAge int
	MinHours       int
	Phone          bool
	Bears          []string // what it asks of body and household: ids of Limits
}

// Prefer is what makes one holder better than another, as weights.
type Prefer struct {
	Near      float64
	Home      float64 // lives in the place itself: knows every door
	Hours     int     // hours a day that are enough
	HoursW    float64
	AgeIdeal  int
	AgeWeight float64
	Has       []Weight
}

// Weight is one trait and what it is worth.
type Weight struct {
	Trait  string
	Weight float64
}

// RoundItem is a kind of round: which targets, by whom, until when.
type RoundItem struct {
	ID       string
	Title    Text
	Per      string
	Zones    []string
	By       string // post item
	Due      Span
	Later    bool
	Only     string // path of the place that added it; empty for the version's own
	Outcomes []round.Outcome
	Daily    *round.Daily // done anew every day for each person of some groups; nil: not
	Greeters Require      // what is asked of who does it daily
}

// NoticeItem is a draft that activation or demobilization proposes.
type NoticeItem struct {
	ID       string
	When     string // activate, demobilize
	Zones    []string
	Title    Text
	Body     Text
	Promised Span
	Only     string // path of the place that added it; empty for the version's own
}

// GoodsItem is what a household or a post is owed, and how often.
type GoodsItem struct {
	ID    string
	Title Text
	Per   string // household, post
	Zones []string
	Every Span
	Only  string // path of the place that added it; empty for the version's own
}

// Demobilize is how an incident ends.
type Demobilize struct {
	Keep     time.Duration
	HandOver []string
	To       []string // everyday post items, nearest first
	Carry    string   // everyday round item
	Thank    string
}

// Zone returns the zone of an id.
func (p *Playbook) Zone(id string) (Zone, bool) {
	for _, z := range p.Zones {
		if z.ID == id {
			return z, true
		}
	}
	return Zone{}, false
}

// Level is how strict a zone is, 0 for one the playbook does not know.
func (p *Playbook) Level(id string) int { z, _ := p.Zone(id); return z.Level }

// Post returns the post item of an id, here or in the playbook extended.
func (p *Playbook) Post(id string) (PostItem, bool) {
	for b := p; b != nil; b = b.Base {
		for _, x := range b.Posts {
			if x.ID == id {
				return x, true
			}
		}
	}
	return PostItem{}, false
}

// Round returns the round item of an id, here or in the playbook extended.
func (p *Playbook) Round(id string) (RoundItem, bool) {
	for b := p; b != nil; b = b.Base {
		for _, x := range b.Rounds {
			if x.ID == id {
				return x, true
			}
		}
	}
	return RoundItem{}, false
}

// Latest is the last moment at which a zone begun at from may end: the shortest
// of its measures' longest terms, by the civil days of the place.
func (z Zone) Latest(from time.Time, at *time.Location) (latest time.Time, ok bool) {
	for _, m := range z.Measures {
		if e := m.Longest.Latest(from, at); !ok || e.Before(latest) {
			latest, ok = e, true
		}
	}
	return latest, ok
}
