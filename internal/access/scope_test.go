package access_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/internal/access"
	. "shouwang/internal/access/accesstest"
)

// drawTree returns the paths of a random tree; ids repeat digits, so that one
// is often a prefix of another.
func drawTree(t *rapid.T) []string {
	paths := []string{"1."}
	for i := range rapid.IntRange(1, 40).Draw(t, "places") {
		parent := rapid.SampledFrom(paths).Draw(t, "parent")
		paths = append(paths, parent+strings.Repeat("1", rapid.IntRange(0, 2).Draw(t, "twins"))+fmt.Sprint(i%12)+".")
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

func drawGrant(t *rapid.T, paths []string) access.Grant {
	g := access.Grant{Account: "a", Why: access.Static,
		Role: rapid.SampledFrom(access.Roles).Draw(t, "role").Role,
		Path: rapid.SampledFrom(append([]string{""}, paths...)).Draw(t, "at")}
	if rapid.Bool().Draw(t, "task") {
		g.Why = access.PostWhy("1")
	}
	g.From = now.Add(time.Duration(rapid.IntRange(-2, 1).Draw(t, "from")) * time.Hour)
	if rapid.Bool().Draw(t, "ends") {
		g.Until = g.From.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "until")) * time.Hour)
	}
	return g
}

// oracle decides by the table written by hand, with loops and prefixes only.
func oracle(grants []access.Grant, emergency []string, action, path string) bool {
	inForce := func(g access.Grant) bool {
		return !g.From.After(now) && (g.Until.IsZero() || now.Before(g.Until))
	}
	covered, task := false, false
	for _, e := range emergency {
		covered = covered || strings.HasPrefix(path, e)
	}
	for _, g := range grants {
		task = task || inForce(g) && strings.HasPrefix(g.Why, "post:") && strings.HasPrefix(path, g.Path)
	}
	for _, g := range grants {
		if !inForce(g) {
			continue
		}
		in := strings.HasPrefix(path, g.Path)
		switch Table()[action][g.Role] {
		case Anywhere:
			return true
		case Own:
			if in {
				return true
			}
		case OnTask:
			if in && task && covered {
				return true
			}
		}
	}
	return action == access.MeRead || action == access.PlaybookRead // an account without any grant
}

// Over random trees, grants and incidents: the list predicate, the decision and
// the hand-written oracle agree for every action at every place.
func TestScopeEqualsDecisions(t *testing.T) {
	g, decisions := guard(t), 0
	rapid.Check(t, func(t *rapid.T) {
		paths := drawTree(t)
		var grants []access.Grant
		for range rapid.IntRange(0, 6).Draw(t, "grants") {
			grants = append(grants, drawGrant(t, paths))
		}
		ctx := access.Context{Emergency: rapid.SliceOfN(rapid.SampledFrom(paths), 0, 3).Draw(t, "emergency")}
		v := access.NewViewer("a", grants, now)
		for _, action := range access.Actions {
			scope := g.Scope(v, action, ctx)
			for i, r := range scope {
				if i > 0 && scope[i-1].Hi > r.Lo {
					t.Fatalf("%s: ranges overlap or are out of order: %v", action, scope)
				}
			}
			for _, p := range append([]string{""}, paths...) {
				decisions++
				got := g.Decide(v, action, p, ctx).Allowed
				inRange := slices.ContainsFunc(scope, func(r access.Range) bool { return r.Lo <= p && p < r.Hi })
				if got != scope.Contains(p) || got != inRange {
					t.Fatalf("%s at %q: decision %v, scope %v of %v", action, p, got, scope.Contains(p), scope)
				}
				if want := oracle(grants, ctx.Emergency, action, p); got != want {
					t.Fatalf("%s at %q: decision %v, oracle %v", action, p, got, want)
				}
				reach := slices.ContainsFunc(append([]string{""}, paths...), func(q string) bool {
					return (strings.HasPrefix(q, p) || strings.HasPrefix(p, q)) && oracle(grants, ctx.Emergency, action, q)
				})
				if g.Reaches(v, action, p, ctx) != reach {
					t.Fatalf("%s reaches %q: want %v", action, p, reach)
				}
			}
		}
	})
	t.Logf("%d decisions, 0 differences", decisions)
	if decisions < 50_000 {
		t.Errorf("only %d decisions", decisions)
	}
}

func TestUnder(t *testing.T) {
	g := guard(t)
	v := access.NewViewer("a", []access.Grant{{Role: access.Lead, Path: "1.2.3."}, {Role: access.Lead, Path: "1.2.5."}}, now)
	s := g.Scope(v, access.RoundRead, access.Context{})
	for top, want := range map[string]string{"": "1.2.3. 1.2.5.", "1.2.": "1.2.3. 1.2.5.", "1.2.3.": "1.2.3.", "1.2.3.9.": "1.2.3.9.", "1.2.31.": "", "1.9.": ""} {
		var got []string
		for _, r := range s.Under(top) {
			got = append(got, r.Top)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("under %q: %v, want %q", top, got, want)
		}
	}
}

// A grant that ends, or is taken away, counts no more in the viewer made next,
// and the viewer says by when that must be.
func TestGrantsEnd(t *testing.T) {
	g, ctx := guard(t), access.Context{Emergency: []string{"1."}}
	grants := []access.Grant{
		{Account: "a", Role: access.Helper, Path: "1.2.", Why: access.PostWhy("9"), From: now.Add(-time.Hour), Until: now.Add(time.Hour)},
		{Account: "a", Role: access.Lead, Path: "1.3.", Why: access.Static, From: now.Add(30 * time.Minute)},
		{Account: "other", Role: access.Commander, Path: ""},
	}
	v := access.NewViewer("a", grants, now)
	if !g.Decide(v, access.FieldPack, "1.2.", ctx).Allowed || g.Decide(v, access.FieldPack, "1.3.", ctx).Allowed ||
		g.Decide(v, access.IncidentDeclare, "1.", ctx).Allowed {
		t.Error("the wrong grants count")
	}
	if !v.Until().Equal(now.Add(30 * time.Minute)) {
		t.Errorf("the grants change at %v", v.Until())
	}
	later := access.NewViewer("a", grants, now.Add(time.Hour))
	if g.Decide(later, access.FieldPack, "1.2.", ctx).Allowed || !g.Decide(later, access.FieldPack, "1.3.", ctx).Allowed || !later.Until().IsZero() {
		t.Error("the post's right outlived the post")
	}
	if g.Decide(v, access.FieldPack, "1.2.", access.Context{}).Allowed || len(g.Scope(v, access.FieldPack, access.Context{})) != 0 {
		t.Error("a helper's right outlived the emergency")
	}
}

// city is a tree of 1,000 grids with 25 doors each.
func city() (grids, doors []string) {
	for c := range 50 {
		for g := range 20 {
			grid := fmt.Sprintf("1.2.3.%d.%d.", 10+c, 100+c*20+g)
			grids = append(grids, grid)
			for d := range 25 {
				doors = append(doors, fmt.Sprintf("%s%d.b.u.%d.", grid, d/5, d))
			}
		}
	}
	return grids, doors
}

func benchDecide(b *testing.B, held int) {
	g := guard(b)
	grids, doors := city()
	var grants []access.Grant
	for _, p := range grids[:held] {
		grants = append(grants, access.Grant{Account: "a", Role: access.Gridworker, Path: p, Why: access.Static})
	}
	v, ctx := access.NewViewer("a", grants, now), access.Context{Emergency: []string{"1.2.3."}}
	r := rand.New(rand.NewPCG(7, 7))
	for b.Loop() {
		g.Decide(v, access.RoundRecord, doors[r.IntN(len(doors))], ctx)
	}
}

func BenchmarkDecideOneGrant(b *testing.B)       { benchDecide(b, 1) }
func BenchmarkDecideThousandGrants(b *testing.B) { benchDecide(b, 1000) }

func BenchmarkScopeThousandGrants(b *testing.B) {
	g := guard(b)
	grids, _ := city()
	var grants []access.Grant
	for _, p := range grids {
		grants = append(grants, access.Grant{Account: "a", Role: access.Gridworker, Path: p, Why: access.Static})
	}
	for b.Loop() {
		v := access.NewViewer("a", grants, now)
		if n := len(g.Scope(v, access.RoundRecord, access.Context{})); n != 1000 {
			b.Fatal(n)
		}
	}
}
