package assign

import (
	"fmt"
	"math"
	"slices"
)

// Bands is who may fill what where people come in bands of several who are alike:
// a band has one cost for each post, for all of its people. Offer.Person is the
// number of a band. Most is the largest cost, either sign, that any offer made now
// or later may have.
type Bands struct {
	Sizes  []int32
	Need   []int32
	Offers []Offer
	Most   int64
}

// Part is how many people of a band stand at one post.
type Part struct{ Post, People int32 }

// Muster is where bands stand: it fills as many seats as can be filled and, among
// those, costs least over the offers. Parts are by band and by post; people whom
// nobody needs are in none. It keeps its prices, so that further offers and bands
// that leave are taken in without beginning anew.
type Muster struct {
	Parts [][]Part
	Empty []int32 // by post: seats that nobody fills
	Cost  int64

	sizes  []int32
	need   []int32
	offers []Offer
	lists  *bandLists
	at     [][]stand
	hubs   []hub // the posts, and behind them the reserve
	absent int64
	heap   heap
	seen   []int32
}

// stand is people of a band at one hub.
type stand struct{ hub, cost, people int32 }

// bandLists are the offers from both sides; they are shared by repairs.
type bandLists struct {
	offers  []offer
	offerAt []int32
	askers  []asker
	askerAt []int32
}

// Send solves the problem. It returns ErrShape when a number names nobody or is
// below zero, and ErrOverflow when a cost is above Most or Most leaves 31 bits.
func Send(b *Bands) (*Muster, error) {
	if b.Most < 0 || b.Most > math.MaxInt32 || len(b.Need) > math.MaxInt32-2 || len(b.Sizes) > math.MaxInt32-2 {
		return nil, fmt.Errorf("%w: the largest cost is %d", ErrOverflow, b.Most)
	}
	posts := len(b.Need)
	m := &Muster{sizes: slices.Clone(b.Sizes), need: slices.Clone(b.Need), hubs: make([]hub, posts+1), at: make([][]stand, len(b.Sizes))}
	for i, n := range b.Need {
		if n < 0 {
			return nil, fmt.Errorf("%w: post %d needs %d people", ErrShape, i, n)
		}
		m.hubs[i].excess = -int64(n)
	}
	for i, n := range b.Sizes {
		if n < 0 {
			return nil, fmt.Errorf("%w: band %d has %d people", ErrShape, i, n)
		}
		if n > 0 {
			m.at[i] = []stand{{int32(posts), 0, n}}
		}
	}
	m.absent = 2*(int64(posts)+2)*b.Most + 1
	m.Empty = make([]int32, posts)
	for i := range m.hubs {
		m.hubs[i].dist = never
		if i < posts {
			m.hubs[i].price = b.Most // nobody is drawn from the reserve by the first prices
		}
	}
	if err := m.take(b.Offers, b.Most); err != nil {
		return nil, err
	}
	m.balance()
	return m, nil
}

// take adds offers and builds the lists anew.
func (m *Muster) take(offers []Offer, most int64) error {
	for i, o := range offers {
		if o.Person < 0 || int(o.Person) >= len(m.sizes) || o.Post < 0 || int(o.Post) >= len(m.need) {
			return fmt.Errorf("%w: offer %d names band %d and post %d", ErrShape, i, o.Person, o.Post)
		}
		if o.Cost > most || o.Cost < -most {
			return fmt.Errorf("%w: offer %d costs %d", ErrOverflow, i, o.Cost)
		}
	}
	twice := make(map[int64]bool, len(m.offers)+len(offers))
	m.offers = append(m.offers[:len(m.offers):len(m.offers)], offers...)
	for _, o := range m.offers {
		k := int64(o.Person)<<32 | int64(o.Post)
		if twice[k] {
			return fmt.Errorf("%w: band %d is offered post %d twice", ErrShape, o.Person, o.Post)
		}
		twice[k] = true
	}
	l := &bandLists{offerAt: make([]int32, len(m.sizes)+1), askerAt: make([]int32, len(m.need)+1), offers: make([]offer, len(m.offers)), askers: make([]asker, len(m.offers))}
	for _, o := range m.offers {
		l.offerAt[o.Person+1]++
		l.askerAt[o.Post+1]++
	}
	nextOffer, nextAsker := starts(l.offerAt), starts(l.askerAt)
	for _, o := range m.offers {
		l.offers[nextOffer[o.Person]] = offer{o.Post, int32(o.Cost)}
		nextOffer[o.Person]++
		l.askers[nextAsker[o.Post]] = asker{o.Person, int32(o.Cost)}
		nextAsker[o.Post]++
	}
	m.lists = l
	return nil
}

// Widen takes further offers in. Bands that one of them draws at the present prices
// go there, and whatever that upsets is put right.
func (m *Muster) Widen(offers []Offer, most int64) error {
	if err := m.take(offers, most); err != nil {
		return err
	}
	best := map[int32]offer{}
	for _, o := range offers {
		if len(m.at[o.Person]) == 0 {
			continue
		}
		worth, had := m.Worth(o.Person)
		if x, ok := best[o.Person]; ok {
			worth = int64(x.cost) + m.hubs[x.hub].price
		}
		if had && o.Cost+m.hubs[o.Post].price < worth {
			best[o.Person] = offer{o.Post, int32(o.Cost)}
		}
	}
	for band := range m.at {
		to, ok := best[int32(band)]
		if !ok {
			continue
		}
		for _, x := range m.at[band] {
			m.hubs[x.hub].excess -= int64(x.people)
			m.hubs[to.hub].excess += int64(x.people)
		}
		m.at[band] = append(m.at[band][:0], stand{to.hub, to.cost, m.sizes[band]})
	}
	m.balance()
	return nil
}

// Leave returns the muster after so many people of a band left, those first whom
// nobody needs. m itself stays as it was.
func (m *Muster) Leave(band, people int32) (*Muster, error) {
	if band < 0 || int(band) >= len(m.sizes) || people < 0 || people > m.sizes[band] {
		return nil, fmt.Errorf("%w: %d people cannot leave band %d", ErrShape, people, band)
	}
	r := &Muster{sizes: slices.Clone(m.sizes), need: m.need, offers: m.offers, lists: m.lists, hubs: slices.Clone(m.hubs), absent: m.absent, Empty: slices.Clone(m.Empty)}
	count := 0
	for _, list := range m.at {
		count += len(list)
	}
	all := make([]stand, 0, count)
	r.at = make([][]stand, len(m.at))
	for i, list := range m.at {
		from := len(all)
		all = append(all, list...)
		r.at[i] = all[from:len(all):len(all)]
	}
	r.sizes[band] -= people
	list := r.at[band]
	slices.SortFunc(list, func(a, b stand) int { return int(b.hub - a.hub) }) // the reserve first
	for i := range list {
		k := min(people, list[i].people)
		people -= k
		list[i].people -= k
		r.hubs[list[i].hub].excess -= int64(k)
	}
	r.at[band] = slices.DeleteFunc(list, func(x stand) bool { return x.people == 0 })
	r.balance()
	return r, nil
}

// Prices returns, for each post, what one more person there is worth less, with the
// reserve's behind them. An offer that was not made is worth making when its cost and
// the price of its post together are below Worth of its band.
func (m *Muster) Prices() []int64 {
	out := make([]int64, len(m.hubs))
	for i := range m.hubs {
		out[i] = m.hubs[i].price
	}
	return out
}

// Worth is what each person of a band costs where they are at the present prices;
// false for a band that has nobody.
func (m *Muster) Worth(band int32) (int64, bool) {
	if len(m.at[band]) == 0 {
		return 0, false
	}
	x := m.at[band][0]
	return int64(x.cost) + m.hubs[x.hub].price, true
}

// Short returns which bands compete for a post with empty seats and which posts they
// compete for: nobody outside of them may fill any of these posts, and all of their
// people already do.
func (m *Muster) Short(post int32) (bands, posts []int32) {
	inBand, inPost := map[int32]bool{}, map[int32]bool{post: true}
	posts = []int32{post}
	for i := 0; i < len(posts); i++ {
		for _, a := range m.lists.askers[m.lists.askerAt[posts[i]]:m.lists.askerAt[posts[i]+1]] {
			if inBand[a.person] || len(m.at[a.person]) == 0 {
				continue
			}
			inBand[a.person] = true
			bands = append(bands, a.person)
			for _, x := range m.at[a.person] {
				if int(x.hub) < len(m.need) && !inPost[x.hub] {
					inPost[x.hub] = true
					posts = append(posts, x.hub)
				}
			}
		}
	}
	sortNumbers(bands)
	sortNumbers(posts)
	return bands, posts
}
