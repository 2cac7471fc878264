package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/dispatch/drill"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/round"
	"shouwang/internal/territory"
)

// driver plays everybody in a drill's world: the officers as the script says, the
// others as the schedule has them answer. What it does goes through the public API.
type driver struct {
	*drillRun
	w       *App
	script  *drill.Script
	command *Client
	deputy  *Client

	incident string
	plan     dispatch.Plan
	started  float64
	zones    []string
	slots    map[string]*played
	doors    []drill.Door
	rounds   map[string]round.Round
	actors   map[string]*Client // by helper
	queue    []drill.Event
	knocked  map[string]bool
	reached  map[string]bool
	first    float64
	checks   []mode.Text
	warned   []mode.Text // by the plan made last
	short    []mode.Text // what it says of posts that nobody fills
}

// played is one post as it stands in the drill.
type played struct {
	drill.Slot
	post, place string
	arrived     float64
	silent      bool
}

// drive runs the script to its end.
func (r *drillRun) drive(ctx context.Context) error {
	script, err := drill.Shipped()
	if err != nil {
		return err
	}
	d := &driver{drillRun: r, w: r.world, script: script, started: drill.Never, first: drill.Never, slots: map[string]*played{}, rounds: map[string]round.Round{},
		actors: map[string]*Client{}, knocked: map[string]bool{}, reached: map[string]bool{}}
	if d.command, _, err = d.w.as(ctx, drillCommand, "drill", "zh"); err != nil {
		return err
	}
	if d.deputy, _, err = d.w.as(ctx, drillDeputy, "drill", "zh"); err != nil {
		return err
	}
	for i, step := range script.Steps {
		if err := d.until(ctx, float64(step.At)); err != nil {
			return err
		}
		found, err := d.do(ctx, step)
		if err != nil {
			return err
		}
		r.update(func(p *drill.Report) { p.Steps[i].Done, p.Steps[i].Found, p.Minute = true, found, float64(step.At) })
	}
	return d.finish(ctx)
}

// until plays what the people do up to a minute.
func (d *driver) until(ctx context.Context, minute float64) error {
	for len(d.queue) > 0 && d.queue[0].At <= minute {
		e := d.queue[0]
		d.queue = d.queue[1:]
		s := d.slots[e.Slot.Key]
		if s == nil || s.Holder != e.Slot.Holder { // somebody else holds the post by now
			continue
		}
		if err := d.clock.to(ctx, e.At); err != nil {
			return err
		}
		if err := d.play(ctx, s, e); err != nil {
			return err
		}
		d.update(func(p *drill.Report) {
			p.Minute, p.Posts, p.Doors, p.Reached, p.Present = e.At, len(d.slots), len(d.doors), len(d.reached), d.present()
		})
	}
	return d.clock.to(ctx, minute)
}

func (d *driver) present() (n int) {
	for _, s := range d.slots {
		if s.arrived >= 0 {
			n++
		}
	}
	return n
}

// play does what one person does.
func (d *driver) play(ctx context.Context, s *played, e drill.Event) error {
	switch e.Do {
	case drill.Silent:
		s.silent = true
	case drill.Arrives:
		s.arrived = e.At
		c, err := d.actor(ctx, s)
		if err != nil {
			return err
		}
		return d.call(ctx, c, "/posts/"+s.post+"/arrive", nil, nil)
	case drill.Knocked:
		return d.knock(ctx, s, e)
	}
	return nil
}

// knock records what came of a door, as the lead who went there.
func (d *driver) knock(ctx context.Context, s *played, e drill.Event) error {
	c, err := d.actor(ctx, s)
	if err != nil {
		return err
	}
	o, ok := outcomeOf(d.rounds[e.Door.Round], e.Tone)
	if !ok {
		return nil
	}
	body := map[string]any{"outcome": o.ID}
	if len(o.Choose) > 0 {
		body["choice"] = o.Choose[len(o.Choose)-1].ID
	}
	_, err = c.Do(ctx, Request{Method: "POST", Path: "/rounds/" + e.Door.Round + "/targets/" + e.Door.Place + "/record", Body: body})
	if refused, is := asRefusal(err); is { // a playbook may post people who may not record: that is a weak spot, not an end
		d.check(mode.Text{ZH: fmt.Sprintf("岗位 %s 记录不了这一轮：%s", s.Item, refused.Code), EN: fmt.Sprintf("Post %s could not record this round: %s", s.Item, refused.Code)})
		return nil
	}
	if err != nil {
		return err
	}
	key := e.Door.Round + "|" + e.Door.Place
	if d.knocked[key] = true; d.first < 0 {
		d.first = e.At
	}
	if o.Final {
		d.reached[key] = true
	}
	return nil
}

// actor returns a client of whoever holds a post, opening an account for them.
func (d *driver) actor(ctx context.Context, s *played) (*Client, error) {
	if c := d.actors[s.Holder]; c != nil {
		return c, nil
	}
	h, _, err := d.w.Store.Helper(ctx, s.Holder)
	if err != nil {
		return nil, err
	}
	a := access.Account{ID: "drill-" + h.ID, Login: strings.ToLower(h.Number), Name: h.Name, HelperID: h.ID}
	e := journal.Entry{Actor: "system", Verb: "account.opened", Thing: "accounts", ThingID: a.ID, PlaceID: s.place, Path: s.Path, Audience: "audit", Purpose: "register", Payload: []byte("{}")}
	if _, err := d.w.Store.Commit(ctx, nil, nil, journal.Change{Row: &a, Entry: e}); err != nil {
		return nil, err
	}
	c, _, err := d.w.as(ctx, a.ID, "drill", "zh")
	d.actors[s.Holder] = c
	return c, err
}

// outcomeOf is the outcome of a round that has a tone, or else its first.
func outcomeOf(r round.Round, tone string) (round.Outcome, bool) {
	own := slices.DeleteFunc(slices.Clone(r.Outcomes), func(o round.Outcome) bool { return o.System })
	if i := slices.IndexFunc(own, func(o round.Outcome) bool { return o.Tone == tone }); i >= 0 {
		return own[i], true
	}
	if len(own) == 0 {
		return round.Outcome{}, false
	}
	return own[0], true
}

func (d *driver) check(t mode.Text) {
	if !slices.Contains(d.checks, t) {
		d.checks = append(d.checks, t)
	}
}

// do takes one step of the script and says what was seen.
func (d *driver) do(ctx context.Context, s drill.Step) (mode.Text, error) {
	switch s.Do {
	case drill.Declare:
		var out struct{ ID string }
		title := "演练：" + d.run.Playbook
		if b := d.w.API.Playbooks[d.run.Playbook]; b != nil {
			title = "演练：" + b.Title.ZH
		}
		err := d.call(ctx, d.command, "/incidents", map[string]any{"title": title, "playbook": d.run.Playbook, "place_id": d.run.PlaceID}, &out)
		d.incident = out.ID
		return mode.Text{ZH: "草稿，不管住任何人", EN: "A draft; it holds nobody"}, err
	case drill.Zones:
		return d.draw(ctx)
	case drill.Plan:
		if err := d.propose(ctx); err != nil {
			return mode.Text{}, err
		}
		p := d.plan
		return mode.Text{ZH: fmt.Sprintf("%d 户，要 %d 岗，有人 %d，空缺 %d", p.Households, p.Posts.Needed, p.Posts.Filled, p.Posts.Empty),
			EN: fmt.Sprintf("%d doors, %d posts, %d filled, %d empty", p.Households, p.Posts.Needed, p.Posts.Filled, p.Posts.Empty)}, nil
	case drill.Apply:
		n, err := d.apply(ctx, float64(s.At))
		if why, is := asRefusal(err); is { // the plan's own checks forbid it: that is what the drill found
			return mode.Text{ZH: "没有启动：方案有一项必须先解决（" + why.Code + "）", EN: "Not started: the plan has something to settle first (" + why.Code + ")"}, nil
		}
		if err == nil {
			d.started = float64(s.At)
		}
		return mode.Text{ZH: fmt.Sprintf("已启动，通知 %d 人到岗", n), EN: fmt.Sprintf("In force; %d people are called to their posts", n)}, err
	case drill.Sweep:
		if d.started < 0 {
			return notStarted, nil
		}
		return mode.Text{ZH: fmt.Sprintf("到岗 %d / %d 岗", d.present(), len(d.slots)), EN: fmt.Sprintf("%d of %d posts have their holder there", d.present(), len(d.slots))}, nil
	case drill.Replace:
		if d.started < 0 {
			return notStarted, nil
		}
		return d.replace(ctx, float64(s.At))
	}
	return mode.Text{ZH: fmt.Sprintf("到岗 %d / %d 岗，有回音 %d / %d 户", d.present(), len(d.slots), len(d.reached), len(d.doors)),
		EN: fmt.Sprintf("%d of %d posts, %d of %d doors answered", d.present(), len(d.slots), len(d.reached), len(d.doors))}, nil
}

// notStarted is what the steps after a start that did not come find.
var notStarted = mode.Text{ZH: "没有启动", EN: "Not started"}

func (d *driver) call(ctx context.Context, c *Client, path string, body, out any) error {
	r, err := c.Do(ctx, Request{Method: "POST", Path: path, Body: body})
	if err != nil || out == nil {
		return err
	}
	return r.Decode(out)
}

// draw draws the mildest zone on the whole place, the next on a grid and the
// strictest on a building, where the place holds such; a zone to which people are
// led goes on the first site.
func (d *driver) draw(ctx context.Context) (mode.Text, error) {
	i, _, err := d.w.Store.Incident(ctx, d.incident)
	if err != nil {
		return mode.Text{}, err
	}
	book, err := d.w.API.Book(ctx, i.Version)
	if err != nil {
		return mode.Text{}, err
	}
	if len(book.Zones) == 0 {
		return mode.Text{ZH: "预案没有分区，整个地点在内", EN: "The playbook has no zones; the whole place is in it"}, nil
	}
	places, err := d.w.Store.PlacesUnder(ctx, d.run.Path, "")
	if err != nil {
		return mode.Text{}, err
	}
	spots, sites := spots(places, d.run)
	led := map[string]bool{}
	for _, z := range book.Zones {
		led[z.To] = z.To != ""
	}
	var plain []mode.Zone
	for _, z := range book.Zones {
		switch {
		case !led[z.ID]:
			plain = append(plain, z)
		case len(sites) > 0:
			if err := d.zone(ctx, z, sites[0].ID); err != nil {
				return mode.Text{}, err
			}
		}
	}
	for k, z := range pick(plain, len(spots)) {
		if err := d.zone(ctx, z, spots[k].ID); err != nil {
			return mode.Text{}, err
		}
	}
	return mode.Text{ZH: fmt.Sprintf("画了 %d 种区", len(d.zones)), EN: fmt.Sprintf("%d kinds of zone are drawn", len(d.zones))}, nil
}

// spots are the place itself, a grid in it and a building in that; and its sites.
func spots(places []territory.Place, run drill.Run) (out, sites []territory.Place) {
	doors := map[string]bool{}
	for _, p := range places {
		if p.Kind == territory.Door {
			for _, up := range territory.Ancestors(p.Path) {
				doors[up] = true
			}
		}
	}
	within := run.Path
	for _, kind := range []territory.Kind{"", territory.Grid, territory.Building} {
		best := -1
		for i, p := range places {
			ok := kind == "" && p.Path == run.Path || kind != "" && p.Kind == kind && p.Path != run.Path && doors[p.Path] && territory.Inside(p.Path, within)
			if ok && (best < 0 || p.Code < places[best].Code) {
				best = i
			}
		}
		if best >= 0 {
			out, within = append(out, places[best]), places[best].Path
		}
	}
	for _, p := range places {
		if p.Kind.Site() {
			sites = append(sites, p)
		}
	}
	slices.SortFunc(sites, func(a, b territory.Place) int { return strings.Compare(a.Code, b.Code) })
	return out, sites
}

// pick chooses n zones out of those from mild to strict: the strictest, and the
// milder ones that go around it.
func pick(zones []mode.Zone, n int) []mode.Zone {
	if len(zones) <= n {
		return zones
	}
	return zones[len(zones)-n:]
}

// drillZone is how long the zones of a drill hold at most.
const drillZone = 72 * time.Hour

func (d *driver) zone(ctx context.Context, z mode.Zone, place string) error {
	basis := "演练"
	if len(z.Measures) > 0 && z.Measures[0].Basis.ZH != "" {
		basis = z.Measures[0].Basis.ZH
	}
	now := d.clock.now()
	until := now.Add(drillZone)
	if latest, ok := z.Latest(now, time.FixedZone("Asia/Shanghai", 8*3600)); ok && latest.Before(until) {
		until = latest
	}
	err := d.call(ctx, d.command, "/incidents/"+d.incident+"/zones", map[string]any{"zone": z.ID, "place_ids": []string{place}, "basis": basis, "until": until.Format(time.RFC3339)}, nil)
	if err == nil {
		d.zones = append(d.zones, z.ID)
	}
	return err
}

// propose reckons the plan as the first officer and keeps what it warns of.
func (d *driver) propose(ctx context.Context) error {
	var out struct{ Plan string }
	if err := d.call(ctx, d.command, "/incidents/"+d.incident+"/plan", map[string]any{}, &out); err != nil {
		return err
	}
	doc, _, err := d.w.Store.Plan(ctx, out.Plan)
	if err != nil {
		return err
	}
	d.plan = dispatch.Plan{}
	if err := json.Unmarshal(doc.Body, &d.plan); err != nil {
		return err
	}
	d.plan.ID, d.warned, d.short = out.Plan, nil, nil
	for _, k := range d.plan.Checks {
		switch {
		case k.About == dispatch.AboutEmpty:
			d.short = append(d.short, k.Text)
		case k.Level == "warn" || k.Level == "stop":
			d.warned = append(d.warned, k.Text)
		}
	}
	return nil
}
