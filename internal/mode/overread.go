package mode

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Draft is one line of a place's overrides as read from its file.
type Draft struct {
	Override
	Line, Column int
	Same         bool // changes nothing: what is written stands there already
}

// LocalRoles are the access roles that a post added by a place may give: those of
// neighbours. Others come with the playbook alone.
var LocalRoles = []string{"lead", "buildinglead", "helper"}

// ReadOverrides reads what a place changes in a playbook. Base is the playbook as it
// stands there without the place's own overrides: with those of the places above.
// Facts are the place's own. Every problem has line and column; a draft whose change
// would tighten a restriction is a problem unless it names a basis of its own, and
// with one it is marked for the level above to decide.
func ReadOverrides(base *Playbook, path string, f PlaceFacts, text []byte) ([]Draft, []Problem) {
	ps := &problems{}
	root := read(text, ps)
	if root == nil {
		return nil, ps.sorted()
	}
	r := &overReader{ps: ps, base: base, at: base.At(path, f), path: path, seen: map[string]bool{}}
	for _, fl := range root.fields {
		if !in([]string{"overrides", "place", "because", "set", "off", "add"}, fl.name) {
			ps.addAt(fl.line, fl.col, ErrKey, fl.name)
		}
	}
	if at := root.get("overrides"); at == nil {
		ps.add(root, ErrMissing, "overrides")
	} else if at.str() != base.ID {
		ps.add(at, ErrRef, at.str(), two{"这一页改的是 " + base.ID + "。", "This page changes " + base.ID + "."})
	}
	r.because = strings.TrimSpace(root.get("because").str())
	for _, fl := range fields(root.get("set")) {
		r.set(fl)
	}
	off := root.get("off")
	for _, n := range off.list() {
		r.off(field{n.str(), n.line, n.col, nil}, n)
	}
	for _, fl := range fields(off) {
		r.off(fl, fl.value)
	}
	r.add(root.get("add"))
	if len(ps.list) > 0 {
		return nil, ps.sorted()
	}
	return r.out, nil
}

type overReader struct {
	ps      *problems
	base    *Playbook
	at      *Playbook  // as it reads at the place
	next    []CaseItem // its cases as the page makes them, so far
	path    string
	because string
	seen    map[string]bool
	out     []Draft
}

// take adds a draft; the reason must be given with it or for the whole page.
func (r *overReader) take(fl field, n *node, d Draft) {
	d.Playbook, d.Path, d.Line, d.Column = r.base.ID, r.path, fl.line, fl.col
	d.Reason = r.because
	if n != nil && n.kind == 'm' {
		if s := strings.TrimSpace(n.get("because").str()); s != "" {
			d.Reason = s
		}
		d.Basis = strings.TrimSpace(n.get("basis").str())
	}
	if d.Reason == "" {
		r.ps.addAt(fl.line, fl.col, ErrBecause, d.Key)
		return
	}
	if r.seen[slot(d.Override)] {
		r.ps.addAt(fl.line, fl.col, ErrTwice, d.Key)
		return
	}
	r.seen[slot(d.Override)] = true
	r.out = append(r.out, d)
}

// value is what a key is set to: the value itself, or its `to`.
func value(n *node) *node {
	if n != nil && n.kind == 'm' && n.get("to") != nil {
		return n.get("to")
	}
	return n
}

func raw(n *node) string {
	b, err := json.Marshal(n.plain())
	if err != nil {
		return "null"
	}
	return string(b)
}

func (r *overReader) set(fl field) {
	kind, id, name := split(fl.name)
	mark, known := markOf(kind, name)
	switch {
	case kind == "" || name == "" || !known || name == "off" || name == "add":
		r.ps.addAt(fl.line, fl.col, ErrOverride, fl.name, settableNames())
		return
	case !r.at.has(kind, id):
		r.ps.addAt(fl.line, fl.col, ErrRef, strings.TrimSuffix(fl.name, "."+name), two{"只能改预案里有的项。", "Only items of the playbook can be changed."})
		return
	case mark.Grade == Fixed:
		r.ps.addAt(fl.line, fl.col, ErrFixed, fl.name, two{mark.Title.ZH, mark.Title.EN})
		return
	case kind == "cases" && r.at.served(id) && !in(servedKeeps, name):
		r.ps.addAt(fl.line, fl.col, ErrServed, id, name)
		return
	}
	n := value(fl.value)
	was := r.at.value(kind, id, name)
	d := Draft{Override: Override{Kind: "set", Key: fl.name, Was: was, Grade: mark.Grade}}
	before := len(r.ps.list)
	switch name {
	case "count", "deputy":
		top := map[string]int{"count": 100, "deputy": 1}[name]
		if n.kind != 'n' || n.int() < 0 || n.int() > top || float64(n.int()) != n.num() {
			r.ps.add(n, ErrValue, fl.name, two{fmt.Sprintf("应为 0 到 %d 的整数", top), fmt.Sprintf("must be a whole number from 0 to %d", top)})
		}
		if name == "count" && n.int() == 0 && was != "0" { // nobody at all is switching off
			off, _ := markOf(kind, "off")
			d.Grade = off.Grade
		}
	case "offer":
		if n.str() != "now" && n.str() != "later" {
			r.ps.add(n, ErrValue, fl.name, two{"只能是 now 或 later", "must be now or later"})
		}
		if n.str() == "later" && was != raw(n) {
			off, _ := markOf(kind, "off")
			d.Grade = off.Grade
		}
	case "duty", "title", "hint", "reason":
		if n.kind != 'm' || strings.TrimSpace(n.get("zh").str()) == "" || strings.TrimSpace(n.get("en").str()) == "" {
			r.ps.add(n, ErrText, two{"中文或英文", "Chinese or English"})
		}
		if len(r.ps.list) == before { // without the reason, which may stand beside
			n = &node{kind: 'm', line: n.line, col: n.col, fields: []field{{name: "zh", value: n.get("zh")}, {name: "en", value: n.get("en")}}}
		}
	case "when":
		r.rule(id, name, n)
	case "ask", "essential", "urgency", "clock":
		d.Grade = r.word(fl, n, name, was)
	case "week", "hours", "holidays", "workdays":
		r.days(n, name)
	default:
		d.Grade = r.weigh(fl, n, mark, was)
	}
	if kind == "warnings" && name == "reason" && len(r.ps.list) == before {
		r.rule(id, name, n)
	}
	if kind == "cases" && len(r.ps.list) == before {
		r.fits(id, name, n)
	}
	if len(r.ps.list) > before {
		return
	}
	d.Value = raw(n)
	d.Same = same(d.Value, was)
	r.take(fl, fl.value, d)
}

// weigh judges a length of time against what stands there.
func (r *overReader) weigh(fl field, n *node, mark FieldMark, was string) Grade {
	if n.kind != 's' {
		r.ps.add(n, ErrValue, fl.name, two{"应为时长", "must be a length of time"})
		return Fixed
	}
	now := span(n, r.ps)
	var s string
	if json.Unmarshal([]byte(was), &s) != nil {
		s = ""
	}
	old, _ := ParseSpan(s)
	switch g := mark.weigh(old, now); g {
	case Fixed:
		r.ps.add(n, ErrTooFar, two{mark.Title.ZH, mark.Title.EN}, s, n.str(), most)
	case Tightened:
		if fl.value.kind == 'm' && strings.TrimSpace(fl.value.get("basis").str()) != "" {
			return Tightened
		}
		r.ps.add(n, ErrTighter, two{mark.Title.ZH, mark.Title.EN}, s, n.str())
	case "":
		return mark.Grade
	default:
		return g
	}
	return Fixed
}

func (r *overReader) off(fl field, n *node) {
	kind, id, name := split(fl.name)
	mark, known := markOf(kind, "off")
	switch {
	case name != "" || !known:
		r.ps.addAt(fl.line, fl.col, ErrOverride, fl.name, two{"可关的有 posts、rounds、notices、goods、warnings 的编号，和 zones.分区.措施", "off takes ids of posts, rounds, notices, goods and warnings, and zones.ZONE.MEASURE"})
		return
	case !r.at.has(kind, id):
		r.ps.addAt(fl.line, fl.col, ErrRef, fl.name, two{"只能关预案里有的项。", "Only items of the playbook can be switched off."})
		return
	case mark.Grade == Fixed:
		r.ps.addAt(fl.line, fl.col, ErrFixed, fl.name, two{"关闭", "switched off"})
		return
	}
	if kind == "posts" {
		for _, x := range r.at.Rounds {
			if x.By == id && !x.Later && !r.seen["rounds."+x.ID+".offer"] {
				r.ps.addAt(fl.line, fl.col, ErrStillUsed, fl.name, "rounds."+x.ID)
				return
			}
		}
	}
	d := Draft{Override: Override{Kind: "off", Key: fl.name, Value: `"off"`, Was: `"on"`, Grade: mark.Grade}}
	if n != nil && n.kind == 's' && n.str() != fl.name {
		d.Reason = n.str()
		if r.because == "" || n.str() != "" { // off: {goods.x: the reason}
			n = &node{kind: 'm', fields: []field{{name: "because", value: n}}}
		}
	}
	r.take(fl, n, d)
}

// add checks new items as part of the whole playbook, so that everything the loader
// refuses is refused here at its own line.
func (r *overReader) add(n *node) {
	if n == nil {
		return
	}
	whole := read([]byte(r.base.Source), &problems{})
	if whole == nil {
		r.ps.add(n, ErrBase, r.base.ID)
		return
	}
	var added []func()
	for _, fl := range fields(n) {
		if fl.name == "because" {
			continue
		}
		mark, known := markOf(fl.name, "add")
		if in([]string{"lines", "chains", "calendar"}, fl.name) {
			r.ps.addAt(fl.line, fl.col, ErrOverride, fl.name, two{"可加的有 posts、rounds、cases、notices、goods、warnings", "it may add posts, rounds, cases, notices, goods, warnings"})
			continue
		}
		if !known || mark.Grade == Fixed {
			r.ps.addAt(fl.line, fl.col, ErrAddLaw, fl.name)
			continue
		}
		list := whole.get(fl.name)
		if list == nil {
			list = &node{kind: 'l', line: fl.line, col: fl.col}
			whole.fields = append(whole.fields, field{fl.name, fl.line, fl.col, list})
		}
		for _, item := range fl.value.list() {
			id := item.get("id").str()
			if r.base.taken(fl.name, id) {
				r.ps.add(item, ErrTwice, fl.name+"."+id)
				continue
			}
			if role := item.get("role"); fl.name == "posts" && role != nil && !in(LocalRoles, role.str()) {
				r.ps.add(role, ErrRole, role.str(), strings.Join(LocalRoles, " "))
			}
			because := n.get("because")
			if own := item.get("because"); own != nil { // a reason of its own, which is no part of the item
				because = own
				bare := *item
				bare.fields = slices.DeleteFunc(slices.Clone(item.fields), func(f field) bool { return f.name == "because" })
				item = &bare
			}
			list.items = append(list.items, item)
			added = append(added, func() {
				var b bytes.Buffer
				item.canon(&b)
				d := Draft{Override: Override{Kind: "add", Key: fl.name + "." + id, Value: b.String(), Was: "null", Grade: mark.Grade}}
				r.take(field{id, item.line, item.col, item}, &node{kind: 'm', fields: []field{{name: "because", value: because}}}, d)
			})
		}
	}
	ps := &problems{}
	shape(whole, ps)
	p := decode(whole, ps)
	p.Base = r.base.Base
	check(p, whole, ps)
	r.ps.list = append(r.ps.list, ps.list...)
	if len(r.ps.list) == 0 {
		for _, take := range added {
			take()
		}
	}
}

// taken says whether an id is in use, here, in the playbook below or by a place.
func (p *Playbook) taken(kind, id string) bool {
	for b := p; b != nil; b = b.Base {
		if b.has(kind, id) {
			return true
		}
	}
	return false
}

// value is the JSON of a field as it stands.
func (p *Playbook) value(kind, id, name string) string {
	var v any
	switch kind {
	case "posts":
		x, _ := own(p.Posts, id, func(x PostItem) string { return x.ID })
		v = map[string]any{"count": x.Count, "deputy": x.Deputy, "offer": offerWord(x.Later), "duty": x.Duty}[name]
	case "rounds":
		x, _ := own(p.Rounds, id, func(x RoundItem) string { return x.ID })
		v = map[string]any{"due": x.Due.Text, "offer": offerWord(x.Later)}[name]
	case "cases":
		x, _ := own(p.Cases, id, func(x CaseItem) string { return x.ID })
		v = x.value(name)
	case "calendar":
		v = p.Calendar.value(name)
	case "notices":
		x, _ := own(p.Notices, id, func(x NoticeItem) string { return x.ID })
		v = x.Promised.Text
	case "goods":
		x, _ := own(p.Goods, id, func(x GoodsItem) string { return x.ID })
		v = x.Every.Text
	case "warnings":
		x, _ := p.Warning(id)
		v = x.value(name)
	case "measures":
		_, m, _ := p.measure(id)
		v = m.Longest.Text
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "null"
	}
	return string(b)
}

func offerWord(later bool) string {
	if later {
		return "later"
	}
	return "now"
}

// settableNames lists what a place may set, for whoever wrote something else.
func settableNames() two {
	var names []string
	for _, m := range FieldMarks() {
		if m.Grade != Fixed && m.Field != "off" && m.Field != "add" {
			key := m.Kind + ".ID." + m.Field
			if m.Kind == "measures" {
				key = "zones.ZONE.MEASURE." + m.Field
			}
			names = append(names, key)
		}
	}
	list := strings.Join(names, " ")
	return two{"可设的有 " + list, "it may set " + list}
}
