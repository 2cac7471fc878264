package shift

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"shouwang/internal/people"
	"shouwang/internal/solve/roster"
	"shouwang/internal/territory"
)

// How far people are sent. Up to so many people times stands everybody is offered
// every stand that they may hold; beyond, a stand is offered to the nearest, at least
// so many and so many times those it needs, abroad times as many where fewer live
// there, and farther to many more where people are missing.
const (
	wholeAsk = 6000
	fewest   = 12
	spare    = 3
	farther  = 16
	abroad   = 3
)

// able lists by rule the helpers who may hold a post of it all the days, by path.
func (a *Ask) able(d *Draft) map[*Rule][]int {
	order := make([]int, len(a.Helpers))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return strings.Compare(a.Helpers[x].Path, a.Helpers[y].Path) })
	end := a.Midnight.AddDate(0, 0, a.Days)
	out := map[*Rule][]int{}
	for j := range d.Stands {
		r := d.Stands[j].Rule
		if _, done := out[r]; done {
			continue
		}
		out[r] = []int{}
		for _, i := range order {
			h := &a.Helpers[i]
			if _, lacks := people.FirstLack(h, &r.Require, a.Midnight); lacks {
				continue
			}
			if _, lacks := people.FirstLack(h, &r.Require, end); lacks || r.Shifts.MinAge > 0 && h.Age(a.Midnight) < r.Shifts.MinAge || r.Shifts.Length > r.Shifts.LongestFor(h.Kind) {
				continue
			}
			out[r] = append(out[r], i)
		}
	}
	return out
}

// offers says by helper which stands they are offered.
func (a *Ask) offers(d *Draft, w *work, more []int) [][]int {
	able := a.able(d)
	out := make([][]int, len(a.Helpers))
	pairs := 0
	for j := range d.Stands {
		pairs += len(able[d.Stands[j].Rule])
	}
	if w.whole = pairs <= wholeAsk; w.whole {
		for j := range d.Stands {
			for _, i := range able[d.Stands[j].Rule] {
				out[i] = append(out[i], j)
			}
		}
		return out
	}
	need := make([]int, len(d.Stands))
	for i := range d.Shifts {
		if s := &d.Shifts[i]; s.State == Open {
			need[w.stand[s.at()]]++
		}
	}
	reach := make([]string, len(d.Stands))
	count := make([]int, len(d.Stands))
	for _, j := range a.homeFirst(d, able) {
		run := max(d.Stands[j].Rule.Shifts.InARow, 1)
		want := more[j] * max(fewest, spare*(need[j]*(run+1)/(a.Days*run)+1))
		if lo, hi := a.under(able[d.Stands[j].Rule], d.Stands[j].Path); hi-lo < fewest {
			want *= abroad // so that what few live near is shared by many teams
		}
		var near []int
		near, reach[j] = a.nearest(d.Stands[j].Path, able[d.Stands[j].Rule], want, out)
		for _, i := range near {
			out[i] = append(out[i], j)
		}
		count[j] = len(near)
	}
	a.others(d, able, out, reach, count)
	return out
}

// homeFirst orders the stands: those with people of their own before those that have to
// look for theirs farther away, so that by then it is known who has how much to do.
func (a *Ask) homeFirst(d *Draft, able map[*Rule][]int) []int {
	order, home := make([]int, len(d.Stands)), make([]int, len(d.Stands))
	for j := range order {
		lo, hi := a.under(able[d.Stands[j].Rule], d.Stands[j].Path)
		order[j], home[j] = j, min(hi-lo, fewest)
	}
	slices.SortStableFunc(order, func(x, y int) int { return home[y] - home[x] })
	return order
}

// evenly orders people so that those with the fewest offers come first, and of each
// set of people who have the same offers one before the second of any: whoever helps
// out elsewhere then comes from many teams, and each has little more to do.
func evenly(ring []int, has [][]int) {
	turn, count := make(map[int]int, len(ring)), map[string]int{}
	for _, i := range ring {
		key := fmt.Sprint(has[i])
		turn[i] = count[key]
		count[key]++
	}
	slices.SortStableFunc(ring, func(x, y int) int {
		return cmp.Or(cmp.Compare(len(has[x]), len(has[y])), cmp.Compare(turn[x], turn[y]))
	})
}

// nearest are the people nearest to a path, by the places they share with it; of
// those equally near who have the fewest offers, from as many teams as can be. reach
// is the place they lie in.
func (a *Ask) nearest(path string, able []int, want int, has [][]int) (near []int, reach string) {
	up := territory.Ancestors(path)
	from, until := 0, 0
	for n := len(up) - 1; n >= -1 && len(near) < want; n-- {
		if reach = ""; n >= 0 {
			reach = up[n]
		}
		lo, hi := a.under(able, reach)
		ring := slices.Clone(able[lo:hi])
		if until > from {
			ring = append(slices.Clone(able[lo:from]), able[until:hi]...)
		}
		if from, until = lo, hi; len(ring) > want-len(near) {
			evenly(ring, has)
			ring = ring[:want-len(near)]
		}
		near = append(near, ring...)
	}
	return near, reach
}

// under is the range of people, listed by path, who live at a path or below.
func (a *Ask) under(able []int, path string) (lo, hi int) {
	from, until := territory.Range(path)
	at := func(end string) int {
		n, _ := slices.BinarySearchFunc(able, end, func(i int, s string) int { return strings.Compare(a.Helpers[i].Path, s) })
		return n
	}
	return at(from), at(until)
}

// others offers one stand to whoever has none and lives as near as those who have:
// everybody gets a turn.
func (a *Ask) others(d *Draft, able map[*Rule][]int, out [][]int, reach []string, count []int) {
	done := map[*Rule]bool{}
	for first := range d.Stands {
		r := d.Stands[first].Rule
		if done[r] {
			continue
		}
		done[r] = true
		by := map[string][]int{}
		for j := range d.Stands {
			if d.Stands[j].Rule == r {
				by[reach[j]] = append(by[reach[j]], j)
			}
		}
		for _, i := range able[r] {
			if len(out[i]) > 0 {
				continue
			}
			up := territory.Ancestors(a.Helpers[i].Path)
			for n := len(up) - 1; n >= 0 && len(out[i]) == 0; n-- {
				if here := by[up[n]]; len(here) > 0 {
					j := slices.MinFunc(here, func(x, y int) int { return count[x] - count[y] })
					out[i] = append(out[i], j)
					count[j]++
				}
			}
		}
	}
}

// far says how far from home a stand is, in steps of the tree.
func far(home, path string) int {
	steps := 0
	for _, p := range territory.Ancestors(path) {
		if !territory.Inside(home, p) {
			steps++
		}
	}
	return steps
}

// group are people whom stands connect, and those stands.
type group struct{ people, posts []int }

// groups divides a problem into what has nothing to do with each other.
func (w *work) groups() (out []group) {
	root := make([]int, len(w.able))
	for j := range root {
		root[j] = j
	}
	var top func(j int) int
	top = func(j int) int {
		if root[j] != j {
			root[j] = top(root[j])
		}
		return root[j]
	}
	for _, p := range w.p.People {
		for _, o := range p.Offers[1:] {
			root[top(o.Post)] = top(p.Offers[0].Post)
		}
	}
	at := map[int]int{}
	for j := range root {
		k := top(j)
		if _, ok := at[k]; !ok {
			at[k] = len(out)
			out = append(out, group{})
		}
		out[at[k]].posts = append(out[at[k]].posts, j)
	}
	for i, p := range w.p.People {
		g := &out[at[top(p.Offers[0].Post)]]
		g.people = append(g.people, i)
	}
	return slices.DeleteFunc(out, func(g group) bool { return len(g.people) == 0 })
}

// short says which stands lack people in a roster, and how many more to offer them to.
func (w *work) short(d *Draft, plan roster.Roster) (more []int, short bool) {
	left := make([]int, len(d.Stands))
	for _, q := range w.p.Demands {
		if q.Skill < 0 {
			left[q.Post] += q.Need
		}
	}
	for _, line := range plan {
		for _, x := range line {
			if x.Post >= 0 {
				left[x.Post]--
			}
		}
	}
	more = make([]int, len(left))
	for j := range more {
		if more[j] = 1; left[j] > 0 {
			more[j], short = farther, true
		}
	}
	return more, short
}
