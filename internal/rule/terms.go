package rule

import (
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/parser"
)

// Term is one of the conditions that an expression joins with &&. Where it has
// one of the usual shapes its parts are known, so that it can be said in words:
// subject.method("arg") op number, subject.method("arg").field, or
// subject.method("arg"), each possibly turned round by !.
type Term struct {
	Source string
	Method string // "" when the shape is another
	Arg    string
	Field  string
	Op     string // >= > <= < == !=
	Number int64
	Not    bool
	expr   *Expr
}

// Bool evaluates the term alone.
func (t *Term) Bool(vars map[string]any) (bool, error) { return t.expr.Bool(vars) }

// Terms splits a compiled expression at its outermost &&. An expression without
// any is one term.
func (e *Env) Terms(x *Expr) ([]Term, error) {
	tree, iss := e.cel.Compile(x.Source)
	if iss != nil && iss.Err() != nil {
		return nil, iss.Err()
	}
	native := tree.NativeRep()
	var out []Term
	var walk func(n ast.Expr) error
	walk = func(n ast.Expr) error {
		if n.Kind() == ast.CallKind && n.AsCall().FunctionName() == operators.LogicalAnd {
			for _, a := range n.AsCall().Args() {
				if err := walk(a); err != nil {
					return err
				}
			}
			return nil
		}
		t, err := e.term(n, native.SourceInfo())
		if err == nil {
			out = append(out, t)
		}
		return err
	}
	return out, walk(native.Expr())
}

func (e *Env) term(n ast.Expr, info *ast.SourceInfo) (Term, error) {
	src, err := parser.Unparse(n, info)
	if err != nil {
		return Term{}, err
	}
	t := Term{Source: src}
	x, issues := e.Compile(src)
	if len(issues) > 0 {
		return t, &compileError{issues[0]}
	}
	t.expr = x
	shape(n, &t)
	return t, nil
}

type compileError struct{ Issue }

// Error says what is wrong with the term.
func (e *compileError) Error() string { return "rule: " + e.Message }

var comparisons = map[string]string{operators.GreaterEquals: ">=", operators.Greater: ">", operators.LessEquals: "<=",
	operators.Less: "<", operators.Equals: "==", operators.NotEquals: "!="}

// shape fills in the parts of a term of a usual shape.
func shape(n ast.Expr, t *Term) {
	if n.Kind() == ast.CallKind && n.AsCall().FunctionName() == operators.LogicalNot {
		t.Not = true
		n = n.AsCall().Args()[0]
	}
	if n.Kind() == ast.CallKind && comparisons[n.AsCall().FunctionName()] != "" {
		c := n.AsCall()
		lit := c.Args()[1]
		if lit.Kind() != ast.LiteralKind {
			return
		}
		num, ok := lit.AsLiteral().Value().(int64)
		if !ok {
			return
		}
		t.Op, t.Number = comparisons[c.FunctionName()], num
		n = c.Args()[0]
	}
	if n.Kind() == ast.SelectKind {
		t.Field = n.AsSelect().FieldName()
		n = n.AsSelect().Operand()
	}
	if n.Kind() != ast.CallKind {
		return
	}
	c := n.AsCall()
	if !c.IsMemberFunction() || len(c.Args()) != 1 || c.Args()[0].Kind() != ast.LiteralKind {
		return
	}
	arg, ok := c.Args()[0].AsLiteral().Value().(string)
	if !ok {
		return
	}
	t.Method, t.Arg = c.FunctionName(), arg
}
