package api

import (
	"runtime"
	"sync"
	"testing"
)

// One at a time for one thing, others beside it, and nothing is kept afterwards.
func TestTurns(t *testing.T) {
	var all turns
	var group sync.WaitGroup
	sums := [3]int{}
	for i := range 600 {
		group.Go(func() {
			thing := i % 3
			pass := all.take([]string{"a", "b", "c"}[thing])
			defer pass()
			was := sums[thing]
			runtime.Gosched() // whoever has no turn comes in between and is lost
			sums[thing] = was + 1
		})
	}
	group.Wait()
	if sums != [3]int{200, 200, 200} || len(all.at) != 0 {
		t.Fatal(sums, len(all.at))
	}
	held := all.take("a")
	all.take("b")() // another thing does not wait
	held()
}
