// Command clocks measures how long it takes until each door of the whole
// demonstration knows, after a change of rule or of facts, in which zones it lies,
// why, until when and from when it may be released at the earliest. Two incidents
// hold at once, every door lies in a zone of one of them. Each line is JSON.
//
//	go run ./bench/clocks [-size full] [-rounds 7]
package main

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sort"
	"time"

	"shouwang/bench/stage"
	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

func main() {
	stage.Child()
	size := flag.String("size", "full", "community or full")
	rounds := flag.Int("rounds", 7, "how often each change is reckoned")
	flag.Parse()
	stage.End(run(*size, *rounds))
}

// world is what the clocks are reckoned from.
type world struct {
	ground   *mode.Ground
	doors    []int
	measures []mode.Measure
	facts    []mode.Fact
	books    map[string]*mode.Playbook
	now      time.Time
}

var loc = time.FixedZone("Asia/Shanghai", 8*3600)

func run(size string, rounds int) error {
	w, err := load(size)
	if err != nil {
		return err
	}
	stage.Show("ground", map[string]any{"places": len(w.ground.Spots), "doors": len(w.doors), "measures": len(w.measures), "cores": runtime.GOMAXPROCS(0)})
	fact := func(n int) {
		at := w.now.AddDate(0, 0, -n%14)
		w.facts = append(w.facts, mode.Fact{ID: fmt.Sprint(n), Incident: "epidemic", Path: w.measures[n%len(w.measures)].Path, Name: "last-positive", Holds: true, At: at, Recorded: at})
	}
	rule := func(n int) {
		b, err := w.books["epidemic"].WithRelease(map[string]string{
			"lockdown/stay-at-home":   fmt.Sprintf(`facts.days_since("last-positive") >= %d && facts.round("sweep").complete`, 3+n%7),
			"control/stay-in-area":    fmt.Sprintf(`facts.days_since("last-positive") >= %d`, 2+n%7),
			"precaution/no-gathering": fmt.Sprintf(`facts.days_since("last-positive") >= %d`, 1+n%7)})
		if err != nil {
			panic(err)
		}
		w.books["epidemic"] = b
	}
	for _, change := range []struct {
		name string
		do   func(int)
	}{{"fact", fact}, {"rule", rule}} {
		var reckon, explain []float64
		said := 0
		for n := range rounds {
			change.do(n)
			runtime.GC()
			start := time.Now()
			r := w.reckon()
			reckon = append(reckon, time.Since(start).Seconds())
			said = 0
			for _, d := range w.doors { // one explanation for each door, in both languages
				list := r.At(d)
				for k, c := range list {
					said += len(c.Explain(loc))
					if k > 0 {
						said++
						_ = c.Beside(list[0])
					}
				}
			}
			explain = append(explain, time.Since(start).Seconds())
		}
		sort.Float64s(reckon)
		sort.Float64s(explain)
		stage.Show("change of "+change.name, map[string]any{"doors": len(w.doors), "rounds": rounds, "reckoned_median": reckon[rounds/2], "reckoned_max": reckon[rounds-1],
			"reckoned_and_explained_median": explain[rounds/2], "reckoned_and_explained_max": explain[rounds-1], "reasons": said})
	}
	w.sample()
	return nil
}

// reckon counts how far the rounds have come in each measure's area and reckons
// all clocks, as the server does.
func (w *world) reckon() *mode.Reckoning {
	book := func(i string) *mode.Playbook { return w.books[i] }
	field := mode.NewField(w.measures, w.now, book)
	done := map[string]mode.Reach{}
	for n, d := range w.doors {
		m := field.Of("epidemic", w.ground.Spots[d].Path)
		if m == nil {
			continue
		}
		if done[m.ID] == nil {
			done[m.ID] = mode.Reach{}
		}
		x := done[m.ID]["sweep"]
		x.Total++
		if n%50 > 0 {
			x.Done++
		}
		x.Complete = x.Done == x.Total
		done[m.ID]["sweep"] = x
	}
	return mode.Reckon(w.ground, w.measures, w.facts, func(m *mode.Measure) mode.Reach { return done[m.ID] }, book, w.now)
}

// sample prints the explanation of three doors.
func (w *world) sample() {
	r := w.reckon()
	shown := map[string]bool{}
	for _, d := range w.doors {
		list := r.At(d)
		if len(list) == 0 || shown[list[0].Zone.ID] || len(shown) == 4 {
			continue
		}
		shown[list[0].Zone.ID] = true
		var zh, en []string
		for k, c := range list {
			for _, x := range c.Explain(loc) {
				zh, en = append(zh, x.Text.ZH), append(en, x.Text.EN)
			}
			if k > 0 {
				b := c.Beside(list[0])
				zh, en = append(zh, b.Text.ZH), append(en, b.Text.EN)
			}
		}
		stage.Show("door", map[string]any{"place": w.ground.Names(w.ground.Spots[d].Path, " "), "zh": zh, "en": en})
	}
}

// load makes the demonstration and draws two incidents on it: the seeds' zones with
// the whole subdistrict as their mildest, and a flood over one community.
func load(size string) (*world, error) {
	ctx := context.Background()
	a, err := stage.Open(ctx, stage.Options{Size: size})
	if err != nil {
		return nil, err
	}
	defer a.Close()
	places, err := a.Store.PlacesUnder(ctx, "", "")
	if err != nil {
		return nil, err
	}
	w := &world{books: map[string]*mode.Playbook{}, now: time.Now()}
	var spots []mode.Spot
	at := map[string]territory.Place{}
	for _, p := range places {
		spots = append(spots, mode.Spot{ID: p.ID, Path: p.Path, Kind: p.Kind, Name: p.Name, Tags: p.Tags})
		at[p.Code] = p
	}
	if w.ground, err = mode.NewGround(spots); err != nil {
		return nil, err
	}
	top, flooded := "", ""
	for i := range w.ground.Spots {
		switch s := &w.ground.Spots[i]; s.Kind {
		case territory.Door:
			w.doors = append(w.doors, i)
		case territory.Subdistrict:
			top = s.Path
		case territory.Community:
			flooded = s.Path
		}
	}
	draw := func(incident, zone, path, basis string) {
		w.measures = append(w.measures, mode.Measure{ID: fmt.Sprint("m", len(w.measures)), Incident: incident, Zone: zone, PlaceID: path, Path: path, Basis: basis,
			From: w.now.AddDate(0, 0, -2), Until: w.now.AddDate(0, 0, 11)})
	}
	draw("epidemic", "precaution", top, "区指挥部第7号指令")
	draw("flood", "evacuate", flooded, "市防指第3号令")
	zones, err := a.Zones()
	if err != nil {
		return nil, err
	}
	for _, zone := range slices.Sorted(maps.Keys(zones)) {
		for _, code := range zones[zone] {
			if p, ok := at[code]; ok {
				draw("epidemic", zone, p.Path, "区指挥部第7号指令")
			}
		}
	}
	for incident, id := range map[string]string{"epidemic": "epidemic", "flood": "flood-typhoon"} {
		if w.books[incident], err = mode.Shipped(id); err != nil {
			return nil, err
		}
	}
	return w, nil
}
