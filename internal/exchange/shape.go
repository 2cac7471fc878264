package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Shape is the drawn extent of a place that is named by its code.
type Shape struct {
	Row      int // number of the feature in its file, from 1
	Code     string
	Geometry string // GeoJSON geometry, CGCS2000 longitude and latitude
	Lng, Lat float64
}

// Limits of a GeoJSON file.
const (
	maxShapes = 32 << 20
	maxPoints = 20000 // of one shape
)

// ReadShapes reads a FeatureCollection whose features name a place by the property
// 地点编码, code or 编码. known says whether the code exists; nil takes every code.
// Each feature is either a shape or a reject.
func ReadShapes(r io.Reader, known func(code string) bool) ([]Shape, []Reject, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxShapes+1))
	if err != nil {
		return nil, nil, ErrStopped.With().Because(err)
	}
	if len(data) > maxShapes {
		return nil, nil, ErrTooBig.With(maxShapes >> 20)
	}
	var file struct {
		Type     string `json:"type"`
		Features []struct {
			Geometry   json.RawMessage `json:"geometry"`
			Properties map[string]any  `json:"properties"`
		} `json:"features"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, nil, ErrGeoJSON.With("JSON").Because(err)
	}
	if file.Type != "FeatureCollection" {
		return nil, nil, ErrGeoJSON.With("type is not FeatureCollection")
	}
	if len(file.Features) == 0 {
		return nil, nil, ErrEmptyFile.With()
	}
	var good []Shape
	var bad []Reject
	seen := map[string]int{}
	for i, f := range file.Features {
		at := At{Row: i + 1}
		code := codeOf(f.Properties)
		g, err := geometry(f.Geometry)
		switch {
		case code == "":
			bad = append(bad, *at.reject("code", ErrBlankCell.With("地点编码")))
		case seen[code] > 0:
			bad = append(bad, *at.reject("code", ErrDupCode.With(code, seen[code])))
		case known != nil && !known(code):
			bad = append(bad, *at.reject("code", ErrNoCode.With(code)))
		case err != nil:
			bad = append(bad, *at.reject("geometry", ErrShape.With(err)))
		default:
			s := Shape{Row: i + 1, Code: code, Geometry: string(f.Geometry)}
			s.Lng, s.Lat = center(g)
			good = append(good, s)
		}
		if code != "" && seen[code] == 0 {
			seen[code] = i + 1
		}
	}
	return good, bad, nil
}

func codeOf(props map[string]any) string {
	for _, key := range []string{"地点编码", "code", "编码", "Code", "CODE"} {
		switch v := props[key].(type) {
		case string:
			if v = foldCode(tidyText(v)); codeRe.MatchString(v) {
				return v
			}
		case float64:
			if v > 0 && v < 1e15 {
				return fmt.Sprintf("%.0f", v)
			}
		}
	}
	return ""
}

// decodeGeometry reads a GeoJSON geometry into orb's types. orb's own reader would
// bring a database driver into the program.
func decodeGeometry(data []byte) (orb.Geometry, error) {
	var g struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	}
	if err := json.Unmarshal(data, &g); err != nil {
		return nil, errors.New("not GeoJSON")
	}
	var out orb.Geometry
	var err error
	switch g.Type {
	case "Point":
		out, err = coordinates[orb.Point](g.Coordinates)
	case "LineString":
		out, err = coordinates[orb.LineString](g.Coordinates)
	case "Polygon":
		out, err = coordinates[orb.Polygon](g.Coordinates)
	case "MultiPolygon":
		out, err = coordinates[orb.MultiPolygon](g.Coordinates)
	default:
		return nil, errors.New("not a GeoJSON Polygon, MultiPolygon, LineString or Point")
	}
	if err != nil {
		return nil, errors.New("coordinates malformed")
	}
	return out, nil
}

func coordinates[T orb.Geometry](data []byte) (orb.Geometry, error) {
	if len(data) == 0 {
		return nil, errors.New("no coordinates")
	}
	var t T
	err := json.Unmarshal(data, &t)
	return t, err
}

// geometry reads and checks one GeoJSON geometry.
func geometry(data []byte) (orb.Geometry, error) {
	if len(data) > 4<<20 {
		return nil, errors.New("too long")
	}
	geo, err := decodeGeometry(data)
	if err != nil {
		return nil, err
	}
	n, whole := 0, true
	points := func(ps []orb.Point) {
		for _, p := range ps {
			n++
			whole = whole && p[0] >= 70 && p[0] <= 140 && p[1] >= 0 && p[1] <= 60
		}
	}
	rings := func(p orb.Polygon) error {
		if len(p) == 0 {
			return errors.New("empty polygon")
		}
		for _, r := range p {
			if len(r) < 4 || !r.Closed() {
				return errors.New("polygon not closed")
			}
			points(r)
		}
		return nil
	}
	switch t := geo.(type) {
	case orb.Point:
		points([]orb.Point{t})
	case orb.LineString:
		points(t)
	case orb.Polygon:
		err = rings(t)
	case orb.MultiPolygon:
		if len(t) == 0 {
			err = errors.New("empty polygon")
		}
		for _, p := range t {
			if e := rings(p); e != nil {
				err = e
			}
		}
	}
	switch {
	case err != nil:
		return nil, err
	case n == 0:
		return nil, errors.New("no points")
	case n > maxPoints:
		return nil, errors.New("too many points")
	case !whole:
		return nil, errors.New("outside of the country, longitude must come first")
	}
	return geo, nil
}

// center returns a label point of a shape.
func center(g orb.Geometry) (lng, lat float64) {
	p, area := planar.CentroidArea(g)
	if area == 0 || p != p {
		p = g.Bound().Center()
	}
	return p[0], p[1]
}
