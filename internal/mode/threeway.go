package mode

import (
	"bytes"
	"encoding/json"
	"sort"
	"strings"

	"shouwang/internal/territory"
)

// Edit is one difference between two versions of a playbook. Old or New is empty
// where a whole item, or a field, stands on one side only.
type Edit struct {
	Key string // posts.lead.count; posts.lead for a whole item; variants, start.alone_for…
	Old string // JSON
	New string
}

// Edits lists what differs between two versions, by key. An item that stands on
// one side only is one difference, not one for each field.
func Edits(old, next *Playbook) []Edit {
	a, b := flat(old), flat(next)
	keys := map[string]bool{}
	for k := range a {
		keys[k] = true
	}
	for k := range b {
		keys[k] = true
	}
	var out []Edit
	for k := range keys {
		if a[k] == b[k] {
			continue
		}
		if item, whole := itemOf(k); item != k && (whole(a) == "") != (whole(b) == "") {
			continue // told by its item
		}
		out = append(out, Edit{k, a[k], b[k]})
	}
	var short []Edit
	for _, e := range out { // an item on both sides is told by its fields
		if e.Old != "" && e.New != "" && (a[e.Key+".title"] != "" || b[e.Key+".title"] != "") {
			continue
		}
		short = append(short, e)
	}
	sort.Slice(short, func(i, j int) bool { return short[i].Key < short[j].Key })
	return short
}

// itemOf returns the key of the item that a field belongs to, and how to look its
// whole up in a flat view.
func itemOf(key string) (string, func(map[string]string) string) {
	item := key
	if kind, _, field := split(key); field != "" && kind != "" {
		item = strings.TrimSuffix(key, "."+field)
	} else if p := strings.SplitN(key, ".", 3); p[0] == "zones" && len(p) == 3 {
		item = p[0] + "." + p[1]
	}
	return item, func(m map[string]string) string { return m[item] }
}

// flat is a playbook as key and JSON of every field, items whole beside them.
func flat(p *Playbook) map[string]string {
	out := map[string]string{}
	root := read([]byte(p.Source), &problems{})
	if root == nil {
		return out
	}
	each := func(prefix string, n *node, skip ...string) {
		for _, f := range fields(n) {
			if !in(skip, f.name) {
				out[prefix+f.name] = canonical(f.value)
			}
		}
	}
	for _, f := range root.fields {
		switch f.name {
		case "playbook", "version":
		case "posts", "rounds", "cases", "chains", "notices", "goods", "warnings":
			for _, item := range f.value.list() {
				id := f.name + "." + item.get("id").str()
				out[id] = canonical(item)
				each(id+".", item, "id")
			}
		case "zones":
			for _, z := range f.value.fields {
				id := "zones." + z.name
				out[id] = canonical(z.value)
				each(id+".", z.value, "measures")
				for _, m := range z.value.get("measures").list() {
					mid := id + "." + m.get("id").str()
					out[mid] = canonical(m)
					each(mid+".", m, "id")
				}
			}
		case "start", "demobilize", "qualifications", "skills", "limits", "cards", "courses", "calendar", "lines":
			each(f.name+".", f.value)
		default:
			out[f.name] = canonical(f.value)
		}
	}
	for k := range out { // a zone on both sides is told by its fields
		if p := strings.Split(k, "."); p[0] == "zones" && len(p) == 2 {
			out[k] = `"` + p[1] + `"`
		}
	}
	return out
}

func canonical(n *node) string {
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(n.plain()); err != nil {
		return "null"
	}
	return strings.TrimSpace(b.String())
}

// The states of a row of a three-way plan.
const (
	Taken    = "taken"    // upstream changed, nobody here did
	Kept     = "kept"     // changed here, upstream did not
	Alike    = "alike"    // both changed to the same
	Conflict = "conflict" // both changed, for a person to decide
)

// Way is one row of the three-way plan: the old upstream, what a place made of it,
// the new upstream.
type Way struct {
	Key      string
	Old      string
	New      string
	Ours     string // empty where no place changes it
	Override Override
	State    string
	Only     string // "theirs" where ours cannot stand in the new version; else empty
}

// Merge is the three-way plan of a new upstream version over what places changed.
// Where one side did not change anything the other is taken.
func Merge(old, next *Playbook, ours []Override) []Way {
	var out []Way
	told := map[string]bool{}
	for _, e := range Edits(old, next) {
		hit := false
		for _, o := range ours {
			if o.Playbook != next.ID || !o.Ended.IsZero() || !meets(o, e.Key) {
				continue
			}
			hit, told[o.ID] = true, true
			w := Way{Key: e.Key, Old: e.Old, New: e.New, Ours: o.Value, Override: o, State: Conflict}
			switch {
			case e.New == "" && o.Kind == "off" || o.Kind != "off" && same(e.New, o.Value):
				w.State = Alike
			case e.New == "" || o.Kind == "add" || !next.bears(o):
				w.Only = "theirs"
			}
			out = append(out, w)
		}
		if !hit {
			out = append(out, Way{Key: e.Key, Old: e.Old, New: e.New, State: Taken})
		}
	}
	for _, o := range ours {
		if o.Playbook == next.ID && o.Ended.IsZero() && !told[o.ID] {
			out = append(out, Way{Key: o.Key, Old: o.Was, New: o.Was, Ours: o.Value, Override: o, State: Kept})
		}
	}
	return out
}

// meets says whether an override and a difference speak of the same thing.
func meets(o Override, key string) bool {
	if slot(o) == key || o.Key == key {
		return true
	}
	kind, id, _ := split(o.Key)
	item := kind + "." + id
	if kind == "measures" {
		item = "zones." + id
	}
	if key == item || kind == "measures" && key == "zones."+strings.SplitN(id, ".", 2)[0] {
		return true
	}
	return o.Kind == "off" && strings.HasPrefix(key, item+".")
}

func same(a, b string) bool {
	var x, y any
	if json.Unmarshal([]byte(a), &x) != nil || json.Unmarshal([]byte(b), &y) != nil {
		return false
	}
	p, errP := json.Marshal(x)
	q, errQ := json.Marshal(y)
	return errP == nil && errQ == nil && bytes.Equal(p, q)
}

// bears says whether an override can still stand in this version: its item is
// there, and a length of time is not tightened without the decision it once had.
func (p *Playbook) bears(o Override) bool {
	kind, id, field := split(o.Key)
	if !p.has(kind, id) {
		return false
	}
	mark, _ := markOf(kind, field)
	if o.Kind != "set" || mark.Eases == "" || o.Grade == Tightened {
		return true
	}
	var was, now string
	if json.Unmarshal([]byte(p.value(kind, id, field)), &was) != nil || json.Unmarshal([]byte(o.Value), &now) != nil {
		return false
	}
	a, _ := ParseSpan(was)
	b, _ := ParseSpan(now)
	g := mark.weigh(a, b)
	return g == MayEase || g == Free || g == ""
}

// Decide sorts the rows of a three-way plan by what was decided: the overrides
// that end, and the conflicts nobody decided yet. Decisions are "ours" or "theirs"
// by the id of the override.
func Decide(ways []Way, decisions map[string]string) (end []Override, open []Way) {
	done := map[string]bool{}
	for _, w := range ways {
		id := w.Override.ID
		switch d := decisions[id]; {
		case w.State == Alike:
		case w.State != Conflict, d == "ours" && w.Only == "":
			continue
		case d != "theirs":
			open = append(open, w)
			continue
		}
		if !done[id] {
			done[id] = true
			end = append(end, w.Override)
		}
	}
	return end, open
}

// Say names a key in words: 岗位“楼栋守望”的人数.
func (p *Playbook) Say(key string) Text {
	kind, id, field := split(key)
	name := Text{id, id}
	var of Text
	for _, k := range kinds {
		if k.file == kind {
			of = k.title
		}
	}
	switch kind {
	case "posts":
		if x, ok := own(p.Posts, id, func(x PostItem) string { return x.ID }); ok {
			name = x.Title
		}
	case "rounds":
		if x, ok := own(p.Rounds, id, func(x RoundItem) string { return x.ID }); ok {
			name = x.Title
		}
	case "cases":
		if x, ok := own(p.Cases, id, func(x CaseItem) string { return x.ID }); ok {
			name = x.Title
		}
	case "notices":
		if x, ok := own(p.Notices, id, func(x NoticeItem) string { return x.ID }); ok {
			name = x.Title
		}
	case "goods":
		if x, ok := own(p.Goods, id, func(x GoodsItem) string { return x.ID }); ok {
			name = x.Title
		}
	case "warnings":
		if x, ok := p.Warning(id); ok {
			name = x.Title
		}
	case "measures":
		if z, m, ok := p.measure(id); ok {
			name = Text{z.Title.ZH + "·" + m.Title.ZH, z.Title.EN + ": " + m.Title.EN}
		} else if zone, f, found := strings.Cut(id, "."); found && field == "" {
			if z, ok := p.Zone(zone); ok { // a field of the zone itself
				of, name, field = Text{"分区", "Zone"}, z.Title, f
			}
		}
	}
	if of.ZH == "" {
		if z, ok := p.Zone(strings.TrimPrefix(key, "zones.")); ok {
			return Text{"分区“" + z.Title.ZH + "”", "Zone \"" + z.Title.EN + "\""}
		}
		if t, ok := headings[strings.SplitN(key, ".", 2)[0]]; ok {
			return t
		}
		return Text{key, key}
	}
	t := Text{of.ZH + "“" + name.ZH + "”", of.EN + " \"" + name.EN + "\""}
	if ft, ok := fieldTitles[field]; ok && field != "" {
		t.ZH, t.EN = t.ZH+"的"+ft.ZH, t.EN+": "+ft.EN
	}
	return t
}

var headings = map[string]Text{"variants": {"按社区类型的变体", "Variants by type of community"}, "start": {"单人启动", "Start by one person"},
	"demobilize": {"解除与交回", "Demobilization"}, "qualifications": {"培训", "Trainings"}, "skills": {"专长", "Skills"}, "limits": {"限制", "Limits"}, "gear": {"领用物品", "Gear"}, "meals": {"用餐", "Meals"}, "cards": {"须知卡", "Cards"}, "courses": {"课程", "Courses"}, "facts": {"事实", "Facts"}, "teams": {"队伍", "Teams"}, "exempt": {"豁免", "Exemptions"},
	"calendar": {"工作日历", "Working calendar"}, "lines": {"工作条线", "Work lines"}, "chains": {"交接链", "Chains of custody"}, "title": {"名称", "Title"}, "extends": {"所继承的预案", "Extends"}}

// Touches says whether a difference changes what a post has to do: the post itself,
// a round that it does, the zone it stands in, or a measure of that zone.
func (p *Playbook) Touches(key, item, zone string) bool {
	kind, id, _ := split(key)
	switch kind {
	case "posts":
		return id == item
	case "rounds":
		r, ok := own(p.Rounds, id, func(x RoundItem) string { return x.ID })
		return ok && r.By == item && (len(r.Zones) == 0 || zone == "" || in(r.Zones, zone))
	case "measures":
		z, _, _ := strings.Cut(id, ".")
		return z == zone
	}
	return zone != "" && (key == "zones."+zone || strings.HasPrefix(key, "zones."+zone+"."))
}

// Share is what one override causes at its place: how many posts and targets of
// what a playbook asks there are of the item it speaks of.
func (d *Desired) Share(p *Playbook, g *Ground, l Local) (posts, targets int) {
	for _, s := range d.Slots {
		if l.Kind == "posts" && p.Posts[s.Item].ID == l.ID && territory.Inside(g.Spots[s.Spot].Path, l.Path) {
			posts++
		}
	}
	for _, r := range d.Rounds {
		if l.Kind != "rounds" || p.Rounds[r.Item].ID != l.ID {
			continue
		}
		for _, a := range r.Aims {
			if territory.Inside(g.Spots[a.Spot].Path, l.Path) {
				targets++
			}
		}
	}
	return posts, targets
}

// Fields is how many fields a version has: what a three-way plan counts.
func Fields(p *Playbook) int { return len(flat(p)) }
