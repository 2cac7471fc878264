package api

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
)

// Helper is a helper on the wire; helpers on posts are shown by name and work phone.
type Helper struct {
	ID        string       `json:"id"`
	Number    string       `json:"number"`
	Name      string       `json:"name"`
	WorkPhone string       `json:"work_phone"`
	Kind      string       `json:"kind"`
	Age       int          `json:"age"`
	Party     bool         `json:"party"`
	Standing  bool         `json:"standing"`
	PhoneUser bool         `json:"phone_user"`
	Skills    []string     `json:"skills" nullable:"false"`
	Trained   []string     `json:"trained" nullable:"false"`
	Hours     int          `json:"hours"`
	Away      string       `json:"away" doc:"Empty when present; locked-in, locked-out, isolated, left"`
	Version   int64        `json:"version"`
	PlaceName string       `json:"place_name"`
	Missing   []string     `json:"missing" nullable:"false" doc:"What the file still lacks"`
	Posts     []HelperPost `json:"posts" nullable:"false"`
}

// HelperPost is one post a helper holds.
type HelperPost struct {
	ID        string `json:"id"`
	Item      string `json:"item"`
	Title     Words  `json:"title"`
	PlaceName string `json:"place_name"`
	Zone      string `json:"zone"`
	Incident  string `json:"incident"`
}

type helperQuery struct {
	Under   string `query:"under"`
	Q       string `query:"q" maxLength:"40"`
	Kind    string `query:"kind"`
	Trained string `query:"trained"`
	Free    bool   `query:"free" doc:"Only those without a post in force"`
	Skill   string `query:"skill"`
	Missing string `query:"missing" doc:"Whose file lacks phone, birth, consent, guardian, hours or skills"`
	State   string `query:"state" enum:",here,away,minor,left,all" doc:"Left out: all who have not left"`
	Day     int    `query:"day" minimum:"0" maximum:"7" doc:"Who offered hours on that day of the week, 1 Monday"`
	Cursor  string `query:"cursor"`
	Limit   int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
}

func (s *Server) people() {
	read(s, Op{ID: "helper-list", Path: "/helpers", Action: access.HelperList, Summary: "Helpers who live or are stationed at a place"}, s.helpers)
	write(s, Op{ID: "helper-away", Path: "/helpers/{id}/away", Action: access.HelperAway, Summary: "Say where a helper is caught, or that they are back; plans then leave them out, or count on them again"}, s.setAway)
	s.helperFiles()
}

func (s *Server) helpers(ctx context.Context, c *call, in *helperQuery) (Items[Helper], error) {
	out := Items[Helper]{Items: []Helper{}}
	a, ranges, err := s.under(ctx, c, access.HelperList, in.Under)
	if err != nil {
		return out, err
	}
	after, err := cursor(in.Cursor)
	if err != nil {
		return out, err
	}
	var hits []people.Helper
	for _, r := range ranges {
		hs, err := s.Store.HelpersUnder(ctx, r.Top)
		if err != nil {
			return out, err
		}
		for _, h := range hs {
			if in.picks(&h, c.now) && (in.Q == "" || strings.Contains(h.Name, in.Q) || strings.EqualFold(h.Number, in.Q)) && (in.Kind == "" || h.Kind == in.Kind) &&
				(in.Trained == "" || slices.Contains(h.Holding(c.now), in.Trained)) {
				hits = append(hits, h)
			}
		}
	}
	posts, err := s.postsHeld(ctx, c, a, hits)
	if err != nil {
		return out, err
	}
	for _, h := range hits {
		if in.Free && len(posts[h.ID]) > 0 {
			continue
		}
		out.Total++
		if len(out.Items) == in.Limit || h.Path < after[0] || h.Path == after[0] && h.ID <= after[1] {
			continue
		}
		if out.Items = append(out.Items, s.helper(c, a, h, posts[h.ID])); len(out.Items) == in.Limit {
			out.Next = encodeCursor(h.Path, h.ID)
		}
	}
	return out, nil
}

// picks says whether a helper is among those asked for.
func (in *helperQuery) picks(h *people.Helper, now time.Time) bool {
	gone := !h.Left.IsZero()
	switch in.State {
	case "":
		if gone {
			return false
		}
	case "here":
		if gone || h.Away != "" {
			return false
		}
	case "away":
		if gone || h.Away == "" {
			return false
		}
	case "minor":
		if gone || !h.Minor(now) {
			return false
		}
	case "left":
		if !gone {
			return false
		}
	}
	return (in.Skill == "" || slices.Contains(h.Skills, in.Skill)) && (in.Missing == "" || slices.Contains(people.Missing(h, now), in.Missing)) &&
		(in.Day == 0 || slices.ContainsFunc(h.Available, func(w people.Window) bool { return w.Day == in.Day }))
}

func (s *Server) helper(c *call, a *Atlas, h people.Helper, posts []HelperPost) Helper {
	w := Helper{ID: h.ID, Number: h.Number, Name: h.Name, WorkPhone: h.WorkPhone, Kind: h.Kind, Party: h.Party, Standing: h.Standing, PhoneUser: h.PhoneUser,
		Skills: append([]string{}, h.Skills...), Trained: append([]string{}, h.Holding(c.now)...), Hours: h.Hours, Away: h.Away, Version: h.Version,
		Missing: append([]string{}, people.Missing(&h, c.now)...), Posts: append([]HelperPost{}, posts...)}
	if h.Birth > 0 {
		w.Age = c.now.Year() - h.Birth
	}
	// Where a helper lives is a resident's fact: it is said down to the micro-grid only.
	up := a.Up(h.Path)
	for i := len(up) - 1; i >= 0; i-- {
		if info, _ := up[i].Kind.Info(); info.Rank <= 60 {
			w.PlaceName = a.FullName(up[i].Path)
			break
		}
	}
	return w
}

// postsHeld returns the posts in force of the helpers.
func (s *Server) postsHeld(ctx context.Context, c *call, a *Atlas, hs []people.Helper) (map[string][]HelperPost, error) {
	ids := make([]string, len(hs))
	for i := range hs {
		ids[i] = hs[i].ID
	}
	posts, err := s.Store.PostsHeldBy(ctx, ids)
	if err != nil {
		return nil, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return nil, err
	}
	out := map[string][]HelperPost{}
	for _, p := range posts {
		if !f.runs(p.Incident) || !p.Until.IsZero() && !c.now.Before(p.Until) {
			continue
		}
		out[p.HelperID] = append(out[p.HelperID], HelperPost{p.ID, p.Item, s.postTitle(ctx, f, p), a.FullName(p.Path), p.Zone, p.Incident})
	}
	return out, nil
}

// runs says whether an incident is in force; the everyday system always is.
func (f *inForce) runs(incident string) bool {
	return incident == "" || slices.ContainsFunc(f.decls, func(d mode.Declaration) bool { return d.Incident == incident })
}

// postTitle names a post as the playbook of its incident does.
func (s *Server) postTitle(ctx context.Context, f *inForce, p people.Post) Words {
	book := s.Playbooks["normal"]
	for _, d := range f.decls {
		if d.Incident == p.Incident {
			if b, err := s.playbook(ctx, d.Playbook); err == nil {
				if use, _, err := s.inUse(ctx, b); err == nil { // a place may have added the post
					b = use
				}
				book = b
			}
		}
	}
	if book != nil {
		for _, item := range book.Posts {
			if item.ID == p.Item {
				return Words{item.Title.ZH, item.Title.EN}
			}
		}
	}
	return Words{p.Item, p.Item}
}

// payload reads the flat text fields of a plain payload.
func payload(e journal.Entry) map[string]string {
	all := map[string]any{}
	_ = json.Unmarshal(e.Payload, &all)
	out := map[string]string{}
	for k, v := range all {
		if t, ok := v.(string); ok {
			out[k] = t
		}
	}
	return out
}

// roleOf says in which role an account acts, for people who may not know its name.
func (s *Server) roleOf(ctx context.Context, account string) string {
	if gs, err := s.Store.Grants(ctx, account); err == nil && len(gs) > 0 {
		return string(gs[0].Role)
	}
	if a, ok, err := s.Store.Account(ctx, account); err == nil && ok && a.HelperID != "" {
		return string(access.Helper)
	}
	return "system"
}

// flat reads the plain facts of a payload as text: words and numbers only.
func flat(raw []byte) map[string]string {
	all := map[string]any{}
	_ = json.Unmarshal(raw, &all)
	out := map[string]string{}
	for k, v := range all {
		switch x := v.(type) {
		case string:
			if k != "manifest" && k != "helper" && k != "reason" {
				out[k] = x
			}
		case float64:
			out[k] = strconv.FormatFloat(x, 'f', -1, 64)
		}
	}
	return out
}
