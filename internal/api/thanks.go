package api

import (
	"context"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/people/care"
	"shouwang/internal/territory"
)

// thanksDays is how long thanks are shown to whom they are for, and to the desk.
const thanksDays = 365

// Thanks are words of thanks.
type Thanks struct {
	ID       string `json:"id"`
	Words    string `json:"words"`
	From     string `json:"from"`
	To       string `json:"to" doc:"who is thanked, by name; empty: all who serve there"`
	For      Words  `json:"for" doc:"what for: a watch, a need; empty: nothing in particular"`
	Place    string `json:"place"`
	Made     string `json:"made"`
	Decided  bool   `json:"decided"`
	Shown    bool   `json:"shown"`
	Resident bool   `json:"resident" doc:"written by a resident, by the code at their door"`
}

type thanksMake struct {
	ID   string `path:"id"`
	Body struct {
		HelperID string `json:"helper_id,omitempty" maxLength:"60" doc:"empty: all who serve there"`
		Words    string `json:"words" maxLength:"1500"`
		From     string `json:"from" maxLength:"160"`
	}
}

type thanksDecide struct {
	ID   string `path:"id"`
	Body struct {
		Show bool `json:"show"`
	}
}

func (s *Server) thankings() {
	type at struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "thanks-list", Path: "/places/{id}/thanks", Action: access.HelperList, Summary: "Thanks at a place and below: those that wait for a look, and those of the last year"},
		func(ctx context.Context, c *call, in *at) (Items[Thanks], error) {
			out := Items[Thanks]{Items: []Thanks{}}
			a, p, err := s.place(ctx, c, access.HelperList, in.ID, "")
			if err != nil {
				return out, err
			}
			all, err := s.Store.ThanksUnder(ctx, p.Path, c.now.AddDate(0, 0, -thanksDays))
			if err != nil {
				return out, err
			}
			out.Items, err = s.thanksWire(ctx, a, all)
			out.Total = len(out.Items)
			return out, err
		})
	write(s, Op{ID: "thanks-write", Path: "/places/{id}/thanks", Action: access.HelperWrite, Summary: "Thank a helper, or all who serve at a place, in writing"},
		func(ctx context.Context, c *call, in *thanksMake) (Thanks, []journal.Change, error) {
			a, p, err := s.place(ctx, c, access.HelperWrite, in.ID, "")
			if err != nil {
				return Thanks{}, nil, err
			}
			t := care.Thanks{ID: journal.NewID(c.now), PlaceID: p.ID, Path: p.Path, Words: in.Body.Words, From: in.Body.From, By: c.viewer.Account()}
			if id := in.Body.HelperID; id != "" {
				if _, err := s.helperAt(ctx, c, access.HelperList, id); err != nil {
					return Thanks{}, nil, err
				}
				t.Helpers = []string{id}
			}
			return s.thank(ctx, c, a, t)
		})
	write(s, Op{ID: "thanks-decide", Path: "/thanks/{id}/decide", Action: access.HelperWrite, Summary: "Look at a resident's thanks: show them to whom they are for, or not"},
		func(ctx context.Context, c *call, in *thanksDecide) (Thanks, []journal.Change, error) {
			t, ok, err := s.Store.Thanks(ctx, in.ID)
			if err != nil || !ok {
				return Thanks{}, nil, orNotHere(c, err)
			}
			if err := s.may(c, access.HelperWrite, t.Path); err != nil {
				return Thanks{}, nil, access.Hide(err)
			}
			base := t.Version
			if t, err = care.Decide(t, in.Body.Show, c.viewer.Account(), c.now); err != nil {
				return Thanks{}, nil, err
			}
			return Thanks{ID: t.ID, Decided: true, Shown: t.Shown}, []journal.Change{{Row: &t, Base: base, Entry: s.helped(c, "thanks.decided", "thanks", t.ID, t.PlaceID, t.Path)}}, nil
		})
}

func (s *Server) thank(ctx context.Context, c *call, a *Atlas, t care.Thanks) (Thanks, []journal.Change, error) {
	t, err := care.Thank(t, c.now)
	if err != nil {
		return Thanks{}, nil, err
	}
	w, err := s.thanksWire(ctx, a, []care.Thanks{t})
	if err != nil {
		return Thanks{}, nil, err
	}
	w[0].Words = "" // a receipt keeps no words
	return w[0], []journal.Change{{Row: &t, Entry: s.helped(c, "thanks.written", "thanks", t.ID, t.PlaceID, t.Path)}}, nil
}

func (s *Server) thanksWire(ctx context.Context, a *Atlas, all []care.Thanks) ([]Thanks, error) {
	ids := map[string]bool{}
	for _, t := range all {
		for _, id := range t.Helpers {
			ids[id] = true
		}
	}
	of, err := s.helpersOf(ctx, ids)
	out := []Thanks{}
	for _, t := range all {
		w := Thanks{ID: t.ID, For: words(t.For), Words: t.Words, From: t.From, Made: stamp(t.Made), Decided: !t.Decided.IsZero(), Shown: t.Shown, Resident: t.By == ""}
		var to []string
		for _, id := range t.Helpers {
			if h := of[id]; h != nil {
				to = append(to, h.Name)
			}
		}
		w.To = strings.Join(to, "、")
		if up := a.UpTo(t.Path, territory.Building); up != nil { // whose door it was is not said
			w.Place = a.FullName(up.Path)
		} else {
			w.Place = a.FullName(t.Path)
		}
		out = append(out, w)
	}
	return out, err
}

// thanksFor are the thanks that a helper reads: to them, and to all who serve in their
// community.
func (s *Server) thanksFor(ctx context.Context, c *call, h *people.Helper) ([]Thanks, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return []Thanks{}, err
	}
	all, err := s.Store.ThanksUnder(ctx, s.mySide(ctx, h.Path), c.now.AddDate(0, 0, -thanksDays))
	if err != nil {
		return []Thanks{}, err
	}
	mine := all[:0]
	for _, t := range all {
		if t.Reaches(h.ID) {
			mine = append(mine, t)
		}
	}
	out, err := s.thanksWire(ctx, a, mine)
	for i := range out {
		out[i].To = "" // who else was thanked is theirs to tell
	}
	return out, err
}
