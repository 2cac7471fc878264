package app

import (
	"os"
	"runtime/debug"
)

// Collecting garbage when the heap has grown to five times what lives, instead of
// twice, halves what it costs beside many small writes; the bound keeps a large heap
// from growing so far. Both give way to GOGC and GOMEMLIMIT.
const (
	heapGrowth = 400
	heapBound  = 1 << 30
)

// roomy sets how the runtime collects garbage.
func roomy() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapGrowth)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(heapBound)
	}
}
