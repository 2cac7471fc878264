// Command overview measures what people at consoles see while others write: how
// long the overview takes while recordings come in at a steady rate, and what a
// thousand open consoles cost. The world is served by a process of its own, so
// that the measuring does not slow what is measured; everything is on loopback.
//
//	go run ./bench/overview [-pg] [-size full] [-writes 2000] [-consoles 0] [-readers 4] [-time 20s]
package main

import (
	"flag"
	"time"

	"shouwang/bench/stage"
)

func main() {
	stage.Child()
	var o options
	var world stage.Service
	world.Flags()
	flag.IntVar(&o.writes, "writes", 2000, "recordings a second")
	flag.IntVar(&o.writers, "writers", 64, "clients that write")
	flag.IntVar(&o.readers, "readers", 4, "clients that ask for the overview one after another")
	flag.IntVar(&o.consoles, "consoles", 0, "open consoles, spread over the communities")
	flag.DurationVar(&o.gap, "gap", 2*time.Second, "the least time between two looks of one console, as the web application keeps it")
	flag.DurationVar(&o.time, "time", 20*time.Second, "how long to measure")
	flag.Parse()
	stage.End(world.Run(o.measure))
}
