package surge

import (
	"slices"
	"strings"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
)

// Spot is a place as a plan needs it.
type Spot struct {
	PlaceID string  `json:"place"`
	Path    string  `json:"path"`
	Name    string  `json:"name"`
	Lng     float64 `json:"lng"`
	Lat     float64 `json:"lat"`
}

// Need is what one community needs of one kind: the seats of its posts in force, who
// of its own people fills them, and what an officer states on top.
type Need struct {
	Spot
	Kind   string `json:"kind"`
	Seats  int    `json:"seats"`
	Own    int    `json:"own"`
	Stated int    `json:"stated"`
}

// Open is how many people squads are to bring.
func (n *Need) Open() int { return max(0, n.Seats-n.Own) + n.Stated }

// Demand is what an officer says a community needs on top of its posts.
type Demand struct {
	PlaceID string `json:"place_id"`
	Kind    string `json:"kind"`
	People  int    `json:"people"`
}

// KindOf is which kind of squad may bring people for a post: what its playbook says,
// and where it says nothing, a general one where cadres may hold it, else nobody but the
// place's own people.
func KindOf(p *mode.PostItem) string {
	switch {
	case p.Squad != "":
		return p.Squad
	case len(p.Require.Kind) == 0 || slices.Contains(p.Require.Kind, "cadre"):
		return General
	}
	return Own
}

// Seat is a post in force as a need reads it: its community, its kind, and whether
// somebody fills it whom no squad's organisation sent there.
type Seat struct {
	At     Spot
	Kind   string
	Filled bool
}

// Needs sums seats and what is stated by community and kind, in the order of paths
// and kinds. A stated need of nobody or of an unknown kind is ErrNeed.
func Needs(seats []Seat, stated []Demand, spot func(placeID string) (Spot, bool)) ([]Need, error) {
	by := map[string]*Need{}
	at := func(s Spot, kind string) *Need {
		k := s.PlaceID + "|" + kind
		if by[k] == nil {
			by[k] = &Need{Spot: s, Kind: kind}
		}
		return by[k]
	}
	for i := range seats {
		n := at(seats[i].At, seats[i].Kind)
		n.Seats++
		if seats[i].Filled {
			n.Own++
		}
	}
	for _, x := range stated {
		s, ok := spot(x.PlaceID)
		if !ok {
			return nil, ErrSquadPlace.With(x.PlaceID).At("needs")
		}
		if x.People < 1 || x.People > MostPeople || !slices.Contains(Kinds, x.Kind) {
			return nil, ErrNeed.With(s.Name, MostPeople).At("needs")
		}
		at(s, x.Kind).Stated += x.People
	}
	out := make([]Need, 0, len(by))
	for _, n := range by {
		out = append(out, *n)
	}
	slices.SortFunc(out, func(a, b Need) int {
		if a.Path != b.Path {
			return strings.Compare(a.Path, b.Path)
		}
		return slices.Index(Kinds, a.Kind) - slices.Index(Kinds, b.Kind)
	})
	return out, nil
}

// InForce says whether a post is asked for at a time.
func InForce(p *people.Post, now time.Time) bool {
	return !p.From.After(now) && (p.Until.IsZero() || now.Before(p.Until))
}
