package api

import (
	"context"
	"slices"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/mode"
)

func (s *Server) incidentWire(ctx context.Context, c *call, i dispatch.Incident) (Incident, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return Incident{}, err
	}
	w := Incident{ID: i.ID, Incident: i.ID, Title: i.Title, Playbook: i.Playbook, Hash: i.Version, PlaceID: i.PlaceID, PlaceName: a.FullName(i.Path), State: "draft",
		Author: i.Author, AuthorName: s.accountName(ctx, i.Author), DeclaredAt: stamp(i.Declared), StartedAt: stamp(i.Started), StartedBy: s.accountName(ctx, i.StartBy),
		EndedAt: stamp(i.Ended), Stated: i.Stated, Zones: []Zone{}}
	switch {
	case i.InForce(c.now):
		w.State = "running"
	case !i.Started.IsZero():
		w.State = "ended"
		w.DeleteAt = stamp(i.Ended.Add(i.Keep))
	}
	w.LapsesAt, w.MayConfirm = s.lapses(c, i)
	b, err := s.playbook(ctx, i.Version)
	if err != nil {
		return w, err
	}
	w.BookTitle, w.Version = words(b.Title), b.Version
	if doc, ok, err := s.Store.LastPlan(ctx, i.ID); err != nil {
		return w, err
	} else if ok && doc.Applied.IsZero() && w.State != "ended" && s.Guard.Reaches(c.viewer, access.PlanRead, i.Path, c.emerg) {
		w.PlanID, w.PlanBy = doc.ID, s.accountName(ctx, doc.Author)
	}
	z, err := s.zones(ctx, c, i, b)
	if err != nil {
		return w, err
	}
	w.Zones, w.Totals, w.Drafts = slices.Clone(z.zones), z.totals, z.drafts
	if i.Stated.People > 0 {
		w.Difference = &Difference{Stated: i.Stated.People, Ours: w.Totals.People, Gap: i.Stated.People - w.Totals.People, Source: i.Stated.Source, Parts: []string{}}
		for _, z := range w.Zones {
			w.Difference.Parts = append(w.Difference.Parts, z.Flags...)
		}
	}
	return w, nil
}

// zoned is what the zones of an incident hold, kept until anything may change it.
type zoned struct {
	force  *inForce
	ground *Atlas
	rev    int64
	zones  []Zone
	totals Totals
	drafts int
}

// zones returns what each zone of an incident holds, drafts as if applied.
func (s *Server) zones(ctx context.Context, c *call, i dispatch.Incident, b *mode.Playbook) (zoned, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return zoned{}, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return zoned{}, err
	}
	s.mu.Lock()
	z, ok := s.zoned[i.ID]
	s.mu.Unlock()
	if ok && z.force == f && z.ground == a && z.rev == i.Rev {
		return z, nil
	}
	ms, err := s.Store.Measures(ctx, i.ID)
	if err != nil {
		return zoned{}, err
	}
	z = zoned{force: f, ground: a, rev: i.Rev}
	for _, m := range ms {
		if m.Draft() {
			z.drafts++
		}
	}
	z.zones, z.totals = s.reckon(ctx, c, a, i, b, ms)
	s.mu.Lock()
	if len(s.zoned) > 200 {
		clear(s.zoned)
	}
	s.zoned[i.ID] = z
	s.mu.Unlock()
	return z, nil
}

// reckon reckons what each zone of an incident holds under these measures.
func (s *Server) reckon(ctx context.Context, c *call, a *Atlas, i dispatch.Incident, b *mode.Playbook, ms []mode.Measure) ([]Zone, Totals) {
	at := c.now
	if !i.Ended.IsZero() && at.After(i.Ended) {
		at = i.Ended.Add(-time.Millisecond)
	}
	ms = mode.AsIf(ms, i.ID, at)
	d := mode.DesiredAt(b, a.Ground, ms, mode.Scope{Incident: i.ID, Path: i.Path}, at)
	var t Totals
	out := []Zone{}
	for _, r := range dispatch.ZoneRows(b, a.Ground, d.Sums) {
		z := Zone{Zone: r.Zone, Incident: i.ID, Title: words(r.Title), Rule: words(r.Rule), Places: r.Places, Buildings: r.Buildings, Microgrids: r.Microgrids,
			Doors: r.Doors, Households: r.Households, People: r.People, Flags: append([]string{}, r.Empty...)}
		for _, m := range ms {
			if m.Zone == r.Zone && m.InForce(at) && m.Incident == i.ID {
				z.Basis, z.Author, z.From = m.Basis, s.accountName(ctx, m.Author), stamp(m.From)
				if u := stamp(m.Until); z.Until == "" || u < z.Until {
					z.Until = u
				}
			}
		}
		t.Doors += z.Doors
		t.People += z.People
		t.Buildings += z.Buildings
		t.Microgrids += z.Microgrids
		out = append(out, z)
	}
	return out, t
}
