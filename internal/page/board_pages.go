package page

import (
	"sort"
	"strconv"
)

// boardPages cuts a house into pages: whole stairwells side by side as far as they
// fit, upright when that is enough, and the floors of each page evenly.
func boardPages(first *boardSheet, all []*stairs) []boardSheet {
	total := 0
	for _, u := range all {
		total += u.across
	}
	across, down := boardAcross, boardDown
	wide := total > boardAcross
	if wide {
		across, down = wideAcross, wideDown
	}
	var out []boardSheet
	for _, group := range grouped(all, across) {
		rows := boardRows(group, across)
		n := (len(rows) + down - 1) / down
		for i := range n {
			s := *first
			s.Wide = wide
			s.Rows = rows[i*len(rows)/n : (i+1)*len(rows)/n]
			for _, u := range group {
				s.Units = append(s.Units, boardUnit{u.name, min(u.across, across)})
			}
			s.Blank = make([]int, max(2, min(5, down-len(s.Rows))))
			out = append(out, s)
		}
	}
	for i := range out {
		out[i].No, out[i].Of = strconv.Itoa(i+1), strconv.Itoa(len(out))
	}
	return out
}

// grouped puts stairwells together that fit side by side.
func grouped(all []*stairs, across int) [][]*stairs {
	var out [][]*stairs
	here := 0
	for _, u := range all {
		if len(out) == 0 || here+u.across > across {
			out, here = append(out, nil), 0
		}
		out[len(out)-1] = append(out[len(out)-1], u)
		here += u.across
	}
	return out
}

// boardRows are the lines of some stairwells, the highest floor first; a floor with
// more doors than a line holds takes several.
func boardRows(group []*stairs, across int) []boardRow {
	seen := map[int]int{} // floor: lines
	for _, u := range group {
		for f, doors := range u.floors {
			seen[f] = max(seen[f], (len(doors)+across-1)/across)
		}
	}
	floors := make([]int, 0, len(seen))
	for f := range seen {
		floors = append(floors, f)
	}
	sort.Sort(sort.Reverse(sort.IntSlice(floors)))
	var out []boardRow
	for _, f := range floors {
		for line := range seen[f] {
			r := boardRow{Floor: f}
			for _, u := range group {
				doors, span := u.floors[f], min(u.across, across)
				part := make([]boardDoor, 0, span)
				for i := line * across; i < len(doors) && len(part) < span; i++ {
					part = append(part, doors[i])
				}
				for len(part) < span {
					part = append(part, boardDoor{None: true})
				}
				r.Units = append(r.Units, part)
			}
			out = append(out, r)
		}
	}
	return out
}
