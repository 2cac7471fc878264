package store

import "time"

// batch is how many rows one prepared insert bears. A chunk of bulk work is some of
// them, and at least leastChunk, since a slow disk must not make chunks ever smaller;
// an image is three writes.
const (
	batch       = 100
	leastChunk  = 2 * batch
	leastImages = batch
	mostChunk   = 4000
)

// chunkTime is the writer time one chunk aims at; the house allows 50 ms.
const chunkTime = 20 * time.Millisecond

// pace is what a row of some bulk work costs of the writer's time. It leans to the
// slow side: a slow chunk counts at once and is forgotten over the next ones, since a
// disk that stalled once will do so again, and everybody waits for a chunk that is
// too large while nobody waits for one that is too small.
type pace struct{ row float64 }

// next returns the size of the next chunk after one of n rows took so long.
func (p *pace) next(n int, took time.Duration, least int) int {
	if took <= 0 {
		return n
	}
	row := float64(took) / float64(n)
	p.row = max(row, p.row+(row-p.row)/8)
	size := int(float64(chunkTime)/p.row) / batch * batch
	return min(max(size, least), mostChunk, max(n+batch, n*3/2/batch*batch)) // one quick chunk says little
}
