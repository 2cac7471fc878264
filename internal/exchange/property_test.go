package exchange

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"shouwang/internal/fault"
)

var (
	mutants = flag.Int("mutants", 150, "how many mutated files the conservation test reads")
	seed    = flag.Uint64("seed", 20261121, "seed of the mutations")
)

// dirt is what typists, programs and enemies put into cells.
var dirt = []any{nil, "", " ", "　", "***", "＊＊＊", "·", "/", "无", "3.3022E+17", 3.3022e17, 990203198502280123.0, "3幢5O1", "3-27", "2026-13-01", 46082, -1, 1e300,
	"#REF!", "=1+1", "合计", "小计", "制表人：王五", strings.Repeat("长", 40000), "\x00\x01", "a\x1fb", "名\n字", "是", true, "13800138000", "129 0000 0001", "\ufffd", "'", "\"", "，", "九幢", "1/2/3"}

// mutate makes a file out of good rows by a random number of changes. It returns
// the file and how many rows below the heading have any content.
func mutate(t testing.TB, r *rand.Rand) (data []byte, what string) {
	rows := [][]any{append([]any(nil), residentHead...)}
	for i := range r.IntN(30) + 1 {
		rows = append(rows, person(t, i))
	}
	var merges []string
	for range r.IntN(12) {
		y, x := r.IntN(len(rows)), r.IntN(len(residentHead))
		if y == 0 && r.IntN(4) > 0 {
			y = len(rows) - 1
		}
		switch r.IntN(8) {
		case 0, 1, 2, 3:
			if x < len(rows[y]) {
				rows[y][x] = dirt[r.IntN(len(dirt))]
			}
		case 4:
			rows = append(rows[:y], append([][]any{{dirt[r.IntN(len(dirt))]}}, rows[y:]...)...)
		case 5:
			a, _ := excelize.CoordinatesToCellName(x+1, y+1)
			b, _ := excelize.CoordinatesToCellName(min(x+1+r.IntN(3), 16), y+1+r.IntN(4))
			merges = append(merges, a+":"+b)
		case 6:
			rows[y] = rows[y][:r.IntN(len(rows[y])+1)]
		case 7:
			rows = append(rows, append([]any(nil), rows[y]...))
		}
		for i := range rows {
			if rows[i] == nil {
				rows[i] = []any{nil}
			}
			for len(rows[i]) == 0 {
				rows[i] = append(rows[i], nil)
			}
		}
	}
	if r.IntN(2) == 0 {
		text := csvOf(rows)
		switch r.IntN(4) {
		case 0:
			text = "\ufeff" + text
		case 1:
			if gbk, err := simplifiedchinese.GB18030.NewEncoder().String(strings.ToValidUTF8(text, "?")); err == nil {
				text = gbk
			}
		}
		data, what = []byte(text), "csv"
	} else {
		data, what = makeBook(t, rows, func(f *excelize.File, s string) {
			for _, m := range merges {
				a, b, _ := strings.Cut(m, ":")
				_ = f.MergeCell(s, a, b)
			}
		}), "xlsx"
	}
	if r.IntN(5) == 0 { // hurt the bytes themselves
		what += " hurt"
		for range r.IntN(8) + 1 {
			if i := r.IntN(len(data)); r.IntN(6) == 0 {
				data = data[:i+1]
			} else {
				data[i] ^= byte(1 << r.IntN(8))
			}
		}
	}
	return data, what
}

// TestRowsAreConserved: whatever the file, it is refused whole with a fault of ours
// or each of its rows is good, rejected with row, column, code and reason, or set
// apart with a reason; and reading it again gives the same.
func TestRowsAreConserved(t *testing.T) {
	n := *mutants
	t.Logf("%d files, seed %d", n, *seed)
	whole, refused, good, bad := 0, 0, 0, 0
	for i := range n {
		r := rand.New(rand.NewPCG(*seed, uint64(i)))
		data, what := mutate(t, r)
		s, err := Read(context.Background(), what, bytes.NewReader(data), Residents, demo())
		if err != nil {
			var f *fault.Error
			if !errors.As(err, &f) || f.Def == ErrStopped || f.Kind == fault.Internal {
				t.Fatalf("file %d (%s): %v", i, what, err)
			}
			refused++
			continue
		}
		whole++
		first := outcome(t, s)
		if raw := rawRows(t, data, s); raw != first.rows+first.skipped {
			t.Fatalf("file %d (%s): %d rows in the file, %d read, %d set apart", i, what, raw, first.rows, first.skipped)
		}
		good, bad = good+first.good, bad+first.bad
		again, err := Read(context.Background(), what, bytes.NewReader(data), Residents, demo())
		if err != nil || outcome(t, again) != first {
			t.Fatalf("file %d (%s) read twice differs: %v", i, what, err)
		}
	}
	t.Logf("%d read, %d refused; rows %d good, %d rejected", whole, refused, good, bad)
	if whole < n/2 || good == 0 || bad == 0 {
		t.Errorf("the mutations are one-sided: the test proves little")
	}
}

// rawRows counts the rows with content below the heading straight from the child.
func rawRows(t *testing.T, data []byte, s *Sheet) int {
	t.Helper()
	n := 0
	if err := parse(t.Context(), data, nil, Limits{}.fill(len(data)), func(f *frame) error {
		if f.R > s.parts[0].head.bottom && !blankRow(f.C) {
			n++
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

type tally struct {
	rows, good, bad, skipped int
	print                    string
}

// outcome counts rows by what became of them, against the raw rows of the file.
func outcome(t *testing.T, s *Sheet) tally {
	t.Helper()
	seen := map[string]bool{}
	out := tally{rows: s.Rows(), skipped: len(s.Skipped)}
	var b strings.Builder
	note := func(sheet string, row int) {
		key := fmt.Sprintf("%s/%d", sheet, row)
		if seen[key] {
			t.Fatalf("row %s came out twice", key)
		}
		seen[key] = true
	}
	for g, bad := range s.Residents() {
		if (g == nil) == (bad == nil) {
			t.Fatal("neither good nor bad, or both")
		}
		if g != nil {
			note(g.Sheet, g.Row)
			out.good++
			fmt.Fprintln(&b, g.Row, g.Name, g.Address)
			if g.Name == "" || !g.Address.Sure() {
				t.Fatalf("a good row that is not: %+v", g)
			}
			continue
		}
		note(bad.Sheet, bad.Row)
		out.bad++
		fmt.Fprintln(&b, bad.Row, bad.Code, bad.Column)
		if bad.Row < 1 || bad.Code == "" || bad.ZH == "" || bad.EN == "" || bad.Column == "" || len(bad.Raw) == 0 {
			t.Fatalf("a reject that does not say why: %+v", bad)
		}
	}
	for _, k := range s.Skipped {
		note(k.Sheet, k.Row)
	}
	if out.good+out.bad != out.rows {
		t.Fatalf("%d good + %d rejected != %d rows", out.good, out.bad, out.rows)
	}
	out.print = b.String()
	return out
}
