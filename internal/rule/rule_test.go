package rule

import (
	"strings"
	"testing"
)

type place struct {
	Kind string   `cel:"kind"`
	Tags []string `cel:"tags"`
}

type done struct {
	Complete bool `cel:"complete"`
}

type facts struct{ days map[string]int64 }

func env(t testing.TB) *Env {
	t.Helper()
	e, err := NewEnv(Spec{
		Vars: map[string]any{"place": place{}, "facts": facts{}}, Types: []any{done{}},
		Methods: []Method{
			{On: facts{}, Name: "days_since", Args: []any{""}, Result: int64(0),
				Call: func(self any, a []any) any { return self.(facts).days[a[0].(string)] }},
			{On: facts{}, Name: "round", Args: []any{""}, Result: done{},
				Call: func(self any, a []any) any { return done{Complete: a[0] == "sampling"} }},
		}})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestBool(t *testing.T) {
	e := env(t)
	vars := map[string]any{"place": place{"estate", []string{"no-management"}}, "facts": facts{map[string]int64{"last-positive": 8}}}
	for src, want := range map[string]bool{
		`place.tags.exists(t, t == "no-management")`:                                 true,
		`place.kind == "mall"`:                                                       false,
		`facts.days_since("last-positive") >= 7 && facts.round("sampling").complete`: true,
		`facts.round("sweep").complete`:                                              false,
	} {
		x, iss := e.Compile(src)
		if iss != nil {
			t.Fatalf("%s: %v", src, iss)
		}
		got, err := x.Bool(vars)
		if err != nil || got != want {
			t.Errorf("%s = %v, %v; want %v", src, got, err, want)
		}
	}
}

func TestCompileNamesWhatIsWrong(t *testing.T) {
	e := env(t)
	for src, want := range map[string]string{
		`nobody.knows`:                           "undeclared reference to 'nobody'",
		`place.colour == "red"`:                  "undefined field 'colour'",
		`facts.days_since(3) > 1`:                "found no matching overload",
		`place.kind`:                             "must yield true or false",
		`facts.round("x").done`:                  "undefined field 'done'",
		`1 +`:                                    "Syntax error",
		strings.Repeat("true || ", 500) + "true": "longer than",
	} {
		_, iss := e.Compile(src)
		if len(iss) == 0 || !strings.Contains(iss[0].Message, want) {
			t.Errorf("%.40s: issues %v, want %q", src, iss, want)
		}
		if len(iss) > 0 && (iss[0].Line < 1 || iss[0].Column < 1) {
			t.Errorf("%s: no position: %v", src, iss[0])
		}
	}
}

func TestCostIsLimited(t *testing.T) {
	x, iss := env(t).Compile(`place.tags.all(a, place.tags.all(b, place.tags.all(c, a != b || b != c || a == c)))`)
	if iss != nil {
		t.Fatal(iss)
	}
	tags := strings.Split(strings.Repeat("x,", 200)+"y", ",")
	if _, err := x.Bool(map[string]any{"place": place{Tags: tags}, "facts": facts{}}); err == nil {
		t.Fatal("an expression without bound was evaluated to its end")
	}
}
