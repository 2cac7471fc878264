package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"

	"shouwang/internal/solve/roster"
)

// rosterLine is the one line about a roster. The figures come from the checker
// beside this file, which reads the instance anew.
type rosterLine struct {
	Objective     int64   `json:"objective"`
	Violations    int     `json:"hard_violations"`
	Seconds       float64 `json:"seconds"`
	BestAtSeconds float64 `json:"best_at_seconds"`
	Bound         *int64  `json:"bound,omitempty"`
	Steps         int     `json:"steps"`
	CPU           float64 `json:"cpu_seconds"`
}

// rosterFile solves a shift-scheduling instance. Reading and checking are not
// counted in the seconds.
func rosterFile(args []string, out io.Writer) error {
	set := flag.NewFlagSet("roster", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	seconds := set.Float64("seconds", 60, "time to search")
	threads := set.Int("threads", 1, "goroutines")
	seed := set.Uint64("seed", 1, "seed")
	steps := set.Int("steps", 0, "rounds, 0 for as many as there is time for")
	trace := set.Bool("trace", false, "print each better roster to standard error")
	target := set.String("out", "", "file for the roster")
	name, err := flagsAround(set, args)
	if err != nil || *seconds <= 0 || *threads < 1 || *steps < 0 {
		return fmt.Errorf("usage: solve %s", rosterUsage)
	}
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	p, err := roster.Read(file)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	start := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(*seconds*float64(time.Second)))
	defer cancel()
	var line rosterLine
	found := func(_ roster.Roster, r roster.Report) {
		line.BestAtSeconds = time.Since(start).Seconds()
		if *trace {
			fmt.Fprintf(os.Stderr, "%7.2f s %7.2f cpu  %d  bound %d  step %d\n", line.BestAtSeconds, cpuSeconds(), r.Objective, r.Bound, r.Steps)
		}
	}
	best, report, err := roster.Solve(ctx, p, roster.Options{Seed: *seed, Threads: *threads, Steps: *steps, Found: found})
	line.Seconds = time.Since(start).Seconds()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	sheet := dutySheet(p, best)
	facts, err := checkSheet(name, sheet)
	if err != nil {
		return err
	}
	line.CPU = cpuSeconds()
	line.Objective, line.Violations, line.Steps = facts.Objective, facts.Violations, report.Steps
	if report.HasBound {
		line.Bound = &report.Bound
	}
	if facts.Objective != report.Objective {
		return fmt.Errorf("%s: the solver says %d, the checker %d", name, report.Objective, facts.Objective)
	}
	if *target != "" {
		if err := writeSheet(*target, sheet); err != nil {
			return err
		}
	}
	return json.NewEncoder(out).Encode(line)
}

// dutySheet is a roster in the file's own names: by person the shifts by day, a
// dash for a day off.
func dutySheet(p *roster.Problem, r roster.Roster) [][]string {
	sheet := make([][]string, len(r))
	for i, line := range r {
		sheet[i] = []string{p.People[i].ID}
		for _, d := range line {
			if d == roster.Off {
				sheet[i] = append(sheet[i], "-")
			} else {
				sheet[i] = append(sheet[i], p.Shifts[d.Shift].ID)
			}
		}
	}
	return sheet
}

// writeSheet writes one line a person: the name, then a shift or a dash for each
// day, apart by commas.
func writeSheet(name string, sheet [][]string) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	to := bufio.NewWriter(file)
	for _, line := range sheet {
		for k, word := range line {
			if k > 0 {
				to.WriteByte(',')
			}
			to.WriteString(word)
		}
		to.WriteByte('\n')
	}
	if err := to.Flush(); err != nil {
		return err
	}
	return file.Close()
}

// cpuSeconds is the processor time this process has used.
func cpuSeconds() float64 {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) != nil {
		return 0
	}
	return float64(use.Utime.Sec+use.Stime.Sec) + float64(use.Utime.Usec+use.Stime.Usec)/1e6
}
