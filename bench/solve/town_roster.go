package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"sort"
	"time"

	"shouwang/internal/solve/roster"
)

// townFigures is the one line about the roster of a subdistrict.
type townFigures struct {
	People      int     `json:"people"`
	Demands     int     `json:"demands"`
	Objective   int64   `json:"objective"`
	Cover       int64   `json:"cover"`
	Fairness    int64   `json:"fairness"`
	Short       int     `json:"short"`
	Spread      int     `json:"spread_raw"`
	Alike       int     `json:"spread_alike"`
	Wide        int     `json:"sets_over_1"`
	Sets        int     `json:"sets"`
	Compared    int     `json:"people_in_sets"`
	NightSpread int     `json:"night_spread_raw"`
	AlikeNights int     `json:"night_spread_alike"`
	Violations  int     `json:"hard_violations"`
	First       float64 `json:"first_seconds"`
	Seconds     float64 `json:"seconds"`
	Steps       int     `json:"steps"`
	MendMedian  float64 `json:"mend_ms_median"`
	MendWorst   float64 `json:"mend_ms_worst"`
	MendFilled  int     `json:"mend_filled_of_100"`
}

// townRoster solves an invented subdistrict of micro-grids over two weeks, then
// lets a hundred people drop out, one at a time, and mends each.
func townRoster(args []string, out io.Writer) error {
	set := flag.NewFlagSet("town-roster", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	seconds := set.Float64("seconds", 10, "time to search")
	threads := set.Int("threads", 2, "goroutines")
	seed := set.Uint64("seed", 1, "seed")
	steps := set.Int("steps", 0, "rounds")
	grids := set.Int("grids", 638, "micro-grids")
	days := set.Int("days", 14, "days")
	if err := set.Parse(args); err != nil || set.NArg() > 0 || *grids < 1 || *days < 1 {
		return fmt.Errorf("usage: solve %s", townUsage)
	}
	p := inventTown(*grids, *days, *seed)
	line := townFigures{People: len(p.People), Demands: len(p.Demands)}
	start := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(*seconds*float64(time.Second)))
	defer cancel()
	found := func(roster.Roster, roster.Report) {
		if line.First == 0 {
			line.First = time.Since(start).Seconds()
		}
	}
	best, report, err := roster.Solve(ctx, p, roster.Options{Seed: *seed, Threads: *threads, Steps: *steps, Found: found})
	if err != nil {
		return err
	}
	line.Seconds, line.Steps = time.Since(start).Seconds(), report.Steps
	figures, broken := roster.Check(p, best)
	line.Objective, line.Short = figures.Objective, figures.Short
	even := roster.Even(p, best)
	line.Spread, line.NightSpread, line.Alike, line.AlikeNights = even.Raw, even.Nights, even.Alike, even.AlikeNights
	line.Wide, line.Sets, line.Compared = even.Wide, even.Sets, even.Compared
	line.Violations, line.Cover, line.Fairness = len(broken), figures.Cover, figures.Fairness
	if err := mendTown(p, best, *seed, &line); err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(line)
}

// mendTown lets people drop out for a day they serve and times the proposals.
func mendTown(p *roster.Problem, r roster.Roster, seed uint64, line *townFigures) error {
	g := rand.New(rand.NewPCG(seed, 99))
	var times []float64
	for len(times) < 100 {
		i, day := g.IntN(len(r)), g.IntN(p.Days)
		if r[i][day] == roster.Off {
			continue
		}
		start := time.Now()
		m, err := roster.Mend(p, r, []roster.Absence{{Person: i, From: day, Until: day + 1}}, roster.MendOptions{From: day})
		if err != nil {
			return err
		}
		times = append(times, time.Since(start).Seconds()*1000)
		if m.Vacancies[0].By >= 0 {
			line.MendFilled++
		}
	}
	sort.Float64s(times)
	line.MendMedian, line.MendWorst = times[len(times)/2], times[len(times)-1]
	return nil
}

// inventTown is a subdistrict: each micro-grid has its team of volunteers and a
// watch round the clock in shifts of six hours, two in the evening, one of them
// experienced; nurses and guards are shared by the grids of a community.
func inventTown(grids, days int, seed uint64) *roster.Problem {
	g := rand.New(rand.NewPCG(seed, 5))
	const experienced, nurse, perCommunity = 0, 1, 38
	p := &roster.Problem{Days: days, Weekday: 2, Rest: 660, ZoneGap: [][]int{{0, 0}, {2880, 0}}}
	for k := range 4 {
		p.Shifts = append(p.Shifts, roster.Shift{ID: fmt.Sprint("watch", k), Start: k * 360, Minutes: 360, Night: k == 0})
	}
	p.Shifts = append(p.Shifts, roster.Shift{ID: "clinic", Start: 480, Minutes: 480})
	for grid := range grids {
		p.Posts = append(p.Posts, roster.Post{ID: fmt.Sprint("g", grid), Place: grid})
	}
	for grid := range grids {
		post, members := grid, 9+g.IntN(4)
		for range members {
			who := roster.Anyone(fmt.Sprint("v", len(p.People)))
			who.Group, who.LongestShift, who.MostInRow, who.MostMinutes = grid, 360, 5, 360*(days*5/7)
			if g.IntN(3) > 0 {
				who.Skills = []int{experienced}
			}
			who.OffDays = []int{g.IntN(days)}
			if g.IntN(12) == 0 { // not at night: minors, the elderly
				who.DayFrom, who.DayUntil = 360, 1440
			}
			who.Offers = []roster.Offer{{Post: post, Cost: g.IntN(3)}}
			p.People = append(p.People, who)
			for range g.IntN(3) {
				p.Wishes = append(p.Wishes, roster.Wish{Person: len(p.People) - 1, Day: g.IntN(days), Shift: g.IntN(4), On: g.IntN(2) == 0, Weight: 1 + g.IntN(3)})
			}
		}
		needed := 0
		for day := range days {
			for s := range 4 {
				need := 1 + s/3
				needed += need
				p.Demands = append(p.Demands, roster.Demand{Day: day, Shift: s, Post: post, Skill: -1, Need: need, Under: 100, Over: 1})
			}
			p.Demands = append(p.Demands, roster.Demand{Day: day, Shift: 3, Post: post, Skill: experienced, Need: 1, Under: 20})
		}
		for i := len(p.People) - members; i < len(p.People); i++ {
			p.People[i].Load = roster.Share{Low: needed / members, High: (needed + members - 1) / members, Weight: 10}
			p.People[i].Nights = roster.Share{Low: days / members, High: (days + members - 1) / members, Weight: 5}
		}
	}
	inventShared(p, g, grids, perCommunity, nurse)
	return p
}

// inventShared adds what the grids of a community share: a clinic with nurses, and
// guards who may stand at any gate of the community, though not soon after the clinic.
func inventShared(p *roster.Problem, g *rand.Rand, grids, perCommunity, nurse int) {
	for first := 0; first < grids; first += perCommunity {
		clinic := len(p.Posts)
		p.Posts = append(p.Posts, roster.Post{ID: fmt.Sprint("clinic", first), Place: first, Zone: 1, Skills: []int{nurse}})
		for day := range p.Days {
			p.Demands = append(p.Demands, roster.Demand{Day: day, Shift: 4, Post: clinic, Skill: -1, Need: 2, Under: 100, Over: 1})
		}
		for k := range 8 {
			who := roster.Anyone(fmt.Sprint("c", len(p.People)))
			who.Group, who.MostInRow, who.LeastOff, who.LongestShift = -1-len(p.People), 6, 2, 480
			who.MostMinutes = p.Days * 480 * 5 / 7
			if k < 4 {
				who.Skills = []int{nurse}
				who.Offers = []roster.Offer{{Post: clinic}}
			}
			for range 12 {
				who.Offers = append(who.Offers, roster.Offer{Post: first + g.IntN(min(perCommunity, grids-first)), Cost: 5 + g.IntN(10)})
			}
			p.People = append(p.People, who)
		}
	}
}
