package store

import (
	"testing"
	"time"
)

func TestPace(t *testing.T) {
	disk := func(p *pace, n int, row, each time.Duration, chunks int) int {
		for range chunks {
			n = p.next(n, each+time.Duration(n)*row, leastImages)
		}
		return n
	}
	var p pace
	n := disk(&p, leastImages, 10*time.Microsecond, 4*time.Millisecond, 40)
	if n < 1300 || n > 1600 {
		t.Fatal("an even disk: chunks of", n, "rows, where 1600 take 20 ms")
	}
	after := p.next(n, 200*time.Millisecond, leastImages)
	if after != leastImages {
		t.Fatal("after a stall the next chunk has", after, "rows")
	}
	if again := disk(&p, after, 10*time.Microsecond, 4*time.Millisecond, 5); again > n/2 {
		t.Fatal("a stall was forgotten after five chunks:", again)
	}
	if back := disk(&p, after, 10*time.Microsecond, 4*time.Millisecond, 60); back < 1200 {
		t.Fatal("a stall was never forgotten:", back)
	}
	if n := p.next(500, 0, leastChunk); n != 500 {
		t.Fatal("without a stopwatch chunks keep their size:", n)
	}
	if n := (&pace{}).next(leastChunk, time.Hour, leastChunk); n != leastChunk {
		t.Fatal("below the least chunk:", n)
	}
	if n := (&pace{}).next(mostChunk, time.Microsecond, leastChunk); n != mostChunk {
		t.Fatal("above the largest chunk:", n)
	}
}
