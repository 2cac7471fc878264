package dispatch

import (
	"shouwang/internal/solve/assign"
)

// fewest is how many seats stay empty however people are placed. Whether somebody
// may fill a post depends on its class alone, so that people with the same set of
// classes are one source and the seats of a class one sink: a small flow instead
// of every person against every post. It tells match when to stop looking.
func (m *matcher) fewest(p *assign.Problem, taken map[int32]bool) (int, error) {
	number := map[*class]int{}
	var seats []int64
	for g := range m.groups {
		c := m.groups[g].class
		if _, ok := number[c]; !ok {
			number[c] = len(seats)
			seats = append(seats, 0)
		}
		seats[number[c]] += int64(p.Need[g])
	}
	words := (len(seats) + 7) / 8
	sets := make([][]byte, len(m.bodies))
	for c, n := range number {
		for _, i := range c.all {
			if sets[i] == nil {
				sets[i] = make([]byte, words)
			}
			sets[i][n/8] |= 1 << (n % 8)
		}
	}
	for _, x := range p.Pins {
		sets[x.Person] = nil
		seats[number[m.groups[x.Post].class]]--
	}
	sources := map[string]int32{}
	var order []string
	var count []int64
	for i, set := range sets {
		if set == nil || taken[int32(i)] {
			continue
		}
		k, ok := sources[string(set)]
		if !ok {
			k = int32(len(count))
			sources[string(set)] = k
			order, count = append(order, string(set)), append(count, 0)
		}
		count[k]++
	}
	people, want := int64(0), int64(0)
	sink := int32(len(count) + len(seats))
	net := &assign.Network{Supply: make([]int64, sink+1)}
	for k, n := range count {
		people += n
		net.Supply[k] = n
		net.Arc(int32(k), sink, n, 1)
		for c := range seats {
			if order[k][c/8]&(1<<(c%8)) != 0 {
				net.Arc(int32(k), int32(len(count)+c), n, 0)
			}
		}
	}
	net.Supply[sink] = -people
	for c, n := range seats {
		n = max(0, n) // more were chosen by hand than there are seats
		want += n
		net.Arc(int32(len(count)+c), sink, n, 0)
	}
	flow, err := assign.Minimize(net)
	if err != nil {
		return 0, ErrSolve.With().Because(err)
	}
	return int(want - (people - flow.Cost)), nil // Cost counts the people not used
}
