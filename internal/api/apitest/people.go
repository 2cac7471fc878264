package apitest

import (
	"context"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"shouwang/internal/api/canarytest"
	"shouwang/internal/identity"
	"shouwang/internal/people"
	"shouwang/internal/register"
	"shouwang/internal/territory"
)

func sortPlaces(ps []*territory.Place) {
	sort.Slice(ps, func(i, j int) bool { return ps[i].Path < ps[j].Path })
}

// rare are signs that stand in no other text, so that two of them in a row are a
// name's canary.
var rare = []rune(canarytest.Rare)

// Given is the given name of the n-th resident, found nowhere else.
func Given(n int) string { return string(rare[n/len(rare)%len(rare)]) + string(rare[n%len(rare)]) }

// Origin is the place of origin of the n-th resident, found nowhere else.
func Origin(n int) string { return "籍贯" + Given(n) + "乡" }

// settle writes the territory, who lives there, who helps and who may sign in.
func (w *World) settle() {
	w.build()
	_, err := w.Store.NextPlaces(context.Background(), int(w.ids))
	w.Must(err)
	var places []*territory.Place
	for _, p := range w.Places {
		places = append(places, p)
	}
	sortPlaces(places)
	var rows, homes []any
	n := 0
	for _, p := range places {
		rows = append(rows, p)
		if p.Kind != territory.Door {
			continue
		}
		h := &register.Household{ID: "h" + p.ID, PlaceID: p.ID, Path: p.Path, Tenure: []string{"own", "rent"}[n%2], From: Start.AddDate(-1, 0, 0)}
		homes = append(homes, h)
		for k := range 1 + n%2 {
			person := w.resident(n, k, h)
			w.People = append(w.People, person)
			homes = append(homes, person, w.source(person))
		}
		n++
	}
	w.Insert("places.imported", rows...)
	w.Insert("residents.imported", homes...)
	w.help(places)
	w.accounts()
}

func (w *World) resident(n, k int, h *register.Household) *register.Person {
	i := len(w.People)
	birth := fmt.Sprintf("%d-0%d-1%d", 1940+i%60, 1+i%9, i%9)
	number, err := identity.Make("990203", birth, i)
	w.Must(err)
	p := &register.Person{ID: fmt.Sprintf("p%04d", i), HouseholdID: h.ID, PlaceID: h.PlaceID, Path: h.Path, Name: []string{"赵", "钱", "孙", "欧阳"}[i%4] + Given(i),
		Gender: []string{"m", "f"}[i%2], Birth: birth, Relation: []string{"户主", "配偶"}[k], Origin: Origin(i), IDNumber: number, Phone: fmt.Sprintf("129%08d", 10000000+i*7919),
		Won: map[string]register.Won{"name": {Source: fmt.Sprintf("s%04d", i), Date: "2026-01-01"}}, Verified: Start.AddDate(0, -1, 0)}
	if n%5 == 0 && k == 0 {
		p.Care = []register.Care{{Group: "chronic", Need: canarytest.Text(i)}}
	}
	return p
}

// source is what a ledger once said of the person.
func (w *World) source(p *register.Person) *register.Source {
	i := len(w.People) - 1
	return &register.Source{ID: fmt.Sprintf("s%04d", i), From: "长塘社区居民台账.xlsx", Key: strconv.Itoa(i), PersonID: p.ID, PlaceID: p.PlaceID, Path: p.Path,
		Date: "2026-01-01", Fields: []byte(`{"name":"` + p.Name + `"}`), At: Start.AddDate(0, -1, 0)}
}

// help makes volunteers behind every third door, officers and workers, and who
// holds the everyday posts.
func (w *World) help(places []*territory.Place) {
	helper := func(kind string, at *territory.Place) *people.Helper {
		i := len(w.Helpers)
		h := &people.Helper{ID: fmt.Sprintf("v%04d", i), Number: fmt.Sprintf("V%04d", i), Name: "热心" + strconv.Itoa(i), WorkPhone: fmt.Sprintf("129%08d", 90000000+i),
			Birth: 1975 + i%25, Gender: "f", PlaceID: at.ID, Path: at.Path, Kind: kind, Party: i%4 == 0, Standing: i%9 == 0, PhoneUser: true, Hours: 6}
		if i%3 > 0 || kind == "police" {
			h.Trained = []string{"protective-basic"}
			w.passes = append(w.passes, &people.Pass{ID: "pass-" + h.ID, HelperID: h.ID, Qualification: "protective-basic", Source: "import 名册.xlsx", From: Start.AddDate(-1, 0, 0)})
		}
		w.Helpers = append(w.Helpers, h)
		return h
	}
	var posts []any
	hold := func(item, role string, h *people.Helper, at *territory.Place) {
		key := strings.Join([]string{"", item, at.ID, "", "1"}, "|")
		posts = append(posts, &people.Post{ID: "n" + item + at.ID, Key: key, Item: item, Role: role, PlaceID: at.ID, Path: at.Path, N: 1, HelperID: h.ID, From: Start.AddDate(-1, 0, 0)})
	}
	inside := func(p *territory.Place) bool { return territory.Inside(p.Path, w.Place(Subdistrict).Path) }
	doors := 0
	for _, p := range places {
		if !inside(p) {
			continue
		}
		switch p.Kind {
		case territory.Door:
			if doors++; doors%3 == 0 {
				helper("volunteer", p)
			}
		case territory.Microgrid:
			h := helper("volunteer", p)
			if p.Code == Vacant {
				h = &people.Helper{}
			}
			hold("lead", "lead", h, p)
		case territory.Grid:
			hold("gridworker", "gridworker", helper("gridworker", p), p)
		case territory.Community:
			for range 8 {
				helper("police", p)
			}
			hold("community", "community", helper("community", p), p)
		}
	}
	var rows []any
	for _, h := range w.Helpers {
		rows = append(rows, h)
	}
	w.Insert("helpers.imported", append(append(rows, posts...), w.passes...)...)
}
