package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
)

// makeRoster writes an invented instance in the published format: PEOPLE, WEEKS,
// SHIFTS and SEED. Full-timers, part-timers and their limits are mixed as in the
// published ones; the demand is about what the people can serve, unevenly spread.
func makeRoster(args []string, out io.Writer) error {
	if len(args) != 4 {
		return fmt.Errorf("usage: solve %s", makeRosterUsage)
	}
	var n [4]int
	for i, a := range args {
		v, err := strconv.Atoi(a)
		if err != nil || v < 1 || v > 4000 {
			return fmt.Errorf("usage: solve %s", makeRosterUsage)
		}
		n[i] = v
	}
	people, weeks, shifts := n[0], n[1], n[2]
	g := rand.New(rand.NewPCG(uint64(n[3]), 7))
	days := weeks * 7
	fmt.Fprintf(out, "SECTION_HORIZON\n%d\n\nSECTION_SHIFTS\n", days)
	lengths := []int{480, 480, 480, 480, 600, 720}
	length, names := make([]int, shifts), make([]string, shifts)
	for s := range shifts {
		names[s] = fmt.Sprintf("s%d", s)
		length[s] = 480
		if shifts > 3 {
			length[s] = lengths[g.IntN(len(lengths))]
		}
		var banned []string
		for t := 0; t < s-s%2; t++ {
			banned = append(banned, names[t])
		}
		if s == 1 {
			banned = names[:1]
		}
		fmt.Fprintf(out, "%s,%d,%s\n", names[s], length[s], strings.Join(banned, "|"))
	}
	fmt.Fprintf(out, "\nSECTION_STAFF\n")
	supply := makeStaff(out, g, people, weeks, names)
	fmt.Fprintf(out, "\nSECTION_DAYS_OFF\n")
	for i := range people {
		var off []string
		for w := 0; w < weeks; w += 2 {
			off = append(off, strconv.Itoa(w*7+g.IntN(14)%max(1, days-w*7)))
		}
		fmt.Fprintf(out, "P%d,%s\n", i, strings.Join(off, ","))
	}
	for k, title := range []string{"ON", "OFF"} {
		fmt.Fprintf(out, "\nSECTION_SHIFT_%s_REQUESTS\n", title)
		for i := range people {
			for day := g.IntN(14); day < days; day += 1 + g.IntN(13+6*k) {
				s, weight := g.IntN(shifts), 1+g.IntN(3)
				for run := 1 + g.IntN(5); run > 0 && day < days; run-- {
					fmt.Fprintf(out, "P%d,%d,%s,%d\n", i, day, names[s], weight)
					day++
				}
			}
		}
	}
	makeCover(out, g, days, names, length, supply)
	return nil
}

// makeStaff writes the people and returns the minutes they can serve.
func makeStaff(out io.Writer, g *rand.Rand, people, weeks int, names []string) float64 {
	supply := 0.0
	for i := range people {
		var most []string
		for _, name := range names {
			cap := weeks * 7
			if g.IntN(4) == 0 {
				cap = 0
			} else if g.IntN(6) == 0 {
				cap = weeks * (1 + g.IntN(3))
			}
			most = append(most, fmt.Sprintf("%s=%d", name, cap))
		}
		for k := range 1 + len(names)/3 { // enough shifts without a limit
			at := (k*2 + i) % len(names)
			most[at] = fmt.Sprintf("%s=%d", names[at], weeks*7)
		}
		row, off, full := 5+g.IntN(2), 2+g.IntN(2), g.IntN(4) > 0
		if full {
			fmt.Fprintf(out, "P%d,%s,%d,%d,%d,%d,%d,%d\n", i, strings.Join(most, "|"), 2160*weeks, (1920-240*(off-1))*weeks, row, 2, off, weeks/2)
			supply += 2160 * float64(weeks)
		} else {
			fmt.Fprintf(out, "P%d,%s,%d,%d,%d,%d,%d,%d\n", i, strings.Join(most, "|"), 1080*weeks, 600*weeks, row, 1, 2, weeks/2)
			supply += 1080 * float64(weeks)
		}
	}
	return supply
}

// makeCover writes demands that add up to a little less than the people can serve.
func makeCover(out io.Writer, g *rand.Rand, days int, names []string, length []int, supply float64) {
	fmt.Fprintf(out, "\nSECTION_COVER\n")
	mean := 0.0
	for _, l := range length {
		mean += float64(l) / float64(len(length))
	}
	each := 0.95 * supply / mean / float64(days*len(names))
	for day := range days {
		for _, name := range names {
			need := int(each*(0.5+g.Float64()) + g.Float64())
			fmt.Fprintf(out, "%d,%s,%d,100,1\n", day, name, need)
		}
	}
}
