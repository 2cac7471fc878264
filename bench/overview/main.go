// Command overview measures what people at consoles see while others write: how
// long the overview takes while recordings come in at a steady rate, and what a
// thousand open consoles cost. The world is served by a process of its own, so
// that the measuring does not slow what is measured; everything is on loopback.
//
//	go run ./bench/overview [-pg] [-size full] [-writes 2000] [-consoles 0] [-readers 4] [-time 20s]
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"time"

	"shouwang/internal/exchange"
	"shouwang/internal/store/pgtest"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "sheet-read" {
		end(exchange.ReadChild(os.Stdin, os.Stdout))
		return
	}
	var o options
	pg := flag.Bool("pg", false, "start a throw-away PostgreSQL and use it")
	db := flag.String("db", "", "PostgreSQL address; empty: SQLite")
	size := flag.String("size", "full", "community or full")
	child := flag.Bool("serve", false, "serve the world (used by the program itself)")
	profile := flag.String("pprof", "", "address at which the served world shows its profiles")
	flag.IntVar(&o.writes, "writes", 2000, "recordings a second")
	flag.IntVar(&o.writers, "writers", 64, "clients that write")
	flag.IntVar(&o.readers, "readers", 4, "clients that ask for the overview one after another")
	flag.IntVar(&o.consoles, "consoles", 0, "open consoles, spread over the communities")
	flag.DurationVar(&o.gap, "gap", 2*time.Second, "the least time between two looks of one console, as the web application keeps it")
	flag.DurationVar(&o.time, "time", 20*time.Second, "how long to measure")
	flag.Parse()
	if *child {
		end(serve(*db, *size, *profile))
		return
	}
	if *pg {
		cluster, err := pgtest.Start()
		end(err)
		defer cluster.Stop()
		*db, err = cluster.Database()
		end(err)
	}
	end(run(o, *db, *size, *profile))
}

func end(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(o options, db, size, profile string) error {
	me, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(me, "-serve", "-db", db, "-size", size, "-pprof", profile)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() { _ = in.Close(); _ = cmd.Wait() }()
	lines := bufio.NewReaderSize(out, 1<<20)
	line, err := lines.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("the served world did not come up: %w", err)
	}
	var s stage
	if err := json.NewDecoder(bytes.NewReader(line)).Decode(&s); err != nil {
		return err
	}
	return o.measure(s)
}
