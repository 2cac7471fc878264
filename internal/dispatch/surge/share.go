package surge

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"shouwang/internal/territory"
)

// Share is who fills what one community needs: its own people, squads, nobody. The
// three add up to Need. Extra are people of squads beyond what is needed.
type Share struct {
	PlaceID string `json:"place_id"`
	Path    string `json:"-"`
	Need    int    `json:"need"`
	Own     int    `json:"own"`
	Surge   int    `json:"surge"`
	Open    int    `json:"open"`
	Extra   int    `json:"extra"`
	People  int    `json:"people"` // of squads who stand there
	Squads  int    `json:"squads"`
}

// Shares reads the shares of communities at a time, in the order of paths.
func Shares(needs []Need, stations []Station, at time.Time) []Share {
	by := map[string]*Share{}
	of := func(id, path string) *Share {
		if by[id] == nil {
			by[id] = &Share{PlaceID: id, Path: path}
		}
		return by[id]
	}
	sent := map[string]int{}
	squads := map[string]bool{}
	for i := range stations {
		x := &stations[i]
		if !x.InForce(at) {
			continue
		}
		s := of(x.PlaceID, x.Path)
		s.People += x.People
		sent[x.PlaceID+"|"+x.Kind] += x.People
		if k := x.SquadID + "|" + x.PlaceID; !squads[k] {
			squads[k] = true
			s.Squads++
		}
	}
	for i := range needs {
		n := &needs[i]
		s := of(n.PlaceID, n.Path)
		own := min(n.Own, n.Seats)
		surge := min(n.Open(), sent[n.PlaceID+"|"+n.Kind])
		s.Need += n.Seats + n.Stated
		s.Own += own
		s.Surge += surge
		s.Open += n.Open() - surge
	}
	out := make([]Share, 0, len(by))
	for _, s := range by {
		s.Extra = s.People - s.Surge
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Share) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// Proposal is a squad, or people of it, who may go home since a community's own
// people have taken over.
type Proposal struct {
	StationID string `json:"station_id"`
	People    int    `json:"people"`
	Own       int    `json:"own"`  // the community's own people there now
	Need      int    `json:"need"` // of that kind
}

// Proposals says which squads may go home: as many people as are more than a
// community needs of a kind. Whole squads first, those from afar first; a squad that
// was sent by hand is left to whoever sent it.
func Proposals(needs []Need, stations []Station, at time.Time) []Proposal {
	here := map[string][]*Station{}
	for i := range stations {
		if x := &stations[i]; x.InForce(at) && !x.Pinned {
			here[x.PlaceID+"|"+x.Kind] = append(here[x.PlaceID+"|"+x.Kind], x)
		}
	}
	open, of := map[string]int{}, map[string]*Need{}
	for i := range needs {
		k := needs[i].PlaceID + "|" + needs[i].Kind
		open[k], of[k] = needs[i].Open(), &needs[i]
	}
	for i := range stations {
		if x := &stations[i]; x.InForce(at) && x.Pinned {
			open[x.PlaceID+"|"+x.Kind] -= x.People
		}
	}
	var out []Proposal
	for k, list := range here {
		extra := -max(0, open[k])
		for _, x := range list {
			extra += x.People
		}
		slices.SortFunc(list, func(a, b *Station) int {
			return cmp.Or(cmp.Compare(b2i(a.Why.OwnHome), b2i(b.Why.OwnHome)), cmp.Compare(b.Why.Metres, a.Why.Metres), cmp.Compare(a.People, b.People), cmp.Compare(a.ID, b.ID))
		})
		propose := func(x *Station, people int) {
			p := Proposal{StationID: x.ID, People: people}
			if n := of[k]; n != nil {
				p.Own, p.Need = n.Own, n.Seats+n.Stated
			}
			out = append(out, p)
			extra -= people
		}
		var left []*Station
		for _, x := range list {
			if x.People <= extra {
				propose(x, x.People)
			} else {
				left = append(left, x)
			}
		}
		if extra > 0 && len(left) > 0 {
			propose(left[0], extra)
		}
	}
	slices.SortFunc(out, func(a, b Proposal) int { return strings.Compare(a.StationID, b.StationID) })
	return out
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Branch is the temporary party branch of a community in which three people of
// squads or more stand: the largest squad there leads it.
type Branch struct {
	PlaceID string `json:"place_id"`
	Lead    string `json:"squad_id"`
	Squads  int    `json:"squads"`
	People  int    `json:"people"`
}

// Branches are the temporary branches at or below a path, in the order of paths.
func Branches(stations []Station, path string, at time.Time) []Branch {
	type sum struct {
		path   string
		people map[string]int
	}
	by := map[string]*sum{}
	for i := range stations {
		x := &stations[i]
		if !x.InForce(at) || !territory.Inside(x.Path, path) {
			continue
		}
		if by[x.PlaceID] == nil {
			by[x.PlaceID] = &sum{x.Path, map[string]int{}}
		}
		by[x.PlaceID].people[x.SquadID] += x.People
	}
	var out []Branch
	for id, s := range by {
		b := Branch{PlaceID: id, Squads: len(s.people)}
		for squad, n := range s.people {
			b.People += n
			if b.Lead == "" || n > s.people[b.Lead] || n == s.people[b.Lead] && squad < b.Lead {
				b.Lead = squad
			}
		}
		if b.People >= 3 {
			out = append(out, b)
		}
	}
	slices.SortFunc(out, func(a, b Branch) int { return strings.Compare(by[a.PlaceID].path, by[b.PlaceID].path) })
	return out
}
