package api

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/round"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// tallies counts things by their paths, sorted, so that any place's share is a
// range.
type tallies []string

func (t tallies) under(path string) int {
	lo, hi := t.span(path)
	return hi - lo
}

func (t tallies) span(path string) (lo, hi int) {
	from, to := territory.Range(path)
	lo = sort.SearchStrings(t, from)
	return lo, lo + sort.SearchStrings(t[lo:], to)
}

// pulse is what is open at one position of the journal: posts, and the targets of
// open rounds, countable below any path. It never changes once made and is shared
// by all viewers.
type pulse struct {
	at           int64
	posts, empty tallies
	rounds       []beat
	late         []spot // what waits for somebody, the longest first
}

// beat is one open round within a pulse: its targets in path order, what is known
// of each, and prefix sums over them.
type beat struct {
	def   round.Round
	paths tallies
	marks []mark
	open  []int32 // without a final outcome
	tones [len(waitTones)][]int32
}

// waitTones are the tones of targets that wait for somebody.
var waitTones = [...]string{"help", "refused", "again"}

// mark is what is known of one target: times in UTC milliseconds, the outcome as
// its number in the round's definition, the tone as its number in waitTones (-1:
// none of them).
type mark struct {
	at, again int64
	outcome   int16
	tone      int8
	final     bool
}

// waits says whether a target waits for somebody to do something about it.
func (m mark) waits() bool { return m.tone >= 0 }

// marked is the mark of a target of a round. An outcome that the round does not
// declare waits for nobody.
func marked(r round.Round, outcome string, final bool, at, again int64) mark {
	n := slices.IndexFunc(r.Outcomes, func(o round.Outcome) bool { return o.ID == outcome })
	tone := r.ToneOf(outcome)
	switch {
	case tone == "again" && again == 0:
		tone = ""
	case tone != "help" && tone != "refused" && again > 0:
		tone = "again"
	}
	return mark{at: at, again: again, outcome: int16(n), tone: int8(slices.Index(waitTones[:], tone)), final: final}
}

// spot names one target: the round and its place in path order.
type spot struct{ round, n int32 }

// missing counts targets at or below a path without a final outcome.
func (p *pulse) missing(path string) (n int) {
	for i := range p.rounds {
		lo, hi := p.rounds[i].paths.span(path)
		n += int(p.rounds[i].open[hi] - p.rounds[i].open[lo])
	}
	return n
}

// targets counts targets at or below a path.
func (p *pulse) targets(path string) (n int) {
	for i := range p.rounds {
		n += p.rounds[i].paths.under(path)
	}
	return n
}

// waiting counts those targets at or below a path that wait for somebody, by tone.
func (p *pulse) waiting(path string) map[string]int {
	out := map[string]int{}
	for i := range p.rounds {
		lo, hi := p.rounds[i].paths.span(path)
		for tone, sum := range p.rounds[i].tones {
			out[waitTones[tone]] += int(sum[hi] - sum[lo])
		}
	}
	return out
}

// oldest calls yield for what waits at or below a path, the longest first, until
// it says enough.
func (p *pulse) oldest(path string, yield func(r round.Round, path string, m mark) bool) {
	for _, x := range p.late {
		b := &p.rounds[x.round]
		if territory.Inside(b.paths[x.n], path) && !yield(b.def, b.paths[x.n], b.marks[x.n]) {
			return
		}
	}
}

// heart keeps the pulse up with the journal: after a recording only that target
// is read again, after anything larger the whole.
type heart struct {
	mu        sync.Mutex
	incidents []string
	ends      time.Time          // when the first of the posts counted ends
	index     []map[string]int32 // by round: door → place in path order
	now       *pulse
}

// pulse returns what is open now, not older than the last entry this server knew
// when it was asked.
func (s *Server) pulse(ctx context.Context, c *call, f *inForce) (*pulse, error) {
	h := &s.heart
	h.mu.Lock()
	defer h.mu.Unlock()
	at := s.Store.Last()
	var in []string
	for _, d := range f.decls {
		in = append(in, d.Incident)
	}
	whole := h.now == nil || !slices.Equal(in, h.incidents) || !h.ends.IsZero() && !c.now.Before(h.ends)
	if !whole {
		ok, err := h.follow(ctx, s.Store, at)
		if err != nil {
			return nil, err
		}
		whole = !ok
	}
	if whole {
		h.now = nil
		if err := h.read(ctx, s.Store, f.decls, in, c.now, at); err != nil {
			return nil, err
		}
	}
	return h.now, nil
}

// furthest is how many entries behind reading them one by one is no longer worth it.
const furthest = 20_000

// follow takes in what was journaled after the present pulse; ok is false when
// something larger than a recording happened.
func (h *heart) follow(ctx context.Context, st *store.Store, to int64) (ok bool, err error) {
	old := h.now
	if old.at >= to {
		return true, nil
	}
	if to-old.at > furthest {
		return false, nil
	}
	changed := map[string][]string{}
	err = st.Marks(ctx, old.at, to, func(thing, id, act string) {
		switch {
		case act != "" || thing == "posts" || thing == "rounds" || thing == "incidents":
			changed = nil
		case thing == "targets" && changed != nil:
			if r, place, cut := strings.Cut(id, "|"); cut {
				changed[r] = append(changed[r], place)
			}
		}
	})
	if err != nil || changed == nil {
		return false, err
	}
	next := &pulse{at: to, posts: old.posts, empty: old.empty, rounds: slices.Clone(old.rounds), late: slices.Clone(old.late)}
	for r := range next.rounds {
		b := &next.rounds[r]
		places := changed[b.def.ID]
		if len(places) == 0 {
			continue
		}
		b.marks = slices.Clone(b.marks)
		known := true
		err := st.TargetsOf(ctx, b.def.ID, places, func(place, outcome string, final bool, at, again int64) {
			n, ok := h.index[r][place]
			if known = known && ok; ok {
				next.mark(spot{int32(r), n}, marked(b.def, outcome, final, at, again))
			}
		})
		if err != nil || !known {
			return false, err
		}
		b.sum()
	}
	h.now = next
	return true, nil
}

// mark replaces what is known of one target, keeping the order of what waits.
func (p *pulse) mark(x spot, m mark) {
	old := &p.rounds[x.round].marks[x.n]
	if old.waits() {
		if i, ok := slices.BinarySearchFunc(p.late, x, p.older); ok {
			p.late = slices.Delete(p.late, i, i+1)
		}
	}
	*old = m
	if m.waits() {
		i, _ := slices.BinarySearchFunc(p.late, x, p.older)
		p.late = slices.Insert(p.late, i, x)
	}
}

// older orders what waits, the longest first.
func (p *pulse) older(x, y spot) int {
	if c := cmp.Compare(p.rounds[x.round].marks[x.n].at, p.rounds[y.round].marks[y.n].at); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(x.round, y.round), cmp.Compare(x.n, y.n))
}

// read takes in everything.
func (h *heart) read(ctx context.Context, st *store.Store, decls []mode.Declaration, in []string, now time.Time, at int64) error {
	p := &pulse{at: at}
	h.incidents, h.ends, h.index = in, time.Time{}, nil
	for _, d := range decls {
		posts, err := st.Posts(ctx, d.Incident, "")
		if err != nil {
			return err
		}
		for _, o := range posts {
			if gone(o, now) {
				continue
			}
			if !o.Until.IsZero() && (h.ends.IsZero() || o.Until.Before(h.ends)) {
				h.ends = o.Until
			}
			p.posts = append(p.posts, o.Path)
			if o.HelperID == "" {
				p.empty = append(p.empty, o.Path)
			}
		}
		rounds, err := st.Rounds(ctx, d.Incident)
		if err != nil {
			return err
		}
		for _, r := range rounds {
			if !r.Closed.IsZero() {
				continue
			}
			b := beat{def: r}
			index := map[string]int32{}
			if err := st.TargetStates(ctx, r.ID, func(path, outcome string, final bool, at, again int64) {
				index[path[strings.LastIndexByte(path[:len(path)-1], '.')+1:len(path)-1]] = int32(len(b.paths))
				b.paths = append(b.paths, path)
				b.marks = append(b.marks, marked(r, outcome, final, at, again))
			}); err != nil {
				return err
			}
			b.sum()
			for n, m := range b.marks {
				if m.waits() {
					p.late = append(p.late, spot{int32(len(p.rounds)), int32(n)})
				}
			}
			p.rounds, h.index = append(p.rounds, b), append(h.index, index)
		}
	}
	sort.Strings(p.posts)
	sort.Strings(p.empty)
	slices.SortFunc(p.late, p.older)
	h.now = p
	return nil
}

// sum reckons the prefix sums anew.
func (b *beat) sum() {
	b.open = make([]int32, len(b.marks)+1)
	for t := range b.tones {
		b.tones[t] = make([]int32, len(b.marks)+1)
	}
	for i, m := range b.marks {
		b.open[i+1] = b.open[i]
		if !m.final {
			b.open[i+1]++
		}
		for t := range b.tones {
			b.tones[t][i+1] = b.tones[t][i]
		}
		if m.waits() {
			b.tones[m.tone][i+1]++
		}
	}
}

func gone(o people.Post, now time.Time) bool { return !o.Until.IsZero() && !now.Before(o.Until) }

func ended(o people.Post, c *call) bool { return gone(o, c.now) }
