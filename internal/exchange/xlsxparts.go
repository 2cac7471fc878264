package exchange

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// sharedStrings are the texts that cells name by number, in chunks so that they
// grow without copying. A text beyond the limit of a cell keeps its beginning and
// is marked.
type sharedStrings struct {
	chunks [][]string
	long   map[int]bool
	n      int
	bytes  int
}

const (
	sharedChunk = 8192
	maxShared   = 96 << 20 // bytes with 24 for each text
)

func (s *sharedStrings) add(text []byte, long bool) error {
	if s.n%sharedChunk == 0 {
		s.chunks = append(s.chunks, make([]string, 0, sharedChunk))
	}
	if long || len(text) > maxCell && utf8.RuneCount(text) > maxCell {
		if s.long == nil {
			s.long = map[int]bool{}
		}
		s.long[s.n] = true
		text = head(text, 60)
	}
	last := len(s.chunks) - 1
	s.chunks[last] = append(s.chunks[last], string(text))
	s.n++
	if s.bytes += len(text) + 24; s.bytes > maxShared {
		return ErrTooMuchText.With()
	}
	return nil
}

func (s *sharedStrings) get(i int) (text string, long, ok bool) {
	if i < 0 || i >= s.n {
		return "", false, false
	}
	return s.chunks[i/sharedChunk][i%sharedChunk], s.long[i], true
}

func (b *book) readShared(name string) error {
	if name == "" {
		return nil
	}
	var text []byte
	inText, phonetic, long := false, 0, false
	_, err := b.each(name, func(t xmlToken) error {
		switch {
		case t.kind == 't':
			if inText && phonetic == 0 {
				var err error
				text, long, err = addText(text, t, long)
				return err
			}
		case t.kind == '<':
			switch string(t.name) {
			case "si":
				text, long = text[:0], false
				if t.empty {
					return b.shared.add(nil, false)
				}
			case "t":
				inText = !t.empty
			case "rPh":
				if !t.empty {
					phonetic++
				}
			}
		case string(t.name) == "t":
			inText = false
		case string(t.name) == "rPh":
			phonetic--
		case string(t.name) == "si":
			return b.shared.add(unicodeEscapes(text), long)
		}
		return nil
	})
	return err
}

// addText appends a piece of text unless the whole is too long already.
func addText(to []byte, t xmlToken, long bool) ([]byte, bool, error) {
	if t.huge || len(to)+len(t.text) > scanMax {
		return to, true, nil
	}
	piece := t.text
	if !t.raw {
		var err error
		if piece, err = unescape(piece); err != nil {
			return to, long, err
		}
	}
	return append(to, piece...), long, nil
}

// unicodeEscapes undoes _x000D_, the format's way to write control signs.
func unicodeEscapes(b []byte) []byte {
	s := string(b)
	if !strings.Contains(s, "_x") {
		return b
	}
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '_' && i+7 <= len(s) && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil && utf8.ValidRune(rune(n)) {
				out = utf8.AppendRune(out, rune(n))
				i += 6
				continue
			}
		}
		out = append(out, s[i])
	}
	return out
}

// readStyles learns which cell styles show numbers as dates.
func (b *book) readStyles(name string) error {
	if name == "" {
		return nil
	}
	custom := map[int]bool{}
	inCells := false
	_, err := b.each(name, func(t xmlToken) error {
		switch string(t.name) {
		case "numFmt":
			id, _ := t.attr("numFmtId")
			code, _ := t.attr("formatCode")
			if n, err := strconv.Atoi(id); err == nil && t.kind == '<' {
				custom[n] = dateFormat(code)
			}
		case "cellXfs":
			inCells = t.kind == '<' && !t.empty
		case "xf":
			if inCells && t.kind == '<' && len(b.dates) < 65536 {
				id, _ := t.attr("numFmtId")
				n, _ := strconv.Atoi(id)
				is, ok := custom[n]
				b.dates = append(b.dates, ok && is || !ok && builtinDate(n))
			}
		}
		return nil
	})
	return err
}

// builtinDate says which of the format's own number formats are dates; 27–36 and
// 50–58 are the Chinese ones.
func builtinDate(n int) bool {
	return n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 45 && n <= 47 || n >= 50 && n <= 58
}

// dateFormat says whether a format code shows a date: a y, m, d, h or s, or 年月日,
// outside of quotes, brackets and escapes.
func dateFormat(code string) bool {
	quoted, bracket, skip := false, false, false
	for _, r := range code {
		switch {
		case skip:
			skip = false
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '\\', r == '_', r == '*':
			skip = true
		case r == '[':
			bracket = true
		case r == ']':
			bracket = false
		case bracket:
		case strings.ContainsRune("ymdhsYMDHS年月日", r):
			return !strings.EqualFold(code, "General")
		}
	}
	return false
}
