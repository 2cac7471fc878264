package mode

import (
	"encoding/json"
	"sort"
	"strings"
	"time"

	"shouwang/internal/plan"
	"shouwang/internal/territory"
)

// Override is one difference that a place makes to a playbook, for itself and all
// below it. It is content: never rewritten, ended by a later one.
type Override struct {
	ID       string
	PlaceID  string
	Path     string
	Playbook string // playbook id
	Kind     string // set, off, add
	Key      string // posts.lead.count, goods.kit, zones.control.stay.longest; for add posts.ID
	Value    string // JSON
	Was      string // JSON of what stood there when it was written
	Reason   string
	Basis    string // a legal basis of its own, where it tightens
	Grade    Grade  // free, may-ease, tightened
	Author   string
	At       time.Time
	Approver string // who consented at the level above
	Approved time.Time
	Ended    time.Time
	EndedBy  string
	Version  int64
}

// Holds says whether the override is in use: not ended, and with the consent of
// the level above unless its field is free.
func (o Override) Holds() bool {
	return o.Ended.IsZero() && (o.Grade == Free || !o.Approved.IsZero())
}

// Waits says whether the override waits for the level above.
func (o Override) Waits() bool { return o.Ended.IsZero() && !o.Holds() }

// split takes a key apart: kind, id of the item (ZONE.MEASURE for measures), field.
func split(key string) (kind, id, field string) {
	p := strings.Split(key, ".")
	switch {
	case p[0] == "zones" && len(p) == 4:
		return "measures", p[1] + "." + p[2], p[3]
	case p[0] == "zones" && len(p) == 3:
		return "measures", p[1] + "." + p[2], ""
	case p[0] == "calendar" && len(p) == 2: // a playbook has one
		return "calendar", "calendar", p[1]
	case p[0] != "zones" && p[0] != "measures" && p[0] != "calendar" && len(p) == 3:
		return p[0], p[1], p[2]
	case p[0] != "zones" && p[0] != "measures" && p[0] != "calendar" && len(p) == 2:
		return p[0], p[1], ""
	}
	return "", "", ""
}

// With is the playbook as it holds on the ground: this version with what places
// change in it. Only overrides that hold count, and of two of one place and key
// the later. The version itself is not changed.
func (p *Playbook) With(os []Override) *Playbook {
	var use []Override
	last := map[string]int{}
	for _, o := range os {
		if !o.Holds() || o.Playbook != p.ID || o.Path == "" {
			continue
		}
		k := o.Path + " " + slot(o)
		if i, ok := last[k]; ok {
			if !use[i].At.After(o.At) {
				use[i] = o
			}
			continue
		}
		last[k] = len(use)
		use = append(use, o)
	}
	if len(use) == 0 {
		return p
	}
	sort.SliceStable(use, func(i, j int) bool {
		if use[i].Path != use[j].Path {
			return use[i].Path < use[j].Path
		}
		return slot(use[i]) < slot(use[j])
	})
	c := *p
	c.Posts, c.Rounds = append([]PostItem(nil), p.Posts...), append([]RoundItem(nil), p.Rounds...)
	c.Cases, c.Notices, c.Goods = append([]CaseItem(nil), p.Cases...), append([]NoticeItem(nil), p.Notices...), append([]GoodsItem(nil), p.Goods...)
	c.Warnings = append([]WarningItem(nil), p.Warnings...)
	c.Local = nil
	print := plan.NewPrint().Text(p.Hash)
	for _, o := range use {
		if l, ok := c.local(o); ok {
			c.Local = append(c.Local, l)
			print.Text(o.Path, slot(o), o.Value, string(o.Grade))
		}
	}
	c.Print = print.ID()
	return &c
}

// slot is what two overrides of one place may not both speak of.
func slot(o Override) string {
	if o.Kind == "off" { // the same switch as offer
		if k, _, _ := split(o.Key); k == "posts" || k == "rounds" {
			return o.Key + ".offer"
		}
		return o.Key + ".off"
	}
	return o.Key
}

// local makes one override ready for use; ok is false for an item that this
// version no longer has.
func (p *Playbook) local(o Override) (Local, bool) {
	kind, id, field := split(o.Key)
	l := Local{Setting: Setting{Kind: kind, ID: id, Field: field}, Path: o.Path, Override: o.ID, Decided: o.Grade == Tightened}
	switch o.Kind {
	case "add":
		if p.has(kind, id) || !p.adopt(kind, o) {
			return l, false
		}
		l.Field = "add"
		return l, true
	case "off":
		l.Field, l.Text = "off", "later"
		if kind == "posts" || kind == "rounds" {
			l.Field = "offer"
		}
		return l, p.has(kind, id)
	}
	var v any
	if json.Unmarshal([]byte(o.Value), &v) != nil || !p.has(kind, id) {
		return l, false
	}
	l.JSON = o.Value
	switch x := v.(type) {
	case float64:
		l.Number = int(x)
	case string:
		l.Text = x
		l.Span, _ = ParseSpan(x)
	case map[string]any:
		l.Words.ZH, _ = x["zh"].(string)
		l.Words.EN, _ = x["en"].(string)
	}
	return l, true
}

// adopt appends the item that a place added.
func (p *Playbook) adopt(kind string, o Override) bool {
	ps := &problems{}
	n := read([]byte(o.Value), ps)
	if n == nil {
		return false
	}
	switch kind {
	case "posts":
		x := post(n, ps)
		x.Only = o.Path
		p.Posts = append(p.Posts, x)
	case "rounds":
		x := roundItem(n, ps)
		x.Only = o.Path
		x.Outcomes = append(x.Outcomes, Lifted)
		p.Rounds = append(p.Rounds, x)
	case "cases":
		x := caseItem(n, ps)
		x.Added = o.Path
		p.Cases = append(p.Cases, x)
	case "notices":
		x := noticeItem(n, ps)
		x.Only = o.Path
		p.Notices = append(p.Notices, x)
	case "goods":
		x := goodsItem(n, ps)
		x.Only = o.Path
		p.Goods = append(p.Goods, x)
	case "warnings":
		x := warningItem(n, ps)
		x.Added = o.Path
		p.Warnings = append(p.Warnings, x)
	default:
		return false
	}
	return true
}

// has says whether this version declares an item itself.
func (p *Playbook) has(kind, id string) bool {
	ok := false
	switch kind {
	case "posts":
		_, ok = own(p.Posts, id, func(x PostItem) string { return x.ID })
	case "rounds":
		_, ok = own(p.Rounds, id, func(x RoundItem) string { return x.ID })
	case "cases":
		_, ok = own(p.Cases, id, func(x CaseItem) string { return x.ID })
	case "notices":
		_, ok = own(p.Notices, id, func(x NoticeItem) string { return x.ID })
	case "goods":
		_, ok = own(p.Goods, id, func(x GoodsItem) string { return x.ID })
	case "warnings":
		_, ok = p.Warning(id)
	case "chains":
		_, ok = own(p.Chains, id, func(x ChainItem) string { return x.ID })
	case "calendar":
		ok = p.Calendar != nil
	case "measures":
		_, _, ok = p.measure(id)
	}
	return ok
}

// measure finds a measure by ZONE.MEASURE.
func (p *Playbook) measure(id string) (z Zone, m ZoneMeasure, ok bool) {
	zone, name, _ := strings.Cut(id, ".")
	if z, ok = p.Zone(zone); !ok {
		return
	}
	m, ok = own(z.Measures, name, func(x ZoneMeasure) string { return x.ID })
	return
}

// LocalAt returns what is changed at a path, outermost first.
func (p *Playbook) LocalAt(path string) []Local {
	var out []Local
	for _, l := range p.Local {
		if territory.Inside(path, l.Path) {
			out = append(out, l)
		}
	}
	return out
}

// At is the playbook as it reads at one place: variants by its facts, then the
// overrides of every place above it and its own. An item switched off is Later.
func (p *Playbook) At(path string, f PlaceFacts) *Playbook {
	c := *p
	c.Posts, c.Rounds, c.Zones = append([]PostItem(nil), p.Posts...), append([]RoundItem(nil), p.Rounds...), append([]Zone(nil), p.Zones...)
	c.Cases, c.Notices, c.Goods = append([]CaseItem(nil), p.Cases...), append([]NoticeItem(nil), p.Notices...), append([]GoodsItem(nil), p.Goods...)
	c.Warnings = append([]WarningItem(nil), p.Warnings...)
	for i := range c.Zones {
		c.Zones[i].Measures = append([]ZoneMeasure(nil), c.Zones[i].Measures...)
	}
	for _, v := range p.Variants {
		if yes, err := v.when.Bool(map[string]any{"place": f}); err == nil && yes {
			for _, s := range v.Set {
				c.put(Local{Setting: s, Decided: true})
			}
		}
	}
	for _, l := range p.LocalAt(path) {
		c.put(l)
	}
	drop := func(only string) bool { return only != "" && !territory.Inside(path, only) }
	c.Posts = keepIf(c.Posts, func(x PostItem) bool { return !drop(x.Only) })
	c.Rounds = keepIf(c.Rounds, func(x RoundItem) bool { return !drop(x.Only) })
	c.Cases = keepIf(c.Cases, func(x CaseItem) bool { return !drop(x.Added) })
	c.Notices = keepIf(c.Notices, func(x NoticeItem) bool { return !drop(x.Only) })
	c.Goods = keepIf(c.Goods, func(x GoodsItem) bool { return !drop(x.Only) })
	c.Warnings = keepIf(c.Warnings, func(x WarningItem) bool { return !drop(x.Added) })
	return &c
}

func keepIf[T any](list []T, ok func(T) bool) []T {
	out := list[:0]
	for _, x := range list {
		if ok(x) {
			out = append(out, x)
		}
	}
	return out
}

// put writes one setting into a copy. What may only be eased is only eased.
func (p *Playbook) put(l Local) {
	switch l.Kind {
	case "posts":
		for i := range p.Posts {
			if x := &p.Posts[i]; x.ID == l.ID {
				switch l.Field {
				case "count":
					x.Count = l.Number
				case "deputy":
					x.Deputy = l.Number
				case "offer":
					x.Later = l.Text == "later"
				case "duty":
					x.Duty = l.Words
				}
			}
		}
	case "rounds":
		for i := range p.Rounds {
			if x := &p.Rounds[i]; x.ID == l.ID {
				switch {
				case l.Field == "offer":
					x.Later = l.Text == "later"
				case l.Field == "due" && (l.Decided || l.Span.Length() > x.Due.Length()):
					x.Due = l.Span
				}
			}
		}
	case "cases":
		for i := range p.Cases {
			if x := &p.Cases[i]; x.ID == l.ID {
				x.put(l)
			}
		}
	case "calendar":
		p.Calendar = p.Calendar.with(l)
	case "notices":
		p.Notices = keepIf(p.Notices, func(x NoticeItem) bool { return x.ID != l.ID || l.Field != "off" })
		for i := range p.Notices {
			if x := &p.Notices[i]; x.ID == l.ID && l.Field == "promised" {
				x.Promised = l.Span
			}
		}
	case "goods":
		p.Goods = keepIf(p.Goods, func(x GoodsItem) bool { return x.ID != l.ID || l.Field != "off" })
		for i := range p.Goods {
			if x := &p.Goods[i]; x.ID == l.ID && l.Field == "every" {
				x.Every = l.Span
			}
		}
	case "warnings":
		p.Warnings = keepIf(p.Warnings, func(x WarningItem) bool { return x.ID != l.ID || l.Field != "off" })
		for i := range p.Warnings {
			if x := &p.Warnings[i]; x.ID == l.ID {
				x.put(l)
			}
		}
	case "measures":
		zone, id, _ := strings.Cut(l.ID, ".")
		for i := range p.Zones {
			if z := &p.Zones[i]; z.ID == zone {
				z.Measures = keepIf(z.Measures, func(m ZoneMeasure) bool { return m.ID != id || l.Field != "off" })
				for j := range z.Measures {
					if m := &z.Measures[j]; m.ID == id && l.Field == "longest" && (l.Decided || l.Span.Length() < m.Longest.Length()) {
						m.Longest = l.Span
					}
				}
			}
		}
	}
}

// ZoneAt is a zone as it holds at a place: with the measures that places on the
// way down ease, shorten or leave out.
func (p *Playbook) ZoneAt(id, path string) (Zone, bool) {
	c := *p
	c.Variants = nil
	return c.At(path, PlaceFacts{}).Zone(id)
}

// LatestAt is the last moment at which a zone drawn on a place may end: the
// shortest of what holds there and at any place below that changes it.
func (p *Playbook) LatestAt(id, path string, from time.Time, at *time.Location) (latest time.Time, ok bool) {
	paths := []string{path}
	for _, l := range p.Local {
		if l.Kind == "measures" && l.Path != path && territory.Inside(l.Path, path) {
			paths = append(paths, l.Path)
		}
	}
	for _, q := range paths {
		z, _ := p.ZoneAt(id, q)
		if e, limited := z.Latest(from, at); limited && (!ok || e.Before(latest)) {
			latest, ok = e, true
		}
	}
	return latest, ok
}
