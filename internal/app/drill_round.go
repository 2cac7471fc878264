package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"shouwang/internal/dispatch/drill"
	"shouwang/internal/mode"
)

// apply applies the plan as the second officer and calls those who have a new post;
// it returns how many were called.
func (d *driver) apply(ctx context.Context, minute float64) (int, error) {
	if err := d.call(ctx, d.deputy, "/incidents/"+d.incident+"/apply", map[string]any{"plan": d.plan.ID}, nil); err != nil {
		return 0, err
	}
	if err := d.targets(ctx); err != nil {
		return 0, err
	}
	posts, err := d.w.Store.Posts(ctx, d.incident, "")
	if err != nil {
		return 0, err
	}
	now := d.clock.now()
	had := d.slots
	d.slots = map[string]*played{}
	var called, there []drill.Slot
	for _, p := range posts {
		if !p.Until.IsZero() && !now.Before(p.Until) {
			continue
		}
		_, key, _ := strings.Cut(p.Key, "|")
		if old := had[key]; old != nil && old.Holder == p.HelperID {
			if d.slots[key] = old; old.Holder != "" && !old.silent {
				there = append(there, old.Slot)
			}
			continue
		}
		s := &played{Slot: drill.Slot{Key: key, Item: p.Item, Path: p.Path, Zone: p.Zone, Holder: p.HelperID, Asked: minute}, post: p.ID, place: p.PlaceID, arrived: drill.Never}
		if d.slots[key] = s; s.Holder != "" {
			called = append(called, s.Slot)
		}
	}
	var open []drill.Door
	for _, x := range d.doors {
		if !d.reached[x.Round+"|"+x.Place] {
			open = append(open, x)
		}
	}
	d.queue = append(d.queue, drill.Schedule(d.script, uint64(d.run.Seed), called, drill.Free(there, open))...)
	slices.SortStableFunc(d.queue, func(a, b drill.Event) int {
		switch {
		case a.At < b.At:
			return -1
		case a.At > b.At:
			return 1
		}
		return strings.Compare(a.Slot.Key+a.Do+a.Door.Place, b.Slot.Key+b.Do+b.Door.Place)
	})
	return len(called), nil
}

// targets reads the doors of the rounds that are open.
func (d *driver) targets(ctx context.Context) error {
	rounds, err := d.w.Store.Rounds(ctx, d.incident)
	if err != nil {
		return err
	}
	d.doors = d.doors[:0]
	for _, r := range rounds {
		d.rounds[r.ID] = r
		ts, err := d.w.Store.Targets(ctx, r.ID, "")
		if err != nil {
			return err
		}
		for _, t := range ts {
			if t.Outcome != mode.Lifted.ID {
				d.doors = append(d.doors, drill.Door{Round: r.ID, Item: r.Item, Place: t.PlaceID, Path: t.Path, Zone: t.Zone, By: r.By})
			}
		}
	}
	return nil
}

// replace notes those who did not answer as away and posts others by a new plan.
func (d *driver) replace(ctx context.Context, minute float64) (mode.Text, error) {
	n := 0
	for _, key := range d.keys() {
		s := d.slots[key]
		if !s.silent || s.Holder == "" {
			continue
		}
		if err := d.call(ctx, d.command, "/helpers/"+s.Holder+"/away", map[string]any{"away": "locked-out"}, nil); err != nil {
			if _, refused := asRefusal(err); !refused {
				return mode.Text{}, err
			}
			continue // lives outside the place: command there would have to say so
		}
		n++
	}
	if n == 0 {
		return mode.Text{ZH: "没有要换的人", EN: "Nobody had to be replaced"}, nil
	}
	if err := d.propose(ctx); err != nil {
		return mode.Text{}, err
	}
	called, err := d.apply(ctx, minute)
	if why, is := asRefusal(err); is {
		d.check(mode.Text{ZH: "换人的方案没能应用（" + why.Code + "）", EN: "The plan that replaces people could not be applied (" + why.Code + ")"})
		return mode.Text{ZH: fmt.Sprintf("%d 人没有应答，没能换下", n), EN: fmt.Sprintf("%d did not answer and could not be replaced", n)}, nil
	}
	if err != nil {
		return mode.Text{}, err
	}
	return mode.Text{ZH: fmt.Sprintf("%d 人没有应答，补派 %d 人，空缺 %d 岗", n, called, d.plan.Posts.Empty),
		EN: fmt.Sprintf("%d did not answer, %d others are called, %d posts are empty", n, called, d.plan.Posts.Empty)}, nil
}

func (d *driver) keys() []string {
	out := make([]string, 0, len(d.slots))
	for k := range d.slots {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// finish scores the drill and names the playbook's weak spots.
func (d *driver) finish(ctx context.Context) error {
	f := drill.Facts{Started: d.started, Doors: len(d.doors), Reached: len(d.reached), Knocked: len(d.knocked), First: d.first}
	var ids []string
	for _, s := range d.slots {
		ids = append(ids, s.place)
	}
	slices.Sort(ids)
	places, err := d.w.Store.Places(ctx, slices.Compact(ids))
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, p := range places {
		names[p.ID] = p.Name
	}
	for _, key := range d.keys() {
		s := d.slots[key]
		f.Posts = append(f.Posts, drill.Post{Item: s.Item, Zone: s.Zone, Path: s.Path, Place: names[s.place], Filled: s.Holder != "", Arrived: s.arrived})
	}
	if d.started < 0 { // what would have been
		f.Doors = d.plan.Households
		for _, x := range d.plan.Fills {
			f.Posts = append(f.Posts, drill.Post{Item: x.Item, Zone: x.Zone, Filled: x.HelperID != "", Arrived: drill.Never})
		}
	}
	i, _, err := d.w.Store.Incident(ctx, d.incident)
	if err != nil {
		return err
	}
	seen := drill.Seen{Zones: d.zones, Facts: f, Checks: append(d.warned, d.checks...), Short: d.short, Reasons: map[string]mode.Text{}, Now: d.clock.now()}
	if seen.Book, err = d.w.API.Book(ctx, i.Version); err != nil {
		return err
	}
	if seen.Helpers, err = d.w.Store.HelpersUnder(ctx, ""); err != nil {
		return err
	}
	for _, g := range d.plan.Gaps {
		seen.Reasons[g.Item] = g.Reason
	}
	per := map[string][2]int{}
	for _, x := range d.doors {
		n := per[x.Round]
		n[0]++
		if d.reached[x.Round+"|"+x.Place] {
			n[1]++
		}
		per[x.Round] = n
	}
	for _, r := range d.rounds {
		seen.Rounds = append(seen.Rounds, drill.RoundSeen{Item: r.Item, Title: mode.Text{ZH: r.TitleZH, EN: r.TitleEN}, Targets: per[r.ID][0], Done: per[r.ID][1], Due: r.Due.Sub(d.run.Started).Minutes()})
	}
	slices.SortFunc(seen.Rounds, func(a, b drill.RoundSeen) int { return strings.Compare(a.Item, b.Item) })
	score := drill.Reckon(d.script, f)
	weak := drill.WeakSpots(d.script, seen)
	d.update(func(p *drill.Report) {
		p.Posts, p.Present, p.Doors, p.Reached, p.Score, p.Weak = score.Posts, score.Present, score.Doors, score.Reached, &score, weak
	})
	return nil
}
