package api

import (
	"container/heap"
	"context"
	"slices"
	"sort"
	"strings"
	"sync"

	"shouwang/internal/access"
	"shouwang/internal/need"
	"shouwang/internal/territory"
)

// queue holds every open case that was not told in confidence, without its words, as
// the journal stands at: a hundred thousand of them are queued, filtered and counted
// without asking the database. Confidential cases never come into it.
type queue struct {
	mu     sync.RWMutex
	at     int64 // the sequence it stands at; -1: nothing was read yet
	rows   map[string]*need.Case
	sorted []*need.Case // by path and id
	strays []*need.Case // those whose desks are not all above their place: found from elsewhere too
}

// far is after how many entries the whole is read anew instead of what they name.
const far = 50_000

// stray says whether a case is found at a desk from which its place is not seen below.
func stray(k *need.Case) bool {
	away := func(d need.Desk) bool { return d.PlaceID != "" && !territory.Inside(k.Path, d.Path) }
	return away(k.Desk) || away(k.Above) || k.Offer != nil && away(k.Offer.To)
}

// queueNow brings the queue up to what is written and returns it held for reading: the
// caller unlocks it.
func (s *Server) queueNow(ctx context.Context) (*queue, error) {
	q := &s.queue
	to := s.Store.Last()
	q.mu.RLock()
	if q.rows != nil && q.at >= to {
		return q, nil
	}
	q.mu.RUnlock()
	q.mu.Lock()
	defer func() { q.mu.Unlock(); q.mu.RLock() }()
	if q.rows != nil && q.at >= to {
		return q, nil
	}
	to = s.Store.Last()
	ids, whole := map[string]bool{}, q.rows == nil || to-q.at > far
	if !whole {
		err := s.Store.Marks(ctx, q.at, to, func(thing, id, act string) {
			switch {
			case thing == "cases" && act == "":
				ids[id] = true
			case thing == "cases" || thing == "places": // many at once, or their paths moved
				whole = true
			}
		})
		if err != nil {
			return q, err
		}
	}
	if whole {
		ks, err := s.Store.OpenCases(ctx, nil)
		if err != nil {
			return q, err
		}
		q.rows, q.sorted, q.strays = make(map[string]*need.Case, len(ks)), make([]*need.Case, 0, len(ks)), nil
		slices.SortFunc(ks, func(a, b need.Case) int { return byPath(&a, &b) })
		for i := range ks {
			k := &ks[i]
			if q.rows[k.ID], q.sorted = k, append(q.sorted, k); stray(k) {
				q.strays = append(q.strays, k)
			}
		}
	} else if len(ids) > 0 {
		want := make([]string, 0, len(ids))
		for id := range ids {
			want = append(want, id)
		}
		ks, err := s.Store.OpenCases(ctx, want)
		if err != nil {
			return q, err
		}
		for _, id := range want {
			q.take(id)
		}
		for i := range ks {
			q.put(&ks[i])
		}
	}
	q.at = to
	return q, nil
}

func byPath(a, b *need.Case) int {
	if c := strings.Compare(a.Path, b.Path); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// take lets go of a case; put adds one that is not there.
func (q *queue) take(id string) {
	k := q.rows[id]
	if k == nil {
		return
	}
	delete(q.rows, id)
	if i, ok := slices.BinarySearchFunc(q.sorted, k, byPath); ok {
		q.sorted = slices.Delete(q.sorted, i, i+1)
	}
	if i := slices.Index(q.strays, k); i >= 0 {
		q.strays = slices.Delete(q.strays, i, i+1)
	}
}

func (q *queue) put(k *need.Case) {
	q.rows[k.ID] = k
	i, _ := slices.BinarySearchFunc(q.sorted, k, byPath)
	q.sorted = slices.Insert(q.sorted, i, k)
	if stray(k) {
		q.strays = append(q.strays, k)
	}
}

// under yields the cases whose place, desk, told desk or offered desk is at or below a
// path, each once.
func (q *queue) under(path string, yield func(*need.Case)) {
	lo, hi := territory.Range(path)
	first := sort.Search(len(q.sorted), func(i int) bool { return q.sorted[i].Path >= lo })
	for _, k := range q.sorted[first:] {
		if k.Path >= hi {
			break
		}
		yield(k)
	}
	in := func(d need.Desk) bool { return d.PlaceID != "" && territory.Inside(d.Path, path) }
	for _, k := range q.strays {
		if !territory.Inside(k.Path, path) && (in(k.Desk) || in(k.Above) || k.Offer != nil && in(k.Offer.To)) {
			yield(k)
		}
	}
}

// lister says which common cases a caller may list, and remembers what it asked.
type lister struct {
	s     *Server
	c     *call
	read  access.Ranges
	desks map[need.Desk]bool
	life  map[string]bool // by the print of the item
}

func (s *Server) lister(c *call) *lister {
	return &lister{s: s, c: c, read: s.Guard.Scope(c.viewer, access.CaseRead, c.emerg), desks: map[need.Desk]bool{}, life: map[string]bool{}}
}

func (l *lister) desk(d need.Desk) bool {
	if d.PlaceID == "" {
		return false
	}
	may, asked := l.desks[d]
	if !asked {
		may = l.s.onDesk(l.c, d)
		l.desks[d] = may
	}
	return may
}

// may is knows for a case that was not told in confidence.
func (l *lister) may(ctx context.Context, k *need.Case) bool {
	if k.Holder != "" && k.Holder == l.c.viewer.Account() || l.read.Contains(k.Path) || l.desk(k.Desk) || l.desk(k.Above) || k.Offer != nil && l.desk(k.Offer.To) {
		return true
	}
	x, err := l.s.keptItem(ctx, k)
	return err == nil && len(x.Sees) > 0 && slices.ContainsFunc(l.c.viewer.RolesAt(k.Path, l.c.emerg), func(r access.Role) bool { return slices.Contains(x.Sees, string(r)) })
}

// queued is a case in its order: what is open and presses first, then the soonest due.
type queued struct {
	k     *need.Case
	press bool
}

func (a queued) before(b queued) bool {
	if a.k.Closed.IsZero() != b.k.Closed.IsZero() {
		return a.k.Closed.IsZero()
	}
	if a.press != b.press {
		return a.press
	}
	if !a.k.Due.Equal(b.k.Due) {
		return a.k.Due.Before(b.k.Due)
	}
	return a.k.ID < b.k.ID
}

// foremost keeps the first so many of what it is given.
type foremost struct {
	most int
	xs   []queued
}

// Len implements heap.Interface.
func (f *foremost) Len() int { return len(f.xs) }

// Less implements heap.Interface: the last stands on top.
func (f *foremost) Less(i, j int) bool { return f.xs[j].before(f.xs[i]) }

// Swap implements heap.Interface.
func (f *foremost) Swap(i, j int) { f.xs[i], f.xs[j] = f.xs[j], f.xs[i] }

// Push implements heap.Interface.
func (f *foremost) Push(x any) { f.xs = append(f.xs, x.(queued)) }

// Pop implements heap.Interface.
func (f *foremost) Pop() any {
	x := f.xs[len(f.xs)-1]
	f.xs = f.xs[:len(f.xs)-1]
	return x
}

func (f *foremost) add(x queued) {
	if len(f.xs) < f.most {
		heap.Push(f, x)
	} else if f.most > 0 && x.before(f.xs[0]) {
		f.xs[0] = x
		heap.Fix(f, 0)
	}
}

// inOrder are the kept ones, the foremost first.
func (f *foremost) inOrder() []queued {
	slices.SortFunc(f.xs, func(a, b queued) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	return f.xs
}

// pressing says whether somebody should look at a case now: it is late, it climbed, or
// a life may hang on it and nobody has taken it. Which items concern a life is asked
// once for each item.
func (l *lister) pressing(ctx context.Context, k *need.Case) bool {
	if k.Late(l.c.now) || k.Level > 0 {
		return true
	}
	if k.Stage() != need.Waiting {
		return false
	}
	life, asked := l.life[k.Book]
	if !asked {
		x, err := l.s.keptItem(ctx, k)
		life = err == nil && x.Urgency == "life"
		l.life[k.Book] = life
	}
	return life
}
