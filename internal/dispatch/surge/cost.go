package surge

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"shouwang/internal/territory"
)

// The costs: tens of metres, and what is worth a longer way.
const (
	farthest  = 5000  // 50 km and beyond
	otherKind = 1500  // a squad of a special kind for what anybody can do
	ownHome   = -500  // the organisation's own community
	staying   = -3000 // whoever stands there already stays
	mostCost  = farthest + otherKind - ownHome - staying + 1
	pairsAll  = 300 // up to so many needs every pair is looked at from the start
	pairsNear = 32
)

// cost is what one person of a unit costs at a need.
func (r *reckoning) cost(u, n int32) (int64, bool) {
	s, need := r.units[u], &r.needs[n]
	c := int64(0)
	if s.Kind != need.Kind {
		if need.Kind != General {
			return 0, false
		}
		c += otherKind
	}
	m := metres(&r.homes[u], &need.Spot)
	if m < 0 {
		m = r.byTree(s.Path, need.Path)
	}
	c += int64(min(m/10, farthest))
	if territory.Inside(s.Path, need.Path) {
		c += ownHome
	}
	if s.at == need.PlaceID {
		if c += staying; s.kind != need.Kind {
			c++
		}
	}
	return c, true
}

// byTree is a way where coordinates are missing: by the lowest place above both.
func (r *reckoning) byTree(a, b string) int {
	same := 0
	for i := 0; i < len(a) && i < len(b) && a[i] == b[i]; i++ {
		if a[i] == '.' {
			same = i + 1
		}
	}
	return []int{0, 1000, 3000, 8000, 20000}[min(4, strings.Count(b[same:], "."))]
}

// metres is the way from one place to another as the crow flies, -1 when one of the
// two has no point on the map.
func metres(home, to *Spot) int {
	if home.Lng == 0 && home.Lat == 0 || to.Lng == 0 && to.Lat == 0 {
		return -1
	}
	x := (home.Lng - to.Lng) * math.Cos((home.Lat+to.Lat)*math.Pi/360)
	return int(math.Hypot(x, home.Lat-to.Lat) * 111320)
}

func (r *reckoning) near(u int32) []int32 {
	all := make([]int32, len(r.needs))
	for i := range all {
		all[i] = int32(i)
	}
	if len(all) <= pairsAll {
		return all
	}
	at := func(n int32) int64 {
		c, ok := r.cost(u, n)
		if !ok {
			return math.MaxInt64
		}
		return c
	}
	slices.SortFunc(all, func(x, y int32) int { return cmp.Or(cmp.Compare(at(x), at(y)), cmp.Compare(x, y)) })
	return all[:pairsNear]
}
