package territory

import (
	"encoding/json"
	"math"
	"slices"
)

// Beyond counts the corners of a boundary that lie outside of another by more than so
// many metres, and says how far the farthest lies.
func Beyond(shape, within string, metres float64) (corners int, farthest float64) {
	var points [][2]float64
	for _, rings := range polygonsOf(shape) {
		for _, r := range rings {
			for _, p := range r[:len(r)-1] {
				points = append(points, p)
			}
		}
	}
	return Strays(points, within, metres)
}

// Strays counts the points that lie outside of a boundary by more than so many metres,
// and says how far the farthest lies. Outside of a boundary that
// encloses nothing there is nobody.
func Strays(points [][2]float64, within string, metres float64) (n int, farthest float64) {
	out := polygonsOf(within)
	if len(out) == 0 {
		return 0, 0
	}
	for _, p := range points {
		if far := away(p, out); far > metres {
			n, farthest = n+1, max(farthest, far)
		}
	}
	return n, farthest
}

func polygonsOf(shape string) (out [][][]spot) {
	var g struct {
		Type        string
		Coordinates json.RawMessage
	}
	if json.Unmarshal([]byte(shape), &g) != nil {
		return nil
	}
	switch g.Type {
	case "Polygon":
		out = make([][][]spot, 1)
		if json.Unmarshal(g.Coordinates, &out[0]) != nil {
			return nil
		}
	case "MultiPolygon":
		if json.Unmarshal(g.Coordinates, &out) != nil {
			return nil
		}
	}
	return slices.DeleteFunc(out, func(rings [][]spot) bool {
		return len(rings) == 0 || slices.ContainsFunc(rings, func(r []spot) bool { return len(r) < 2 })
	})
}

// away is how many metres a point lies outside of polygons, 0 inside.
func away(p spot, polygons [][][]spot) float64 {
	flat := Plane(p[0], p[1])
	least := math.Inf(1)
	for _, rings := range polygons {
		inside := false
		for _, r := range rings {
			for i := 0; i+1 < len(r); i++ {
				a, b := r[i], r[i+1]
				if a[1] > p[1] != (b[1] > p[1]) && p[0] < (b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1])+a[0] {
					inside = !inside
				}
				ax, ay := flat.Metres(a[0], a[1])
				bx, by := flat.Metres(b[0], b[1])
				t := 0.0
				if long := sq(bx-ax) + sq(by-ay); long > 0 {
					t = max(0, min(1, -(ax*(bx-ax)+ay*(by-ay))/long))
				}
				least = min(least, math.Hypot(ax+t*(bx-ax), ay+t*(by-ay)))
			}
		}
		if inside {
			return 0
		}
	}
	return least
}

// Contains says whether a point lies in a polygon or in one of several; a point or a
// line contains nothing.
func Contains(shape string, lng, lat float64) bool {
	out := polygonsOf(shape)
	return len(out) > 0 && away(spot{lng, lat}, out) == 0
}
