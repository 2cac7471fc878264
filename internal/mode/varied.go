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
	path := v.g.Spots[spot].Path
	for i := range v.pb.Local {
		o := &v.pb.Local[i]
		if o.Kind != "posts" || o.ID != p.ID || !territory.Inside(path, o.Path) {
			continue
		}
		switch o.Field {
		case "count":
			count = o.Number
		case "deputy":
			deputy = o.Number
		case "offer":
			later = o.Text == "later"
		}
	}
	if later || p.Only != "" && !territory.Inside(path, p.Only) {
		return 0, 0
	}
	return count, deputy
}

// local is what variants and overrides make of a round on the way down a ground.
type local struct {
	due   Span
	later bool // switched off at the top
	never bool // switched off everywhere
	dues  []PlaceSpan
	off   map[string]bool // path → switched off from here on down; nil when it is the same everywhere
}

// locals walks the places from lo to hi once and notes where a round's date, or
// whether it is done at all, differs from the place above. Doors are passed over:
// a household has the date of what it stands in.
func (v *varied) locals(r *RoundItem, lo, hi int) local {
	l := local{due: r.Due, later: r.Later}
	if lo >= hi || !v.touches("rounds", r.ID) && r.Only == "" {
		l.never = r.Later
		return l
	}
	type frame struct {
		path  string
		due   Span
		later bool
	}
	var open []frame
	on := false
	for i := lo; i < hi; i++ {
		s := &v.g.Spots[i]
		if s.Kind == territory.Door && i > lo {
			continue
		}
		for len(open) > 0 && !strings.HasPrefix(s.Path, open[len(open)-1].path) {
			open = open[:len(open)-1]
		}
		due, later := v.round(r, s.Path)
		on = on || !later
		switch top := len(open) - 1; {
		case top < 0:
			l.due, l.later = due, later
		default:
			if due != open[top].due {
				l.dues = append(l.dues, PlaceSpan{s.Path, due})
			}
			if later != open[top].later {
				if l.off == nil {
					l.off = map[string]bool{}
				}
				l.off[s.Path] = later
			}
		}
		open = append(open, frame{s.Path, due, later})
	}
	l.never = !on
	return l
}

// keep drops the targets where the round is switched off.
func (l *local) keep(g *Ground, aims []Aim) []Aim {
	if l.off == nil {
		if l.later {
			return nil
		}
		return aims
	}
	var out []Aim
	for _, a := range aims {
		off, chain := l.later, territory.Ancestors(g.Spots[a.Spot].Path)
		for i := len(chain) - 1; i >= 0; i-- {
			if x, ok := l.off[chain[i]]; ok {
				off = x
				break
			}
		}
		if !off {
			out = append(out, a)
		}
	}
	return out
}

// touches says whether any variant or override speaks of an item.
func (v *varied) touches(kind, id string) bool {
	for _, x := range v.pb.Variants {
		for _, s := range x.Set {
			if s.Kind == kind && s.ID == id {
				return true
			}
		}
	}
	for _, o := range v.pb.Local {
		if o.Kind == kind && o.ID == id {
			return true
		}
	}
	return false
}

// round returns when a round is due at a path and whether it is switched off.
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
	for i := range v.pb.Local {
		o := &v.pb.Local[i]
		if o.Kind != "rounds" || o.ID != r.ID || !territory.Inside(path, o.Path) {
			continue
		}
		switch o.Field {
		case "due":
			if o.Decided || o.Span.Length() > due.Length() { // a place may give more time, never less
				due = o.Span
			}
		case "offer":
			later = o.Text == "later"
		}
	}
	return due, later || r.Only != "" && !territory.Inside(path, r.Only)
}
