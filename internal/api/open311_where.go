package api

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"shouwang/internal/address"
	"shouwang/internal/territory"
)

// paths are where the key may open and read; places that are gone are left out.
func (g *geoCall) paths() (out []string) {
	for _, id := range g.key.Places {
		if p, ok := g.atlas.Place(id); ok {
			out = append(out, p.Path)
		}
	}
	return out
}

func (g *geoCall) within(path string) bool {
	return slices.ContainsFunc(g.paths(), func(top string) bool { return territory.Inside(path, top) })
}

// where finds the place of a request: by its code, else by its address, else by the
// drawn boundary that holds its coordinates. What is not sure is refused.
func (g *geoCall) where(ctx context.Context) (*territory.Place, error) {
	id, line := strings.TrimSpace(g.form.Get("address_id")), strings.TrimSpace(g.form.Get("address_string"))
	lat, long := g.form.Get("lat"), g.form.Get("long")
	switch {
	case id != "":
		return g.byCode(ctx, id)
	case line != "":
		p, err := g.byAddress(ctx, line)
		if err == nil && p == nil && lat == "" {
			err = ErrAddress.With("address_string").At("address_string")
		}
		if err != nil || p != nil {
			return p, err
		}
	}
	if lat == "" || long == "" {
		return nil, ErrAddress.With("address_id, address_string, lat, long")
	}
	y, err1 := strconv.ParseFloat(lat, 64)
	x, err2 := strconv.ParseFloat(long, 64)
	if err1 != nil || err2 != nil || !(y >= -90 && y <= 90 && x >= -180 && x <= 180) {
		return nil, ErrAddress.With("lat, long").At("lat")
	}
	if p := g.byPoint(x, y); p != nil {
		return p, nil
	}
	return nil, ErrAddress.With("lat, long").At("lat")
}

func (g *geoCall) byCode(ctx context.Context, id string) (*territory.Place, error) {
	p, ok := g.atlas.ByCode(id)
	if !ok {
		p, ok = g.atlas.Place(id)
	}
	if !ok {
		heirs, err := g.s.heirs(ctx, id)
		if err != nil {
			return nil, err
		}
		if len(heirs) > 0 {
			p, ok = g.atlas.Place(heirs[0])
		}
	}
	if !ok || !g.within(p.Path) {
		return nil, ErrAddress.With("address_id").At("address_id")
	}
	return p, nil
}

// byAddress finds a door or a building by how people write it; nil when there is none
// or more than one.
func (g *geoCall) byAddress(ctx context.Context, line string) (*territory.Place, error) {
	if a := address.Parse(line); a.Building != "" && a.Room != "" {
		z, err := g.s.gazetteer(ctx)
		if err != nil {
			return nil, err
		}
		if p, why := z.Find(a, g.within); why == nil {
			q, _ := g.atlas.Place(p.ID)
			return q, nil
		}
		return nil, nil
	}
	squeeze := strings.NewReplacer(" ", "", "　", "", ",", "", "，", "").Replace
	want, hits := squeeze(line), []*territory.Place{}
	for i := range g.atlas.Places {
		p := &g.atlas.Places[i]
		if info, _ := p.Kind.Info(); info.Rank > 70 || !g.within(p.Path) || len([]rune(p.Name)) < 2 {
			continue
		}
		if full := squeeze(g.atlas.FullName(p.Path)); full == want || strings.HasSuffix(want, full) || squeeze(p.Name) == want {
			hits = append(hits, p)
		}
	}
	if len(hits) == 1 {
		return hits[0], nil
	}
	return nil, nil
}

// byPoint is the smallest place with a boundary that holds the point.
func (g *geoCall) byPoint(lng, lat float64) (found *territory.Place) {
	for i := range g.atlas.Places {
		p := &g.atlas.Places[i]
		if p.Shape == "" || !g.within(p.Path) || found != nil && len(p.Path) <= len(found.Path) {
			continue
		}
		if territory.Contains(p.Shape, lng, lat) {
			found = p
		}
	}
	return found
}
