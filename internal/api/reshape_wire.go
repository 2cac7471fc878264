package api

import (
	"context"
	"encoding/json"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/mode"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// Reshape is a plan of the ground on the wire: what would move, whole, before
// anything does.
type Reshape struct {
	Plan        string              `json:"plan"`
	Verb        string              `json:"verb" enum:"move,split,merge,divide,undo"`
	PlaceID     string              `json:"place_id"`
	PlaceName   string              `json:"place_name"`
	Author      string              `json:"author"`
	AuthorName  string              `json:"author_name"`
	MadeAt      string              `json:"made_at"`
	AppliedAt   string              `json:"applied_at"`
	Applier     string              `json:"applier"`
	ApplierName string              `json:"applier_name"`
	Expired     bool                `json:"expired" doc:"The ground has changed since"`
	MayApply    bool                `json:"may_apply"`
	Undoes      string              `json:"undoes,omitempty" doc:"The plan that this one takes back"`
	Totals      ReshapeTotals       `json:"totals"`
	Moves       []ReshapeMove       `json:"moves" nullable:"false" doc:"At most 300"`
	Made        []ReshapePlace      `json:"made" nullable:"false"`
	Ended       []ReshapePlace      `json:"ended" nullable:"false"`
	Codes       []ReshapeCode       `json:"codes" nullable:"false" doc:"Codes of micro-grids, houses and above that change; at most 300"`
	Posts       []ReshapePost       `json:"posts" nullable:"false" doc:"Everyday posts on what moves or ends"`
	Checks      []PlanCheck         `json:"checks" nullable:"false"`
	Division    *territory.Division `json:"division,omitempty"`
	Leads       map[string]string   `json:"leads,omitempty" doc:"micro-grid id → name of its lead"`
	Units       map[string]string   `json:"units,omitempty" doc:"Of a division: stairwell id → house and stairwell in words"`
}

// ReshapeTotals counts what lies elsewhere afterwards.
type ReshapeTotals struct {
	Moves      int `json:"moves"`
	Places     int `json:"places"`
	Doors      int `json:"doors"`
	Households int `json:"households"`
	People     int `json:"people"`
	Codes      int `json:"codes"`
	Posts      int `json:"posts"`
}

// ReshapeMove is one place that goes elsewhere with all below it.
type ReshapeMove struct {
	PlaceID string `json:"place_id"`
	Code    string `json:"code"`
	NewCode string `json:"new_code,omitempty"`
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	From    string `json:"from"`
	Into    string `json:"into"`
	Doors   int    `json:"doors"`
	People  int    `json:"people"`
}

// ReshapePlace is a place that a plan makes or ends.
type ReshapePlace struct {
	PlaceID string   `json:"place_id"`
	Code    string   `json:"code"`
	Kind    string   `json:"kind"`
	Name    string   `json:"name"`
	Under   string   `json:"under"`
	Into    []string `json:"into,omitempty" doc:"Names of those that take over"`
}

// ReshapeCode is a code that changes; the old one keeps leading to the place.
type ReshapeCode struct {
	PlaceID string `json:"place_id"`
	Old     string `json:"old"`
	New     string `json:"new"`
}

// ReshapePost is an everyday post that goes along or ends.
type ReshapePost struct {
	Post   string `json:"post"`
	Title  Words  `json:"title"`
	Helper string `json:"helper"`
	Place  string `json:"place"`
	Ends   bool   `json:"ends"`
}

// kept is a plan as its document holds it: the plan and what it was shown to do.
type kept struct {
	territory.Reshape
	Preview *Reshape `json:"preview,omitempty"`
}

const listed = 300

// preview reckons what a plan shows; it is kept with the plan.
func (s *Server) preview(ctx context.Context, c *call, a *Atlas, r *territory.Reshape, k *coming) (*Reshape, error) {
	w := &Reshape{Plan: r.ID, Verb: r.Verb, PlaceID: r.Place, Author: r.Author, MadeAt: stamp(r.MadeAt), Undoes: r.Undoes, Division: r.Division,
		Moves: []ReshapeMove{}, Made: []ReshapePlace{}, Ended: []ReshapePlace{}, Codes: []ReshapeCode{}, Posts: []ReshapePost{}, Checks: []PlanCheck{}}
	if p, ok := a.Place(r.Place); ok {
		w.PlaceName = a.FullName(p.Path)
	}
	name := func(id string) string {
		if p, ok := k.tree.Place(id); ok && p.Name != "" {
			return p.Name
		}
		if p, ok := a.Place(id); ok {
			return p.Name
		}
		return id
	}
	newCode := map[string]string{}
	for _, x := range k.out.Codes {
		if x.Old == "" || x.New == "" {
			continue
		}
		newCode[x.PlaceID] = x.New
		w.Totals.Codes++
		p, _ := a.Place(x.PlaceID)
		if info, _ := p.Kind.Info(); info.Rank <= 80 && len(w.Codes) < listed {
			w.Codes = append(w.Codes, ReshapeCode{x.PlaceID, x.Old, x.New})
		}
	}
	moved := map[string]bool{}
	for _, st := range r.Steps {
		switch st.Do {
		case territory.Make, territory.Revive:
			p, _ := k.tree.Place(st.ID)
			w.Made = append(w.Made, ReshapePlace{PlaceID: st.ID, Code: p.Code, Kind: string(p.Kind), Name: p.Name, Under: name(st.To)})
		case territory.End:
			p, ok := a.Place(st.ID)
			if !ok {
				continue
			}
			e := ReshapePlace{PlaceID: st.ID, Code: p.Code, Kind: string(p.Kind), Name: p.Name, Under: name(p.ParentID), Into: []string{}}
			for _, id := range st.Into {
				e.Into = append(e.Into, name(id))
			}
			w.Ended = append(w.Ended, e)
		case territory.Move:
			p, ok := a.Place(st.ID)
			if !ok {
				continue
			}
			moved[st.ID] = true
			w.Totals.Moves++
			sum := a.Sum(p.Path)
			if len(w.Moves) < listed {
				w.Moves = append(w.Moves, ReshapeMove{PlaceID: p.ID, Code: p.Code, NewCode: newCode[p.ID], Kind: string(p.Kind), Name: a.FullName(p.Path), From: name(p.ParentID), Into: name(st.To), Doors: sum.Doors, People: sum.People})
			}
		}
	}
	for _, p := range k.out.Changed {
		if old, ok := a.Place(p.ID); ok && old.Path != p.Path {
			w.Totals.Places++
			if p.Kind == territory.Door {
				sum := a.Sum(old.Path)
				w.Totals.Doors++
				w.Totals.Households += sum.Households
				w.Totals.People += sum.People
			}
		}
	}
	if r.Division != nil {
		w.Units = unitNames(a, r.Division)
	}
	return w, s.previewPosts(ctx, c, a, k, moved, w)
}

// unitNames says what the stairwells of a division are called.
func unitNames(a *Atlas, d *territory.Division) map[string]string {
	out := map[string]string{}
	for _, part := range d.Parts {
		for _, id := range part.Units {
			p, ok := a.Place(id)
			if !ok {
				continue
			}
			out[id] = p.Name
			if up, ok := a.Place(p.ParentID); ok && p.Kind == territory.Unit {
				out[id] = up.Name + " " + p.Name
			}
		}
	}
	return out
}

// previewPosts lists the everyday posts that go along or end, and the leads.
func (s *Server) previewPosts(ctx context.Context, c *call, a *Atlas, k *coming, moved map[string]bool, w *Reshape) error {
	p, ok := a.Place(w.PlaceID)
	if !ok {
		return nil
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return err
	}
	posts, err := s.Store.Posts(ctx, "", p.Path)
	if err != nil {
		return err
	}
	ends := map[string]bool{}
	for _, o := range k.posts {
		ends[o.ID] = true
		if !territory.Inside(o.Path, p.Path) {
			posts = append(posts, o)
		}
	}
	var ids []string
	for _, o := range posts {
		ids = append(ids, o.HelperID)
	}
	helpers, err := s.Store.Helpers(ctx, ids)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, h := range helpers {
		names[h.ID] = h.Name
	}
	leads := map[string]string{}
	for _, o := range posts {
		if ended(o, c) {
			continue
		}
		if o.Item == "lead" && o.HelperID != "" {
			leads[o.PlaceID] = names[o.HelperID]
		}
		if !ends[o.ID] && !moved[o.PlaceID] {
			continue
		}
		if w.Totals.Posts++; len(w.Posts) < listed {
			w.Posts = append(w.Posts, ReshapePost{o.ID, s.postTitle(ctx, f, o), names[o.HelperID], a.FullName(o.Path), ends[o.ID]})
		}
	}
	if w.Division != nil {
		w.Leads = leads
	}
	return nil
}

// reshapeWire says a kept plan as it stands now: whether the ground is still as it
// saw it, and whether the viewer may apply it.
func (s *Server) reshapeWire(ctx context.Context, c *call, r *territory.Reshape, doc store.PlanDoc) (Reshape, error) {
	var x kept
	if err := json.Unmarshal(doc.Body, &x); err != nil {
		return Reshape{}, err
	}
	w := *x.Preview
	w.AuthorName, w.AppliedAt = s.accountName(ctx, doc.Author), stamp(doc.Applied)
	w.Checks = []PlanCheck{}
	if !doc.Applied.IsZero() {
		w.Applier, w.ApplierName = doc.Applier, s.accountName(ctx, doc.Applier)
		return w, nil
	}
	a, err := s.ground(ctx)
	if err != nil {
		return w, err
	}
	k, err := s.reckonReshape(ctx, a, r, c)
	if w.Expired = err != nil || sawGround(a, r) != r.Saw; w.Expired {
		return w, nil
	}
	w.Checks = checks(c, r, k, &w)
	w.MayApply = k.stop() == nil
	for _, id := range r.Asks {
		if p, ok := a.Place(id); ok {
			w.MayApply = w.MayApply && s.may(c, access.ReshapeApply, p.Path) == nil
		}
	}
	return w, nil
}

// checks says in words what somebody must know before applying.
func checks(c *call, r *territory.Reshape, k *coming, w *Reshape) []PlanCheck {
	out := []PlanCheck{}
	say := func(level, zh, en string) {
		out = append(out, PlanCheck{Level: level, Text: c.say(mode.Text{ZH: zh, EN: en})})
	}
	if len(k.bears) > 0 {
		list := strings.Join(k.bears[:min(5, len(k.bears))], "、")
		say("stop", list+" 上还有事件的措施、岗位或任务，请先在事件里处理。", list+" still bear measures, posts or tasks of an incident; settle them there first.")
	}
	for i, z := range k.zones {
		if i == 5 {
			break
		}
		say("stop", z.place.Code+" 的分区会变："+z.from.ZH+" → "+z.into.ZH+"。请先在事件里划区或解除。", "The zone of "+z.place.Code+" would change: "+z.from.EN+" → "+z.into.EN+". Draw or lift it in the incident first.")
	}
	if r.Division != nil {
		d := r.Division
		if !d.Contiguous {
			say("warn", "有的微网格不相连。", "Some micro-grids do not hang together.")
		}
		if n := len(d.Cut); n > 0 {
			list := strings.Join(d.Cut[:min(5, n)], "、")
			say("warn", list+" 的单元分在两个微网格里。", "The stairwells of "+list+" lie in two micro-grids.")
		}
	}
	for _, p := range w.Posts {
		if p.Ends {
			say("warn", p.Place+" 的"+p.Title.ZH+"（"+p.Helper+"）随地点撤销而卸任，请另行安排。", "The "+p.Title.EN+" of "+p.Place+" ("+p.Helper+") ends with the place; find a new post.")
		}
	}
	if n := len(w.Made); n > 0 && r.Verb == "divide" {
		say("warn", "新的微网格还没有微网格长。", "The new micro-grids have no lead yet.")
	}
	if len(out) == 0 {
		say("ok", "没有分区、岗位或任务受影响。", "No zone, post or task is affected.")
	}
	return out
}
