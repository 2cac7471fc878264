package exchange

import (
	"bufio"
	"strconv"
	"unicode/utf8"
)

// Limits of a sheet, inside and outside the child process.
const (
	maxRows  = 1_000_000
	maxCols  = 512
	maxCell  = 32767 // characters
	maxText  = 256 << 20
	lastRow  = 1_048_576 // of the file format
	maxMerge = 200_000
)

// childJob is the first line on the child's standard input; the file follows it.
type childJob struct {
	Size    int `json:"size"`
	MaxRows int `json:"max_rows"`
}

// frame is one line that the child writes. Sheet opens a sheet, R is a row, Done
// closes the sheet with what is known only then, End closes the file, Fault ends
// it. A stream without End is a child that died.
type frame struct {
	Sheet    *string  `json:"sheet,omitempty"`
	Hidden   bool     `json:"hidden,omitempty"`
	R        int      `json:"r,omitempty"`
	T        string   `json:"t,omitempty"` // one letter a cell; all text when empty
	C        []string `json:"c,omitempty"`
	Done     bool     `json:"done,omitempty"`
	Cols     []int    `json:"cols,omitempty"`   // hidden columns, from 1
	Merges   [][4]int `json:"merges,omitempty"` // top, left, bottom, right, from 1
	End      bool     `json:"end,omitempty"`
	Format   string   `json:"format,omitempty"`
	Encoding string   `json:"encoding,omitempty"`
	Fault    string   `json:"fault,omitempty"`
	Args     []string `json:"args,omitempty"`
	Where    string   `json:"where,omitempty"`
}

// Types of a cell as the file had them.
const (
	cellText   = 's'
	cellNumber = 'n'
	cellDate   = 'd' // a number under a date format, given as ISO date
	cellBool   = 'b'
	cellError  = 'e' // #REF! and its like
	cellLong   = 'x' // longer than maxCell; only its beginning is given
)

// rowWriter writes row frames without reflection; rows are nine tenths of the work.
type rowWriter struct {
	w     *bufio.Writer
	line  []byte
	types []byte
	text  []byte
	ends  []int
	n     int // rows written
	max   int
}

func (w *rowWriter) reset() { w.types, w.text, w.ends = w.types[:0], w.text[:0], w.ends[:0] }

// set puts a cell at column col (from 1). Columns come in rising order.
func (w *rowWriter) set(col int, kind byte, text []byte) error {
	if col > maxCols {
		return ErrTooWide.With(maxCols)
	}
	for len(w.types) < col-1 {
		w.types = append(w.types, cellText)
		w.ends = append(w.ends, len(w.text))
	}
	if kind != cellLong && len(text) > maxCell && utf8.RuneCount(text) > maxCell {
		kind = cellLong
	}
	if kind == cellLong {
		text = head(text, 60)
	}
	w.types = append(w.types, kind)
	w.text = append(w.text, text...)
	w.ends = append(w.ends, len(w.text))
	return nil
}

func head(b []byte, n int) []byte {
	for i := range string(b[:min(len(b), 4*n+4)]) {
		if n--; n < 0 {
			return b[:i]
		}
	}
	return b[:min(len(b), 4*n+4)]
}

// flush writes the row; a row without content is not written.
func (w *rowWriter) flush(row int) error {
	if len(w.types) == 0 {
		return nil
	}
	if w.n++; w.n > w.max {
		return ErrTooManyRows.With(w.max)
	}
	b := append(w.line[:0], `{"r":`...)
	b = strconv.AppendInt(b, int64(row), 10)
	plain := true
	for _, t := range w.types {
		plain = plain && t == cellText
	}
	if !plain {
		b = append(append(append(b, `,"t":"`...), w.types...), '"')
	}
	b = append(b, `,"c":[`...)
	from := 0
	for i, end := range w.ends {
		if i > 0 {
			b = append(b, ',')
		}
		b = quoteJSON(b, w.text[from:end])
		from = end
	}
	w.line = append(b, "]}\n"...)
	_, err := w.w.Write(w.line)
	return err
}

// quoteJSON appends s as a JSON string. Control signs other than line ends and
// tabs become spaces, bytes that are no UTF-8 become the replacement sign.
func quoteJSON(b, s []byte) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRune(s[i:])
			if r == utf8.RuneError && n == 1 {
				b = append(append(b, s[from:i]...), "\ufffd"...)
				from = i + 1
			}
			i += n
			continue
		}
		b = append(b, s[from:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, ' ')
		}
		i++
		from = i
	}
	return append(append(b, s[from:]...), '"')
}
