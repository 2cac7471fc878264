package dispatch

import (
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

// PlaceRef is a place as a decision needs it.
type PlaceRef struct {
	ID   string
	Path string
}

// Declare drafts an incident on a place with the playbook version it will keep.
// It holds nobody until a plan is applied. The answer is ErrTitle for a missing
// or endless title, ErrPlace for no place.
func Declare(title string, pb *mode.Playbook, place PlaceRef, stated Stated, actor string, now time.Time) (Incident, []journal.Change, error) {
	title = strings.TrimSpace(title)
	if title == "" || utf8.RuneCountInString(title) > 200 {
		return Incident{}, nil, ErrTitle.With()
	}
	if place.ID == "" || place.Path == "" {
		return Incident{}, nil, ErrPlace.With(place.ID)
	}
	inc := Incident{ID: journal.NewID(now), Title: title, Playbook: pb.ID, Version: pb.Hash, PlaceID: place.ID, Path: place.Path,
		Author: actor, Declared: now, Keep: pb.Demobilize.Keep, Stated: stated}
	row := inc
	return inc, []journal.Change{{Row: &row, Entry: entry(inc, "incident.declared", actor, now, map[string]any{"playbook": pb.ID, "version": pb.Hash})}}, nil
}

// ZoneOrder draws one zone on places, with its legal basis and end. Loc is the
// civil time zone of the place: a longest term in days ends with that civil day.
type ZoneOrder struct {
	Zone   string
	Places []PlaceRef
	Basis  string
	Until  time.Time
	Loc    *time.Location
}

// lasting refuses an end beyond the longest term, that of the playbook or the one a
// place eased it to.
func lasting(pb *mode.Playbook, z mode.Zone, places []PlaceRef, o ZoneOrder, now time.Time) error {
	for i := range places {
		latest, limited := z.Latest(now, o.Loc)
		if len(pb.Local) > 0 {
			latest, limited = pb.LatestAt(o.Zone, places[i].Path, now, o.Loc)
		}
		if limited && o.Until.After(latest) {
			return mode.ErrLongest.With(o.Zone, day(latest, o.Loc), day(o.Until, o.Loc))
		}
	}
	return nil
}

// AddZone draws a zone. For an incident that runs the measures are drafts until a
// plan is applied; what they replace holds meanwhile. Drawing the same again
// changes nothing. Refused: a zone the playbook does not know (SW-1408), no basis
// (SW-1405), an end before the start (SW-1406) or beyond the longest term
// (SW-1407), places outside the incident (SW-1509), an ended incident (SW-1505).
func AddZone(inc Incident, pb *mode.Playbook, have []mode.Measure, o ZoneOrder, actor string, now time.Time) ([]mode.Measure, []journal.Change, error) {
	if !inc.Ended.IsZero() && !now.Before(inc.Ended) {
		return nil, nil, ErrEnded.With(inc.Ended.Format(time.RFC3339))
	}
	z, ok := pb.Zone(o.Zone)
	if !ok {
		var names []string
		for _, x := range pb.Zones {
			names = append(names, x.ID)
		}
		return nil, nil, mode.ErrZone.With(o.Zone, strings.Join(names, " "))
	}
	basis := strings.TrimSpace(o.Basis)
	if basis == "" {
		return nil, nil, mode.ErrBasis.With(o.Zone)
	}
	if !o.Until.After(now) {
		return nil, nil, mode.ErrEnd.With(day(o.Until, o.Loc), day(now, o.Loc))
	}
	places, err := within(inc, o.Places)
	if err != nil {
		return nil, nil, err
	}
	if err := lasting(pb, z, places, o, now); err != nil {
		return nil, nil, err
	}
	var made []mode.Measure
	var changes []journal.Change
	for _, p := range places {
		same := false
		for i := range have {
			m := have[i]
			if m.Incident != inc.ID || m.PlaceID != p.ID || !m.InForce(now) && !m.Draft() {
				continue
			}
			if m.Zone == o.Zone && m.Until.Equal(o.Until) && m.Basis == basis {
				same = true
				continue
			}
			if inc.Started.IsZero() || m.Draft() {
				changes = append(changes, lifted(inc, m, actor, now))
			}
		}
		if same {
			continue
		}
		m := mode.Measure{ID: stableID(now, "measure", inc.ID, o.Zone, p.ID, basis, o.Until.String()), Incident: inc.ID, Zone: o.Zone,
			PlaceID: p.ID, Path: p.Path, Basis: basis, Author: actor, From: now, Until: o.Until}
		if !inc.Started.IsZero() {
			m.From = m.Until // a draft
		}
		made = append(made, m)
		row := m
		e := under(entry(inc, "", actor, now, nil), "measure.drawn", "measures", m.ID, m.PlaceID, m.Path,
			map[string]any{"zone": m.Zone, "until": m.Until.UTC().Format(time.RFC3339)})
		changes = append(changes, journal.Change{Row: &row, Entry: e})
	}
	return made, changes, nil
}

// LiftZone ends the measures of an incident at places, at once: easing needs no
// second person. Drafts there are dropped as well. ErrNoZone when there is none.
func LiftZone(inc Incident, have []mode.Measure, places []PlaceRef, actor string, now time.Time) ([]journal.Change, error) {
	list, err := within(inc, places)
	if err != nil {
		return nil, err
	}
	at := map[string]bool{}
	for _, p := range list {
		at[p.ID] = true
	}
	var changes []journal.Change
	for _, m := range have {
		if m.Incident == inc.ID && at[m.PlaceID] && (m.InForce(now) || m.Draft()) {
			changes = append(changes, lifted(inc, m, actor, now))
		}
	}
	if len(changes) == 0 {
		return nil, ErrNoZone.With()
	}
	return changes, nil
}

func lifted(inc Incident, m mode.Measure, actor string, now time.Time) journal.Change {
	m.Lifted, m.LiftedBy = now, actor
	e := under(entry(inc, "", actor, now, nil), "measure.lifted", "measures", m.ID, m.PlaceID, m.Path, map[string]any{"zone": m.Zone})
	return journal.Change{Row: &m, Base: m.Version, Entry: e}
}

// within checks that the places stand inside the incident and drops repeats.
func within(inc Incident, places []PlaceRef) ([]PlaceRef, error) {
	if len(places) == 0 {
		return nil, ErrPlace.With("—")
	}
	seen := map[string]bool{}
	var out []PlaceRef
	for _, p := range places {
		if p.ID == "" || p.Path == "" || !territory.Inside(p.Path, inc.Path) {
			return nil, ErrPlace.With(p.ID)
		}
		if !seen[p.ID] {
			seen[p.ID] = true
			out = append(out, p)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Path < out[j].Path })
	return out, nil
}

// day writes a moment in the civil time of the place.
func day(t time.Time, loc *time.Location) string {
	if loc == nil {
		loc = time.UTC
	}
	return t.In(loc).Format("2006-01-02 15:04")
}
