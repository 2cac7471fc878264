package main

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"shouwang/bench/stage"
)

// use measures the full world: screens, activation of one subdistrict, writes.
func (b *bench) use() error {
	for _, what := range []string{"first", "again"} {
		sec, err := timed(func() error { return b.Call(b.Author, "GET", "/overview", nil, nil) })
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
	sec, err := timed(func() error { return b.Call(b.Author, "GET", "/overview", nil, nil) })
	b.show("overview after writes", map[string]any{"seconds": sec})
	return err
}

// activate declares, plans and applies over the first subdistrict, and returns
// the largest round with its targets.
func (b *bench) activate() (round string, targets []string, err error) {
	zones := map[string][]string{}
	for c := range communities {
		z := "precaution"
		if c < 3 {
			z = "lockdown"
		} else if c < 8 {
			z = "control"
		}
		zones[z] = append(zones[z], communityCode(0, c))
	}
	incident, err := b.Draft("330201001000", zones)
	if err != nil {
		return "", nil, err
	}
	var plan stage.Plan
	sec, err := timed(func() (err error) { plan, err = b.Plan(incident); return err })
	if err != nil {
		return "", nil, err
	}
	b.show("plan", map[string]any{"seconds": sec, "posts": plan.Posts, "households": plan.Households, "people": plan.People})
	if sec, err = timed(func() error { return b.Apply(incident, plan) }); err != nil {
		return "", nil, err
	}
	b.show("apply", map[string]any{"seconds": sec})
	var rounds struct {
		Items []struct {
			ID    string
			Total int
		}
	}
	if err := b.Call(b.Author, "GET", "/rounds?incident_id="+incident, nil, &rounds); err != nil {
		return "", nil, err
	}
	most := 0
	for _, r := range rounds.Items {
		if r.Total > most {
			round, most = r.ID, r.Total
		}
	}
	targets, err = b.Targets(round, "")
	return round, targets[:min(1000, len(targets))], err
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
					return b.Call(b.Author, "POST", fmt.Sprintf("/rounds/%s/targets/%s/record", round, targets[i%len(targets)]), map[string]any{"outcome": []string{"at-home", "absent"}[i/len(targets)%2]}, nil)
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
