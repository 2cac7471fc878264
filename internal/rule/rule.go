package rule

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/ext"
)

// Limits of one expression: characters of source, and cost units of one
// evaluation as CEL counts them.
const (
	MaxSource = 2000
	MaxCost   = 100_000
)

// Method is a function called on a declared struct, as in
// facts.days_since("last-positive"). Args and Result are samples that give the
// types: "", int64(0), 0.0, false, []string(nil) or a declared struct.
type Method struct {
	On     any
	Name   string
	Args   []any
	Result any
	Call   func(self any, args []any) any
}

// Spec declares what expressions may speak of. Vars maps a name to a sample of
// its type; Types lists structs that methods return. Struct fields are named by
// their `cel` tag.
type Spec struct {
	Vars    map[string]any
	Types   []any
	Methods []Method
}

// Env compiles expressions over one Spec. It is safe for concurrent use.
type Env struct{ cel *cel.Env }

// Expr is a compiled, type-checked expression that yields a boolean.
type Expr struct {
	Source string
	prog   cel.Program
}

// Issue is one thing wrong with an expression. Line and Column count from 1
// within the expression.
type Issue struct {
	Line, Column int
	Message      string
}

// NewEnv builds an environment; an error means the Spec itself is wrong.
func NewEnv(s Spec) (*Env, error) {
	var opts []cel.EnvOption
	var natives []any
	seen := map[reflect.Type]bool{}
	note := func(sample any) {
		if t := structOf(sample); t != nil && !seen[t] {
			seen[t] = true
			natives = append(natives, t)
		}
	}
	for _, v := range s.Vars {
		note(v)
	}
	for _, v := range s.Types {
		note(v)
	}
	if len(natives) > 0 {
		opts = append(opts, ext.NativeTypes(append(natives, ext.ParseStructTags(true))...))
	}
	for name, v := range s.Vars {
		opts = append(opts, cel.Variable(name, typeOf(v)))
	}
	var adapter types.Adapter // known once the environment stands; methods run later
	value := func(v any) ref.Val { return adapter.NativeToValue(v) }
	for i, m := range s.Methods {
		opts = append(opts, method(i, m, value))
	}
	env, err := cel.NewEnv(opts...)
	if err != nil {
		return nil, fmt.Errorf("rule: environment: %w", err)
	}
	adapter = env.CELTypeAdapter()
	return &Env{env}, nil
}

func method(i int, m Method, value func(any) ref.Val) cel.EnvOption {
	args := []*cel.Type{typeOf(m.On)}
	for _, a := range m.Args {
		args = append(args, typeOf(a))
	}
	return cel.Function(m.Name, cel.MemberOverload(fmt.Sprintf("%s_%d", m.Name, i), args, typeOf(m.Result),
		cel.FunctionBinding(func(vals ...ref.Val) ref.Val {
			in := make([]any, 0, len(vals)-1)
			for _, v := range vals[1:] {
				in = append(in, v.Value())
			}
			return value(m.Call(vals[0].Value(), in))
		})))
}

func structOf(sample any) reflect.Type {
	t := reflect.TypeOf(sample)
	if t != nil && t.Kind() == reflect.Struct {
		return t
	}
	return nil
}

func typeOf(sample any) *cel.Type {
	switch sample.(type) {
	case string:
		return cel.StringType
	case int64, int:
		return cel.IntType
	case float64:
		return cel.DoubleType
	case bool:
		return cel.BoolType
	case []string:
		return cel.ListType(cel.StringType)
	}
	if t := structOf(sample); t != nil {
		return cel.ObjectType(t.String())
	}
	return cel.DynType
}

// Compile checks an expression that must yield a boolean. Unknown names, wrong
// types and expressions that are too long come back as issues.
func (e *Env) Compile(source string) (*Expr, []Issue) {
	if len(source) > MaxSource {
		return nil, []Issue{{1, 1, fmt.Sprintf("expression longer than %d bytes", MaxSource)}}
	}
	ast, iss := e.cel.Compile(source)
	if iss != nil && iss.Err() != nil {
		var out []Issue
		for _, x := range iss.Errors() {
			msg := strings.ReplaceAll(x.Message, " (in container '')", "")
			out = append(out, Issue{max(x.Location.Line(), 1), x.Location.Column() + 1, msg})
		}
		return nil, out
	}
	if !ast.OutputType().IsExactType(cel.BoolType) {
		return nil, []Issue{{1, 1, "must yield true or false, yields " + ast.OutputType().String()}}
	}
	prog, err := e.cel.Program(ast, cel.CostLimit(MaxCost), cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		return nil, []Issue{{1, 1, err.Error()}}
	}
	return &Expr{Source: source, prog: prog}, nil
}

// Bool evaluates the expression over the variables. An error means a fact was
// missing at run time or the cost limit was passed; it is never a yes.
func (x *Expr) Bool(vars map[string]any) (bool, error) {
	v, _, err := x.prog.Eval(vars)
	if err != nil {
		return false, fmt.Errorf("rule: %s: %w", x.Source, err)
	}
	b, ok := v.Value().(bool)
	if !ok {
		return false, errors.New("rule: " + x.Source + ": no boolean")
	}
	return b, nil
}
