package mode

import (
	"strings"

	"shouwang/internal/round"
)

// decode fills a playbook from the tree. It is tolerant: what has the wrong type
// stays empty, since shape has already named it.
func decode(root *node, ps *problems) *Playbook {
	p := &Playbook{
		ID: root.get("playbook").str(), Version: root.get("version").int(),
		Title: text(root.get("title"), ps), Extends: root.get("extends").str(),
		AloneAfter: span(root.get("start").get("alone_after"), ps).Length(),
		AloneFor:   span(root.get("start").get("alone_for"), ps).Length(),
		Answer:     span(root.get("exempt").get("within"), ps).Length(),
	}
	for _, f := range fields(root.get("qualifications")) {
		p.Qualifications = append(p.Qualifications, Named{f.name, text(f.value, ps)})
	}
	p.Gear, p.Meals = gearKinds(root.get("gear"), ps), mealKinds(root.get("meals"), ps)
	p.Skills, p.Limits = talents(root.get("skills"), ps), talents(root.get("limits"), ps)
	p.Cards = cards(root.get("cards"), ps)
	for _, n := range root.get("courses").list() {
		p.Courses = append(p.Courses, course(n, ps))
	}
	p.Facts = factItems(root.get("facts"), ps)
	for _, f := range fields(root.get("zones")) {
		p.Zones = append(p.Zones, zone(f, ps))
	}
	for _, n := range root.get("posts").list() {
		p.Posts = append(p.Posts, post(n, ps))
	}
	for _, n := range root.get("teams").list() {
		p.Teams = append(p.Teams, teamForm(n, ps))
	}
	for _, n := range root.get("rounds").list() {
		p.Rounds = append(p.Rounds, roundItem(n, ps))
	}
	p.Calendar = calendarItem(root.get("calendar"), ps)
	for _, f := range fields(root.get("lines")) {
		p.Lines = append(p.Lines, Named{f.name, text(f.value, ps)})
	}
	for _, n := range root.get("cases").list() {
		p.Cases = append(p.Cases, caseItem(n, ps))
	}
	for _, n := range root.get("chains").list() {
		p.Chains = append(p.Chains, chainItem(n, ps))
	}
	for _, n := range root.get("notices").list() {
		p.Notices = append(p.Notices, noticeItem(n, ps))
	}
	for _, n := range root.get("goods").list() {
		p.Goods = append(p.Goods, goodsItem(n, ps))
	}
	for _, n := range root.get("warnings").list() {
		p.Warnings = append(p.Warnings, warningItem(n, ps))
	}
	for _, n := range root.get("variants").list() {
		p.Variants = append(p.Variants, variant(n, ps))
	}
	d := root.get("demobilize")
	p.Demobilize = Demobilize{Keep: span(d.get("keep"), ps).Length(), HandOver: d.get("hand_over").strs(),
		To: d.get("to").strs(), Carry: d.get("carry").str(), Thank: d.get("thank").str()}
	return p
}

func noticeItem(n *node, ps *problems) NoticeItem {
	return NoticeItem{ID: n.get("id").str(), When: n.get("when").str(), Zones: n.get("zones").strs(),
		Title: text(n.get("title"), ps), Body: text(n.get("body"), ps), Promised: span(n.get("promised"), ps)}
}

func goodsItem(n *node, ps *problems) GoodsItem {
	return GoodsItem{ID: n.get("id").str(), Title: text(n.get("title"), ps), Per: n.get("per").str(),
		Zones: n.get("zones").strs(), Every: span(n.get("every"), ps)}
}

func fields(n *node) []field {
	if n == nil {
		return nil
	}
	return n.fields
}

func text(n *node, ps *problems) Text {
	t := Text{n.get("zh").str(), n.get("en").str()}
	if n == nil || n.kind != 'm' {
		return t
	}
	for _, lang := range []string{"zh", "en"} {
		if v := n.get(lang); v != nil && v.kind == 's' && strings.TrimSpace(v.str()) == "" {
			ps.add(v, ErrText, language2(lang))
		}
	}
	return t
}

func talents(n *node, ps *problems) (out []Talent) {
	for _, f := range fields(n) {
		out = append(out, Talent{f.name, text(f.value, ps), f.value.get("group").str()})
	}
	return out
}

func span(n *node, ps *problems) Span {
	if n == nil || n.kind != 's' {
		return Span{}
	}
	s, ok := ParseSpan(n.str())
	if !ok {
		ps.add(n, ErrDuration, n.str())
	}
	return s
}

func zone(f field, ps *problems) Zone {
	n := f.value
	z := Zone{ID: f.name, Title: text(n.get("title"), ps), Rule: text(n.get("rule"), ps), Stricter: n.get("stricter_than").str(),
		Evacuate: n.get("effect").str() == "evacuate", To: n.get("to").str(), Closed: n.get("closed").bool(), Enter: n.get("enter").strs()}
	for _, m := range n.get("may").list() {
		z.May = append(z.May, text(m, ps))
	}
	for _, m := range n.get("not").list() {
		z.Not = append(z.Not, text(m, ps))
	}
	for _, m := range n.get("measures").list() {
		z.Measures = append(z.Measures, ZoneMeasure{ID: m.get("id").str(), Title: text(m.get("title"), ps), Basis: text(m.get("basis"), ps),
			Longest: span(m.get("longest"), ps), Release: m.get("release").str()})
	}
	return z
}

func post(n *node, ps *problems) PostItem {
	f := n.get("prefer")
	p := PostItem{ID: n.get("id").str(), Title: text(n.get("title"), ps), Duty: text(n.get("duty"), ps), Per: n.get("per").str(),
		Zones: n.get("zones").strs(), Count: 1, Deputy: n.get("deputy").int(), Role: n.get("role").str(), Squad: n.get("squad").str(), Later: n.get("offer").str() == "later",
		Require: requireOf(n.get("require")),
		Prefer: Prefer{Near: f.get("near").num(), AgeIdeal: f.get("age").get("ideal").int(), AgeWeight: f.get("age").get("weight").num(),
			Home: f.get("home").num(), Hours: f.get("hours").get("ideal").int(), HoursW: f.get("hours").get("weight").num()}}
	if c := n.get("count"); c != nil {
		p.Count = c.int()
	}
	p.Shifts = shifts(n.get("shifts"), ps)
	p.Gear, p.Meals = gearOf(n.get("gear")), n.get("meals").strs()
	for _, h := range fields(f.get("has")) {
		p.Prefer.Has = append(p.Prefer.Has, Weight{h.name, h.value.num()})
	}
	return p
}

// requireOf reads what is asked of whoever is put somewhere.
func requireOf(r *node) Require {
	return Require{Kind: r.get("kind").strs(), Trained: r.get("trained").strs(), Cards: r.get("cards").strs(), Skills: r.get("skills").strs(),
		MinAge: r.get("min_age").int(), MaxAge: r.get("max_age").int(), MinHours: r.get("min_hours").int(), Phone: r.get("phone").bool(), Bears: r.get("bears").strs()}
}

func roundItem(n *node, ps *problems) RoundItem {
	r := RoundItem{ID: n.get("id").str(), Title: text(n.get("title"), ps), Per: n.get("per").str(), Zones: n.get("zones").strs(),
		By: n.get("by").str(), Due: span(n.get("due"), ps), Later: n.get("offer").str() == "later", Daily: dailyItem(n.get("daily"), ps), Greeters: requireOf(n.get("daily").get("require"))}
	for _, f := range fields(n.get("outcomes")) {
		v := f.value
		t := text(v.get("title"), ps)
		o := round.Outcome{ID: f.name, ZH: t.ZH, EN: t.EN, Again: span(v.get("again"), ps).Length(), Opens: v.get("opens").str(), Tone: v.get("tone").str()}
		o.Final = o.Again == 0
		if o.Tone == "" {
			o.Tone = "ok"
		}
		for _, c := range fields(v.get("choose")) {
			ct := text(c.value, ps)
			o.Choose = append(o.Choose, round.Choice{ID: c.name, ZH: ct.ZH, EN: ct.EN})
		}
		r.Outcomes = append(r.Outcomes, o)
	}
	return r
}

func variant(n *node, ps *problems) Variant {
	v := Variant{When: n.get("when").str()}
	for _, f := range fields(n.get("set")) {
		parts := strings.Split(f.name, ".")
		if len(parts) != 3 {
			ps.addAt(f.line, f.col, ErrSet, f.name, settable)
			continue
		}
		s := Setting{Kind: parts[0], ID: parts[1], Field: parts[2], Number: f.value.int(), Text: f.value.str()}
		switch s.Kind + "." + s.Field {
		case "posts.count", "posts.deputy":
			most := 100
			if s.Field == "deputy" {
				most = 1
			}
			if f.value.kind != 'n' || s.Number < 0 || s.Number > most || float64(s.Number) != f.value.num() {
				ps.add(f.value, ErrValue, f.name, two{"应为不太大的整数", "must be a small whole number"})
			}
		case "posts.offer", "rounds.offer":
			if s.Text != "now" && s.Text != "later" {
				ps.add(f.value, ErrValue, f.name, two{"只能是 now 或 later", "must be now or later"})
			}
		case "rounds.due":
			if f.value.kind != 's' {
				ps.add(f.value, ErrValue, f.name, two{"应为时长", "must be a length of time"})
			}
			s.Span = span(f.value, ps)
		default:
			ps.addAt(f.line, f.col, ErrSet, f.name, settable)
			continue
		}
		v.Set = append(v.Set, s)
	}
	return v
}

var settable = two{"可设的有 posts.编号.count、posts.编号.deputy、posts.编号.offer、rounds.编号.due、rounds.编号.offer",
	"it may set posts.ID.count, posts.ID.deputy, posts.ID.offer, rounds.ID.due, rounds.ID.offer"}
