package territory

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"time"

	"shouwang/internal/fault"
)

// Faults of a drawn boundary.
var (
	// ErrBoundary says what is wrong with a geometry.
	ErrBoundary = fault.Define(fault.Invalid, "SW-1160",
		"边界没有保存：{0}。原来的边界不变。请改好后再存；坐标写成 [经度, 纬度]，经度 70–140，纬度 0–60。",
		"The boundary was not saved: {1}. The former one stays. Mend it and save again; coordinates are [longitude, latitude], 70 to 140 and 0 to 60.")
	// ErrBeyond says that a boundary leaves the place above.
	ErrBeyond = fault.Define(fault.Invalid, "SW-1162",
		"边界没有保存：有 {0} 个拐点在上级“{1}”的边界外面，最远 {2} 米。原来的边界不变。请核对坐标系，或先改上级的边界。",
		"The boundary was not saved: {0} of its corners lie outside of {1} above it, the farthest by {2} m. The former one stays. Check the datum, or mend the boundary above first.")
	// ErrDatum says that nobody knows such a datum.
	ErrDatum = fault.Define(fault.Invalid, "SW-1161",
		"不认识坐标系“{0}”，没有保存，数据不变。可用 CGCS2000、WGS84、GCJ-02（高德、腾讯）、BD-09（百度）。",
		"The datum {0} is not known; nothing was saved or changed. Use CGCS2000, WGS84, GCJ-02 or BD-09.")
)

// Boundary says where a place's shape came from. The shape itself stands in the place.
type Boundary struct {
	PlaceID string
	Print   string // of the shape that this speaks of
	Datum   Datum  // in which it was drawn; kept in CGCS2000
	Account string
	At      time.Time
	Version int64
}

// Drawn is a checked geometry in CGCS2000.
type Drawn struct {
	Shape    string // GeoJSON
	Lng, Lat float64
	Corners  int     // how many points it has, closing ones left out
	Shift    float64 // metres by which its middle moved when it was brought to CGCS2000
}

// ShapePrint tells one shape from another.
func ShapePrint(shape string) string {
	h := sha256.Sum256([]byte(shape))
	return hex.EncodeToString(h[:8])
}

type spot [2]float64

// maxCorners is how many corners a drawn boundary may have.
const maxCorners = 3000

// Draw reads a GeoJSON Point, Polygon or MultiPolygon (or a Feature of one), brings it
// to CGCS2000, closes open rings and refuses what encloses nothing or crosses itself.
func Draw(geojson []byte, d Datum) (Drawn, error) {
	var g struct {
		Type        string            `json:"type"`
		Geometry    json.RawMessage   `json:"geometry"`
		Coordinates json.RawMessage   `json:"coordinates"`
		Features    []json.RawMessage `json:"features"`
	}
	if err := json.Unmarshal(geojson, &g); err != nil {
		return Drawn{}, ErrBoundary.With("不是 GeoJSON", "it is no GeoJSON")
	}
	if g.Type == "Feature" && len(g.Geometry) > 0 {
		return Draw(g.Geometry, d)
	}
	if g.Type == "FeatureCollection" {
		if len(g.Features) == 1 {
			return Draw(g.Features[0], d)
		}
		n := strconv.Itoa(len(g.Features))
		return Drawn{}, ErrBoundary.With("里面有 "+n+" 个要素，要正好一个", "it holds "+n+" features, and must hold one")
	}
	var polygons [][][]spot
	switch g.Type {
	case "Point":
		var p spot
		if json.Unmarshal(g.Coordinates, &p) != nil || !inCountry(p) {
			return Drawn{}, ErrBoundary.With("点不在国内或写反了经纬度", "the point is outside of the country, or latitude came first")
		}
		out, err := drawn("Point", d.house(p), d.house(p))
		out.Corners, out.Shift = 1, d.shift(out)
		return out, err
	case "Polygon":
		polygons = make([][][]spot, 1)
		if json.Unmarshal(g.Coordinates, &polygons[0]) != nil {
			return Drawn{}, ErrBoundary.With("坐标写得不对", "its coordinates are malformed")
		}
	case "MultiPolygon":
		if json.Unmarshal(g.Coordinates, &polygons) != nil {
			return Drawn{}, ErrBoundary.With("坐标写得不对", "its coordinates are malformed")
		}
	default:
		return Drawn{}, ErrBoundary.With("要 Point、Polygon 或 MultiPolygon", "it must be a Point, Polygon or MultiPolygon")
	}
	middle, err := check(polygons, d)
	if err != nil {
		return Drawn{}, err
	}
	var coordinates any = polygons
	if g.Type == "Polygon" {
		coordinates = polygons[0]
	}
	out, err := drawn(g.Type, coordinates, middle)
	for _, rings := range polygons {
		for _, r := range rings {
			out.Corners += len(r) - 1
		}
	}
	out.Shift = d.shift(out)
	return out, err
}

// shift is by how many metres a geometry's middle moved from the datum.
func (d Datum) shift(g Drawn) float64 {
	lng, lat := d.FromHouse(g.Lng, g.Lat)
	x, y := Plane(g.Lng, g.Lat).Metres(lng, lat)
	return math.Round(math.Hypot(x, y))
}

func drawn(kind string, coordinates any, at spot) (Drawn, error) {
	raw, err := json.Marshal(map[string]any{"type": kind, "coordinates": coordinates})
	return Drawn{Shape: string(raw), Lng: at[0], Lat: at[1]}, err
}

// check mends and converts rings in place and returns the middle of the largest.
func check(polygons [][][]spot, d Datum) (middle spot, err error) {
	n, widest := 0, 0.0
	for _, rings := range polygons {
		var all [][]spot
		for i, r := range rings {
			if len(r) > 0 && r[0] != r[len(r)-1] {
				r = append(r, r[0])
			}
			if n += len(r); n > maxCorners {
				return middle, ErrBoundary.With("拐点太多（上限 3000）", "it has more than 3,000 corners")
			}
			if slices.ContainsFunc(r, func(p spot) bool { return !inCountry(p) }) {
				return middle, ErrBoundary.With("有点不在国内或写反了经纬度", "a point is outside of the country, or latitude came first")
			}
			for j := range r {
				r[j] = d.house(r[j])
			}
			area, m := enclosed(r)
			if len(r) < 4 || math.Abs(area) < 1e-12 {
				return middle, ErrBoundary.With("围不成一块地", "it encloses nothing")
			}
			rings[i] = r
			all = append(all, r)
			if i == 0 && math.Abs(area) > widest {
				middle, widest = m, math.Abs(area)
			}
		}
		if crosses(all) {
			return middle, ErrBoundary.With("边线自己相交", "its line crosses itself")
		}
	}
	if widest == 0 {
		return middle, ErrBoundary.With("围不成一块地", "it encloses nothing")
	}
	return middle, nil
}

func inCountry(p spot) bool { return p[0] >= 70 && p[0] <= 140 && p[1] >= 0 && p[1] <= 60 }

// house brings a point to CGCS2000, rounded to a centimetre.
func (d Datum) house(p spot) spot {
	x, y := d.ToHouse(p[0], p[1])
	return spot{math.Round(x*1e7) / 1e7, math.Round(y*1e7) / 1e7}
}

// enclosed returns the area of a closed ring, with its sign, and its middle.
func enclosed(r []spot) (area float64, middle spot) {
	if len(r) == 0 {
		return 0, middle
	}
	o := r[0]
	var x, y float64
	for i := 0; i+1 < len(r); i++ {
		a, b := spot{r[i][0] - o[0], r[i][1] - o[1]}, spot{r[i+1][0] - o[0], r[i+1][1] - o[1]}
		c := a[0]*b[1] - b[0]*a[1]
		area += c / 2
		x, y = x+(a[0]+b[0])*c, y+(a[1]+b[1])*c
	}
	if area == 0 {
		return 0, o
	}
	return area, spot{o[0] + x/(6*area), o[1] + y/(6*area)}
}

// crosses says whether any two sides of a polygon's rings meet otherwise than where
// one follows on the other.
func crosses(rings [][]spot) bool {
	type side struct {
		ring, i, n int
		a, b       spot
	}
	var all []side
	for k, r := range rings {
		for i := 0; i+1 < len(r); i++ {
			all = append(all, side{k, i, len(r) - 1, r[i], r[i+1]})
		}
	}
	slices.SortFunc(all, func(p, q side) int {
		if min(p.a[0], p.b[0]) < min(q.a[0], q.b[0]) {
			return -1
		}
		return 1
	})
	for i, p := range all {
		for _, q := range all[i+1:] {
			if min(q.a[0], q.b[0]) > max(p.a[0], p.b[0]) {
				break
			}
			next := p.ring == q.ring && ((p.i+1)%p.n == q.i || (q.i+1)%q.n == p.i)
			if meet(p.a, p.b, q.a, q.b, next) {
				return true
			}
		}
	}
	return false
}

// meet says whether two sides touch; for neighbours the shared corner does not count,
// going back over itself does.
func meet(a, b, c, d spot, next bool) bool {
	if next {
		if b != c {
			a, b, c, d = c, d, a, b
		}
		return turn(a, b, d) == 0 && (d[0]-b[0])*(a[0]-b[0])+(d[1]-b[1])*(a[1]-b[1]) > 0
	}
	s1, s2, s3, s4 := turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)
	if s1*s2 < 0 && s3*s4 < 0 {
		return true
	}
	return s1 == 0 && on(a, b, c) || s2 == 0 && on(a, b, d) || s3 == 0 && on(c, d, a) || s4 == 0 && on(c, d, b)
}

// turn is -1, 0 or 1: to which side of the line from a to b a point lies.
func turn(a, b, p spot) float64 {
	x := (b[0]-a[0])*(p[1]-a[1]) - (b[1]-a[1])*(p[0]-a[0])
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

func on(a, b, p spot) bool {
	return p[0] >= min(a[0], b[0]) && p[0] <= max(a[0], b[0]) && p[1] >= min(a[1], b[1]) && p[1] <= max(a[1], b[1])
}

// Derive returns the outline of points: their hull, or nothing when they enclose none.
func Derive(points [][2]float64) (Drawn, bool) {
	ps := slices.Clone(points)
	slices.SortFunc(ps, func(a, b [2]float64) int {
		if a[0] < b[0] || a[0] == b[0] && a[1] < b[1] {
			return -1
		}
		if a == b {
			return 0
		}
		return 1
	})
	ps = slices.Compact(ps)
	if len(ps) < 3 {
		return Drawn{}, false
	}
	var hull []spot
	half := func(from []spot, p spot, least int) []spot {
		for len(from) > least && turn(from[len(from)-2], from[len(from)-1], p) <= 0 {
			from = from[:len(from)-1]
		}
		return append(from, p)
	}
	for _, p := range ps {
		hull = half(hull, spot(p), 1)
	}
	lower := len(hull)
	for i := len(ps) - 2; i >= 0; i-- {
		hull = half(hull, spot(ps[i]), lower)
	}
	area, middle := enclosed(hull)
	if len(hull) < 4 || math.Abs(area) < 1e-12 {
		return Drawn{}, false
	}
	d, err := drawn("Polygon", [][]spot{hull}, middle)
	return d, err == nil
}
