package shift

import (
	"context"
	"fmt"
	"slices"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/solve/roster"
)

// mostReasons is how many of the solver's reasons for gaps are said.
const mostReasons = 24

// explain says in words what cannot be filled and why, group by group.
func (w *work) explain(ctx context.Context, a *Ask, d *Draft, plan roster.Roster) error {
	empty := false
	for i := range d.Stands {
		if w.novel[i] {
			s := &d.Stands[i]
			d.Reasons = append(d.Reasons, mode.Text{ZH: s.Name + " " + s.Title.ZH + "：能排的人里还没有熟手（站满过一班的人）。先排新手，站过以后就有了。",
				EN: s.Name + ", " + s.Title.EN + ": nobody who may stand there has stood a shift yet. Newcomers are put there first."})
		}
		if len(w.able[i]) == 0 {
			if t, short := a.nobody(d, i); short {
				d.Reasons, empty = append(d.Reasons, t), true
			}
		}
	}
	_, short := w.short(d, plan)
	if !short && !w.unskilled() {
		return nil
	}
	said := 0
	for _, g := range w.groups() {
		p, r := w.part(g, plan)
		rs, err := roster.ExplainSome(ctx, p, r, mostReasons-said)
		if err != nil {
			return err
		}
		for i := range rs {
			if t := a.reason(d, &rs[i]); (len(rs[i].People) > 0 || !empty) && !slices.Contains(d.Reasons, t) {
				d.Reasons = append(d.Reasons, t)
			}
		}
		if said += len(rs); said >= mostReasons {
			break
		}
	}
	return nil
}

// unskilled says whether practised people are asked for anywhere.
func (w *work) unskilled() bool {
	return slices.ContainsFunc(w.p.Demands, func(q roster.Demand) bool { return q.Skill >= 0 })
}

// part is a group as a problem of its own, with its part of a roster.
func (w *work) part(g group, plan roster.Roster) (*roster.Problem, roster.Roster) {
	p := w.p
	p.People, p.Demands, p.Wishes, p.Pairs = nil, nil, nil, nil
	in := make(map[int]bool, len(g.posts))
	for _, j := range g.posts {
		in[j] = true
	}
	var r roster.Roster
	for _, i := range g.people {
		p.People, r = append(p.People, w.p.People[i]), append(r, plan[i])
	}
	for _, q := range w.p.Demands {
		if in[q.Post] {
			p.Demands = append(p.Demands, q)
		}
	}
	return &p, r
}

// reason is one of the solver's reasons in words.
func (a *Ask) reason(d *Draft, r *roster.Reason) mode.Text {
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
	return t
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
