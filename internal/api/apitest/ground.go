package apitest

import (
	"fmt"
	"strconv"

	"shouwang/internal/territory"
)

// Codes of places that the stories speak of.
const (
	City         = "9902"
	District     = "990203"
	Subdistrict  = "990203008000"
	Community    = "990203008001"
	Grid         = Community + "-01"
	Microgrid    = Community + "-001" // 80 doors in two buildings
	Second       = Community + "-002"
	Third        = Community + "-003"
	Vacant       = Community + "-005" // has no everyday lead
	Building     = Community + "-B001"
	Building2    = Community + "-B002"
	Building3    = Community + "-B003" // the only one of the second micro-grid
	Cut          = Community + "-B006" // its units a and b stand in two micro-grids
	Flats        = Community + "-S01"  // an apartment house
	Mall         = Community + "-S02"  // no registered doors
	Community2   = "990203008002"
	Subdistrict2 = "990203009000"
	OtherCity    = "9903"
	Door         = Building + "-1-101"
)

// Place returns a place by code.
func (w *World) Place(code string) *territory.Place {
	w.T.Helper()
	p := w.Places[code]
	if p == nil {
		w.T.Fatalf("the world has no place %s", code)
	}
	return p
}

// ID returns the id of a place by code.
func (w *World) ID(code string) string { w.T.Helper(); return w.Place(code).ID }

// Doors returns the doors at or below a place, in path order.
func (w *World) Doors(code string) []*territory.Place {
	var out []*territory.Place
	top := w.Place(code).Path
	for _, p := range w.Places {
		if p.Kind == territory.Door && territory.Inside(p.Path, top) {
			out = append(out, p)
		}
	}
	sortPlaces(out)
	return out
}

func (w *World) add(parent, code string, kind territory.Kind, name string) *territory.Place {
	w.ids++
	p := &territory.Place{ID: strconv.FormatInt(w.ids, 36), Kind: kind, Code: code, Name: name, Sort: int(w.ids), From: Start.AddDate(-1, 0, 0),
		Lng: 121.5 + float64(w.ids%50)/1e4, Lat: 29.8 + float64(w.ids%70)/1e4}
	if parent != "" {
		up := w.Place(parent)
		p.ParentID, p.Path = up.ID, territory.Join(up.Path, p.ID)
	} else {
		p.Path = territory.Join("", p.ID)
	}
	if kind == territory.Building || kind == territory.Community || kind.Site() {
		p.Shape = fmt.Sprintf(`{"type":"Point","coordinates":[%.4f,%.4f]}`, p.Lng, p.Lat)
	}
	w.Places[code] = p
	return p
}

// house adds a building or site with its units and doors.
func (w *World) house(parent, code string, kind territory.Kind, number string, units []int, floors, per int) {
	h := w.add(parent, code, kind, "长塘里"+number+"号楼")
	h.Estate, h.Number = "长塘里", number
	for _, u := range units {
		unit := w.add(code, fmt.Sprintf("%s-%d", code, u), territory.Unit, fmt.Sprintf("%d单元", u))
		unit.Number = strconv.Itoa(u)
		for f := 1; f <= floors; f++ {
			for n := 1; n <= per; n++ {
				room := strconv.Itoa(f*100 + n)
				door := w.add(unit.Code, unit.Code+"-"+room, territory.Door, room)
				door.Number, door.Floor = room, f
			}
		}
	}
}

// build makes the territory: one subdistrict with two communities in which the
// stories happen, and enough beside it to be out of scope in.
func (w *World) build() {
	w.add("", City, territory.City, "明洲市")
	w.add(City, District, territory.District, "明洲区")
	w.add(District, Subdistrict, territory.Subdistrict, "澄塘街道")
	w.add(Subdistrict, Community, territory.Community, "长塘社区")
	w.add(Community, Grid, territory.Grid, "第一网格")
	w.add(Community, Community+"-02", territory.Grid, "第二网格")
	for i := 1; i <= 5; i++ {
		grid := Grid
		if i > 3 {
			grid = Community + "-02"
		}
		w.add(grid, fmt.Sprintf("%s-%03d", Community, i), territory.Microgrid, fmt.Sprintf("%d号微网格", i))
	}
	w.house(Microgrid, Building, territory.Building, "1", []int{1, 2}, 5, 4)
	w.house(Microgrid, Building2, territory.Building, "2", []int{1, 2}, 5, 4)
	w.house(Second, Building3, territory.Building, "3", []int{1}, 6, 2)
	w.house(Third, Community+"-B004", territory.Building, "4", []int{1}, 6, 2)
	w.house(Third, Community+"-B005", territory.Building, "5", []int{1}, 3, 2)
	w.house(Community+"-004", Cut+"a", territory.Building, "6", []int{1}, 4, 2)
	w.house(Community+"-005", Cut+"b", territory.Building, "6", []int{2}, 4, 2)
	w.house(Community, Flats, territory.Apartment, "7", []int{1}, 3, 2)
	w.house(Community, Mall, territory.Mall, "8", nil, 0, 0)
	w.add(Subdistrict, Community2, territory.Community, "东篱社区")
	w.add(Community2, Community2+"-01", territory.Grid, "第一网格")
	for i := 1; i <= 2; i++ {
		w.add(Community2+"-01", fmt.Sprintf("%s-%03d", Community2, i), territory.Microgrid, fmt.Sprintf("%d号微网格", i))
		w.house(fmt.Sprintf("%s-%03d", Community2, i), fmt.Sprintf("%s-B%03d", Community2, i), territory.Building, strconv.Itoa(i), []int{1}, 4, 2)
	}
	w.chain(District, Subdistrict2)
	w.add("", OtherCity, territory.City, "邻州市")
	w.add(OtherCity, "990301", territory.District, "邻区")
	w.chain("990301", "990301001000")
}

// chain is a subdistrict with one of everything below it.
func (w *World) chain(parent, code string) {
	w.add(parent, code, territory.Subdistrict, "邻街道")
	c := code[:9] + "001"
	w.add(code, c, territory.Community, "邻社区")
	w.add(c, c+"-01", territory.Grid, "第一网格")
	w.add(c+"-01", c+"-001", territory.Microgrid, "1号微网格")
	w.house(c+"-001", c+"-B001", territory.Building, "1", []int{1}, 1, 2)
}
