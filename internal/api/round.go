package api

import (
	"context"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/round"
)

// Round is a round on the wire with how far it has come in the viewer's scope.
type Round struct {
	ID       string          `json:"id"`
	Item     string          `json:"item"`
	Incident string          `json:"incident"`
	Title    Words           `json:"title"`
	Due      string          `json:"due"`
	Closed   string          `json:"closed"`
	Total    int             `json:"total"`
	Missing  int             `json:"missing"`
	Outcomes []round.Outcome `json:"outcomes" nullable:"false"`
}

// Target is one target of a round on the wire.
type Target struct {
	PlaceID string `json:"place_id"`
	Door    string `json:"door"`
	Zone    string `json:"zone"`
	State   string `json:"state" doc:"tone of the outcome: todo, ok, help, again, refused, gone"`
	Outcome string `json:"outcome"`
	Choice  string `json:"choice"`
	Final   bool   `json:"final"`
	Again   string `json:"again"`
	At      string `json:"at"`
	By      string `json:"by"`
	For     string `json:"for"`
	Version int64  `json:"version"`
}

// Post is a post on the wire with who fills it.
type Post struct {
	ID        string  `json:"id"`
	Item      string  `json:"item"`
	Title     Words   `json:"title"`
	Incident  string  `json:"incident"`
	PlaceID   string  `json:"place_id"`
	PlaceName string  `json:"place_name"`
	Zone      string  `json:"zone"`
	Holder    *Holder `json:"holder"`
	Deputy    *Holder `json:"deputy"`
	Pinned    bool    `json:"pinned"`
	Reason    string  `json:"reason"`
	Since     string  `json:"since"`
	ArrivedAt string  `json:"arrived_at" doc:"While the emergency is in force: since when its holder or deputy is there; empty: not yet, or handed over"`
}

// Holder is who fills a post, by name and work phone.
type Holder struct {
	HelperID  string `json:"helper_id"`
	Name      string `json:"name"`
	WorkPhone string `json:"work_phone"`
	Away      string `json:"away"`
}

type postQuery struct {
	Incident string `query:"incident_id" doc:"Incident id; 'normal' for the everyday system; 'emergency' for all incidents in force; both when empty"`
	Under    string `query:"under"`
	State    string `query:"state" enum:"empty,filled,all" default:"all"`
	Item     string `query:"item"`
	Cursor   string `query:"cursor"`
	Limit    int    `query:"limit" minimum:"1" maximum:"1000" default:"200"`
}

func (s *Server) rounds() {
	read(s, Op{ID: "post-list", Path: "/posts", Action: access.PostRead, Summary: "Posts in force at your places and who fills them"}, s.postList)
	type list struct {
		Incident string `query:"incident_id"`
		Under    string `query:"under"`
	}
	read(s, Op{ID: "round-list", Path: "/rounds", Action: access.RoundRead, Summary: "Rounds that reach your places and how far they have come"},
		func(ctx context.Context, c *call, in *list) (Items[Round], error) {
			out := Items[Round]{Items: []Round{}}
			_, ranges, err := s.under(ctx, c, access.RoundRead, in.Under)
			if err != nil {
				return out, err
			}
			rs, err := s.Store.Rounds(ctx, in.Incident)
			if err != nil {
				return out, err
			}
			for _, r := range rs {
				if !s.Guard.Reaches(c.viewer, access.RoundRead, r.Path, c.emerg) {
					continue
				}
				w, err := s.roundWire(ctx, r, ranges)
				if err != nil {
					return out, err
				}
				if w.Total > 0 {
					out.Items = append(out.Items, w)
				}
			}
			out.Total = len(out.Items)
			return out, nil
		})
	read(s, Op{ID: "round-targets", Path: "/rounds/{id}/targets", Action: access.RoundRead, Summary: "Targets of a round in your scope"}, s.targets)
	write(s, Op{ID: "round-record", Path: "/rounds/{id}/targets/{place_id}/record", Action: access.RoundRecord, Summary: "Record what came of a target"}, s.record)
}

// inEmergency stands for all incidents in force where a list asks for one.
const inEmergency = "emergency"

func (s *Server) postList(ctx context.Context, c *call, in *postQuery) (Items[Post], error) {
	out := Items[Post]{Items: []Post{}}
	a, ranges, err := s.under(ctx, c, access.PostRead, in.Under)
	if err != nil {
		return out, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return out, err
	}
	incidents := append(f.others(""), "")
	switch in.Incident {
	case "":
	case "normal":
		incidents = []string{""}
	case inEmergency:
		incidents = f.others("")
	default:
		incidents = []string{in.Incident}
	}
	var hits []people.Post
	for _, i := range incidents {
		for _, r := range ranges {
			ps, err := s.postsOf(ctx, c, a, i, r.Top)
			if err != nil {
				return out, err
			}
			for _, p := range ps {
				if !p.Until.IsZero() && !c.now.Before(p.Until) || in.State == "empty" && p.HelperID != "" || in.State == "filled" && p.HelperID == "" || in.Item != "" && p.Item != in.Item {
					continue
				}
				hits = append(hits, p)
			}
		}
	}
	out.Total = len(hits)
	from, err := offset(in.Cursor)
	if err != nil {
		return out, err
	}
	hits = hits[min(from, len(hits)):]
	if len(hits) > in.Limit {
		hits = hits[:in.Limit]
		out.Next = offsetCursor(from + in.Limit)
	}
	who, err := s.holders(ctx, hits)
	if err != nil {
		return out, err
	}
	there, err := s.arrived(ctx, hits)
	if err != nil {
		return out, err
	}
	for _, p := range hits {
		at := ""
		if a := there[p.ID]; f.runs(p.Incident) && a.There(p) {
			at = stamp(a.At)
		}
		out.Items = append(out.Items, Post{ArrivedAt: at, ID: p.ID, Item: p.Item, Title: s.postTitle(ctx, f, p), Incident: p.Incident, PlaceID: p.PlaceID, PlaceName: a.FullName(p.Path),
			Zone: p.Zone, Holder: who[p.HelperID], Deputy: who[p.DeputyID], Pinned: p.Pinned, Reason: c.say(dispatch.SayReason(p.Reason)), Since: stamp(p.From)})
	}
	return out, nil
}

// postsOf returns the posts of an incident below a path; those of the everyday
// system include what is asked for and has nobody yet.
func (s *Server) postsOf(ctx context.Context, c *call, a *Atlas, incident, path string) ([]people.Post, error) {
	if incident != "" {
		return s.Store.Posts(ctx, incident, path)
	}
	e, err := s.roster(ctx, c, a)
	if err != nil {
		return nil, err
	}
	return e.under(path), nil
}

func (s *Server) holders(ctx context.Context, posts []people.Post) (map[string]*Holder, error) {
	var ids []string
	for _, p := range posts {
		for _, id := range []string{p.HelperID, p.DeputyID} {
			if id != "" {
				ids = append(ids, id)
			}
		}
	}
	hs, err := s.Store.Helpers(ctx, ids)
	out := map[string]*Holder{}
	for _, h := range hs {
		out[h.ID] = &Holder{h.ID, h.Name, h.WorkPhone, h.Away}
	}
	return out, err
}

func (s *Server) roundWire(ctx context.Context, r round.Round, ranges access.Ranges) (Round, error) {
	w := Round{ID: r.ID, Item: r.Item, Incident: r.Incident, Title: Words{r.TitleZH, r.TitleEN}, Due: stamp(r.Due), Closed: stamp(r.Closed), Outcomes: append([]round.Outcome{}, r.Outcomes...)}
	if len(ranges) == 1 {
		w.Due = stamp(r.DueAt(ranges[0].Top)) // the date of that very place
	}
	for _, x := range ranges {
		ts, err := s.Store.TargetTally(ctx, r.ID, x.Top)
		if err != nil {
			return w, err
		}
		for _, t := range ts {
			w.Total += t.Count
			if !finalKey(t.Key) {
				w.Missing += t.Count
			}
		}
	}
	return w, nil
}

type targetQuery struct {
	ID     string `path:"id"`
	Under  string `query:"under"`
	State  string `query:"state" enum:"missing,done,help,refused,all" default:"missing" doc:"refused: refused, or to be tried again"`
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"200"`
}

func (s *Server) targets(ctx context.Context, c *call, in *targetQuery) (Items[Target], error) {
	out := Items[Target]{Items: []Target{}}
	r, ok, err := s.Store.Round(ctx, in.ID)
	if err != nil {
		return out, err
	}
	if !ok {
		return out, errNotHere(c)
	}
	if err := s.reaches(c, access.RoundRead, r.Path); err != nil {
		return out, err
	}
	a, ranges, err := s.under(ctx, c, access.RoundRead, in.Under)
	if err != nil {
		return out, err
	}
	from, err := offset(in.Cursor)
	if err != nil {
		return out, err
	}
	for _, x := range ranges {
		ts, err := s.Store.Targets(ctx, r.ID, x.Top)
		if err != nil {
			return out, err
		}
		for _, t := range ts {
			tone := r.Tone(t)
			if in.State == "missing" && t.Final || in.State == "done" && !t.Final || in.State == "help" && tone != "help" || in.State == "refused" && tone != "refused" && tone != "again" {
				continue
			}
			out.Total++
			if out.Total <= from || len(out.Items) >= in.Limit {
				continue
			}
			out.Items = append(out.Items, s.targetWire(ctx, c, a, r, t))
		}
	}
	if out.Total > from+len(out.Items) {
		out.Next = offsetCursor(from + len(out.Items))
	}
	return out, nil
}

func (s *Server) targetWire(ctx context.Context, c *call, a *Atlas, r round.Round, t round.Target) Target {
	id, door := t.PlaceID, a.FullName(t.Path)
	if !s.sees(c, t.Path) {
		if b := a.House(t.Path); b != nil { // command sees the building, not the door
			id, door = b.ID, a.FullName(b.Path)+" "+access.Placeholder
		}
	}
	return Target{PlaceID: id, Door: door, Zone: t.Zone, State: r.Tone(t), Outcome: t.Outcome, Choice: s.asked(c, t), Final: t.Final,
		Again: stamp(t.Again), At: stamp(t.At), By: s.accountName(ctx, t.By), For: t.For, Version: t.Version}
}

// asked is what somebody asked for at a door. It may tell an illness, so it is for
// those who may know needs there and for those who record there and must see that
// it comes.
func (s *Server) asked(c *call, t round.Target) string {
	if t.Choice == "" {
		return ""
	}
	switch c.viewer.Mask(t.Path, access.FieldCare, c.emerg, access.MaskContext{}).Kind {
	case access.Full, access.Need:
		return t.Choice
	}
	if s.Guard.Decide(c.viewer, access.RoundRecord, t.Path, c.emerg).Allowed {
		return t.Choice
	}
	return ""
}

type recordInput struct {
	ID      string `path:"id"`
	PlaceID string `path:"place_id"`
	Body    struct {
		Outcome string `json:"outcome" maxLength:"60"`
		Choice  string `json:"choice,omitempty" maxLength:"60"`
		For     string `json:"for,omitempty" maxLength:"60" doc:"Who really knocked, when recorded for somebody"`
		Behalf  string `json:"behalf,omitempty" maxLength:"60" doc:"id of the helper on whose behalf an officer records (代录): one who holds a post that covers the door"`
		Told    string `json:"told,omitempty" enum:",self,household,neighbour,paper" doc:"who told the officer: the helper, the household, a neighbour, or a paper sheet; needed with behalf"`
		Base    int64  `json:"base_version,omitempty" minimum:"0" doc:"Version of the target that the client saw; 0 when it saw none"`
		At      string `json:"at,omitempty" doc:"When it was done on the phone, RFC 3339"`
	}
}

// Recorded is what a recording made of a target. What was asked for at the door is
// not in it: the receipt is kept for repeats and would outlive the incident's key.
type Recorded struct {
	PlaceID string `json:"place_id"`
	Version int64  `json:"version"`
	Outcome string `json:"outcome"`
	Kept    string `json:"kept,omitempty" doc:"Set when somebody else recorded meanwhile and the more cautious outcome holds"`
	Opened  string `json:"opened,omitempty" doc:"Number of the case that this finding opened"`
}

func (s *Server) record(ctx context.Context, c *call, in *recordInput) (Recorded, []journal.Change, error) {
	a, p, err := s.place(ctx, c, access.RoundRecord, in.PlaceID, "")
	if err != nil {
		return Recorded{}, nil, err
	}
	r, ok, err := s.round(ctx, in.ID)
	if err != nil {
		return Recorded{}, nil, err
	}
	t, there, err := s.Store.TargetLast(ctx, in.ID, p.ID)
	if err != nil {
		return Recorded{}, nil, err
	}
	if !ok || !there {
		return Recorded{}, nil, errNotHere(c)
	}
	at := c.now
	if d, err := time.Parse(time.RFC3339, in.Body.At); err == nil && d.Before(c.now) && d.After(r.Opened) {
		at = d.UTC()
	}
	behalf, err := s.behalf(ctx, c, p, in)
	if err != nil {
		return Recorded{}, nil, err
	}
	if behalf != "" {
		in.Body.For = behalf
	}
	next, kept, err := round.Record(r, t, round.Input{Outcome: in.Body.Outcome, Choice: in.Body.Choice, For: in.Body.For, Base: in.Body.Base, By: c.viewer.Account(), At: at})
	if err != nil {
		return Recorded{}, nil, err
	}
	out := Recorded{PlaceID: p.ID, Version: t.Version + 1, Outcome: next.Outcome, Kept: kept}
	said := map[string]string{"outcome": in.Body.Outcome, "holds": next.Outcome}
	if in.Body.Behalf != "" {
		said["behalf"], said["told"] = in.Body.Behalf, in.Body.Told
	}
	e := c.entry("target.recorded", "targets", r.ID+"|"+p.ID, p.ID, p.Path, "work", said)
	if r.Incident != "" {
		e.Incident, e.Purpose = r.Incident, "incident:"+r.Incident
	}
	k, fresh, more, err := s.findingOpens(ctx, c, a, p, &r, finding{t, next, found(&r, next, c.lang), anyOfRound})
	if fresh {
		out.Opened = k.Number
	}
	return out, append([]journal.Change{{Row: &next, Base: t.Version, Entry: e}}, more...), err
}

// openRound is a round kept until something that may change it is journaled.
type openRound struct {
	gen int64
	r   round.Round
}

// round returns a round by id; its definition is read once, not for each door.
func (s *Server) round(ctx context.Context, id string) (round.Round, bool, error) {
	gen := s.gen.Load()
	s.mu.Lock()
	o, ok := s.opened[id]
	s.mu.Unlock()
	if ok && o.gen == gen {
		return o.r, true, nil
	}
	r, ok, err := s.Store.Round(ctx, id)
	if err == nil && ok {
		s.mu.Lock()
		s.opened[id] = openRound{gen, r}
		s.mu.Unlock()
	}
	return r, ok, err
}
