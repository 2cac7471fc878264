package mode

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Limits of a playbook file: bytes, lines, bytes of one line, and nesting.
const (
	MaxBytes = 1 << 20
	maxLines = 20_000
	maxLine  = 4_000
	maxDepth = 24
	// maxFields is how many fields one map may have; more are not looked at.
	maxFields = 600
)

// node is one value of the file with its position. Exactly one of fields, items
// and scalar carries it, as kind says.
type node struct {
	kind      byte // 'm' map, 'l' list, 's' string, 'n' number, 'b' bool, '0' null
	line, col int
	fields    []field
	items     []*node
	scalar    any
	full      bool // has more fields than are looked at
}

type field struct {
	name      string
	line, col int // of the key
	value     *node
}

// get returns the value of a key, or nil. It is safe on nil.
func (n *node) get(name string) *node {
	if n == nil {
		return nil
	}
	for i := range n.fields {
		if n.fields[i].name == name {
			return n.fields[i].value
		}
	}
	return nil
}

func (n *node) str() string {
	if n == nil || n.kind != 's' {
		return ""
	}
	return n.scalar.(string)
}

func (n *node) num() float64 {
	if n == nil {
		return 0
	}
	switch v := n.scalar.(type) {
	case int64:
		return float64(v)
	case uint64:
		return float64(v)
	case float64:
		return v
	}
	return 0
}

func (n *node) int() int {
	f := n.num()
	if f > 1e9 || f < -1e9 {
		return 0
	}
	return int(f)
}

func (n *node) bool() bool {
	if n == nil {
		return false
	}
	b, _ := n.scalar.(bool)
	return b
}

func (n *node) list() []*node {
	if n == nil {
		return nil
	}
	return n.items
}

func (n *node) strs() (out []string) {
	for _, i := range n.list() {
		out = append(out, i.str())
	}
	return out
}

// plain is the value as JSON Schema sees it.
func (n *node) plain() any {
	switch n.kind {
	case 'm':
		m := make(map[string]any, len(n.fields))
		for _, f := range n.fields {
			m[f.name] = f.value.plain()
		}
		return m
	case 'l':
		l := make([]any, len(n.items))
		for i, v := range n.items {
			l[i] = v.plain()
		}
		return l
	}
	return n.scalar
}

// canon writes the value in one fixed form that keeps the order of fields and
// drops comments, quotes and layout.
func (n *node) canon(b *bytes.Buffer) {
	switch n.kind {
	case 'm':
		b.WriteByte('{')
		for _, f := range n.fields {
			fmt.Fprintf(b, "%q:", f.name)
			f.value.canon(b)
			b.WriteByte(',')
		}
		b.WriteByte('}')
	case 'l':
		b.WriteByte('[')
		for _, v := range n.items {
			v.canon(b)
			b.WriteByte(',')
		}
		b.WriteByte(']')
	default:
		j, err := json.Marshal(n.scalar)
		if err != nil {
			j = []byte(fmt.Sprintf("%q", fmt.Sprint(n.scalar)))
		}
		b.Write(j)
	}
}

// read turns a file into a tree, or says why it cannot be read.
func read(data []byte, ps *problems) *node {
	if !fits(data, ps) {
		return nil
	}
	file, err := parse(data)
	if err != nil {
		var se *yaml.SyntaxError
		if errors.As(err, &se) && se.Token != nil && se.Token.Position != nil {
			ps.addAt(se.Token.Position.Line, se.Token.Position.Column, ErrYAML, yamlWords(se.Message))
		} else {
			ps.add(nil, ErrYAML, yamlWords(err.Error()))
		}
		return nil
	}
	var body ast.Node
	for _, d := range file.Docs {
		if d == nil || d.Body == nil {
			continue
		}
		if d.Body.Type() == ast.DirectiveType || body != nil {
			ps.addAt(tokenPos(d.Body), 1, ErrYAML, two{"一个文件只能有一份预案", "one file holds one playbook"})
			return nil
		}
		body = d.Body
	}
	if body == nil {
		ps.add(nil, ErrYAML, two{"文件是空的", "the file is empty"})
		return nil
	}
	before := len(ps.list)
	root := build(body, ps, 0)
	if len(ps.list) > before && root == nil {
		return nil
	}
	if root.kind != 'm' {
		ps.add(root, ErrYAML, two{"最外层应是「字段: 值」", "the top must be \"field: value\" pairs"})
		return nil
	}
	return root
}

func tokenPos(n ast.Node) int {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 1
}

// parse shields the process from a panic in the YAML reader.
func parse(data []byte) (f *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("unreadable text")
		}
	}()
	return parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
}

// fits refuses what is too large, no text, or nested beyond reason, before any
// parser walks into it. Brackets within quotes count too; the limit is far above
// what any text needs.
func fits(data []byte, ps *problems) bool {
	if len(data) > MaxBytes {
		ps.add(nil, ErrSize, fmt.Sprintf("%d > %d bytes", len(data), MaxBytes))
		return false
	}
	open, line := 0, 0
	for rest := data; len(rest) > 0; {
		line++
		row := rest
		if i := bytes.IndexByte(rest, '\n'); i >= 0 {
			row, rest = rest[:i], rest[i+1:]
		} else {
			rest = nil
		}
		if !utf8.Valid(row) {
			ps.addAt(line, 1, ErrYAML, two{"不是 UTF-8 文字", "not UTF-8 text"})
			return false
		}
		col, bad := scanRow(row, &open)
		if bad == "" && line > maxLines {
			bad = fmt.Sprintf("> %d lines", maxLines)
		}
		if bad != "" {
			ps.addAt(line, col, ErrSize, bad)
			return false
		}
	}
	return true
}

func scanRow(row []byte, open *int) (col int, bad string) {
	if len(row) > maxLine {
		return maxLine, fmt.Sprintf("line > %d bytes", maxLine)
	}
	lead := 0
	for i, c := range row {
		switch {
		case c == '[' || c == '{':
			*open++
		case (c == ']' || c == '}') && *open > 0:
			*open--
		case (c == '-' || c == '?' || c == ':' || c == '&' || c == '!' || c == '*') && (i == 0 || row[i-1] == ' '):
			lead++
		case c < ' ' && c != '\t' && c != '\r':
			return i + 1, fmt.Sprintf("control character %#x", c)
		}
		if *open > 2*maxDepth || lead > 4*maxDepth {
			return i + 1, fmt.Sprintf("nesting > %d", maxDepth)
		}
	}
	if indent := len(row) - len(bytes.TrimLeft(row, " ")); indent < len(row) && indent > 8*maxDepth {
		return indent, fmt.Sprintf("indent > %d", 8*maxDepth)
	}
	return 0, ""
}
