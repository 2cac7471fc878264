package partition

import (
	"context"
	"errors"
	"strings"
	"testing"
)

const sample = "% four in a ring\n4 4 011\n5 2 3 4 1\n6 1 3 3 2\n7 2 2 4 9\n\n8 1 1 3 9\n"

func TestReadMETIS(t *testing.T) {
	text := strings.Replace(sample, "\n\n", "\n", 1)
	g, err := ReadMETIS(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Weight) != 4 || g.Weight[3] != 8 || len(g.To) != 8 || g.To[g.Start[2]+1] != 3 || g.Cost[g.Start[2]+1] != 9 {
		t.Fatalf("%+v", g)
	}
	plain, err := ReadMETIS(strings.NewReader("2 1\n2\n1\n"))
	if err != nil || plain.Weight[1] != 1 || plain.Cost[0] != 1 {
		t.Fatal(plain, err)
	}
	for text, want := range map[string]string{
		"":                        "no graph",
		"x y\n":                   "counts",
		"2 1 100\n":               "format",
		"2 1 011 2\n":             "one weight",
		"2 1\n2\n":                "2 nodes are promised",
		"2 1\n2\n1\n1\n":          "line 4",
		"2 1\n3\n1\n":             "line 2",
		"2 1\n2\n-1\n":            "line 3",
		"2 1 011\n1 2\n1 1 1\n":   "without cost",
		"2 1 010\n\n1 1\n":        "weight of the node is missing",
		"2 2\n2\n1\n":             "2 edges are promised",
		"2 1 001\n2 1\n1 5\n":     "one of its two rows",
		"3 1\n2\n\n1\n":           "one of its two rows",
		"2 1\n2 2\n1\n":           "more than",
		"99999999999 1\n":         "counts",
		"1 0 010\n9e9\n":          "number",
		strings.TrimSpace(sample): "weight of the node is missing",
		"2 1 011\n0 2 1\n0 1 1\n": "zero",
	} {
		if _, err := ReadMETIS(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// Whatever the text, it is refused in words or makes a graph that can be divided.
func FuzzReadMETIS(f *testing.F) {
	for _, s := range []string{sample, "2 1\n2\n1\n", "3 2 001\n2 4\n1 4 3 5\n2 5\n", "1 0 10\n7\n", "2 2\n2 2\n1 1\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		g, err := ReadMETIS(strings.NewReader(text))
		if err != nil || len(g.Weight) > 60 {
			return
		}
		_, pieces := g.components()
		r, err := Divide(context.Background(), g, Options{Parts: (pieces + len(g.Weight)) / 2, Steps: 2})
		if err != nil {
			if errors.Is(err, ErrGraph) {
				return
			}
			t.Fatal(err)
		}
		if c := Check(g, r.Part, len(r.Weights), 0.1); c.Wrong != nil || !c.Contiguous {
			t.Fatalf("%+v", c)
		}
	})
}

// Check sees what is planted: a part in two pieces, an empty part, a node without
// part, a wrong length.
func TestCheckSeesWhatIsPlanted(t *testing.T) {
	g := grid(4, 3)
	good := []int32{0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1}
	if c := Check(g, good, 2, 0.1); c.Wrong != nil || !c.Contiguous || c.Cut != 3 || c.Outside != 0 || c.MaxOver != 1 {
		t.Fatalf("%+v", c)
	}
	torn := []int32{0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1}
	if c := Check(g, torn, 2, 0.1); c.Contiguous || len(c.Broken) != 1 || c.Broken[0] != 0 || c.Cut != 5 || c.Outside != 2 || c.Weights[0] != 7 {
		t.Fatalf("%+v", c)
	}
	for _, bad := range [][]int32{good[:11], {0, 0, 2, 1, 0, 0, 1, 1, 0, 0, 1, 1}, {0, 0, -1, 1, 0, 0, 1, 1, 0, 0, 1, 1}, make([]int32, 12)} {
		if Check(g, bad, 2, 0.1).Wrong == nil {
			t.Error(bad, "passed")
		}
	}
	if Check(g, good, 3, 0.1).Wrong == nil {
		t.Error("an empty third part passed")
	}
}
