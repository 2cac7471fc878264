package api

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/dispatch/surge"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/notice"
	"shouwang/internal/store"
)

// SurgeBoard is who fills what communities need, now and before.
type SurgeBoard struct {
	PlaceID   string        `json:"place_id"`
	Place     string        `json:"place"`
	Total     surge.Share   `json:"total"`
	Shares    []SurgeShare  `json:"shares" nullable:"false" doc:"by community"`
	History   []SurgePoint  `json:"history" nullable:"false" doc:"the same sums at each plan that was applied, and now"`
	Stations  []StationRow  `json:"stations" nullable:"false" doc:"in force; then those released in the last 30 days"`
	Proposals []SurgeHome   `json:"proposals" nullable:"false" doc:"who may go home since own people took over"`
	Branches  []SurgeBranch `json:"branches" nullable:"false"`
	Draft     *SurgePlan    `json:"draft,omitempty" doc:"the newest plan of this place, for whoever may plan"`
	MayPlan   bool          `json:"may_plan"`
}

// SurgeShare is a community's share with its name.
type SurgeShare struct {
	surge.Share
	Place string `json:"place"`
}

// SurgePoint is the sums of a place at one time.
type SurgePoint struct {
	At    string `json:"at"`
	Need  int    `json:"need"`
	Own   int    `json:"own"`
	Surge int    `json:"surge"`
	Open  int    `json:"open"`
}

// SurgeHome proposes people of a station for release.
type SurgeHome struct {
	surge.Proposal
	Station StationRow `json:"station"`
}

// SurgeBranch is the temporary party branch of a community.
type SurgeBranch struct {
	surge.Branch
	Name string `json:"name"`
	Led  string `json:"led" doc:"the squad that leads it"`
}

// released is how long released stations are shown.
const released = 30 * 24 * time.Hour

func (s *Server) surgeBoard(ctx context.Context, c *call, id string) (SurgeBoard, error) {
	a, p, err := s.named(ctx, c, access.SquadRead, id)
	if err != nil {
		return SurgeBoard{}, err
	}
	w := SurgeBoard{PlaceID: p.ID, Place: a.FullName(p.Path), Shares: []SurgeShare{}, History: []SurgePoint{}, Stations: []StationRow{}, Proposals: []SurgeHome{}, Branches: []SurgeBranch{}}
	w.MayPlan = s.may(c, access.SurgePlan, p.Path) == nil
	stations, err := s.Store.StationsUnder(ctx, p.Path, c.now.Add(-released))
	if err != nil {
		return w, err
	}
	docs, stated, err := s.surgePast(ctx, a.pathIDs(p.Path))
	if err != nil {
		return w, err
	}
	stated = slices.DeleteFunc(stated, func(x surge.Demand) bool {
		q, ok := a.Place(x.PlaceID)
		return !ok || !strings.HasPrefix(q.Path, p.Path)
	})
	var force []surge.Station
	for _, x := range stations {
		if x.InForce(c.now) {
			force = append(force, x)
		}
	}
	needs, err := s.surgeNeeds(ctx, c, a, p, force, stated)
	if err != nil {
		return w, err
	}
	squads, err := s.squadsOf(ctx, stations)
	if err != nil {
		return w, err
	}
	for _, x := range surge.Shares(needs, force, c.now) {
		w.Shares = append(w.Shares, SurgeShare{x, a.FullName(x.Path)})
		w.Total = sum(w.Total, x)
	}
	for i := len(docs) - 1; i >= 0; i-- {
		if pt, ok := reading(docs[i], p.Path); ok {
			w.History = append(w.History, pt)
		}
	}
	w.History = append(w.History, SurgePoint{stamp(c.now), w.Total.Need, w.Total.Own, w.Total.Surge, w.Total.Open})
	by := map[string]StationRow{}
	for _, pass := range []bool{true, false} {
		for i := range stations {
			x := &stations[i]
			if q := squads[x.SquadID]; q != nil && x.InForce(c.now) == pass && (pass || x.Release != "") {
				by[x.ID] = s.stationWire(c, a, q, x)
				w.Stations = append(w.Stations, by[x.ID])
			}
		}
	}
	for _, x := range surge.Proposals(needs, force, c.now) {
		w.Proposals = append(w.Proposals, SurgeHome{x, by[x.StationID]})
	}
	for _, b := range surge.Branches(force, p.Path, c.now) {
		q, _ := a.Place(b.PlaceID)
		w.Branches = append(w.Branches, SurgeBranch{b, a.FullName(q.Path), squads[b.Lead].Name})
	}
	if doc, ok, err := s.Store.LastPlanFor(ctx, surgeKey(p.ID)); err != nil {
		return w, err
	} else if ok && w.MayPlan {
		d := &surge.Draft{}
		if err := json.Unmarshal(doc.Body, d); err != nil {
			return w, err
		}
		x, err := s.surgeWire(ctx, c, a, &doc, d)
		if err != nil {
			return w, err
		}
		if doc.Applied.IsZero() {
			q, err := s.surgeAsk(ctx, c, a, p, d.Stated, d.Pins)
			x.Expired = err != nil || q.Saw() != d.Saw
		}
		w.Draft = &x
	}
	return w, nil
}

// pathIDs are the ids of the places on a path.
func (a *Atlas) pathIDs(path string) (out []string) {
	for _, p := range a.Up(path) {
		out = append(out, p.ID)
	}
	return out
}

func sum(t, x surge.Share) surge.Share {
	t.Need, t.Own, t.Surge, t.Open = t.Need+x.Need, t.Own+x.Own, t.Surge+x.Surge, t.Open+x.Open
	t.Extra, t.People, t.Squads = t.Extra+x.Extra, t.People+x.People, t.Squads+x.Squads
	return t
}

// pastPlans is how many plans of a place the history looks back.
const pastPlans = 20

// surgePast are the applied plans of squads of places, newest first, and what the
// newest of them states.
func (s *Server) surgePast(ctx context.Context, ids []string) (out []surge.Draft, stated []surge.Demand, err error) {
	for _, id := range ids {
		docs, err := s.Store.PlansFor(ctx, surgeKey(id), pastPlans)
		if err != nil {
			return nil, nil, err
		}
		for i := range docs {
			var d surge.Draft
			if docs[i].Applied.IsZero() {
				continue
			}
			if err := json.Unmarshal(docs[i].Body, &d); err != nil {
				return nil, nil, err
			}
			if d.TakenBack.IsZero() {
				d.At = docs[i].Applied
				out = append(out, d)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y surge.Draft) int { return y.At.Compare(x.At) })
	if len(out) > 0 {
		stated = slices.Clone(out[0].Stated)
	}
	return out, stated, nil
}

// reading is what a plan had at or below a path when it was applied.
func reading(d surge.Draft, path string) (SurgePoint, bool) {
	pt := SurgePoint{At: stamp(d.At)}
	sent := map[string]int{}
	for i := range d.Items {
		sent[d.Items[i].PlaceID+"|"+d.Items[i].Kind] += d.Items[i].People
	}
	there := false
	for i := range d.Needs {
		n := &d.Needs[i]
		if !strings.HasPrefix(n.Path, path) {
			continue
		}
		there = true
		in := min(n.Open(), sent[n.PlaceID+"|"+n.Kind])
		pt.Need, pt.Own, pt.Surge, pt.Open = pt.Need+n.Seats+n.Stated, pt.Own+min(n.Own, n.Seats), pt.Surge+in, pt.Open+n.Open()-in
	}
	return pt, there
}

func (s *Server) squadsOf(ctx context.Context, stations []surge.Station) (map[string]*surge.Squad, error) {
	var ids []string
	for i := range stations {
		ids = append(ids, stations[i].SquadID)
	}
	slices.Sort(ids)
	list, err := s.Store.Squads(ctx, slices.Compact(ids))
	out := make(map[string]*surge.Squad, len(list))
	for i := range list {
		out[list[i].ID] = &list[i]
	}
	return out, err
}

// surgeWire is a plan of squads on the wire.
func (s *Server) surgeWire(ctx context.Context, c *call, a *Atlas, doc *store.PlanDoc, d *surge.Draft) (SurgePlan, error) {
	w := SurgePlan{ID: doc.ID, PlaceID: d.PlaceID, Place: a.FullName(d.Path), Author: s.accountName(ctx, doc.Author), Mine: doc.Author == c.viewer.Account(), Made: stamp(doc.Made),
		Applied: stamp(doc.Applied), TakenBack: stamp(d.TakenBack), Squads: d.Squads, People: d.People, Split: d.Split, Items: []SurgeItem{}, Gaps: []SurgeGap{}, Stated: []SurgeStated{}}
	if doc.Applier != "" {
		w.Applier = s.accountName(ctx, doc.Applier)
	}
	at := map[string]string{}
	name := func(id string) string {
		if p, ok := a.Place(id); ok && at[id] == "" {
			at[id] = a.FullName(p.Path)
		}
		return at[id]
	}
	var ids []string
	for i := range d.Items {
		ids = append(ids, d.Items[i].SquadID)
	}
	slices.Sort(ids)
	list, err := s.Store.Squads(ctx, slices.Compact(ids))
	if err != nil {
		return w, err
	}
	squads := make(map[string]*surge.Squad, len(list))
	for i := range list {
		squads[list[i].ID] = &list[i]
	}
	branch := map[string]int{}
	for i := range d.Items {
		it := &d.Items[i]
		w.Counts.Add(it.Act, 1)
		w.Called += it.People
		if branch[it.PlaceID] += it.People; it.People > 0 && branch[it.PlaceID] >= 3 && branch[it.PlaceID]-it.People < 3 {
			w.Branches++
		}
		x := SurgeItem{SquadID: it.SquadID, PlaceID: it.PlaceID, Place: name(it.PlaceID), Kind: it.Kind, People: it.People, Was: it.Was, Act: string(it.Act), Why: it.Why}
		if q := squads[it.SquadID]; q != nil {
			x.Number, x.Squad, x.Organisation, x.Size = q.Number, q.Name, q.Organisation, q.Size
		}
		w.Items = append(w.Items, x)
	}
	for i := range d.Needs {
		w.Needed += d.Needs[i].Open()
	}
	w.Filled = w.Needed
	for _, g := range d.Gaps {
		w.Filled -= g.People
		w.Gaps = append(w.Gaps, SurgeGap{g.PlaceID, name(g.PlaceID), g.Kind, g.People, g.Fit, g.Seats})
	}
	for _, x := range d.Stated {
		w.Stated = append(w.Stated, SurgeStated{x.PlaceID, name(x.PlaceID), x.Kind, x.People})
	}
	return w, nil
}

func (s *Server) stationRelease(ctx context.Context, c *call, in *stationRelease) (StationRow, journal.Receipt, error) {
	var none journal.Receipt
	x, ok, err := s.Store.Station(ctx, in.ID)
	if err != nil {
		return StationRow{}, none, err
	}
	if !ok {
		return StationRow{}, none, errNotHere(c)
	}
	if err := s.may(c, access.SurgePlan, x.Path); err != nil {
		return StationRow{}, none, access.Hide(err)
	}
	a, err := s.ground(ctx)
	if err != nil {
		return StationRow{}, none, err
	}
	q, _, err := s.Store.Squad(ctx, x.SquadID)
	if err != nil {
		return StationRow{}, none, err
	}
	thanks := strings.TrimSpace(in.Body.Thanks)
	if thanks == "" {
		from, to := x.From.In(zoneTime).Format(time.DateOnly), c.now.In(zoneTime).Format(time.DateOnly)
		n, h, place := strconv.Itoa(in.Body.People), strconv.Itoa(in.Body.Hours), a.FullName(x.Path)
		thanks = fmt.Sprintf("%s：贵单位%s %s 人于 %s 至 %s 在%s服务，共 %s 小时。所在社区已由本社区人员接手，即日起请队员返回。谨致谢意。", q.Organisation, q.Name, n, from, to, place, h)
		if c.lang == "en" {
			thanks = fmt.Sprintf("To %s: %s people of %s served at %s from %s to %s, %s hours in all. The community's own people have taken over; your people may return from today. Thank you.", q.Organisation, n, q.Name, place, from, to, h)
		}
	}
	rows, err := surge.Release(x, in.Body.People, in.Body.Hours, thanks, c.viewer.Account(), c.now)
	if err != nil {
		return StationRow{}, none, err
	}
	told, err := s.tellSent(ctx, c, &q, &x, thanks)
	if err != nil {
		return StationRow{}, none, err
	}
	done := rows[0].Row.(*surge.Station)
	w := s.stationWire(c, a, &q, done)
	rows[0].Entry = c.entry("squad.released", "stations", x.ID, x.PlaceID, x.Path, "work", map[string]any{"people": in.Body.People, "hours": in.Body.Hours})
	r, err := s.Store.Commit(ctx, c.op, nil, append(rows, told...)...)
	return w, r, err
}

// tellSent is the word to the helpers on posts of the community whom the squad's
// organisation sent: that their squad is released, with the thanks.
func (s *Server) tellSent(ctx context.Context, c *call, q *surge.Squad, x *surge.Station, thanks string) ([]journal.Change, error) {
	helpers, err := s.Store.HelpersSentBy(ctx, []string{q.Organisation})
	if err != nil || len(helpers) == 0 {
		return nil, err
	}
	ids := make([]string, len(helpers))
	for i := range helpers {
		ids[i] = helpers[i].ID
	}
	posts, err := s.Store.PostsHeldBy(ctx, ids)
	if err != nil {
		return nil, err
	}
	here := map[string]bool{}
	for i := range posts {
		if surge.InForce(&posts[i], c.now) && strings.HasPrefix(posts[i].Path, x.Path) {
			here[posts[i].HelperID] = true
		}
	}
	n := notice.Notice{ID: journal.NewID(c.now), Kind: notice.Told, PlaceID: x.PlaceID, Path: x.Path, Thing: "stations", ThingID: x.ID, Title: mode.Text{ZH: "所在突击队放回，感谢您", EN: "Your squad is released; thank you"},
		Body: mode.Text{ZH: thanks, EN: thanks}, Wants: notice.Nothing, Turn: notice.Together, Author: c.viewer.Account(), Sent: c.now, Until: c.now.Add(3 * 24 * time.Hour)}
	out := []journal.Change{{Row: &n}}
	for _, h := range helpers {
		if here[h.ID] {
			r := notice.Turn(&n, notice.Receiver{NoticeID: n.ID, N: len(out), HelperID: h.ID, PlaceID: h.PlaceID, Path: h.Path}, c.now)
			out = append(out, journal.Change{Row: &r})
		}
	}
	if len(out) == 1 {
		return nil, nil
	}
	return out, nil
}
