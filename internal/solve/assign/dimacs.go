package assign

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
)

// SyntaxError says in which line of a DIMACS file what is wrong.
type SyntaxError struct {
	Line int
	What string
}

// Error returns the line number and the fault in one sentence.
func (e *SyntaxError) Error() string { return fmt.Sprintf("assign: line %d: %s", e.Line, e.What) }

// reading is the state of one pass over a DIMACS file.
type reading struct {
	net    Network
	line   int
	nodes  int64
	arcs   int64
	seen   []bool
	header bool
}

// ReadDIMACS reads a min-cost flow problem in the DIMACS format: comment lines
// "c …", one line "p min NODES ARCS", lines "n NODE SUPPLY", then lines
// "a FROM TO LOW CAPACITY COST". Whatever departs from it is a *SyntaxError.
func ReadDIMACS(r io.Reader) (*Network, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	var g reading
	for {
		text, err := in.ReadSlice('\n')
		if len(text) > 0 {
			g.line++
			if errors.Is(err, bufio.ErrBufferFull) {
				if text[0] != 'c' {
					return nil, g.wrong("the line is longer than 64 KiB")
				}
				text = nil // a comment
				for errors.Is(err, bufio.ErrBufferFull) {
					_, err = in.ReadSlice('\n')
				}
			}
			if e := g.take(text); e != nil {
				return nil, e
			}
		}
		if err == io.EOF {
			return g.finish()
		}
		if err != nil {
			return nil, err
		}
	}
}

func (g *reading) wrong(format string, args ...any) error {
	return &SyntaxError{Line: g.line, What: fmt.Sprintf(format, args...)}
}

// take reads one line.
func (g *reading) take(text []byte) error {
	f := fields{text: text}
	word := f.word()
	if len(word) == 0 || word[0] == 'c' {
		return nil
	}
	if len(word) != 1 {
		return g.wrong("a line starts with c, p, n or a, not %q", clip(word))
	}
	switch word[0] {
	case 'p':
		return g.problem(&f)
	case 'n':
		return g.node(&f)
	case 'a':
		return g.arc(&f)
	}
	return g.wrong("a line starts with c, p, n or a, not %q", clip(word))
}

// The largest files that are read: far above a country of people, and numbers
// still fit 32 bits.
const (
	mostNodes = 1 << 26
	mostArcs  = 1 << 30
)

// problem reads "p min NODES ARCS".
func (g *reading) problem(f *fields) error {
	if g.header {
		return g.wrong("a second problem line")
	}
	if kind := f.word(); string(kind) != "min" {
		return g.wrong("the problem must be \"min\", not %q", clip(kind))
	}
	var v [2]int64
	if what := f.numbers(v[:]); what != "" {
		return g.wrong("p min NODES ARCS: %s", what)
	}
	if v[0] < 1 || v[1] < 0 {
		return g.wrong("%d nodes and %d arcs cannot be", v[0], v[1])
	}
	if v[0] > mostNodes || v[1] > mostArcs {
		return g.wrong("%d nodes and %d arcs are more than the %d and %d that are taken", v[0], v[1], mostNodes, mostArcs)
	}
	g.header, g.nodes, g.arcs = true, v[0], v[1]
	// Room is made for what the file says, but no more than 2^22 at once: a
	// short file with a large promise must not eat the memory.
	size, room := int(min(v[0], 1<<22)), int(min(v[1], 1<<22))
	g.net.Supply = make([]int64, 0, size)
	g.net.From, g.net.To = make([]int32, 0, room), make([]int32, 0, room)
	g.net.Cap, g.net.Cost = make([]int64, 0, room), make([]int64, 0, room)
	return nil
}

// node reads "n NODE SUPPLY".
func (g *reading) node(f *fields) error {
	if !g.header {
		return g.wrong("a node line before the problem line")
	}
	var v [2]int64
	if what := f.numbers(v[:]); what != "" {
		return g.wrong("n NODE SUPPLY: %s", what)
	}
	if v[0] < 1 || v[0] > g.nodes {
		return g.wrong("node %d is not among 1…%d", v[0], g.nodes)
	}
	for int64(len(g.net.Supply)) < v[0] {
		g.net.Supply, g.seen = append(g.net.Supply, 0), append(g.seen, false)
	}
	if g.seen[v[0]-1] {
		return g.wrong("node %d has two supplies", v[0])
	}
	g.net.Supply[v[0]-1], g.seen[v[0]-1] = v[1], true
	return nil
}

// arc reads "a FROM TO LOW CAPACITY COST".
func (g *reading) arc(f *fields) error {
	if !g.header {
		return g.wrong("an arc line before the problem line")
	}
	var v [5]int64
	if what := f.numbers(v[:]); what != "" {
		return g.wrong("a FROM TO LOW CAPACITY COST: %s", what)
	}
	for _, id := range v[:2] {
		if id < 1 || id > g.nodes {
			return g.wrong("node %d is not among 1…%d", id, g.nodes)
		}
	}
	if v[2] > v[3] {
		return g.wrong("the lower bound %d is above the capacity %d", v[2], v[3])
	}
	if int64(len(g.net.From)) == g.arcs {
		return g.wrong("more arcs than the %d that the problem line says", g.arcs)
	}
	g.net.Bounded(int32(v[0]-1), int32(v[1]-1), v[2], v[3], v[4])
	return nil
}

// finish checks what can only be known at the end.
func (g *reading) finish() (*Network, error) {
	if !g.header {
		return nil, g.wrong("the file has no problem line \"p min NODES ARCS\"")
	}
	if got := int64(len(g.net.From)); got != g.arcs {
		return nil, g.wrong("the file ends after %d of %d arcs", got, g.arcs)
	}
	if rest := g.nodes - int64(len(g.net.Supply)); rest > 0 {
		g.net.Supply = append(g.net.Supply, make([]int64, rest)...)
	}
	return &g.net, nil
}

// fields cuts a line at blanks.
type fields struct {
	text []byte
	at   int
}

// word returns the next word, empty at the end of the line.
func (f *fields) word() []byte {
	for f.at < len(f.text) && f.text[f.at] <= ' ' {
		f.at++
	}
	from := f.at
	for f.at < len(f.text) && f.text[f.at] > ' ' {
		f.at++
	}
	return f.text[from:f.at]
}

// numbers fills v with the rest of the line and says what is wrong, or nothing.
func (f *fields) numbers(v []int64) string {
	for i := range v {
		w := f.word()
		if len(w) == 0 {
			return fmt.Sprintf("%d numbers expected, %d found", len(v), i)
		}
		n, what := number(w)
		if what != "" {
			return what
		}
		v[i] = n
	}
	if w := f.word(); len(w) > 0 {
		return fmt.Sprintf("unexpected %q at the end", clip(w))
	}
	return ""
}

// number reads one whole number of 64 bits and says what is wrong, or nothing.
func number(w []byte) (int64, string) {
	digits, minus := w, false
	if w[0] == '-' || w[0] == '+' {
		digits, minus = w[1:], w[0] == '-'
	}
	if len(digits) == 0 {
		return 0, fmt.Sprintf("%q is not a whole number", clip(w))
	}
	var n uint64
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, fmt.Sprintf("%q is not a whole number", clip(w))
		}
		if n > math.MaxInt64/10 {
			return 0, fmt.Sprintf("%q does not fit 64 bits", clip(w))
		}
		n = n*10 + uint64(c-'0')
	}
	if minus && n <= 1<<63 {
		return int64(-n), ""
	}
	if n > math.MaxInt64 {
		return 0, fmt.Sprintf("%q does not fit 64 bits", clip(w))
	}
	return int64(n), ""
}

// clip shortens a word for a message.
func clip(w []byte) string {
	if len(w) > 24 {
		return string(w[:24]) + "…"
	}
	return string(w)
}
