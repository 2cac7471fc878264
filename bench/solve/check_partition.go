package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// town is a graph as the checker reads it, with code of its own.
type town struct {
	weight []int64
	edges  [][3]int64 // from, to, cost; each edge once from either end
}

// checkPartition reads graphs and an assignment and prints the figures from
// scratch. It shares no code with the solver: neither reader nor sums.
func checkPartition(args []string, out io.Writer) error {
	if len(args) != 2 {
		return fmt.Errorf("usage: solve %s", checkUsage)
	}
	start := time.Now()
	names, err := filepath.Glob(filepath.Join(args[0], "*.graph"))
	if err != nil || len(names) == 0 {
		return fmt.Errorf("%s: no .graph file", args[0])
	}
	text, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	load, home := map[int]int64{}, map[int]string{}
	line := figures{Contiguous: true}
	total := int64(0)
	for _, name := range names {
		t, err := readTown(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		n := len(t.weight)
		if want := fmt.Sprintf("%% %s %d", filepath.Base(name), n); len(lines) < n+1 || lines[0] != want {
			return fmt.Errorf("%s: %q and %d lines were to follow", args[1], want, n)
		}
		part := make([]int, n)
		for v, word := range lines[1 : n+1] {
			if part[v], err = strconv.Atoi(word); err != nil || part[v] < 0 {
				return fmt.Errorf("%s: %q is no part", args[1], word)
			}
			if home[part[v]] == "" {
				home[part[v]] = name
			}
			if home[part[v]] != name {
				return fmt.Errorf("part %d lies in two files", part[v])
			}
			load[part[v]] += t.weight[v]
			total += t.weight[v]
		}
		lines = lines[n+1:]
		cut, whole := t.look(part)
		line.Cut += cut
		line.Contiguous = line.Contiguous && whole
	}
	if len(lines) > 0 {
		return fmt.Errorf("%s: %d lines too many", args[1], len(lines))
	}
	line.Parts = len(load)
	for p := range line.Parts {
		if home[p] == "" {
			return fmt.Errorf("part %d is empty", p)
		}
		over := float64(load[p]) * float64(line.Parts) / float64(total)
		line.MaxOverMean = max(line.MaxOverMean, over)
		if math.Abs(over-1) > 0.1+1e-9 {
			line.Outside10++
		}
	}
	line.Seconds = time.Since(start).Seconds()
	return json.NewEncoder(out).Encode(line)
}

// look sums the cut and joins the ends of uncut edges: as many groups as parts
// means that each part is connected.
func (t *town) look(part []int) (cut int64, whole bool) {
	root := make([]int, len(part))
	for v := range root {
		root[v] = v
	}
	find := func(v int) int {
		for root[v] != v {
			root[v] = root[root[v]]
			v = root[v]
		}
		return v
	}
	for _, e := range t.edges {
		if part[e[0]] != part[e[1]] {
			cut += e[2]
			continue
		}
		root[find(int(e[0]))] = find(int(e[1]))
	}
	groups, parts := 0, map[int]bool{}
	for v, p := range part {
		parts[p] = true
		if root[v] == v {
			groups++
		}
	}
	return cut / 2, groups == len(parts)
}

// readTown reads a METIS graph with weights on nodes and edges (format 011).
func readTown(name string) (*town, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	in := bufio.NewReader(file)
	var n, m int
	var format string
	if _, err := fmt.Fscan(in, &n, &m, &format); err != nil || format != "011" && format != "11" {
		return nil, fmt.Errorf("the first line is NODES EDGES 011")
	}
	if _, err := in.ReadString('\n'); err != nil {
		return nil, err
	}
	t := &town{}
	for v := range n {
		line, err := in.ReadString('\n')
		if err != nil && (err != io.EOF || line == "") {
			return nil, fmt.Errorf("node %d: %w", v+1, err)
		}
		words := strings.Fields(line)
		if len(words)%2 == 0 {
			return nil, fmt.Errorf("node %d: a weight and pairs of neighbour and cost", v+1)
		}
		for i, word := range words {
			x, err := strconv.ParseInt(word, 10, 64)
			switch {
			case err != nil:
				return nil, err
			case i == 0:
				t.weight = append(t.weight, x)
			case i%2 == 1 && (x < 1 || x > int64(n)):
				return nil, fmt.Errorf("node %d: no neighbour %d", v+1, x)
			case i%2 == 1:
				t.edges = append(t.edges, [3]int64{int64(v), x - 1, 0})
			default:
				t.edges[len(t.edges)-1][2] = x
			}
		}
	}
	if len(t.edges) != 2*m {
		return nil, fmt.Errorf("%d edges are promised, %d ends are there", m, len(t.edges))
	}
	return t, nil
}
