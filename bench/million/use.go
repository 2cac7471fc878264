package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"
)

// use measures the full world: screens, activation of one subdistrict, writes.
func (b *bench) use() error {
	for _, what := range []string{"first", "again"} {
		sec, err := timed(func() error { return b.call(b.author, "GET", "/overview", nil, nil) })
		if err != nil {
			return err
		}
		b.show("overview "+what, map[string]any{"seconds": sec})
	}
	round, targets, err := b.activate()
	if err != nil {
		return err
	}
	if err := b.writes(round, targets); err != nil {
		return err
	}
	sec, err := timed(func() error { return b.call(b.author, "GET", "/overview", nil, nil) })
	b.show("overview after writes", map[string]any{"seconds": sec})
	return err
}

// activate declares, plans and applies over the first subdistrict, and returns
// the largest round with its targets.
func (b *bench) activate() (round string, targets []string, err error) {
	var inc struct{ Incident string }
	top := "330201001000"
	if err := b.call(b.author, "POST", "/incidents", map[string]any{"title": "bench", "playbook": "epidemic", "place_code": top}, &inc); err != nil {
		return "", nil, err
	}
	until := time.Now().AddDate(0, 0, 7).Format("2006-01-02")
	for _, z := range []struct {
		zone     string
		from, to int
	}{{"precaution", 8, communities}, {"control", 3, 8}, {"lockdown", 0, 3}} {
		var codes []string
		for c := z.from; c < z.to; c++ {
			codes = append(codes, communityCode(0, c))
		}
		if err := b.call(b.author, "POST", "/incidents/"+inc.Incident+"/zones", map[string]any{"zone": z.zone, "place_codes": codes, "basis": "bench", "until": until}, nil); err != nil {
			return "", nil, err
		}
	}
	var plan struct {
		Plan       string
		Posts      json.RawMessage
		Households int
		People     int
	}
	sec, err := timed(func() error { return b.call(b.author, "POST", "/incidents/"+inc.Incident+"/plan", nil, &plan) })
	if err != nil {
		return "", nil, err
	}
	b.show("plan", map[string]any{"seconds": sec, "posts": plan.Posts, "households": plan.Households, "people": plan.People})
	if sec, err = timed(func() error {
		return b.call(b.second, "POST", "/incidents/"+inc.Incident+"/apply", map[string]any{"plan": plan.Plan}, nil)
	}); err != nil {
		return "", nil, err
	}
	b.show("apply", map[string]any{"seconds": sec})
	var rounds struct {
		Items []struct {
			ID    string
			Total int
		}
	}
	if err := b.call(b.author, "GET", "/rounds?incident_id="+inc.Incident, nil, &rounds); err != nil {
		return "", nil, err
	}
	most := 0
	for _, r := range rounds.Items {
		if r.Total > most {
			round, most = r.ID, r.Total
		}
	}
	var page struct {
		Items []struct {
			PlaceID string `json:"place_id"`
		}
	}
	if err := b.call(b.author, "GET", "/rounds/"+round+"/targets?state=all&limit=1000", nil, &page); err != nil {
		return "", nil, err
	}
	for _, x := range page.Items {
		targets = append(targets, x.PlaceID)
	}
	return round, targets, nil
}

// writes records doors one by one from sixteen hands and shows how long each took.
func (b *bench) writes(round string, targets []string) error {
	var mu sync.Mutex
	var took []float64
	var first error
	var wg sync.WaitGroup
	start := time.Now()
	for h := range 16 {
		wg.Go(func() {
			for i := h; i < 3*len(targets); i += 16 {
				sec, err := timed(func() error {
					return b.call(b.author, "POST", fmt.Sprintf("/rounds/%s/targets/%s/record", round, targets[i%len(targets)]), map[string]any{"outcome": []string{"at-home", "absent"}[i/len(targets)%2]}, nil)
				})
				mu.Lock()
				took = append(took, sec)
				if err != nil && first == nil {
					first = err
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if first != nil || len(took) == 0 {
		return fmt.Errorf("writes: %w", first)
	}
	slices.Sort(took)
	b.show("single writes", map[string]any{"writes": len(took), "per_second": float64(len(took)) / time.Since(start).Seconds(),
		"p50_ms": 1000 * took[len(took)/2], "p99_ms": 1000 * took[len(took)*99/100], "max_ms": 1000 * took[len(took)-1]})
	return nil
}
