package register

import "shouwang/internal/plan"

// Claim is a record with the person it was matched to.
type Claim struct {
	*Record
	Key    string // of the source record in its file
	Person string // id; empty for somebody new
	Source string // id of the file's record about that person, or empty
}

// Someone is what a match needs to know of a person in the register; nothing of
// it is sealed.
type Someone struct{ ID, Name, Birth, PlaceID, Path string }

// Among are the persons whom the records of a file may be about.
type Among struct {
	ByKey   map[string]Someone   // by the key of the file's source records
	ByIndex map[string][]Someone // by keyed index of the identity number
	AtDoor  map[string][]Someone // by door
	Named   map[string]bool      // ids of those whom lines that say nothing new are about
	May     func(path string) bool
}

// Match finds the person that each claim is about: the one of the same source
// record, else by identity number, else by door, name and birth date among those
// whom no other line names more surely. It fills in Person, empty for somebody
// new, and returns the claims that stand; claims that fit more than one person,
// or share one, are answered in verdicts.
func Match(claims []Claim, in Among, verdicts map[int]plan.Verdict) []Claim {
	bad := make([]plan.Verdict, len(claims))
	taken := map[string][]int{}
	for i := range claims {
		if claims[i].Person, bad[i] = in.surely(&claims[i]); claims[i].Person != "" {
			taken[claims[i].Person] = append(taken[claims[i].Person], i)
		}
	}
	for _, list := range taken {
		for _, i := range list {
			if len(list) > 1 {
				bad[i] = plan.Reject("name", ErrAmbiguous.With())
			}
		}
	}
	var open []int
	for i := range claims {
		if claims[i].Person == "" && bad[i].Why == nil {
			open = append(open, i)
		}
	}
	for n := -1; n != len(open); {
		n = len(open)
		open = in.homes(claims, open, taken)
	}
	for _, i := range open {
		bad[i] = plan.Reject("name", ErrAmbiguous.With())
	}
	out := claims[:0:0]
	for i, c := range claims {
		if bad[i].Why == nil {
			out = append(out, c)
			continue
		}
		for _, line := range c.Lines {
			verdicts[line] = bad[i]
		}
	}
	return out
}

// surely finds by source record or by identity number.
func (in *Among) surely(c *Claim) (string, plan.Verdict) {
	if p, ok := in.ByKey[c.Key]; ok && in.May(p.Path) {
		return p.ID, plan.Verdict{}
	}
	if c.Index == "" {
		return "", plan.Verdict{}
	}
	switch hits := in.ByIndex[c.Index]; {
	case len(hits) == 0:
		return "", plan.Verdict{}
	case len(hits) > 1:
		return "", plan.Reject("id_number", ErrAmbiguous.With())
	case !in.May(hits[0].Path):
		return "", plan.Reject("id_number", ErrElsewhere.With())
	case hits[0].Name != c.Name && hits[0].PlaceID != c.Door:
		return "", plan.Reject("id_number", ErrNumberTaken.With())
	case in.Named[hits[0].ID]:
		return "", plan.Reject("id_number", ErrAmbiguous.With())
	default:
		return hits[0].ID, plan.Verdict{}
	}
}

// homes finds by door, name and birth date and returns the claims that stay open:
// those that fit several people, and those that share one. Whoever is found is
// taken, which may settle another claim in the next round.
func (in *Among) homes(claims []Claim, open []int, taken map[string][]int) (rest []int) {
	wanted := map[string][]int{}
	for _, i := range open {
		c := &claims[i]
		var fit []string
		for _, p := range in.AtDoor[c.Door] {
			if p.Name == c.Name && sameBirth(p.Birth, c.Birth) && len(taken[p.ID]) == 0 && !in.Named[p.ID] {
				fit = append(fit, p.ID)
			}
		}
		switch len(fit) {
		case 0: // somebody new
		case 1:
			wanted[fit[0]] = append(wanted[fit[0]], i)
		default:
			rest = append(rest, i)
		}
	}
	for id, list := range wanted {
		if len(list) > 1 {
			rest = append(rest, list...)
			continue
		}
		claims[list[0]].Person = id
		taken[id] = list
	}
	return rest
}
