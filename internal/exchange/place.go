package exchange

import (
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"shouwang/internal/address"
	"shouwang/internal/fault"
	"shouwang/internal/territory"
)

// PlaceRow is one line of the list of places, before or after Expand.
type PlaceRow struct {
	At
	Code     string
	Kind     territory.Kind
	Name     string
	Parent   string // code; empty for a root
	Estate   string
	Number   string // building, unit or room in canonical form
	Floor    int    // of a door, 0 when unknown
	Units    []string
	Floors   int
	PerFloor int
	Skipped  []int      // floors that the building does not have
	Doors    []UnitRoom // exact list of doors; replaces floors and doors a floor
	Tags     []string
	Lng, Lat float64 // 0,0 when unknown
	Shape    string  // GeoJSON geometry or empty
	Made     bool    // made by Expand out of a building's row
}

// UnitRoom is one door of a building: unit may be empty.
type UnitRoom struct{ Unit, Room string }

// Places reads every row on its own: each is either a typed row or a reject. What
// only shows over the whole set (duplicates, parents, loops) is CheckTree's.
func (s *Sheet) Places() iter.Seq2[*PlaceRow, *Reject] { return each(s, readPlace) }

var codeRe = regexp.MustCompile(`^[0-9A-Za-z]([0-9A-Za-z-]{0,38}[0-9A-Za-z])?$`)

func foldCode(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("—–−‐‑", r) {
			return '-'
		}
		if r == ' ' {
			return -1
		}
		return r
	}, halfWidth(s))
}

// rootRank is the lowest kind that may stand without a parent.
const rootRank = 30

func readPlace(r *record, at At) *PlaceRow {
	row := &PlaceRow{At: at}
	code, kind, codeCol := r.must("code")
	if row.Code = foldCode(code); code != "" && (kind == cellDate || !codeRe.MatchString(row.Code)) {
		r.bad(codeCol, ErrCode.With(short(code)))
	}
	row.Kind = r.placeKind()
	row.Parent = r.code("parent")
	if info, ok := row.Kind.Info(); ok && row.Parent == "" && info.Rank > rootRank {
		if col := first(r.cols["parent"]); col >= 0 {
			r.bad(col, ErrBlankCell.With(r.heading(col)))
		} else {
			r.problems = append(r.problems, problem(r.sch.title["parent"], ErrBlankCell.With(r.sch.title["parent"])))
		}
	}
	row.Name, _, _ = r.text("name")
	row.Estate, _, _ = r.text("estate")
	number, col := r.part1("number")
	row.Number = address.Number(number)
	_ = col
	r.size(row)
	if s, _, _ := r.text("tags"); s != "" {
		row.Tags = splitWords(s)
	}
	if d, ok := r.datum(); ok {
		r.point(row, d)
		r.shape(row, d)
	}
	row.name()
	return row
}

func first(cols []int) int {
	if len(cols) == 0 {
		return -1
	}
	return cols[0]
}

func (r *record) placeKind() territory.Kind {
	s, _, col := r.must("kind")
	if s == "" {
		return ""
	}
	if k, ok := placeKinds[s]; ok {
		return k
	}
	if k, ok := placeKinds[fold(s)]; ok {
		return k
	}
	var names []string
	for _, k := range territory.Kinds {
		names = append(names, k.ZH)
	}
	r.bad(col, ErrWord.With(short(s), r.heading(col), strings.Join(names, "、")))
	return ""
}

// name gives a place that has none the name its kind and number make.
func (p *PlaceRow) name() {
	if p.Number == "" && p.Name != "" && (p.Kind == territory.Unit || p.Kind == territory.Door) {
		p.Number = address.Number(p.Name)
	}
	if p.Name != "" {
		return
	}
	switch p.Kind {
	case territory.Building:
		p.Name = p.Estate + p.Number + "号楼"
	case territory.Unit:
		p.Name = p.Number + "单元"
	case territory.Door:
		p.Name = p.Number
	default:
		p.Name = p.Estate
	}
}

// Bounds of one building, wide enough for every house that stands.
const (
	maxUnits    = 60
	maxFloors   = 200
	maxPerFloor = 200
	maxDoors    = 20000
)

// size reads units, floors and doors of a building.
func (r *record) size(row *PlaceRow) {
	if n := r.int("units", 0, maxUnits); n != nil {
		for u := range *n {
			row.Units = append(row.Units, strconv.Itoa(u+1))
		}
	}
	if s, kind, col := r.text("unit_list"); s != "" {
		list, err := address.Ranges(strings.TrimSuffix(s, "单元"))
		switch {
		case kind == cellDate:
			r.bad(col, ErrBecameDate.With(r.heading(col), s))
		case err != nil || len(list) > maxUnits:
			r.bad(col, ErrExpand.With("单元“"+short(s)+"”读不懂", "the units are unclear"))
		case row.Kind == territory.Unit || row.Kind == territory.Door:
			if row.Number == "" && len(list) == 1 {
				row.Number = list[0]
			}
		default:
			row.Units = list
		}
	}
	if n := r.int("floors", 0, maxFloors); n != nil {
		row.Floors = *n
	}
	if n := r.int("per_floor", 0, maxPerFloor); n != nil {
		row.PerFloor = *n
	}
	if n := r.int("floor", -9, maxFloors); n != nil {
		row.Floor = *n
	}
	if s, _, col := r.text("skipped"); s != "" {
		for _, w := range splitWords(s) {
			n, ok := parseInt(w, 1, maxFloors)
			if !ok {
				r.bad(col, ErrNumber.With(short(w), 1, maxFloors))
			} else if !slices.Contains(row.Skipped, n) {
				row.Skipped = append(row.Skipped, n)
			}
		}
	}
	r.doorList(row)
	if (row.Floors > 0) != (row.PerFloor > 0) && len(row.Doors) == 0 {
		field := "floors"
		if row.Floors > 0 {
			field = "per_floor"
		}
		r.problems = append(r.problems, problem(r.sch.title[field], ErrExpand.With("层数与每层户数要一起填", "floors and doors a floor go together")))
	}
	if max(len(row.Units), 1)*row.Floors*row.PerFloor > maxDoors {
		r.problems = append(r.problems, problem(r.sch.title["per_floor"], ErrExpand.With("一栋超过20000户", "more than 20,000 doors in one building")))
	}
}

var doorRe = regexp.MustCompile(`^(?:(\w{1,3})(?:-|单元))?([A-Za-z]?\d{1,5}[A-Za-z]?)(?:室|户|号)?$`)

// doorList reads 门牌清单: "1-101、1-102" or "101、102".
func (r *record) doorList(row *PlaceRow) {
	s, kind, col := r.text("doors")
	if s == "" {
		return
	}
	if kind == cellDate {
		r.bad(col, ErrBecameDate.With(r.heading(col), s))
		return
	}
	seen := map[UnitRoom]bool{}
	for _, w := range splitWords(s) {
		m := doorRe.FindStringSubmatch(foldCode(w))
		if m == nil {
			r.bad(col, ErrDoorList.With(short(w)))
			return
		}
		d := UnitRoom{address.Number(m[1]), address.Number(m[2])}
		if d.Unit == "" && len(row.Units) == 1 {
			d.Unit = row.Units[0]
		}
		if seen[d] || len(row.Units) > 0 && !slices.Contains(row.Units, d.Unit) {
			r.bad(col, ErrDoorList.With(short(w)))
			return
		}
		seen[d] = true
		if row.Doors = append(row.Doors, d); len(row.Doors) > maxDoors {
			r.bad(col, ErrExpand.With("一栋超过20000户", "more than 20,000 doors in one building"))
			return
		}
	}
}

// point reads longitude and latitude, both or neither.
func (r *record) point(row *PlaceRow, d territory.Datum) {
	x, _, xCol := r.text("lng")
	y, _, yCol := r.text("lat")
	if x == "" && y == "" {
		return
	}
	lng, err1 := strconv.ParseFloat(halfWidth(x), 64)
	lat, err2 := strconv.ParseFloat(halfWidth(y), 64)
	if err1 != nil || err2 != nil || !(lng >= 70 && lng <= 140 && lat >= 0 && lat <= 60) {
		r.bad(max(xCol, yCol), ErrPoint.With(short(x+","+y)))
		return
	}
	row.Lng, row.Lat = d.ToHouse(lng, lat)
}

// datum reads in which frame the row's coordinates were taken; blank is CGCS2000.
func (r *record) datum() (territory.Datum, bool) {
	s, _, col := r.text("datum")
	d, ok := territory.ParseDatum(s)
	if !ok {
		r.bad(col, territory.ErrDatum.With(short(s)))
	}
	return d, ok
}

// shape reads a geometry and brings it to CGCS2000.
func (r *record) shape(row *PlaceRow, d territory.Datum) {
	s, _, col := r.text("shape")
	if s == "" {
		return
	}
	g, err := geometry([]byte(s))
	if err != nil {
		r.bad(col, ErrShape.With(err))
		return
	}
	at := territory.Drawn{Shape: s}
	if at.Lng, at.Lat = center(g); d != territory.CGCS2000 {
		if at, err = territory.Draw([]byte(s), d); err != nil {
			r.bad(col, fault.As(err))
			return
		}
	}
	row.Shape = at.Shape
	if row.Lng == 0 && row.Lat == 0 {
		row.Lng, row.Lat = at.Lng, at.Lat
	}
}
