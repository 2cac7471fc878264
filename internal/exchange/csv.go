package exchange

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// readCSV writes the rows of a text file. Encoding and separator are found by
// content; quotes may hold separators, line ends and doubled quotes.
func readCSV(data []byte, out *rowWriter) (enc string, err error) {
	switch f := sniff(data); f {
	case "csv":
	case "old":
		return "", ErrOldFormat.With()
	default:
		return "", ErrNotSheet.With(f)
	}
	data, enc, err = decode(data)
	if err != nil {
		return enc, err
	}
	name := ""
	if err := writeFrame(out.w, frame{Sheet: &name}); err != nil {
		return enc, err
	}
	if err := splitCSV(data, separator(data), out); err != nil {
		return enc, err
	}
	return enc, writeFrame(out.w, frame{Done: true})
}

// decode turns the file into UTF-8: by byte-order mark, else UTF-8 when it is
// valid, else GB18030 (which contains GBK) when it reads without a wrong sign.
func decode(data []byte) ([]byte, string, error) {
	var e encoding.Encoding
	name := "GB18030"
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data, name = data[3:], "UTF-8 BOM"
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		e, name = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), "UTF-16LE"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		e, name = unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM), "UTF-16BE"
	case utf8.Valid(data):
		name = "UTF-8"
	default:
		e = simplifiedchinese.GB18030
	}
	if e != nil {
		var err error
		if data, err = e.NewDecoder().Bytes(data); err != nil {
			return nil, name, ErrEncoding.With().Because(err)
		}
	}
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 || e != nil && bytes.Contains(data, []byte("\ufffd")) {
		return nil, name, ErrEncoding.With()
	}
	return data, name, nil
}

// separator is the sign that stands outside of quotes in the same count on most of
// the first lines.
func separator(data []byte) byte {
	best, score := byte(','), 0
	for _, sep := range []byte{',', '\t', ';', '|'} {
		counts, n, quoted, lines := map[int]int{}, 0, false, 0
		for _, c := range data[:min(len(data), 64<<10)] {
			switch {
			case c == '"':
				quoted = !quoted
			case quoted:
			case c == sep:
				n++
			case c == '\n':
				counts[n]++
				n = 0
				lines++
			}
			if lines == 50 {
				break
			}
		}
		if n > 0 {
			counts[n]++
		}
		for k, times := range counts {
			if k > 0 && times*(k+1) > score {
				best, score = sep, times*(k+1)
			}
		}
	}
	return best
}

// splitCSV writes one row per record; the row number is the number of the line on
// which the record begins, as an editor shows it.
func splitCSV(data []byte, sep byte, out *rowWriter) error {
	line, start := 1, 1
	col := 0
	var cell []byte
	put := func() error {
		col++
		if len(cell) == 0 {
			return nil
		}
		err := out.set(col, cellText, cell)
		cell = cell[:0]
		return err
	}
	out.reset()
	for i := 0; i < len(data); {
		switch c := data[i]; {
		case c == '"' && len(bytes.TrimSpace(cell)) == 0:
			var n int
			var ok bool
			if cell, n, ok = quoted(data[i:], cell[:0]); !ok {
				return ErrQuotes.With(line)
			}
			line += bytes.Count(data[i:i+n], []byte("\n"))
			i += n
			continue
		case c == sep:
			if err := put(); err != nil {
				return err
			}
		case c == '\n' || c == '\r':
			if c == '\r' && i+1 < len(data) && data[i+1] == '\n' {
				i++
			}
			if err := put(); err != nil {
				return err
			}
			if err := out.flush(start); err != nil {
				return err
			}
			out.reset()
			line++
			start, col = line, 0
		default:
			cell = append(cell, c)
		}
		i++
	}
	if err := put(); err != nil {
		return err
	}
	return out.flush(start)
}

// quoted reads a quoted cell at the start of b and returns its text and the count
// of bytes it took; ok is false when it never closes.
func quoted(b, cell []byte) (text []byte, n int, ok bool) {
	for i := 1; i < len(b); i++ {
		if b[i] != '"' {
			cell = append(cell, b[i])
			continue
		}
		if i+1 < len(b) && b[i+1] == '"' {
			cell = append(cell, '"')
			i++
			continue
		}
		return cell, i + 1, true
	}
	return nil, 0, false
}
