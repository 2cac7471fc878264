package roster

import "fmt"

// letter is a kind of duty as the rules see it: two duties of one shift in one
// zone follow and are followed alike, cost the same minutes and count alike.
type letter struct{ shift, zone int32 }

// rules is a finite automaton over days that accepts exactly the lines keeping a
// person's rules of succession: rest, zones, forbidden successions, days in a row,
// days off in a row. What is counted over the whole horizon is not in it.
type rules struct {
	start  int32
	next   [][]int32 // by state: by letter, then off; -1 is forbidden
	onDuty []bool    // by state: the last day was served
}

// moment is where a line stands after some days. block says for each letter how
// many more days it is forbidden; run is the length of the run so far, as far as
// it matters; met says that a run of duty need not be longer.
type moment struct {
	fresh   bool // nothing is known of the days before
	on, met bool
	run     int
	block   []int8
}

// author builds automata and keeps those of people who live by the same rules.
type author struct {
	p     *Problem
	known map[string]*rules
	gaps  map[[2]letter]int8
}

// duty is some duty of a letter.
func (a *author) between(x, y letter) int8 {
	if g, ok := a.gaps[[2]letter{x, y}]; ok {
		return g
	}
	sx, sy := a.p.Shifts[x.shift], a.p.Shifts[y.shift]
	least := 1
	if has(sx.NotNext, int(y.shift)) {
		least = 2
	}
	free := sx.Start + sx.Minutes + a.p.gap(int(x.zone), int(y.zone))
	for sy.Start+least*DayMinutes < free && least < 127 {
		least++
	}
	a.gaps[[2]letter{x, y}] = int8(least)
	return int8(least)
}

// write gives the automaton of one person over their letters.
func (a *author) write(who *Person, letters []letter) *rules {
	key := fmt.Sprint(letters, who.MostInRow, who.LeastInRow, who.LeastOff, who.Before)
	if r, ok := a.known[key]; ok {
		return r
	}
	r := &rules{}
	index := map[string]int32{}
	var queue []moment
	add := func(m moment) int32 {
		name := fmt.Sprint(m)
		at, ok := index[name]
		if !ok {
			at = int32(len(queue))
			index[name] = at
			queue = append(queue, m)
		}
		return at
	}
	m := moment{fresh: true, met: true, run: who.LeastOff, block: make([]int8, len(letters))}
	for _, d := range who.Before {
		if d == Off {
			m = a.rest(who, m)
		} else {
			m = a.serve(who, letters, m, letter{d.Shift, int32(a.p.Posts[d.Post].Zone)})
		}
	}
	r.start = add(m)
	for i := 0; i < len(queue); i++ {
		m := queue[i]
		row := make([]int32, len(letters)+1)
		for k, l := range letters {
			row[k] = -1
			if m.block[k] == 0 && (m.on && m.run < who.MostInRow || !m.on && m.run >= who.LeastOff && who.MostInRow > 0) {
				row[k] = add(a.serve(who, letters, m, l))
			}
		}
		row[len(letters)] = -1
		if !m.on || m.met {
			row[len(letters)] = add(a.rest(who, m))
		}
		r.next = append(r.next, row)
	}
	r.onDuty = make([]bool, len(queue))
	for i, m := range queue {
		r.onDuty[i] = m.on
	}
	r.shrink()
	a.known[key] = r
	return r
}

// serve is the moment after a day of duty. Where nothing is known of the day
// before, the run counts as long enough.
func (a *author) serve(who *Person, letters []letter, m moment, l letter) moment {
	out := moment{on: true, run: 1, met: m.fresh || who.LeastInRow <= 1, block: make([]int8, len(letters))}
	if m.on {
		out.run, out.met = m.run+1, m.met || m.run+1 >= who.LeastInRow
	}
	if who.MostInRow >= Unlimited {
		out.run = min(out.run, who.LeastInRow)
	}
	for k := range letters {
		out.block[k] = max(m.block[k], a.between(l, letters[k]), 1) - 1
	}
	return out
}

// rest is the moment after a day off.
func (a *author) rest(who *Person, m moment) moment {
	out := moment{met: true, run: 1, block: make([]int8, len(m.block))}
	if !m.on {
		out.run = min(m.run+1, who.LeastOff)
	}
	if m.fresh {
		out.run = who.LeastOff
	}
	for k, b := range m.block {
		out.block[k] = max(b, 1) - 1
	}
	return out
}

// shrink merges states that no future tells apart.
func (r *rules) shrink() {
	class := make([]int32, len(r.next))
	for i, on := range r.onDuty {
		if on {
			class[i] = 1
		}
	}
	for count := 0; ; {
		seen := map[string]int32{}
		fresh := make([]int32, len(class))
		for i, row := range r.next {
			sign := make([]int32, 0, len(row)+1)
			sign = append(sign, class[i])
			for _, t := range row {
				if t >= 0 {
					t = class[t]
				}
				sign = append(sign, t)
			}
			name := fmt.Sprint(sign)
			c, ok := seen[name]
			if !ok {
				c = int32(len(seen))
				seen[name] = c
			}
			fresh[i] = c
		}
		class = fresh
		if len(seen) == count {
			break
		}
		count = len(seen)
	}
	small := rules{start: class[r.start]}
	for i, row := range r.next {
		if int(class[i]) != len(small.next) {
			continue
		}
		for k, t := range row {
			if t >= 0 {
				row[k] = class[t]
			}
		}
		small.next = append(small.next, row)
		small.onDuty = append(small.onDuty, r.onDuty[i])
	}
	*r = small
}
