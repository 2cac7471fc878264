package api

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

// Replayed is a kept case gone through again: who would have been released when.
type Replayed struct {
	Title    string        `json:"title"`
	Playbook string        `json:"playbook"`
	WhatIf   bool          `json:"what_if" doc:"changed rules were tried beside the present ones"`
	Releases []WhenRelease `json:"releases" nullable:"false"`
	Days     []ReplayDay   `json:"days" nullable:"false"`
}

// WhenRelease is one measure of a kept case and when its rule would have let it go.
type WhenRelease struct {
	Measure string `json:"measure"`
	Zone    string `json:"zone"`
	Title   Words  `json:"title"`
	Place   string `json:"place"`
	Doors   int    `json:"doors"`
	From    string `json:"from"`
	Until   string `json:"until" doc:"the declared end"`
	Ended   string `json:"ended" doc:"when it really ended"`
	Present string `json:"present" doc:"first moment by the present rules; empty: not before the declared end"`
	Changed string `json:"changed" doc:"the same by the changed rules"`
}

// ReplayDay is one civil day of a replay: how many doors each set of rules would
// have let go on it, and how many were still held at its end.
type ReplayDay struct {
	Date        string `json:"date"`
	Present     int    `json:"present"`
	Changed     int    `json:"changed"`
	HeldPresent int    `json:"held_present"`
	HeldChanged int    `json:"held_changed"`
}

type replayInput struct {
	Body struct {
		History  string            `json:"history" maxLength:"1000000" doc:"A kept case as YAML: playbook, measures, facts, rounds"`
		Playbook string            `json:"playbook,omitempty" maxLength:"60" doc:"Another playbook than the file names"`
		Rules    map[string]string `json:"rules,omitempty" doc:"Changed release rules, by zone/measure"`
	}
}

type whatIfInput struct {
	ID   string `path:"id"`
	Body struct {
		Rules map[string]string `json:"rules" doc:"Changed release rules, by zone/measure"`
	}
}

func (s *Server) replays() {
	act := "POST"
	read(s, Op{ID: "clock-replay", Method: act, Path: "/clocks/replay", Action: access.PlaybookCheck, Summary: "Go through a kept case again: who would have been released when, by present and changed rules"},
		func(ctx context.Context, c *call, in *replayInput) (Replayed, error) {
			if !s.Guard.Decide(c.viewer, access.PlaybookCheck, "", c.emerg).Allowed {
				return Replayed{}, s.may(c, access.PlaybookCheck, "")
			}
			k, err := mode.ReadHistory([]byte(in.Body.History))
			if err != nil {
				return Replayed{}, err
			}
			b := s.Playbooks[cmp.Or(in.Body.Playbook, k.Playbook)]
			if b == nil {
				return Replayed{}, ErrNoPlaybook.With(cmp.Or(in.Body.Playbook, k.Playbook), strings.Join(s.playbookIDs(), " "))
			}
			return replayed(k, b, in.Body.Rules)
		})
	read(s, Op{ID: "clock-whatif", Method: act, Path: "/incidents/{id}/replay", Action: access.IncidentRead, Summary: "The same for an incident and the facts recorded for it"},
		func(ctx context.Context, c *call, in *whatIfInput) (Replayed, error) {
			i, err := s.incident(ctx, c, access.IncidentRead, in.ID)
			if err != nil {
				return Replayed{}, err
			}
			b, err := s.playbook(ctx, i.Version)
			if err != nil {
				return Replayed{}, err
			}
			a, err := s.ground(ctx)
			if err != nil {
				return Replayed{}, err
			}
			k := mode.KeptCase{Title: i.Title, Playbook: i.Playbook, Names: map[string]string{}, Doors: map[string]int{}}
			if k.Facts, err = s.Store.Facts(ctx, i.ID, false); err != nil {
				return Replayed{}, err
			}
			ms, err := s.Store.Measures(ctx, i.ID)
			if err != nil {
				return Replayed{}, err
			}
			scope := s.scope(c, access.PlaceRead)
			for _, m := range ms {
				if i.Started.IsZero() || !meets(scope, m.Path) {
					continue
				}
				k.Measures = append(k.Measures, m)
				name := m.Path
				if p, ok := a.Place(m.PlaceID); ok && p.Kind == territory.Door && !s.sees(c, m.Path) {
					if h := a.House(m.Path); h != nil {
						name = h.Path
					}
				}
				k.Names[m.ID], k.Doors[m.ID] = a.FullName(name), a.Sum(m.Path).Doors
			}
			if k.Rounds, err = s.steps(ctx, i.ID, k.Measures); err != nil {
				return Replayed{}, err
			}
			return replayed(k, b, in.Body.Rules)
		})
}

// steps rebuilds from the outcomes how far each round had come in each measure's
// area, day by day.
func (s *Server) steps(ctx context.Context, incident string, ms []mode.Measure) ([]mode.RoundStep, error) {
	rounds, err := s.Store.Rounds(ctx, incident)
	if err != nil {
		return nil, err
	}
	marks, err := s.Store.TargetMarks(ctx, incident, "")
	if err != nil {
		return nil, err
	}
	var out []mode.RoundStep
	for _, r := range rounds {
		for _, m := range ms {
			var at []int64
			total := 0
			for _, x := range marks {
				if x.RoundID != r.ID || x.Zone != m.Zone || !territory.Inside(x.Path, m.Path) {
					continue
				}
				total++
				if x.Final {
					at = append(at, x.At)
				}
			}
			if total == 0 {
				continue
			}
			slices.Sort(at)
			out = append(out, mode.RoundStep{At: r.Opened, Measure: m.ID, Round: r.Item, Total: total})
			if len(at) > 0 { // a rule asks only whether all are done, so the last one is enough
				out = append(out, mode.RoundStep{At: time.UnixMilli(at[len(at)-1]).UTC(), Measure: m.ID, Round: r.Item, Done: len(at), Total: total})
			}
		}
	}
	return out, nil
}

func replayed(k mode.KeptCase, b *mode.Playbook, rules map[string]string) (Replayed, error) {
	out := Replayed{Title: k.Title, Playbook: b.ID, WhatIf: len(rules) > 0, Releases: []WhenRelease{}, Days: []ReplayDay{}}
	var changed *mode.Playbook
	if len(rules) > 0 {
		var err error
		if changed, err = b.WithRelease(rules); err != nil {
			return out, err
		}
	}
	list := mode.Replay(k.History, b, changed)
	sort.SliceStable(list, func(i, j int) bool { return k.Names[list[i].Measure.ID] < k.Names[list[j].Measure.ID] })
	var first, last time.Time
	for _, r := range list {
		z, _ := b.Zone(r.Measure.Zone)
		out.Releases = append(out.Releases, WhenRelease{Measure: r.Measure.ID, Zone: r.Measure.Zone, Title: words(z.Title), Place: k.Names[r.Measure.ID], Doors: k.Doors[r.Measure.ID],
			From: stamp(r.Measure.From), Until: stamp(r.Measure.Until), Ended: stamp(r.Ended), Present: stamp(r.Present), Changed: stamp(r.Changed)})
		if first.IsZero() || r.Measure.From.Before(first) {
			first = r.Measure.From
		}
		if r.Measure.Until.After(last) {
			last = r.Measure.Until
		}
	}
	d := first.In(zoneTime)
	day := time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, zoneTime)
	for n := 0; n < 400 && day.Before(last); n++ {
		end := day.AddDate(0, 0, 1)
		x := ReplayDay{Date: day.Format("2006-01-02")}
		for _, r := range list {
			doors := k.Doors[r.Measure.ID]
			count := func(at time.Time, freed, held *int) {
				if at.IsZero() {
					at = r.Measure.Until
				} else if !at.Before(day) && at.Before(end) {
					*freed += doors
				}
				if r.Measure.From.Before(end) && !at.Before(end) {
					*held += doors
				}
			}
			count(r.Present, &x.Present, &x.HeldPresent)
			if changed != nil {
				count(r.Changed, &x.Changed, &x.HeldChanged)
			}
		}
		out.Days = append(out.Days, x)
		day = end
	}
	return out, nil
}
