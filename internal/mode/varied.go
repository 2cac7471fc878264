package mode

import (
	"strings"

	"shouwang/internal/territory"
)

// varied answers what the variants of a playbook make of an item at a place.
type varied struct {
	pb   *Playbook
	g    *Ground
	memo map[string][]Setting
}

func newVaried(pb *Playbook, g *Ground) *varied {
	return &varied{pb: pb, g: g, memo: map[string][]Setting{}}
}

// settings returns the settings in force at a path. Tags count from every place
// above it. A condition that cannot be answered sets nothing.
func (v *varied) settings(path string) []Setting {
	f := PlaceFacts{}
	for _, p := range territory.Ancestors(path) {
		if i := v.g.Find(p); i >= 0 {
			f.Kind, f.Name = string(v.g.Spots[i].Kind), v.g.Spots[i].Name
			f.Tags = append(f.Tags, v.g.Spots[i].Tags...)
		}
	}
	key := f.Kind + "|" + f.Name + "|" + strings.Join(f.Tags, "|")
	if s, ok := v.memo[key]; ok {
		return s
	}
	var out []Setting
	for _, x := range v.pb.Variants {
		if yes, err := x.when.Bool(map[string]any{"place": f}); err == nil && yes {
			out = append(out, x.Set...)
		}
	}
	v.memo[key] = out
	return out
}

// post returns how many posts and deputies of an item a place is asked for.
func (v *varied) post(p *PostItem, spot int) (count, deputy int) {
	count, deputy = p.Count, p.Deputy
	later := p.Later
	if len(v.pb.Variants) > 0 {
		for _, s := range v.settings(v.g.Spots[spot].Path) {
			if s.Kind != "posts" || s.ID != p.ID {
				continue
			}
			switch s.Field {
			case "count":
				count = s.Number
			case "deputy":
				deputy = s.Number
			case "offer":
				later = s.Text == "later"
			}
		}
	}
	if later {
		return 0, 0
	}
	return count, deputy
}

// round returns when a round is due and whether it is switched off, by the
// variants that hold at the top place.
func (v *varied) round(r *RoundItem, path string) (due Span, later bool) {
	due, later = r.Due, r.Later
	if len(v.pb.Variants) > 0 {
		for _, s := range v.settings(path) {
			if s.Kind == "rounds" && s.ID == r.ID {
				if s.Field == "due" {
					due = s.Span
				} else {
					later = s.Text == "later"
				}
			}
		}
	}
	return due, later
}
