package api

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"shouwang/internal/mode"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// ground returns the atlas, brought up to date when places or residents changed: one
// caller does that while the others wait for it.
func (s *Server) ground(ctx context.Context) (*Atlas, error) {
	if a := s.groundKept(); a != nil {
		return a, nil
	}
	s.groundMu.Lock()
	defer s.groundMu.Unlock()
	if a := s.groundKept(); a != nil {
		return a, nil
	}
	n := s.groundN.Load() // before anything is read: a change after this is looked for again
	s.mu.Lock()
	old := s.atlas
	s.mu.Unlock()
	a, err := s.followGround(ctx, old)
	if err != nil {
		return nil, err
	}
	a.n = n
	s.mu.Lock()
	s.atlas = a
	s.mu.Unlock()
	return a, nil
}

// groundKept is the atlas if nothing changed since it was built.
func (s *Server) groundKept() *Atlas {
	n := s.groundN.Load()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.atlas != nil && s.atlas.n == n {
		return s.atlas
	}
	return nil
}

// followGround reads what the journal says has changed since an atlas was built, or
// the whole where that is most of it. While it reads, more may change: it looks again
// until nothing did, so that a tree is never mixed of two moments.
func (s *Server) followGround(ctx context.Context, old *Atlas) (*Atlas, error) {
	for range 3 {
		if old == nil {
			break
		}
		d, err := s.Store.GroundSince(ctx, old.at)
		if err != nil {
			return nil, err
		}
		if len(d.Places) > len(old.Places)/2 {
			break
		}
		if len(d.Places) == 0 && !d.Register {
			next := *old
			next.at = d.At
			return &next, nil
		}
		next, err := s.changedGround(ctx, old, d)
		if err != nil {
			break // read it whole
		}
		again, err := s.Store.GroundSince(ctx, d.At)
		if err != nil {
			return nil, err
		}
		if again.At == d.At {
			next.at = d.At
			return next, nil
		}
	}
	s.wholes.Add(1)
	return s.wholeGround(ctx)
}

// wholeGround reads the tree and its counts, side by side.
func (s *Server) wholeGround(ctx context.Context) (*Atlas, error) {
	at := s.Store.Last()
	var places []territory.Place
	var homes, people map[string]int
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() (err error) { places, err = s.Store.PlacesUnder(ctx, "", ""); return err })
	g.Go(func() (err error) { people, err = s.Store.PeopleByDoor(ctx, ""); return err })
	g.Go(func() (err error) { homes, err = s.Store.HouseholdsByDoor(ctx, ""); return err })
	if err := g.Wait(); err != nil {
		return nil, err
	}
	a, err := newAtlas(places, func(id string) (int, int) { return homes[id], people[id] })
	if err == nil {
		a.at = at
	}
	return a, err
}

// changedGround puts changed places into an atlas and, when residents changed, counts
// them anew.
func (s *Server) changedGround(ctx context.Context, old *Atlas, d store.GroundChange) (*Atlas, error) {
	fresh, err := s.Store.Places(ctx, d.Places)
	if err != nil {
		return nil, err
	}
	for _, p := range fresh { // one that is there again may have kept its people
		if _, ok := old.byID[p.ID]; !ok && p.Version > 1 {
			d.Register = true
		}
	}
	count := old.behind
	if d.Register {
		var homes, people map[string]int
		g, ctx := errgroup.WithContext(ctx)
		g.Go(func() (err error) { people, err = s.Store.PeopleByDoor(ctx, ""); return err })
		g.Go(func() (err error) { homes, err = s.Store.HouseholdsByDoor(ctx, ""); return err })
		if err := g.Wait(); err != nil {
			return nil, err
		}
		count = func(id string) (int, int) { return homes[id], people[id] }
	}
	return newAtlas(old.with(d.Places, fresh), count)
}

// behind is how many households and people are registered at one place.
func (a *Atlas) behind(id string) (homes, people int) {
	i, ok := a.byID[id]
	if !ok {
		return 0, 0
	}
	return a.households[i+1] - a.households[i], a.people[i+1] - a.people[i]
}

// with returns the places in path order after some of them changed: fresh are those
// of them that exist now.
func (a *Atlas) with(changed []string, fresh []territory.Place) []territory.Place {
	gone := make(map[int]bool, len(changed))
	for _, id := range changed {
		if i, ok := a.byID[id]; ok {
			gone[i] = true
		}
	}
	slices.SortFunc(fresh, func(x, y territory.Place) int { return strings.Compare(x.Path, y.Path) })
	out := make([]territory.Place, 0, len(a.Places)-len(gone)+len(fresh))
	for i := range a.Places {
		if gone[i] {
			continue
		}
		for len(fresh) > 0 && fresh[0].Path < a.Places[i].Path {
			out, fresh = append(out, fresh[0]), fresh[1:]
		}
		out = append(out, a.Places[i])
	}
	return append(out, fresh...)
}

// reshaped is the atlas as it will be once the ground is changed.
func (a *Atlas) reshaped(out *territory.Outcome) (*Atlas, error) {
	var ids []string
	var fresh []territory.Place
	for _, p := range slices.Concat(out.New, out.Changed) {
		ids = append(ids, p.ID)
		if p.Until.IsZero() {
			if !p.From.IsZero() {
				p.From = time.UnixMilli(p.From.UnixMilli()).UTC() // as it will be read
			}
			fresh = append(fresh, p)
		}
		if _, ok := a.byID[p.ID]; !ok && p.Version > 1 {
			return nil, nil // it is there again, perhaps with its people: they have to be counted
		}
	}
	return newAtlas(a.with(ids, fresh), a.behind)
}

// readied holds the atlas while an act that changes the ground becomes valid, so that
// nobody begins to read what lies ready. What it returns is called with the act's
// entry, or with 0 when it came to nothing; only the first call counts.
func (s *Server) readied(old, next *Atlas) func(ctx context.Context, seq int64) {
	s.groundMu.Lock()
	var once sync.Once
	return func(ctx context.Context, seq int64) {
		once.Do(func() {
			defer s.groundMu.Unlock()
			if seq == 0 || next == nil {
				return
			}
			d, err := s.Store.GroundSince(ctx, old.at)
			s.mu.Lock()
			defer s.mu.Unlock()
			if err == nil && d.Entries == 1 && d.At == seq && s.atlas == old {
				next.n, next.at = old.n, seq // its being known as changed costs one look at the journal
				s.atlas = next
			}
		})
	}
}

// newAtlas builds the atlas of places in path order, its parts side by side. behind
// says how many households and people are registered at a place.
func newAtlas(places []territory.Place, behind func(id string) (homes, people int)) (*Atlas, error) {
	n := len(places)
	a := &Atlas{Places: places, byID: make(map[string]int, n), byCode: make(map[string]int, n), doors: make([]int, n+1), households: make([]int, n+1), people: make([]int, n+1)}
	var g errgroup.Group
	g.Go(func() error {
		for i := range places {
			a.byID[places[i].ID] = i
		}
		return nil
	})
	g.Go(func() error {
		for i := range places {
			a.byCode[places[i].Code] = i
		}
		return nil
	})
	g.Go(func() error {
		a.children = childrenOf(places)
		return nil
	})
	g.Go(func() (err error) {
		a.Ground, err = a.count(behind)
		return err
	})
	return a, g.Wait()
}

// count sums what lies behind the places and lays out the ground for reckoning.
func (a *Atlas) count(behind func(id string) (homes, people int)) (*mode.Ground, error) {
	spots := make([]mode.Spot, len(a.Places))
	for i := range a.Places {
		p := &a.Places[i]
		homes, people := behind(p.ID)
		a.doors[i+1] = a.doors[i]
		if p.Kind == territory.Door {
			a.doors[i+1]++
		}
		a.households[i+1] = a.households[i] + homes
		a.people[i+1] = a.people[i] + people
		spots[i] = mode.Spot{ID: p.ID, Path: p.Path, Kind: p.Kind, Name: p.Name, Tags: p.Tags, Lng: p.Lng, Lat: p.Lat,
			Households: int32(homes), People: int32(people)}
	}
	return mode.NewGround(spots)
}

// childrenOf lists the places below each parent, in their order.
func childrenOf(places []territory.Place) map[string][]int {
	out := map[string][]int{}
	for i := range places {
		out[places[i].ParentID] = append(out[places[i].ParentID], i)
	}
	for _, c := range out {
		slices.SortStableFunc(c, func(i, j int) int {
			x, y := &places[i], &places[j]
			if x.Sort != y.Sort {
				return x.Sort - y.Sort
			}
			return strings.Compare(x.Code, y.Code)
		})
	}
	return out
}
