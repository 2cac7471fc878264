package territory

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
)

func TestDrawnBoundaries(t *testing.T) {
	cases := []struct{ name, in, want, no string }{
		{"closed", `{"type":"Polygon","coordinates":[[[118,32],[118.1,32],[118.1,32.1],[118,32]]]}`, "[[[118,32],[118.1,32],[118.1,32.1],[118,32]]]", ""},
		{"an open ring is closed", `{"type":"Polygon","coordinates":[[[118,32],[118.1,32],[118.1,32.1]]]}`, "[[[118,32],[118.1,32],[118.1,32.1],[118,32]]]", ""},
		{"a feature", `{"type":"Feature","geometry":{"type":"Point","coordinates":[118,32]}}`, "[118,32]", ""},
		{"a hole", `{"type":"Polygon","coordinates":[[[118,32],[119,32],[119,33],[118,33]],[[118.4,32.4],[118.6,32.4],[118.6,32.6]]]}`, "[[118.4,32.4]", ""},
		{"a bow tie", `{"type":"Polygon","coordinates":[[[118,32],[118.2,32.1],[118.2,32],[118,32.2]]]}`, "", "crosses"},
		{"a hole over the edge", `{"type":"Polygon","coordinates":[[[118,32],[119,32],[119,33],[118,33]],[[118.4,32.4],[119.6,32.4],[118.6,32.6]]]}`, "", "crosses"},
		{"there and back", `{"type":"Polygon","coordinates":[[[118,32],[119,32],[118.5,32],[118.5,33]]]}`, "", "crosses"},
		{"a line", `{"type":"Polygon","coordinates":[[[118,32],[119,32]]]}`, "", "encloses nothing"},
		{"latitude first", `{"type":"Polygon","coordinates":[[[32,118],[32,119],[33,118]]]}`, "", "latitude"},
		{"nothing", `{"type":"MultiPolygon","coordinates":[]}`, "", "encloses nothing"},
		{"a line string", `{"type":"LineString","coordinates":[[118,32],[119,32]]}`, "", "must be"},
		{"a collection of one", `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[118,32]}}]}`, "[118,32]", ""},
		{"a collection of none", `{"type":"FeatureCollection","features":[]}`, "", "must hold one"},
		{"text", `somewhere`, "", "GeoJSON"},
	}
	for _, c := range cases {
		got, err := Draw([]byte(c.in), CGCS2000)
		if c.no != "" && (err == nil || !strings.Contains(fmt.Sprint(err), c.no)) || c.no == "" && (err != nil || !strings.Contains(got.Shape, c.want)) {
			t.Errorf("%s: %v, %v", c.name, got, err)
		}
	}
}

// A corner beyond the place above is counted with its distance; one on the line or a
// few metres off, as two hands draw the same street, is not, and a hole is outside.
func TestWhatLiesBeyond(t *testing.T) {
	outer := `{"type":"Polygon","coordinates":[[[118,32],[118.01,32],[118.01,32.01],[118,32.01],[118,32]],[[118.004,32.004],[118.006,32.004],[118.006,32.006],[118.004,32.004]]]}`
	for _, x := range []struct {
		name, shape string
		n           int
		far         float64
	}{
		{"inside", `{"type":"Polygon","coordinates":[[[118.001,32.001],[118.002,32.001],[118.002,32.002],[118.001,32.001]]]}`, 0, 0},
		{"on the line", outer, 0, 0},
		{"ten metres off", `{"type":"Polygon","coordinates":[[[117.9999,32.001],[118.002,32.001],[118.002,32.002],[117.9999,32.001]]]}`, 0, 0},
		{"a corner beyond", `{"type":"Polygon","coordinates":[[[117.99,32.005],[118.002,32.001],[118.002,32.002],[117.99,32.005]]]}`, 1, 945},
		{"in the hole", `{"type":"Polygon","coordinates":[[[118.0055,32.0048],[118.002,32.001],[118.002,32.002],[118.0055,32.0048]]]}`, 1, 47},
		{"elsewhere", `{"type":"MultiPolygon","coordinates":[[[[119,33],[119.1,33],[119.1,33.1],[119,33]]]]}`, 3, 158000},
	} {
		n, far := Beyond(x.shape, outer, 30)
		if n != x.n || math.Abs(far-x.far) > 1+x.far/50 {
			t.Errorf("%s: %d corners, %.0f m", x.name, n, far)
		}
	}
}

// A point that maps in China show at a place comes to where the place is: Tiananmen in
// the three frames, as published beside the offset's formula.
func TestABoundaryIsConvertedAtTheEdge(t *testing.T) {
	for d, p := range map[Datum]spot{CGCS2000: {116.3913, 39.9075}, GCJ02: {116.397541, 39.908902}, BD09: {116.403913, 39.915243}} {
		got, err := Draw(fmt.Appendf(nil, `{"type":"Point","coordinates":[%f,%f]}`, p[0], p[1]), d)
		east, north := Plane(116.3913, 39.9075).Metres(got.Lng, got.Lat)
		if err != nil || math.Hypot(east, north) > 5 {
			t.Errorf("%s: %f m off: %v %v", d, math.Hypot(east, north), got, err)
		}
	}
}

func TestDerivedOutline(t *testing.T) {
	d, ok := Derive([][2]float64{{118, 32}, {118.2, 32}, {118.1, 32.1}, {118.2, 32.2}, {118, 32.2}, {118.1, 32}})
	var g struct{ Coordinates [][]spot }
	if err := json.Unmarshal([]byte(d.Shape), &g); !ok || err != nil || len(g.Coordinates[0]) != 5 || math.Abs(d.Lng-118.1) > 1e-9 || math.Abs(d.Lat-32.1) > 1e-9 {
		t.Fatal(d, ok, err)
	}
	if _, ok := Derive([][2]float64{{118, 32}, {118.1, 32.1}, {118.2, 32.2}}); ok {
		t.Fatal("a line has no inside")
	}
}
