package api

import (
	"context"
	"slices"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

// ErrNotApplied says that a plan of the ground cannot be taken back yet.
var ErrNotApplied = fault.Define(fault.Invalid, "SW-1131",
	"这个方案还没有应用，没有可撤回的。没有改动任何数据。",
	"This plan was never applied, so there is nothing to take back. Nothing was changed.")

// coming is what a plan of the ground comes to on the ground as it is.
type coming struct {
	tree   *territory.Tree // after the steps
	out    *territory.Outcome
	ends   []string       // ids of places that end
	posts  []people.Post  // everyday posts that end with their place
	grants []access.Grant // rights given by hand that end with their place
	zones  []zoneChange
	bears  []string // codes of ending places that still bear work of an incident
}

// zoneChange is a place whose zone would change without anybody deciding so.
type zoneChange struct {
	place      territory.Place
	from, into Words
}

// stop is why the plan cannot be applied just now, or nil.
func (r *coming) stop() error {
	if len(r.bears) > 0 {
		return territory.ErrBears.With(strings.Join(r.bears[:min(3, len(r.bears))], "、"))
	}
	if len(r.zones) > 0 {
		z := r.zones[0]
		return territory.ErrZones.With(len(r.zones), z.place.Code, z.from.ZH, z.into.ZH, z.from.EN, z.into.EN)
	}
	return nil
}

func (s *Server) reckonReshape(ctx context.Context, a *Atlas, r *territory.Reshape, c *call) (*coming, error) {
	t, err := s.tree(ctx, a, r)
	if err != nil {
		return nil, err
	}
	former, err := s.Store.FormerCodes(ctx)
	if err != nil {
		return nil, err
	}
	owner := func(code string) string {
		if p, ok := a.ByCode(code); ok {
			return p.ID
		}
		return former[code]
	}
	out, err := t.Do(r.Steps, r.Wish, owner, c.now)
	if err != nil {
		return nil, err
	}
	k := &coming{tree: t, out: out}
	for _, st := range r.Steps {
		if st.Do == territory.End {
			k.ends = append(k.ends, st.ID)
		}
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return nil, err
	}
	if err := s.ending(ctx, c, a, f, k); err != nil {
		return nil, err
	}
	return k, s.zoning(ctx, c, a, f, r, k)
}

// ending looks at what stands on the places that end.
func (s *Server) ending(ctx context.Context, c *call, a *Atlas, f *inForce, k *coming) error {
	incidents, err := s.Store.Incidents(ctx, true)
	if err != nil {
		return err
	}
	for _, id := range k.ends {
		p, ok := a.Place(id)
		if !ok {
			continue
		}
		busy := slices.ContainsFunc(f.measures, func(m mode.Measure) bool { return m.PlaceID == id })
		for _, i := range incidents {
			busy = busy || i.PlaceID == id
			posts, err := s.Store.Posts(ctx, i.ID, p.Path)
			if err != nil {
				return err
			}
			busy = busy || slices.ContainsFunc(posts, func(o people.Post) bool { return o.PlaceID == id && !ended(o, c) })
		}
		targets, err := s.Store.TargetsAt(ctx, id)
		if err != nil {
			return err
		}
		for _, t := range targets {
			busy = busy || !t.Final && t.Incident != "" && f.runs(t.Incident)
		}
		if busy {
			k.bears = append(k.bears, p.Code)
		}
		posts, err := s.Store.Posts(ctx, "", p.Path)
		if err != nil {
			return err
		}
		for _, o := range posts {
			if o.PlaceID == id && !ended(o, c) {
				k.posts = append(k.posts, o)
			}
		}
	}
	k.grants, err = s.Store.GrantsAt(ctx, k.ends)
	k.grants = slices.DeleteFunc(k.grants, func(g access.Grant) bool { return !g.Until.IsZero() && !c.now.Before(g.Until) })
	return err
}

// zoning compares, for all that is moved, what is in force there before and after.
// A restriction is neither lifted nor extended by drawing borders.
func (s *Server) zoning(ctx context.Context, c *call, a *Atlas, f *inForce, r *territory.Reshape, k *coming) error {
	if len(f.decls) == 0 {
		return nil
	}
	after := slices.Clone(f.measures)
	for i := range after {
		after[i].Path = k.out.Repath(after[i].Path)
	}
	decls := slices.Clone(f.decls)
	for i := range decls {
		decls[i].Path = k.out.Repath(decls[i].Path)
	}
	for _, st := range r.Steps {
		p, there := a.Place(st.ID)
		q, still := k.tree.Place(st.ID)
		if st.Do != territory.Move || !there || !still || p.Path == q.Path {
			continue
		}
		was, now := mode.ZoneAt(f.measures, p.Path, c.now), mode.ZoneAt(after, q.Path, c.now)
		same := slices.EqualFunc(was, now, func(x, y mode.Measure) bool { return x.ID == y.ID })
		wasIn, nowIn := mode.At(f.decls, p.Path, c.now), mode.At(decls, q.Path, c.now)
		same = same && slices.EqualFunc(wasIn, nowIn, func(x, y mode.Declaration) bool { return x.Incident == y.Incident })
		if same {
			continue
		}
		from, err := s.zonesSaid(ctx, f, was, len(wasIn))
		if err != nil {
			return err
		}
		into, err := s.zonesSaid(ctx, f, now, len(nowIn))
		if err != nil {
			return err
		}
		k.zones = append(k.zones, zoneChange{*p, from, into})
	}
	return nil
}

// zonesSaid names the zones that hold somewhere.
func (s *Server) zonesSaid(ctx context.Context, f *inForce, ms []mode.Measure, covered int) (Words, error) {
	var zh, en []string
	for _, m := range ms {
		title := Words{m.Zone, m.Zone}
		for _, d := range f.decls {
			if d.Incident != m.Incident {
				continue
			}
			b, err := s.playbook(ctx, d.Playbook)
			if err != nil {
				return Words{}, err
			}
			for _, z := range b.Zones {
				if z.ID == m.Zone {
					title = Words{z.Title.ZH, z.Title.EN}
				}
			}
		}
		zh, en = append(zh, title.ZH), append(en, title.EN)
	}
	switch {
	case len(zh) > 0:
		return Words{strings.Join(zh, "、"), strings.Join(en, ", ")}, nil
	case covered > 0:
		return Words{"事件范围内，不分区", "in the incident, no zone"}, nil
	}
	return Words{"不在事件范围内", "outside of the incident"}, nil
}
