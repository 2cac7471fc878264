package mode

import (
	"encoding/json"
	"slices"
	"strings"

	"shouwang/internal/territory"
)

// put writes one setting into a case item. The time to take it stays within the time to
// answer it, whichever of them a place changed.
func (x *CaseItem) put(l Local) {
	switch l.Field {
	case "title":
		x.Title = l.Words
	case "hint":
		x.Hint = l.Words
	case "ask":
		x.Ask = l.JSON == "true"
	case "essential":
		x.Essential = l.JSON == "true"
	case "urgency":
		x.Urgency = l.Text
	case "clock":
		x.Clock = l.Text
	case "take":
		x.Take = l.Span
	case "within":
		x.Within = l.Span
	case "hold":
		x.Hold = l.Span
	case "silence":
		x.Silence = l.Span
	case "consent":
		x.Consent = l.Span
	}
	x.bound()
}

// value is a field as it stands, ready to be written as JSON.
func (x *CaseItem) value(name string) any {
	switch name {
	case "title":
		return x.Title
	case "hint":
		return x.Hint
	case "ask":
		return x.Ask
	case "essential":
		return x.Essential
	}
	return map[string]string{"urgency": x.Urgency, "clock": x.Clock, "take": x.Take.Text, "within": x.Within.Text, "hold": x.Hold.Text, "silence": x.Silence.Text, "consent": x.Consent.Text}[name]
}

// with is the calendar with one setting of a place; the calendar itself is not changed.
func (c *CalendarItem) with(l Local) *CalendarItem {
	if c == nil {
		return nil
	}
	n := *c
	var list []string
	var days map[string]Text
	switch l.Field {
	case "week", "hours":
		if json.Unmarshal([]byte(l.JSON), &list) == nil && l.Field == "week" {
			n.Week = list
		} else if len(list) > 0 {
			n.Hours = list
		}
	case "holidays":
		if json.Unmarshal([]byte(l.JSON), &days) == nil {
			n.Holidays = byDay(days)
		}
	case "workdays":
		if json.Unmarshal([]byte(l.JSON), &days) == nil {
			n.Workdays = byDay(days)
		}
	}
	return &n
}

func byDay(days map[string]Text) []DayItem {
	out := []DayItem{}
	for d, t := range days {
		out = append(out, DayItem{d, t})
	}
	slices.SortFunc(out, func(a, b DayItem) int { return strings.Compare(a.Day, b.Day) })
	return out
}

// value is a field of the calendar as it stands.
func (c *CalendarItem) value(name string) any {
	if c == nil {
		return nil
	}
	days := func(list []DayItem) map[string]Text {
		out := map[string]Text{}
		for _, d := range list {
			out[d.Day] = d.Title
		}
		return out
	}
	switch name {
	case "week":
		return c.Week
	case "hours":
		return c.Hours
	case "holidays":
		return days(c.Holidays)
	case "workdays":
		return days(c.Workdays)
	}
	return c.Zone
}

// word judges a word or a yes or no. What makes a need less pressing, hides it from
// residents, leaves it to neighbours first or lets it wait for office hours asks the
// level above.
func (r *overReader) word(fl field, n *node, name, was string) Grade {
	if name == "ask" || name == "essential" {
		if n.kind != 'b' {
			r.ps.add(n, ErrValue, fl.name, two{"只能是 true 或 false", "must be true or false"})
		}
		if !n.bool() && was == "true" {
			return MayEase
		}
		return Free
	}
	from, among := "", []string{ClockAlways, ClockWorking}
	if name == "urgency" {
		among = Urgencies
	}
	if json.Unmarshal([]byte(was), &from) != nil || !slices.Contains(among, n.str()) {
		list := strings.Join(among, "、")
		r.ps.add(n, ErrValue, fl.name, two{"只能是 " + list, "must be one of " + strings.Join(among, ", ")})
		return Free
	}
	if slices.Index(among, n.str()) > slices.Index(among, from) {
		return MayEase
	}
	return Free
}

// days checks one field of the calendar as the loader would.
func (r *overReader) days(n *node, name string) {
	whole := &node{kind: 'm', fields: []field{{name: name, value: n}}}
	(&checker{p: r.base, ps: r.ps}).calendar(whole)
	bad := func(zh, en string) { r.ps.add(n, ErrValue, "calendar."+name, two{zh, en}) }
	switch name {
	case "week":
		for _, w := range n.list() {
			if !slices.Contains(weekdays, w.str()) {
				r.ps.add(w, ErrValue, "calendar.week", two{"只能是 " + strings.Join(weekdays, "、"), "must be one of " + strings.Join(weekdays, ", ")})
			}
		}
		if n.kind != 'l' || len(n.items) == 0 {
			bad("应为列表，如 [mon, tue]", "must be a list such as [mon, tue]")
		}
	case "hours":
		if n.kind != 'l' || len(n.items) == 0 {
			bad(`应为列表，如 ["09:00-12:00"]`, `must be a list such as ["09:00-12:00"]`)
		}
	default:
		if n.kind != 'm' {
			bad(`应写成「日期: {zh: …, en: …}」`, `must be "date: {zh: …, en: …}"`)
		}
		for _, f := range fields(n) {
			if f.value.get("zh").str() == "" || f.value.get("en").str() == "" {
				r.ps.add(f.value, ErrText, two{"中文或英文", "Chinese or English"})
			}
		}
	}
}

// fits checks a changed case item as the loader would, with what else this page changes
// in it: its times may not contradict one another.
func (r *overReader) fits(id, name string, n *node) {
	if r.next == nil {
		r.next = slices.Clone(r.at.Cases)
	}
	i := slices.IndexFunc(r.next, func(x CaseItem) bool { return x.ID == id })
	if i < 0 {
		return
	}
	x := &r.next[i]
	l := Local{Setting: Setting{Field: name, Text: n.str(), JSON: raw(n)}}
	l.Span, _ = ParseSpan(l.Text)
	l.Words = Text{n.get("zh").str(), n.get("en").str()}
	said := x.Take
	x.put(l)
	at := &node{kind: 'm', fields: []field{{name: "within", value: n}, {name: "clock", value: n}, {name: "essential", value: n}, {name: "consent", value: n}}}
	if name == "take" {
		at.fields = append(at.fields, field{name: "take", value: n})
	} else if name == "within" && said.Length() > l.Span.Length() {
		x.Take = x.Within // shorter than the time to take it: that follows
	}
	(&checker{p: r.base, ps: r.ps}).times(*x, at)
}

// Force is what is in force at one place: the everyday playbook, then that of each
// incident which covers it, each as it reads there.
type Force []*Playbook

// Working is the calendar at the place: that of the everyday playbook with what the
// places above changed, unless an incident's playbook brings its own.
func (f Force) Working() territory.Calendar {
	for i := len(f) - 1; i >= 0; i-- {
		if f[i].Calendar != nil {
			return f[i].Calendar.Use()
		}
	}
	if len(f) > 0 {
		return f[len(f)-1].WorkingTime()
	}
	return territory.Calendar{}
}

// Entry is one line of the catalogue in force at a place.
type Entry struct {
	CaseItem
	Book *Playbook // the playbook that declares it, as it reads there
}

// Catalogue lists what is in force at a place. An incident's item stands in the place of
// the everyday one of the same id; items of two incidents stand beside one another.
func (f Force) Catalogue() (out []Entry) {
	for i, b := range f {
		for _, x := range b.Cases {
			replaced := slices.ContainsFunc(f[i+1:], func(up *Playbook) bool {
				return up.Extends == b.ID && slices.ContainsFunc(up.Cases, func(y CaseItem) bool { return y.ID == x.ID })
			})
			if !replaced {
				out = append(out, Entry{x, b})
			}
		}
	}
	return out
}

// Lines lists the work lines in force, those of incidents first. A line of one id is one
// line, called as the nearest playbook calls it.
func (f Force) Lines() (out []Named) {
	add := func(b *Playbook) {
		for _, l := range b.Lines {
			if !named(out, l.ID) {
				out = append(out, l)
			}
		}
	}
	for i := len(f) - 1; i >= 0; i-- {
		add(f[i])
	}
	for _, b := range f { // what is extended and not in force itself
		for ; b != nil; b = b.Base {
			add(b)
		}
	}
	return out
}
