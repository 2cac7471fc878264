package api

import (
	"cmp"
	"context"
	"slices"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/people/care"
	"shouwang/internal/people/shift"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// CareBoard is what is to be handed out, fed and looked after at a place.
type CareBoard struct {
	PlaceID   string       `json:"place_id"`
	Place     string       `json:"place"`
	From      string       `json:"from"`
	Days      int          `json:"days"`
	Gear      []GearStore  `json:"gear" nullable:"false"`
	Wants     []GearWant   `json:"wants" nullable:"false" doc:"what those on duty do not have yet, soonest first"`
	Out       []GearIssue  `json:"out" nullable:"false" doc:"who holds what"`
	Meals     []MealCount  `json:"meals" nullable:"false"`
	Diets     []DietCount  `json:"diets" nullable:"false" doc:"of those meals, how many otherwise; over the whole place"`
	Uninsured []CareHelper `json:"uninsured" nullable:"false" doc:"on duty these days and not covered"`
	Lodged    []CareHelper `json:"lodged" nullable:"false" doc:"who may not go home, and where they sleep"`
	Kinds     []GearStore  `json:"kinds" nullable:"false" doc:"everything that the playbooks declare"`
	MayWrite  bool         `json:"may_write"`
}

// GearStore is how one kind of gear stands.
type GearStore struct {
	ID    string `json:"id"`
	Title Words  `json:"title"`
	Used  bool   `json:"used" doc:"used up: nobody brings it back"`
	Known bool   `json:"known" doc:"a stock is kept"`
	In    int    `json:"in"`
	Out   int    `json:"out"`
	Gone  int    `json:"gone" doc:"used up or lost"`
	Want  int    `json:"want"`
	Short int    `json:"short" doc:"of those wanted, how many cannot be had from the stock"`
}

// GearWant is gear that somebody on duty does not have.
type GearWant struct {
	HelperID string `json:"helper_id"`
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Title    Words  `json:"title"`
	Count    int    `json:"count"`
	From     string `json:"from"`
	Short    bool   `json:"short"`
}

// GearIssue is gear that somebody has.
type GearIssue struct {
	ID       string `json:"id"`
	HelperID string `json:"helper_id"`
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Title    Words  `json:"title"`
	Count    int    `json:"count"`
	Given    string `json:"given"`
	Used     bool   `json:"used"`
}

// MealCount is how many of a meal are wanted where.
type MealCount struct {
	Day   string `json:"day"`
	Meal  string `json:"meal"`
	Title Words  `json:"title"`
	Place string `json:"place"`
	Count int    `json:"count"`
}

// DietCount is how many of a day's meal are wanted otherwise.
type DietCount struct {
	Day   string `json:"day"`
	Meal  string `json:"meal"`
	Title Words  `json:"title"`
	Count int    `json:"count"`
}

// CareHelper is somebody to be looked after.
type CareHelper struct {
	HelperID     string `json:"helper_id"`
	Name         string `json:"name"`
	InsuredUntil string `json:"insured_until"`
	InsuredBy    string `json:"insured_by"`
	Lodging      string `json:"lodging"`
	LodgedUntil  string `json:"lodged_until"`
}

type careQuery struct {
	ID   string `path:"id"`
	From string `query:"from" maxLength:"10"`
	Days int    `query:"days" minimum:"1" maximum:"7" default:"2"`
}

func (s *Server) cares() {
	read(s, Op{ID: "care-board", Path: "/places/{id}/care", Action: access.RosterPlan, Summary: "Care at a place: gear wanted and out, meals by day and place, who is not insured, who sleeps elsewhere"}, s.careBoard)
	s.careWrites()
	s.thankings()
	s.burdens()
}

// onDuty are the times at which people stand on posts at a place and below: shifts, and
// posts of emergencies that are held all the time, for each day anew.
func (s *Server) onDuty(ctx context.Context, c *call, a *Atlas, path string, from, until time.Time) ([]care.Duty, error) {
	at := func(path string) string {
		if up := a.UpTo(path, territory.Building); up != nil {
			return up.Path
		}
		if up := a.UpTo(path, territory.Community); up != nil {
			return up.Path
		}
		return path
	}
	books := map[string]*mode.Playbook{}
	item := func(incident, id string) (mode.PostItem, bool) {
		b, ok := books[incident]
		if !ok {
			b, _ = s.bookOf(ctx, c, incident)
			books[incident] = b
		}
		if b == nil {
			return mode.PostItem{}, false
		}
		return b.Post(id)
	}
	var out []care.Duty
	shifts, err := s.Store.ShiftsUnder(ctx, path, from, until)
	if err != nil {
		return nil, err
	}
	for i := range shifts {
		if x := &shifts[i]; x.HelperID != "" && (x.State == shift.Planned || x.State == shift.Done) {
			if it, ok := item(x.Incident, x.Item); ok {
				out = append(out, care.Duty{HelperID: x.HelperID, Place: at(x.Path), From: x.From, Until: x.Until, Gear: it.Gear, Meals: it.Meals})
			}
		}
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return nil, err
	}
	for _, d := range f.decls {
		posts, err := s.Store.Posts(ctx, d.Incident, path)
		if err != nil {
			return nil, err
		}
		for i := range posts {
			p := &posts[i]
			it, ok := item(p.Incident, p.Item)
			if !ok || p.HelperID == "" || it.Shifts != nil || ended(*p, c) {
				continue
			}
			out = append(out, care.Duty{HelperID: p.HelperID, Place: at(p.Path), From: maxTime(from, p.From), Until: until, Gear: it.Gear, Meals: it.Meals})
		}
	}
	return out, nil
}

func maxTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// careKinds are the gear and the meals of every playbook, each id once.
func (s *Server) careKinds() (gear []mode.GearKind, meals []mode.Meal, diets []mode.Talent) {
	for _, b := range s.shelf() {
		for _, k := range b.Gear {
			if !slices.ContainsFunc(gear, func(x mode.GearKind) bool { return x.ID == k.ID }) {
				gear = append(gear, k)
			}
		}
		for _, k := range b.Meals {
			if !slices.ContainsFunc(meals, func(x mode.Meal) bool { return x.ID == k.ID }) {
				meals = append(meals, k)
			}
		}
		for _, k := range b.Diets() {
			if !slices.ContainsFunc(diets, func(x mode.Talent) bool { return x.ID == k.ID }) {
				diets = append(diets, k)
			}
		}
	}
	return gear, meals, diets
}

func (s *Server) careBoard(ctx context.Context, c *call, in *careQuery) (CareBoard, error) {
	out := CareBoard{Gear: []GearStore{}, Kinds: []GearStore{}, Wants: []GearWant{}, Out: []GearIssue{}, Meals: []MealCount{}, Diets: []DietCount{}, Uninsured: []CareHelper{}, Lodged: []CareHelper{}}
	a, p, err := s.named(ctx, c, access.RosterPlan, in.ID)
	if err != nil {
		return out, err
	}
	midnight, err := time.ParseInLocation(time.DateOnly, cmp.Or(in.From, c.now.In(zoneTime).Format(time.DateOnly)), zoneTime)
	if err != nil {
		return out, shift.ErrSpan.With()
	}
	out.PlaceID, out.Place, out.From, out.Days, out.MayWrite = p.ID, a.FullName(p.Path), midnight.Format(time.DateOnly), in.Days, s.may(c, access.HelperWrite, p.Path) == nil
	until := midnight.AddDate(0, 0, in.Days)
	duties, err := s.onDuty(ctx, c, a, p.Path, midnight, until)
	if err != nil {
		return out, err
	}
	issues, err := s.Store.GearUnder(ctx, p.Path)
	if err != nil {
		return out, err
	}
	ids := map[string]bool{}
	for _, d := range duties {
		ids[d.HelperID] = true
	}
	for _, x := range issues {
		ids[x.HelperID] = true
	}
	delete(ids, "")
	of, err := s.helpersOf(ctx, ids)
	if err != nil {
		return out, err
	}
	s.careGear(&out, duties, issues, of, c.now)
	if err := s.careMeals(ctx, c, a, p, &out, duties, midnight, of); err != nil {
		return out, err
	}
	return out, s.careKept(ctx, c, p.Path, &out, duties)
}

func (s *Server) careGear(out *CareBoard, duties []care.Duty, issues []care.Issue, of map[string]*people.Helper, now time.Time) {
	kinds, _, _ := s.careKinds()
	coming := slices.DeleteFunc(slices.Clone(duties), func(d care.Duty) bool { return !d.Until.After(now) })
	wants, stock := care.Wants(kinds, coming, issues), care.Stock(kinds, issues)
	title := map[string]Words{}
	used := map[string]bool{}
	for _, k := range kinds {
		title[k.ID], used[k.ID] = words(k.Title), k.Used
	}
	n, short := map[string]int{}, map[string]int{}
	for _, w := range wants {
		n[w.Kind] += w.Count
		if w.Short {
			short[w.Kind] += w.Count
		}
		if h := of[w.HelperID]; h != nil {
			out.Wants = append(out.Wants, GearWant{h.ID, h.Name, w.Kind, title[w.Kind], w.Count, stamp(w.From), w.Short})
		}
	}
	for _, k := range kinds {
		st := stock[k.ID]
		g := GearStore{ID: k.ID, Title: title[k.ID], Used: k.Used, Known: st.Known, In: st.In, Out: st.Out, Gone: st.Use, Want: n[k.ID], Short: short[k.ID]}
		out.Kinds = append(out.Kinds, g)
		if st != (care.Store{}) || g.Want > 0 {
			out.Gear = append(out.Gear, g)
		}
	}
	for _, x := range issues {
		if h := of[x.HelperID]; h != nil && x.Back.IsZero() && !used[x.Kind] {
			out.Out = append(out.Out, GearIssue{x.ID, h.ID, h.Name, x.Kind, title[x.Kind], x.Count, stamp(x.Given), used[x.Kind]})
		}
	}
}

// careMeals counts the meals, and, for whoever makes the roster, the diets: what is
// sealed is opened by a rule, and one entry says of how many.
func (s *Server) careMeals(ctx context.Context, c *call, a *Atlas, p *territory.Place, out *CareBoard, duties []care.Duty, midnight time.Time, of map[string]*people.Helper) error {
	_, meals, catalogue := s.careKinds()
	title := map[string]Words{}
	for _, m := range meals {
		title[m.ID] = words(m.Title)
	}
	diet := map[string]Words{}
	for _, t := range catalogue {
		diet[t.ID] = words(t.Title)
	}
	fed := map[string]bool{}
	for _, d := range duties {
		if len(d.Meals) > 0 {
			fed[d.HelperID] = true
		}
	}
	hs := []people.Helper{}
	for id := range fed {
		if h := of[id]; h != nil {
			hs = append(hs, *h)
		}
	}
	opened, err := s.Store.OpenLimits(ctx, hs)
	if err != nil {
		return err
	}
	if opened > 0 {
		e := c.entry("diet.counted", "looks", p.ID, p.ID, p.Path, "audit", map[string]any{"rule": "meals/1", "opened": opened, "purpose": "meals"})
		e.Purpose = store.PeoplePurpose
		if _, err := s.Store.Commit(ctx, nil, nil, journal.Change{Entry: e}); err != nil {
			return err // not recorded, so not shown
		}
	}
	diets := map[string][]string{}
	for i := range hs {
		for _, id := range hs[i].Limits {
			if _, ok := diet[id]; ok {
				diets[hs[i].ID] = append(diets[hs[i].ID], id)
			}
		}
	}
	portions, other := care.Portions(meals, duties, midnight, out.Days, diets)
	for _, x := range portions {
		out.Meals = append(out.Meals, MealCount{x.Day, x.Meal, title[x.Meal], a.FullName(x.Place), x.Count})
	}
	for _, x := range other {
		out.Diets = append(out.Diets, DietCount{x.Day, x.Meal, diet[x.Diet], x.Count})
	}
	return nil
}

func (s *Server) careKept(ctx context.Context, c *call, path string, out *CareBoard, duties []care.Duty) error {
	hs, err := s.Store.HelpersUnder(ctx, path)
	if err != nil {
		return err
	}
	last := map[string]time.Time{}
	for _, d := range duties {
		if d.Until.After(c.now) && d.Until.After(last[d.HelperID]) {
			last[d.HelperID] = d.Until
		}
	}
	slices.SortFunc(hs, func(x, y people.Helper) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) })
	list := make([]string, 0, len(hs))
	for i := range hs {
		list = append(list, hs[i].ID)
	}
	kept, err := s.Store.Kept(ctx, list)
	if err != nil {
		return err
	}
	for i := range hs {
		k := kept[hs[i].ID]
		w := CareHelper{hs[i].ID, hs[i].Name, stamp(k.InsuredUntil), k.InsuredBy, k.Lodging, stamp(k.LodgedUntil)}
		if end, on := last[hs[i].ID]; on && !k.Covered(end.Add(-time.Second)) {
			out.Uninsured = append(out.Uninsured, w)
		}
		if k.Lodging != "" && c.now.Before(k.LodgedUntil) {
			out.Lodged = append(out.Lodged, w)
		}
	}
	return nil
}
