package api

import (
	"context"
	"fmt"
	"sort"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

// everyday is the everyday roster: every post that the normal playbook asks for,
// with its row where somebody filled it, in path order.
type everyday struct {
	ground, gen int64
	posts       []people.Post
	all, empty  tallies
}

// roster returns the everyday roster, reckoned anew when places or posts changed.
func (s *Server) roster(ctx context.Context, c *call, a *Atlas) (*everyday, error) {
	gen := s.gen.Load()
	s.mu.Lock()
	e := s.day
	s.mu.Unlock()
	if e != nil && e.ground == a.n && e.gen == gen {
		return e, nil
	}
	e = &everyday{ground: a.n, gen: gen}
	rows, err := s.Store.Posts(ctx, "", "")
	if err != nil {
		return nil, err
	}
	key := func(item, place string, n int) string { return fmt.Sprint(item, "|", place, "|", n) }
	asked := map[string]bool{}
	have := map[string]people.Post{}
	for _, p := range rows {
		if !ended(p, c) {
			have[key(p.Item, p.PlaceID, p.N)] = p
		}
	}
	if s.Playbooks["normal"] != nil && len(a.Places) > 0 {
		book, err := s.current(ctx, "normal")
		if err != nil {
			return nil, err
		}
		if book, _, err = s.inUse(ctx, book); err != nil {
			return nil, err
		}
		d := mode.DesiredAt(book, a.Ground, nil, mode.Scope{Path: a.Places[0].Path}, c.now)
		for _, slot := range d.Slots {
			spot := &a.Ground.Spots[slot.Spot]
			k := key(book.Posts[slot.Item].ID, spot.ID, slot.N)
			asked[k] = true
			p, ok := have[k]
			if !ok {
				p = people.Post{Key: slot.Key, Item: book.Posts[slot.Item].ID, Role: book.Posts[slot.Item].Role, PlaceID: spot.ID, Path: spot.Path, N: slot.N}
			}
			e.posts = append(e.posts, p)
		}
	}
	for k, p := range have { // filled beyond what is asked for
		if !asked[k] {
			e.posts = append(e.posts, p)
		}
	}
	sort.SliceStable(e.posts, func(i, j int) bool {
		if e.posts[i].Path != e.posts[j].Path {
			return e.posts[i].Path < e.posts[j].Path
		}
		return e.posts[i].Item < e.posts[j].Item
	})
	for _, p := range e.posts {
		e.all = append(e.all, p.Path)
		if p.HelperID == "" {
			e.empty = append(e.empty, p.Path)
		}
	}
	s.mu.Lock()
	s.day = e
	s.mu.Unlock()
	return e, nil
}

// under returns the everyday posts at or below a path.
func (e *everyday) under(path string) []people.Post {
	from, to := territory.Range(path)
	lo := sort.Search(len(e.posts), func(i int) bool { return e.posts[i].Path >= from })
	hi := sort.Search(len(e.posts), func(i int) bool { return e.posts[i].Path >= to })
	return e.posts[lo:hi]
}
