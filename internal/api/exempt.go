package api

import (
	"context"
	"sort"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// Exemption is a request to be let off a measure, and what became of it. What it
// is for and why stand in it only for the named decider, for the level above once
// the time is over, and for who asked.
type Exemption struct {
	ID          string `json:"id"`
	Incident    string `json:"incident"`
	Zone        string `json:"zone"`
	ZoneTitle   Words  `json:"zone_title"`
	PlaceID     string `json:"place_id"`
	PlaceName   string `json:"place_name"`
	PersonID    string `json:"person_id"`
	State       string `json:"state" enum:"waiting,overdue,refused,coming,valid,over,revoked"`
	Purpose     string `json:"purpose" doc:"sealed; empty for whoever may not know"`
	Need        string `json:"need" doc:"sealed; empty for whoever may not know"`
	Verdict     string `json:"verdict" doc:"sealed; empty for whoever may not know"`
	Requester   string `json:"requester" doc:"by name for the asker, who decides, and the asker's own lead; empty for others"`
	AskedAs     string `json:"asked_as" doc:"the role of whoever asked"`
	Asked       string `json:"asked"`
	Decider     string `json:"decider" doc:"who is to decide, by name; empty: nobody is at hand, the level above decides"`
	Due         string `json:"due" doc:"when silence becomes the level above's to answer"`
	Decided     string `json:"decided"`
	DecidedBy   string `json:"decided_by"`
	From        string `json:"from"`
	Until       string `json:"until"`
	Version     int64  `json:"version"`
	MayDecide   bool   `json:"may_decide"`
	MayRevoke   bool   `json:"may_revoke"`
	KnowsReason bool   `json:"knows_reason" doc:"this viewer may read why, one by one"`
}

// brief leaves out the names of who asked and who decides.
func (e Exemption) brief() any { e.Requester, e.Decider, e.DecidedBy = "", "", ""; return e }

type pleaInput struct {
	ID   string `path:"id"`
	Body struct {
		Purpose  string `json:"purpose" maxLength:"30" doc:"treatment, birth, care, exam, funeral, work, travel, other"`
		Need     string `json:"need" maxLength:"2000"`
		PersonID string `json:"person_id,omitempty" maxLength:"60" doc:"one person of the household; the whole of it when empty"`
		Incident string `json:"incident,omitempty" maxLength:"60" doc:"of which incident; of the one to be followed when empty"`
		From     string `json:"from,omitempty" maxLength:"40" doc:"RFC 3339; now when empty"`
		Until    string `json:"until" maxLength:"40" doc:"A civil day (its end counts) or RFC 3339"`
	}
}

type verdictInput struct {
	ID   string `path:"id"`
	Body struct {
		Grant  bool   `json:"grant,omitempty"`
		Reason string `json:"reason" maxLength:"2000"`
	}
}

func (s *Server) exemptions() {
	write(s, Op{ID: "exemption-request", Path: "/places/{id}/exemptions", Action: access.ExemptionRequest, Summary: "Ask for a household or person to be let off a measure, for a purpose and a time"}, s.plead)
	type list struct {
		Under string `query:"under"`
		State string `query:"state" enum:",open,waiting,overdue,refused,coming,valid,over,revoked" doc:"open: waiting or overdue"`
	}
	read(s, Op{ID: "exemption-list", Path: "/exemptions", Action: access.ExemptionRead, Summary: "Requests for exemption at your places, the longest waiting first, without why"},
		func(ctx context.Context, c *call, in *list) (Items[Exemption], error) {
			out := Items[Exemption]{Items: []Exemption{}}
			a, ranges, err := s.under(ctx, c, access.ExemptionRead, in.Under)
			if err != nil {
				return out, err
			}
			for _, r := range ranges {
				es, err := s.Store.Exemptions(ctx, r.Top)
				if err != nil {
					return out, err
				}
				for _, e := range es {
					st := e.State(c.now)
					if in.State == "" || in.State == st || in.State == "open" && (st == "waiting" || st == "overdue") {
						out.Items = append(out.Items, s.exemptionWire(ctx, c, a, e))
					}
				}
			}
			rank := map[string]int{"overdue": 0, "waiting": 1, "valid": 2, "coming": 3}
			sort.SliceStable(out.Items, func(i, j int) bool {
				x, ok := rank[out.Items[i].State]
				y, ok2 := rank[out.Items[j].State]
				if !ok {
					x = 4
				}
				if !ok2 {
					y = 4
				}
				return x < y || x == y && out.Items[i].Asked < out.Items[j].Asked
			})
			out.Total = len(out.Items)
			return out, nil
		})
	read(s, Op{ID: "exemption-read", Path: "/exemptions/{id}", Action: access.ExemptionRead, Summary: "One request; its decider reads why, and the look is recorded"},
		func(ctx context.Context, c *call, in *incidentID) (Exemption, error) {
			e, err := s.exemption(ctx, c, access.ExemptionRead, in.ID)
			if err != nil {
				return Exemption{}, err
			}
			a, err := s.ground(ctx)
			if err != nil {
				return Exemption{}, err
			}
			w := s.exemptionWire(ctx, c, a, e)
			if !w.KnowsReason {
				return w, nil
			}
			w.Purpose, w.Need, w.Verdict = e.Purpose, e.Need, e.Verdict
			look := c.entry("exemption.read", "looks", e.PlaceID, e.PlaceID, e.Path, "audit", map[string]string{"exemption": e.ID})
			_, err = s.Store.Commit(ctx, nil, nil, journal.Change{Entry: look})
			return w, err
		})
	write(s, Op{ID: "exemption-decide", Path: "/exemptions/{id}/decide", Action: access.ExemptionDecide, Summary: "Grant or refuse, with a reason; never one's own"},
		func(ctx context.Context, c *call, in *verdictInput) (Exemption, []journal.Change, error) {
			return s.verdict(ctx, c, in, func(e mode.Exemption) (mode.Exemption, string, error) {
				next, err := mode.Answer(e, in.Body.Grant, in.Body.Reason, c.viewer.Account(), c.viewer.Has(access.Commander), c.now)
				verb := "exemption.refused"
				if in.Body.Grant {
					verb = "exemption.granted"
				}
				return next, verb, err
			})
		})
	write(s, Op{ID: "exemption-revoke", Path: "/exemptions/{id}/revoke", Action: access.ExemptionDecide, Summary: "End a granted exemption early, with a reason"},
		func(ctx context.Context, c *call, in *verdictInput) (Exemption, []journal.Change, error) {
			return s.verdict(ctx, c, in, func(e mode.Exemption) (mode.Exemption, string, error) {
				next, err := mode.Revoke(e, in.Body.Reason, c.viewer.Account(), c.now)
				return next, "exemption.revoked", err
			})
		})
	read(s, Op{ID: "exemption-check", Path: "/places/{id}/exempt", Action: access.ExemptionCheck, Summary: "At the gate: which exemptions of a place are valid now, without why; the look is recorded. The place is named by its id, its code or the code on its door"}, s.passes)
}

func (s *Server) plead(ctx context.Context, c *call, in *pleaInput) (Exemption, []journal.Change, error) {
	a, p, err := s.doorway(ctx, c, access.ExemptionRequest, in.ID)
	if err != nil {
		return Exemption{}, nil, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return Exemption{}, nil, err
	}
	m := f.field.Top(p.Path)
	if in.Body.Incident != "" {
		m = f.field.Of(in.Body.Incident, p.Path)
	}
	if p.Kind != territory.Door {
		m = nil // an exemption is one household's
	}
	if in.Body.PersonID != "" {
		x, ok, err := s.Store.Person(ctx, in.Body.PersonID, store.Clear{})
		if err != nil {
			return Exemption{}, nil, err
		}
		if !ok || x.PlaceID != p.ID {
			return Exemption{}, nil, access.ErrNotHere.With()
		}
	}
	plea := mode.Plea{Purpose: in.Body.Purpose, Need: in.Body.Need}
	if plea.Until, err = civilEnd(in.Body.Until, c.now); err != nil {
		return Exemption{}, nil, mode.ErrPleaTime.With().At("until")
	}
	if in.Body.From != "" {
		if plea.From, err = civilStart(in.Body.From); err != nil {
			return Exemption{}, nil, mode.ErrPleaTime.With().At("from")
		}
	}
	if m != nil {
		plea.Within = f.book(m.Incident).AnswerWithin()
	}
	decider, err := s.decider(ctx, c, p.Path)
	if err != nil {
		return Exemption{}, nil, err
	}
	e, err := mode.Plead(m, plea, p.ID, p.Path, in.Body.PersonID, c.viewer.Account(), decider, journal.NewID(c.now), c.now)
	if err != nil {
		return Exemption{}, nil, err
	}
	return s.exemptionWire(ctx, c, a, e), []journal.Change{{Row: &e, Entry: s.exemptionEntry(c, e, "exemption.requested")}}, nil
}

// decider names who is to decide for a door: whoever works for its community, the
// nearest first, but never who asks.
func (s *Server) decider(ctx context.Context, c *call, path string) (string, error) {
	grants, err := s.Store.GrantsOf(ctx, access.Community)
	if err != nil {
		return "", err
	}
	best, depth := "", -1
	for _, g := range grants {
		if g.Account == c.viewer.Account() || !territory.Inside(path, g.Path) || !g.Until.IsZero() && !c.now.Before(g.Until) || len(g.Path) < depth {
			continue
		}
		if len(g.Path) > depth || g.Account < best {
			best, depth = g.Account, len(g.Path)
		}
	}
	if best != "" {
		return best, nil
	}
	posts, err := s.Store.Posts(ctx, "", "")
	if err != nil {
		return "", err
	}
	for _, o := range posts {
		if o.Role != string(access.Community) || o.HelperID == "" || !o.Until.IsZero() || !territory.Inside(path, o.Path) {
			continue
		}
		x, ok, err := s.Store.AccountOfHelper(ctx, o.HelperID)
		if err != nil {
			return "", err
		}
		if ok && !x.Disabled && x.ID != c.viewer.Account() {
			return x.ID, nil
		}
	}
	return "", nil
}

// exemption finds one request that the viewer may act on. Who asked for it and is
// no colleague sees only their own.
func (s *Server) exemption(ctx context.Context, c *call, action, id string) (mode.Exemption, error) {
	e, ok, err := s.Store.Exemption(ctx, id)
	if err != nil {
		return e, err
	}
	if !ok {
		return e, errNotHere(c)
	}
	return e, access.Hide(s.may(c, action, e.Path))
}

func (s *Server) verdict(ctx context.Context, c *call, in *verdictInput, decide func(mode.Exemption) (mode.Exemption, string, error)) (Exemption, []journal.Change, error) {
	e, err := s.exemption(ctx, c, access.ExemptionDecide, in.ID)
	if err != nil {
		return Exemption{}, nil, err
	}
	base := e.Version
	next, verb, err := decide(e)
	if err != nil {
		return Exemption{}, nil, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return Exemption{}, nil, err
	}
	return s.exemptionWire(ctx, c, a, next), []journal.Change{{Row: &next, Base: base, Entry: s.exemptionEntry(c, next, verb)}}, nil
}

// exemptionEntry says that something became of a request: never for what or why.
func (s *Server) exemptionEntry(c *call, e mode.Exemption, verb string) journal.Entry {
	x := c.entry(verb, "exemptions", e.ID, e.PlaceID, e.Path, "sensitive", map[string]string{"zone": e.Zone, "until": stamp(e.Until)})
	x.Incident, x.Purpose = e.Incident, "incident:"+e.Incident
	return x
}

func (s *Server) exemptionWire(ctx context.Context, c *call, a *Atlas, e mode.Exemption) Exemption {
	me, st := c.viewer.Account(), e.State(c.now)
	above := c.viewer.Has(access.Commander)
	w := Exemption{ID: e.ID, Incident: e.Incident, Zone: e.Zone, PlaceID: e.PlaceID, PlaceName: a.FullName(e.Path), PersonID: e.PersonID, State: st,
		AskedAs: s.roleOf(ctx, e.Requester), Asked: stamp(e.Asked), Decider: s.accountName(ctx, e.Decider), Due: stamp(e.Due), Decided: stamp(e.Decided),
		DecidedBy: s.accountName(ctx, e.DecidedBy), From: stamp(e.From), Until: stamp(e.Until), Version: e.Version}
	if f, err := s.force(ctx, c.now); err == nil {
		if b := f.book(e.Incident); b != nil {
			z, _ := b.Zone(e.Zone)
			w.ZoneTitle = words(z.Title)
		}
	}
	right := s.Guard.Decide(c.viewer, access.ExemptionDecide, e.Path, c.emerg).Allowed && me != e.Requester
	mine := me == e.Decider || (e.Decider == "" || st == "overdue") && above
	w.MayDecide = right && mine && (st == "waiting" || st == "overdue")
	w.MayRevoke = right && (me == e.DecidedBy || above) && (st == "valid" || st == "coming")
	w.KnowsReason = me != "" && (me == e.Requester || right && (mine || me == e.DecidedBy))
	if w.KnowsReason || s.leads(ctx, c, e.Requester) {
		w.Requester = s.accountName(ctx, e.Requester)
	}
	if !s.sees(c, e.Path) && !w.KnowsReason {
		w.PersonID = ""
		if b := a.House(e.Path); b != nil {
			w.PlaceID, w.PlaceName = b.ID, a.FullName(b.Path)
		}
	}
	return w
}

// leads says whether the viewer is the own lead of an account: holds as lead a place
// that all of the account's duties lie in.
func (s *Server) leads(ctx context.Context, c *call, account string) bool {
	theirs, err := s.Store.Grants(ctx, account)
	if err != nil || len(theirs) == 0 {
		return false
	}
	for _, mine := range c.viewer.Grants() {
		all := mine.Role == access.Lead
		for _, g := range theirs {
			all = all && territory.Inside(g.Path, mine.Path)
		}
		if all {
			return true
		}
	}
	return false
}
