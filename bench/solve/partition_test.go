package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rows is a ladder of so many rungs as METIS text, every node of weight 10.
func rows(n int) string {
	var out strings.Builder
	out.WriteString(strings.NewReplacer("N", itoa(2*n), "M", itoa(3*n-2)).Replace("N M 011\n"))
	for v := range 2 * n {
		out.WriteString("10")
		for _, u := range []int{v - 2, v + 2, v ^ 1} {
			if u >= 0 && u < 2*n {
				out.WriteString(" " + itoa(u+1) + " 1")
			}
		}
		out.WriteString("\n")
	}
	return out.String()
}

func itoa(n int) string { b, _ := json.Marshal(n); return string(b) }

func TestPartitionAndItsChecker(t *testing.T) {
	dir := t.TempDir()
	for name, n := range map[string]int{"a.graph": 8, "b.graph": 16} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(rows(n)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "parts.txt")
	line := func(args ...string) (f figures) {
		t.Helper()
		var out bytes.Buffer
		if err := run(args, &out); err != nil {
			t.Fatal(err)
		}
		if strings.Count(out.String(), "\n") != 1 || json.Unmarshal(out.Bytes(), &f) != nil {
			t.Fatal(out.String())
		}
		f.Seconds = 0
		return f
	}
	solved := line("partition", dir, "--parts", "6", "--out", file)
	if solved != (figures{Parts: 6, Cut: 8, MaxOverMean: 1, Contiguous: true}) {
		t.Errorf("%+v", solved)
	}
	if checked := line("check-partition", dir, file); checked != solved {
		t.Errorf("the checker says %+v, the solver %+v", checked, solved)
	}
	text, _ := os.ReadFile(file)
	lines := strings.Split(string(text), "\n")
	for what, broken := range map[string][]string{
		"a line missing":       lines[1:],
		"a node missing":       append(append([]string{}, lines[:3]...), lines[4:]...),
		"a part of both files": append(append([]string{}, lines[:20]...), append([]string{"0"}, lines[21:]...)...),
		"no number":            append(append([]string{}, lines[:3]...), append([]string{"x"}, lines[4:]...)...),
		"a part left out":      strings.Split(strings.ReplaceAll(string(text), "\n5\n", "\n7\n"), "\n"),
	} {
		os.WriteFile(file, []byte(strings.Join(broken, "\n")), 0o600)
		if err := run([]string{"check-partition", dir, file}, &bytes.Buffer{}); err == nil {
			t.Errorf("%s: passed", what)
		}
	}
	// The ends of the first ladder change places: two parts in two pieces each.
	lines[1], lines[16] = lines[16], lines[1]
	os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o600)
	if torn := line("check-partition", dir, file); torn.Contiguous || torn.Cut <= solved.Cut {
		t.Errorf("torn parts pass: %+v", torn)
	}
	for _, args := range [][]string{{"partition", dir}, {"partition", "--parts", "3"}, {"partition", dir, "--parts", "1"}, {"partition", t.TempDir(), "--parts", "3"}, {"check-partition", dir}, {"check-partition", t.TempDir(), file}} {
		if run(args, &bytes.Buffer{}) == nil {
			t.Errorf("%v passed", args)
		}
	}
}

// K is shared over the files by weight: largest remainder first, one at least.
func TestShareParts(t *testing.T) {
	for _, c := range []struct {
		weight []int64
		parts  int
		want   []int
	}{
		{[]int64{100, 100}, 4, []int{2, 2}}, {[]int64{50, 30, 20}, 7, []int{4, 2, 1}}, {[]int64{1000, 1, 1}, 4, []int{2, 1, 1}}, {[]int64{10, 20, 30}, 7, []int{1, 2, 4}},
	} {
		got := shareParts(c.weight, c.parts)
		sum := 0
		for i := range got {
			sum += got[i]
			if got[i] != c.want[i] {
				t.Errorf("%v in %d: %v, want %v", c.weight, c.parts, got, c.want)
				break
			}
		}
		if sum != c.parts {
			t.Errorf("%v in %d: %v", c.weight, c.parts, got)
		}
	}
}
