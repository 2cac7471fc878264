package store

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/register"
	"shouwang/internal/round"
	"shouwang/internal/territory"
)

// moving is two communities; all that a house may bear lies in the first one.
func moving(t *testing.T, w *world) *territory.Tree {
	t.Helper()
	a, err := w.Begin(w.ctx, "places.imported")
	if err != nil {
		t.Fatal(err)
	}
	p := func(id, up, path string, k territory.Kind, code string) *territory.Place {
		x := place(id, up, path, k)
		x.Code, x.From = code, w.clock()
		return x
	}
	places := []any{p("s", "", "s.", territory.Subdistrict, "S"), p("c", "s", "s.c.", territory.Community, "C"), p("d", "s", "s.d.", territory.Community, "D"),
		p("b", "c", "s.c.b.", territory.Building, "C-B001"), p("u", "b", "s.c.b.u.", territory.Unit, "C-B001-1"), p("x", "u", "s.c.b.u.x.", territory.Door, "C-B001-1-101"),
		p("e", "d", "s.d.e.", territory.Building, "D-B001")}
	rows := append(places, &register.Household{ID: "h", PlaceID: "x", Path: "s.c.b.u.x.", From: w.clock()},
		&register.Person{ID: "p", HouseholdID: "h", PlaceID: "x", Path: "s.c.b.u.x.", Name: "某", Phone: "12900000001"},
		&register.Person{ID: "q", HouseholdID: "h", PlaceID: "x", Path: "s.c.b.u.x.", Name: "走", Until: w.clock()},
		&register.Source{ID: "o", From: "社区", Key: "k", PersonID: "p", PlaceID: "x", Path: "s.c.b.u.x.", Fields: []byte(`{}`)},
		&people.Helper{ID: "v", Number: "V1", PlaceID: "u", Path: "s.c.b.u."},
		&people.Post{ID: "n", Key: "|lead|b||1", Item: "lead", PlaceID: "b", Path: "s.c.b.", N: 1},
		&round.Target{RoundID: "r", Incident: "i", PlaceID: "x", Path: "s.c.b.u.x.", Choice: "药"})
	if err := w.seal.Ensure(w.ctx, IncidentPurpose("i"), []string{"x"}); err != nil {
		t.Fatal(err)
	}
	if err := w.seal.Ensure(w.ctx, RegisterPurpose, []string{"p", "q"}); err != nil {
		t.Fatal(err)
	}
	if err := a.Insert(w.ctx, rows...); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Finish(w.ctx, nil, nil, actEntry); err != nil {
		t.Fatal(err)
	}
	must(t, w, journal.Change{Row: &access.Grant{ID: "g", Account: "a", Role: "lead", PlaceID: "b", Path: "s.c.b."}, Entry: actEntry})
	return tree(t, w)
}

func tree(t *testing.T, w *world) *territory.Tree {
	t.Helper()
	ps, err := w.PlacesUnder(w.ctx, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return territory.NewTree(ps, nil)
}

// stageMove stages all that moving the house to the other community writes.
func stageMove(t *testing.T, w *world, steps []territory.Step) (*Act, map[string]int) {
	t.Helper()
	owner := func(code string) string {
		by, err := w.CodeOwner(w.ctx, code)
		if err != nil {
			t.Fatal(err)
		}
		return by
	}
	out, err := tree(t, w).Do(steps, nil, owner, w.clock())
	if err != nil {
		t.Fatal(err)
	}
	a, err := w.Begin(w.ctx, "place.moved")
	if err != nil {
		t.Fatal(err)
	}
	for i := range out.Changed {
		if err := a.Change(w.ctx, journal.Change{Row: &out.Changed[i], Base: out.Changed[i].Version}); err != nil {
			t.Fatal(err)
		}
	}
	n, err := a.Repath(w.ctx, out.Tops(), out.Repath)
	if err != nil {
		t.Fatal(err)
	}
	return a, n
}

var toD = []territory.Step{{Do: territory.Move, ID: "b", To: "d"}}

var _ = promised("what lies at a place follows it in one act, ended and sealed rows too", func(t *testing.T, w *world) {
	moving(t, w)
	a, n := stageMove(t, w, toD)
	want := map[string]int{"grants": 1, "helpers": 1, "households": 1, "persons": 2, "posts": 1, "sources": 1, "targets": 1}
	if !maps.Equal(n, want) {
		t.Fatal(n)
	}
	before, _, _ := w.Place(w.ctx, "x")
	if before.Path != "s.c.b.u.x." {
		t.Fatal("seen before the end:", before.Path)
	}
	if _, err := a.Finish(w.ctx, nil, nil, actEntry); err != nil {
		t.Fatal(err)
	}
	if bad, err := w.Astray(w.ctx); err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	ps, err := w.PersonsUnder(w.ctx, "s.d.", "", [2]string{}, 0, Clear{Phone: true})
	if err != nil || len(ps) != 1 || ps[0].Phone != "12900000001" || ps[0].Path != "s.d.b.u.x." {
		t.Fatal(ps, err)
	}
	ts, err := w.TargetsAt(w.ctx, "x")
	if err != nil || len(ts) != 1 || ts[0].Choice != "药" || ts[0].Path != "s.d.b.u.x." {
		t.Fatal(ts, err)
	}
	if err := w.Checkpoint(w.ctx); err != nil {
		t.Fatal(err)
	}
	if rep, err := w.Verify(w.ctx, w.verifier); err != nil || !rep.OK() {
		t.Fatal(rep, err)
	}
})

var _ = promised("a move that a crash stopped leaves every row where it was", func(t *testing.T, w *world) {
	moving(t, w)
	stageMove(t, w, toD)
	w.advance(2 * time.Hour)
	w.reopen(t)
	if bad, err := w.Astray(w.ctx); err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	if p, ok, err := w.Place(w.ctx, "x"); err != nil || !ok || p.Path != "s.c.b.u.x." {
		t.Fatal(p, ok, err)
	}
})

var _ = promised("a row changed beside a staged move is a conflict that leaves nothing", func(t *testing.T, w *world) {
	moving(t, w)
	a, _ := stageMove(t, w, toD)
	h := register.Household{ID: "h", PlaceID: "x", Path: "s.c.b.u.x.", Tenure: "rent", From: w.clock()}
	must(t, w, journal.Change{Row: &h, Base: 1, Entry: actEntry})
	if _, err := a.Finish(w.ctx, nil, nil, actEntry); err == nil {
		t.Fatal("the other writer's change was run over")
	}
	if err := a.Drop(w.ctx); err != nil {
		t.Fatal(err)
	}
	if bad, err := w.Astray(w.ctx); err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
})

var _ = promised("every table that keeps a place's path is known to follow it", func(t *testing.T, w *world) {
	q := "SELECT name FROM sqlite_master WHERE type = 'table'"
	if w.engine == "postgres" {
		q = "SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema = current_schema()"
	}
	rows, err := w.read.QueryContext(w.ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var tables []string
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, n)
	}
	known := append(FollowerTables(), "entries", "places") // an entry keeps the path of its time
	found := 0
	for _, name := range tables {
		if _, err := w.read.ExecContext(w.ctx, fmt.Sprintf("SELECT path, place_id FROM %s WHERE 1 = 0", name)); err != nil {
			continue
		}
		found++
		if !slices.Contains(known, name) {
			t.Errorf("table %s keeps the path of a place and does not follow it", name)
		}
	}
	if found < 8 {
		t.Errorf("only %d tables keep a path", found)
	}
})

var _ = promised("a new place's code is on record from the act that makes it", func(t *testing.T, w *world) {
	moving(t, w)
	if by, err := w.CodeOwner(w.ctx, "C-B001-1-101"); err != nil || by != "x" {
		t.Fatal(by, err)
	}
	a, _ := w.Begin(w.ctx, "places.imported")
	if err := a.Insert(w.ctx, place("9", "s", "s.9.", territory.Community)); err != nil {
		t.Fatal(err)
	}
	if by, _ := w.CodeOwner(w.ctx, "c9"); by != "" {
		t.Fatal("seen before the end")
	}
})

var _ = promised("a move's last commit is small, and until it nobody is disturbed", func(t *testing.T, w *world) {
	moving(t, w)
	a, _ := stageMove(t, w, toD)
	if len(a.changes) > 0 || len(a.followed()) != 3 { // a statement each for helpers, posts and grants
		t.Fatalf("%d and %d statements are left to the last commit", len(a.changes), len(a.followed()))
	}
	if err := a.Write(w.ctx); err != nil {
		t.Fatal(err)
	}
	ps, err := w.PlacesUnder(w.ctx, "s.c.", "")
	if err != nil || len(ps) != 4 {
		t.Fatal("seen before its time:", ps, err)
	}
	if ended, err := w.EndedPlaces(w.ctx, []string{"b", "u", "x"}); err != nil || len(ended) > 0 {
		t.Fatal(ended, err)
	}
	must(t, w, journal.Change{Row: &register.Household{ID: "new", PlaceID: "x", Path: "s.c.b.u.x.", From: w.clock()}, Entry: actEntry}) // where its door lies as yet
	if _, err := a.Finish(w.ctx, nil, nil, actEntry); err != nil {
		t.Fatal(err)
	}
	if bad, err := w.Astray(w.ctx); err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	folded(t, w)
	p, ok, err := w.PlaceByCode(w.ctx, "D-B002")
	if err != nil || !ok || p.ID != "b" || p.Version != 2 {
		t.Fatal(p, ok, err)
	}
})
