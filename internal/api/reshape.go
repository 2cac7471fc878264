package api

import (
	"context"
	"encoding/json"
	"slices"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/plan"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

type divideInput struct {
	ID   string `path:"id"`
	Body struct {
		Households int             `json:"households" minimum:"1" maximum:"5000" doc:"About so many a micro-grid"`
		Stairwells bool            `json:"split_stairwells,omitempty" doc:"Large stairwells may be cut between floors"`
		Fresh      bool            `json:"fresh,omitempty" doc:"Pay no heed to how it is divided now"`
		Seed       uint64          `json:"seed,omitempty" doc:"Chooses among equals; 0 is 1"`
		Steps      int             `json:"steps,omitempty" minimum:"0" maximum:"4096" doc:"How long to look: 16 when 0; the same steps and seed give the same division. Ending the request stops the search and keeps nothing"`
		From       string          `json:"from,omitempty" maxLength:"60" doc:"A previewed division to go on from: only put is heeded then"`
		Put        []territory.Put `json:"put,omitempty" maxItems:"200" doc:"Stairwells to put into another part of it by hand"`
	}
}

type moveInput struct {
	ID   string `path:"id"`
	Body struct {
		To   string `json:"to" maxLength:"60" doc:"Code or id of the new parent"`
		Code string `json:"code,omitempty" maxLength:"40" doc:"A code of your own for the moved place; by rule when empty"`
	}
}

type splitInput struct {
	ID   string `path:"id"`
	Body struct {
		Parts []SplitPart `json:"parts" maxItems:"30"`
	}
}

// SplitPart is one part to split off: a name, or empty for one by rule, and the
// codes or ids of places directly below.
type SplitPart struct {
	Name   string   `json:"name,omitempty" maxLength:"60"`
	Places []string `json:"places" maxItems:"2000"`
}

type mergeInput struct {
	ID   string `path:"id"`
	Body struct {
		Others []string `json:"others" maxItems:"60" doc:"Codes or ids of the places that end in this one"`
	}
}

func (s *Server) reshapes() {
	type byID struct {
		ID string `path:"id"`
	}
	act(s, Op{ID: "place-divide", Path: "/places/{id}/divide", Action: access.ReshapePlan, Summary: "Preview: divide a community or grid into micro-grids of about so many households"}, s.divide)
	act(s, Op{ID: "place-move", Path: "/places/{id}/move", Action: access.ReshapePlan, Summary: "Preview: put a place with all below it under another parent"}, s.move)
	act(s, Op{ID: "place-split", Path: "/places/{id}/split", Action: access.ReshapePlan, Summary: "Preview: split a place into several of its kind"}, s.split)
	act(s, Op{ID: "place-merge", Path: "/places/{id}/merge", Action: access.ReshapePlan, Summary: "Preview: merge other places into this one"}, s.merge)
	read(s, Op{ID: "reshape-read", Path: "/reshapes/{id}", Action: access.ReshapePlan, Summary: "A plan of the ground as it was made"},
		func(ctx context.Context, c *call, in *byID) (Reshape, error) {
			r, doc, err := s.reshape(ctx, c, access.ReshapePlan, in.ID)
			if err != nil {
				return Reshape{}, err
			}
			return s.reshapeWire(ctx, c, r, doc)
		})
	act(s, Op{ID: "reshape-apply", Path: "/reshapes/{id}/apply", Action: access.ReshapeApply, Summary: "Apply a plan of the ground in one act"},
		func(ctx context.Context, c *call, in *byID) (Reshape, journal.Receipt, error) {
			return s.applyReshape(ctx, c, in.ID)
		})
	act(s, Op{ID: "reshape-undo", Path: "/reshapes/{id}/undo", Action: access.ReshapePlan, Summary: "Preview: the plan that takes an applied one back"},
		func(ctx context.Context, c *call, in *byID) (Reshape, journal.Receipt, error) {
			return s.undoReshape(ctx, c, in.ID)
		})
	read(s, Op{ID: "place-history", Path: "/places/{id}/history", Action: access.PlaceRead, Summary: "Where a place stood, under which codes, from when to when"},
		func(ctx context.Context, c *call, in *byID) (PlaceHistory, error) { return s.history(ctx, c, in.ID) })
}

// named finds a place by id, code or a code that it once bore, for the action.
func (s *Server) named(ctx context.Context, c *call, action, key string) (*Atlas, *territory.Place, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, nil, err
	}
	if _, ok := a.Place(key); ok {
		return s.place(ctx, c, action, key, "")
	}
	if p, ok := a.ByCode(key); ok {
		return s.place(ctx, c, action, p.ID, "")
	}
	heirs, err := s.heirs(ctx, key)
	if err != nil {
		return nil, nil, err
	}
	if len(heirs) == 0 || key == "" {
		return nil, nil, errNotHere(c)
	}
	return s.place(ctx, c, action, heirs[0], "")
}

// heirs are the places that an old code, or the id of an ended place, means now.
func (s *Server) heirs(ctx context.Context, key string) ([]string, error) {
	if len(key) > 60 {
		return nil, nil
	}
	id, err := s.Store.CodeOwner(ctx, key)
	if err != nil {
		return nil, err
	}
	if id == "" {
		id = key
	}
	return s.Store.Heirs(ctx, id)
}

func (s *Server) move(ctx context.Context, c *call, in *moveInput) (Reshape, journal.Receipt, error) {
	a, p, err := s.named(ctx, c, access.ReshapePlan, in.ID)
	if err != nil {
		return Reshape{}, journal.Receipt{}, err
	}
	_, to, err := s.named(ctx, c, access.ReshapePlan, in.Body.To)
	if err != nil {
		return Reshape{}, journal.Receipt{}, err
	}
	t := treeOf(a, nil, p, to)
	steps, err := territory.PlanMove(t, p.ID, to.ID)
	if err != nil {
		return Reshape{}, journal.Receipt{}, err
	}
	r := &territory.Reshape{Verb: "move", Place: p.ID, Asks: []string{p.ID, to.ID}, Sees: []string{p.ID}, Steps: steps}
	if in.Body.Code != "" {
		r.Wish = map[string]string{p.ID: in.Body.Code}
	}
	return s.keepReshape(ctx, c, a, r)
}

func (s *Server) split(ctx context.Context, c *call, in *splitInput) (Reshape, journal.Receipt, error) {
	a, p, err := s.named(ctx, c, access.ReshapePlan, in.ID)
	if err != nil {
		return Reshape{}, journal.Receipt{}, err
	}
	var parts []territory.Part
	for _, x := range in.Body.Parts {
		part := territory.Part{Name: x.Name}
		for _, key := range x.Places {
			_, q, err := s.named(ctx, c, access.ReshapePlan, key)
			if err != nil {
				return Reshape{}, journal.Receipt{}, err
			}
			part.Places = append(part.Places, q.ID)
		}
		parts = append(parts, part)
	}
	steps, err := territory.PlanSplit(treeOf(a, nil, p), p.ID, parts)
	if err != nil {
		return Reshape{}, journal.Receipt{}, err
	}
	return s.keepReshape(ctx, c, a, &territory.Reshape{Verb: "split", Place: p.ID, Asks: []string{p.ID}, Sees: []string{p.ID}, Steps: steps})
}

func (s *Server) merge(ctx context.Context, c *call, in *mergeInput) (Reshape, journal.Receipt, error) {
	a, p, err := s.named(ctx, c, access.ReshapePlan, in.ID)
	if err != nil {
		return Reshape{}, journal.Receipt{}, err
	}
	all := []*territory.Place{p}
	ids := []string{p.ID}
	for _, key := range in.Body.Others {
		_, q, err := s.named(ctx, c, access.ReshapePlan, key)
		if err != nil {
			return Reshape{}, journal.Receipt{}, err
		}
		all, ids = append(all, q), append(ids, q.ID)
	}
	steps, err := territory.PlanMerge(treeOf(a, nil, all...), p.ID, ids[1:])
	if err != nil {
		return Reshape{}, journal.Receipt{}, err
	}
	return s.keepReshape(ctx, c, a, &territory.Reshape{Verb: "merge", Place: p.ID, Asks: ids, Sees: ids, Steps: steps})
}

func (s *Server) divide(ctx context.Context, c *call, in *divideInput) (Reshape, journal.Receipt, error) {
	a, p, err := s.named(ctx, c, access.ReshapePlan, in.ID)
	if err != nil {
		return Reshape{}, journal.Receipt{}, err
	}
	if in.Body.From != "" {
		return s.adjust(ctx, c, a, p, in)
	}
	wish := territory.DivideWish{Households: in.Body.Households, Stairwells: in.Body.Stairwells, Fresh: in.Body.Fresh, Seed: max(in.Body.Seed, 1), Steps: in.Body.Steps}
	if wish.Steps > 4*territory.DivideSteps { // one long search at a time: the others' work goes on meanwhile
		select {
		case s.searching <- struct{}{}:
			defer func() { <-s.searching }()
		case <-ctx.Done():
			return Reshape{}, journal.Receipt{}, ctx.Err()
		}
	}
	d, steps, err := territory.Divide(ctx, treeOf(a, nil, p), p.ID, wish)
	if err != nil {
		return Reshape{}, journal.Receipt{}, err
	}
	return s.keepReshape(ctx, c, a, &territory.Reshape{Verb: "divide", Place: p.ID, Asks: []string{p.ID}, Sees: []string{p.ID}, Steps: steps, Division: d})
}

// adjust puts some stairwells of a previewed division elsewhere.
func (s *Server) adjust(ctx context.Context, c *call, a *Atlas, p *territory.Place, in *divideInput) (Reshape, journal.Receipt, error) {
	old, doc, err := s.reshape(ctx, c, access.ReshapePlan, in.Body.From)
	if err != nil {
		return Reshape{}, journal.Receipt{}, err
	}
	if old.Division == nil || old.Place != p.ID || !doc.Applied.IsZero() || old.Saw != sawGround(a, old) {
		return Reshape{}, journal.Receipt{}, territory.ErrOutdated.With()
	}
	d, steps, err := territory.Adjust(treeOf(a, nil, p), p.ID, old.Division, in.Body.Put)
	if err != nil {
		return Reshape{}, journal.Receipt{}, err
	}
	return s.keepReshape(ctx, c, a, &territory.Reshape{Verb: "divide", Place: p.ID, Asks: []string{p.ID}, Sees: []string{p.ID}, Steps: steps, Division: d})
}

func (s *Server) undoReshape(ctx context.Context, c *call, id string) (Reshape, journal.Receipt, error) {
	var none journal.Receipt
	old, doc, err := s.reshape(ctx, c, access.ReshapePlan, id)
	if err != nil {
		return Reshape{}, none, err
	}
	if doc.Applied.IsZero() || len(old.Back) == 0 {
		return Reshape{}, none, ErrNotApplied.With()
	}
	a, err := s.ground(ctx)
	if err != nil {
		return Reshape{}, none, err
	}
	r := &territory.Reshape{Verb: "undo", Place: old.Place, Asks: old.Asks, Sees: old.Sees, Undoes: old.ID, Steps: old.Back, Wish: old.BackCodes, Reopen: old.Closed}
	return s.keepReshape(ctx, c, a, r)
}

// treeOf takes the part of the ground in which some places lie, with the way down
// to it: all below the place nearest above them all.
func treeOf(a *Atlas, ended []territory.Place, ps ...*territory.Place) *territory.Tree {
	top := ps[0].Path
	if up, ok := a.Place(ps[0].ParentID); ok {
		top = up.Path
	}
	for _, p := range ps[1:] {
		for top != "" && !territory.Inside(p.Path, top) {
			ways := territory.Ancestors(top)
			if len(ways) < 2 {
				top = ""
			} else {
				top = ways[len(ways)-2]
			}
		}
	}
	lo, hi := a.Span(top)
	places := slices.Clone(a.Places[lo:hi])
	if top != "" {
		up := a.Up(top)
		for _, p := range up[:len(up)-1] {
			places = append(places, *p)
		}
	}
	return territory.NewTree(places, ended)
}

// tree is the ground that a plan's steps go over, with the ended places it revives.
func (s *Server) tree(ctx context.Context, a *Atlas, r *territory.Reshape) (*territory.Tree, error) {
	var ps []*territory.Place
	var revive []string
	for _, id := range append(slices.Clone(r.Asks), r.Place) {
		if p, ok := a.Place(id); ok {
			ps = append(ps, p)
		}
	}
	for _, st := range r.Steps {
		if st.Do == territory.Revive {
			revive = append(revive, st.ID)
		}
		for _, id := range []string{st.ID, st.To} {
			if p, ok := a.Place(id); ok {
				ps = append(ps, p)
			}
		}
	}
	if len(ps) == 0 {
		return nil, territory.ErrOutdated.With()
	}
	ended, err := s.Store.EndedPlaces(ctx, revive)
	return treeOf(a, ended, ps...), err
}

// keepReshape reckons what a plan comes to, refuses what cannot be and keeps it;
// the same ground gives the same plan.
func (s *Server) keepReshape(ctx context.Context, c *call, a *Atlas, r *territory.Reshape) (Reshape, journal.Receipt, error) {
	var none journal.Receipt
	for _, id := range r.Asks {
		p, ok := a.Place(id)
		if !ok {
			if r.Undoes != "" { // what the plan itself ended has no place to ask at
				continue
			}
			return Reshape{}, none, errNotHere(c)
		}
		if err := s.may(c, access.ReshapePlan, p.Path); err != nil {
			return Reshape{}, none, err
		}
	}
	r.Author, r.MadeAt, r.Saw = c.viewer.Account(), c.now, sawGround(a, r)
	r.ID = "g" + plan.NewPrint().JSON([]any{r.Author, r.Verb, r.Saw, r.Steps, r.Wish, r.Division}).ID()
	k, err := s.reckonReshape(ctx, a, r, c)
	if err != nil {
		return Reshape{}, none, err
	}
	doc, had, err := s.Store.Plan(ctx, r.ID)
	if err != nil {
		return Reshape{}, none, err
	}
	if !had {
		shown, err := s.preview(ctx, c, a, r, k)
		if err != nil {
			return Reshape{}, none, err
		}
		raw, err := json.Marshal(kept{*r, shown})
		if err != nil {
			return Reshape{}, none, err
		}
		doc = store.PlanDoc{ID: r.ID, Author: r.Author, Made: c.now, Saw: r.Saw, Body: raw}
	}
	w, err := s.reshapeWire(ctx, c, r, doc)
	if err != nil || had {
		return w, journal.Receipt{Seq: s.Store.Last()}, err
	}
	p, ok := a.Place(r.Place)
	if !ok {
		p = &territory.Place{ID: r.Place}
	}
	body, err := json.Marshal(w)
	if err != nil {
		return w, none, err
	}
	entry := c.entry("ground.planned", "plans", r.ID, p.ID, p.Path, "work", map[string]any{"verb": r.Verb, "doors": w.Totals.Doors})
	got, err := s.Store.Commit(ctx, c.op, body, journal.Change{Row: &doc, Entry: entry})
	return w, got, err
}

// sawGround is a print of all places that a plan goes by.
func sawGround(a *Atlas, r *territory.Reshape) string {
	type seen struct {
		ID, Parent string
		Version    int64
	}
	var all []seen
	add := func(p *territory.Place) { all = append(all, seen{p.ID, p.ParentID, p.Version}) }
	for _, id := range r.Sees {
		if p, ok := a.Place(id); ok {
			lo, hi := a.Span(p.Path)
			for i := lo; i < hi; i++ {
				add(&a.Places[i])
			}
		}
	}
	for _, st := range r.Steps {
		for _, id := range []string{st.ID, st.To} {
			if p, ok := a.Place(id); ok {
				add(p)
			}
		}
	}
	return plan.NewPrint().JSON(all).ID()
}

// reshape finds a kept plan of the ground that the viewer may see whole.
func (s *Server) reshape(ctx context.Context, c *call, action, id string) (*territory.Reshape, store.PlanDoc, error) {
	doc, ok, err := s.Store.Plan(ctx, id)
	if err != nil {
		return nil, doc, err
	}
	if !ok || doc.Incident != "" {
		return nil, doc, errNotHere(c)
	}
	var r territory.Reshape
	if err := json.Unmarshal(doc.Body, &r); err != nil {
		return nil, doc, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return nil, doc, err
	}
	asked := 0
	for _, id := range r.Asks {
		heirs := []string{id}
		if _, there := a.Place(id); !there {
			if heirs, err = s.Store.Heirs(ctx, id); err != nil {
				return nil, doc, err
			}
		}
		for _, h := range heirs {
			p, there := a.Place(h)
			if !there {
				continue
			}
			asked++
			if s.may(c, access.ReshapePlan, p.Path) != nil {
				return nil, doc, errNotHere(c)
			}
			if err := s.may(c, action, p.Path); err != nil {
				return nil, doc, err
			}
		}
	}
	if asked == 0 {
		return nil, doc, errNotHere(c)
	}
	return &r, doc, nil
}
