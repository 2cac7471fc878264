package partition

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// SyntaxError says in which line of a METIS file what is wrong.
type SyntaxError struct {
	Line int
	What string
}

// Error returns the line number and the fault in one sentence.
func (e *SyntaxError) Error() string { return fmt.Sprintf("partition: line %d: %s", e.Line, e.What) }

// mostRead bounds the nodes and edges of a file: far above a city of doors.
const mostRead = 1 << 27

// ReadMETIS reads a graph in the METIS format: comment lines start with %; the
// first line is "NODES EDGES [FORMAT [WEIGHTS]]", then one line a node with its
// weight (FORMAT 010 or 011) and its neighbours from 1, each with the cost of
// the edge (FORMAT 001 or 011). Weights and costs that are not there are 1.
// Vertex sizes and several weights a node are not taken. Whatever departs from
// the format, an edge that stands at one end only among it, is an error.
func ReadMETIS(r io.Reader) (*Graph, error) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 1<<16), 1<<26)
	m := metis{}
	for in.Scan() {
		m.line++
		text := strings.TrimSpace(in.Text())
		if strings.HasPrefix(text, "%") {
			continue
		}
		if err := m.take(text); err != nil {
			return nil, err
		}
	}
	if err := in.Err(); err != nil {
		return nil, m.wrong("%v", err)
	}
	if !m.header {
		return nil, m.wrong("there is no graph")
	}
	if len(m.g.Weight) != m.nodes {
		return nil, m.wrong("%d nodes are promised and %d are there", m.nodes, len(m.g.Weight))
	}
	if len(m.g.To) != 2*m.edges {
		return nil, m.wrong("%d edges are promised and %d ends are there", m.edges, len(m.g.To))
	}
	if err := m.g.check(); err != nil {
		return nil, err
	}
	return &m.g, nil
}

// metis is the state of one pass over a file.
type metis struct {
	g                Graph
	line             int
	header           bool
	nodes, edges     int
	weighted, costed bool
}

func (m *metis) wrong(format string, args ...any) error {
	return &SyntaxError{Line: m.line, What: fmt.Sprintf(format, args...)}
}

// take reads one line that is no comment.
func (m *metis) take(text string) error {
	fields := strings.Fields(text)
	if !m.header {
		return m.first(fields)
	}
	if len(m.g.Weight) == m.nodes {
		if len(fields) == 0 {
			return nil
		}
		return m.wrong("a line after the last node")
	}
	numbers := make([]int64, len(fields))
	for i, f := range fields {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil || n < 0 {
			return m.wrong("%.20q is not a number from 0", f)
		}
		numbers[i] = n
	}
	weight := int64(1)
	if m.weighted {
		if len(numbers) == 0 {
			return m.wrong("the weight of the node is missing")
		}
		weight, numbers = numbers[0], numbers[1:]
	}
	m.g.Weight = append(m.g.Weight, weight)
	step := 1
	if m.costed {
		if step = 2; len(numbers)%2 != 0 {
			return m.wrong("a neighbour without cost")
		}
	}
	for i := 0; i < len(numbers); i += step {
		if numbers[i] < 1 || numbers[i] > int64(m.nodes) {
			return m.wrong("neighbour %d is not among 1…%d", numbers[i], m.nodes)
		}
		cost := int64(1)
		if m.costed {
			cost = numbers[i+1]
		}
		m.g.To, m.g.Cost = append(m.g.To, int32(numbers[i]-1)), append(m.g.Cost, cost)
	}
	if len(m.g.To) > 2*m.edges {
		return m.wrong("more than the %d edges that are promised", m.edges)
	}
	m.g.Start = append(m.g.Start, int32(len(m.g.To)))
	return nil
}

// first reads the line with the counts.
func (m *metis) first(fields []string) error {
	if len(fields) < 2 || len(fields) > 4 {
		return m.wrong("the first line is NODES EDGES [FORMAT [WEIGHTS]]")
	}
	var err1, err2 error
	m.nodes, err1 = strconv.Atoi(fields[0])
	m.edges, err2 = strconv.Atoi(fields[1])
	if err1 != nil || err2 != nil || m.nodes < 1 || m.edges < 0 || m.nodes > mostRead || m.edges > mostRead {
		return m.wrong("these counts of nodes and edges cannot be")
	}
	if len(fields) > 2 {
		switch strings.TrimLeft(fields[2], "0") {
		case "":
		case "1":
			m.costed = true
		case "10":
			m.weighted = true
		case "11":
			m.weighted, m.costed = true, true
		default:
			return m.wrong("format %.20q is not 000, 001, 010 or 011", fields[2])
		}
	}
	if len(fields) > 3 && fields[3] != "1" {
		return m.wrong("one weight a node is taken, not %.20q", fields[3])
	}
	m.header, m.g.Start = true, []int32{0}
	return nil
}
