package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"time"

	"shouwang/internal/dispatch/surge"
)

// squadsLine is the one line about a city's squads. Proved is set when a proof from
// the prices alone, over all pairs of squads and places, gives the same value.
type squadsLine struct {
	People     int     `json:"people"`
	Squads     int     `json:"squads"`
	Places     int     `json:"places"`
	Needed     int     `json:"needed"`
	Filled     int     `json:"filled"`
	Cost       int64   `json:"cost"`
	Pairs      int     `json:"pairs"`
	Rounds     int     `json:"rounds"`
	Split      int     `json:"split_squads"`
	Seconds    float64 `json:"seconds"`
	Proved     bool    `json:"proved"`
	RepairMS   float64 `json:"repair_ms"`
	RepairMost float64 `json:"repair_ms_worst"`
	Ratio      float64 `json:"repair_to_full"`
	Repairs    int     `json:"repairs_proved"`
	PeakMB     float64 `json:"peak_mb"`
}

// squads sends the squads of an invented city over its communities, proves the
// answer, then takes squads out one at a time and proves each repair.
func squads(args []string, out io.Writer) error {
	set := flag.NewFlagSet("squads", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	people := set.Int("people", 210000, "people in all squads")
	count := set.Int("squads", 3520, "squads")
	places := set.Int("places", 1066, "communities, each with a temporary branch")
	share := set.Float64("share", 0.95, "people needed for each there is")
	near := set.Int("near", 16, "pairs to begin with for each squad")
	repairs := set.Int("repairs", 20, "squads taken out one at a time")
	seed := set.Uint64("seed", 1, "seed")
	if err := set.Parse(args); err != nil || set.NArg() != 0 || *count < 1 || *places < 1 || *people < *count || *near < 1 || *repairs < 0 {
		return fmt.Errorf("usage: solve %s", squadsUsage)
	}
	debug.SetGCPercent(50)
	l := city(*people, *count, *places, *near, *share, *seed)
	line := squadsLine{People: *people, Squads: *count, Places: *places}
	for _, n := range l.Needs {
		line.Needed += int(n)
	}
	start := time.Now()
	sent, err := surge.Send(l)
	if err != nil {
		return err
	}
	line.Seconds, line.PeakMB = time.Since(start).Seconds(), peakMB()
	line.Pairs, line.Rounds, line.Cost = sent.Pairs, sent.Rounds, sent.Muster.Cost
	line.Filled = line.Needed
	for _, n := range sent.Muster.Empty {
		line.Filled -= int(n)
	}
	for _, parts := range sent.Parts {
		if len(parts) > 1 {
			line.Split++
		}
	}
	if err := prove(l, sent, -1); err != nil {
		return err
	}
	line.Proved = true
	var took []float64
	for k := range *repairs {
		u := int32((k*7919 + 13) % *count)
		start = time.Now()
		mended, err := sent.Mend(l, u, l.Sizes[u])
		took = append(took, time.Since(start).Seconds()*1000)
		if err != nil {
			return err
		}
		if err := prove(l, mended, u); err != nil {
			return fmt.Errorf("after squad %d left: %w", u, err)
		}
		line.Repairs++
	}
	if slices.Sort(took); len(took) > 0 {
		line.RepairMS, line.RepairMost = took[len(took)/2], took[len(took)-1]
		line.Ratio = line.RepairMS / 1000 / line.Seconds
	}
	return json.NewEncoder(out).Encode(line)
}

// city is an invented city: squads of some 60 people around town centres, needs of
// places in proportion to how crowded they are, costs in tens of metres.
func city(people, squads, places, near int, share float64, seed uint64) *surge.Load {
	r := rand.New(rand.NewPCG(seed, 17))
	at := func(spread float64) [2]float64 {
		town := float64(r.IntN(10))
		return [2]float64{town*4000 + r.NormFloat64()*spread, math.Mod(town*7, 10)*4000 + r.NormFloat64()*spread}
	}
	l := &surge.Load{Sizes: shares(r, people, squads), Needs: shares(r, int(float64(people)*share), places)}
	home, place := make([][2]float64, squads), make([][2]float64, places)
	for i := range home {
		home[i] = at(1200) // offices stand closer together than homes do
	}
	for i := range place {
		place[i] = at(2500)
	}
	l.Cost = func(u, n int32) (int64, bool) {
		return int64(math.Hypot(home[u][0]-place[n][0], home[u][1]-place[n][1]) / 10), true
	}
	l.Most = 40000
	l.Near = func(u int32) []int32 {
		all := make([]int32, places)
		for i := range all {
			all[i] = int32(i)
		}
		slices.SortFunc(all, func(a, b int32) int {
			x, _ := l.Cost(u, a)
			y, _ := l.Cost(u, b)
			return int(x - y)
		})
		return all[:min(near, places)]
	}
	return l
}

// shares cuts a sum into n parts of uneven size, each one at least.
func shares(r *rand.Rand, sum, n int) []int32 {
	weight, total := make([]float64, n), 0.0
	for i := range weight {
		weight[i] = 0.5 + r.Float64()
		total += weight[i]
	}
	out, given := make([]int32, n), 0
	for i := range out {
		out[i] = max(1, int32(float64(sum)*weight[i]/total))
		given += int(out[i])
	}
	for i := 0; given < sum; i = (i + 1) % n {
		out[i]++
		given++
	}
	return out
}

// prove holds a sending against its prices without any code of the solver: what is
// sent is summed anew, and the prices give, for all pairs whether offered or not, a
// value that no sending can beat. left is a squad that dropped out, -1 for none.
func prove(l *surge.Load, s *surge.Sent, left int32) error {
	prices := s.Muster.Prices()
	base := prices[len(l.Needs)]
	there := make([]int64, len(l.Needs))
	var cost, empty, dual, most int64
	for u, parts := range s.Parts {
		sum := int32(0)
		for _, p := range parts {
			c, ok := l.Cost(int32(u), p.Post)
			if !ok || p.People < 1 {
				return fmt.Errorf("squad %d does what it may not", u)
			}
			sum += p.People
			there[p.Post] += int64(p.People)
			cost += c * int64(p.People)
		}
		if sum > l.Sizes[u] || int32(u) == left && sum > 0 {
			return fmt.Errorf("squad %d sends %d of %d people", u, sum, l.Sizes[u])
		}
	}
	worth := make([]int64, len(l.Needs)) // of one more person at each place, at most that of an empty seat
	for n, need := range l.Needs {
		if there[n] > int64(need) {
			return fmt.Errorf("place %d has %d people for %d", n, there[n], need)
		}
		empty += int64(need) - there[n]
		worth[n] = base - prices[n]
		dual += worth[n] * int64(need)
		most = max(most, worth[n])
	}
	top := int64(0)
	for u, size := range l.Sizes {
		if int32(u) == left {
			continue
		}
		gain := int64(0)
		for n := range l.Needs {
			if c, ok := l.Cost(int32(u), int32(n)); ok {
				gain = max(gain, worth[n]-c)
				top = max(top, c)
			}
		}
		dual -= gain * int64(size)
	}
	if empty > 0 && most < top {
		return fmt.Errorf("an empty seat is priced at %d, below a way of %d", most, top)
	}
	if value := cost + most*empty; value != dual {
		return fmt.Errorf("sent at %d, the prices prove %d only", value, dual)
	}
	return nil
}
