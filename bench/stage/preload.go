package stage

import (
	"fmt"
	"sync"
	"sync/atomic"

	"shouwang/internal/journal"
)

// preload records every door over and over from several hands, each with doors of
// its own, 250 to a batch.
func (at *Served) preload(w *World, rows int) error {
	const hands, size = 8, 250
	type result struct {
		Status  int
		Problem any
	}
	var left atomic.Int64
	left.Store(int64(rows))
	var all sync.WaitGroup
	fails := make(chan error, hands)
	for h := range hands {
		from, to := h*len(at.Doors)/hands, (h+1)*len(at.Doors)/hands
		all.Go(func() {
			for d := from; left.Add(-size) > -size && to > from; {
				var ops []map[string]any
				for range size {
					ops = append(ops, map[string]any{"id": journal.NewID(w.Config.Clock()), "sequence": 0, "verb": "POST",
						"path": "/api/v1/rounds/" + at.Round + "/targets/" + at.Doors[d] + "/record", "body": map[string]string{"outcome": "at-home"}})
					if d++; d == to {
						d = from
					}
				}
				var out struct{ Results []result }
				err := w.Call(w.Author, "POST", "/batch", map[string]any{"device": fmt.Sprint("preload-", h), "operations": ops}, &out)
				for _, r := range out.Results {
					if err == nil && r.Status != 200 {
						err = fmt.Errorf("preload: %d %v", r.Status, r.Problem)
					}
				}
				if err != nil {
					fails <- err
					return
				}
			}
		})
	}
	all.Wait()
	close(fails)
	return <-fails
}
