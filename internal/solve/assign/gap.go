package assign

import "sort"

// Shortage is a set of posts that compete for a set of people who are too few:
// nobody outside People may fill any of Posts, all of People already do, and
// together the posts have Seats open seats (pinned ones not counted). Seats is
// larger than the number of People, so no arrangement fills them all. People is
// empty when nobody may fill the post at all.
type Shortage struct {
	Posts, People []int32
	Seats         int
}

// Gap is a post with empty seats: how many, which shortage explains it (an index
// into Solution.Shortages), and up to three people to ask, best first.
type Gap struct {
	Post       int32
	Empty      int32
	Shortage   int32
	Candidates []Candidate
}

// Effect says what asking a candidate would bring.
type Effect int8

// The effects, best first: a free person fills a seat; a person is moved and can
// be replaced where they were; a person is moved and leaves a seat empty there.
const (
	Fills Effect = iota
	Moves
	Swaps
)

// Candidate is a person to ask for a post that stays empty. From is the post they
// fill now, -1 when free. Near says that an obstacle stands in the way, which
// Reason names in the caller's words; otherwise the person is eligible and used
// elsewhere. Score runs from 0 to 1000.
type Candidate struct {
	Person, From int32
	Near         bool
	Reason       string
	Effect       Effect
	Cost         int64
	Score        int32
}

// wanted is how many candidates a gap names.
const wanted = 3

// explain finds, for every post with an empty seat, who is short and whom to ask.
func (s *Solution) explain() {
	s.Gaps, s.Shortages = nil, nil
	if s.Empty == 0 {
		return
	}
	posts := len(s.problem.Need)
	near, nearAt := s.nearByPost()
	easy := s.replaceable()
	least, most := s.costs()
	of := make([]int32, posts) // one more than the shortage whose first post this was
	inPost, inPerson := make([]int32, posts), make([]int32, s.problem.People)
	for i := range s.pool.links {
		empty := s.pool.links[i].flow
		if empty == 0 {
			continue
		}
		h := int32(i)
		number := s.shortage(h, of, inPost, inPerson)
		gap := Gap{Post: h, Empty: int32(empty), Shortage: number}
		gap.Candidates = s.candidates(h, near[nearAt[i]:nearAt[i+1]], easy, least, most)
		s.Gaps = append(s.Gaps, gap)
	}
}

// shortage returns the number of the shortage that explains post h. It follows
// the people who may fill h to the posts they fill, and so on: whatever is reached
// competes with h. When that leads to the first post of an earlier shortage that
// itself contains h, both are the same set.
func (s *Solution) shortage(h int32, of, inPost, inPerson []int32) int32 {
	q := s.pool
	number := int32(len(s.Shortages))
	mark := h + 1
	found := Shortage{Posts: []int32{h}}
	inPost[h] = mark
	for i := 0; i < len(found.Posts); i++ {
		w := found.Posts[i]
		found.Seats += int(q.demand[w])
		if k := of[w] - 1; k >= 0 && w != h && contains(s.Shortages[k].Posts, h) {
			of[h] = k + 1
			return k
		}
		for _, a := range q.askers[q.askerAt[w]:q.askerAt[w+1]] {
			at := q.at[a.person].hub
			if at < 0 || inPerson[a.person] == mark {
				continue
			}
			inPerson[a.person] = mark
			found.People = append(found.People, a.person)
			if inPost[at] != mark {
				inPost[at] = mark
				found.Posts = append(found.Posts, at)
			}
		}
	}
	sortNumbers(found.Posts)
	sortNumbers(found.People)
	of[h] = number + 1
	s.Shortages = append(s.Shortages, found)
	return number
}

// replaceable says of each post whether somebody who leaves it can be replaced,
// directly or by a chain of moves, without emptying another seat.
func (s *Solution) replaceable() []bool {
	q, posts := s.pool, int32(len(s.problem.Need))
	easy := make([]bool, posts+1)
	at := make([]int32, posts+2) // people by where they are
	for _, w := range q.at {
		if w.hub >= 0 {
			at[w.hub+1]++
		}
	}
	next := starts(at)
	who := make([]int32, at[posts+1])
	for i, w := range q.at {
		if w.hub >= 0 {
			who[next[w.hub]] = int32(i)
			next[w.hub]++
		}
	}
	queue := []int32{posts}
	easy[posts] = true
	for len(queue) > 0 {
		h := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, i := range who[at[h]:at[h+1]] {
			for _, o := range q.offers[q.offerAt[i]:q.offerAt[i+1]] {
				if !easy[o.hub] {
					easy[o.hub] = true
					queue = append(queue, o.hub)
				}
			}
		}
	}
	return easy
}

// nearByPost sorts the near misses by post; those of post i stand from at[i] to
// at[i+1].
func (s *Solution) nearByPost() ([]Near, []int32) {
	at := make([]int32, len(s.problem.Need)+1)
	for _, n := range s.problem.Near {
		at[n.Post+1]++
	}
	next := starts(at)
	out := make([]Near, len(s.problem.Near))
	for _, n := range s.problem.Near {
		out[next[n.Post]] = n
		next[n.Post]++
	}
	return out, at
}

// costs is the least and the largest cost that a candidate can have.
func (s *Solution) costs() (int64, int64) {
	least, most, first := int64(0), int64(0), true
	see := func(c int64) {
		if first || c < least {
			least = c
		}
		if first || c > most {
			most = c
		}
		first = false
	}
	for _, o := range s.problem.Offers {
		see(o.Cost)
	}
	for _, o := range s.problem.Near {
		see(o.Cost)
	}
	return least, most
}

// candidates ranks whom to ask for post h: by effect, then by cost, then by
// number; nobody twice, nobody pinned, nobody who dropped out.
func (s *Solution) candidates(h int32, near []Near, easy []bool, least, most int64) []Candidate {
	var all []Candidate
	consider := func(person int32, cost int64, reason string, isNear bool) {
		if s.pinned[person] >= 0 || s.gone != nil && s.gone[person] || s.PostOf[person] == h {
			return
		}
		c := Candidate{Person: person, From: s.PostOf[person], Near: isNear, Reason: reason, Cost: cost, Effect: Swaps}
		switch {
		case c.From < 0:
			c.Effect = Fills
		case easy[c.From]:
			c.Effect = Moves
		}
		worse := int32(0)
		if most > least {
			worse = int32(float64(cost-least) / float64(most-least) * 299)
		}
		c.Score = 1000 - 300*int32(c.Effect) - worse
		all = append(all, c)
	}
	for _, n := range near {
		consider(n.Person, n.Cost, n.Reason, true)
	}
	q := s.pool
	for _, a := range q.askers[q.askerAt[h]:q.askerAt[h+1]] {
		consider(a.person, int64(a.cost), "", false)
	}
	sort.SliceStable(all, func(i, j int) bool {
		a, b := &all[i], &all[j]
		if a.Effect != b.Effect {
			return a.Effect < b.Effect
		}
		if a.Cost != b.Cost {
			return a.Cost < b.Cost
		}
		if a.Person != b.Person {
			return a.Person < b.Person
		}
		return a.Reason < b.Reason
	})
	out := make([]Candidate, 0, wanted)
	for _, c := range all {
		twice := false
		for _, o := range out {
			twice = twice || o.Person == c.Person
		}
		if !twice {
			if out = append(out, c); len(out) == wanted {
				break
			}
		}
	}
	return out
}

// contains says whether the sorted list has x.
func contains(list []int32, x int32) bool {
	i := sort.Search(len(list), func(i int) bool { return list[i] >= x })
	return i < len(list) && list[i] == x
}

// sortNumbers sorts in place.
func sortNumbers(list []int32) {
	sort.Slice(list, func(i, j int) bool { return list[i] < list[j] })
}
