package surge

import (
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/plan"
)

// Apply makes a draft hold: stations that change end, those that are new begin. a is
// what there is now; it must be what the draft saw. The draft keeps how to take it
// back. The plan's author may not apply it.
func Apply(d *Draft, planID, author, actor string, a *Ask) ([]journal.Change, error) {
	switch {
	case author == actor:
		return nil, ErrOwnPlan.With()
	case d.Saw != a.Saw():
		return nil, ErrOutdated.With()
	}
	have := map[string]Station{}
	for _, x := range a.Stations {
		have[x.ID] = x
	}
	until := map[string]time.Time{}
	for i := range a.Squads {
		until[a.Squads[i].ID] = a.Squads[i].Until
	}
	var out []journal.Change
	for i := range d.Items {
		it := &d.Items[i]
		if it.Act == plan.Keep {
			continue
		}
		if it.Station != "" {
			old := have[it.Station]
			d.Undo = append(d.Undo, old)
			x := old
			x.Until = a.Now
			out = append(out, journal.Change{Row: &x, Base: old.Version})
		}
		if it.Act != plan.Close {
			x := Station{ID: journal.NewID(a.Now), SquadID: it.SquadID, PlanID: planID, PlaceID: it.PlaceID, Path: it.Path, Kind: it.Kind, People: it.People, From: a.Now, Until: until[it.SquadID], Why: it.Why, Pinned: it.Why.Pinned}
			d.Made = append(d.Made, x.ID)
			out = append(out, journal.Change{Row: &x})
		}
	}
	return out, nil
}

// TakeBack undoes an applied draft: what it made ends, what it ended stands again.
// It is refused when any of these changed since.
func TakeBack(d *Draft, now []Station, at time.Time) ([]journal.Change, error) {
	have := map[string]Station{}
	for _, x := range now {
		have[x.ID] = x
	}
	var out []journal.Change
	for _, id := range d.Made {
		x, ok := have[id]
		if !ok || !x.InForce(at) || x.Release != "" {
			return nil, ErrBack.With()
		}
		base := x.Version
		x.Until = at
		out = append(out, journal.Change{Row: &x, Base: base})
	}
	for _, old := range d.Undo {
		x, ok := have[old.ID]
		if !ok || x.Version != old.Version+1 || !old.Until.IsZero() && !old.Until.After(at) {
			return nil, ErrBack.With()
		}
		base := x.Version
		x.Until = old.Until
		out = append(out, journal.Change{Row: &x, Base: base})
	}
	d.TakenBack = at
	return out, nil
}

// Release lets people of a station go home, all of them or some, with the hours they
// gave together and the words of thanks. Who stays stands on in a station of its own.
func Release(x Station, people, hours int, thanks, actor string, now time.Time) ([]journal.Change, error) {
	if !x.InForce(now) {
		return nil, ErrOver.With()
	}
	days := int(now.Sub(x.From)/(24*time.Hour)) + 1
	if most := x.People * days * 24; people < 1 || people > x.People || hours < 0 || hours > people*days*24 {
		return nil, ErrRelease.With(x.People, min(most, max(people, 0)*days*24))
	}
	rest := x
	base := x.Version
	x.Until, x.Release, x.Hours, x.Thanks = now, actor, hours, thanks
	out := []journal.Change{{Row: &x, Base: base}}
	if people < x.People {
		rest.ID, rest.People, rest.From, rest.Version = journal.NewID(now), x.People-people, now, 0
		rest.Why.Whole = false
		out = append(out, journal.Change{Row: &rest})
	}
	return out, nil
}
