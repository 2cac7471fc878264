package dispatch

import (
	"slices"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/plan"
)

// Propose reckons the plan of an incident: what its playbook asks of the ground
// under its zones, against what is there. It is pure; the same state and author
// give the same plan with the same id, whenever it is made. The error is
// ErrEnded, or ErrSolve when the solver refuses.
func Propose(s *State, author string, now time.Time) (*Plan, error) {
	if e := s.Incident.Ended; !e.IsZero() && !now.Before(e) {
		return nil, ErrEnded.With(e.Format(time.RFC3339))
	}
	given := s.Measures
	s = s.asIf(now)
	want := mode.DesiredAt(s.Playbook, s.Ground, s.Measures, s.scope(), now)
	p := newPool(s, now)
	m := newMatcher(p, want)
	w := &work{s: s, now: now, want: want, m: m, given: given, slotOf: make(map[string]int, len(want.Slots))}
	for i := range want.Slots {
		w.slotOf[want.Slots[i].Key] = i
	}
	w.there()
	main, err := m.match(w.fixed, func(int) bool { return true }, w.deputies)
	if err != nil {
		return nil, err
	}
	second, err := w.deputise(main)
	if err != nil {
		return nil, err
	}
	out := &Plan{Incident: s.Incident.ID, Playbook: s.Playbook.Hash, Saw: s.saw(now), Author: author, MadeAt: now, Seed: s.Seed, Pins: s.Pins}
	w.used = make([]bool, len(p.bodies))
	for _, who := range main.who {
		if who >= 0 {
			w.used[who] = true
		}
	}
	w.fills(out, main, second)
	w.totals(out)
	out.Gaps = w.gaps(main)
	w.locals(out)
	w.upgrade(out)
	w.checks(out)
	out.ID = identify(out)
	return out, nil
}

// identify hashes the content of a plan: all but the time it was made and the
// journal position, which say nothing about what it would do.
func identify(p *Plan) string {
	c := *p
	c.ID, c.MadeAt, c.Saw.Seq = "", time.Time{}, 0
	for i := range c.Rounds { // due counts from the start, whenever that is
		c.Rounds = append([]RoundRow(nil), c.Rounds...)
		c.Rounds[i].Due = time.Time{}
	}
	return plan.NewPrint().JSON(&c).ID()
}

// work is one proposal on its way.
type work struct {
	s        *State
	used     []bool // helpers whom this plan posts
	now      time.Time
	want     *mode.Desired
	given    []mode.Measure // as handed in, drafts still drafts
	m        *matcher
	slotOf   map[string]int
	fixed    map[int]int32  // slot → helper chosen by hand
	why      map[int]string // slot → the reason given for that choice
	deputies map[int32]bool // deputies in place, not to be moved to a post
	own      map[string]int // slot key → index in s.Posts of the open post
	openPost []people.Post  // open posts of this incident
	warn     []mode.Text    // what a person should know about kept choices
}

// there takes stock of what is: choices made by hand are fixed, holders who are
// still fit hold their post, the others are released.
func (w *work) there() {
	w.fixed, w.why, w.deputies, w.own = map[int]int32{}, map[int]string{}, map[int32]bool{}, map[string]int{}
	used := map[int32]bool{}
	for _, x := range w.s.Pins {
		slot, ok := w.slotOf[x.Slot]
		who, known := w.m.at[x.HelperID]
		if !ok || !known || used[int32(who)] || w.m.bodies[who].taken {
			w.warn = append(w.warn, mode.Text{ZH: "一项人定的选择不再适用：" + x.Slot, EN: "A choice made by hand no longer applies: " + x.Slot})
			continue
		}
		if lacks := w.m.lacks(who, slot); len(lacks) > 0 && !x.Override {
			n, why := w.m.bodies[who].h.Name, people.LackText(lacks, nil)
			w.warn = append(w.warn, mode.Text{ZH: "人定的 " + n + " 现在不合要求（" + why.ZH + "），这项选择没有用上。",
				EN: n + ", chosen by hand, no longer qualifies (" + why.EN + "); the choice was left out."})
			continue
		}
		if old, had := w.fixed[slot]; had {
			delete(used, old)
		}
		w.fixed[slot], w.why[slot], used[int32(who)] = int32(who), x.Reason, true
	}
	for i := range w.s.Posts {
		o := &w.s.Posts[i]
		if o.Incident != w.s.Incident.ID || !open(o, w.now) {
			continue
		}
		w.openPost = append(w.openPost, *o)
		w.own[o.Key] = i
		slot, wanted := w.slotOf[o.Key]
		who, known := w.m.at[o.HelperID]
		if !wanted || !known || used[int32(who)] {
			continue
		}
		if _, chosen := w.fixed[slot]; chosen {
			continue
		}
		g := w.groupOf(slot)
		fitness := w.m.fits(who, &w.m.groups[g])
		if o.Pinned {
			w.fixed[slot], w.why[slot], used[int32(who)] = int32(who), o.Reason, true
			if fitness != fit {
				n := w.m.bodies[who].h.Name
				w.warn = append(w.warn, mode.Text{ZH: "人定的 " + n + " 现在不合要求（" + words[fitness].one.ZH + "），没有改动，请人决定。",
					EN: n + ", chosen by hand, no longer qualifies (" + words[fitness].one.EN + "); left alone for a person to decide."})
			}
			continue
		}
		if fitness == fit {
			w.m.held[int32(who)], w.m.seatOf[int32(who)] = g, slot
			used[int32(who)] = true
		}
	}
	for i := range w.openPost {
		o := &w.openPost[i]
		if who, ok := w.m.at[o.DeputyID]; ok && o.DeputyID != "" && !used[int32(who)] {
			if slot, wanted := w.slotOf[o.Key]; wanted && w.m.fits(who, &w.m.groups[w.groupOf(slot)]) == fit {
				w.deputies[int32(who)] = true
			}
		}
	}
}

// groupOf finds the group of a slot.
func (w *work) groupOf(slot int) int {
	if w.m.groupAt == nil {
		w.m.groupAt = make([]int32, len(w.want.Slots))
		for g := range w.m.groups {
			for _, s := range w.m.groups[g].slots {
				w.m.groupAt[s] = int32(g)
			}
		}
	}
	return int(w.m.groupAt[slot])
}

// deputise fills deputies from whoever is left: posts come first.
func (w *work) deputise(main *matched) ([]int32, error) {
	second := make([]int32, len(w.want.Slots))
	any := false
	for i := range second {
		second[i] = -1
		any = any || w.want.Slots[i].Deputy > 0
	}
	if !any {
		return second, nil
	}
	taken := map[int32]bool{}
	for _, who := range main.who {
		if who >= 0 {
			taken[who] = true
		}
	}
	fixed := map[int]int32{}
	for i := range w.openPost {
		o := &w.openPost[i]
		who, ok := w.m.at[o.DeputyID]
		if slot, wanted := w.slotOf[o.Key]; ok && wanted && w.deputies[int32(who)] && !taken[int32(who)] && w.want.Slots[slot].Deputy > 0 {
			fixed[slot] = int32(who)
			taken[int32(who)] = true
		}
	}
	w.m.held, w.m.seatOf = map[int32]int{}, map[int32]int{}
	got, err := w.m.match(fixed, func(slot int) bool { return w.want.Slots[slot].Deputy > 0 }, taken)
	if err != nil {
		return nil, err
	}
	return got.who, nil
}

// fills writes what happens to each post and counts it.
func (w *work) fills(out *Plan, main *matched, second []int32) {
	fills := make([]Fill, len(w.want.Slots))
	for i := range w.want.Slots {
		s := &w.want.Slots[i]
		f := Fill{Slot: s.Key, Item: w.s.Playbook.Posts[s.Item].ID, PlaceID: w.s.Ground.Spots[s.Spot].ID, Zone: s.Zone, N: s.N}
		if who := main.who[i]; who >= 0 {
			f.HelperID = w.m.bodies[who].h.ID
		}
		if who := second[i]; who >= 0 {
			f.DeputyID = w.m.bodies[who].h.ID
		}
		if _, ok := w.fixed[i]; ok {
			f.Pinned, f.Reason = true, w.why[i]
		}
		fills[i] = f
	}
	steps := w.steps(fills)
	out.CountsBy.Posts = plan.Count(steps)
	for _, st := range steps {
		if st.Want != nil {
			st.Want.Act = st.Act
		}
	}
	out.Fills = fills
	for i := range fills {
		out.Posts.Needed++
		if fills[i].HelperID != "" {
			out.Posts.Filled++
		}
	}
	out.Posts.Empty = out.Posts.Needed - out.Posts.Filled
}

// steps is the difference between the posts asked for and those that are open.
func (w *work) steps(fills []Fill) []plan.Step[Fill, people.Post] {
	return plan.Diff(fills, func(f *Fill) string { return f.Slot }, w.openPost, func(o *people.Post) string { return o.Key },
		func(f *Fill, o *people.Post) bool {
			return f.HelperID == o.HelperID && f.DeputyID == o.DeputyID && f.Pinned == o.Pinned
		})
}

// Choose checks one choice made by hand against a plan and returns it as a pin;
// the caller proposes again with it. The person must be present, on no other post
// and lack nothing; what they lack is returned, and passed over where the pin says
// so. Whether its author may say so is for the caller to know.
func Choose(s *State, p *Plan, pin Pin, now time.Time) (Pin, []people.Lack, error) {
	if pin.Reason == "" {
		return Pin{}, nil, ErrReason.With()
	}
	item := ""
	for i := range p.Fills {
		if p.Fills[i].Slot == pin.Slot {
			item = p.Fills[i].Item
		} else if p.Fills[i].HelperID == pin.HelperID && p.Fills[i].Pinned {
			return Pin{}, nil, ErrBusy.With(helperName(s, pin.HelperID))
		}
	}
	if _, ok := s.Playbook.Post(item); !ok {
		return Pin{}, nil, ErrSlot.With()
	}
	var h *people.Helper
	for i := range s.Helpers {
		if s.Helpers[i].ID == pin.HelperID {
			h = &s.Helpers[i]
		}
	}
	if h == nil || h.Away != "" {
		return Pin{}, nil, ErrHelper.With()
	}
	for i := range s.Posts {
		o := &s.Posts[i]
		if o.Incident != "" && o.Incident != s.Incident.ID && open(o, now) && (o.HelperID == h.ID || o.DeputyID == h.ID) {
			return Pin{}, nil, ErrBusy.With(h.Name)
		}
	}
	lacks, err := lacksAt(s, h, pin.Slot, now)
	if err != nil {
		return Pin{}, nil, err
	}
	if len(lacks) > 0 && !pin.Override {
		return Pin{}, lacks, people.ErrLacks.With(h.Name, people.LackText(lacks, nil).ZH, people.LackText(lacks, nil).EN)
	}
	pin.Override, pin.At = len(lacks) > 0, now
	return pin, lacks, nil
}

// lacksAt is all that a helper lacks for a slot, the borders on the way to it too.
func lacksAt(s *State, h *people.Helper, slot string, now time.Time) ([]people.Lack, error) {
	one := *s.asIf(now)
	one.Helpers = []people.Helper{*h}
	want := mode.DesiredAt(one.Playbook, one.Ground, one.Measures, one.scope(), now)
	i := slices.IndexFunc(want.Slots, func(x mode.Slot) bool { return x.Key == slot })
	if i < 0 {
		return nil, ErrSlot.With()
	}
	want.Slots = want.Slots[i : i+1]
	return newMatcher(newPool(&one, now), want).lacks(0, 0), nil
}

// lacks asks the gate about a helper and a slot.
func (m *matcher) lacks(who, slot int) []people.Lack {
	for i := range m.groups {
		if g := &m.groups[i]; slices.Contains(g.slots, slot) {
			b := &m.bodies[who]
			return people.LacksThere(b.h, m.s.Playbook.Posts[g.item].Require, m.way(b, g), m.now)
		}
	}
	return nil
}

func helperName(s *State, id string) string {
	for i := range s.Helpers {
		if s.Helpers[i].ID == id {
			return s.Helpers[i].Name
		}
	}
	return id
}
