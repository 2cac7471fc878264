package exchange

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// scanner walks through the XML of a workbook part as a stream of tags and texts.
// It knows just as much XML as workbooks use and refuses the rest: a DOCTYPE or
// an unknown entity ends it. Its memory is one buffer.
type scanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	eof      bool
	err      error
}

// xmlToken is a start tag ('<'), end tag ('/') or text ('t'). The slices hold
// until the next call.
type xmlToken struct {
	kind  byte
	name  []byte // without prefix
	attrs []byte
	text  []byte
	raw   bool // text from CDATA: entities mean themselves
	empty bool // start tag that closes itself
	huge  bool // text longer than the buffer; its content is not given
}

const (
	scanStart = 64 << 10
	scanMax   = 512 << 10 // longest tag, and longest text given whole
)

var errXML = errors.New("malformed XML")

func newScanner(r io.Reader) *scanner { return &scanner{r: r, buf: make([]byte, scanStart)} }

// more reads further bytes behind pos; false at the end or when the buffer is full
// at its greatest size.
func (s *scanner) more() bool {
	if s.eof || s.err != nil {
		return false
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= scanMax {
			return false
		}
		b := make([]byte, 2*len(s.buf))
		copy(b, s.buf[:s.end])
		s.buf = b
	}
	n, err := s.r.Read(s.buf[s.end:])
	s.end += n
	if err == io.EOF {
		s.eof = true
	} else if err != nil {
		s.err = err
		return false
	}
	return n > 0 || !s.eof
}

// find returns the offset behind pos of the next occurrence of sep, or -1.
func (s *scanner) find(sep string) int {
	from := 0
	for {
		if i := bytes.Index(s.buf[s.pos+from:s.end], []byte(sep)); i >= 0 {
			return from + i
		}
		from = max(0, s.end-s.pos-len(sep)+1)
		if !s.more() {
			return -1
		}
	}
}

// next returns the next token; io.EOF at the end.
func (s *scanner) next() (xmlToken, error) {
	for {
		if s.pos == s.end && !s.more() {
			if s.err != nil {
				return xmlToken{}, s.err
			}
			if s.pos == s.end {
				return xmlToken{}, io.EOF
			}
		}
		if s.pos == s.end {
			continue
		}
		if s.buf[s.pos] != '<' {
			return s.text()
		}
		tok, skip, err := s.tag()
		if err != nil || !skip {
			return tok, err
		}
	}
}

func (s *scanner) text() (xmlToken, error) {
	i := s.find("<")
	if i >= 0 {
		t := xmlToken{kind: 't', text: s.buf[s.pos : s.pos+i]}
		s.pos += i
		return t, nil
	}
	if s.err != nil {
		return xmlToken{}, s.err
	}
	if s.eof {
		t := xmlToken{kind: 't', text: s.buf[s.pos:s.end]}
		s.pos = s.end
		return t, nil
	}
	for { // longer than the buffer: run over it
		s.pos = s.end
		if i := s.find("<"); i >= 0 {
			s.pos += i
			return xmlToken{kind: 't', huge: true}, nil
		}
		if s.eof || s.err != nil {
			return xmlToken{}, errXML
		}
	}
}

func (s *scanner) tag() (tok xmlToken, skip bool, err error) {
	for s.end-s.pos < 9 && s.more() {
	}
	head := s.buf[s.pos:min(s.end, s.pos+9)]
	switch {
	case bytes.HasPrefix(head, []byte("<?")):
		return tok, true, s.skipTo("?>")
	case bytes.HasPrefix(head, []byte("<!--")):
		return tok, true, s.skipTo("-->")
	case bytes.HasPrefix(head, []byte("<![CDATA[")):
		i := s.find("]]>")
		if i < 0 {
			if s.eof {
				return tok, false, errXML
			}
			return xmlToken{kind: 't', huge: true}, false, s.skipTo("]]>")
		}
		tok = xmlToken{kind: 't', raw: true, text: s.buf[s.pos+9 : s.pos+i]}
		s.pos += i + 3
		return tok, false, nil
	case bytes.HasPrefix(head, []byte("<!")):
		return tok, false, ErrEntities.With()
	}
	i := s.tagEnd()
	if i < 0 {
		return tok, false, errXML
	}
	body := s.buf[s.pos+1 : s.pos+i]
	s.pos += i + 1
	tok.kind = '<'
	if len(body) > 0 && body[0] == '/' {
		tok.kind, body = '/', body[1:]
	} else if n := len(body); n > 0 && body[n-1] == '/' {
		tok.empty, body = true, body[:n-1]
	}
	n := 0
	for n < len(body) && body[n] != ' ' && body[n] != '\t' && body[n] != '\n' && body[n] != '\r' {
		n++
	}
	if n == 0 {
		return tok, false, errXML
	}
	tok.name, tok.attrs = local(body[:n]), body[n:]
	return tok, false, nil
}

// tagEnd finds the '>' that ends a tag, outside of quotes.
func (s *scanner) tagEnd() int {
	quote, i := byte(0), 0
	for {
		for b := s.buf[s.pos:s.end]; i < len(b); i++ {
			switch c := b[i]; {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '"' || c == '\'':
				quote = c
			case c == '>':
				return i
			}
		}
		if !s.more() {
			return -1
		}
	}
}

func (s *scanner) skipTo(sep string) error {
	for {
		if i := s.find(sep); i >= 0 {
			s.pos += i + len(sep)
			return nil
		}
		if s.eof || s.err != nil {
			return errXML
		}
		s.pos = max(s.pos, s.end-len(sep))
	}
}

func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// attr returns the value of an attribute by its local name, entities undone.
func (t xmlToken) attr(name string) (string, bool) {
	b := t.attrs
	for {
		b = bytes.TrimLeft(b, " \t\r\n")
		eq := bytes.IndexByte(b, '=')
		if eq < 0 {
			return "", false
		}
		key := local(bytes.TrimRight(b[:eq], " \t\r\n"))
		b = bytes.TrimLeft(b[eq+1:], " \t\r\n")
		if len(b) < 2 {
			return "", false
		}
		end := bytes.IndexByte(b[1:], b[0])
		if end < 0 {
			return "", false
		}
		if string(key) == name {
			v, err := unescape(b[1 : 1+end])
			return string(v), err == nil
		}
		b = b[end+2:]
	}
}

// unescape undoes the five entities and character numbers; any other entity is a fault.
func unescape(b []byte) ([]byte, error) {
	i := bytes.IndexByte(b, '&')
	if i < 0 {
		return b, nil
	}
	out := append(make([]byte, 0, len(b)), b[:i]...)
	for b = b[i:]; len(b) > 0; {
		if b[0] != '&' {
			n := bytes.IndexByte(b, '&')
			if n < 0 {
				n = len(b)
			}
			out, b = append(out, b[:n]...), b[n:]
			continue
		}
		end := bytes.IndexByte(b[:min(len(b), 12)], ';')
		if end < 0 {
			return nil, ErrEntities.With()
		}
		switch name := string(b[1:end]); name {
		case "amp":
			out = append(out, '&')
		case "lt":
			out = append(out, '<')
		case "gt":
			out = append(out, '>')
		case "quot":
			out = append(out, '"')
		case "apos":
			out = append(out, '\'')
		default:
			base, digits := 10, name
			if len(digits) < 2 || digits[0] != '#' {
				return nil, ErrEntities.With()
			}
			if digits = digits[1:]; digits[0] == 'x' || digits[0] == 'X' {
				base, digits = 16, digits[1:]
			}
			n, err := strconv.ParseUint(digits, base, 21)
			if err != nil || !utf8.ValidRune(rune(n)) {
				return nil, errXML
			}
			out = utf8.AppendRune(out, rune(n))
		}
		b = b[end+1:]
	}
	return out, nil
}
