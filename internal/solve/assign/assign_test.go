package assign

import (
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// anyProblem draws a small problem with pins, near misses and doubled offers.
func anyProblem(t *rapid.T) *Problem {
	people, posts := rapid.IntRange(0, 6).Draw(t, "people"), rapid.IntRange(1, 4).Draw(t, "posts")
	p := &Problem{People: people, Need: make([]int32, posts), Seed: rapid.Uint64().Draw(t, "seed")}
	for i := range p.Need {
		p.Need[i] = rapid.Int32Range(0, 3).Draw(t, "need")
	}
	post := rapid.Int32Range(0, int32(posts-1))
	low := rapid.SampledFrom([]int64{0, 0, -5}).Draw(t, "low")
	for i := range int32(people) {
		for range rapid.IntRange(0, 4).Draw(t, "offers") {
			p.Offers = append(p.Offers, Offer{i, post.Draw(t, "post"), rapid.Int64Range(low, 9).Draw(t, "cost")})
		}
		if rapid.IntRange(0, 6).Draw(t, "pin?") == 0 {
			p.Pins = append(p.Pins, Pin{i, post.Draw(t, "pin")})
		}
		if rapid.Bool().Draw(t, "near?") {
			p.Near = append(p.Near, Near{i, post.Draw(t, "near"), rapid.Int64Range(0, 9).Draw(t, "cost"), "untrained"})
		}
	}
	return p
}

// best is brute force: the most seats filled and, for that many, the least cost.
func best(p *Problem, gone map[int32]bool) (int, int64) {
	left := append([]int32(nil), p.Need...)
	pinned := map[int32]bool{}
	filled := 0
	for _, o := range p.Pins {
		if gone[o.Person] {
			continue
		}
		pinned[o.Person] = true
		if left[o.Post] > 0 {
			left[o.Post]--
			filled++
		}
	}
	most, least := -1, int64(0)
	var try func(i int32, filled int, cost int64)
	try = func(i int32, filled int, cost int64) {
		if int(i) == p.People {
			if filled > most || filled == most && cost < least {
				most, least = filled, cost
			}
			return
		}
		try(i+1, filled, cost)
		if pinned[i] || gone[i] {
			return
		}
		for _, o := range p.Offers {
			if o.Person == i && left[o.Post] > 0 {
				left[o.Post]--
				try(i+1, filled+1, cost+o.Cost)
				left[o.Post]++
			}
		}
	}
	try(0, filled, 0)
	return most, least
}

// sound checks everything that must hold of any solution.
func sound(t *rapid.T, s *Solution, gone map[int32]bool) {
	p := s.problem
	most, least := best(p, gone)
	if s.Seats-s.Empty != most || s.Cost != least {
		t.Fatalf("filled %d at %d, brute force %d at %d", s.Seats-s.Empty, s.Cost, most, least)
	}
	if err := Check(s.Certificate()); err != nil {
		t.Fatal(err)
	}
	offered := map[[2]int32]bool{}
	for _, o := range p.Offers {
		offered[[2]int32{o.Person, o.Post}] = true
	}
	pin := map[int32]int32{}
	for _, o := range p.Pins {
		if !gone[o.Person] {
			pin[o.Person] = o.Post
		}
	}
	count, pins := make([]int32, len(p.Need)), make([]int32, len(p.Need))
	for i, w := range s.PostOf {
		i := int32(i)
		if to, ok := pin[i]; ok {
			if w != to {
				t.Fatalf("person %d is pinned to %d and stands at %d", i, to, w)
			}
			pins[w]++
		} else if w >= 0 && (!offered[[2]int32{i, w}] || gone[i]) {
			t.Fatalf("person %d stands at %d without an offer", i, w)
		}
		if w >= 0 {
			count[w]++
		}
	}
	if !reflect.DeepEqual(count, s.Filled) {
		t.Fatalf("filled %v, counted %v", s.Filled, count)
	}
	gaps := 0
	for w, n := range p.Need {
		if count[w] > max(n, pins[w]) {
			t.Fatalf("post %d has %d people for %d seats", w, count[w], n)
		}
		if count[w] < n {
			if gaps == len(s.Gaps) || s.Gaps[gaps].Post != int32(w) || s.Gaps[gaps].Empty != n-count[w] {
				t.Fatalf("post %d lacks %d and has no such gap: %v", w, n-count[w], s.Gaps)
			}
			explained(t, s, s.Gaps[gaps], gone)
			gaps++
		}
	}
	if gaps != len(s.Gaps) {
		t.Fatalf("gaps without an empty seat: %v", s.Gaps)
	}
}

// explained checks a gap's reason (Hall's condition is violated by the very sets
// it names) and its candidates.
func explained(t *rapid.T, s *Solution, g Gap, gone map[int32]bool) {
	p, short := s.problem, s.Shortages[g.Shortage]
	inPosts, inPeople := map[int32]bool{}, map[int32]bool{}
	seats := 0
	for _, w := range short.Posts {
		inPosts[w] = true
		seats += int(s.open(w))
	}
	for _, i := range short.People {
		inPeople[i] = true
		if s.PostOf[i] < 0 || !inPosts[s.PostOf[i]] {
			t.Fatalf("person %d is in the shortage and not at one of its posts", i)
		}
	}
	if !inPosts[g.Post] || seats != short.Seats || seats <= len(short.People) {
		t.Fatalf("gap %v is not explained by %v (%d seats)", g, short, seats)
	}
	asked, able := map[int32]bool{}, map[int32]bool{}
	for _, o := range p.Offers {
		if inPosts[o.Post] && s.pinned[o.Person] < 0 && !gone[o.Person] && !inPeople[o.Person] {
			t.Fatalf("person %d may fill post %d and is not in the shortage", o.Person, o.Post)
		}
		able[o.Person] = able[o.Person] || o.Post == g.Post
	}
	for _, o := range p.Near {
		able[o.Person] = able[o.Person] || o.Post == g.Post
	}
	could := 0
	for i, ok := range able {
		if ok && !gone[i] && s.pinned[i] < 0 && s.PostOf[i] != g.Post {
			could++
		}
	}
	if len(g.Candidates) != min(3, could) {
		t.Fatalf("%d candidates of %d", len(g.Candidates), could)
	}
	for i, c := range g.Candidates {
		if asked[c.Person] || !able[c.Person] || gone[c.Person] || c.From != s.PostOf[c.Person] || c.Near != (c.Reason != "") {
			t.Fatalf("candidate %v", c)
		}
		if i > 0 && g.Candidates[i-1].Score < c.Score || c.Score < 0 || c.Score > 1000 {
			t.Fatalf("candidates are not ranked: %v", g.Candidates)
		}
		if (c.Effect == Fills) != (c.From < 0) {
			t.Fatalf("effect of %v", c)
		}
		asked[c.Person] = true
	}
}

func TestAssignEqualsBruteForce(t *testing.T) {
	many(t, 4000, func(t *rapid.T) {
		s, err := Assign(anyProblem(t))
		if err != nil {
			t.Fatal(err)
		}
		sound(t, s, nil)
	})
}

// The effect a candidate promises is what comes true when the offer is made.
func TestCandidatesKeepTheirPromise(t *testing.T) {
	many(t, 1000, func(t *rapid.T) {
		p := anyProblem(t)
		s, _ := Assign(p)
		for _, g := range s.Gaps {
			for _, c := range g.Candidates {
				q := *p
				q.Pins = append(append([]Pin(nil), p.Pins...), Pin{c.Person, g.Post})
				then, err := Assign(&q)
				if err != nil {
					t.Fatal(err)
				}
				if gain := s.Empty - then.Empty; (gain == 1) != (c.Effect != Swaps) || gain < 0 {
					t.Fatalf("asking %v for post %d changed the empty seats by %d", c, g.Post, gain)
				}
			}
		}
	})
}

func TestRepairEqualsSolvingAnew(t *testing.T) {
	many(t, 3000, func(t *rapid.T) {
		p := anyProblem(t)
		s, err := Assign(p)
		if err != nil {
			t.Fatal(err)
		}
		before := append([]int32(nil), s.PostOf...)
		first, gone := s, map[int32]bool{}
		for range rapid.IntRange(1, 3).Draw(t, "rounds") {
			if p.People == 0 {
				return
			}
			i := rapid.Int32Range(0, int32(p.People-1)).Draw(t, "gone")
			gone[i] = true
			if s, err = Repair(s, i); err != nil {
				t.Fatal(err)
			}
			sound(t, s, gone)
		}
		if !reflect.DeepEqual(before, first.PostOf) {
			t.Fatal("the repair changed the solution it started from")
		}
		sound(t, first, nil)
	})
}

func TestAssignIsDeterministicAndSeeded(t *testing.T) {
	p := &Problem{People: 5, Need: []int32{1, 1}}
	for i := range int32(5) {
		p.Offers = append(p.Offers, Offer{i, 0, 3}, Offer{i, 1, 3})
	}
	chosen := map[int32]bool{}
	for seed := range uint64(40) {
		p.Seed = seed
		a, _ := Assign(p)
		b, _ := Assign(p)
		if !reflect.DeepEqual(a.PostOf, b.PostOf) {
			t.Fatal("the same seed gave two answers")
		}
		for i, w := range a.PostOf {
			if w == 0 {
				chosen[int32(i)] = true
			}
		}
	}
	if len(chosen) < 4 {
		t.Fatalf("over 40 seeds only %d of 5 equal people were ever chosen", len(chosen))
	}
}

func TestAssignRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		p    Problem
		want error
	}{
		"unknown person":   {Problem{People: 1, Need: []int32{1}, Offers: []Offer{{1, 0, 0}}}, ErrShape},
		"unknown post":     {Problem{People: 1, Need: []int32{1}, Offers: []Offer{{0, 1, 0}}}, ErrShape},
		"negative need":    {Problem{People: 1, Need: []int32{-1}}, ErrShape},
		"pinned twice":     {Problem{People: 1, Need: []int32{1, 1}, Pins: []Pin{{0, 0}, {0, 1}}}, ErrShape},
		"unknown pin":      {Problem{People: 1, Need: []int32{1}, Pins: []Pin{{0, 7}}}, ErrShape},
		"unknown near":     {Problem{People: 1, Need: []int32{1}, Near: []Near{{3, 0, 0, ""}}}, ErrShape},
		"cost of 33 bits":  {Problem{People: 1, Need: []int32{1}, Offers: []Offer{{0, 0, 1 << 32}}}, ErrOverflow},
		"cost of -33 bits": {Problem{People: 1, Need: []int32{1}, Offers: []Offer{{0, 0, -1 << 32}}}, ErrOverflow},
	} {
		if _, err := Assign(&c.p); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s, err := Assign(&Problem{})
	if err != nil || s.Seats != 0 {
		t.Fatal(s, err)
	}
	if _, err := Repair(s, 0); !errors.Is(err, ErrShape) {
		t.Fatal(err)
	}
}
