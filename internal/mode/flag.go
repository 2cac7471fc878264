package mode

import (
	"fmt"
	"sort"
	"strings"
	"time"

	"shouwang/internal/territory"
)

// Flag is one thing about the zones of an incident that a person should look at:
// wrong control (错管), excess control (多管) or missed control (漏管).
type Flag struct {
	Kind    string // wrong, excess or missed
	Code    string
	Measure string // id, empty when it is about a place without one
	PlaceID string
	Path    string
	Zone    string
	Text    Text
}

// Flags looks over the measures of one incident and says what does not fit: it is
// pure, and nothing ends or begins by it. may says of a measure that its release
// conditions are all met. loc is the civil time zone of the place.
func Flags(pb *Playbook, g *Ground, measures []Measure, scope Scope, may func(measure string) bool, loc *time.Location, now time.Time) []Flag {
	f := &flagger{pb: pb, g: g, field: NewField(measures, now, func(string) *Playbook { return pb }), now: now, incident: scope.Incident}
	seen := map[string]Measure{}
	for _, m := range measures {
		if m.Incident != scope.Incident {
			continue
		}
		switch {
		case m.InForce(now):
			f.one(m, may, loc)
			if o, twice := seen[m.Path]; twice && o.Zone != m.Zone {
				f.add("wrong", "two-zones", m, "同一地点同时划了两个分区（"+f.title(o.Zone).ZH+"、"+f.title(m.Zone).ZH+"），以后划的为准。",
					"Two zones are drawn on one place ("+f.title(o.Zone).EN+", "+f.title(m.Zone).EN+"); the later one holds.")
			}
			seen[m.Path] = m
		case m.Lifted.IsZero() && m.From.Before(m.Until) && !now.Before(m.Until):
			f.add("missed", "past-end", m, "措施已到期自动失效；如果仍有必要，要重新划区、写明依据。", "The measure lapsed at its end; if it is still needed, draw it again with its basis.")
		}
	}
	f.cut(scope.Path)
	sort.SliceStable(f.out, func(i, j int) bool {
		a, b := f.out[i], f.out[j]
		return a.Kind > b.Kind || a.Kind == b.Kind && (a.Code < b.Code || a.Code == b.Code && a.Path < b.Path)
	})
	return f.out
}

type flagger struct {
	pb       *Playbook
	g        *Ground
	field    *Field
	now      time.Time
	incident string
	out      []Flag
}

func (f *flagger) title(zone string) Text { z, _ := f.pb.Zone(zone); return z.Title }

func (f *flagger) add(kind, code string, m Measure, zh, en string) {
	f.out = append(f.out, Flag{kind, code, m.ID, m.PlaceID, m.Path, m.Zone, Text{zh, en}})
}

// one looks at a single measure in force.
func (f *flagger) one(m Measure, may func(string) bool, loc *time.Location) {
	z, ok := f.pb.Zone(m.Zone)
	if strings.TrimSpace(m.Basis) == "" {
		f.add("wrong", "no-basis", m, "措施没有写明依据。", "The measure names no basis.")
	}
	if !ok {
		f.add("wrong", "unknown-zone", m, "预案里没有这个分区。", "The playbook has no such zone.")
		return
	}
	if latest, limited := z.Latest(m.From, loc); limited && m.Until.After(latest) {
		f.add("excess", "too-long", m, "期限超过了预案允许的最长时间。", "It lasts longer than the playbook allows.")
	}
	if may != nil && may(m.ID) {
		f.add("excess", "may-release", m, "解除条件已都满足，还在管着：请指挥人员决定是否解除。", "All conditions for its release are met and it still holds: an officer should decide.")
	}
	lo, hi := f.g.Below(m.Path)
	doors, named := 0, 0
	house := lo < hi && (f.g.Spots[lo].Kind == territory.Building || f.g.Spots[lo].Kind == territory.Apartment)
	for i := lo; i < hi; i++ {
		if f.g.Spots[i].Kind == territory.Door {
			doors++
		}
		if i > lo && house {
			for _, h := range f.field.at[f.g.Spots[i].Path] {
				if h.Measure.Incident == m.Incident && h.Zone.Level >= z.Level {
					named++
				}
			}
		}
	}
	if doors == 0 && z.Closed {
		f.add("missed", "no-doors", m, "划进分区的地点没有登记住户：里面的人没有人数，也没有人上门。", "The zoned place has no registered door: nobody there is counted or visited.")
	}
	if named > 0 {
		f.add("excess", "whole-and-parts", m, fmt.Sprintf("整栋都划了，而事件已点名其中 %d 处：其余部分可能多管。", named), fmt.Sprintf("The whole building is drawn while %d parts of it are named: the rest may be controlled needlessly.", named))
	}
	for _, up := range above(m.Path) {
		var outer *Hold
		for _, h := range f.field.at[up] {
			if h.Measure.Incident == m.Incident {
				outer = h
			}
		}
		if outer == nil {
			continue
		}
		switch {
		case outer.Zone.Level > z.Level:
			f.add("missed", "milder-inside", m, "在更严的"+outer.Zone.Title.ZH+"里面留了一块更宽的分区，请确认是有意为之。", "A milder zone lies inside the stricter "+outer.Zone.Title.EN+"; make sure this is meant.")
		case outer.Zone.ID == z.ID && !m.Until.After(outer.Measure.Until):
			f.add("excess", "same-inside", m, "和外围的分区相同，重复划了。", "It repeats the zone around it.")
		}
		break
	}
}

// above lists the paths above a path, the nearest first.
func above(path string) []string {
	chain := territory.Ancestors(path)
	var out []string
	for i := len(chain) - 1; i >= 0; i-- {
		if chain[i] != path {
			out = append(out, chain[i])
		}
	}
	return out
}

// cut finds buildings that stand in several micro-grids, as parts of one name, of
// which only some are closed; and zoned doors that no micro-grid's team looks after.
func (f *flagger) cut(top string) {
	type house struct{ closed, open []int }
	houses := map[string]*house{}
	lo, hi := f.g.Below(top)
	community, lone := "", map[string]int{}
	for i := lo; i < hi; i++ {
		s := &f.g.Spots[i]
		switch s.Kind {
		case territory.Community:
			community = s.Path
		case territory.Building:
			k := community + s.Name
			if houses[k] == nil {
				houses[k] = &house{}
			}
			if m := f.field.Of(f.incident, s.Path); m != nil && f.closed(m.Zone) {
				houses[k].closed = append(houses[k].closed, i)
			} else {
				houses[k].open = append(houses[k].open, i)
			}
		case territory.Door:
			if m := f.field.Of(f.incident, s.Path); m != nil && f.closed(m.Zone) && f.g.Above(s.Path, territory.Microgrid) < 0 {
				if up := above(s.Path); len(up) > 1 {
					h := f.g.Find(up[0])
					if h >= 0 && f.g.Spots[h].Kind == territory.Unit {
						h = f.g.Find(up[1])
					}
					if h >= 0 {
						lone[f.g.Spots[h].Path]++
					}
				}
			}
		}
	}
	for _, h := range houses {
		if len(h.closed) == 0 {
			continue
		}
		for _, i := range h.open {
			s := &f.g.Spots[i]
			f.out = append(f.out, Flag{"missed", "half-building", "", s.ID, s.Path, "", Text{"同一栋楼的另一部分已封闭，这一部分没有措施。", "Another part of the same building is closed; this part has no such measure."}})
		}
	}
	for path, n := range lone {
		s := &f.g.Spots[f.g.Find(path)]
		f.out = append(f.out, Flag{"missed", "no-team", "", s.ID, s.Path, "", Text{fmt.Sprintf("封闭区内有 %d 户不在任何微网格里，没有队伍负责。", n), fmt.Sprintf("%d doors in a closed zone stand under no micro-grid: no team looks after them.", n)}})
	}
}

func (f *flagger) closed(zone string) bool { z, _ := f.pb.Zone(zone); return z.Closed }
