package api

import (
	"context"
	"slices"
	"sync"
)

// lanes sort the operations of a batch into those that must go one after the other,
// by the thing they touch or the id they bear, and those that may go side by side.
type lanes struct {
	of     [][]int // operations of each lane, by their place in the batch
	byPath map[string]int
	byID   map[string]int
}

// add puts an operation behind those that it must follow.
func (l *lanes) add(i int, o batchOp) {
	if l.byPath == nil {
		l.byPath, l.byID = map[string]int{}, map[string]int{}
	}
	at, known := l.byPath[o.Path]
	if same, ok := l.byID[o.ID]; ok && !known {
		at, known = same, true
	} else if ok && same != at { // one id at two things: all of both go in one order
		l.of[at] = append(l.of[at], l.of[same]...)
		slices.Sort(l.of[at])
		l.of[same] = nil
		for _, m := range []map[string]int{l.byPath, l.byID} {
			for k, v := range m {
				if v == same {
					m[k] = at
				}
			}
		}
	}
	if !known {
		at = len(l.of)
		l.of = append(l.of, nil)
	}
	l.of[at] = append(l.of[at], i)
	l.byPath[o.Path], l.byID[o.ID] = at, at
}

// list returns the lanes that hold something.
func (l *lanes) list() (out [][]int) {
	for _, x := range l.of {
		if len(x) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// batchRun is a batch while it is done.
type batchRun struct {
	s       *Server
	c       *call
	device  string
	ops     []batchOp
	results []batchResult
}

// run does all lanes. What begins a lane and is a plain recording is decided here
// and handed to the writer together; whatever is not plain, or does not simply
// succeed, takes the way that it would take alone.
func (b *batchRun) run(ctx context.Context, all [][]int) {
	heads := make([]int, len(all))
	for k, lane := range all {
		heads[k] = lane[0]
	}
	var wg sync.WaitGroup
	done := b.record(ctx, heads, func(taken map[int]bool) {
		for _, lane := range all { // the others wait for nobody
			if _, ok := taken[lane[0]]; !ok {
				wg.Go(func() { b.one(ctx, lane) })
			}
		}
	})
	for _, lane := range all {
		if taken, ok := done[lane[0]]; ok {
			if taken {
				lane = lane[1:]
			}
			if len(lane) > 0 {
				wg.Go(func() { b.one(ctx, lane) })
			}
		}
	}
	wg.Wait()
}

// one does the operations of a lane, each by its own handler.
func (b *batchRun) one(ctx context.Context, lane []int) {
	for _, i := range lane {
		b.results[i] = b.s.runOne(ctx, b.c, b.device, b.ops[i])
	}
}
