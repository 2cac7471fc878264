package territory

import (
	"math"
	"strings"
)

// Datum is the frame in which a longitude and latitude were taken. The house keeps
// CGCS2000; the others are brought to it at the edge.
type Datum string

// The datums that files of the trade come in. WGS 84 differs from CGCS2000 by
// centimetres and is taken as it is; GCJ-02 is what maps sold in China show, BD-09
// what Baidu makes of that.
const (
	CGCS2000 Datum = "CGCS2000"
	GCJ02    Datum = "GCJ-02"
	BD09     Datum = "BD-09"
)

// ParseDatum reads a datum as people write it; empty is CGCS2000.
func ParseDatum(s string) (Datum, bool) {
	key := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_（）()坐标系", r) {
			return -1
		}
		return r
	}, strings.ToUpper(s))
	switch key {
	case "", "CGCS2000", "国家2000", "2000国家大地", "大地2000", "WGS84", "GPS", "天地图", "EPSG4490", "EPSG4326":
		return CGCS2000, true
	case "GCJ02", "GCJ", "火星", "高德", "腾讯", "AMAP":
		return GCJ02, true
	case "BD09", "BD09LL", "BD", "百度", "BAIDU":
		return BD09, true
	}
	return "", false
}

// Where China lies as far as the published offset knows it; outside nothing is bent.
const (
	westEdge, eastEdge   = 72.004, 137.8347
	southEdge, northEdge = 0.8293, 55.8271
)

// The ellipsoid of the offset (Krassovsky 1940) and Baidu's angle.
const (
	bentAxis = 6378245.0
	bentE2   = 0.00669342162296594323
	bentTurn = math.Pi * 3000 / 180
)

// ToHouse brings a point to CGCS2000.
func (d Datum) ToHouse(lng, lat float64) (float64, float64) {
	switch d {
	case GCJ02:
		return unbend(lng, lat)
	case BD09:
		return unbend(unbaidu(lng, lat))
	}
	return lng, lat
}

// FromHouse brings a point of the house to the datum.
func (d Datum) FromHouse(lng, lat float64) (float64, float64) {
	switch d {
	case GCJ02:
		return bend(lng, lat)
	case BD09:
		return baidu(bend(lng, lat))
	}
	return lng, lat
}

func abroad(lng, lat float64) bool {
	return lng < westEdge || lng > eastEdge || lat < southEdge || lat > northEdge
}

// bend is the published offset of GCJ-02.
func bend(lng, lat float64) (float64, float64) {
	if abroad(lng, lat) {
		return lng, lat
	}
	x, y := lng-105, lat-35
	waves := (20*math.Sin(6*x*math.Pi) + 20*math.Sin(2*x*math.Pi)) * 2 / 3
	dLat := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*math.Sqrt(math.Abs(x)) + waves +
		(20*math.Sin(y*math.Pi)+40*math.Sin(y/3*math.Pi))*2/3 + (160*math.Sin(y/12*math.Pi)+320*math.Sin(y*math.Pi/30))*2/3
	dLng := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*math.Sqrt(math.Abs(x)) + waves +
		(20*math.Sin(x*math.Pi)+40*math.Sin(x/3*math.Pi))*2/3 + (150*math.Sin(x/12*math.Pi)+300*math.Sin(x/30*math.Pi))*2/3
	rad := lat / 180 * math.Pi
	magic := 1 - bentE2*math.Sin(rad)*math.Sin(rad)
	root := math.Sqrt(magic)
	dLat = dLat * 180 / (bentAxis * (1 - bentE2) / (magic * root) * math.Pi)
	dLng = dLng * 180 / (bentAxis / root * math.Cos(rad) * math.Pi)
	return lng + dLng, lat + dLat
}

// unbend finds the point that bend brings to the given one; the offset changes so
// slowly that some rounds end far below a centimetre.
func unbend(lng, lat float64) (float64, float64) {
	if abroad(lng, lat) {
		return lng, lat
	}
	x, y := lng, lat
	for range 12 {
		bx, by := bend(x, y)
		x, y = x+lng-bx, y+lat-by
		if math.Abs(lng-bx)+math.Abs(lat-by) < 1e-10 {
			break
		}
	}
	return x, y
}

func baidu(lng, lat float64) (float64, float64) {
	if abroad(lng, lat) {
		return lng, lat
	}
	z := math.Hypot(lng, lat) + 0.00002*math.Sin(lat*bentTurn)
	theta := math.Atan2(lat, lng) + 0.000003*math.Cos(lng*bentTurn)
	return z*math.Cos(theta) + 0.0065, z*math.Sin(theta) + 0.006
}

func unbaidu(lng, lat float64) (float64, float64) {
	if abroad(lng, lat) {
		return lng, lat
	}
	x, y := lng-0.0065, lat-0.006
	for range 12 {
		bx, by := baidu(x, y)
		x, y = x+lng-bx, y+lat-by
		if math.Abs(lng-bx)+math.Abs(lat-by) < 1e-10 {
			break
		}
	}
	return x, y
}

// Flat is a plane of metres that touches the ground at a point; over a city it
// errs by less than a metre in a kilometre.
type Flat struct{ lng, lat, east, north float64 }

// Plane returns the plane that touches at a point.
func Plane(lng, lat float64) Flat {
	rad := lat / 180 * math.Pi
	return Flat{lng, lat, 111412.84*math.Cos(rad) - 93.5*math.Cos(3*rad), 111132.954 - 559.822*math.Cos(2*rad) + 1.175*math.Cos(4*rad)}
}

// Metres returns how far east and north of the touching point a point lies; an
// unknown point lies at it.
func (f Flat) Metres(lng, lat float64) (x, y float64) {
	if lng == 0 && lat == 0 {
		return 0, 0
	}
	return (lng - f.lng) * f.east, (lat - f.lat) * f.north
}

// Degrees is Metres turned round.
func (f Flat) Degrees(x, y float64) (lng, lat float64) { return f.lng + x/f.east, f.lat + y/f.north }
