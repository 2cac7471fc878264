package dispatch

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

var t0 = time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)

// world is an invented subdistrict for tests, made from a seed.
type world struct {
	spots     []mode.Spot
	ground    *mode.Ground
	helpers   []people.Helper
	posts     []people.Post // everyday
	micro     []int         // indexes of micro-grids in ground
	buildings []int
	doors     []int
	next      int
}

func (w *world) place(parent string, kind territory.Kind, name string) string {
	w.next++
	id := fmt.Sprintf("%s%d", string(kind[0]), w.next)
	w.spots = append(w.spots, mode.Spot{ID: id, Path: territory.Join(parent, id), Kind: kind, Name: name})
	return w.spots[len(w.spots)-1].Path
}

type shape struct {
	communities, microgrids, doors, helpers, police int // micro-grids for each community, doors for each micro-grid
}

func build(t testing.TB, seed uint64, sh shape) *world {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	w := &world{}
	top := w.place("c.d.", territory.Subdistrict, "澄塘街道")
	var doors, comms []string
	for c := range sh.communities {
		cp := w.place(top, territory.Community, fmt.Sprintf("%d社区", c+1))
		comms = append(comms, cp)
		gp := w.place(cp, territory.Grid, "第一网格")
		for m := range sh.microgrids {
			mp := w.place(gp, territory.Microgrid, fmt.Sprintf("%d号微网格", m+1))
			w.spots[len(w.spots)-1].Lng, w.spots[len(w.spots)-1].Lat = 121.5+0.01*float64(c)+0.0005*float64(m), 29.8+0.001*float64(m%7)
			left := sh.doors
			for b := 0; left > 0; b++ {
				bp := w.place(mp, territory.Building, fmt.Sprintf("%d号楼", b+1))
				up := w.place(bp, territory.Unit, "1单元")
				for range min(left, 40) {
					dp := w.place(up, territory.Door, "")
					s := &w.spots[len(w.spots)-1]
					s.Households, s.People = 1, int32(1+r.IntN(4))
					doors = append(doors, dp)
				}
				left -= 40
			}
		}
	}
	for i := range sh.helpers {
		h := people.Helper{ID: fmt.Sprintf("h%05d", i), Name: fmt.Sprintf("志愿者%d", i), Kind: "volunteer", Path: doors[r.IntN(len(doors))],
			Birth: 1946 + r.IntN(62), Party: r.IntN(5) == 0, Standing: r.IntN(12) == 0, PhoneUser: r.IntN(4) > 0, Hours: 2 + r.IntN(6)}
		if r.IntN(10) < 7 {
			h.Trained = []string{"protective-basic"}
		}
		if r.IntN(20) == 0 {
			h.Away = "locked-out"
		}
		w.helpers = append(w.helpers, h)
	}
	for i := range sh.police {
		w.helpers = append(w.helpers, people.Helper{ID: fmt.Sprintf("p%05d", i), Name: fmt.Sprintf("民警%d", i), Kind: "police",
			Path: comms[i%len(comms)], Birth: 1970 + r.IntN(30), PhoneUser: true, Trained: []string{"protective-basic"}})
	}
	g, err := mode.NewGround(w.spots)
	if err != nil {
		t.Fatal(err)
	}
	w.ground = g
	for i := range g.Spots {
		switch g.Spots[i].Kind {
		case territory.Microgrid:
			w.micro = append(w.micro, i)
		case territory.Building:
			w.buildings = append(w.buildings, i)
		case territory.Door:
			w.doors = append(w.doors, i)
		}
	}
	w.everyday(t)
	return w
}

// everyday puts somebody who lives there on each everyday lead post, when there
// is anybody.
func (w *world) everyday(t testing.TB) {
	for _, slot := range mode.DesiredAt(book(t, "normal"), w.ground, nil, mode.Scope{Path: w.ground.Spots[0].Path}, t0).Slots {
		s := &w.ground.Spots[slot.Spot]
		o := people.Post{ID: "n" + slot.Key, Key: slot.Key, Item: book(t, "normal").Posts[slot.Item].ID, PlaceID: s.ID, Path: s.Path, N: slot.N, From: t0.AddDate(-1, 0, 0)}
		for i := range w.helpers {
			if h := &w.helpers[i]; o.Item == "lead" && h.Kind == "volunteer" && territory.Inside(h.Path, s.Path) {
				o.HelperID = h.ID
				break
			}
		}
		w.posts = append(w.posts, o)
	}
}

func book(t testing.TB, id string) *mode.Playbook {
	t.Helper()
	p, err := mode.Shipped(id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (w *world) ref(spot int) PlaceRef {
	return PlaceRef{w.ground.Spots[spot].ID, w.ground.Spots[spot].Path}
}

// state declares an epidemic over the whole world.
func (w *world) state(t testing.TB) *State {
	t.Helper()
	inc, _, err := Declare("三月疫情", book(t, "epidemic"), w.ref(0), Stated{}, "commander", t0)
	if err != nil {
		t.Fatal(err)
	}
	inc.ID = "inc1" // NewID draws random bits; tests want the same plan twice
	return &State{Playbook: book(t, "epidemic"), Ground: w.ground, Incident: inc, Posts: w.posts, Helpers: w.helpers, Seed: 7}
}

// zone draws a zone and commits it to the state as the store would.
func zone(t testing.TB, s *State, name string, now time.Time, places ...PlaceRef) {
	t.Helper()
	_, changes, err := AddZone(s.Incident, s.Playbook, s.Measures, ZoneOrder{Zone: name, Places: places, Basis: "区指令7号", Until: t0.AddDate(0, 0, 10)}, "commander", now)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		commitMeasure(s, *c.Row.(*mode.Measure), c.Base)
	}
}

func commitMeasure(s *State, m mode.Measure, base int64) {
	m.Version = base + 1
	for i := range s.Measures {
		if s.Measures[i].ID == m.ID {
			s.Measures[i] = m
			return
		}
	}
	s.Measures = append(s.Measures, m)
}

// commit writes an applied plan into the state, checking versions as the store
// does.
func commit(t testing.TB, s *State, a *Applied) {
	t.Helper()
	if a.Repeat {
		return
	}
	s.Posts = append([]people.Post(nil), s.Posts...)
	at := map[string]int{}
	for i := range s.Posts {
		at[s.Posts[i].ID] = i
	}
	for _, o := range a.Posts {
		i, there := at[o.ID]
		if there != (o.Version > 0) || there && s.Posts[i].Version != o.Version {
			t.Fatalf("post %s: version %d does not meet what is there", o.Key, o.Version)
		}
		o.Version++
		if there {
			s.Posts[i] = o
		} else {
			s.Posts = append(s.Posts, o)
		}
	}
	rounds := map[string]int{}
	for i := range s.Rounds {
		rounds[s.Rounds[i].ID] = i
	}
	for _, r := range a.Rounds {
		i, there := rounds[r.ID]
		if there != (r.Version > 0) {
			t.Fatalf("round %s: version %d", r.Key, r.Version)
		}
		r.Version++
		if there {
			s.Rounds[i] = r
		} else {
			s.Rounds = append(s.Rounds, r)
		}
	}
	targets := map[string]int{}
	for i := range s.Targets {
		targets[s.Targets[i].RoundID+s.Targets[i].PlaceID] = i
	}
	for _, x := range a.Targets {
		i, there := targets[x.RoundID+x.PlaceID]
		if there != (x.Version > 0) {
			t.Fatalf("target %s: version %d", x.PlaceID, x.Version)
		}
		x.Version++
		if there {
			s.Targets[i] = x
		} else {
			s.Targets = append(s.Targets, x)
		}
	}
	for _, m := range a.Measures {
		commitMeasure(s, m, m.Version)
	}
	s.Incident = a.Incident
	s.Incident.Rev++
}

func propose(t testing.TB, s *State, now time.Time) *Plan {
	t.Helper()
	p, err := Propose(s, "officer-a", now)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func applied(t testing.TB, s *State, p *Plan, now time.Time) *Applied {
	t.Helper()
	a, err := Apply(p, s, "officer-b", now)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, a)
	return a
}
