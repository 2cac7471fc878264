package need

// ladder is the way by which silence climbs: who answers at each kind of place.
var ladder = []struct{ Kind, Role string }{
	{"microgrid", "lead"}, {"grid", "gridworker"}, {"community", "community"}, {"subdistrict", "commander"}, {"city", "commander"},
}

// Spot is a place on the way up from a case: its kind, id and path, the nearest first.
type Spot struct{ ID, Path, Kind string }

// DeskAt is the desk of a role for a place: at the nearest place above (or the place
// itself) of the kind at which the role is held, else at the highest there is. up lists
// the place and what lies above it, the nearest first; at says the kind of a role.
func DeskAt(up []Spot, role, at string) Desk {
	for _, s := range up {
		if s.Kind == at {
			return Desk{s.ID, s.Path, role}
		}
	}
	if len(up) == 0 {
		return Desk{}
	}
	top := up[len(up)-1]
	return Desk{top.ID, top.Path, role}
}

// Above is the desk that is told when d is silent: the next on the ladder above d's
// place, or above whoever was told last. Empty: nobody is left to tell.
func Above(d Desk, up []Spot) Desk {
	from := -1
	for i, s := range up {
		if s.ID == d.PlaceID {
			from = i
		}
	}
	if from < 0 {
		return Desk{}
	}
	for i := from; i < len(up); i++ {
		for _, l := range ladder {
			if l.Kind != up[i].Kind || i == from && (l.Role == d.Role || below(d.Role, l.Role)) {
				continue
			}
			return Desk{up[i].ID, up[i].Path, l.Role}
		}
	}
	return Desk{}
}

// below says whether role b stands no higher on the ladder than role a.
func below(a, b string) bool {
	ra, rb := -1, -1
	for i, l := range ladder {
		if l.Role == a && ra < 0 {
			ra = i
		}
		if l.Role == b && rb < 0 {
			rb = i
		}
	}
	return ra >= 0 && rb <= ra
}
