package dispatch

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/round"
)

// inForce is what holds in the world at now, as anybody would see it: posts,
// measures and open rounds of the everyday system and of an incident in force.
type inForce struct {
	posts    map[string]string
	measures int
	rounds   map[string]int
}

func look(s *State, now time.Time) inForce {
	v := inForce{posts: map[string]string{}, rounds: map[string]int{}}
	live := s.Incident.InForce(now)
	for i := range s.Posts {
		if o := &s.Posts[i]; open(o, now) && (o.Incident == "" || live) {
			v.posts[o.Key] = o.HelperID
		}
	}
	decl := mode.Declaration{Incident: s.Incident.ID, Path: s.Incident.Path, From: s.Incident.Started, Until: s.Incident.Ended}
	v.measures = len(mode.Holding(s.Measures, []mode.Declaration{decl}, now))
	for i := range s.Rounds {
		if r := &s.Rounds[i]; r.Closed.IsZero() {
			v.rounds[r.Key] = r.Total
		}
	}
	return v
}

// Random state → apply → (work, changes) → demobilize = the state before, except
// what was carried over by name.
func TestApplyThenDemobilizeGivesBackWhatWas(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := build(t, rapid.Uint64Range(1, 50).Draw(rt, "seed"), shape{
			communities: rapid.IntRange(1, 3).Draw(rt, "communities"), microgrids: rapid.IntRange(1, 3).Draw(rt, "microgrids"),
			doors: rapid.IntRange(1, 60).Draw(rt, "doors"), helpers: rapid.IntRange(0, 80).Draw(rt, "helpers"), police: rapid.IntRange(0, 9).Draw(rt, "police")})
		s := w.state(t)
		before := look(s, t0)
		zones := []string{"lockdown", "control", "precaution"}
		draw := func(name string, now time.Time) {
			for i := range rapid.IntRange(1, 4).Draw(rt, name) {
				at := rapid.IntRange(0, len(w.ground.Spots)-1).Draw(rt, fmt.Sprintf("%s%d", name, i))
				zone(t, s, zones[rapid.IntRange(0, 2).Draw(rt, "zone")], now, w.ref(at))
			}
		}
		draw("zones", t0)
		p := propose(t, s, t0)
		totalsEqualLists(t, s, p)
		if again := propose(t, s, t0); again.ID != p.ID {
			rt.Fatalf("two plans of one state")
		}
		applied(t, s, p, t0.Add(time.Minute))
		recordSome(rt, s)
		now := t0.Add(2 * time.Hour)
		draw("changes", now)
		p2 := propose(t, s, now)
		totalsEqualLists(t, s, p2)
		applied(t, s, p2, now)
		if p3 := propose(t, s, now); p3.Counts.Create+p3.Counts.Change+p3.Counts.Close != 0 {
			rt.Fatalf("what was just applied differs from itself: %+v", p3.CountsBy)
		}
		if v := look(s, now); v.measures == 0 || len(v.posts) != len(before.posts)+p2.Posts.Needed {
			rt.Fatalf("applied, yet %d measures and %d posts hold", v.measures, len(v.posts))
		}
		demobilized(rt, s, before, t0.Add(5*time.Hour))
	})
}

// recordSome records random outcomes.
func recordSome(rt *rapid.T, s *State) {
	ids := []string{"", "at-home", "needs-help", "absent", "refused", "moved"}
	for i := range s.Targets {
		o := rapid.IntRange(0, 5).Draw(rt, "outcome")
		s.Targets[i].Outcome, s.Targets[i].Final = ids[o], o != 0 && o != 3
		s.Targets[i].Version++
		if o == 2 {
			s.Targets[i].Choice = "medicine"
		}
	}
}

func demobilized(rt *rapid.T, s *State, before inForce, now time.Time) {
	openBefore := map[string]bool{}
	for i := range s.Targets {
		if t := &s.Targets[i]; !t.Final || t.Outcome == "needs-help" {
			openBefore[t.PlaceID] = true
		}
	}
	c, err := Demobilize(s, "officer-c", now)
	if err != nil {
		rt.Fatal(err)
	}
	held := look(s, now)
	if c.Closed.Posts != len(held.posts)-len(before.posts) || c.Closed.Measures != held.measures || c.Closed.Rounds != len(held.rounds) {
		rt.Fatalf("closed %+v of %d posts, %d measures, %d rounds", c.Closed, len(held.posts)-len(before.posts), held.measures, len(held.rounds))
	}
	s.Incident = c.Incident
	carried := ""
	for _, r := range c.Rounds {
		if r.Closed.IsZero() {
			carried = r.ID
			before.rounds[r.Key] = r.Total // carried over by name
			s.Rounds = append(s.Rounds, r)
			continue
		}
		for i := range s.Rounds {
			if s.Rounds[i].ID == r.ID {
				s.Rounds[i] = r
			}
		}
	}
	if after := look(s, now); !reflect.DeepEqual(after, before) {
		rt.Fatalf("after: %+v\nbefore: %+v", after, before)
	}
	if len(c.HandedOver) != len(openBefore) || len(c.Targets) != len(openBefore) {
		rt.Fatalf("%d open, %d handed over, %d carried", len(openBefore), len(c.HandedOver), len(c.Targets))
	}
	nobody := 0
	for i, h := range c.HandedOver {
		if !openBefore[h.PlaceID] || c.Targets[i].RoundID != carried || c.Targets[i].Final {
			rt.Fatalf("handed over what was done, or nowhere: %+v", h)
		}
		if h.To == "" {
			nobody++
		}
		delete(openBefore, h.PlaceID)
	}
	if nobody != c.Unclaimed || !c.DeleteAfter.Equal(now.Add(30*24*time.Hour)) {
		rt.Fatalf("unclaimed %d of %d, delete after %v", c.Unclaimed, nobody, c.DeleteAfter)
	}
	if _, err := Demobilize(s, "officer-c", now.Add(time.Hour)); code(err) != "SW-1505" {
		rt.Fatalf("demobilized twice: %v", err)
	}
}

func TestHandOverGoesToTheEverydayLead(t *testing.T) {
	w, s := small(t)
	zone(t, s, "control", t0, w.ref(w.micro[0]))
	applied(t, s, propose(t, s, t0), t0)
	for i := range s.Targets {
		s.Targets[i].Outcome, s.Targets[i].Final = "at-home", true
	}
	s.Targets[3].Outcome, s.Targets[3].Choice = "needs-help", "medicine"
	s.Targets[5] = round.Target{RoundID: s.Targets[5].RoundID, PlaceID: s.Targets[5].PlaceID, Path: s.Targets[5].Path}
	lead := leadOf(s, w.ground.Spots[w.micro[0]].ID)
	c, err := Demobilize(s, "officer-b", t0.Add(time.Hour))
	if err != nil || len(c.HandedOver) != 2 {
		t.Fatalf("%v, %d handed over", err, len(c.HandedOver))
	}
	for _, h := range c.HandedOver {
		if h.ToID != lead || h.To == "" || h.Post != "lead" {
			t.Errorf("handed to %q (%s), the everyday lead is %s", h.To, h.ToID, lead)
		}
	}
	if x := c.Targets[0]; x.Outcome != "needs-help" || x.Choice != "medicine" || x.Final {
		t.Errorf("what was asked for is lost: %+v", x)
	}
	for i := range s.Helpers { // the lead is away and there is no deputy: next in line, or nobody
		if s.Helpers[i].ID == lead {
			s.Helpers[i].Away = "isolated"
		}
	}
	if c, _ = Demobilize(s, "officer-b", t0.Add(time.Hour)); c.Unclaimed != 2 {
		t.Errorf("handed to somebody who is away")
	}
	s.Helpers = append(s.Helpers, people.Helper{ID: "cw", Name: "社工小周", Kind: "community", Path: w.ground.Spots[1].Path})
	for i := range s.Posts {
		if s.Posts[i].Item == "community" && s.Posts[i].Incident == "" {
			s.Posts[i].HelperID = "cw"
		}
	}
	if c, _ = Demobilize(s, "officer-b", t0.Add(time.Hour)); c.Unclaimed != 0 || c.HandedOver[0].To != "社工小周" {
		t.Errorf("the community worker does not take over: %+v", c.HandedOver)
	}
}

func leadOf(s *State, place string) string {
	for _, o := range s.Posts {
		if o.Incident == "" && o.Item == "lead" && o.PlaceID == place {
			return o.HelperID
		}
	}
	return ""
}

// A new chore is a new item: an invented post and round plan without Go code.
func TestInventedItemsPlan(t *testing.T) {
	w, s := small(t)
	text := s.Playbook.Source
	text = insert(text, "rounds:\n", `  - id: cat-feeder
    title: {zh: 喂猫员, en: Cat feeder}
    per: building
    zones: [lockdown]
    count: 2
    deputy: 1
    role: helper
    require: {kind: [volunteer], min_age: 16}
    prefer: {near: 1.0}
`, true)
	text = insert(text, "rounds:\n", `  - id: stairwell-light
    title: {zh: 查楼道灯, en: Check stairwell lights}
    per: unit
    zones: [lockdown]
    by: cat-feeder
    due: PT6H
    outcomes:
      works: {title: {zh: 亮, en: Works}}
      broken: {title: {zh: 坏, en: Broken}, tone: help}
`, false)
	pb, wrong := mode.Load([]byte(text))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	s.Playbook, s.Incident.Version = pb, pb.Hash
	zone(t, s, "lockdown", t0, w.ref(w.micro[0]))
	zone(t, s, "control", t0, w.ref(w.micro[1])) // where neither is asked for
	p := propose(t, s, t0)
	totalsEqualLists(t, s, p)
	if p.Posts.Needed != 6+4+6 || len(p.Rounds) != 2 || p.Rounds[1].Targets+p.Rounds[0].Targets != 160+2 {
		t.Fatalf("needed %d, rounds %+v", p.Posts.Needed, p.Rounds)
	}
	feeders, deputies := 0, 0
	for _, f := range p.Fills {
		if f.Item == "cat-feeder" && f.HelperID != "" {
			feeders++
			if f.DeputyID != "" {
				deputies++
			}
		}
	}
	if feeders != 4 || deputies != 4 {
		t.Fatalf("%d feeders, %d deputies", feeders, deputies)
	}
	a := applied(t, s, p, t0)
	if len(a.Rounds) != 2 || len(a.Targets) != 162 {
		t.Fatalf("%d rounds, %d targets", len(a.Rounds), len(a.Targets))
	}
}

func insert(text, mark, piece string, before bool) string {
	for i := 0; i+len(mark) <= len(text); i++ {
		if text[i:i+len(mark)] == mark && (i == 0 || text[i-1] == '\n') {
			if before {
				return text[:i] + piece + text[i:]
			}
			return text[:i+len(mark)] + piece + text[i+len(mark):]
		}
	}
	panic("mark not found")
}
