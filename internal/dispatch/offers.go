package dispatch

import (
	"math"
	"slices"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/solve/assign"
	"shouwang/internal/territory"
)

// group is the slots of one item at one part of a place: they are alike, so the
// solver sees them as one post with a need.
type group struct {
	item      int
	spot      int
	zone      int    // index in Playbook.Zones, -1 without zone
	community int    // spot index, -1 when the ground has none above
	area      string // measure of another incident that closes the place, or empty
	enter     []string
	closed    string // path of the closed zone that it lies in, or empty
	slots     []int
	class     *class
	wide      bool // every eligible helper has been offered
}

// class is the helpers who may fill an item in a zone of a community: whether a
// helper may does not depend on more than that.
type class struct {
	all    []int32         // eligible, by index
	byComm map[int][]int32 // the same by community; -1 holds those above or elsewhere
	missed map[int]*[misses]int
}

type classKey struct {
	item, zone, community int
	area, closed          string
}

// stay is what it is worth to leave a person where they are: more than any
// preference, so that a new plan is the smallest difference, and less than a
// filled post.
const stay = -5_000_000

// matcher turns slots and helpers into a problem for the solver and back.
type matcher struct {
	*pool
	want    *mode.Desired
	groups  []group
	classes map[classKey]*class
	held    map[int32]int // helper → group they hold a post of now
	seatOf  map[int32]int // helper → slot they hold now
	groupAt []int32       // slot → group
}

func newMatcher(p *pool, want *mode.Desired) *matcher {
	m := &matcher{pool: p, want: want, classes: map[classKey]*class{}, held: map[int32]int{}, seatOf: map[int32]int{}}
	zoneAt := map[string]int{"": -1}
	for i, z := range p.s.Playbook.Zones {
		zoneAt[z.ID] = i
	}
	type key struct {
		item, spot int
		zone       string
	}
	at := map[key]int{}
	lastSpot, lastComm := -1, -1
	for i := range want.Slots {
		s := &want.Slots[i]
		k := key{s.Item, s.Spot, s.Zone}
		g, ok := at[k]
		if !ok {
			if s.Spot != lastSpot {
				lastSpot, lastComm = s.Spot, p.s.Ground.Above(p.s.Ground.Spots[s.Spot].Path, territory.Community)
			}
			g = len(m.groups)
			at[k] = g
			n := group{item: s.Item, spot: s.Spot, zone: zoneAt[s.Zone], community: lastComm}
			if x := p.s.Others.Closed(p.s.Ground.Spots[s.Spot].Path); x != nil {
				n.area, n.enter, n.closed = x.Measure.ID, x.Zone.Enter, x.Measure.Path
			}
			if at := p.closedAt(p.s.Ground.Spots[s.Spot].Path, n.zone); at != "" {
				n.closed = at
			}
			m.groups = append(m.groups, n)
			m.groups[g].class = m.classOf(&m.groups[g])
		}
		m.groups[g].slots = append(m.groups[g].slots, i)
	}
	return m
}

func (m *matcher) classOf(g *group) *class {
	k := classKey{item: g.item, zone: g.zone, community: -2, area: g.area}
	if len(m.s.Stays) > 0 {
		k.closed = g.closed
	}
	if g.zone >= 0 && m.s.Playbook.Zones[g.zone].Closed {
		k.community = g.community
	}
	if c := m.classes[k]; c != nil {
		return c
	}
	c := &class{byComm: map[int][]int32{}, missed: map[int]*[misses]int{}}
	for i := range m.bodies {
		why := m.fits(i, g)
		b := &m.bodies[i]
		if why == fit {
			c.all = append(c.all, int32(i))
			c.byComm[b.community] = append(c.byComm[b.community], int32(i))
			continue
		}
		if why != otherKind {
			if c.missed[b.community] == nil {
				c.missed[b.community] = new([misses]int)
			}
			c.missed[b.community][why]++
		}
	}
	m.classes[k] = c
	return c
}

// fits says what stands between a helper and the posts of a group.
func (m *matcher) fits(i int, g *group) miss {
	b := &m.bodies[i]
	if why := b.item[g.item]; why != fit {
		return why
	}
	return m.across(b, g)
}

// across asks the gate whether a border stands between a helper and the posts of a
// group: of this incident's zones, of another's, or of one they just served in.
func (m *matcher) across(b *body, g *group) miss {
	w := m.way(b, g)
	if lacks := w.Lacks(m.now); len(lacks) > 0 {
		return gate[lacks[0].Code]
	}
	return fit
}

// way is what the borders of closed zones put between a helper and the posts of a
// group.
func (m *matcher) way(b *body, g *group) people.Way {
	why := m.abroad(b, g)
	if why == fit {
		why = m.crossing(b, g.zone, g.community)
	}
	w := people.Way{Confined: why == confined, Outside: why == outside, Closed: g.closed, Stays: m.s.Stays[b.h.ID]}
	if s := m.s.Playbook.Posts[g.item].Shifts; s != nil {
		w.Apart = s.Apart
	}
	return w
}

// cost is what a helper costs at a group's posts, in thousandths of a weight.
func (m *matcher) cost(i int32, g *group) int64 {
	b, s := &m.bodies[i], &m.s.Ground.Spots[g.spot]
	prefer := &m.s.Playbook.Posts[g.item].Prefer
	c := float64(b.base[g.item])
	if prefer.Near > 0 {
		c += prefer.Near * scale * m.far(b, s)
	}
	for _, w := range prefer.Has {
		if w.Trait == "incumbent" && m.holds[m.s.Playbook.Posts[g.item].ID+"|"+s.ID] != b.h.ID {
			c += w.Weight * scale
		}
	}
	return int64(c)
}

// far runs from 0 (lives in the place itself) by a quarter for each level up to
// the first place that holds both, and within a level by distance, 3 km at most.
func (m *matcher) far(b *body, s *mode.Spot) float64 {
	up, common := 0, 0
	for i := 0; i < len(s.Path) && i < len(b.h.Path) && s.Path[i] == b.h.Path[i]; i++ {
		if s.Path[i] == '.' {
			common = i + 1
		}
	}
	for _, c := range s.Path[common:] {
		if c == '.' {
			up++
		}
	}
	f := 0.25 * float64(min(up, 4))
	if b.lng != 0 && s.Lng != 0 && up > 0 {
		dx := (b.lng - s.Lng) * 111 * math.Cos(s.Lat*math.Pi/180)
		dy := (b.lat - s.Lat) * 111
		f += 0.2 * math.Min(1, math.Sqrt(dx*dx+dy*dy)/3)
	}
	return f
}

type ranked struct {
	key uint64
	who int32
}

// near picks the n cheapest of the helpers close by: the same community and those
// stationed above it, everybody when these are too few. Ties go by the seed.
func (m *matcher) near(g int, n int) []ranked {
	gr := &m.groups[g]
	c := gr.class
	var out []ranked
	add := func(list []int32) {
		for _, i := range list {
			out = append(out, ranked{uint64(m.cost(i, gr))<<24 | mix(m.s.Seed, uint64(g), uint64(i))&0xffffff, i})
		}
	}
	if close := len(c.byComm[gr.community]) + len(c.byComm[-1]); len(c.all) <= n || close < n && len(c.all) <= 2*n {
		add(c.all)
	} else {
		add(c.byComm[gr.community])
		if gr.community >= 0 {
			add(c.byComm[-1])
		}
		if len(out) < n { // too few at hand: some of the rest, spread by the seed
			step := max(1, len(c.all)/(2*n))
			for i := int(mix(m.s.Seed, uint64(g), 7) % uint64(step)); i < len(c.all); i += step {
				if b := &m.bodies[c.all[i]]; b.community != gr.community && b.community != -1 {
					add(c.all[i : i+1])
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b ranked) int {
		if a.key != b.key {
			if a.key < b.key {
				return -1
			}
			return 1
		}
		return int(a.who - b.who)
	})
	if len(out) >= len(c.all) && len(out) <= n {
		gr.wide = true
	}
	return out[:min(n, len(out))]
}

func mix(a, b, c uint64) uint64 {
	z := a*0x9E3779B97F4A7C15 ^ b*0xBF58476D1CE4E5B9 ^ c*0x94D049BB133111EB
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// matched is who fills each slot (an index of bodies, -1 for nobody), and what
// the solver says of the groups that stay short.
type matched struct {
	who []int32
	sol *assign.Solution
}

// match fills as many slots as can be filled, then makes the cost least. Each
// group is offered its nearest first; where more seats stay empty than must, the
// posts of the shortage are offered more people, in the end everybody eligible.
// taken helpers are not offered; fixed pairs slot → helper hold as they are.
func (m *matcher) match(fixed map[int]int32, need func(slot int) bool, taken map[int32]bool) (*matched, error) {
	p := &assign.Problem{People: len(m.bodies), Need: make([]int32, len(m.groups)), Seed: m.s.Seed}
	lists := make([][]ranked, len(m.groups))
	for g := range m.groups {
		for _, slot := range m.groups[g].slots {
			if need(slot) {
				p.Need[g]++
			}
			if who, ok := fixed[slot]; ok {
				p.Pins = append(p.Pins, assign.Pin{Person: who, Post: int32(g)})
			}
		}
		m.groups[g].wide = false
		if p.Need[g] > 0 {
			lists[g] = m.near(g, 12+6*int(p.Need[g]))
		}
	}
	fewest, err := m.fewest(p, taken)
	if err != nil {
		return nil, err
	}
	var sol *assign.Solution
	for times := 4; ; times *= 4 {
		p.Offers = m.offers(lists, taken)
		if sol, err = assign.Assign(p); err != nil {
			return nil, ErrSolve.With().Because(err)
		}
		if sol.Empty <= fewest || !m.widen(sol, lists, times) {
			break
		}
	}
	return m.seat(sol, p, fixed, need), nil
}

// offers lists who may fill what; whoever holds a post of the group already
// stays unless a post would be lost.
func (m *matcher) offers(lists [][]ranked, taken map[int32]bool) []assign.Offer {
	n := 0
	for _, l := range lists {
		n += len(l) + 1
	}
	out := make([]assign.Offer, 0, n)
	for g, l := range lists {
		for _, r := range l {
			if taken[r.who] {
				continue
			}
			if held, ok := m.held[r.who]; ok && held == g {
				continue
			}
			out = append(out, assign.Offer{Person: r.who, Post: int32(g), Cost: int64(r.key >> 24)})
		}
	}
	for who := range m.bodies { // in order of number, so that the problem is the same each time
		if g, ok := m.held[int32(who)]; ok && !taken[int32(who)] {
			out = append(out, assign.Offer{Person: int32(who), Post: int32(g), Cost: stay})
		}
	}
	return out
}

// widen offers more people to the posts that stay short, in the end everybody
// eligible, and says whether that changed anything.
func (m *matcher) widen(sol *assign.Solution, lists [][]ranked, times int) bool {
	grown := false
	seen := make([]bool, len(m.groups)) // shortages overlap
	for _, s := range sol.Shortages {
		for _, g := range s.Posts {
			gr := &m.groups[g]
			if gr.wide || seen[g] {
				continue
			}
			seen[g] = true
			var l []ranked
			if times < 64 {
				l = m.near(int(g), times*len(lists[g]))
			}
			if len(l) <= len(lists[g]) {
				gr.wide = true
				l = make([]ranked, 0, len(gr.class.all))
				for _, i := range gr.class.all {
					l = append(l, ranked{uint64(m.cost(i, gr)) << 24, i})
				}
			}
			if len(l) > len(lists[g]) {
				lists[g], grown = l, true
			}
		}
	}
	return grown
}

// seat puts the people of each group on its slots: whoever holds one keeps it,
// the rest follow in order of slot and number.
func (m *matcher) seat(sol *assign.Solution, p *assign.Problem, fixed map[int]int32, need func(int) bool) *matched {
	out := &matched{who: make([]int32, len(m.want.Slots)), sol: sol}
	for i := range out.who {
		out.who[i] = -1
	}
	by := make([][]int32, len(m.groups))
	onPin := map[int32]bool{}
	for _, x := range p.Pins {
		onPin[x.Person] = true
	}
	for who, g := range sol.PostOf {
		if g >= 0 && !onPin[int32(who)] {
			by[g] = append(by[g], int32(who))
		}
	}
	for slot, who := range fixed {
		out.who[slot] = who
	}
	for g := range m.groups {
		rest := by[g][:0]
		for _, who := range by[g] {
			if slot, ok := m.seatOf[who]; ok && m.held[who] == g && out.who[slot] < 0 && need(slot) {
				out.who[slot] = who
				continue
			}
			rest = append(rest, who)
		}
		for _, slot := range m.groups[g].slots {
			if len(rest) > 0 && out.who[slot] < 0 && need(slot) {
				out.who[slot], rest = rest[0], rest[1:]
			}
		}
	}
	return out
}
