package access_test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"shouwang/internal/access"
	. "shouwang/internal/access/accesstest"
)

var now = time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)

func guard(t testing.TB) *access.Guard {
	t.Helper()
	g, err := access.New()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// paths is a place for each relation, as seen from somebody who holds 1.2.3.
var paths = map[Relation]string{OwnPlace: "1.2.3.", Below: "1.2.3.4.5.", Above: "1.2.", Sibling: "1.2.31.", OtherCommunity: "1.7.3.", Absent: "1.2.zz."}

// setting makes a viewer who holds only the role at 1.2.3. and the context.
func setting(role access.Role, st State) (*access.Viewer, access.Context) {
	grant := access.Grant{Account: "a", Role: role, Path: "1.2.3.", Why: access.Static}
	if st.Task {
		grant.Why, grant.Until = access.PostWhy("7"), now.Add(time.Hour)
	}
	var ctx access.Context
	if st.Emergency {
		ctx.Emergency = []string{"1."}
	}
	return access.NewViewer("a", []access.Grant{grant}, now), ctx
}

// differ returns the first cells in which the guard and the table disagree.
func differ(g *access.Guard, most int) (out []string) {
	for _, action := range access.Actions {
		for _, r := range access.Roles {
			for _, st := range States {
				v, ctx := setting(r.Role, st)
				for _, rel := range Relations {
					want := Expect(action, r.Role, rel, st)
					if len(out) == most {
						return out
					}
					if got := g.Decide(v, action, paths[rel], ctx).Allowed; got != want {
						out = append(out, fmt.Sprintf("%s %s %s %+v: %v, table says %v", r.Role, action, rel, st, got, want))
					}
				}
			}
		}
	}
	return out
}

// Every role, every action, every relation, against the table written by hand.
func TestPoliciesAgreeWithTheTable(t *testing.T) {
	for _, d := range differ(guard(t), 1000) {
		t.Error(d)
	}
	if n := len(Table()); n != len(access.Actions) {
		t.Errorf("%d rows in the table, %d actions", n, len(access.Actions))
	}
	for action, row := range Table() {
		if len(row) != len(access.Roles) {
			t.Errorf("%s: %d roles in the table", action, len(row))
		}
	}
}

// blocks cuts the policy file into policies with the comments before them.
func blocks(t *testing.T) []string {
	out := strings.SplitAfter(string(access.Policies()), ";\n")
	if last := len(out) - 1; strings.TrimSpace(out[last]) == "" {
		out = out[:last]
	}
	if len(out) < 10 {
		t.Fatalf("only %d policies found", len(out))
	}
	return out
}

// Without any one policy the table is no longer met.
func TestEachPolicyIsNeeded(t *testing.T) {
	all := blocks(t)
	for i := range all {
		text := strings.Join(append(append([]string{}, all[:i]...), all[i+1:]...), "")
		g, err := access.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if len(differ(g, 1)) == 0 {
			t.Errorf("nobody misses this policy:\n%s", all[i])
		}
	}
	t.Logf("%d policies taken away one by one", len(all))
}

var actionLine = regexp.MustCompile(`(?m)^\s+(?:Action|Role)::"[a-z.]+",?\n`)

// Nor without any one line that names an action or a role, nor without one
// condition.
func TestEachLineIsNeeded(t *testing.T) {
	text, lines := string(access.Policies()), 0
	check := func(from, to int, with string) {
		lines++
		g, err := access.Parse([]byte(text[:from] + with + text[to:]))
		if err != nil {
			t.Fatalf("without %q: %v", text[from:to], err)
		}
		if len(differ(g, 1)) == 0 {
			t.Errorf("nobody misses the line at byte %d: %q", from, text[from:to])
		}
	}
	for _, m := range actionLine.FindAllStringIndex(text, -1) {
		check(m[0], m[1], "")
	}
	for _, cut := range []string{`resource in Held::"task" && `, ` && resource in Emergency::"in-force"`, ` in Role::"signed-in"`} {
		i := strings.Index(text, cut)
		if cut[1] == 'i' { // the condition on the principal: nobody must not be let in
			g, err := access.Parse([]byte(text[:i] + text[i+len(cut):]))
			if err != nil || !g.Decide(access.NewViewer("", nil, now), access.MeRead, "", access.Context{}).Allowed {
				t.Errorf("nobody misses %q (%v)", cut, err)
			}
			continue
		}
		check(i, i+len(cut), "")
	}
	for _, r := range access.Roles { // and each "in Held" widened to everywhere
		cut := fmt.Sprintf("resource in Held::%q\n", r.Role)
		i := strings.LastIndex(text, cut)
		if i < 0 {
			t.Fatalf("no policy for %s", r.Role)
		}
		check(i, i+len(cut), "resource\n")
	}
	t.Logf("%d lines taken away one by one", lines)
	if lines < 200 {
		t.Errorf("only %d lines found", lines)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, bad := range []string{
		`permit (principal, action, resource);`,
		`@id("a") permit (principal, action == Action::"place.reed", resource);`,
		`@id("a") permit (principal, action, resource); @id("a") permit (principal, action, resource);`,
		`@id("a") permit (principal, action, resource)`,
		`@id("a") permit (principal, action, resource in Place::"1.");`,
		strings.Repeat(`@id("a") permit (principal, action, resource);`, 200),
	} {
		if _, err := access.Parse([]byte(bad)); !errors.Is(err, access.ErrPolicies) {
			t.Errorf("%.60s: %v", bad, err)
		}
	}
}

// The answers of Check are the outcomes that API tests expect, and out of scope
// cannot be told from absent.
func TestCheckAnswers(t *testing.T) {
	g := guard(t)
	for _, action := range access.Actions {
		for _, r := range access.Roles {
			for _, st := range States {
				v, ctx := setting(r.Role, st)
				for _, rel := range Relations {
					err, want := g.Check(v, action, paths[rel], ctx), Answer(action, r.Role, rel, st)
					ok := map[Outcome]bool{Allowed: err == nil, Forbidden: errors.Is(err, access.ErrForbidden), NotHere: errors.Is(err, access.ErrNotHere)}[want]
					if !ok {
						t.Fatalf("%s %s %s %+v: %v, want %s", r.Role, action, rel, st, err, want)
					}
				}
			}
		}
	}
	if err := g.Check(access.NewViewer("", nil, now), access.PlaceRead, "1.", access.Context{}); !errors.Is(err, access.ErrSignIn) {
		t.Error(err)
	}
	if err := g.Check(nil, access.MeRead, "", access.Context{}); !errors.Is(err, access.ErrSignIn) {
		t.Error(err)
	}
	v, _ := setting(access.Lead, State{})
	if err := g.Check(v, access.PlaybookCheck, "", access.Context{}); !errors.Is(err, access.ErrForbidden) {
		t.Error(err)
	}
	a, b := access.Hide(access.ErrForbidden.With()), access.Hide(access.ErrNotHere.With("x").At("y"))
	if a.Error() != b.Error() || access.Hide(nil) != nil || !errors.Is(access.Hide(access.ErrBusy.With()), access.ErrBusy) {
		t.Errorf("hidden answers differ: %v, %v", a, b)
	}
}
