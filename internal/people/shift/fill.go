package shift

import (
	"fmt"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/solve/roster"
)

// fill writes the solver's roster into the draft. Whoever Fits would not let stand
// there is left out: the solver's rules are a model, the gate is the rule.
func (a *Ask) fill(d *Draft, w *work, plan roster.Roster) {
	type key struct {
		day, shift, post int
	}
	open := map[key][]int{}
	stand := map[string]int{}
	for i, s := range d.Stands {
		stand[s.Item+"|"+s.PlaceID+"|"+s.Zone] = i
	}
	of := map[turn]int{}
	for i, t := range w.turns {
		of[t] = i
	}
	for i := range d.Shifts {
		if s := &d.Shifts[i]; s.State == Open {
			n, t := a.day(s)
			k := key{n, of[t], stand[s.Item+"|"+s.PlaceID+"|"+s.Zone]}
			open[k] = append(open[k], i)
		}
	}
	line := map[string][]Shift{}
	drafted := map[string]bool{}
	for i := range d.Shifts {
		drafted[d.Shifts[i].Key] = true
		if s := d.Shifts[i]; s.Stands() {
			line[s.HelperID] = append(line[s.HelperID], s)
		}
	}
	for _, s := range a.Line {
		if s.Stands() && !drafted[s.Key] {
			line[s.HelperID] = append(line[s.HelperID], s)
		}
	}
	for i, days := range plan {
		h := &a.Helpers[w.who[i]]
		for n, duty := range days {
			k := key{n, int(duty.Shift), int(duty.Post)}
			if duty == roster.Off || len(open[k]) == 0 {
				continue
			}
			s := &d.Shifts[open[k][0]]
			lacks, breaks := Fits(s, h, line[h.ID], *d.Stands[duty.Post].Rule, a.At, a.Now)
			if len(lacks)+len(breaks) > 0 {
				continue
			}
			open[k] = open[k][1:]
			s.HelperID, s.State = h.ID, Planned
			line[h.ID] = append(line[h.ID], *s)
		}
	}
}

func hour(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// explain says in words what cannot be filled and why.
func (w *work) explain(a *Ask, d *Draft, plan roster.Roster) error {
	var empty []int
	for i := range d.Stands {
		if len(w.able[i]) == 0 {
			empty = append(empty, i)
			if t, short := a.nobody(d, i); short {
				d.Reasons = append(d.Reasons, t)
			}
		}
	}
	rs, err := roster.Explain(&w.p, plan)
	if err != nil {
		return err
	}
	for _, r := range rs {
		if r.Place < 0 || r.Place >= len(d.Stands) || len(r.People) == 0 && len(empty) > 0 {
			continue
		}
		s := &d.Stands[r.Place]
		zh, en := s.Title.ZH, s.Title.EN
		if r.Skill == 0 {
			zh, en = zh+"的熟手", "practised "+en
		}
		days := a.words(r.From, r.To)
		t := mode.Text{ZH: fmt.Sprintf("%s %s，%s：要 %d 班次，能排的 %d 人按规则最多排 %d 班次。", s.Name, zh, days.ZH, r.Need, len(r.People), r.Have),
			EN: fmt.Sprintf("%s, %s, %s: %d shifts are asked for; the %d people who may stand there can fill %d within the rules.", s.Name, en, days.EN, r.Need, len(r.People), r.Have)}
		if r.Code == roster.NotExcluded {
			t = mode.Text{ZH: fmt.Sprintf("%s %s，%s：还缺 %d 人，没有找到不动别处的办法。", s.Name, zh, days.ZH, r.Need-r.Have),
				EN: fmt.Sprintf("%s, %s, %s: %d missing; no way was found that takes nobody from elsewhere.", s.Name, en, days.EN, max(r.Need-r.Have, 1))}
		}
		d.Reasons = append(d.Reasons, t)
	}
	return nil
}

// words is a stretch of the horizon in words.
func (a *Ask) words(from, to int) mode.Text {
	x, y := a.Midnight.Add(time.Duration(from)*time.Minute).In(a.At), a.Midnight.Add(time.Duration(to)*time.Minute).In(a.At)
	end := y.Format("15:04")
	if x.YearDay() != y.YearDay() {
		return mode.Text{ZH: x.Format("1月2日15:04") + "至" + y.Format("1月2日15:04"), EN: x.Format("Mon 2 Jan 15:04") + " to " + y.Format("Mon 2 Jan 15:04")}
	}
	return mode.Text{ZH: x.Format("1月2日15:04") + "–" + end, EN: x.Format("Mon 2 Jan 15:04") + "–" + end}
}

// nobody says why no helper at all may stand somewhere: what most of them lack first.
func (a *Ask) nobody(d *Draft, i int) (mode.Text, bool) {
	s := &d.Stands[i]
	count := map[people.Lack]int{}
	for j := range a.Helpers {
		if l, ok := people.FirstLack(&a.Helpers[j], &s.Rule.Require, a.Midnight); ok {
			count[l]++
		}
	}
	most, n := people.Lack{}, 0
	for _, code := range people.LackCodes {
		for l, k := range count {
			if l.Code == code && k > n {
				most, n = l, k
			}
		}
	}
	span := a.words(0, a.Days*roster.DayMinutes)
	why := mode.Text{ZH: "这里没有登记的志愿者", EN: "there are no helpers here"}
	if n > 0 {
		why = people.LackText([]people.Lack{most}, nil)
		why = mode.Text{ZH: fmt.Sprintf("%d 人都不合要求，多数是：%s", len(a.Helpers), why.ZH), EN: fmt.Sprintf("none of %d fits; mostly: %s", len(a.Helpers), why.EN)}
	}
	return mode.Text{ZH: fmt.Sprintf("%s %s，%s：没有人能排。%s。", s.Name, s.Title.ZH, span.ZH, why.ZH),
		EN: fmt.Sprintf("%s, %s, %s: nobody can stand there: %s.", s.Name, s.Title.EN, span.EN, why.EN)}, true
}
