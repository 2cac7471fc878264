package dispatch

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/plan"
	"shouwang/internal/territory"
)

// small is four micro-grids of 80 households in one community, with people enough.
func small(t testing.TB) (*world, *State) {
	w := build(t, 3, shape{communities: 1, microgrids: 4, doors: 80, helpers: 160, police: 6})
	return w, w.state(t)
}

// totalsEqualLists checks that every total of a plan equals its list.
func totalsEqualLists(t testing.TB, s *State, p *Plan) {
	t.Helper()
	fail := func(what string, total, list int) {
		if total != list {
			t.Helper()
			t.Fatalf("%s: total %d, list %d", what, total, list)
		}
	}
	filled, pinned := 0, 0
	by := map[string]int{}
	seen := map[string]bool{}
	for _, f := range p.Fills {
		if f.HelperID != "" {
			filled++
			if seen[f.HelperID] {
				t.Fatalf("%s is on two posts", f.HelperID)
			}
			seen[f.HelperID] = true
		}
		if f.DeputyID != "" {
			if seen[f.DeputyID] {
				t.Fatalf("deputy %s is on two posts", f.DeputyID)
			}
			seen[f.DeputyID] = true
		}
		if f.Pinned {
			pinned++
		}
		by[f.Item]++
	}
	fail("posts needed", p.Posts.Needed, len(p.Fills))
	fail("posts filled", p.Posts.Filled, filled)
	fail("posts empty", p.Posts.Empty, len(p.Gaps))
	sum := Tally{}
	parts, doors := 0, 0
	for _, r := range p.ByPlace {
		sum.Needed, sum.Empty, parts = sum.Needed+r.Posts, sum.Empty+r.Empty, parts+r.Parts
		for _, n := range r.Zones {
			doors += n
		}
	}
	fail("posts by place", p.Posts.Needed, sum.Needed)
	fail("empty by place", p.Posts.Empty, sum.Empty)
	fail("micro-grids by place", p.Microgrids, parts)
	fail("households by place", p.Households, doors)
	zd, zp, zm := 0, 0, 0
	for _, z := range p.Zones {
		zd, zp, zm = zd+z.Doors, zp+z.People, zm+z.Microgrids
	}
	fail("households by zone", p.Households, zd)
	fail("people by zone", p.People, zp)
	fail("micro-grids by zone", p.Microgrids, zm)
	for _, i := range p.ByItem {
		fail("posts of "+i.Item, i.Needed, by[i.Item])
	}
	people, homes := 0, 0 // against the plainest count there is
	as := s.asIf(p.MadeAt)
	for i := range s.Ground.Spots {
		d := &s.Ground.Spots[i]
		if d.Kind == territory.Door && len(mode.ZoneAt(as.Measures, d.Path, p.MadeAt)) > 0 {
			homes++
			people += int(d.People)
		}
	}
	fail("households against ZoneAt", p.Households, homes)
	fail("people against ZoneAt", p.People, people)
	for _, r := range p.Rounds {
		if r.Item == "sweep" {
			fail("sweep targets", r.Targets, homes)
		}
	}
	c, b := p.Counts, p.CountsBy
	fail("create", c.Create, b.Posts.Create+b.Rounds.Create+b.Measures.Create)
	fail("posts asked for", b.Posts.Create+b.Posts.Keep+b.Posts.Change, p.Posts.Needed)
	for _, g := range p.Gaps {
		if g.Reason.ZH == "" || g.Reason.EN == "" || len(g.Candidates) > 3 {
			t.Fatalf("gap %s: reason %q, %d candidates", g.Slot, g.Reason, len(g.Candidates))
		}
	}
}

func Test1221OnOneMicrogrid(t *testing.T) {
	w, s := small(t)
	zone(t, s, "lockdown", t0, w.ref(w.micro[0]))
	p := propose(t, s, t0)
	if p.Posts.Needed != 6 || p.Microgrids != 1 || p.Households != 80 {
		t.Fatalf("needed %d, micro-grids %d, households %d; want 6, 1, 80", p.Posts.Needed, p.Microgrids, p.Households)
	}
	if len(p.Rounds) != 1 || p.Rounds[0].Item != "sweep" || p.Rounds[0].Targets != 80 || !p.Rounds[0].Due.Equal(t0.Add(24*time.Hour)) {
		t.Fatalf("rounds %+v", p.Rounds)
	}
	got := map[string]int{}
	for _, i := range p.ByItem {
		got[i.Item] = i.Needed
	}
	for item, n := range map[string]int{"lead": 1, "emergency": 2, "volunteer": 2, "police": 1} {
		if got[item] != n {
			t.Errorf("%s: %d posts, want %d", item, got[item], n)
		}
	}
	totalsEqualLists(t, s, p)
	for _, f := range p.Fills { // nobody crosses into a lockdown but who may
		if f.HelperID == "" {
			continue
		}
		for _, h := range s.Helpers {
			if h.ID == f.HelperID && h.Kind != "police" && !territory.Inside(h.Path, w.ground.Spots[w.micro[0]].Path) {
				t.Errorf("%s lives outside the lockdown", h.ID)
			}
		}
	}
}

func TestNobodyCrossesTheBorderOfAClosedZone(t *testing.T) {
	w, s := small(t)
	inside := w.ground.Spots[w.micro[0]].Path
	for i := range s.Helpers { // the volunteers of the micro-grid live elsewhere
		if h := &s.Helpers[i]; h.Kind == "volunteer" && territory.Inside(h.Path, inside) {
			h.Path = w.ground.Spots[w.doors[200]].Path
		}
	}
	zone(t, s, "lockdown", t0, w.ref(w.micro[0]))
	if p := propose(t, s, t0); p.Posts.Filled != 1 { // the officer
		t.Errorf("%d posts filled across the border", p.Posts.Filled)
	}
	s.Measures = nil
	zone(t, s, "precaution", t0, w.ref(w.micro[0]))
	if p := propose(t, s, t0); p.Posts.Filled != 6 {
		t.Errorf("%d posts filled in an open zone", p.Posts.Filled)
	}
	s.Measures = nil
	zone(t, s, "precaution", t0, w.ref(w.micro[0]))
	zone(t, s, "lockdown", t0, w.ref(w.micro[1]), w.ref(w.micro[2]), w.ref(w.micro[3]))
	for _, f := range propose(t, s, t0).Fills { // and nobody leaves one
		if f.Zone == "precaution" && f.HelperID != "" && f.Item != "police" {
			t.Errorf("%s leaves a lockdown", f.HelperID)
		}
	}
}

func TestABetterNewcomerMovesNobody(t *testing.T) {
	w, s := small(t)
	zone(t, s, "precaution", t0, w.ref(0))
	applied(t, s, propose(t, s, t0), t0)
	for i := range w.micro {
		s.Helpers = append(s.Helpers, people.Helper{ID: "best" + string(rune('0'+i)), Name: "新来的", Kind: "volunteer", Path: w.ground.Spots[w.micro[i]].Path,
			Birth: 1991, Party: true, Standing: true, PhoneUser: true, Trained: []string{"protective-basic", "first-aid"}, Skills: []string{"strength"}})
	}
	if p := propose(t, s, t0.Add(time.Hour)); p.Posts.Empty > 0 || p.CountsBy.Posts.Change != 0 {
		t.Fatalf("somebody better came and %+v", p.CountsBy.Posts)
	}
}

func TestPlanTwiceIsTheSame(t *testing.T) {
	w, s := small(t)
	zone(t, s, "precaution", t0, w.ref(0))
	zone(t, s, "lockdown", t0, w.ref(w.buildings[0]))
	a, b := propose(t, s, t0), propose(t, s, t0.Add(time.Second))
	if a.ID != b.ID || a.ID == "" {
		t.Fatalf("ids %s and %s", a.ID, b.ID)
	}
	raw, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var back Plan
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if _, err := Apply(&back, s, "officer-b", t0.Add(time.Minute)); err != nil {
		t.Fatalf("a stored plan does not apply: %v", err)
	}
	s.Seed++
	if c := propose(t, s, t0); c.ID == a.ID {
		t.Fatal("another seed, the same plan id")
	}
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return fault.As(err).Code
}

func TestApplyRefuses(t *testing.T) {
	w, s := small(t)
	empty := propose(t, s, t0)
	if _, err := Apply(empty, s, "officer-b", t0); code(err) != "SW-1504" {
		t.Errorf("a plan without zones applies: %v", err)
	}
	zone(t, s, "control", t0, w.ref(w.micro[1]))
	p := propose(t, s, t0)
	if _, err := Apply(p, s, "officer-a", t0); code(err) != "SW-1502" {
		t.Errorf("the author may apply: %v", err)
	}
	changed := *p
	changed.Fills = append([]Fill(nil), p.Fills...)
	changed.Fills[0].HelperID = "somebody"
	if _, err := Apply(&changed, s, "officer-b", t0); code(err) != "SW-1503" {
		t.Errorf("a plan that was edited applies: %v", err)
	}
	away := *s
	away.Helpers = append([]people.Helper(nil), s.Helpers...)
	away.Helpers[0].Away = "locked-in"
	if _, err := Apply(p, &away, "officer-b", t0); code(err) != "SW-1503" {
		t.Errorf("somebody left and the plan applies: %v", err)
	}
	more := *s
	zone(t, &more, "lockdown", t0, w.ref(w.buildings[0]))
	if _, err := Apply(p, &more, "officer-b", t0); code(err) != "SW-1503" {
		t.Errorf("a zone was drawn and the plan applies: %v", err)
	}
	a := applied(t, s, p, t0.Add(time.Minute))
	again, err := Apply(p, s, "officer-c", t0.Add(time.Hour))
	if err != nil || !again.Repeat || again.Counts != a.Counts || len(again.Posts) != 0 {
		t.Errorf("applied twice: %+v, %v", again, err)
	}
	n := 0
	for range a.Each {
		n++
	}
	if n != 1+len(a.Posts)+len(a.Rounds)+len(a.Measures) {
		t.Errorf("%d changes", n)
	}
}

// Nothing is locked without a watch: where the playbook asks nobody to stand at a
// closed house, the plan stops.
func TestNobodyLocksWithoutAWatch(t *testing.T) {
	w, s := small(t)
	zone(t, s, "lockdown", t0, w.ref(w.buildings[0]))
	if _, err := Apply(propose(t, s, t0), s, "officer-b", t0); err != nil {
		t.Fatalf("a house with its team is refused: %v", err)
	}
	bare := *s.Playbook
	bare.Posts = slices.DeleteFunc(slices.Clone(bare.Posts), func(p mode.PostItem) bool { return p.Per == "microgrid" })
	s.Playbook = &bare
	if _, err := Apply(propose(t, s, t0), s, "officer-b", t0); code(err) != "SW-1504" {
		t.Errorf("a house without any watch is locked: %v", err)
	}
}

func TestChangingOneBuildingIsTheSmallestDifference(t *testing.T) {
	w, s := small(t)
	zone(t, s, "control", t0, w.ref(0))
	applied(t, s, propose(t, s, t0), t0)
	same := propose(t, s, t0.Add(time.Hour))
	if same.Counts.Create+same.Counts.Change+same.Counts.Close != 0 {
		t.Fatalf("nothing changed, yet %+v", same.CountsBy)
	}
	before := map[string]string{}
	for _, f := range same.Fills {
		before[f.Slot] = f.HelperID
	}
	zone(t, s, "lockdown", t0.Add(time.Hour), w.ref(w.buildings[0]))
	if z := mode.ZoneAt(s.Measures, w.ground.Spots[w.buildings[0]].Path, t0.Add(time.Hour)); z[0].Zone != "control" {
		t.Fatal("a zone drawn while the incident runs holds before it is applied")
	}
	p := propose(t, s, t0.Add(time.Hour))
	totalsEqualLists(t, s, p)
	if p.Posts.Needed != same.Posts.Needed+6 || p.Microgrids != same.Microgrids+1 || p.Households != same.Households || p.CountsBy.Measures.Create != 1 {
		t.Fatalf("needed %d → %d, parts %d → %d, measures %+v", same.Posts.Needed, p.Posts.Needed, same.Microgrids, p.Microgrids, p.CountsBy.Measures)
	}
	moved := 0
	for _, f := range p.Fills {
		if old, ok := before[f.Slot]; ok && old != f.HelperID {
			moved++
			for _, h := range s.Helpers { // only those who now live behind the new border
				if h.ID == old && !territory.Inside(h.Path, w.ground.Spots[w.buildings[0]].Path) {
					t.Errorf("%s was moved without need", old)
				}
			}
		}
	}
	applied(t, s, p, t0.Add(2*time.Hour))
	if z := mode.ZoneAt(s.Measures, w.ground.Spots[w.buildings[0]].Path, t0.Add(2*time.Hour)); z[0].Zone != "lockdown" {
		t.Fatal("an applied zone does not hold")
	}
	locked := 0
	for _, x := range s.Targets {
		if x.Zone == "lockdown" {
			locked++
		}
	}
	if locked != 40 || len(s.Targets) != p.Households {
		t.Fatalf("%d targets in lockdown, %d in all", locked, len(s.Targets))
	}
}

func TestLeavingAZoneLiftsOpenTargetsOnly(t *testing.T) {
	w, s := small(t)
	zone(t, s, "control", t0, w.ref(w.micro[0]), w.ref(w.micro[1]))
	applied(t, s, propose(t, s, t0), t0)
	for i := range s.Targets {
		if i%2 == 0 {
			s.Targets[i].Outcome, s.Targets[i].Final, s.Targets[i].Version = "at-home", true, 2
		}
	}
	now := t0.Add(time.Hour)
	changes, err := LiftZone(s.Incident, s.Measures, []PlaceRef{w.ref(w.micro[0])}, "commander", now)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		commitMeasure(s, *c.Row.(*mode.Measure), c.Base)
	}
	p := propose(t, s, now)
	totalsEqualLists(t, s, p)
	if p.Posts.Needed != 6 || p.CountsBy.Posts.Close != 6 || p.CountsBy.Posts.Keep != 6 || p.CountsBy.Rounds.Change != 1 {
		t.Fatalf("%+v needed %d", p.CountsBy, p.Posts.Needed)
	}
	applied(t, s, p, now)
	count := map[string]int{}
	for _, x := range s.Targets {
		count[x.Outcome]++
	}
	if count["lifted"] != 40 || count["at-home"] != 80 || count[""] != 40 || s.Rounds[0].Total != len(s.Targets) {
		t.Fatalf("outcomes %v, total %d of %d", count, s.Rounds[0].Total, len(s.Targets))
	}
	zone(t, s, "control", now, w.ref(w.micro[0])) // and back: the same rows open again
	applied(t, s, propose(t, s, now), now.Add(time.Minute))
	for _, x := range s.Targets {
		if x.Outcome == "lifted" {
			t.Fatal("a target that came back stays lifted")
		}
	}
}

func TestChoicesMadeByHandHold(t *testing.T) {
	w, s := small(t)
	zone(t, s, "precaution", t0, w.ref(0))
	p := propose(t, s, t0)
	slot, other := p.Fills[0], p.Fills[7]
	if _, _, err := Choose(s, p, Pin{Slot: slot.Slot, HelperID: other.HelperID, Reason: "", By: "boss"}, t0); code(err) != "SW-1513" {
		t.Errorf("no reason, yet chosen: %v", err)
	}
	if _, _, err := Choose(s, p, Pin{Slot: "nowhere", HelperID: other.HelperID, Reason: "邻居都认得", By: "boss"}, t0); code(err) != "SW-1507" {
		t.Errorf("chosen for no post: %v", err)
	}
	pin, _, err := Choose(s, p, Pin{Slot: slot.Slot, HelperID: other.HelperID, Reason: "邻居都认得", By: "boss"}, t0)
	if err != nil {
		t.Fatal(err)
	}
	s.Pins = append(s.Pins, pin)
	p = propose(t, s, t0)
	totalsEqualLists(t, s, p)
	if f := p.Fills[0]; f.HelperID != other.HelperID || !f.Pinned || f.Reason != "邻居都认得" {
		t.Fatalf("the choice does not stand: %+v", f)
	}
	if _, _, err := Choose(s, p, Pin{Slot: p.Fills[9].Slot, HelperID: other.HelperID, Reason: "再派一处", By: "boss"}, t0); code(err) != "SW-1506" {
		t.Errorf("one person chosen for two posts: %v", err)
	}
	applied(t, s, p, t0)
	s.Pins = nil
	for i := range s.Helpers { // no longer fit: still nobody undoes it but a person
		if s.Helpers[i].ID == other.HelperID {
			s.Helpers[i].Trained, s.Helpers[i].PhoneUser = nil, false
		}
	}
	p = propose(t, s, t0.Add(time.Hour))
	if f := p.Fills[0]; f.HelperID != other.HelperID || !f.Pinned || f.Act != plan.Keep {
		t.Fatalf("a later plan undid a choice made by hand: %+v", f)
	}
	warned := false
	for _, c := range p.Checks {
		warned = warned || c.Level == "warn" && c.Text.EN[:len("志愿者")] == "志愿者"
	}
	if !warned {
		t.Error("nobody is told that the chosen one no longer qualifies")
	}
}

func TestNobodyTwiceAcrossIncidents(t *testing.T) {
	w, s := small(t)
	zone(t, s, "control", t0, w.ref(0))
	applied(t, s, propose(t, s, t0), t0)
	first := map[string]bool{}
	for _, o := range s.Posts {
		if o.Incident != "" {
			first[o.HelperID] = true
		}
	}
	two := w.state(t)
	two.Incident.ID = "inc2"
	two.Posts = s.Posts
	_, changes, err := AddZone(two.Incident, two.Playbook, nil, ZoneOrder{Zone: "precaution", Places: []PlaceRef{w.ref(0)}, Basis: "b", Until: t0.AddDate(0, 0, 3)}, "c", t0)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		commitMeasure(two, *c.Row.(*mode.Measure), c.Base)
	}
	p := propose(t, two, t0)
	totalsEqualLists(t, two, p)
	for _, f := range p.Fills {
		if f.HelperID != "" && first[f.HelperID] {
			t.Fatalf("%s is posted in both incidents", f.HelperID)
		}
	}
	if p.Posts.Empty == 0 {
		t.Fatal("six officers cannot fill both incidents")
	}
	for id := range first {
		if id != "" {
			if _, _, err := Choose(two, p, Pin{Slot: p.Fills[0].Slot, HelperID: id, Reason: "急", By: "boss"}, t0); code(err) != "SW-1506" {
				t.Fatalf("chosen by hand for two incidents: %v", err)
			}
			break
		}
	}
}

// Who served inside a closed zone is taken over its border by no plan and no choice
// made by hand before the gap is over, unless whoever may says so.
func TestNobodyIsTakenOverABorder(t *testing.T) {
	w, s := small(t)
	zone(t, s, "precaution", t0, w.ref(0))
	p := propose(t, s, t0)
	slot := p.Fills[0]
	pin := Pin{Slot: slot.Slot, HelperID: slot.HelperID, Reason: "邻居都认得", By: "boss"}
	if _, lacks, err := Choose(s, p, pin, t0); err != nil || len(lacks) > 0 {
		t.Fatal(lacks, err)
	}
	held := pin
	s.Stays = map[string][]people.Stay{slot.HelperID: {{Closed: "elsewhere", From: t0.Add(-8 * time.Hour), Until: t0.Add(-2 * time.Hour), Apart: 24 * time.Hour}}}
	if _, lacks, err := Choose(s, p, pin, t0); code(err) != "SW-1730" || len(lacks) != 1 || lacks[0].Code != people.LackApart {
		t.Errorf("chosen over the border: %v %v", lacks, err)
	}
	s.Pins = []Pin{held} // chosen before they served there
	for _, f := range propose(t, s, t0).Fills {
		if f.HelperID == slot.HelperID || f.DeputyID == slot.HelperID {
			t.Errorf("a plan takes them over the border: %+v", f)
		}
	}
	s.Pins = nil
	pin.Override = true
	over, _, err := Choose(s, p, pin, t0)
	if err != nil || !over.Override {
		t.Fatal(over, err)
	}
	s.Pins = []Pin{over}
	if f := propose(t, s, t0).Fills[0]; f.HelperID != slot.HelperID || !f.Pinned {
		t.Errorf("the exception does not hold: %+v", f)
	}
	s.Pins = nil
	if p = propose(t, s, t0.Add(30*time.Hour)); !slices.ContainsFunc(p.Fills, func(f Fill) bool { return f.HelperID == slot.HelperID }) {
		t.Error("they serve nowhere, though the gap is over")
	}
}
