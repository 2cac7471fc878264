package seal

import (
	"runtime"
	"sync"
)

// parallel calls f for parts of 0…n-1 on the cores there are and returns the
// error of the lowest part that failed. The parts never overlap, so the result
// does not depend on how many cores took part.
func parallel(n int, f func(lo, hi int) error) error {
	workers := min(runtime.GOMAXPROCS(0), 8, n/128)
	if workers < 2 {
		return f(0, n)
	}
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { errs[w] = f(n*w/workers, n*(w+1)/workers) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
