package assign

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// write is the DIMACS text of n.
func write(n *Network) string {
	var b strings.Builder
	fmt.Fprintf(&b, "c a network\n\np min %d %d\n", len(n.Supply), len(n.From))
	for v, s := range n.Supply {
		if s != 0 {
			fmt.Fprintf(&b, "n %d %d\n", v+1, s)
		}
	}
	for e := range n.From {
		fmt.Fprintf(&b, "a %d\t%d %d %d  %d\r\n", n.From[e]+1, n.To[e]+1, n.low(e), n.Cap[e], n.Cost[e])
	}
	return b.String()
}

func TestDIMACSRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := anyNetwork(t)
		text := write(n)
		m, err := ReadDIMACS(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if again := write(m); again != text {
			t.Fatalf("%s became %s", text, again)
		}
	})
}

func TestDIMACSFaultsNameTheirLine(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "line 0: the file has no problem line",
		"c only\n":                       "line 1: the file has no problem line",
		"p max 2 1\n":                    "line 1: the problem must be",
		"p min 2\n":                      "line 1: p min NODES ARCS: 2 numbers expected, 1 found",
		"p min 0 0\n":                    "line 1: 0 nodes and 0 arcs cannot be",
		"p min 9999999999 1\n":           "line 1: 9999999999 nodes and 1 arcs are more than",
		"p min 2 -1\n":                   "line 1: 2 nodes and -1 arcs cannot be",
		"p min 2 0\np min 2 0\n":         "line 2: a second problem line",
		"n 1 1\n":                        "line 1: a node line before",
		"a 1 2 0 1 1\n":                  "line 1: an arc line before",
		"p min 2 0\nn 3 1\n":             "line 2: node 3 is not among 1…2",
		"p min 2 0\nn 1 1\nn 1 1\n":      "line 3: node 1 has two supplies",
		"p min 2 0\nn 1 1.5\n":           "line 2: n NODE SUPPLY: \"1.5\" is not a whole number",
		"p min 2 0\nn 1 1 1\n":           "line 2: n NODE SUPPLY: unexpected \"1\" at the end",
		"p min 2 1\na 1 2 0 1\n":         "line 2: a FROM TO LOW CAPACITY COST: 5 numbers expected, 4 found",
		"p min 2 1\na 1 0 0 1 1\n":       "line 2: node 0 is not among",
		"p min 2 1\na 1 2 2 1 1\n":       "line 2: the lower bound 2 is above the capacity 1",
		"p min 2 1\na 1 2 0 1 x\n":       "line 2: a FROM TO LOW CAPACITY COST: \"x\" is not a whole number",
		"p min 2 1\na 1 2 0 1 -\n":       "\"-\" is not a whole number",
		"p min 2 1\nc x\n":               "line 2: the file ends after 0 of 1 arcs",
		"p min 2 0\na 1 2 0 1 1\n":       "line 2: more arcs than the 0",
		"p min 2 0\nx 1\n":               "line 2: a line starts with c, p, n or a, not \"x\"",
		"p min 2 0\nnode 1 1\n":          "line 2: a line starts with c, p, n or a, not \"node\"",
		"p min 2 0\nn 1 " + nines + "\n": "line 2: n NODE SUPPLY: \"" + nines + "\" does not fit 64 bits",
		"p min 2 0\nn" + strings.Repeat(" ", 1<<17) + "1 1": "line 2: the line is longer than 64 KiB",
	} {
		_, err := ReadDIMACS(strings.NewReader(text))
		var syntax *SyntaxError
		if !errors.As(err, &syntax) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %s", text, err, want)
		}
	}
}

const nines = "9999999999999999999"

func TestDIMACSEdges(t *testing.T) {
	text := "c " + strings.Repeat("long ", 1<<16) + "\np min 3 1\nn 2 -9223372036854775808\nn 1 +9223372036854775807\nn 3 1\na 1 2 -1 1 -0"
	n, err := ReadDIMACS(strings.NewReader(text))
	if err != nil || n.Supply[1] != -1<<63 || n.Supply[0] != 1<<63-1 || n.low(0) != -1 {
		t.Fatal(n, err)
	}
	if _, err := Minimize(n); !errors.Is(err, ErrOverflow) {
		t.Fatal(err)
	}
	// A short file that promises much must not take much memory.
	if _, err := ReadDIMACS(strings.NewReader("p min 2 1000000000\n")); err == nil {
		t.Fatal("accepted")
	}
}

func FuzzReadDIMACS(f *testing.F) {
	f.Add([]byte("p min 3 2\nn 1 1\nn 3 -1\na 1 2 0 1 4\na 2 3 0 1 -4\n"))
	f.Add([]byte("c x\np min 2 1\nn 1 5\nn 2 -5\na 1 2 1 5 9223372036854775807\n"))
	f.Add([]byte("p min 4 3\nn 1 1\nn 2 1\nn 4 -2\na 1 3 0 1 1\na 2 3 0 1 1\na 3 4 0 9 -2"))
	f.Fuzz(func(t *testing.T, text []byte) {
		n, err := ReadDIMACS(bytes.NewReader(text))
		if err != nil {
			return
		}
		if len(n.Supply) > 1000 || len(n.From) > 1000 {
			return
		}
		a, err := Minimize(n)
		b, other := MinimizeBySimplex(n)
		if (err == nil) != (other == nil) {
			t.Fatal(err, other)
		}
		if err != nil {
			return
		}
		if a.Cost != b.Cost {
			t.Fatal(a.Cost, b.Cost)
		}
		if err := Check(n, a); err != nil {
			t.Fatal(err)
		}
		if err := Check(n, b); err != nil {
			t.Fatal(err)
		}
	})
}
