package mode

import (
	"fmt"
	"sort"
	"strings"

	"shouwang/internal/plan"
	"shouwang/internal/territory"
)

// Spot is one place as planning sees it: position, kind and what is registered
// there. Households and People count what lives at that very place (doors carry
// them; 0 above). A door needs no name.
type Spot struct {
	ID         string
	Path       string
	Kind       territory.Kind
	Name       string
	Tags       []string
	Lng, Lat   float64
	Households int32
	People     int32
}

// Ground is the territory from one place down, sorted by path. The store hands
// it in whole; it is read by many and never changed.
type Ground struct{ Spots []Spot }

// NewGround sorts the spots by path, in place, and refuses two of one path.
func NewGround(spots []Spot) (*Ground, error) {
	if !sort.SliceIsSorted(spots, func(i, j int) bool { return spots[i].Path < spots[j].Path }) {
		sort.Slice(spots, func(i, j int) bool { return spots[i].Path < spots[j].Path })
	}
	for i := 1; i < len(spots); i++ {
		if spots[i].Path == spots[i-1].Path {
			return nil, fmt.Errorf("mode: two places of path %s", spots[i].Path)
		}
	}
	return &Ground{Spots: spots}, nil
}

// Find returns the index of the place of that path, or -1.
func (g *Ground) Find(path string) int {
	i := sort.Search(len(g.Spots), func(i int) bool { return g.Spots[i].Path >= path })
	if i < len(g.Spots) && g.Spots[i].Path == path {
		return i
	}
	return -1
}

// Below returns the half-open range of indexes of the places at or below path.
func (g *Ground) Below(path string) (lo, hi int) {
	a, b := territory.Range(path)
	lo = sort.Search(len(g.Spots), func(i int) bool { return g.Spots[i].Path >= a })
	hi = sort.Search(len(g.Spots), func(i int) bool { return g.Spots[i].Path >= b })
	return lo, hi
}

// Above returns the index of the nearest place of the kind at or above path, or
// -1 when there is none in this ground.
func (g *Ground) Above(path string, k territory.Kind) int {
	chain := territory.Ancestors(path)
	for i := len(chain) - 1; i >= 0; i-- {
		if j := g.Find(chain[i]); j >= 0 && g.Spots[j].Kind == k {
			return j
		}
	}
	return -1
}

// Names says where a place is as people do: the community and what lies below it,
// grids and micro-grids only when they are what is meant.
func (g *Ground) Names(path, sep string) string {
	var all, local []string
	for _, p := range territory.Ancestors(path) {
		i := g.Find(p)
		if i <= 0 || g.Spots[i].Name == "" {
			continue
		}
		k, _ := g.Spots[i].Kind.Info()
		all = append(all, g.Spots[i].Name)
		if p == path || k.Rank == 40 || k.Rank >= 70 {
			local = append(local, g.Spots[i].Name)
		}
	}
	if len(local) == 0 {
		local = all
	}
	return strings.Join(local, sep)
}

// Print adds the content of the ground to a print, so that a plan can name what
// it saw.
func (g *Ground) Print(p *plan.Print) {
	p.Int(int64(len(g.Spots)))
	for i := range g.Spots {
		s := &g.Spots[i]
		p.Text(s.Path, string(s.Kind), s.Name).Int(int64(s.Households), int64(s.People), int64(s.Lng*1e6), int64(s.Lat*1e6))
		if len(s.Tags) > 0 {
			p.Text(s.Tags...)
		}
	}
}
