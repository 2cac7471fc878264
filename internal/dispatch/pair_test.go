package dispatch

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

const typhoon = `
playbook: typhoon
version: 1
title: {zh: 防台, en: Typhoon}
extends: normal
zones:
  leave:
    title: {zh: 转移区, en: Evacuation zone}
    rule: {zh: 撤离到安置点, en: Leave for the shelter}
    stricter_than: watch
    effect: evacuate
    measures:
      - {id: go, title: {zh: 转移, en: Leave}, basis: {zh: 防洪法第四十五条, en: "Flood law, art. 45"}, longest: P14D}
  watch:
    title: {zh: 警戒区, en: Watch zone}
    rule: {zh: 备汛, en: Be ready}
    measures:
      - {id: ready, title: {zh: 备汛, en: Be ready}, basis: {zh: 防洪法, en: Flood law}, longest: P14D}
posts:
  - {id: guide, title: {zh: 转移引导员, en: Guide}, per: microgrid, zones: [leave, watch], count: 2, role: helper, require: {min_age: 18}}
rounds:
  - {id: headcount, title: {zh: 清点, en: Head count}, per: household, zones: [leave], by: guide, due: PT6H, outcomes: {gone: {title: {zh: 已转移, en: Gone}}}}
demobilize: {keep: P30D, hand_over: [rounds.open], to: [lead], carry: follow-up}
`

func typhoonBook(t testing.TB) *mode.Playbook {
	t.Helper()
	p, wrong := mode.Load([]byte(typhoon))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	return p
}

// pair is an epidemic and a typhoon over the same world.
type pair struct {
	w    *world
	a, b *State
	draw map[string][]func() // the zones drawn, by incident
}

func newPair(t testing.TB, w *world) *pair {
	a := w.state(t)
	b := &State{Playbook: typhoonBook(t), Ground: w.ground, Posts: w.posts, Helpers: w.helpers, Seed: 7}
	b.Incident = a.Incident
	b.Incident.ID, b.Incident.Playbook, b.Incident.Version, b.Incident.Title = "inc2", "typhoon", b.Playbook.Hash, "台风"
	return &pair{w: w, a: a, b: b}
}

// meet lets each state see what the other holds just now, as the API does.
func (p *pair) meet(now time.Time) {
	see := func(s, o *State) {
		var mine []people.Post
		for _, x := range s.Posts {
			if x.Incident == "" || x.Incident == s.Incident.ID {
				mine = append(mine, x)
			}
		}
		s.Others = nil
		if o.Incident.InForce(now) {
			for _, x := range o.Posts {
				if x.Incident == o.Incident.ID {
					mine = append(mine, x)
				}
			}
			s.Others = mode.NewField(o.Measures, now, func(string) *mode.Playbook { return o.Playbook })
		}
		s.Posts = mine
	}
	see(p.a, p.b)
	see(p.b, p.a)
}

func (p *pair) busy(t *rapid.T, now time.Time) {
	at := map[string]string{}
	for _, s := range []*State{p.a, p.b} {
		if !s.Incident.InForce(now) {
			continue
		}
		for _, o := range s.Posts {
			for _, id := range []string{o.HelperID, o.DeputyID} {
				if o.Incident != s.Incident.ID || !open(&o, now) || id == "" {
					continue
				}
				if at[id] != "" {
					t.Fatalf("%s is on %s and on %s", id, at[id], o.Key)
				}
				at[id] = o.Key
			}
		}
	}
}

// own is what one incident has: everything but who fills its posts.
type own struct {
	posts, targets map[string]string
	rounds         map[string]int
	measures       []mode.Measure
}

func owned(s *State, now time.Time) own {
	v := own{posts: map[string]string{}, targets: map[string]string{}, rounds: map[string]int{}}
	for _, o := range s.Posts {
		if o.Incident == s.Incident.ID && open(&o, now) {
			v.posts[o.Key] = o.Item + o.PlaceID + o.Zone
		}
	}
	for _, x := range s.Targets {
		v.targets[x.RoundID+x.PlaceID] = x.Zone + x.Outcome
	}
	for _, r := range s.Rounds {
		v.rounds[r.Key] = r.Total
	}
	for _, m := range s.Measures {
		m.Version, m.Act = 0, "" // the act is named after its plan
		v.measures = append(v.measures, m)
	}
	return v
}

// Over random pairs: the posts and rounds of two incidents are the union, nobody
// is posted twice, and ending one leaves the other untouched: its state is as if
// only it had been, and a new plan fills as many of its posts.
func TestTwoIncidentsAtOnce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := build(t, rapid.Uint64Range(1, 50).Draw(rt, "seed"), shape{
			communities: rapid.IntRange(1, 2).Draw(rt, "communities"), microgrids: rapid.IntRange(1, 3).Draw(rt, "microgrids"),
			doors: rapid.IntRange(1, 40).Draw(rt, "doors"), helpers: rapid.IntRange(0, 60).Draw(rt, "helpers"), police: rapid.IntRange(0, 6).Draw(rt, "police")})
		p, alone := newPair(t, w), newPair(t, w)
		draw := func(name string, zones []string, to ...*State) {
			for i := range rapid.IntRange(1, 4).Draw(rt, name) {
				at := w.ref(rapid.IntRange(0, len(w.ground.Spots)-1).Draw(rt, fmt.Sprintf("%s%d", name, i)))
				z := rapid.SampledFrom(zones).Draw(rt, "zone")
				for _, s := range to {
					zone(t, s, z, t0, at)
				}
			}
		}
		draw("epidemic", []string{"lockdown", "control", "precaution"}, p.a)
		draw("typhoon", []string{"leave", "watch"}, p.b, alone.b)
		if rapid.Bool().Draw(rt, "pinned") && len(w.helpers) > 0 { // chosen for the second before the first took them
			d := mode.DesiredAt(p.b.Playbook, w.ground, p.b.Measures, p.b.scope(), t0)
			if len(d.Slots) > 0 {
				pin := Pin{Slot: d.Slots[0].Key, HelperID: w.helpers[0].ID, Reason: "熟悉", By: "x", At: t0}
				p.b.Pins, alone.b.Pins = []Pin{pin}, []Pin{pin}
			}
		}
		applied(t, p.a, propose(t, p.a, t0), t0)
		first := t0.Add(time.Minute)
		p.meet(first)
		plan := propose(t, p.b, first)
		applied(t, p.b, plan, first)
		applied(t, alone.b, propose(t, alone.b, first), first)
		p.busy(rt, first)
		if got, want := owned(p.b, first), owned(alone.b, first); !reflect.DeepEqual(got, want) {
			rt.Fatalf("beside an epidemic the typhoon asks for something else:\n%+v\n%+v", got, want)
		}
		if f := plan.Posts; f.Filled+f.Empty != f.Needed {
			rt.Fatalf("%+v", f)
		}
		before := *p.b
		before.Posts = append([]people.Post(nil), p.b.Posts...)
		now := t0.Add(2 * time.Hour)
		c, err := Demobilize(p.a, "officer-c", now)
		if err != nil {
			rt.Fatal(err)
		}
		p.a.Incident = c.Incident
		for ch := range c.Each {
			if ch.Entry.Incident != "inc1" {
				rt.Fatalf("ending one wrote about another: %+v", ch.Entry)
			}
		}
		p.meet(now)
		for _, o := range before.Posts {
			if o.Incident != "inc2" {
				continue
			}
			same := false
			for _, x := range p.b.Posts {
				same = same || x.ID == o.ID && reflect.DeepEqual(x, o)
			}
			if !same {
				rt.Fatalf("a post of the other incident changed: %+v", o)
			}
		}
		if got, want := owned(p.b, now), owned(alone.b, now); !reflect.DeepEqual(got, want) {
			rt.Fatalf("after:\n%+v\nalone:\n%+v", got, want)
		}
		applied(t, p.b, propose(t, p.b, now), now)
		if got, want := propose(t, p.b, now), propose(t, alone.b, now); got.Posts != want.Posts {
			rt.Fatalf("a new plan fills %+v, alone it fills %+v", got.Posts, want.Posts)
		}
	})
}

// Who is confined by the epidemic is not sent out of it by the typhoon, unless
// they are to leave themselves; and nobody is sent in, unless people must leave.
func TestTheOtherIncidentsBordersHold(t *testing.T) {
	w, _ := small(t)
	p := newPair(t, w)
	zone(t, p.a, "lockdown", t0, w.ref(w.micro[0]))
	applied(t, p.a, propose(t, p.a, t0), t0)
	zone(t, p.b, "watch", t0, w.ref(w.micro[0]), w.ref(w.micro[1]))
	now := t0.Add(time.Minute)
	p.meet(now)
	inside := func(id string) bool {
		for _, h := range w.helpers {
			if h.ID == id {
				return territory.Inside(h.Path, w.ground.Spots[w.micro[0]].Path)
			}
		}
		return false
	}
	crossed := func(plan *Plan) (out, in int) {
		for _, f := range plan.Fills {
			there := f.PlaceID == w.ground.Spots[w.micro[0]].ID
			police := len(f.HelperID) > 0 && f.HelperID[0] == 'p'
			if f.HelperID == "" || police {
				continue
			}
			if inside(f.HelperID) && !there {
				out++
			}
			if !inside(f.HelperID) && there {
				in++
			}
		}
		return out, in
	}
	if out, in := crossed(propose(t, p.b, now)); out+in > 0 {
		t.Errorf("%d were sent out of the lockdown, %d into it", out, in)
	}
	p.b.Others = nil
	if out, in := crossed(propose(t, p.b, now)); out+in == 0 {
		t.Error("without the epidemic nobody crosses either, so this test sees nothing")
	}
}
