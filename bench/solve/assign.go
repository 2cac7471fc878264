package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"shouwang/internal/solve/assign"
)

// answer is the one line a solver prints.
type answer struct {
	Objective int64   `json:"objective"`
	Seconds   float64 `json:"seconds"`
	Optimal   bool    `json:"optimal"`
	PeakMB    float64 `json:"peak_mb"`
}

// assignFile solves a DIMACS min-cost flow file. Reading is not counted in the
// seconds, and neither is the proof that stands behind "optimal".
func assignFile(args []string, out io.Writer) error {
	set := flag.NewFlagSet("assign", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	by := set.String("by", "auto", "auto, pool or simplex")
	if err := set.Parse(args); err != nil || set.NArg() != 1 {
		return fmt.Errorf("usage: solve %s", assignUsage)
	}
	solve, ok := map[string]func(*assign.Network) (*assign.Flow, error){
		"auto": assign.Minimize, "pool": assign.MinimizeByPool, "simplex": assign.MinimizeBySimplex,
	}[*by]
	if !ok {
		return fmt.Errorf("-by is auto, pool or simplex, not %q", *by)
	}
	debug.SetGCPercent(20) // the peak is measured; little garbage is made
	file, err := os.Open(set.Arg(0))
	if err != nil {
		return err
	}
	defer file.Close()
	net, err := assign.ReadDIMACS(file)
	if err != nil {
		return fmt.Errorf("%s: %w", set.Arg(0), err)
	}
	runtime.GC()
	start := time.Now()
	flow, err := solve(net)
	seconds := time.Since(start).Seconds()
	if err != nil {
		return fmt.Errorf("%s: %w", set.Arg(0), err)
	}
	peak := peakMB()
	if err := assign.Check(net, flow); err != nil {
		return fmt.Errorf("%s: the answer failed its own proof: %w", set.Arg(0), err)
	}
	return json.NewEncoder(out).Encode(answer{flow.Cost, seconds, true, peak})
}

// peakMB is the largest resident memory of this process so far.
func peakMB() float64 {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) != nil {
		return 0
	}
	return float64(use.Maxrss) / 1024
}
