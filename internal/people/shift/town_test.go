package shift_test

import (
	"context"
	"flag"
	"fmt"
	"testing"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/people/shift"
)

var (
	grids  = flag.Int("shift.grids", 60, "micro-grids of the invented subdistrict")
	search = flag.Duration("shift.search", time.Second, "how long its roster is sought for")
)

// town is a subdistrict of micro-grids, 38 to a community, each with two shifts of two
// in the evening; twelve people live in each, and in one of ten nobody does.
func town(n int) *shift.Ask {
	a := &shift.Ask{Midnight: midnight, Days: 14, Seed: 1, Steps: 6, Threads: 2, At: at, Now: midnight.Add(-time.Hour)}
	r := rule()
	r.Shifts.From, r.Shifts.Until, r.Shifts.Length = 18*time.Hour, 22*time.Hour, 2*time.Hour
	for g := range n {
		path := fmt.Sprintf("0.c%02d.g%03d.", g/38, g)
		a.Stands = append(a.Stands, shift.Stand{Item: "watch", Title: mode.Text{ZH: "网格值守", EN: "Grid watch"}, PlaceID: path, Path: path, Name: path, Rule: r})
		for i := range 12 {
			if g%10 != 9 {
				a.Helpers = append(a.Helpers, people.Helper{ID: fmt.Sprintf("h%03d-%02d", g, i), Name: "志愿者", Kind: "volunteer", Birth: 1980, Path: path + "b.s.d."})
			}
		}
	}
	return a
}

// Many micro-grids get their roster at once, near home first; where nobody lives,
// neighbours of the community stand, and going on from a draft never makes it worse.
func TestASubdistrictIsRosteredAtOnce(t *testing.T) {
	a := town(*grids)
	ctx, stop := context.WithTimeout(context.Background(), *search)
	defer stop()
	began := time.Now()
	d, err := a.Plan(ctx, context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d people, %d shifts, %d open in %v, %d rounds: %v", len(a.Helpers), len(d.Shifts), d.Short, time.Since(began), d.Steps, d.Reasons)
	if len(d.Shifts) != *grids*14*4 || d.Short*1000 > len(d.Shifts) {
		t.Fatalf("%d of %d are open", d.Short, len(d.Shifts))
	}
	home := map[string]string{}
	for _, h := range a.Helpers {
		home[h.ID] = h.Path
	}
	away := 0
	for _, s := range d.Shifts {
		switch h := home[s.HelperID]; {
		case h == "":
		case h[:6] != s.Path[:6]:
			t.Fatalf("%s stands at %s", h, s.Path)
		case h[:11] != s.Path[:11]:
			away++
		}
	}
	// In one grid of ten nobody lives, and an even share of its shifts makes neighbours
	// of neighbours help out.
	if away*100 > len(d.Shifts)*20 {
		t.Fatalf("%d of %d stand in another grid", away, len(d.Shifts))
	}
	holds(t, a, d)
	if s := spread(a, d); s > 1 {
		t.Fatalf("in one community somebody has %d shifts more than somebody else who offered the same", s)
	}
	a.Start, a.Seed = d, 1
	more, end := context.WithTimeout(context.Background(), *search)
	defer end()
	again, err := a.Plan(more, context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if d.Better(again) || again.Steps < d.Steps {
		t.Fatalf("%d open at %d after %d rounds; before %d at %d after %d", again.Short, again.Cost, again.Steps, d.Short, d.Cost, d.Steps)
	}
	t.Logf("then %d open at %d after %d rounds, before at %d", again.Short, again.Cost, again.Steps, d.Cost)
	holds(t, a, again)
}

// spread is how many shifts lie between two people of one community at most; in the
// invented subdistrict they all may do the same.
func spread(a *shift.Ask, d *shift.Draft) (widest int) {
	load, least, most := map[string]int{}, map[string]int{}, map[string]int{}
	for _, s := range d.Shifts {
		load[s.HelperID]++
	}
	for _, h := range a.Helpers {
		c, n := h.Path[:6], load[h.ID]
		if have, ok := least[c]; !ok || n < have {
			least[c] = n
		}
		most[c] = max(most[c], n)
		widest = max(widest, most[c]-least[c])
	}
	return widest
}
