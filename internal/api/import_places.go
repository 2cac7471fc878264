package api

import (
	"bytes"
	"context"
	"encoding/json"

	"shouwang/internal/exchange"
	"shouwang/internal/journal"
	"shouwang/internal/plan"
	"shouwang/internal/territory"
)

// places decides a list of places or a file of shapes.
func (r *importRun) places(ctx context.Context) (staged, error) {
	if geoJSON(r.c.raw) {
		return r.shapes(ctx)
	}
	if err := r.parse(ctx); err != nil {
		return staged{}, err
	}
	good, bad := exchange.Collect(r.sheet.Places())
	r.refuse(bad)
	if err := r.hold(ctx, []string{"places"}); err != nil {
		return staged{}, err
	}
	g, err := r.s.gazetteer(ctx)
	if err != nil {
		return staged{}, err
	}
	r.job.step("matching", len(good))
	good, bad = exchange.CheckTree(good, func(code string) (territory.Kind, bool) {
		p, ok := g.ByCode(code)
		return p.Kind, ok
	})
	r.refuse(bad)
	var rows []territory.ImportRow
	for i, p := range good {
		for _, x := range exchange.Expand(p) {
			rows = append(rows, territory.ImportRow{Line: i, Made: x.Made, Code: x.Code, Parent: x.Parent, Kind: x.Kind, Name: x.Name, Estate: x.Estate,
				Number: x.Number, Floor: x.Floor, Tags: x.Tags, Shape: x.Shape, Lng: x.Lng, Lat: x.Lat})
		}
	}
	m := territory.PlanImport(rows, len(good), r.base(g))
	for i, v := range m.Verdicts {
		if v.Why != nil && v.Why.Def == territory.ErrImportParent { // the same words as for a parent that is nowhere
			v.Why = exchange.ErrNoParent.With(good[i].Parent)
		}
		r.settle(good[i].At, v)
	}
	return r.stagePlaces(ctx, m)
}

func (r *importRun) base(g *territory.Gazetteer) territory.ImportBase {
	return territory.ImportBase{Have: g.ByCode, ByID: g.Place, Siblings: g.Siblings, May: r.within, Now: r.c.now}
}

// stagePlaces gives the new places their ids and lists the rows to write.
func (r *importRun) stagePlaces(ctx context.Context, m *territory.Import) (staged, error) {
	var out staged
	if len(m.New) > 0 && !r.dry {
		first, err := r.s.Store.NextPlaces(ctx, len(m.New))
		if err != nil {
			return out, err
		}
		m.Assign(first)
	}
	for i := range m.New {
		out.rows = append(out.rows, &m.New[i])
		out.paths = append(out.paths, m.New[i].Path)
	}
	for i := range m.Changed {
		out.changes = append(out.changes, journal.Change{Row: &m.Changed[i], Base: m.Changed[i].Version})
		out.paths = append(out.paths, m.Changed[i].Path)
	}
	return out, nil
}

// geoJSON says whether a file begins like a GeoJSON object.
func geoJSON(raw []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(raw[:min(len(raw), 256)], []byte("\xef\xbb\xbf"))), []byte("{"))
}

// shapes decides a file of shapes: each goes to the place with its code. A point
// only moves the label.
func (r *importRun) shapes(ctx context.Context) (staged, error) {
	r.job.step("reading", 0)
	if err := r.hold(ctx, []string{"places"}); err != nil {
		return staged{}, err
	}
	g, err := r.s.gazetteer(ctx)
	if err != nil {
		return staged{}, err
	}
	good, bad, err := exchange.ReadShapes(bytes.NewReader(bytes.TrimPrefix(r.c.raw, []byte("\xef\xbb\xbf"))), func(code string) bool {
		p, ok := g.ByCode(code)
		return ok && r.within(p.Path)
	})
	if err != nil {
		return staged{}, err
	}
	r.refuse(bad)
	r.job.step("matching", len(good))
	rows := make([]territory.ImportRow, len(good))
	for i, x := range good {
		p, _ := g.ByCode(x.Code)
		row := territory.ImportRow{Line: i, Code: x.Code, Kind: p.Kind}
		switch {
		case isPoint(x.Geometry):
			row.Lng, row.Lat = x.Lng, x.Lat
		case !sameJSON(x.Geometry, p.Shape):
			row.Shape = x.Geometry
		}
		if p.Lng == 0 && p.Lat == 0 {
			row.Lng, row.Lat = x.Lng, x.Lat
		}
		rows[i] = row
	}
	m := territory.PlanImport(rows, len(rows), r.base(g))
	for i, v := range m.Verdicts {
		if v.Outcome == plan.Rejected {
			v.Why = exchange.ErrNoCode.With(good[i].Code)
		}
		r.settle(exchange.At{Row: good[i].Row}, v)
	}
	return r.stagePlaces(ctx, m)
}

func isPoint(geometry string) bool {
	var g struct {
		Type string `json:"type"`
	}
	return json.Unmarshal([]byte(geometry), &g) == nil && g.Type == "Point"
}

// sameJSON compares two geometries without their blanks.
func sameJSON(a, b string) bool {
	if a == b {
		return true
	}
	var x, y bytes.Buffer
	return json.Compact(&x, []byte(a)) == nil && json.Compact(&y, []byte(b)) == nil && bytes.Equal(x.Bytes(), y.Bytes())
}
