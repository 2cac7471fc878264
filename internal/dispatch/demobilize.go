package dispatch

import (
	"sort"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/round"
	"shouwang/internal/territory"
)

// Closing is the reverse plan: everything that ends with the incident, what is
// handed over by name, and what is written. Posts and measures need no row: they
// are in force only while their incident is.
type Closing struct {
	Incident    Incident
	Closed      Closed
	HandedOver  []HandOver
	Unclaimed   int // handed-over items for which the everyday system has nobody
	DeleteAfter time.Time
	Thanks      []Thanks
	Notices     []mode.NoticeItem
	Rounds      []round.Round  // the incident's, closed, and the one that carries on
	Targets     []round.Target // of the one that carries on
	Entry       journal.Entry
}

// Closed counts what ends.
type Closed struct {
	Posts    int `json:"posts"`
	Measures int `json:"measures"`
	Rounds   int `json:"rounds"`
}

// HandOver is one piece of open work with the person who takes it over.
type HandOver struct {
	Kind    string    `json:"kind"` // target
	ID      string    `json:"id"`   // id of the place
	PlaceID string    `json:"place_id"`
	Title   mode.Text `json:"title"`
	To      string    `json:"to"` // name; empty when there is nobody
	ToID    string    `json:"to_id"`
	Post    string    `json:"post"` // everyday post item of that person
}

// Thanks is one helper to thank, in the order of names; nobody is ranked.
type Thanks struct {
	HelperID string `json:"helper_id"`
	Helper   string `json:"helper"`
}

// Demobilize ends an incident and hands back what is open: every target that has
// no final outcome, or whose outcome asks for help, goes on by name with whoever
// holds the everyday post nearest to it, in the round the playbook names. The
// deletion clock starts. Demobilizing twice gives ErrEnded.
func Demobilize(s *State, actor string, now time.Time) (*Closing, error) {
	inc := s.Incident
	if inc.Started.IsZero() {
		return nil, ErrDraft.With()
	}
	if !inc.Ended.IsZero() && inc.EndBy != Lapse {
		return nil, ErrEnded.With(inc.Ended.Format(time.RFC3339))
	}
	if inc.Ended.IsZero() || now.Before(inc.Ended) {
		inc.Ended = now
	}
	inc.EndBy, inc.Keep = actor, s.Playbook.Demobilize.Keep
	c := &Closing{DeleteAfter: inc.Ended.Add(inc.Keep)}
	inc.Act = stableID(now, "demobilize", inc.ID)
	thanked := map[string]bool{}
	for i := range s.Posts {
		o := &s.Posts[i]
		if o.Incident != inc.ID {
			continue
		}
		if open(o, now) {
			c.Closed.Posts++
		}
		for _, id := range []string{o.HelperID, o.DeputyID} {
			if id != "" && !thanked[id] {
				thanked[id] = true
				c.Thanks = append(c.Thanks, Thanks{id, helperName(s, id)})
			}
		}
	}
	for i := range s.Measures {
		if m := &s.Measures[i]; m.Incident == inc.ID && m.InForce(now) {
			c.Closed.Measures++
		}
	}
	if s.Playbook.Demobilize.Thank == "" {
		c.Thanks = nil
	}
	sort.Slice(c.Thanks, func(i, j int) bool {
		a, b := c.Thanks[i], c.Thanks[j]
		return a.Helper < b.Helper || a.Helper == b.Helper && a.HelperID < b.HelperID
	})
	for _, r := range s.Rounds {
		if r.Incident == inc.ID && r.Closed.IsZero() {
			r.Closed, r.Act = now, inc.Act
			c.Rounds = append(c.Rounds, r)
			c.Closed.Rounds++
		}
	}
	for _, n := range s.Playbook.Notices {
		if n.When == "demobilize" {
			c.Notices = append(c.Notices, n)
		}
	}
	c.carry(s, inc, now)
	c.Incident = inc
	c.Entry = entry(inc, "incident.demobilized", actor, now, map[string]any{"posts": c.Closed.Posts, "measures": c.Closed.Measures,
		"rounds": c.Closed.Rounds, "handed_over": len(c.HandedOver), "delete_after": c.DeleteAfter.UTC().Format(time.RFC3339)})
	return c, nil
}

// carry opens the everyday round that goes on with what is unfinished.
func (c *Closing) carry(s *State, inc Incident, now time.Time) {
	d := s.Playbook.Demobilize
	item, ok := s.Playbook.Round(d.Carry)
	if !ok || len(d.HandOver) == 0 {
		return
	}
	of := map[string]*round.Round{}
	for i := range s.Rounds {
		if r := &s.Rounds[i]; r.Incident == inc.ID {
			of[r.ID] = r
		}
	}
	next := round.Round{ID: stableID(now, "carry", inc.ID), Key: "|" + item.ID + "|" + inc.ID, Item: item.ID, PlaceID: inc.PlaceID, Path: inc.Path,
		TitleZH: item.Title.ZH, TitleEN: item.Title.EN, Per: item.Per, By: item.By, Outcomes: item.Outcomes, Opened: now,
		Due: now.Add(item.Due.Length()), Act: inc.Act}
	takers := newTakers(s, now)
	taken := map[string]bool{}
	for i := range s.Targets {
		t := s.Targets[i]
		r := of[t.RoundID]
		if r == nil || taken[t.PlaceID] {
			continue
		}
		o := outcome(r, t.Outcome)
		if t.Final && o.Tone != "help" {
			continue
		}
		taken[t.PlaceID] = true
		h := HandOver{Kind: "target", ID: t.PlaceID, PlaceID: t.PlaceID, Title: c.title(s, r, &t, o)}
		if post, who := takers.of(t.Path); who != nil {
			h.To, h.ToID, h.Post = who.Name, who.ID, post
		} else {
			c.Unclaimed++
		}
		c.HandedOver = append(c.HandedOver, h)
		t.RoundID, t.Zone, t.Final, t.Version, t.Act = next.ID, "", false, 0, inc.Act
		if outcome(&next, t.Outcome).ID == "" {
			t.Outcome, t.Choice = "", ""
		}
		c.Targets = append(c.Targets, t)
	}
	if next.Total = len(c.Targets); next.Total > 0 {
		c.Rounds = append(c.Rounds, next)
	}
}

func outcome(r *round.Round, id string) round.Outcome {
	for _, o := range r.Outcomes {
		if o.ID == id && id != "" {
			return o
		}
	}
	return round.Outcome{}
}

// title says what is open behind which door, in words.
func (c *Closing) title(s *State, r *round.Round, t *round.Target, o round.Outcome) mode.Text {
	place := s.Ground.Names(t.Path, " · ")
	if place == "" {
		place = t.PlaceID
	}
	x := mode.Text{ZH: place + "：" + r.TitleZH + "，", EN: place + ": " + r.TitleEN + ", "}
	if o.ID == "" {
		x.ZH, x.EN = x.ZH+"还没走到", x.EN+"not visited yet"
		return x
	}
	x.ZH, x.EN = x.ZH+o.ZH, x.EN+o.EN
	for _, ch := range o.Choose {
		if ch.ID == t.Choice {
			x.ZH, x.EN = x.ZH+"（"+ch.ZH+"）", x.EN+" ("+ch.EN+")"
		}
	}
	return x
}

// takers finds who holds the everyday post that takes open work over.
type takers struct {
	items  []string
	posts  map[string]*people.Post
	people map[string]*people.Helper
}

func newTakers(s *State, now time.Time) *takers {
	t := &takers{items: s.Playbook.Demobilize.To, posts: map[string]*people.Post{}, people: map[string]*people.Helper{}}
	for i := range s.Helpers {
		t.people[s.Helpers[i].ID] = &s.Helpers[i]
	}
	for i := range s.Posts {
		o := &s.Posts[i]
		if o.Incident == "" && open(o, now) && (o.HelperID != "" || o.DeputyID != "") {
			if k := o.Item + "|" + o.Path; t.posts[k] == nil || o.N < t.posts[k].N {
				t.posts[k] = o
			}
		}
	}
	return t
}

// of goes through the everyday posts in their declared order, each from the place
// upward, and takes the first holder (or deputy) who is present.
func (t *takers) of(path string) (item string, who *people.Helper) {
	chain := territory.Ancestors(path)
	for _, item := range t.items {
		for i := len(chain) - 1; i >= 0; i-- {
			o := t.posts[item+"|"+chain[i]]
			if o == nil {
				continue
			}
			for _, id := range []string{o.HelperID, o.DeputyID} {
				if h := t.people[id]; h != nil && h.Away == "" {
					return item, h
				}
			}
		}
	}
	return "", nil
}

// Each yields a change with its own entry for the incident and each round.
// Targets belong to their round's entry and are staged beside them.
func (c *Closing) Each(yield func(journal.Change) bool) {
	inc := c.Incident
	if !yield(journal.Change{Row: &inc, Base: inc.Rev, Entry: c.Entry}) {
		return
	}
	for i := range c.Rounds {
		r := &c.Rounds[i]
		verb := "round.closed"
		if r.Closed.IsZero() {
			verb = "round.opened"
		}
		e := under(c.Entry, verb, "rounds", r.ID, r.PlaceID, r.Path, map[string]any{"item": r.Item, "total": r.Total})
		if !yield(journal.Change{Row: r, Base: r.Version, Entry: e}) {
			return
		}
	}
}
