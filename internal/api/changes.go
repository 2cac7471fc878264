package api

import (
	"context"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
)

// PostChange tells the holder of a post what changed for it.
type PostChange struct {
	ID       string       `json:"id"`
	Incident string       `json:"incident"`
	Playbook Words        `json:"playbook"`
	PostID   string       `json:"post_id"`
	Post     Words        `json:"post"`
	PlaceID  string       `json:"place_id"`
	Place    string       `json:"place"`
	At       string       `json:"at"`
	SeenAt   string       `json:"seen_at"`
	Lines    []ChangeLine `json:"lines" nullable:"false"`
}

// PostChanges is a list of them with how many are acknowledged.
type PostChanges struct {
	Total int          `json:"total"`
	Seen  int          `json:"seen"`
	Items []PostChange `json:"items" nullable:"false"`
}

func (s *Server) changes() {
	read(s, Op{ID: "changes-read", Path: "/field/changes", Action: access.MeRead, Summary: "What changed for your own posts and waits to be acknowledged"},
		func(ctx context.Context, c *call, _ *struct{}) (PostChanges, error) {
			out := PostChanges{Items: []PostChange{}}
			if err := s.may(c, access.MeRead, ""); err != nil {
				return out, err
			}
			posts, err := s.myPosts(ctx, c)
			if err != nil || len(posts) == 0 {
				return out, err
			}
			var ids []string
			for id := range posts {
				ids = append(ids, id)
			}
			bs, err := s.Store.BriefingsOf(ctx, ids)
			if err != nil {
				return out, err
			}
			for _, b := range bs {
				w, err := s.changeWire(ctx, b)
				if err != nil {
					return out, err
				}
				out.Items = append(out.Items, w)
			}
			out.Total = len(out.Items)
			return out, nil
		})
	write(s, Op{ID: "changes-seen", Path: "/field/changes/{id}/seen", Action: access.MeRead, Summary: "Acknowledge what changed for your post"},
		func(ctx context.Context, c *call, in *incidentID) (PostChange, []journal.Change, error) {
			b, ok, err := s.Store.Briefing(ctx, in.ID)
			if err != nil {
				return PostChange{}, nil, err
			}
			posts, err := s.myPosts(ctx, c)
			if err != nil {
				return PostChange{}, nil, err
			}
			if !ok || !posts[b.PostID] {
				return PostChange{}, nil, errNotHere(c)
			}
			var changes []journal.Change
			if b.Seen.IsZero() {
				b.Seen, b.SeenBy = c.now, c.viewer.Account()
				e := c.entry("post.acknowledged", "briefings", b.ID, b.PlaceID, b.Path, "work", map[string]any{"post": b.PostID, "lines": len(b.Lines)})
				e.Incident, e.Purpose = b.Incident, "incident:"+b.Incident
				row := b
				changes = append(changes, journal.Change{Row: &row, Base: b.Version, Entry: e})
			}
			w, err := s.changeWire(ctx, b)
			return w, changes, err
		})
	read(s, Op{ID: "incident-changes", Path: "/incidents/{id}/changes", Action: access.IncidentRead, Summary: "Which posts were told what changed, and which acknowledged it"},
		func(ctx context.Context, c *call, in *incidentID) (PostChanges, error) {
			out := PostChanges{Items: []PostChange{}}
			i, err := s.incident(ctx, c, access.IncidentRead, in.ID)
			if err != nil {
				return out, err
			}
			bs, err := s.Store.Briefings(ctx, i.ID)
			if err != nil {
				return out, err
			}
			mine := s.scope(c, access.PostRead)
			for _, b := range bs {
				if !mine.Contains(b.Path) {
					continue
				}
				w, err := s.changeWire(ctx, b)
				if err != nil {
					return out, err
				}
				out.Total++
				if w.SeenAt != "" {
					out.Seen++
				}
				out.Items = append(out.Items, w)
			}
			return out, nil
		})
}

// myPosts are the open posts that the caller holds or stands in for.
func (s *Server) myPosts(ctx context.Context, c *call) (map[string]bool, error) {
	out := map[string]bool{}
	if c.account.HelperID == "" {
		return out, nil
	}
	posts, err := s.Store.PostsOf(ctx, c.account.HelperID)
	for _, p := range posts {
		if p.Until.IsZero() || c.now.Before(p.Until) {
			out[p.ID] = true
		}
	}
	return out, err
}

func (s *Server) changeWire(ctx context.Context, b dispatch.Briefing) (PostChange, error) {
	w := PostChange{ID: b.ID, Incident: b.Incident, PostID: b.PostID, PlaceID: b.PlaceID, At: stamp(b.At), SeenAt: stamp(b.Seen), Lines: changeLines(b.Lines)}
	a, err := s.ground(ctx)
	if err != nil {
		return w, err
	}
	w.Place = a.FullName(b.Path)
	p, ok, err := s.Store.Post(ctx, b.PostID)
	if err != nil || !ok {
		return w, err
	}
	book, err := s.playbook(ctx, b.To)
	if err != nil {
		return w, err
	}
	w.Playbook = words(book.Title)
	if book, _, err = s.inUse(ctx, book); err != nil {
		return w, err
	}
	if item, ok := book.Post(p.Item); ok {
		w.Post = words(item.Title)
	}
	return w, nil
}
