package exchange

import (
	"fmt"
	"slices"
	"strconv"

	"shouwang/internal/territory"
)

// Expand turns a building's row into the building, its units and its doors; every
// other row comes back alone. The made rows carry the building's place in the file
// and the codes that the house gives: unit = building-1, door = unit-501. Order:
// building, then each unit with its doors.
func Expand(p PlaceRow) []PlaceRow {
	out := []PlaceRow{p}
	if !hasDoors(p) {
		return out
	}
	doors := p.Doors
	if len(doors) == 0 {
		doors = p.grid()
	}
	units := p.Units
	for _, d := range doors {
		if d.Unit != "" && !slices.Contains(units, d.Unit) {
			units = append(units[:len(units):len(units)], d.Unit)
		}
	}
	add := func(code, name, unit string) {
		for _, d := range doors {
			if d.Unit == unit {
				out = append(out, PlaceRow{At: p.At, Made: true, Kind: territory.Door, Code: code + "-" + d.Room, Parent: code,
					Name: d.Room, Number: d.Room, Floor: floorOf(d.Room)})
			}
		}
	}
	add(p.Code, p.Name, "")
	for _, u := range units {
		code := p.Code + "-" + u
		out = append(out, PlaceRow{At: p.At, Made: true, Kind: territory.Unit, Code: code, Parent: p.Code, Name: u + "单元", Number: u})
		add(code, u, u)
	}
	return out
}

// hasDoors says whether the row describes doors below it.
func hasDoors(p PlaceRow) bool {
	return (p.Kind == territory.Building || p.Kind == territory.Apartment) && (len(p.Doors) > 0 || len(p.Units) > 0 || p.Floors*p.PerFloor > 0)
}

// Count returns how many places Expand makes of the row, itself among them, and
// how many of these are doors.
func (p PlaceRow) Count() (places, doors int) {
	all := Expand(p)
	for _, x := range all {
		if x.Kind == territory.Door {
			doors++
		}
	}
	return len(all), doors
}

// grid lists the doors of floors × doors a floor, for each unit from 01, without
// the floors that the building does not have.
func (p PlaceRow) grid() []UnitRoom {
	units := p.Units
	if len(units) == 0 {
		units = []string{""}
	}
	var out []UnitRoom
	for _, u := range units {
		for f := 1; f <= p.Floors; f++ {
			if slices.Contains(p.Skipped, f) {
				continue
			}
			for n := 1; n <= p.PerFloor; n++ {
				out = append(out, UnitRoom{u, roomNumber(f, n)})
			}
		}
	}
	return out
}

// roomNumber writes floor 5, serial 1 as 501 and floor 12, serial 104 as 12104.
func roomNumber(floor, serial int) string {
	if serial > 99 {
		return fmt.Sprintf("%d%03d", floor, serial)
	}
	return strconv.Itoa(floor*100 + serial)
}

// floorOf reads the floor out of a room number; 0 when it does not tell.
func floorOf(room string) int {
	digits := 0
	for digits < len(room) && room[digits] >= '0' && room[digits] <= '9' {
		digits++
	}
	cut := digits - 2
	if digits == 5 {
		cut = 2
	}
	if cut < 1 {
		return 0
	}
	n, _ := strconv.Atoi(room[:cut])
	return n
}
