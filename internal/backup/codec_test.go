package backup

import (
	"bufio"
	"bytes"
	"io"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// Whatever was put into a chunk comes out of it, value for value.
func TestRowsComeBack(t *testing.T) {
	value := rapid.OneOf(
		rapid.Just[any](nil),
		rapid.Map(rapid.Int64(), func(v int64) any { return v }),
		rapid.Map(rapid.Float64(), func(v float64) any { return v }),
		rapid.Map(rapid.String(), func(v string) any { return v }),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(v []byte) any { return append([]byte{}, v...) }),
		rapid.Map(rapid.Bool(), func(v bool) any { return v }))
	rapid.Check(t, func(t *rapid.T) {
		wide := rapid.IntRange(1, 6).Draw(t, "columns")
		rows := rapid.SliceOfN(rapid.SliceOfN(value, wide, wide), 0, 8).Draw(t, "rows")
		var raw []byte
		var err error
		for _, r := range rows {
			if raw, err = appendRow(raw, r); err != nil {
				t.Fatal(err)
			}
		}
		n := 0
		if err := eachRow(raw, wide, func(got []any) error {
			if !reflect.DeepEqual(got, rows[n]) {
				t.Fatalf("%#v came back as %#v", rows[n], got)
			}
			n++
			return nil
		}); err != nil || n != len(rows) {
			t.Fatalf("%d of %d rows, %v", n, len(rows), err)
		}
		if wide > 1 && len(raw) > 0 { // cut short: never taken for whole
			if err := eachRow(raw[:len(raw)-1], wide, func([]any) error { return nil }); err == nil {
				t.Fatal("a chunk that was cut short reads to the end")
			}
		}
	})
	if _, err := appendRow(nil, []any{3}); err == nil {
		t.Fatal("a value of a strange type was written")
	}
}

// Any bytes are read or refused; none is believed about a length it does not have.
func FuzzReadRow(f *testing.F) {
	seed, _ := appendRow(nil, []any{int64(-5), "三楼", []byte{0, 1}, nil, true, 2.5})
	f.Add(seed, 6)
	f.Add([]byte{tagText, 0xff, 0xff, 0xff, 0xff, 0x7f}, 1)
	f.Fuzz(func(t *testing.T, raw []byte, wide int) {
		if wide < 1 || wide > 64 {
			return
		}
		r := bufio.NewReader(bytes.NewReader(raw))
		for {
			row, err := readRow(r, wide)
			if err == io.EOF || err == errChunk {
				return
			}
			if err != nil || len(row) != wide {
				t.Fatalf("%d values, %v", len(row), err)
			}
		}
	})
}
