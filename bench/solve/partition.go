package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"sync"
	"time"

	"shouwang/internal/solve/partition"
)

// figures is the one line about a partition, of the solver and of the checker.
type figures struct {
	Parts       int     `json:"parts"`
	Cut         int64   `json:"cut"`
	MaxOverMean float64 `json:"max_over_mean"`
	Outside10   int     `json:"outside_10pct"`
	Contiguous  bool    `json:"contiguous"`
	Seconds     float64 `json:"seconds"`
}

// partitionFolder divides all METIS graphs of a folder. The parts are shared
// over the files by weight; the balance is counted against the mean of all.
// Reading and writing are not counted in the seconds.
func partitionFolder(args []string, out io.Writer) error {
	set := flag.NewFlagSet("partition", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	parts := set.Int("parts", 0, "number of parts")
	seed := set.Uint64("seed", 1, "seed")
	steps := set.Int("steps", 0, "re-divisions a part, 0 for the usual number")
	target := set.String("out", "", "file for the assignment")
	folder, err := flagsAround(set, args)
	if err != nil || *parts < 1 {
		return fmt.Errorf("usage: solve %s", partitionUsage)
	}
	names, err := graphFiles(folder)
	if err != nil {
		return err
	}
	graphs, weight, total := make([]*partition.Graph, len(names)), make([]int64, len(names)), int64(0)
	for i, name := range names {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		graphs[i], err = partition.ReadMETIS(file)
		file.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, w := range graphs[i].Weight {
			weight[i] += w
		}
		total += weight[i]
	}
	if *parts < len(names) {
		return fmt.Errorf("%d files do not make %d parts", len(names), *parts)
	}
	mean := float64(total) / float64(*parts)
	results, errs := make([]*partition.Result, len(names)), make([]error, len(names))
	start := time.Now()
	shares := shareParts(weight, *parts)
	var wait sync.WaitGroup
	gate := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, g := range graphs {
		wait.Add(1)
		gate <- struct{}{}
		go func() {
			defer wait.Done()
			results[i], errs[i] = partition.Divide(context.Background(), g, partition.Options{Parts: shares[i], Seed: *seed, Steps: *steps, Mean: mean})
			<-gate
		}()
	}
	wait.Wait()
	line := figures{Parts: *parts, Contiguous: true, Seconds: time.Since(start).Seconds()}
	for i, r := range results {
		if errs[i] != nil {
			return fmt.Errorf("%s: %w", names[i], errs[i])
		}
		line.Cut += r.Cut
		line.Outside10 += r.Outside
		line.Contiguous = line.Contiguous && r.Contiguous
		for _, w := range r.Weights {
			line.MaxOverMean = max(line.MaxOverMean, float64(w)/mean)
		}
	}
	if *target != "" {
		if err := writeParts(*target, names, results); err != nil {
			return err
		}
	}
	return json.NewEncoder(out).Encode(line)
}

// flagsAround parses flags before and after the one folder.
func flagsAround(set *flag.FlagSet, args []string) (string, error) {
	if err := set.Parse(args); err != nil {
		return "", err
	}
	folder := set.Arg(0)
	if set.NArg() > 1 {
		if err := set.Parse(set.Args()[1:]); err != nil {
			return "", err
		}
		if set.NArg() > 0 {
			return "", fmt.Errorf("one folder")
		}
	}
	if folder == "" {
		return "", fmt.Errorf("no folder")
	}
	return folder, nil
}

// graphFiles lists the graphs of a folder in the order of their names.
func graphFiles(folder string) ([]string, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.graph"))
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("%s: no .graph file", folder)
	}
	return names, err
}

// shareParts shares the parts by weight, largest remainder first, one at least.
func shareParts(weight []int64, parts int) []int {
	total := int64(0)
	for _, w := range weight {
		total += w
	}
	got, order, left := make([]int, len(weight)), make([]int, len(weight)), parts
	rest := make([]float64, len(weight))
	for i, w := range weight {
		exact := float64(parts) * float64(w) / float64(total)
		got[i] = max(int(exact), 1)
		rest[i], order[i] = exact-float64(got[i]), i
		left -= got[i]
	}
	sort.SliceStable(order, func(i, j int) bool { return rest[order[i]] > rest[order[j]] })
	for i := 0; left > 0; i, left = (i+1)%len(order), left-1 {
		got[order[i]]++
	}
	for i := len(order) - 1; left < 0; i = (i + len(order) - 1) % len(order) {
		if got[order[i]] > 1 {
			got[order[i]]--
			left++
		}
	}
	return got
}

// writeParts writes the assignment: for each file a line "% NAME NODES", then
// one line a node with the number of its part, from 0 through all files.
func writeParts(target string, names []string, results []*partition.Result) error {
	file, err := os.Create(target)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(file)
	base := 0
	for i, r := range results {
		fmt.Fprintf(w, "%% %s %d\n", filepath.Base(names[i]), len(r.Part))
		for _, p := range r.Part {
			fmt.Fprintln(w, base+int(p))
		}
		base += len(r.Weights)
	}
	if err := w.Flush(); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
