package mode

import (
	"fmt"
	"time"

	"shouwang/internal/territory"
)

// CalendarItem is the working time that a playbook declares: the values of one
// territory.Calendar with the names of the days.
type CalendarItem struct {
	Zone     string   // distance from UTC: +08:00
	Week     []string // mon … sun
	Hours    []string // 09:00-12:00
	Holidays []DayItem
	Workdays []DayItem // extra working days
}

// DayItem is one civil day with what it is.
type DayItem struct {
	Day   string // 2026-10-01
	Title Text
}

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

func calendarItem(n *node, ps *problems) *CalendarItem {
	if n == nil || n.kind != 'm' {
		return nil
	}
	c := &CalendarItem{Zone: n.get("zone").str(), Week: n.get("week").strs(), Hours: n.get("hours").strs()}
	c.Holidays, c.Workdays = dayItems(n.get("holidays"), ps), dayItems(n.get("workdays"), ps)
	return c
}

func dayItems(n *node, ps *problems) (out []DayItem) {
	for _, f := range fields(n) {
		out = append(out, DayItem{f.name, text(f.value, ps)})
	}
	return out
}

// Use is the calendar as values to reckon with. What does not read is left out; a
// checked playbook has nothing of the kind.
func (c *CalendarItem) Use() territory.Calendar {
	out := territory.Calendar{Zone: zoneOf(c.Zone), Off: map[territory.Day]bool{}, On: map[territory.Day]bool{}}
	for _, w := range c.Week {
		for i, name := range weekdays {
			out.Week[i] = out.Week[i] || name == w
		}
	}
	for _, h := range c.Hours {
		if x, ok := territory.ParseHours(h); ok {
			out.Open = append(out.Open, x)
		}
	}
	for _, d := range c.Holidays {
		if x, ok := territory.ParseDay(d.Day); ok {
			out.Off[x] = true
		}
	}
	for _, d := range c.Workdays {
		if x, ok := territory.ParseDay(d.Day); ok {
			out.On[x] = true
		}
	}
	return out
}

func zoneOf(s string) *time.Location {
	t, err := time.Parse("-07:00", s)
	if err != nil {
		return time.UTC
	}
	_, off := t.Zone()
	return time.FixedZone(s, off)
}

// WorkingTime is the calendar by which working times run: of this playbook, else of
// the one extended. Where nobody declares one, every hour counts.
func (p *Playbook) WorkingTime() territory.Calendar {
	for b := p; b != nil; b = b.Base {
		if b.Calendar != nil {
			return b.Calendar.Use()
		}
	}
	return territory.Calendar{}
}

// calendar checks what the schema cannot see: hours in order, real days, and none
// that is off and worked at once.
func (c *checker) calendar(n *node) {
	if n == nil || n.kind != 'm' {
		return
	}
	if z := n.get("zone"); z != nil && z.kind == 's' {
		if _, err := time.Parse("-07:00", z.str()); err != nil {
			c.ps.add(z, ErrValue, "zone", two{"应写成 +08:00 这样", "write it like +08:00"})
		}
	}
	last := territory.Hours{}
	for _, h := range n.get("hours").list() {
		x, ok := territory.ParseHours(h.str())
		switch {
		case !ok:
			c.ps.add(h, ErrValue, "hours", two{"应写成 09:00-12:00 这样，先早后晚", "write it like 09:00-12:00, the earlier first"})
		case x.From < last.To:
			c.ps.add(h, ErrValue, "hours", two{fmt.Sprintf("“%s”和前一段重叠或次序颠倒", h.str()), fmt.Sprintf("%q overlaps the stretch before it or stands out of order", h.str())})
		default:
			last = x
		}
	}
	off := map[string]bool{}
	for _, kind := range []string{"holidays", "workdays"} {
		for _, f := range fields(n.get(kind)) {
			if _, ok := territory.ParseDay(f.name); !ok {
				c.ps.addAt(f.line, f.col, ErrValue, f.name, two{"不是日期，应写成 2026-10-01 这样", "is no day; write it like 2026-10-01"})
			}
			if off[f.name] {
				c.ps.addAt(f.line, f.col, ErrTwice, f.name)
			}
			off[f.name] = kind == "holidays"
		}
	}
}
