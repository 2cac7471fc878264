package api

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

var reshapeVerbs = map[string]string{"move": "place.moved", "split": "place.split", "merge": "place.merged", "divide": "place.divided", "undo": "place.restored"}

// applyReshape applies a kept plan; when another writer was faster it looks again
// whether the ground is as the plan saw it.
func (s *Server) applyReshape(ctx context.Context, c *call, id string) (Reshape, journal.Receipt, error) {
	for try := 0; ; try++ {
		w, r, err := s.applyOnce(ctx, c, id)
		if try < 2 && errors.Is(err, store.ErrConflict) {
			s.stale("places")
			continue
		}
		return w, r, err
	}
}

func (s *Server) applyOnce(ctx context.Context, c *call, id string) (Reshape, journal.Receipt, error) {
	var none journal.Receipt
	r, doc, err := s.reshape(ctx, c, access.ReshapeApply, id)
	if err != nil {
		return Reshape{}, none, err
	}
	if !doc.Applied.IsZero() {
		w, err := s.reshapeWire(ctx, c, r, doc)
		return w, journal.Receipt{Seq: s.Store.Last()}, err
	}
	release, err := s.imports.claims.take(ctx, []string{"places"})
	if err != nil {
		return Reshape{}, none, err
	}
	defer release()
	a, err := s.ground(ctx)
	if err != nil {
		return Reshape{}, none, err
	}
	if sawGround(a, r) != r.Saw {
		return Reshape{}, none, territory.ErrOutdated.With()
	}
	if err := s.name(ctx, r, &doc); err != nil {
		return Reshape{}, none, err
	}
	k, err := s.reckonReshape(ctx, a, r, c)
	if err == nil {
		err = k.stop()
	}
	if err != nil {
		return Reshape{}, none, err
	}
	before, err := s.tree(ctx, a, r)
	if err != nil {
		return Reshape{}, none, err
	}
	r.Back, r.BackCodes = before.Reverse(r.Steps), map[string]string{}
	for _, x := range k.out.Codes {
		if x.Old != "" && x.New != "" {
			r.BackCodes[x.PlaceID] = x.Old
		}
	}
	return s.stageReshape(ctx, c, a, r, doc, k)
}

// name gives the places that a plan makes their ids, in the plan and in what it was
// shown to do.
func (s *Server) name(ctx context.Context, r *territory.Reshape, doc *store.PlanDoc) error {
	makes := territory.Makes(r.Steps)
	if len(makes) == 0 {
		return nil
	}
	first, err := s.Store.NextPlaces(ctx, len(makes))
	if err != nil {
		return err
	}
	ids := map[string]string{}
	for i, m := range makes {
		ids[m] = strconv.FormatInt(first+int64(i), 36)
	}
	r.Steps = territory.Rename(r.Steps, ids)
	var x kept
	if err := json.Unmarshal(doc.Body, &x); err != nil {
		return err
	}
	for i, p := range x.Preview.Made {
		if id, ok := ids[p.PlaceID]; ok {
			x.Preview.Made[i].PlaceID = id
		}
	}
	for _, d := range []*territory.Division{r.Division, x.Preview.Division} {
		for i := range partsOf(d) {
			if id, ok := ids[d.Parts[i].ID]; ok {
				d.Parts[i].ID = id
			}
			for j, h := range d.Parts[i].Houses {
				if id, ok := ids[h]; ok {
					d.Parts[i].Houses[j] = id
				}
			}
		}
	}
	doc.Body, err = json.Marshal(x)
	return err
}

func partsOf(d *territory.Division) []territory.DividePart {
	if d == nil {
		return nil
	}
	return d.Parts
}

// stageReshape writes all of a plan as one act: places, their codes and closed
// chapters, posts and rights that end, and the path of every row that lies there.
func (s *Server) stageReshape(ctx context.Context, c *call, a *Atlas, r *territory.Reshape, doc store.PlanDoc, k *coming) (Reshape, journal.Receipt, error) {
	var none journal.Receipt
	act, err := s.Store.Begin(ctx, reshapeVerbs[r.Verb])
	if err != nil {
		return Reshape{}, none, err
	}
	g := &grounding{s: s, c: c, a: a, r: r, k: k, act: act}
	w, receipt, err := g.write(ctx, doc)
	if err != nil {
		if drop := act.Drop(ctx); drop != nil {
			s.Log.Error("an act could not be taken back", "request", c.request, "cause", drop)
		}
		return Reshape{}, none, err
	}
	s.stale("places")
	return w, receipt, nil
}

// grounding is one plan of the ground on its way into the store.
type grounding struct {
	s   *Server
	c   *call
	a   *Atlas
	r   *territory.Reshape
	k   *coming
	act *store.Act
}

func (g *grounding) write(ctx context.Context, doc store.PlanDoc) (Reshape, journal.Receipt, error) {
	var none journal.Receipt
	for _, stage := range []func(context.Context) error{g.places, g.codes, g.stays, g.posts, g.helpers} {
		if err := stage(ctx); err != nil {
			return Reshape{}, none, err
		}
	}
	rows, err := g.act.Repath(ctx, g.k.out.Tops(), g.k.out.Repath)
	if err != nil {
		return Reshape{}, none, err
	}
	more, err := g.grants(ctx)
	if err != nil {
		return Reshape{}, none, err
	}
	var x kept
	if err := json.Unmarshal(doc.Body, &x); err != nil {
		return Reshape{}, none, err
	}
	x.Reshape = *g.r
	if doc.Body, err = json.Marshal(x); err != nil {
		return Reshape{}, none, err
	}
	doc.Applied, doc.Applier = g.c.now, g.c.viewer.Account()
	w, err := g.s.reshapeWire(ctx, g.c, g.r, doc)
	if err != nil {
		return Reshape{}, none, err
	}
	body, err := json.Marshal(w)
	if err != nil {
		return w, none, err
	}
	p, ok := g.a.Place(g.r.Place)
	if !ok {
		p = &territory.Place{ID: g.r.Place}
	}
	total := 0
	for _, n := range rows {
		total += n
	}
	entry := g.c.entry(reshapeVerbs[g.r.Verb], "places", p.ID, p.ID, p.Path, "work", map[string]any{"plan": g.r.ID, "moves": w.Totals.Moves, "doors": w.Totals.Doors, "rows": total})
	if err := g.act.Write(ctx); err != nil {
		return w, none, err
	}
	next, err := g.a.reshaped(g.k.out)
	if err != nil {
		return w, none, err
	}
	done := g.s.readied(g.a, next)
	g.act.Valid = func(r journal.Receipt) { done(ctx, r.Seq) }
	defer done(ctx, 0)
	receipt, err := g.act.Finish(ctx, g.c.op, body, entry, append(more, journal.Change{Row: &doc, Base: doc.Version})...)
	return w, receipt, err
}

func (g *grounding) places(ctx context.Context) error {
	for i := range g.k.out.New {
		if err := g.act.Insert(ctx, &g.k.out.New[i]); err != nil {
			return err
		}
	}
	for i := range g.k.out.Changed {
		p := &g.k.out.Changed[i]
		if err := g.act.Change(ctx, journal.Change{Row: p, Base: p.Version}); err != nil {
			return err
		}
	}
	return nil
}

// codes closes the codes that places give up and opens those they get. A new
// place's first code comes with it.
func (g *grounding) codes(ctx context.Context) error {
	fresh := map[string]bool{}
	for _, p := range g.k.out.New {
		fresh[p.ID] = true
	}
	var ids []string
	for _, x := range g.k.out.Codes {
		if x.Old != "" {
			ids = append(ids, x.PlaceID)
		}
	}
	spans, err := g.s.Store.CodesOf(ctx, ids)
	if err != nil {
		return err
	}
	open := map[string]territory.CodeSpan{}
	for _, x := range spans {
		if x.Until.IsZero() && x.Scheme == territory.HouseScheme {
			open[x.PlaceID] = x
		}
	}
	var add []any
	for _, x := range g.k.out.Codes {
		if span, ok := open[x.PlaceID]; ok && x.Old != "" {
			span.Until = g.c.now
			if err := g.act.Change(ctx, journal.Change{Row: &span, Base: span.Version}); err != nil {
				return err
			}
		} else if x.Old != "" { // a place from before codes were kept
			p, _ := g.a.Place(x.PlaceID)
			add = append(add, &territory.CodeSpan{ID: x.PlaceID + "@was" + g.act.ID, Scheme: territory.HouseScheme, Code: x.Old, PlaceID: x.PlaceID, From: p.From, Until: g.c.now})
		}
		if x.New != "" && !fresh[x.PlaceID] {
			add = append(add, &territory.CodeSpan{ID: x.PlaceID + "@" + g.act.ID, Scheme: territory.HouseScheme, Code: x.New, PlaceID: x.PlaceID, From: g.c.now})
		}
	}
	return g.act.Insert(ctx, add...)
}

func (g *grounding) stays(ctx context.Context) error {
	var ids []string
	for _, x := range g.k.out.Stays {
		ids = append(ids, x.PlaceID)
	}
	since, err := g.s.Store.Since(ctx, ids)
	if err != nil {
		return err
	}
	var rows []any
	for i := range g.k.out.Stays {
		x := &g.k.out.Stays[i]
		if info, _ := g.kind(x.PlaceID).Info(); info.Rank >= 90 && !g.steps(x.PlaceID) {
			continue // a door whose code follows its house keeps the house's chapter
		}
		x.ID, x.Until, x.Verb, x.Plan = x.PlaceID+"@"+g.act.ID, g.c.now, g.r.Verb, g.r.ID
		if x.From = since[x.PlaceID]; x.From.IsZero() {
			if p, ok := g.a.Place(x.PlaceID); ok {
				x.From = p.From
			}
		}
		rows = append(rows, x)
	}
	return g.act.Insert(ctx, rows...)
}

func (g *grounding) kind(id string) territory.Kind {
	p, _ := g.k.tree.Place(id)
	return p.Kind
}

// steps says whether a step names the place itself.
func (g *grounding) steps(id string) bool {
	return slices.ContainsFunc(g.r.Steps, func(s territory.Step) bool { return s.ID == id })
}

// posts ends the everyday posts of ending places and, when a plan takes another
// back, opens those again that the other ended.
func (g *grounding) posts(ctx context.Context) error {
	for i := range g.k.posts {
		p := g.k.posts[i]
		p.Until = g.c.now
		g.r.Closed = append(g.r.Closed, p.ID)
		if err := g.act.Change(ctx, journal.Change{Row: &p, Base: p.Version}); err != nil {
			return err
		}
	}
	for _, id := range g.r.Reopen {
		p, ok, err := g.s.Store.Post(ctx, id)
		if err != nil {
			return err
		}
		if ok && !p.Until.IsZero() {
			p.Until = time.Time{}
			if err := g.act.Change(ctx, journal.Change{Row: &p, Base: p.Version}); err != nil {
				return err
			}
		}
	}
	return nil
}

// helpers who were stationed at an ending place are stationed at its first heir.
func (g *grounding) helpers(ctx context.Context) error {
	for _, st := range g.r.Steps {
		if st.Do != territory.End || len(st.Into) == 0 {
			continue
		}
		p, there := g.a.Place(st.ID)
		heir, ok := g.k.tree.Place(st.Into[0])
		if !there || !ok {
			continue
		}
		hs, err := g.s.Store.HelpersUnder(ctx, p.Path)
		if err != nil {
			return err
		}
		for _, h := range hs {
			if h.PlaceID != p.ID {
				continue
			}
			h.PlaceID, h.Path = heir.ID, heir.Path
			if err := g.act.Change(ctx, journal.Change{Row: &h, Base: h.Version}); err != nil {
				return err
			}
		}
	}
	return nil
}

// grants ends rights given by hand at ending places, or opens them again.
func (g *grounding) grants(ctx context.Context) ([]journal.Change, error) {
	var out []journal.Change
	for _, x := range g.k.grants {
		x.Until = g.c.now
		g.r.Closed = append(g.r.Closed, x.ID)
		out = append(out, journal.Change{Row: &x, Base: x.Version})
	}
	old, err := g.s.Store.GrantsByID(ctx, g.r.Reopen)
	for _, x := range old {
		x.Until = time.Time{}
		out = append(out, journal.Change{Row: &x, Base: x.Version})
	}
	return out, err
}
