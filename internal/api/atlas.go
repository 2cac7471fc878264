package api

import (
	"context"
	"sort"
	"strings"

	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

// Atlas is the whole tree in path order with how many doors, households and
// residents lie behind each place, kept until one of them changes. Nothing in it
// is changed after it was built.
type Atlas struct {
	n          int64 // how often the ground was said to have changed before it was read
	at         int64 // the entry up to which it holds all changes at least
	Places     []territory.Place
	byID       map[string]int
	byCode     map[string]int
	doors      []int // prefix sums over Places
	households []int
	people     []int
	children   map[string][]int
	Ground     *mode.Ground
}

// Sum is what lies at or below a place.
type Sum struct{ Doors, Households, People int }

// Paths returns the present paths of those places that exist, by id. It answers
// from memory: the live stream asks it for every listener and frame.
func (s *Server) Paths(ctx context.Context, ids []string) (map[string]string, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(ids))
	for _, id := range ids {
		if p, ok := a.Place(id); ok {
			out[id] = p.Path
		}
	}
	return out, nil
}

// Place returns a place by id.
func (a *Atlas) Place(id string) (*territory.Place, bool) {
	i, ok := a.byID[id]
	if !ok {
		return nil, false
	}
	return &a.Places[i], true
}

// ByCode returns a place by code.
func (a *Atlas) ByCode(code string) (*territory.Place, bool) {
	i, ok := a.byCode[code]
	if !ok {
		return nil, false
	}
	return &a.Places[i], true
}

// Present returns where the place of an entry lies now: that of the place itself or,
// when it ended, of the nearest place above it at that time that still exists.
func (a *Atlas) Present(id, was string) string {
	if p, ok := a.Place(id); ok {
		return p.Path
	}
	segments := strings.Split(strings.TrimSuffix(was, "."), ".")
	for i := len(segments) - 1; i >= 0; i-- {
		if p, ok := a.Place(segments[i]); ok {
			return p.Path
		}
	}
	return was
}

// Span returns the half-open range of Places at or below a path.
func (a *Atlas) Span(path string) (lo, hi int) {
	from, to := territory.Range(path)
	lo = sort.Search(len(a.Places), func(i int) bool { return a.Places[i].Path >= from })
	hi = sort.Search(len(a.Places), func(i int) bool { return a.Places[i].Path >= to })
	return lo, hi
}

// Sum returns what lies at or below a path.
func (a *Atlas) Sum(path string) Sum {
	lo, hi := a.Span(path)
	return Sum{a.doors[hi] - a.doors[lo], a.households[hi] - a.households[lo], a.people[hi] - a.people[lo]}
}

// Children returns the places directly below, in their order.
func (a *Atlas) Children(id string) []*territory.Place {
	out := make([]*territory.Place, len(a.children[id]))
	for i, j := range a.children[id] {
		out[i] = &a.Places[j]
	}
	return out
}

// Up returns the places on a path from the root down, the last included.
func (a *Atlas) Up(path string) []*territory.Place {
	out := make([]*territory.Place, 0, 12)
	for id := range strings.SplitSeq(strings.TrimSuffix(path, "."), ".") {
		if p, ok := a.Place(id); ok {
			out = append(out, p)
		}
	}
	return out
}

// UpTo returns the nearest place of a kind on a path, or nil.
func (a *Atlas) UpTo(path string, k territory.Kind) *territory.Place {
	up := a.Up(path)
	for i := len(up) - 1; i >= 0; i-- {
		if up[i].Kind == k {
			return up[i]
		}
	}
	return nil
}

// House is the building or site on a path, or nil above one.
func (a *Atlas) House(path string) *territory.Place {
	for _, p := range a.Up(path) {
		if info, _ := p.Kind.Info(); info.Rank == 70 {
			return p
		}
	}
	return nil
}

// FullName is how people say where a place is: community and below, e.g.
// "长塘社区 长塘里3号楼 2单元 502"; grids and micro-grids are said only for themselves.
func (a *Atlas) FullName(path string) string {
	var words strings.Builder
	up := a.Up(path)
	for i, p := range up {
		info, _ := p.Kind.Info()
		if i < len(up)-1 && info.Rank != 40 && info.Rank < 70 {
			continue
		}
		if words.Len() > 0 {
			words.WriteByte(' ')
		}
		words.WriteString(p.Name)
	}
	return words.String()
}

// place finds a place that the viewer may act on, by id or code; absent and out
// of scope answer alike.
func (s *Server) place(ctx context.Context, c *call, action, id, code string) (*Atlas, *territory.Place, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, nil, err
	}
	p, ok := a.Place(id)
	if id == "" {
		p, ok = a.ByCode(code)
	}
	if !ok {
		return nil, nil, errNotHere(c)
	}
	return a, p, s.may(c, action, p.Path)
}
