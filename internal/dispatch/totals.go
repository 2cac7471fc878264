package dispatch

import (
	"fmt"
	"reflect"
	"slices"
	"sort"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/plan"
	"shouwang/internal/round"
	"shouwang/internal/territory"
)

// ZoneRows is what each zone of an incident holds at now, from the strictest
// down. It is the list behind every zone figure on a screen.
func ZoneRows(pb *mode.Playbook, g *mode.Ground, sums []mode.ZoneSum) []ZoneRow {
	var out []ZoneRow
	for i := len(pb.Zones) - 1; i >= 0; i-- {
		z := &pb.Zones[i]
		r := ZoneRow{Zone: z.ID, Title: z.Title, Rule: z.Rule}
		for _, s := range sums {
			if s.Zone != z.ID {
				continue
			}
			r.Places, r.Buildings, r.Microgrids = s.Places, s.Buildings, s.Parts
			r.Doors, r.Households, r.People = s.Doors, s.Households, s.People
			for _, e := range s.Empty {
				r.Empty = append(r.Empty, g.Names(g.Spots[e].Path, " · "))
			}
		}
		out = append(out, r)
	}
	return out
}

// Difference is a figure reported from outside beside ours.
type Difference struct {
	Stated int    `json:"stated"`
	Ours   int    `json:"ours"`
	Gap    int    `json:"gap"`
	Source string `json:"source"`
}

// Differ compares the people stated for an incident with ours; ok is false when
// nothing was stated.
func Differ(st Stated, rows []ZoneRow) (d Difference, ok bool) {
	for _, r := range rows {
		d.Ours += r.People
	}
	d.Stated, d.Source, d.Gap = st.People, st.Source, st.People-d.Ours
	return d, st.People > 0
}

func (w *work) totals(out *Plan) {
	out.Zones = ZoneRows(w.s.Playbook, w.s.Ground, w.want.Sums)
	out.Microgrids = len(w.want.Parts)
	for _, z := range out.Zones {
		out.Households += z.Doors
		out.People += z.People
		out.Buildings += z.Buildings
	}
	w.byPlace(out)
	for i := range w.s.Playbook.Posts {
		p := &w.s.Playbook.Posts[i]
		row := ItemRow{Item: p.ID, Title: p.Title}
		for j := range out.Fills {
			if out.Fills[j].Item == p.ID {
				row.Needed++
				if out.Fills[j].HelperID != "" {
					row.Filled++
				}
			}
		}
		if row.Needed > 0 {
			out.ByItem = append(out.ByItem, row)
		}
	}
	w.rounds(out)
	w.measures(out)
	for _, n := range w.want.Notices {
		out.Notices = append(out.Notices, NoticeRow{Item: n.ID, Title: n.Title, Body: n.Body, Zones: n.Zones, Promised: n.Promised.Text})
	}
	for i := range w.s.Targets {
		if !w.s.Targets[i].Final {
			out.OpenWork++
		}
	}
	c, by := &out.Counts, &out.CountsBy
	for _, x := range []plan.Counts{by.Posts, by.Rounds, by.Measures} {
		c.Create, c.Keep, c.Change, c.Close = c.Create+x.Create, c.Keep+x.Keep, c.Change+x.Change, c.Close+x.Close
	}
}

// byPlace adds up by community; what stands under none goes to the top place.
func (w *work) byPlace(out *Plan) {
	g := w.s.Ground
	rows := map[int]*PlaceRow{}
	row := func(spot int) *PlaceRow {
		c := g.Above(g.Spots[spot].Path, territory.Community)
		if c < 0 {
			c, _ = g.Below(w.s.Incident.Path)
		}
		if rows[c] == nil {
			rows[c] = &PlaceRow{PlaceID: g.Spots[c].ID, Name: g.Spots[c].Name, Zones: map[string]int{}}
		}
		return rows[c]
	}
	for i := range w.want.Slots {
		r := row(w.want.Slots[i].Spot)
		r.Posts++
		if out.Fills[i].HelperID == "" {
			r.Empty++
		}
	}
	for _, p := range w.want.Parts {
		row(p.Spot).Parts++
	}
	for _, d := range w.want.Doors {
		r := row(d.Spot)
		r.Zones[d.Zone] += d.Doors
	}
	var order []int
	for c := range rows {
		order = append(order, c)
	}
	sort.Ints(order)
	for _, c := range order {
		out.ByPlace = append(out.ByPlace, *rows[c])
	}
}

func (w *work) rounds(out *Plan) {
	fresh := diffRounds(w.s, w.want, w.start(), w.now, "")
	for _, r := range fresh {
		out.CountsBy.Rounds.Add(r.act, 1)
		if r.want == nil {
			continue
		}
		item := &w.s.Playbook.Rounds[r.want.Item]
		out.Rounds = append(out.Rounds, RoundRow{Item: item.ID, Title: item.Title, Targets: len(r.want.Aims), Due: r.row.Due, Act: r.act})
	}
}

// start is when the incident starts or started.
func (w *work) start() time.Time {
	if w.s.Incident.Started.IsZero() {
		return w.now
	}
	return w.s.Incident.Started
}

// measures lists what will hold, one row for each zone, basis and end.
func (w *work) measures(out *Plan) {
	type key struct {
		zone, basis string
		until       int64
	}
	at := map[key]int{}
	first := w.s.Incident.Started.IsZero()
	for i := range w.s.Measures {
		m := &w.s.Measures[i]
		if m.Incident != w.s.Incident.ID {
			continue
		}
		if w.given[i].InForce(w.now) && !m.InForce(w.now) {
			out.CountsBy.Measures.Add(plan.Close, 1)
		}
		if !m.InForce(w.now) {
			continue
		}
		if first || w.given[i].Draft() {
			out.CountsBy.Measures.Add(plan.Create, 1)
		} else {
			out.CountsBy.Measures.Add(plan.Keep, 1)
		}
		k := key{m.Zone, m.Basis, m.Until.Unix()}
		j, ok := at[k]
		if !ok {
			z, _ := w.s.Playbook.Zone(m.Zone)
			j = len(out.Measures)
			at[k] = j
			out.Measures = append(out.Measures, MeasureRow{Zone: m.Zone, Title: z.Rule, Basis: m.Basis, Until: m.Until})
		}
		out.Measures[j].Places++
	}
	sort.SliceStable(out.Measures, func(i, j int) bool {
		a, b := &out.Measures[i], &out.Measures[j]
		if la, lb := w.s.Playbook.Level(a.Zone), w.s.Playbook.Level(b.Zone); la != lb {
			return la > lb
		}
		if !a.Until.Equal(b.Until) {
			return a.Until.Before(b.Until)
		}
		return a.Basis < b.Basis
	})
}

// roundStep is what happens to one round and its targets.
type roundStep struct {
	act     plan.Act
	want    *mode.RoundWant // nil when it is no longer asked for
	row     round.Round
	targets []round.Target // to write, with the version they had
}

// diffRounds compares the rounds asked for with those that are open. A target
// that left the zones before anybody came is marked lifted; one that comes back
// is open again; what was recorded stays.
func diffRounds(s *State, want *mode.Desired, start, now time.Time, act string) []roundStep {
	have := map[string]int{}
	for i := range s.Rounds {
		if s.Rounds[i].Incident == s.Incident.ID {
			have[s.Rounds[i].Key] = i
		}
	}
	targets := map[string]map[string]int{}
	for i := range s.Targets {
		t := &s.Targets[i]
		if targets[t.RoundID] == nil {
			targets[t.RoundID] = map[string]int{}
		}
		targets[t.RoundID][t.PlaceID] = i
	}
	var out []roundStep
	for i := range want.Rounds {
		w := &want.Rounds[i]
		item := &s.Playbook.Rounds[w.Item]
		st := roundStep{act: plan.Create, want: w}
		if j, ok := have[w.Key]; ok {
			st.act, st.row = plan.Keep, s.Rounds[j]
			delete(have, w.Key)
		} else {
			st.row = round.Round{ID: stableID(now, "round", w.Key), Key: w.Key, Incident: s.Incident.ID, Item: item.ID,
				PlaceID: s.Incident.PlaceID, Path: s.Incident.Path, TitleZH: item.Title.ZH, TitleEN: item.Title.EN,
				Per: item.Per, By: item.By, Outcomes: item.Outcomes, Opened: now, Due: start.Add(w.Due.Length())}
			if now.After(start) {
				st.row.Due = now.Add(w.Due.Length())
			}
		}
		renewed := st.renew(s, item, w, start)
		st.diffTargets(s, targets[st.row.ID], act)
		if st.act == plan.Keep && (renewed || len(st.targets) > 0 || !st.row.Closed.IsZero()) {
			st.act, st.row.Closed = plan.Change, time.Time{}
		}
		if st.act != plan.Keep && act != "" {
			st.row.Act = act
		}
		out = append(out, st)
	}
	var gone []string
	for k := range have {
		gone = append(gone, k)
	}
	sort.Strings(gone)
	for _, k := range gone {
		if r := s.Rounds[have[k]]; r.Closed.IsZero() {
			r.Closed, r.Act = now, act
			out = append(out, roundStep{act: plan.Close, row: r})
		}
	}
	return out
}

// renew brings a round to what its playbook says now: dates, the dates of places
// of their own, title, outcomes and version. It says whether anything differs.
func (st *roundStep) renew(s *State, item *mode.RoundItem, w *mode.RoundWant, start time.Time) bool {
	r := &st.row
	was := *r
	from := r.Opened
	if st.act == plan.Create && start.After(from) {
		from = start
	}
	due := from.Add(w.Due.Length())
	if st.act == plan.Create {
		due = r.Due
	}
	r.Due, r.Dues, r.Book = due, nil, s.Playbook.Hash
	for _, d := range w.Dues {
		r.Dues = append(r.Dues, round.PlaceDue{Path: d.Path, Due: due.Add(d.Span.Length() - w.Due.Length())})
	}
	r.TitleZH, r.TitleEN, r.By, r.Outcomes = item.Title.ZH, item.Title.EN, item.By, item.Outcomes
	if was.Book == "" { // opened before rounds named their version
		was.Book = r.Book
	}
	same := was.Due.Equal(r.Due) && was.Book == r.Book && was.TitleZH == r.TitleZH && was.TitleEN == r.TitleEN && was.By == r.By &&
		reflect.DeepEqual(was.Outcomes, r.Outcomes) && slices.EqualFunc(was.Dues, r.Dues, func(a, b round.PlaceDue) bool { return a.Path == b.Path && a.Due.Equal(b.Due) })
	return !same
}

func (st *roundStep) diffTargets(s *State, have map[string]int, act string) {
	wanted := make(map[string]bool, len(st.want.Aims))
	total := 0
	for _, a := range st.want.Aims {
		spot := &s.Ground.Spots[a.Spot]
		wanted[spot.ID] = true
		total++
		j, ok := have[spot.ID]
		if !ok {
			st.targets = append(st.targets, round.Target{RoundID: st.row.ID, PlaceID: spot.ID, Path: spot.Path, Zone: a.Zone, Act: act})
			continue
		}
		t := s.Targets[j]
		back := t.Outcome == mode.Lifted.ID
		if t.Zone == a.Zone && !back {
			continue
		}
		t.Zone, t.Act = a.Zone, act
		if back {
			t.Outcome, t.Choice, t.Final, t.At, t.By = "", "", false, time.Time{}, ""
		}
		st.targets = append(st.targets, t)
	}
	var left []int
	for id, j := range have {
		if !wanted[id] {
			total++
			if !s.Targets[j].Final {
				left = append(left, j)
			}
		}
	}
	sort.Ints(left)
	for _, j := range left {
		t := s.Targets[j]
		t.Outcome, t.Choice, t.Final, t.Again, t.Act = mode.Lifted.ID, "", true, time.Time{}, act
		st.targets = append(st.targets, t)
	}
	st.row.Total = total
}

func (w *work) checks(out *Plan) {
	add := func(level, zh, en string) {
		out.Checks = append(out.Checks, Check{Level: level, Text: mode.Text{ZH: zh, EN: en}})
	}
	places, zoned := 0, len(w.s.Playbook.Zones) > 0
	for _, z := range out.Zones {
		places += z.Places
	}
	if zoned && places == 0 && w.s.Incident.Started.IsZero() {
		add("stop", "还没有划分区：请先在地图或清单上选地点。", "No zone is drawn yet: choose places on the map or the list first.")
	} else if zoned {
		add("ok", fmt.Sprintf("%d 条措施都有依据和结束时间。", places), fmt.Sprintf("All %d measures have a basis and an end.", places))
	}
	w.locked(add)
	w.ends(add)
	w.longer(add)
	var empty []string
	for _, z := range out.Zones {
		empty = append(empty, z.Empty...)
	}
	if n := len(empty); n > 0 {
		some := empty[0]
		if n > 1 {
			some += "、" + empty[1]
		}
		add("warn", fmt.Sprintf("%d 处没有登记住户，不计入户数，请另行核对：%s。", n, some), fmt.Sprintf("%d places carry no registered door and count as none; check them apart: %s.", n, some))
	}
	if w.want.Lone > 0 {
		add("warn", fmt.Sprintf("%d 户不在任何微网格内，没有队伍负责。", w.want.Lone), fmt.Sprintf("%d dwellings stand under no micro-grid, so that no team is responsible.", w.want.Lone))
	}
	if d, ok := Differ(w.s.Incident.Stated, out.Zones); ok && d.Gap != 0 {
		add("warn", fmt.Sprintf("外报 %d 人（%s），本册 %d 人，相差 %d 人。", d.Stated, d.Source, d.Ours, d.Gap), fmt.Sprintf("Stated: %d people (%s); ours: %d; difference %d.", d.Stated, d.Source, d.Ours, d.Gap))
	}
	if out.Posts.Empty > 0 {
		add("warn", fmt.Sprintf("%d 个岗位还没有人，原因和可问的人见清单。", out.Posts.Empty), fmt.Sprintf("%d posts have nobody yet; see the list for reasons and whom to ask.", out.Posts.Empty))
		out.Checks[len(out.Checks)-1].About = AboutEmpty
	} else if out.Posts.Needed > 0 {
		add("ok", fmt.Sprintf("%d 个岗位都有人。", out.Posts.Needed), fmt.Sprintf("All %d posts have somebody.", out.Posts.Needed))
	}
	for _, t := range w.warn {
		out.Checks = append(out.Checks, Check{Level: "warn", Text: t})
	}
}

// locked stops a plan that would lock a house and watch it by nobody: somebody must
// be there to open the door.
func (w *work) locked(add func(level, zh, en string)) {
	list := w.want.Unwatched(w.s.Playbook, w.s.Ground, w.s.Measures, w.s.scope(), w.now)
	if len(list) == 0 {
		return
	}
	name := w.s.Ground.Names(w.s.Ground.Spots[list[0]].Path, " · ")
	add("stop", fmt.Sprintf("%d 栋封闭的楼没有任何值守岗位，不能只锁不看：%s。请把它们划进微网格，或在预案里加值守岗位，或不封闭。", len(list), name),
		fmt.Sprintf("%d closed houses have no post to watch them; nothing is locked without a watch: %s. Put them under a micro-grid, add a watch post to the playbook, or leave them open.", len(list), name))
}

// ends warns of measures that run out within a day, that ran out unlifted, and of
// a milder zone drawn inside a stricter one.
func (w *work) ends(add func(level, zh, en string)) {
	soon, past, milder := 0, 0, 0
	level := map[string]int{}
	for i := range w.s.Measures {
		m := &w.s.Measures[i]
		switch {
		case m.InForce(w.now):
			level[m.Path] = w.s.Playbook.Level(m.Zone)
			if m.Until.Sub(w.now) < 24*time.Hour {
				soon++
			}
		case m.Lifted.IsZero() && !w.now.Before(m.Until):
			past++
		}
	}
	for path, l := range level {
		chain := territory.Ancestors(path)
		for i := len(chain) - 2; i >= 0; i-- {
			if outer, ok := level[chain[i]]; ok {
				if l < outer {
					milder++
				}
				break
			}
		}
	}
	if soon > 0 {
		add("warn", fmt.Sprintf("%d 处措施将在 24 小时内到期自动失效。", soon), fmt.Sprintf("%d measures lapse within 24 hours.", soon))
	}
	if past > 0 {
		add("warn", fmt.Sprintf("%d 处措施已过期失效，不再计入。", past), fmt.Sprintf("%d measures are past their end and no longer count.", past))
	}
	if milder > 0 {
		add("warn", fmt.Sprintf("%d 处的分区比外围宽，请确认是有意为之。", milder), fmt.Sprintf("%d places have a milder zone than what surrounds them; make sure this is meant.", milder))
	}
}
