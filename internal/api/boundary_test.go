package api_test

import (
	"math"
	"strings"
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// A boundary drawn over a map sold in China is kept where the place is; who drew it,
// when and in which datum stands beside it; without one it follows the houses.
func TestBoundaries(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		path := "/places/" + apitest.Community + "/boundary"
		place := func(as string, body any) *apitest.Answer {
			return w.Send(apitest.Call{As: as, Method: "PUT", Path: path, Body: body})
		}
		ring := func(ps ...[2]float64) j { return j{"type": "Polygon", "coordinates": [][][2]float64{ps}} }
		square := ring([2]float64{116.397541, 39.908902}, [2]float64{116.407541, 39.908902}, [2]float64{116.407541, 39.918902})
		place("community", j{"geometry": square}).Refused("SW-1011")
		place("commander", j{"geometry": square, "datum": "beijing54"}).Refused("SW-1161")
		place("commander", j{"geometry": ring([2]float64{118, 32}, [2]float64{118.2, 32.1}, [2]float64{118.2, 32}, [2]float64{118, 32.2})}).Refused("SW-1160")
		var b, again api.Boundary
		place("commander", j{"geometry": square, "datum": "高德"}).OK(&b)
		w.Get("community", path).OK(&again)
		if again.Source != "drawn" || again.Datum != "GCJ-02" || again.By == "" || again.At == "" || again.Version != 1 || !strings.Contains(string(again.Geometry), "[[[116.39") {
			t.Fatalf("%+v %s", again, again.Geometry)
		}
		p := detail(w, "commander", apitest.Community)
		if math.Abs(p.Lng-116.398) > 0.002 || math.Abs(p.Lat-39.9108) > 0.002 {
			t.Fatal(p.Lng, p.Lat) // 600 m east and 150 m south of what the map showed
		}
		var before, after api.Boundary
		w.Get("commander", "/places/"+apitest.Subdistrict+"/boundary").OK(&before)
		if before.Source != "derived" || before.Version != 0 {
			t.Fatalf("%+v", before)
		}
		w.Send(apitest.Call{As: "commander", Method: "PUT", Path: "/places/" + apitest.Community2 + "/boundary", Body: j{"geometry": j{"type": "Point", "coordinates": []float64{119, 31}}}}).OK()
		if w.Get("commander", "/places/"+apitest.Subdistrict+"/boundary").OK(&after); string(after.Geometry) == string(before.Geometry) || !strings.Contains(string(after.Geometry), "[119,31]") {
			t.Fatalf("the derived outline did not follow: %s", after.Geometry)
		}
		if b.Shift < 400 || b.Shift > 800 || b.Corners != 3 || b.Outside == 0 { // 600 m east and 150 m south
			t.Fatalf("%+v", b)
		}
		inner := "/places/" + apitest.Grid + "/boundary"
		far := ring([2]float64{116.39, 39.9}, [2]float64{116.391, 39.9}, [2]float64{116.391, 39.901})
		w.Send(apitest.Call{As: "commander", Method: "PUT", Path: inner, Body: j{"geometry": far}}).Refused("SW-1162")
		if w.Get("commander", inner).OK(&again); again.Source == "drawn" {
			t.Fatalf("a refused boundary was kept: %+v", again)
		}
		w.Send(apitest.Call{As: "commander", Method: "PUT", Path: inner, Body: j{"geometry": square, "datum": "GCJ-02"}}).OK(&again)
		two := j{"type": "FeatureCollection", "features": []j{{"type": "Feature", "geometry": square}, {"type": "Feature", "geometry": square}}}
		place("commander", j{"geometry": two}).Refused("SW-1160")
		place("commander", j{"geometry": square}).Refused("SW-1801")
		place("commander", j{"geometry": square, "base_version": 1}).OK(&b)
		if b.Version != 2 || b.Datum != "CGCS2000" {
			t.Fatalf("%+v", b)
		}
	})
}
