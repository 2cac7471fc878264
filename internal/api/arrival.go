package api

import (
	"context"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/people"
)

// FieldPost is a post of an emergency that the caller holds or stands in for.
type FieldPost struct {
	ID        string `json:"id"`
	Title     Words  `json:"title"`
	Incident  string `json:"incident"`
	PlaceID   string `json:"place_id"`
	PlaceName string `json:"place_name"`
	Zone      string `json:"zone"`
	Deputy    bool   `json:"deputy"`
	ArrivedAt string `json:"arrived_at" doc:"Empty: nobody of this post is there"`
	Mine      bool   `json:"mine" doc:"It was you who arrived"`
}

type postID struct {
	ID string `path:"id"`
}

func (s *Server) arrivals() {
	read(s, Op{ID: "field-posts", Path: "/field/posts", Action: access.MeRead, Summary: "Your own posts of emergencies in force, and whether somebody is there; none in ordinary times"}, s.fieldPosts)
	write(s, Op{ID: "post-arrive", Path: "/posts/{id}/arrive", Action: access.HelperAway, Summary: "Say that you are at your post, or that its holder is; only while the emergency is in force"},
		func(ctx context.Context, c *call, in *postID) (FieldPost, []journal.Change, error) {
			return s.attend(ctx, c, in.ID, "post.arrived", people.Arrive)
		})
	write(s, Op{ID: "post-hand-over", Path: "/posts/{id}/hand-over", Action: access.HelperAway, Summary: "Say that you leave your post to the next, or that its holder does"},
		func(ctx context.Context, c *call, in *postID) (FieldPost, []journal.Change, error) {
			return s.attend(ctx, c, in.ID, "post.handed", func(p people.Post, last people.Arrival, _ string, inForce bool, now time.Time) (people.Arrival, bool, error) {
				return people.HandOver(p, last, inForce, now)
			})
		})
}

// attend notes that somebody came to a post or left it: its holder or deputy does,
// or whoever may say of helpers there that they cannot come.
func (s *Server) attend(ctx context.Context, c *call, id, verb string, decide func(people.Post, people.Arrival, string, bool, time.Time) (people.Arrival, bool, error)) (FieldPost, []journal.Change, error) {
	p, ok, err := s.Store.Post(ctx, id)
	if err != nil {
		return FieldPost{}, nil, err
	}
	if !ok {
		return FieldPost{}, nil, errNotHere(c)
	}
	me := c.account.HelperID
	if me == "" || me != p.HelperID && me != p.DeputyID {
		if err := s.may(c, access.HelperAway, p.Path); err != nil {
			return FieldPost{}, nil, access.Hide(err)
		}
		me = ""
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return FieldPost{}, nil, err
	}
	last, _, err := s.Store.Arrival(ctx, p.ID)
	if err != nil {
		return FieldPost{}, nil, err
	}
	next, changed, err := decide(p, last, me, f.runs(p.Incident), c.now)
	if err != nil {
		return FieldPost{}, nil, err
	}
	var changes []journal.Change
	if changed {
		e := c.entry(verb, "posts", p.ID, p.PlaceID, p.Path, "work", map[string]string{"item": p.Item})
		e.Incident, e.Purpose = p.Incident, "incident:"+p.Incident
		changes = append(changes, journal.Change{Row: &next, Base: last.Version, Entry: e})
		if last.HelperID != "" && last.Gone.IsZero() && (!next.Gone.IsZero() || next.HelperID != last.HelperID) {
			changes = append(changes, journal.Change{Row: s.stood(ctx, f, p, last, c.now)})
		}
	}
	w, err := s.fieldPost(ctx, c, f, p, next)
	return w, changes, err
}

func (s *Server) fieldPosts(ctx context.Context, c *call, _ *struct{}) (Items[FieldPost], error) {
	out := Items[FieldPost]{Items: []FieldPost{}}
	if err := s.may(c, access.MeRead, ""); err != nil || c.account.HelperID == "" {
		return out, err
	}
	posts, err := s.Store.PostsOf(ctx, c.account.HelperID)
	if err != nil {
		return out, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return out, err
	}
	there, err := s.arrived(ctx, posts)
	if err != nil {
		return out, err
	}
	for _, p := range posts {
		if p.Incident == "" || !f.runs(p.Incident) || !p.Until.IsZero() && !c.now.Before(p.Until) {
			continue
		}
		w, err := s.fieldPost(ctx, c, f, p, there[p.ID])
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, w)
	}
	out.Total = len(out.Items)
	return out, nil
}

// arrived returns what is noted of coming to some posts, by post.
func (s *Server) arrived(ctx context.Context, posts []people.Post) (map[string]people.Arrival, error) {
	var ids []string
	for _, p := range posts {
		if p.Incident != "" {
			ids = append(ids, p.ID)
		}
	}
	all, err := s.Store.Arrivals(ctx, ids)
	out := make(map[string]people.Arrival, len(all))
	for _, a := range all {
		out[a.PostID] = a
	}
	return out, err
}

func (s *Server) fieldPost(ctx context.Context, c *call, f *inForce, p people.Post, a people.Arrival) (FieldPost, error) {
	g, err := s.ground(ctx)
	if err != nil {
		return FieldPost{}, err
	}
	me := c.account.HelperID
	w := FieldPost{ID: p.ID, Title: s.postTitle(ctx, f, p), Incident: p.Incident, PlaceID: p.PlaceID, PlaceName: g.FullName(p.Path), Zone: p.Zone, Deputy: me != "" && me != p.HelperID && me == p.DeputyID}
	if a.There(p) {
		w.ArrivedAt, w.Mine = stamp(a.At), me != "" && a.HelperID == me
	}
	return w, nil
}
