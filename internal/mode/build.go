package mode

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"
)

// build copies the reader's tree into ours, refusing anchors, aliases, tags,
// merge keys and keys that occur twice. It returns nil when nothing is left.
func build(n ast.Node, ps *problems, depth int) *node {
	out := &node{line: 1, col: 1, kind: '0'}
	if n == nil {
		return out
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		out.line, out.col = t.Position.Line, t.Position.Column
	}
	if depth > maxDepth {
		ps.add(out, ErrSize, fmt.Sprintf("nesting > %d", maxDepth))
		return out
	}
	switch v := n.(type) {
	case *ast.MappingNode:
		out.kind = 'm'
		if !v.IsFlowStyle && len(v.Values) > 0 {
			out.at(v.Values[0].Key)
		}
		for _, mv := range v.Values {
			out.put(mv, ps, depth)
		}
	case *ast.MappingValueNode:
		out.kind = 'm'
		out.at(v.Key)
		out.put(v, ps, depth)
	case *ast.SequenceNode:
		out.kind = 'l'
		for _, i := range v.Values {
			out.items = append(out.items, build(i, ps, depth+1))
		}
	case *ast.StringNode:
		out.kind, out.scalar = 's', v.Value
	case *ast.LiteralNode:
		out.kind, out.scalar = 's', v.Value.Value
	case *ast.IntegerNode:
		out.kind, out.scalar = 'n', v.Value
	case *ast.FloatNode:
		out.kind, out.scalar = 'n', v.Value
	case *ast.BoolNode:
		out.kind, out.scalar = 'b', v.Value
	case *ast.NullNode:
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		ps.add(out, ErrAnchor, n.GetToken().Value)
	case *ast.InfinityNode, *ast.NanNode:
		out.kind, out.scalar = 's', n.GetToken().Value
	default:
		ps.add(out, ErrYAML, two{"这里看不懂", "this is not understood"})
	}
	return out
}

func (n *node) at(key ast.Node) {
	if key == nil {
		return
	}
	if t := key.GetToken(); t != nil && t.Position != nil {
		n.line, n.col = t.Position.Line, t.Position.Column
	}
}

func (n *node) put(mv *ast.MappingValueNode, ps *problems, depth int) {
	f := field{line: n.line, col: n.col}
	if mv.Key != nil && mv.Key.GetToken() != nil {
		t := mv.Key.GetToken()
		f.name = t.Value
		if t.Position != nil {
			f.line, f.col = t.Position.Line, t.Position.Column
		}
	}
	if mv.Key == nil || mv.Key.IsMergeKey() {
		ps.addAt(f.line, f.col, ErrAnchor, "<<")
		return
	}
	switch mv.Key.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MappingKeyNode:
		ps.addAt(f.line, f.col, ErrAnchor, f.name)
		return
	}
	if len(n.fields) >= maxFields {
		if len(n.fields) == maxFields && !n.full {
			n.full = true
			ps.addAt(f.line, f.col, ErrSize, fmt.Sprintf("> %d fields", maxFields))
		}
		return
	}
	if n.get(f.name) != nil {
		ps.addAt(f.line, f.col, ErrTwice, f.name)
		return
	}
	f.value = build(mv.Value, ps, depth+1)
	if f.value.kind == '0' {
		f.value.line, f.value.col = f.line, f.col
	}
	n.fields = append(n.fields, f)
}
