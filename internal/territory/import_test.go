package territory

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/internal/address"
	"shouwang/internal/plan"
)

func land(ps ...Place) *Gazetteer {
	slices.SortFunc(ps, func(a, b Place) int { return strings.Compare(a.Path, b.Path) })
	return NewGazetteer(ps)
}

func baseOf(g *Gazetteer, top string) ImportBase {
	return ImportBase{Have: g.ByCode, ByID: g.Place, Siblings: g.Siblings, May: func(p string) bool { return strings.HasPrefix(p, top) }, Now: time.Unix(0, 0)}
}

// A tree is taken whole, paths are made of ids, and the same rows again change
// nothing; changed names are updates.
func TestImportTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := []ImportRow{{Line: 0, Code: "S", Kind: Subdistrict, Name: "街道"}}
		for i := range rapid.IntRange(1, 12).Draw(t, "n") {
			up := rapid.SampledFrom(rows).Draw(t, "up")
			rows = append(rows, ImportRow{Line: i + 1, Code: fmt.Sprint("C", i), Parent: up.Code, Kind: Community, Name: rapid.SampledFrom([]string{"甲", "乙"}).Draw(t, "name")})
		}
		m := PlanImport(rows, len(rows), baseOf(land(), ""))
		m.Assign(35)
		byID := map[string]Place{}
		for _, p := range m.New {
			byID[p.ID] = p
		}
		for _, p := range m.New {
			if up, ok := byID[p.ParentID]; p.Path != Join(up.Path, p.ID) || !ok && p.ParentID != "" {
				t.Fatalf("path of %+v below %+v", p, up)
			}
		}
		g := land(m.New...)
		again := PlanImport(rows, len(rows), baseOf(g, ""))
		if len(m.New) != len(rows) || len(again.New)+len(again.Changed) > 0 {
			t.Fatalf("%d new of %d, then %+v", len(m.New), len(rows), again)
		}
		i := rapid.IntRange(0, len(rows)-1).Draw(t, "renamed")
		rows[i].Name = "新名"
		for j, v := range PlanImport(rows, len(rows), baseOf(g, "")).Verdicts {
			if (v.Outcome == plan.Updated) != (i == j) {
				t.Fatalf("line %d: %v after line %d changed", j, v, i)
			}
		}
	})
}

func TestImportStaysInside(t *testing.T) {
	g := land(Place{ID: "1", Path: "1.", Kind: Subdistrict, Code: "S"}, Place{ID: "2", ParentID: "1", Path: "1.2.", Kind: Community, Code: "A"},
		Place{ID: "3", ParentID: "1", Path: "1.3.", Kind: Community, Code: "B"}, Place{ID: "4", ParentID: "2", Path: "1.2.4.", Kind: Building, Code: "A-1"})
	for _, x := range []struct {
		row  ImportRow
		want any
	}{
		{ImportRow{Code: "A-2", Parent: "A", Kind: Grid}, nil},
		{ImportRow{Code: "A", Parent: "S", Kind: Community, Name: "新名"}, nil},
		{ImportRow{Code: "B-2", Parent: "B", Kind: Grid}, ErrImportParent},
		{ImportRow{Code: "X-2", Parent: "X", Kind: Grid}, ErrImportParent},
		{ImportRow{Code: "B", Parent: "S", Kind: Community, Name: "新名"}, ErrImportPlace},
		{ImportRow{Code: "T", Kind: Subdistrict}, ErrImportPlace},
		{ImportRow{Code: "A-1", Parent: "B", Kind: Building}, ErrImportMoved},
		{ImportRow{Code: "A-1", Parent: "A", Kind: Mall}, ErrImportKind},
		{ImportRow{Code: "A-1", Parent: "A", Kind: Apartment}, nil},
	} {
		v := PlanImport([]ImportRow{x.row}, 1, baseOf(g, "1.2.")).Verdicts[0]
		if x.want == nil && v.Why != nil || x.want != nil && (v.Why == nil || v.Why.Def != x.want) {
			t.Errorf("%+v: %v", x.row, v.Why)
		}
	}
}

func TestFindDoors(t *testing.T) {
	var ps []Place
	add := func(id, up string, p Place) string {
		p.ID, p.Path, p.Code = id, up+id+".", id
		p.ParentID = strings.TrimSuffix(up[strings.LastIndexByte(strings.TrimSuffix(up, "."), '.')+1:], ".")
		ps = append(ps, p)
		return p.Path
	}
	for _, c := range []string{"c", "d"} {
		com := add(c, "", Place{Kind: Community})
		for i, part := range []string{"1", "2"} { // a house cut by a border: one place for each unit
			b := add(c+"b"+part, com, Place{Kind: Building, Estate: map[string]string{"c": "长塘里小区", "d": "东篱苑"}[c], Number: "3"})
			u := add(c+"u"+part, b, Place{Kind: Unit, Number: part})
			for _, room := range []string{"101", "102", fmt.Sprint(200 + i)} {
				add(c+part+room, u, Place{Kind: Door, Number: room})
			}
		}
		v := add(c+"v", com, Place{Kind: Building, Estate: "别墅区", Number: "9"})
		add(c+"v1", v, Place{Kind: Door, Number: "9"})
	}
	g := land(ps...)
	all := func(string) bool { return true }
	inC := func(p string) bool { return strings.HasPrefix(p, "c.") }
	for _, x := range []struct {
		a      address.Address
		within func(string) bool
		want   string // id, or the fault's code and part of its sentence
	}{
		{address.Address{Estate: "长塘里", Building: "3", Unit: "2", Room: "101"}, all, "c2101"},
		{address.Address{Estate: "长塘里小区", Building: "3", Unit: "1", Room: "102"}, all, "c1102"},
		{address.Address{Estate: "江南路长塘里", Building: "3", Unit: "1", Room: "102"}, all, "c1102"},
		{address.Address{Estate: "长塘里", Building: "3", Room: "200"}, all, "c1200"},
		{address.Address{Estate: "长塘里", Building: "3", Room: "101"}, all, "SW-1115"},
		{address.Address{Building: "3", Unit: "1", Room: "101"}, all, "SW-1115"},
		{address.Address{Building: "3", Unit: "1", Room: "101"}, inC, "c1101"},
		{address.Address{Estate: "别墅区", Building: "9"}, inC, "cv1"},
		{address.Address{Estate: "东篱苑", Building: "3", Unit: "1", Room: "101"}, inC, "SW-1114"},
		{address.Address{Estate: "长塘里", Building: "3", Unit: "1", Room: "105"}, all, "SW-1114 102"},
		{address.Address{Estate: "长塘里", Building: "3", Unit: "4", Room: "101"}, all, "SW-1114 1、2 单元"},
		{address.Address{Estate: "长塘里", Building: "30", Unit: "1", Room: "101"}, all, "SW-1114 3 号楼"},
		{address.Address{Estate: "长糖里", Building: "3", Unit: "1", Room: "101"}, all, "SW-1114 长塘里"},
	} {
		p, why := g.Find(x.a, x.within)
		got := p.ID
		if why != nil {
			got = why.Code
			if _, part, ok := strings.Cut(x.want, " "); ok && strings.Contains(why.Text("zh"), part) {
				got = x.want
			}
		}
		if got != x.want {
			t.Errorf("%s: %s %v, want %s", x.a.Canonical(), got, why, x.want)
		}
	}
}
