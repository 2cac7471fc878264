package api

import (
	"context"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/mode"
	"shouwang/internal/round"
	"shouwang/internal/territory"
)

// Pack is all that a phone needs of its own micro-grids, to work without a net:
// some eighty doors, no numbers, no illnesses, nothing outside the scope.
type Pack struct {
	Account    string     `json:"account"`
	Name       string     `json:"name"`
	Microgrids []PackGrid `json:"microgrids" nullable:"false"`
	AsOf       int64      `json:"as_of_seq"`
	Now        string     `json:"now"`
}

// PackGrid is one micro-grid of a pack.
type PackGrid struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	FullName  string     `json:"full_name"`
	Zone      string     `json:"zone"`
	ZoneTitle Words      `json:"zone_title"`
	Rule      Words      `json:"rule"`
	Until     string     `json:"until"`
	Round     *Round     `json:"round"`
	Units     []PackUnit `json:"units" nullable:"false"`
}

// PackUnit is one stairwell of a pack.
type PackUnit struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Zone   string  `json:"zone"`
	Title  Words   `json:"zone_title"`
	Rule   Words   `json:"rule"`
	Until  string  `json:"until"`
	Floors []Floor `json:"floors" nullable:"false"`
	// Earliest, Also and Reasons are what to answer at the door: from when at the
	// earliest, what else holds here by another incident, and why.
	Earliest string   `json:"earliest" doc:"earliest release if nothing new happens; empty: cannot be said"`
	May      bool     `json:"may"`
	Also     []Words  `json:"also" nullable:"false" doc:"zones of other incidents that hold here too"`
	Reasons  []Reason `json:"reasons" nullable:"false"`
}

// DoorPage is everything of one household that is due, on one page.
type DoorPage struct {
	Door        Place      `json:"door"`
	Residents   []Resident `json:"residents" nullable:"false"`
	LastContact string     `json:"last_contact"`
	LastBy      string     `json:"last_by"`
	Zone        string     `json:"zone"`
	ZoneTitle   Words      `json:"zone_title"`
	Rule        Words      `json:"rule"`
	Until       string     `json:"until"`
	Basis       string     `json:"basis"`
	Local       []Words    `json:"local" nullable:"false" doc:"What the place eased in what holds here"`
	Due         []Due      `json:"due" nullable:"false"`
	Cases       []DoorCase `json:"cases" nullable:"false" doc:"open cases of the door that the caller may know of"`
	// Greetings are those of the people who live there, for whoever may say how one went.
	Greetings []GreetingRow `json:"greetings" nullable:"false" doc:"who is greeted every day there, and how far it is; for whoever may see it"`
	Done      []DoorDone    `json:"done" nullable:"false" doc:"what was done there today, the latest first; each for whoever may see it"`
}

// Due is one thing due at a door.
type Due struct {
	RoundID  string          `json:"round_id"`
	Title    Words           `json:"title"`
	Due      string          `json:"due"`
	Outcome  string          `json:"outcome"`
	State    string          `json:"state"`
	Choice   string          `json:"choice"`
	Again    string          `json:"again"`
	Version  int64           `json:"version"`
	Closed   bool            `json:"closed"`
	Missing  bool            `json:"missing"`
	Outcomes []round.Outcome `json:"outcomes" nullable:"false" doc:"What may be recorded"`
}

func (s *Server) field() {
	read(s, Op{ID: "field-pack", Path: "/field/pack", Action: access.FieldPack, Summary: "Your own stairwells and doors, for working without a net"}, s.pack)
	type byID struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "field-door", Path: "/field/doors/{id}", Action: access.FieldDoor, Summary: "One household: who lives there, what is due, what holds here"},
		func(ctx context.Context, c *call, in *byID) (DoorPage, error) { return s.door(ctx, c, in.ID) })
}

func (s *Server) pack(ctx context.Context, c *call, _ *struct{}) (Pack, error) {
	out := Pack{Account: c.account.ID, Name: c.account.Name, Microgrids: []PackGrid{}, AsOf: s.Store.Last(), Now: stamp(c.now)}
	if c.viewer.Account() == "" {
		return out, access.ErrSignIn.With()
	}
	a, err := s.ground(ctx)
	if err != nil {
		return out, err
	}
	scope := s.scope(c, access.FieldPack)
	if len(scope) == 0 {
		return out, access.ErrForbidden.With()
	}
	for _, r := range scope {
		tops := packTops(a, r.Top)
		for _, p := range tops {
			g, err := s.packGrid(ctx, c, a, p)
			if err != nil {
				return out, err
			}
			if len(g.Units) > 0 {
				out.Microgrids = append(out.Microgrids, g)
			}
		}
	}
	return out, nil
}

// packTops are the micro-grids at or below a place, or the place itself when it
// lies below one.
func packTops(a *Atlas, path string) []*territory.Place {
	var out []*territory.Place
	lo, hi := a.Span(path)
	for i := lo; i < hi && len(out) < 40; i++ { // a phone never takes more than a grid
		if a.Places[i].Kind == territory.Microgrid {
			out = append(out, &a.Places[i])
		}
	}
	if len(out) == 0 && lo < hi {
		out = append(out, &a.Places[lo])
	}
	return out
}

func (s *Server) packGrid(ctx context.Context, c *call, a *Atlas, p *territory.Place) (PackGrid, error) {
	g := PackGrid{ID: p.ID, Name: p.Name, FullName: a.FullName(p.Path), Units: []PackUnit{}}
	set, err := s.doors(ctx, c, a, p, "")
	if err != nil {
		return g, err
	}
	if set.round != nil {
		w, err := s.roundWire(ctx, *set.round, access.Ranges{{Top: p.Path}})
		if err != nil {
			return g, err
		}
		g.Round = &w
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return g, err
	}
	ticking, err := s.reckoning(ctx, c)
	if err != nil {
		return g, err
	}
	for _, u := range set.units {
		q := &a.Places[a.byID[u.ID]]
		name := u.Name
		if b := a.UpTo(q.Path, territory.Building); b != nil {
			name = b.Name + " " + u.Name
		} else if up := a.Up(q.Path); len(up) > 1 {
			name = up[len(up)-2].Name + " " + u.Name
		}
		w := PackUnit{ID: u.ID, Name: name, Floors: []Floor{}, Also: []Words{}, Reasons: []Reason{}}
		if m := f.field.Top(q.Path); m != nil {
			w.Zone, w.Until = m.Zone, stamp(m.Until)
			for n, x := range s.clocksAt(ctx, c, ticking, a, q.ID) {
				if n > 0 {
					w.Also = append(w.Also, x.Title)
					continue
				}
				w.Title, w.Rule, w.Earliest, w.May, w.Reasons = x.Title, x.Rule, x.Earliest, x.May, x.Reasons
			}
		}
		for _, fl := range set.floors {
			x := Floor{Floor: fl.Floor, Cells: []Cell{}}
			for _, cell := range fl.Cells {
				if cell.UnitID == u.ID {
					x.Cells = append(x.Cells, cell)
				}
			}
			if len(x.Cells) > 0 {
				w.Floors = append(w.Floors, x)
			}
		}
		g.Units = append(g.Units, w)
	}
	if len(g.Units) > 0 {
		g.Zone, g.Until = g.Units[0].Zone, g.Units[0].Until
		g.ZoneTitle, g.Rule = f.zoneWords(a.Places[a.byID[g.Units[0].ID]].Path)
	}
	return g, nil
}

// zoneWords says in words what zone holds at a path.
func (f *inForce) zoneWords(path string) (title, rule Words) {
	m := f.field.Top(path)
	if m == nil {
		return
	}
	if b := f.book(m.Incident); b != nil {
		if z, ok := b.Zone(m.Zone); ok {
			return words(z.Title), words(z.Rule)
		}
	}
	return
}

// eased says in words what the places above a door changed in the measures of the
// zone that holds there.
func (s *Server) eased(ctx context.Context, f *inForce, path string) ([]Words, error) {
	out := []Words{}
	m := f.field.Top(path)
	for _, d := range f.decls {
		if m == nil || d.Incident != m.Incident {
			continue
		}
		b, err := s.playbook(ctx, d.Playbook)
		if err != nil {
			return out, err
		}
		b, rows, err := s.inUse(ctx, b)
		if err != nil {
			return out, err
		}
		by := map[string]mode.Override{}
		for _, o := range rows {
			by[o.ID] = o
		}
		for _, l := range b.LocalAt(path) {
			o := by[l.Override]
			if l.Kind != "measures" || !strings.HasPrefix(l.ID, m.Zone+".") {
				continue
			}
			was, now := dispatch.Plain(o.Was), dispatch.Plain(o.Value)
			t := b.Say(o.Key)
			if a, ok := mode.ParseSpan(was); ok {
				n, _ := mode.ParseSpan(now)
				out = append(out, Words{t.ZH + "：" + a.Say("zh") + " → " + n.Say("zh") + "（" + o.Reason + "）", t.EN + ": " + a.Say("en") + " → " + n.Say("en") + " (" + o.Reason + ")"})
				continue
			}
			out = append(out, Words{t.ZH + "：本地不执行（" + o.Reason + "）", t.EN + ": not in use here (" + o.Reason + ")"})
		}
	}
	return out, nil
}

func (s *Server) door(ctx context.Context, c *call, id string) (DoorPage, error) {
	out := DoorPage{Residents: []Resident{}, Due: []Due{}, Local: []Words{}, Cases: []DoorCase{}, Greetings: []GreetingRow{}, Done: []DoorDone{}}
	a, p, err := s.place(ctx, c, access.FieldDoor, id, "")
	if err != nil {
		return out, err
	}
	if out.Door, err = s.wire(ctx, c, a, p); err != nil {
		return out, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return out, err
	}
	if m := f.field.Top(p.Path); m != nil {
		out.Zone, out.Until, out.Basis = m.Zone, stamp(m.Until), m.Basis
		out.ZoneTitle, out.Rule = f.zoneWords(p.Path)
		if out.Local, err = s.eased(ctx, f, p.Path); err != nil {
			return out, err
		}
	}
	if s.Guard.Decide(c.viewer, access.ResidentList, p.Path, c.emerg).Allowed {
		ps, err := s.Store.PersonsAt(ctx, []string{p.ID}, s.clear(c, p.Path))
		if err != nil {
			return out, err
		}
		homes, err := s.tenures(ctx, p.Path, len(ps) > 0)
		if err != nil {
			return out, err
		}
		for _, x := range ps {
			w, err := s.resident(ctx, c, a, x, homes[x.HouseholdID])
			if err != nil {
				return out, err
			}
			out.Residents = append(out.Residents, w)
		}
		if err := s.looked(ctx, c, "door.read", p.ID, access.Ranges{{Top: p.Path}}, len(ps)); err != nil {
			return out, err
		}
	}
	ts, err := s.Store.TargetsAt(ctx, p.ID)
	if err != nil {
		return out, err
	}
	var last time.Time
	for _, t := range ts {
		r, ok, err := s.Store.Round(ctx, t.RoundID)
		if err != nil {
			return out, err
		}
		if t.At.After(last) {
			last = t.At
			out.LastContact, out.LastBy = stamp(t.At), s.accountName(ctx, t.By)
		}
		if !ok || !r.Closed.IsZero() || !f.runs(r.Incident) {
			continue
		}
		out.Due = append(out.Due, Due{RoundID: r.ID, Title: Words{r.TitleZH, r.TitleEN}, Due: stamp(r.DueAt(p.Path)), Outcome: t.Outcome, State: r.Tone(t), Choice: s.asked(c, t),
			Again: stamp(t.Again), Version: t.Version, Missing: !t.Final, Outcomes: append([]round.Outcome{}, r.Outcomes...)})
	}
	if out.Cases, err = s.doorCases(ctx, c, a, p.ID); err != nil {
		return out, err
	}
	if out.Greetings, err = s.doorGreetings(ctx, c, a, p); err != nil {
		return out, err
	}
	out.Done, err = s.doorDone(ctx, c, a, p, ts, out.Greetings)
	return out, err
}
