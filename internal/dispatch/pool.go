package dispatch

import (
	"math"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

// miss says why a helper cannot fill a post; fit means that nothing stands in
// the way. Their order is the order in which they are looked at.
type miss uint8

const (
	fit miss = iota
	otherKind
	left
	away
	busy
	tooYoung
	tooOld
	unguarded
	untrained
	lapsed
	unread
	unskilled
	fewHours
	noPhone
	notForThem // said so themselves
	outside    // lives outside a closed zone
	confined
	fresh // served inside a closed zone too short ago
	misses
)

// gate says which miss each lack of the gate is.
var gate = map[people.LackCode]miss{people.LackKind: otherKind, people.LackLeft: left, people.LackAway: away, people.LackYoung: tooYoung,
	people.LackOld: tooOld, people.LackGuard: unguarded, people.LackTrained: untrained, people.LackLapsed: lapsed, people.LackCard: unread, people.LackSkill: unskilled,
	people.LackHours: fewHours, people.LackPhone: noPhone, people.LackBears: notForThem,
	people.LackOutside: outside, people.LackConfined: confined, people.LackApart: fresh}

// words of each miss: what is said of one person, and of a number of people.
var words = func() [misses]spoken {
	out := [misses]spoken{
		busy: {mode.Text{ZH: "已在另一事件的岗上", EN: "on a post of another incident"}, mode.Text{ZH: "在另一事件的岗上", EN: "on posts of another incident"}},
	}
	for code, m := range gate {
		out[m] = spoken{code.One(), code.Many()}
	}
	return out
}()

type spoken struct{ one, many mode.Text }

// body is a helper as the pool sees them.
type body struct {
	h         *people.Helper
	zone      int      // index in Playbook.Zones of the zone they live in, -1 outside
	community int      // spot index of their community, -1 when above or elsewhere
	above     bool     // registered at a place that is no dwelling
	taken     bool     // on a post of another incident
	area      string   // measure of another incident that confines them, or empty
	enter     []string // kinds that may cross the border of that area
	lng, lat  float64
	traits    map[string]bool
	item      []miss // by post item
	base      []int32
}

// pool is the helpers with what each may do, for one plan.
type pool struct {
	s      *State
	now    time.Time
	bodies []body
	at     map[string]int // helper id → index
	nearby map[string]*mode.Measure
	holds  map[string]string // everyday posts: item|place → helper
}

func newPool(s *State, now time.Time) *pool {
	p := &pool{s: s, now: now, at: make(map[string]int, len(s.Helpers)), nearby: map[string]*mode.Measure{}, holds: map[string]string{}}
	for i := range s.Measures {
		if m := &s.Measures[i]; m.InForce(now) && m.Incident == s.Incident.ID {
			if o := p.nearby[m.Path]; o == nil || m.From.After(o.From) || m.From.Equal(o.From) && m.ID > o.ID {
				p.nearby[m.Path] = m
			}
		}
	}
	elsewhere := map[string]bool{}
	for i := range s.Posts {
		o := &s.Posts[i]
		if !open(o, now) {
			continue
		}
		switch o.Incident {
		case s.Incident.ID:
		case "":
			if o.HelperID != "" {
				p.holds[o.Item+"|"+o.PlaceID] = o.HelperID
			}
		default:
			elsewhere[o.HelperID], elsewhere[o.DeputyID] = true, true
		}
	}
	p.bodies = make([]body, 0, len(s.Helpers))
	for i := range s.Helpers {
		h := &s.Helpers[i]
		if _, twice := p.at[h.ID]; twice || h.ID == "" {
			continue
		}
		p.at[h.ID] = len(p.bodies)
		p.bodies = append(p.bodies, p.look(h, elsewhere[h.ID]))
	}
	return p
}

func (p *pool) look(h *people.Helper, taken bool) body {
	b := body{h: h, zone: -1, community: -1, taken: taken, traits: map[string]bool{}}
	chain := territory.Ancestors(h.Path)
	b.above = true
	for i := len(chain) - 1; i >= 0; i-- {
		if m := p.nearby[chain[i]]; m != nil && b.zone < 0 {
			for z := range p.s.Playbook.Zones {
				if p.s.Playbook.Zones[z].ID == m.Zone {
					b.zone = z
				}
			}
		}
		j := p.s.Ground.Find(chain[i])
		if j < 0 {
			continue
		}
		s := &p.s.Ground.Spots[j]
		switch s.Kind {
		case territory.Door, territory.Unit, territory.Building, territory.Apartment:
			b.above = false
		case territory.Community:
			b.community = j
		}
		if b.lng == 0 && b.lat == 0 {
			b.lng, b.lat = s.Lng, s.Lat
		}
	}
	if x := p.s.Others.Closed(h.Path); x != nil && !b.above && (b.zone < 0 || !p.s.Playbook.Zones[b.zone].Evacuate) {
		b.area, b.enter = x.Measure.ID, x.Zone.Enter
	}
	for _, t := range h.Trained {
		b.traits[t], _ = h.Holds(t, p.now)
	}
	for _, t := range h.Passes {
		b.traits[t.Qualification], _ = h.Holds(t.Qualification, p.now)
	}
	for _, t := range h.Skills {
		b.traits[t] = true
	}
	b.traits["party-member"], b.traits["phone-skilled"], b.traits["standing"] = h.Party, h.PhoneUser, h.Standing
	b.item, b.base = make([]miss, len(p.s.Playbook.Posts)), make([]int32, len(p.s.Playbook.Posts))
	for i := range p.s.Playbook.Posts {
		b.item[i] = p.qualified(&b, &p.s.Playbook.Posts[i].Require, taken)
		b.base[i] = p.worth(&b, &p.s.Playbook.Posts[i].Prefer)
	}
	return b
}

func listed(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// qualified asks the gate what a post requires of the person alone. Who is on a
// post elsewhere is said after their kind and whether they are there at all.
func (p *pool) qualified(b *body, r *mode.Require, taken bool) miss {
	l, lacks := people.FirstLack(b.h, r, p.now)
	if !lacks {
		if taken {
			return busy
		}
		return fit
	}
	if m := gate[l.Code]; m < busy || !taken {
		return m
	}
	return busy
}

// scale is what a weight of one is worth in cost.
const scale = 1000

// worth is the part of the cost that does not depend on the place: less is
// better, 0 is the best there can be.
func (p *pool) worth(b *body, f *mode.Prefer) int32 {
	cost := 0.0
	if f.AgeWeight > 0 {
		off := 1.0
		if age := b.h.Age(p.now); age >= 0 {
			off = math.Min(1, math.Abs(float64(age-f.AgeIdeal))/40)
		}
		cost += f.AgeWeight * off
	}
	for _, w := range f.Has {
		if w.Trait != "incumbent" && !b.traits[w.Trait] {
			cost += w.Weight
		}
	}
	return int32(cost * scale)
}

// abroad says whether the closed zones of other incidents stand between a helper
// and a post: nobody crosses their border either, except the kinds they let in.
// To where people must leave, everybody may come and help.
func (p *pool) abroad(b *body, g *group) miss {
	if g.zone >= 0 && p.s.Playbook.Zones[g.zone].Evacuate || b.area == g.area {
		return fit
	}
	if b.area != "" && !listed(b.enter, b.h.Kind) {
		return confined
	}
	if g.area != "" && !listed(g.enter, b.h.Kind) && !b.above {
		return outside
	}
	return fit
}

// crossing says whether a helper may serve in a zone (-1: none) of a community:
// nobody crosses the border of a closed zone, except the kinds it lets in. Who is
// registered at a place above dwellings counts as living in the part of it that
// the zone covers.
func (p *pool) crossing(b *body, zone, community int) miss {
	zones := p.s.Playbook.Zones
	if b.zone >= 0 && b.zone != zone && zones[b.zone].Closed && !listed(zones[b.zone].Enter, b.h.Kind) {
		return confined
	}
	if zone < 0 || !zones[zone].Closed || listed(zones[zone].Enter, b.h.Kind) {
		return fit
	}
	if b.zone == zone && b.community == community {
		return fit
	}
	if b.above && (b.community == community || b.community < 0) {
		for path, m := range p.nearby {
			if m.Zone == zones[zone].ID && territory.Inside(path, b.h.Path) {
				return fit
			}
		}
	}
	return outside
}

// closedAt is the path of the closed zone of this incident that a path lies in, or
// empty.
func (p *pool) closedAt(path string, zone int) string {
	if zone < 0 || !p.s.Playbook.Zones[zone].Closed {
		return ""
	}
	chain := territory.Ancestors(path)
	for i := len(chain) - 1; i >= 0; i-- {
		if m := p.nearby[chain[i]]; m != nil && m.Zone == p.s.Playbook.Zones[zone].ID {
			return m.Path
		}
	}
	return ""
}

// unborne says whether somebody said that the posts of a group are not for them,
// whatever else they lack: they are not asked.
func (m *matcher) unborne(i int32, g *group) bool {
	h := m.bodies[i].h
	if len(h.Limits) == 0 {
		return false
	}
	for _, l := range people.Lacks(h, m.s.Playbook.Posts[g.item].Require, m.now) {
		if l.Code == people.LackBears {
			return true
		}
	}
	return false
}
