package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/custody"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// DoseRow is until when somebody's medicine lasts.
type DoseRow struct {
	PersonID  string `json:"person_id"`
	Name      string `json:"name"`
	PlaceID   string `json:"place_id"`
	PlaceName string `json:"place_name"`
	Medicine  string `json:"medicine"`
	Until     string `json:"until" doc:"the last day for which it lasts"`
	Opens     string `json:"opens" doc:"when the errand is opened"`
	Reviewer  string `json:"reviewer"`
	CaseID    string `json:"case_id" doc:"the errand, once it was opened"`
	Link      string `json:"link" doc:"where the household follows the errand"`
	Ended     string `json:"ended"`
}

// brief leaves out what is sealed, so that a receipt does not keep it open.
func (d DoseRow) brief() any { d.Medicine, d.Name, d.Link = "", "", ""; return d }

// DoseBoard is the plans of a place, and who may look at a prescription there.
type DoseBoard struct {
	Items     []DoseRow      `json:"items" nullable:"false" doc:"the soonest first"`
	Reviewers []CustodyParty `json:"reviewers" nullable:"false"`
	LeadDays  int            `json:"lead_days" doc:"so many days before the errand is opened"`
	KeepDays  int            `json:"keep_days" doc:"so many days the medicine is kept after a plan ended"`
}

type doseInput struct {
	ID   string `path:"id"`
	Body struct {
		Medicine string `json:"medicine" maxLength:"800"`
		Until    string `json:"until" maxLength:"40" doc:"civil date: the last day for which it lasts"`
		Reviewer string `json:"reviewer" maxLength:"60"`
	}
}

func (s *Server) doses() {
	read(s, Op{ID: "dose-list", Path: "/places/{id}/doses", Action: access.DoseKeep, Summary: "Whose medicine ends when at a place, the soonest first; the look is recorded"}, s.doseBoard)
	write(s, Op{ID: "dose-set", Path: "/residents/{id}/dose", Action: access.DoseKeep, Summary: "Until when somebody's medicine lasts and who looks at the prescription; the errand is opened in time"}, s.doseSet)
	write(s, Op{ID: "dose-end", Path: "/residents/{id}/dose/end", Action: access.DoseKeep, Summary: "A resident's medicine is no longer fetched"},
		func(ctx context.Context, c *call, in *incidentID) (DoseRow, []journal.Change, error) {
			a, p, err := s.greeted(ctx, c, access.DoseKeep, in.ID)
			if err != nil {
				return DoseRow{}, nil, err
			}
			d, ok, err := s.Store.Dose(ctx, p.ID)
			if err != nil || !ok {
				return DoseRow{}, nil, orElse(err, need.ErrNoDose.With())
			}
			next := d.End("stopped", c.now)
			return s.doseWire(ctx, a, next, p.Name), []journal.Change{{Row: &next, Base: d.Version, Entry: s.doseEntry(c.now, c.viewer.Account(), &next, "ended", map[string]string{"why": next.Why})}}, nil
		})
}

// doseEntry is the entry of something about a plan: never what the medicine is.
func (s *Server) doseEntry(now time.Time, by string, d *need.Dose, verb string, facts map[string]string) journal.Entry {
	c := &call{now: now, viewer: access.NewViewer(by, nil, now)}
	e := c.entry("dose."+verb, "doses", d.ID, d.PlaceID, d.Path, "audit", facts)
	e.Purpose = store.NeedsPurpose
	return e
}

func (s *Server) doseWire(ctx context.Context, a *Atlas, d need.Dose, name string) DoseRow {
	w := DoseRow{PersonID: d.PersonID, Name: name, PlaceID: d.PlaceID, PlaceName: a.FullName(d.Path), Medicine: d.Medicine, Until: d.Until.In(zoneTime).Add(-time.Second).Format(time.DateOnly),
		Opens: stamp(d.Until.Add(-d.Lead)), Reviewer: s.accountName(ctx, d.Reviewer), CaseID: d.CaseID, Ended: stamp(d.Ended)}
	if d.CaseID != "" {
		w.Link = s.caseLink(&need.Case{ID: d.CaseID})
	}
	return w
}

// doseItem is the item of the catalogue in force at a place that fetches medicines whose
// day is known.
func (s *Server) doseItem(ctx context.Context, c *call, a *Atlas, p *territory.Place) (need.Item, error) {
	xs, err := s.caseItems(ctx, c, a, p)
	if err != nil {
		return need.Item{}, err
	}
	i := slices.IndexFunc(xs, func(x need.Item) bool { return x.Dose != nil && x.Chained != nil })
	if i < 0 {
		return need.Item{}, need.ErrDoseItem.With()
	}
	return xs[i], nil
}

func (s *Server) doseBoard(ctx context.Context, c *call, in *incidentID) (DoseBoard, error) {
	out := DoseBoard{Items: []DoseRow{}, Reviewers: []CustodyParty{}}
	a, p, err := s.doorway(ctx, c, access.DoseKeep, in.ID)
	if err != nil {
		return out, err
	}
	x, err := s.doseItem(ctx, c, a, p)
	if err != nil {
		return out, err
	}
	out.LeadDays, out.KeepDays = int(x.Dose.Lead.Hours()/24), int(x.Dose.Keep.Hours()/24)
	ds, err := s.Store.DosesUnder(ctx, p.Path)
	if err != nil {
		return out, err
	}
	if len(ds) > 0 { // before anything is opened
		e := c.entry("dose.listed", "looks", p.ID, p.ID, p.Path, "audit", map[string]int{"count": len(ds)})
		if _, err := s.Store.Commit(ctx, nil, nil, journal.Change{Entry: e}); err != nil {
			return out, err
		}
	}
	for _, d := range ds {
		if err := s.Store.OpenDose(ctx, &d); err != nil {
			return out, err
		}
		person, _, err := s.Store.Person(ctx, d.PersonID, store.Clear{})
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, s.doseWire(ctx, a, d, person.Name))
	}
	who, err := s.takers(ctx, c, a, p.Path, "", x.Chained.Legs[0].By)
	for _, w := range who {
		out.Reviewers = append(out.Reviewers, s.partyWire(ctx, a, x.Chained, w))
	}
	return out, err
}

func (s *Server) doseSet(ctx context.Context, c *call, in *doseInput) (DoseRow, []journal.Change, error) {
	a, person, err := s.greeted(ctx, c, access.DoseKeep, in.ID)
	if err != nil {
		return DoseRow{}, nil, err
	}
	p, ok := a.Place(person.PlaceID)
	if !ok || !person.Until.IsZero() {
		return DoseRow{}, nil, errNotHere(c)
	}
	x, err := s.doseItem(ctx, c, a, p)
	if err != nil {
		return DoseRow{}, nil, err
	}
	d := need.Dose{ID: journal.NewID(c.now), PersonID: person.ID, PlaceID: person.PlaceID, Path: person.Path, Medicine: strings.TrimSpace(in.Body.Medicine), Lead: x.Dose.Lead, Keep: x.Dose.Keep,
		Reviewer: in.Body.Reviewer, By: c.viewer.Account(), At: c.now}
	if d.Until, err = civilEnd(in.Body.Until, c.now); err != nil {
		return DoseRow{}, nil, need.ErrDosePast.With().At("until")
	}
	if err := need.CheckDose(&d, c.now); err != nil {
		return DoseRow{}, nil, err
	}
	who, err := s.takers(ctx, c, a, p.Path, "", x.Chained.Legs[0].By)
	if err != nil {
		return DoseRow{}, nil, err
	}
	if !slices.ContainsFunc(who, func(w custody.Party) bool { return w.Who == d.Reviewer }) {
		return DoseRow{}, nil, need.ErrDoseReview.With().At("reviewer")
	}
	d.Next = d.Clock()
	changes := []journal.Change{{Row: &d, Entry: s.doseEntry(c.now, c.viewer.Account(), &d, "set", nil)}}
	old, ok, err := s.Store.Dose(ctx, person.ID)
	if ok { // another date: the one before opens nothing any more
		over := old.End("changed", c.now)
		changes = append(changes, journal.Change{Row: &over, Base: old.Version, Entry: s.doseEntry(c.now, c.viewer.Account(), &over, "ended", map[string]string{"why": over.Why})})
	}
	return s.doseWire(ctx, a, d, person.Name), changes, err
}

// DoseByClock makes the rows of what the clock does to a plan by now, for the worker: it
// opens the errand, ends what nobody carried on, and forgets. None when nothing is due.
func (s *Server) DoseByClock(ctx context.Context, d need.Dose, now time.Time, by string) ([]journal.Change, error) {
	if at := d.Clock(); at.IsZero() || now.Before(at) {
		return nil, nil
	}
	base, next := d.Version, d
	ended := func(why string) ([]journal.Change, error) {
		next = d.End(why, now)
		return []journal.Change{{Row: &next, Base: base, Entry: s.doseEntry(now, by, &next, "ended", map[string]string{"why": why})}}, nil
	}
	if !d.Ended.IsZero() {
		next.Forgotten, next.Sealed, next.Medicine, next.Next = now, nil, "", time.Time{}
		return []journal.Change{{Row: &next, Base: base, Entry: s.doseEntry(now, by, &next, "forgotten", nil)}}, nil
	}
	if d.CaseID != "" {
		return ended("past")
	}
	person, ok, err := s.Store.Person(ctx, d.PersonID, store.Clear{})
	if err != nil {
		return nil, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	p, there := a.Place(person.PlaceID)
	if !ok || !there || !person.Until.IsZero() {
		return ended("left")
	}
	c := &call{now: now, lang: "zh", viewer: access.NewViewer(by, nil, now)}
	x, err := s.doseItem(ctx, c, a, p)
	if err != nil {
		return nil, err
	}
	last := d.Until.In(zoneTime).Add(-time.Second).Format(time.DateOnly)
	k, changes, err := s.openCase(ctx, now, by, a, x, need.Case{PlaceID: p.ID, Path: p.Path, Origin: "round", OpenedBy: by, PersonID: person.ID,
		Words: "定期续药，" + last + " 吃完；药名请有资格的人看。/ Regular supply, lasts until " + last + "; what it is, is for those qualified."})
	if err != nil {
		return nil, err
	}
	for _, ch := range changes { // whoever is to look at the prescription has it first
		if row, ok := ch.Row.(*need.Custody); ok {
			row.First = custody.Party{Who: d.Reviewer, Post: k.Desk.Role}
			row.Reckon(x.Chain(), nil)
		}
	}
	next.CaseID, next.PlaceID, next.Path = k.ID, p.ID, p.Path
	next.Next = next.Clock()
	return append([]journal.Change{{Row: &next, Base: base, Entry: s.doseEntry(now, by, &next, "opened", map[string]string{"case": k.ID})}}, changes...), nil
}
