package demo

import (
	"math"
	"strconv"
)

// The plan is drawn in metres, x to the east and y to the north, and moved to a
// spot in the open sea east of Zhoushan where no town is.
const (
	originLng = 124.0
	originLat = 29.8
)

type pt struct{ x, y float64 }

func (p pt) lnglat() (lng, lat float64) {
	lat = originLat + p.y/110860
	lng = originLng + p.x/(111320*math.Cos(originLat*math.Pi/180))
	return math.Round(lng*1e6) / 1e6, math.Round(lat*1e6) / 1e6
}

func dist(a, b pt) float64 { return math.Hypot(a.x-b.x, a.y-b.y) }

func mix(a, b pt, t float64) pt { return pt{a.x + (b.x-a.x)*t, a.y + (b.y-a.y)*t} }

// quad is a four-sided piece of ground: south-west, south-east, north-east,
// north-west.
type quad [4]pt

// at maps the unit square on the quad; v grows to the north.
func (q quad) at(u, v float64) pt { return mix(mix(q[0], q[1], u), mix(q[3], q[2], u), v) }

func (q quad) sub(u0, v0, u1, v1 float64) quad {
	return quad{q.at(u0, v0), q.at(u1, v0), q.at(u1, v1), q.at(u0, v1)}
}

func (q quad) width() float64  { return (dist(q[0], q[1]) + dist(q[3], q[2])) / 2 }
func (q quad) height() float64 { return (dist(q[0], q[3]) + dist(q[1], q[2])) / 2 }

// inset takes strips off the west, south, east and north sides, in metres.
func (q quad) inset(west, south, east, north float64) quad {
	w, h := q.width(), q.height()
	return q.sub(west/w, south/h, 1-east/w, 1-north/h)
}

func (q quad) area() float64 {
	a := 0.0
	for i := range q {
		j := (i + 1) % 4
		a += q[i].x*q[j].y - q[j].x*q[i].y
	}
	return math.Abs(a) / 2
}

func (q quad) angle() float64 {
	a, b := q.at(0, .5), q.at(1, .5)
	return math.Atan2(b.y-a.y, b.x-a.x)
}

// rect is a footprint: centre, length, depth and the angle of the length.
type rect struct {
	c       pt
	w, h, a float64
}

func (r rect) point(dx, dy float64) pt {
	s, c := math.Sincos(r.a)
	return pt{r.c.x + dx*c - dy*s, r.c.y + dx*s + dy*c}
}

func (r rect) corners() []pt {
	x, y := r.w/2, r.h/2
	return []pt{r.point(-x, -y), r.point(x, -y), r.point(x, y), r.point(-x, y)}
}

// half returns the western (0) or eastern (1) half of a footprint.
func (r rect) half(i int) rect {
	h := r
	h.c, h.w = r.point((float64(i)-.5)*r.w/2, 0), r.w/2
	return h
}

func centre(points []pt) pt {
	var c pt
	for _, p := range points {
		c.x += p.x / float64(len(points))
		c.y += p.y / float64(len(points))
	}
	return c
}

func degrees(f float64) string { return strconv.FormatFloat(f, 'f', 6, 64) }

// polygon writes a ring as a GeoJSON geometry, closed and counter-clockwise.
func polygon(ring []pt) string {
	b := make([]byte, 0, 40+24*len(ring))
	b = append(b, `{"type":"Polygon","coordinates":[[`...)
	for i := 0; i <= len(ring); i++ {
		lng, lat := ring[i%len(ring)].lnglat()
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		b = append(b, degrees(lng)...)
		b = append(b, ',')
		b = append(b, degrees(lat)...)
		b = append(b, ']')
	}
	return string(append(b, `]]}`...))
}
