package exchange

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// sheetReader is the state of one walk through a worksheet.
type sheetReader struct {
	*book
	out      *rowWriter
	name     string
	row, col int
	done     frame

	kind   string // t attribute of the cell
	style  int
	value  []byte
	long   bool
	inCell bool
	inText bool
	phon   int
}

func (b *book) readSheet(s bookSheet, out *rowWriter) error {
	r, err := b.part(s.part)
	if err != nil {
		return err
	}
	if r == nil {
		return ErrDamaged.With("worksheet missing")
	}
	defer r.Close()
	x, scan := &sheetReader{book: b, out: out, name: s.name, done: frame{Done: true}}, newScanner(r)
	seen := false
	for {
		tok, err := scan.next()
		if err == io.EOF {
			break
		}
		if err == nil {
			seen = true
			err = x.token(tok)
		}
		if err != nil {
			return fmt.Errorf("row %d: %w", x.row, err)
		}
	}
	if !seen || x.inCell {
		return ErrDamaged.With("worksheet cut off")
	}
	return writeFrame(out.w, x.done)
}

func (x *sheetReader) token(t xmlToken) error {
	switch t.kind {
	case 't':
		if x.inText && x.phon == 0 {
			var err error
			x.value, x.long, err = addText(x.value, t, x.long)
			return err
		}
		return nil
	case '<':
		return x.start(t)
	}
	switch string(t.name) {
	case "v", "t":
		x.inText = false
	case "rPh":
		x.phon = max(0, x.phon-1)
	case "c":
		x.inCell = false
		return x.endCell()
	case "row":
		return x.out.flush(x.row)
	}
	return nil
}

func (x *sheetReader) start(t xmlToken) error {
	switch string(t.name) {
	case "c":
		x.inCell = !t.empty
		return x.startCell(t)
	case "v":
		x.inText = x.inCell && !t.empty
	case "t":
		x.inText = x.inCell && !t.empty
	case "rPh":
		if !t.empty {
			x.phon++
		}
	case "row":
		return x.startRow(t)
	case "col":
		x.hiddenCols(t)
	case "mergeCell":
		ref, _ := t.attr("ref")
		if m, ok := span(ref); ok && len(x.done.Merges) < maxMerge {
			x.done.Merges = append(x.done.Merges, m)
		}
	}
	return nil
}

func (x *sheetReader) startRow(t xmlToken) error {
	x.out.reset()
	x.col = 0
	next := x.row + 1
	if r, ok := t.attr("r"); ok {
		n, err := strconv.Atoi(r)
		if err != nil || n <= x.row || n > lastRow {
			return ErrDamaged.With("row number " + r[:min(len(r), 12)] + " after row " + strconv.Itoa(x.row))
		}
		next = n
	}
	if next > lastRow {
		return ErrTooManyRows.With(maxRows)
	}
	x.row = next
	return nil
}

func (x *sheetReader) startCell(t xmlToken) error {
	x.kind, x.style, x.value, x.long, x.inText = "", 0, x.value[:0], false, false
	next := x.col + 1
	b := t.attrs
	if ref, ok := fastAttr(b, ` r="`); ok {
		col, n := 0, 0
		for n < len(ref) && ref[n] >= 'A' && ref[n] <= 'Z' && n < 4 {
			col = col*26 + int(ref[n]-'A') + 1
			n++
		}
		if n == 0 || n > 3 || col <= x.col {
			return ErrDamaged.With("cell reference out of order in row " + strconv.Itoa(x.row))
		}
		next = col
	}
	x.col = next
	if v, ok := fastAttr(b, ` t="`); ok {
		x.kind = kindName(v)
	}
	if v, ok := fastAttr(b, ` s="`); ok {
		x.style, _ = strconv.Atoi(string(v))
	}
	return nil
}

// kindName returns the cell types without making a string for each cell.
func kindName(v []byte) string {
	for _, k := range []string{"s", "n", "str", "inlineStr", "b", "e", "d"} {
		if string(v) == k {
			return k
		}
	}
	return "n"
}

// fastAttr finds an attribute in the form that every writer uses.
func fastAttr(b []byte, key string) ([]byte, bool) {
	i := bytes.Index(b, []byte(key))
	if i < 0 {
		return nil, false
	}
	b = b[i+len(key):]
	end := bytes.IndexByte(b, '"')
	if end < 0 {
		return nil, false
	}
	return b[:end], true
}

func (x *sheetReader) endCell() error {
	if len(x.value) == 0 && !x.long {
		return nil
	}
	kind := byte(cellText)
	text := x.value
	switch x.kind {
	case "s":
		i, err := strconv.Atoi(string(bytes.TrimSpace(text)))
		s, long, ok := x.shared.get(i)
		if err != nil || !ok {
			return ErrDamaged.With("shared text missing in row " + strconv.Itoa(x.row))
		}
		text, x.long = append(x.value[:0], s...), long
	case "str", "inlineStr":
		text = unicodeEscapes(text)
	case "b":
		kind = cellBool
	case "e":
		kind = cellError
	case "d":
		kind = cellDate
	default:
		text, kind = x.number(bytes.TrimSpace(text))
	}
	if x.long {
		kind = cellLong
	} else if len(text) == 0 {
		return nil
	}
	return x.out.set(x.col, kind, text)
}

// number brings a numeric cell to the text a person sees: whole numbers without
// point or exponent as far as a float holds them, dates as ISO.
func (x *sheetReader) number(text []byte) ([]byte, byte) {
	date := x.style > 0 && x.style < len(x.dates) && x.dates[x.style]
	if !date && len(text) <= 15 && bytes.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' }) < 0 {
		return text, cellNumber
	}
	f, err := strconv.ParseFloat(string(text), 64)
	if err != nil {
		return text, cellText
	}
	if date {
		if s, ok := serialDate(f, x.date1904); ok {
			return []byte(s), cellDate
		}
	}
	if bytes.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' }) < 0 {
		return text, cellNumber // written out in full by a program: keep every digit
	}
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.AppendFloat(nil, f, 'f', 0, 64), cellNumber
	}
	return strconv.AppendFloat(nil, f, 'G', 15, 64), cellNumber
}

// serialDate turns a spreadsheet's day count into an ISO date, with the time when
// there is one; ok is false outside of 1900 to 9999.
func serialDate(f float64, base1904 bool) (string, bool) {
	if base1904 {
		f += 1462
	}
	if !(f >= 1 && f < 2958466) {
		return "", false
	}
	if f < 60 {
		f++ // the format believes that 1900 was a leap year
	}
	day, part := math.Modf(f)
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(day)).Add(time.Duration(math.Round(part*86400)) * time.Second)
	if t.Hour()+t.Minute()+t.Second() == 0 {
		return t.Format("2006-01-02"), true
	}
	return t.Format("2006-01-02 15:04:05"), true
}

func (x *sheetReader) hiddenCols(t xmlToken) {
	if v, _ := t.attr("hidden"); v != "1" && v != "true" {
		return
	}
	lo, _ := t.attr("min")
	hi, _ := t.attr("max")
	a, err1 := strconv.Atoi(lo)
	z, err2 := strconv.Atoi(hi)
	if err1 != nil || err2 != nil {
		return
	}
	for c := max(a, 1); c <= min(z, maxCols) && len(x.done.Cols) < maxCols; c++ {
		x.done.Cols = append(x.done.Cols, c)
	}
}

// span reads "B2:D5" as top, left, bottom, right.
func span(ref string) (m [4]int, ok bool) {
	a, z, found := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !found {
		return m, false
	}
	r1, c1, ok1 := cellRef(a)
	r2, c2, ok2 := cellRef(z)
	return [4]int{r1, c1, r2, c2}, ok1 && ok2 && r1 <= r2 && c1 <= c2
}

func cellRef(s string) (row, col int, ok bool) {
	i := 0
	for i < len(s) && i < 3 && s[i] >= 'A' && s[i] <= 'Z' {
		col = col*26 + int(s[i]-'A') + 1
		i++
	}
	row, err := strconv.Atoi(s[i:])
	return row, col, err == nil && i > 0 && row >= 1 && row <= lastRow
}

// columnName returns A for 1, AA for 27.
func columnName(col int) string {
	s := ""
	for ; col > 0; col = (col - 1) / 26 {
		s = string(rune('A'+(col-1)%26)) + s
	}
	return s
}
