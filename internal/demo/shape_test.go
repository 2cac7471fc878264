package demo

import (
	"math"
	"path/filepath"
	"testing"
)

type feature struct {
	Geometry struct {
		Coordinates [][][2]float64 `json:"coordinates"`
	} `json:"geometry"`
	Properties map[string]string `json:"properties"`
}

// shapes reads places.geojson back into metres.
func (w written) shapes() (out map[string][]pt, names map[string]map[string]string) {
	var all struct{ Features []feature }
	readJSON(filepath.Join(w.dir, "places.geojson"), &all)
	out, names = map[string][]pt{}, map[string]map[string]string{}
	for _, f := range all.Features {
		ring := f.Geometry.Coordinates[0]
		var poly []pt
		for _, c := range ring[:len(ring)-1] {
			poly = append(poly, pt{(c[0] - originLng) * 96600, (c[1] - originLat) * 110860})
		}
		out[f.Properties["地点编码"]] = poly
		names[f.Properties["地点编码"]] = f.Properties
	}
	return out, names
}

// apart says whether two convex outlines are apart or overlap by less than slack
// metres (separating axes).
func apart(a, b []pt, slack float64) bool {
	for _, p := range [][]pt{a, b} {
		for i := range p {
			e := pt{p[(i+1)%len(p)].x - p[i].x, p[(i+1)%len(p)].y - p[i].y}
			n := math.Hypot(e.x, e.y)
			span := func(q []pt) (lo, hi float64) {
				lo, hi = math.Inf(1), math.Inf(-1)
				for _, v := range q {
					x := (v.x*e.y - v.y*e.x) / n
					lo, hi = min(lo, x), max(hi, x)
				}
				return lo, hi
			}
			alo, ahi := span(a)
			blo, bhi := span(b)
			if ahi-slack < blo || bhi-slack < alo {
				return true
			}
		}
	}
	return false
}

func inside(p pt, ring []pt) bool {
	in := false
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if (a.y > p.y) != (b.y > p.y) && p.x < (b.x-a.x)*(p.y-a.y)/(b.y-a.y)+a.x {
			in = !in
		}
	}
	return in
}

func TestFootprintsStandApart(t *testing.T) {
	for _, w := range []written{full(), small()} {
		shapes, names := w.shapes()
		var codes []string
		for code, p := range names {
			if k := p["类型"]; k != "社区" && k != "街道" {
				codes = append(codes, code)
				for _, c := range shapes[code] {
					if !inside(c, shapes[code[:12]]) {
						t.Errorf("%s reaches out of its community", p["名称"])
					}
				}
			}
		}
		for i, a := range codes {
			for _, b := range codes[:i] {
				if dist(shapes[a][0], shapes[b][0]) < 300 && !apart(shapes[a], shapes[b], .25) {
					t.Errorf("%s and %s overlap", names[a]["名称"], names[b]["名称"])
				}
			}
		}
		if len(codes) < 19 {
			t.Fatalf("only %d outlines", len(codes))
		}
	}
}

// The communities tile the subdistrict: their areas add up to it and no two hold
// the same spot.
func TestCommunitiesTile(t *testing.T) {
	shapes, names := full().shapes()
	area := func(p []pt) (a float64) {
		for i := range p {
			j := (i + 1) % len(p)
			a += p[i].x*p[j].y - p[j].x*p[i].y
		}
		return math.Abs(a) / 2
	}
	sum, n := 0.0, 0
	for code, p := range names {
		if p["类型"] != "社区" {
			continue
		}
		n++
		sum += area(shapes[code])
		c := centre(shapes[code])
		for other, q := range names {
			if q["类型"] == "社区" && other != code && inside(c, shapes[other]) {
				t.Errorf("%s lies in %s", p["名称"], q["名称"])
			}
		}
	}
	if whole := area(shapes[subdistrictCode]); n != 17 || math.Abs(sum/whole-1) > .001 {
		t.Errorf("%d communities cover %.0f of %.0f square metres", n, sum, whole)
	}
}

// groups counts how many pieces a set of outlines falls into when neighbours
// within reach metres hang together.
func groups(points []pt, reach float64) int {
	seen := make([]bool, len(points))
	n := 0
	for i := range points {
		if seen[i] {
			continue
		}
		n++
		seen[i] = true
		for queue := []int{i}; len(queue) > 0; {
			k := queue[0]
			queue = queue[1:]
			for j := range points {
				if !seen[j] && dist(points[k], points[j]) < reach {
					seen[j] = true
					queue = append(queue, j)
				}
			}
		}
	}
	return n
}

// Micro-grids and zones hang together on the ground.
func TestGroundHangsTogether(t *testing.T) {
	w := full()
	shapes, _ := w.shapes()
	micros, zones := map[string][]pt{}, map[string][]pt{}
	for _, p := range w.places {
		if p["类型"] != "楼栋" {
			continue
		}
		c := centre(shapes[p["地点编码"]])
		micros[p["上级编码"]] = append(micros[p["上级编码"]], c)
		switch z := w.zones[p["地点编码"]]; z {
		case "":
		case "封控区":
			zones["封控区"] = append(zones["封控区"], c)
			fallthrough
		case "管控区":
			zones["管控区"] = append(zones["管控区"], c)
			fallthrough
		default:
			zones["防范区"] = append(zones["防范区"], c)
		}
	}
	for m, on := range micros {
		if n := groups(on, 170); n != 1 {
			t.Errorf("%s lies in %d pieces", m, n)
		}
	}
	for z, on := range zones {
		if n := groups(on, 260); n != 1 {
			t.Errorf("%s and what it surrounds lie in %d pieces", z, n)
		}
	}
}
