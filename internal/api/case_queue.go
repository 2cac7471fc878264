package api

import (
	"container/heap"
	"context"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	interned "unique"

	"shouwang/internal/access"
	"shouwang/internal/need"
	"shouwang/internal/territory"
)

// queue holds every open case that was not told in confidence, without its words, as
// the journal stands at: a hundred thousand of them are queued, filtered and counted
// without asking the database. Confidential cases never come into it.
type queue struct {
	mu   sync.Mutex            // held by whoever makes the next picture
	rows map[string]*need.Case // of the newest one
	now  atomic.Pointer[picture]
}

// picture is the queue at one time. It never changes: readers walk one while the next
// is made, which shares all parts with it in which nothing changed.
type picture struct {
	at     int64    // the sequence it stands at
	parts  [][]slot // none empty; by path and id throughout
	strays []slot   // those whose desks are not all above their place: found from elsewhere too
	hushed hushed   // who may know of any that was told in confidence
}

// hushed are holders and qualifications of the cases that were told in confidence, so
// that whoever is none of them need not be looked up in the database at each look.
type hushed struct{ holders, quals map[string]bool }

// concerns says whether somebody may know of any.
func (h hushed) concerns(account string, quals []string) bool {
	return h.holders[account] || slices.ContainsFunc(quals, func(q string) bool { return h.quals[q] })
}

// slot is a case with what a list asks of every one, so that a walk over many does not
// touch each case itself.
type slot struct {
	*need.Case
	due                              int64 // when it is to be answered, in milliseconds
	item, holder                     interned.Handle[string]
	runs, climbed, waits, life, over bool
}

func (s *Server) slot(ctx context.Context, k *need.Case) (slot, error) {
	stage := k.Stage()
	x := slot{Case: k, due: k.Due.UnixMilli(), item: interned.Make(k.Item), holder: interned.Make(k.Holder), climbed: k.Level > 0, over: !k.Closed.IsZero(),
		runs: k.Answered.IsZero() && k.Closed.IsZero() && k.Paused.IsZero() && !k.Due.IsZero(), waits: stage == need.Waiting || stage == need.Offered}
	if stage != need.Waiting {
		return x, nil
	}
	item, err := s.keptItem(ctx, k)
	x.life = item.Urgency == "life"
	return x, err
}

// late says whether a case is past its time or was told to a desk above.
func (x *slot) late(now int64) bool { return x.climbed || x.runs && now >= x.due }

// presses says whether somebody should look at it now: it is late, or a life may hang on
// it and nobody has taken it.
func (x *slot) presses(now int64) bool { return x.life || x.late(now) }

const (
	far   = 50_000 // after how many entries the whole is read anew instead of what they name
	thick = 1024   // how many cases a part holds at most
)

// stray says whether a case is found at a desk from which its place is not seen below.
func stray(k *need.Case) bool {
	away := func(d need.Desk) bool { return d.PlaceID != "" && !territory.Inside(k.Path, d.Path) }
	return away(k.Desk) || away(k.Above) || k.Offer != nil && away(k.Offer.To)
}

// queueNow brings the queue up to what is written and returns its picture.
func (s *Server) queueNow(ctx context.Context) (*picture, error) {
	q := &s.queue
	to := s.Store.Last()
	if p := q.now.Load(); p != nil && p.at >= to {
		return p, nil
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	p := q.now.Load()
	if p != nil && p.at >= to {
		return p, nil
	}
	to = s.Store.Last()
	ids, whole := map[string]bool{}, p == nil || to-p.at > far
	if !whole {
		err := s.Store.Marks(ctx, p.at, to, func(thing, id, act string) {
			switch {
			case thing == "cases" && act == "":
				ids[id] = true
			case thing == "cases" || thing == "places": // many at once, or their paths moved
				whole = true
			}
		})
		if err != nil {
			return nil, err
		}
	}
	want := slices.Collect(maps.Keys(ids))
	if whole {
		q.rows, p, want = map[string]*need.Case{}, &picture{}, nil
	}
	next := &picture{at: to, parts: slices.Clone(p.parts), strays: slices.Clone(p.strays), hushed: p.hushed}
	if whole || len(want) > 0 {
		ks, err := s.Store.OpenCases(ctx, want)
		if err != nil {
			return nil, err
		}
		xs := make([]slot, len(ks))
		for i := range ks {
			if xs[i], err = s.slot(ctx, &ks[i]); err != nil {
				return nil, err
			}
		}
		if whole || len(ks) < len(want) { // one that changed is closed, or told in confidence
			if next.hushed.holders, next.hushed.quals, err = s.Store.Hushed(ctx); err != nil {
				return nil, err
			}
		}
		for _, id := range want {
			next.take(q.rows[id])
			delete(q.rows, id)
		}
		if whole {
			next.lay(xs)
		}
		for _, x := range xs {
			if q.rows[x.ID] = x.Case; !whole {
				next.put(x)
			}
		}
	}
	q.now.Store(next)
	return next, nil
}

func byPath(a, b *need.Case) int {
	if c := strings.Compare(a.Path, b.Path); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// lay is put for all cases of a picture at once.
func (p *picture) lay(xs []slot) {
	slices.SortFunc(xs, func(a, b slot) int { return byPath(a.Case, b.Case) })
	p.parts = slices.Collect(slices.Chunk(xs, thick/2))
	for _, x := range xs {
		if stray(x.Case) {
			p.strays = append(p.strays, x)
		}
	}
}

// find returns the first part that reaches as far as a case, the last one where none does,
// and where in it the case is or belongs.
func (p *picture) find(k *need.Case) (part, at int, there bool) {
	part = min(sort.Search(len(p.parts), func(i int) bool { return byPath(p.parts[i][len(p.parts[i])-1].Case, k) >= 0 }), len(p.parts)-1)
	at, there = slices.BinarySearchFunc(p.parts[part], k, func(x slot, k *need.Case) int { return byPath(x.Case, k) })
	return part, at, there
}

// take lets go of a case, which may be nil; put adds one that is not there.
func (p *picture) take(k *need.Case) {
	if k == nil {
		return
	}
	if i, at, there := p.find(k); there {
		if len(p.parts[i]) == 1 {
			p.parts = slices.Delete(p.parts, i, i+1)
		} else {
			p.parts[i] = slices.Concat(p.parts[i][:at], p.parts[i][at+1:])
		}
	}
	p.strays = slices.DeleteFunc(p.strays, func(x slot) bool { return x.Case == k })
}

func (p *picture) put(x slot) {
	if stray(x.Case) {
		p.strays = append(p.strays, x)
	}
	if len(p.parts) == 0 {
		p.parts = [][]slot{{x}}
		return
	}
	i, at, _ := p.find(x.Case)
	part := slices.Concat(p.parts[i][:at], []slot{x}, p.parts[i][at:])
	p.parts[i] = part
	if n := len(part); n > thick {
		p.parts = slices.Replace(p.parts, i, i+1, part[:n/2:n/2], part[n/2:])
	}
}

// under yields the cases whose place, desk, told desk or offered desk is at or below a
// path, each once, and whether its place is.
func (p *picture) under(path string, yield func(x *slot, inside bool)) {
	lo, hi := territory.Range(path)
	first := sort.Search(len(p.parts), func(i int) bool { return p.parts[i][len(p.parts[i])-1].Path >= lo })
	for _, part := range p.parts[first:] {
		end := len(part)
		if part[end-1].Path >= hi {
			end = sort.Search(end, func(i int) bool { return part[i].Path >= hi })
		}
		for i := sort.Search(end, func(i int) bool { return part[i].Path >= lo }); i < end; i++ {
			yield(&part[i], true)
		}
		if end < len(part) {
			break
		}
	}
	in := func(d need.Desk) bool { return d.PlaceID != "" && territory.Inside(d.Path, path) }
	for i := range p.strays {
		if k := p.strays[i].Case; !territory.Inside(k.Path, path) && (in(k.Desk) || in(k.Above) || k.Offer != nil && in(k.Offer.To)) {
			yield(&p.strays[i], false)
		}
	}
}

// lister says which common cases a caller may list, and remembers what it asked.
type lister struct {
	s     *Server
	c     *call
	read  access.Ranges
	desks map[need.Desk]bool
}

func (s *Server) lister(c *call) *lister {
	return &lister{s: s, c: c, read: s.Guard.Scope(c.viewer, access.CaseRead, c.emerg), desks: map[need.Desk]bool{}}
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
	*slot
	press bool
}

func (a queued) before(b queued) bool {
	switch {
	case a.over != b.over:
		return b.over
	case a.press != b.press:
		return a.press
	case a.due != b.due:
		return a.due < b.due
	}
	return a.ID < b.ID
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
