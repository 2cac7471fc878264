package dispatch

import (
	"math"
	"slices"
	"sort"

	"shouwang/internal/mode"
	"shouwang/internal/solve/assign"
)

// askable lists what may stand in the way of a candidate whom it is still worth
// asking, with what the obstacle takes off the score.
var askable = map[miss]float64{untrained: 0.10, lapsed: 0.10, unread: 0.05, noPhone: 0.15, fewHours: 0.20, tooOld: 0.25, unskilled: 0.30}

// gaps explains every empty post: which pool is short, and three people to ask.
func (w *work) gaps(main *matched) []Gap {
	byGroup := map[int32]*assign.Gap{}
	for i := range main.sol.Gaps {
		byGroup[main.sol.Gaps[i].Post] = &main.sol.Gaps[i]
	}
	offered := map[int][]int32{} // free people who nearly fit, for each community and class
	var out []Gap
	for i := range w.want.Slots {
		if main.who[i] >= 0 {
			continue
		}
		s := &w.want.Slots[i]
		g := w.groupOf(i)
		gr := &w.m.groups[g]
		p := &w.s.Playbook.Posts[s.Item]
		spot := &w.s.Ground.Spots[s.Spot]
		gap := Gap{Slot: s.Key, Item: p.ID, Role: p.Role, Title: p.Title, PlaceID: spot.ID,
			Place: w.s.Ground.Names(spot.Path, " · "), Zone: s.Zone}
		if gap.Place == "" {
			gap.Place = spot.Name
		}
		short := byGroup[int32(g)]
		why := w.reason(gr, main.sol, short)
		gap.Reason, gap.Why = why.Text(), why.Kept()
		if len(out) > 0 && out[len(out)-1].Slot != "" && w.groupOf(w.slotOf[out[len(out)-1].Slot]) == g {
			gap.Candidates = out[len(out)-1].Candidates // the slots of one group are alike
		} else {
			gap.Candidates = w.candidates(gr, g, main, short, offered)
		}
		out = append(out, gap)
	}
	return out
}

// reason says which pool is short, in numbers that can be checked: how many
// qualify, for how many posts, and what stands in the way of the others.
func (w *work) reason(g *group, sol *assign.Solution, gap *assign.Gap) Why {
	fitting, seats := 0, 0
	if gap != nil {
		s := &sol.Shortages[gap.Shortage]
		fitting, seats = len(s.People), s.Seats
	}
	out := Why{Fit: fitting, Seats: seats}
	var sum [misses]int
	for c, m := range g.class.missed {
		if c == g.community || c < 0 || g.community < 0 {
			for i, n := range m {
				sum[i] += n
			}
		}
	}
	order := []int{}
	for i, n := range sum {
		if n > 0 {
			order = append(order, i)
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return sum[order[a]] > sum[order[b]] })
	for i, x := range order {
		if i == 2 {
			break
		}
		out.Missed = append(out.Missed, Missed{missCodes[x], sum[x]})
	}
	return out
}

// candidates ranks three people to ask: first those who are free and miss only
// one thing that can be mended, then those who are posted elsewhere in this plan.
func (w *work) candidates(gr *group, g int, main *matched, gap *assign.Gap, offered map[int][]int32) []Candidate {
	type option struct {
		who   int32
		why   miss
		score float64
	}
	var all []option
	worst := w.worst(gr)
	rate := func(i int32) float64 { return math.Min(1, float64(w.m.cost(i, gr))/worst) }
	key := gr.community
	list, ok := offered[key]
	if !ok {
		for i := range w.m.bodies {
			if b := &w.m.bodies[i]; (gr.community < 0 || b.community == gr.community || b.community < 0) && b.h.Away == "" {
				list = append(list, int32(i))
			}
		}
		offered[key] = list
	}
	for _, i := range list {
		why := w.m.fits(int(i), gr)
		off, may := askable[why]
		if !may || w.used[i] || w.m.across(&w.m.bodies[i], gr) != fit || w.m.unborne(i, gr) {
			continue
		}
		all = append(all, option{i, why, 0.9 - off - 0.3*rate(i)})
	}
	if gap != nil {
		for _, c := range gap.Candidates {
			all = append(all, option{c.Person, fit, 0.4 - 0.3*rate(c.Person)})
		}
	}
	slices.SortFunc(all, func(a, b option) int {
		if a.score != b.score {
			if a.score > b.score {
				return -1
			}
			return 1
		}
		return int(a.who - b.who)
	})
	out := []Candidate{}
	for _, o := range all {
		if len(out) == 3 {
			break
		}
		h := w.m.bodies[o.who].h
		c := Candidate{HelperID: h.ID, Helper: h.Name, Score: math.Round(o.score*100) / 100}
		near := w.m.nearWords(o.who, gr)
		if o.why == fit {
			at := main.sol.PostOf[o.who]
			where := mode.Text{}
			if at >= 0 {
				og := &w.m.groups[at]
				p := &w.s.Playbook.Posts[og.item]
				name := w.s.Ground.Spots[og.spot].Name
				where = mode.Text{ZH: "够格，本方案派在 " + name + " 任" + p.Title.ZH, EN: "qualifies; this plan posts them as " + p.Title.EN + " at " + name}
			}
			c.Why = where
		} else {
			c.Why = words[o.why].one
		}
		c.Why.ZH += " · " + near.ZH
		c.Why.EN += " · " + near.EN
		out = append(out, c)
	}
	return out
}

// worst is the cost of somebody who lives far off and has none of what is
// preferred.
func (w *work) worst(g *group) float64 {
	f := &w.s.Playbook.Posts[g.item].Prefer
	c := 1.2*f.Near + f.AgeWeight
	for _, x := range f.Has {
		c += x.Weight
	}
	return math.Max(1, c*scale)
}

// nearWords says how near somebody lives, by the levels between.
func (m *matcher) nearWords(i int32, g *group) mode.Text {
	b, s := &m.bodies[i], &m.s.Ground.Spots[g.spot]
	switch f := m.far(b, s); {
	case f < 0.25:
		return mode.Text{ZH: "就住这里", EN: "lives here"}
	case f < 0.5:
		return mode.Text{ZH: "同网格", EN: "same grid"}
	case f < 0.75:
		return mode.Text{ZH: "同社区", EN: "same community"}
	}
	return mode.Text{ZH: "外社区", EN: "another community"}
}
