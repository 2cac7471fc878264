package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

var engineCount = regexp.MustCompile(`([a-z]+) (\d+)`)

// summary prints the promises by engine, what failed, and the last line. It
// returns the exit code.
func summary(file string, w io.Writer) int {
	f, err := os.Open(file)
	if err != nil {
		fmt.Fprintln(w, "0 passed, 0 failed")
		return 1
	}
	defer f.Close()
	var total part
	lines(f, func(line []byte) {
		var p part
		if err := json.Unmarshal(line, &p); err != nil {
			total.fail("results file: " + err.Error())
			return
		}
		total.Passed += p.Passed
		total.Failed += p.Failed
		total.Broken = append(total.Broken, p.Broken...)
		total.Promises = append(total.Promises, p.Promises...)
		fmt.Fprintf(w, "%-14s %6d passed %4d failed\n", p.Name, p.Passed, p.Failed)
	})
	promises(&total, w)
	for _, name := range total.Broken {
		fmt.Fprintln(w, "✗", name)
	}
	fmt.Fprintf(w, "%d passed, %d failed\n", total.Passed, total.Failed)
	if total.Failed > 0 || total.Passed == 0 {
		return 1
	}
	return 0
}

// promises adds up what the store's suite says it ran on each engine. Fewer on
// one engine than on the other is a failure: the second engine dies untested.
func promises(total *part, w io.Writer) {
	sum := map[string]int{}
	for _, line := range total.Promises {
		for _, m := range engineCount.FindAllStringSubmatch(line, -1) {
			n, _ := strconv.Atoi(m[2])
			sum[m[1]] += n
		}
	}
	var names []string
	for e := range sum {
		names = append(names, e)
	}
	sort.Sort(sort.Reverse(sort.StringSlice(names))) // sqlite, postgres
	out := []string{"promises:"}
	for _, e := range names {
		out = append(out, e, strconv.Itoa(sum[e]))
	}
	if len(names) == 0 {
		out = append(out, "none")
	}
	fmt.Fprintln(w, strings.Join(out, " "))
	if sum["sqlite"] == 0 || sum["sqlite"] != sum["postgres"] {
		total.fail("the store's promises did not run alike on both engines")
	}
}
