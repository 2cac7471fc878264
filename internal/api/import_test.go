package api

import (
	"context"
	"testing"

	"shouwang/internal/demo"
	"shouwang/internal/territory"
)

// The community's files give exactly what their manifest says on both engines, and
// the second time nothing at all.
func TestImportOfACommunity(t *testing.T) {
	m := newTown(t, demo.Community)
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) { importTown(t, newImportWorld(t, engine, true), m) })
	}
}

func importTown(t *testing.T, w *importWorld, m town) {
	ctx := context.Background()
	dry := w.settle(m, "dry_run=true")
	if n, err := w.store.PlacesUnder(ctx, "", ""); err != nil || len(n) > 0 || w.store.Last() != 0 {
		t.Fatalf("a dry run wrote %d places, %v", len(n), err)
	}
	if p := dry["places.xlsx"]; p.Inserted != m.Files[0].Inserted || !p.DryRun {
		t.Errorf("dry run of places: %+v", p)
	}
	first := w.settle(m)
	checkCounts(t, m, first)
	checkSums(t, w, m)
	last := w.store.Last()
	if want := int64(len(m.Files)); last != want {
		t.Errorf("%d entries in the journal, want one for each file: %d", last, want)
	}
	for name, r := range w.settle(m) {
		if r.Inserted+r.Updated != 0 || r.Unchanged+r.Rejected != r.Rows || r.Rejected != first[name].Rejected {
			t.Errorf("second import of %s: %d new, %d changed, %d rejected", name, r.Inserted, r.Updated, r.Rejected)
		}
	}
	if w.store.Last() != last {
		t.Error("the second import wrote into the journal")
	}
	r := w.post("places", "places.geojson", m.files["places.geojson"])
	if r.Rows == 0 || r.Unchanged != r.Rows {
		t.Errorf("shapes: %+v", r)
	}
	if err := w.store.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	rep, err := w.store.Verify(ctx, w.srv.Verifier)
	if err != nil || !rep.OK() {
		t.Fatal(rep, err)
	}
}

func checkCounts(t testing.TB, m town, got map[string]ImportReply) {
	t.Helper()
	for _, f := range m.Files {
		r := got[f.Name]
		if r.Rows != f.Rows || r.Inserted != f.Inserted || r.Updated != f.Updated || r.Unchanged != f.Unchanged || r.Rejected != f.Rejected {
			t.Errorf("%s: got %d rows = %d+%d+%d+%d, want %d = %d+%d+%d+%d", f.Name, r.Rows, r.Inserted, r.Updated, r.Unchanged, r.Rejected,
				f.Rows, f.Inserted, f.Updated, f.Unchanged, f.Rejected)
			for _, x := range r.Rejects[:min(len(r.Rejects), 12)] {
				t.Logf("  row %d %s: %s %s", x.Row, x.Column, x.Code, x.Reason)
			}
		}
	}
}

func checkSums(t testing.TB, w *importWorld, m town) {
	t.Helper()
	a, err := w.srv.ground(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[territory.Kind]int{}
	for _, p := range a.Places {
		kinds[p.Kind]++
	}
	all := a.Sum("")
	for what, n := range map[string][2]int{"doors": {all.Doors, m.World.Doors}, "people": {all.People, m.World.People}, "households": {all.Households, m.World.Doors - m.World.Empty},
		"units": {kinds[territory.Unit], m.World.Units}, "buildings": {kinds[territory.Building], m.World.Parts}, "micro-grids": {kinds[territory.Microgrid], m.World.Microgrids}} {
		if n[0] != n[1] {
			t.Errorf("%s: %d, want %d", what, n[0], n[1])
		}
	}
	sums := w.zoneSums(m)
	for _, z := range m.Zones {
		name := map[string]string{"lockdown": "封控区", "control": "管控区", "precaution": "防范区"}[z.Zone]
		if got, ok := sums[name]; !ok {
			t.Errorf("zones.csv has no %s: %v", name, sums)
		} else if got != [2]int{z.Doors, z.People} {
			t.Errorf("%s: %d doors %d people, want %d and %d", z.Zone, got[0], got[1], z.Doors, z.People)
		}
	}
	posts, err := w.store.Posts(context.Background(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	filled, deputies := 0, 0
	for _, p := range posts {
		if p.HelperID != "" {
			filled++
		}
		if p.DeputyID != "" {
			deputies++
		}
	}
	want, wantDeputies := 0, 0
	for _, c := range m.Posts {
		switch c.Name {
		case "":
		case "副网格长":
			wantDeputies += c.Count
		default:
			want += c.Count
		}
	}
	if filled != want || deputies != wantDeputies {
		t.Errorf("%d posts filled and %d deputies, want %d and %d", filled, deputies, want, wantDeputies)
	}
}
