package api

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people/service"
)

// handChunk is how many arrivals one commit closes.
const handChunk = 200

func compareStretch(x, y TeamStretch) int {
	return cmp.Or(strings.Compare(x.From, y.From), strings.Compare(x.Name, y.Name), strings.Compare(x.ID, y.ID))
}

func (s *Server) serviceWaiting() {
	type at struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "service-waiting", Path: "/places/{id}/services/waiting", Action: access.HelperList, Summary: "Stretches of service at a place and below that somebody should look at: not handed over, objected to, or proposed otherwise"},
		func(ctx context.Context, c *call, in *at) (Items[TeamStretch], error) {
			out := Items[TeamStretch]{Items: []TeamStretch{}}
			a, p, err := s.place(ctx, c, access.HelperList, in.ID, "")
			if err != nil {
				return out, err
			}
			hs, err := s.Store.HelpersUnder(ctx, p.Path)
			if err != nil {
				return out, err
			}
			ids := make([]string, 0, len(hs))
			for i := range hs {
				ids = append(ids, hs[i].ID)
			}
			all, err := s.Store.ServicesOf(ctx, ids, time.Time{})
			if err != nil {
				return out, err
			}
			name := map[string]string{}
			for i := range hs {
				name[hs[i].ID] = hs[i].Name
			}
			for _, x := range all {
				if x.Waits() {
					out.Items = append(out.Items, TeamStretch{stretchWire(a, x), x.HelperID, name[x.HelperID]})
				}
			}
			slices.SortFunc(out.Items, compareStretch) // what waits longest first
			out.Total = len(out.Items)
			return out, nil
		})
}

// stretchesOf are what helpers served since a time: what was written down, and each
// shift that was stood and not put right since. What overlaps counts once.
func (s *Server) stretchesOf(ctx context.Context, c *call, ids map[string]bool, since time.Time) (map[string][]service.Stretch, error) {
	list := make([]string, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	slices.Sort(list)
	rows, err := s.Store.ServicesOf(ctx, list, since)
	if err != nil {
		return nil, err
	}
	stood, err := s.servedShifts(ctx, c, since, true, list...)
	if err != nil {
		return nil, err
	}
	out, have := map[string][]service.Stretch{}, map[string]bool{}
	for _, x := range rows {
		out[x.HelperID], have[x.ID] = append(out[x.HelperID], x), true
	}
	for _, x := range stood {
		if !have[x.ID] {
			out[x.HelperID] = append(out[x.HelperID], x)
		}
	}
	for id := range out {
		slices.SortStableFunc(out[id], func(a, b service.Stretch) int { return b.From.Compare(a.From) })
	}
	return out, nil
}

// CloseArrivals ends what nobody handed over of an incident that lapsed by itself, as an
// end by hand does, so that nobody's hours go with what the incident knew.
func (s *Server) CloseArrivals(ctx context.Context, incident string, end time.Time) error {
	c := s.nobody()
	c.viewer = access.NewViewer("system", nil, c.now)
	return s.closeArrivals(ctx, c, incident, end)
}

// closeArrivals ends what nobody handed over, at the end of its incident: each becomes
// a stretch that waits for a check. It may be cut short and done again.
func (s *Server) closeArrivals(ctx context.Context, c *call, incident string, end time.Time) error {
	open, err := s.Store.ArrivalsOpen(ctx, incident)
	if err != nil || len(open) == 0 {
		return err
	}
	book, err := s.bookOf(ctx, c, incident)
	if err != nil {
		return err
	}
	posts, err := s.Store.Posts(ctx, incident, "")
	if err != nil {
		return err
	}
	titles := map[string]mode.Text{}
	for i := range posts {
		if it, ok := book.Post(posts[i].Item); ok {
			titles[posts[i].ID] = it.Title
		}
	}
	for chunk := range slices.Chunk(open, handChunk) {
		var changes []journal.Change
		for _, a := range chunk {
			base := a.Version
			a.Gone = end
			if end.Before(a.At) {
				a.Gone = a.At
			}
			x := service.Unended(journal.NewID(c.now), a.HelperID, a.PlaceID, a.Path, a.Incident, a.PostID, titles[a.PostID], a.At, a.Gone)
			e := c.entry("post.unended", "posts", a.PostID, a.PlaceID, a.Path, "work", nil)
			e.Incident, e.Purpose = a.Incident, "incident:"+a.Incident
			row := a
			changes = append(changes, journal.Change{Row: &row, Base: base, Entry: e}, journal.Change{Row: &x})
		}
		if _, err := s.Store.Commit(ctx, nil, nil, changes...); err != nil {
			return err
		}
	}
	return nil
}
