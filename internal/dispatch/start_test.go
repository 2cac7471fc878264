package dispatch

import (
	"errors"
	"testing"
	"time"
)

func TestGapsNameThePoolAndWhomToAsk(t *testing.T) {
	w, s := small(t)
	for i := range s.Helpers {
		if s.Helpers[i].Kind == "volunteer" {
			s.Helpers[i].Trained = nil
		} else if i%2 == 0 {
			s.Helpers[i].Away = "isolated"
		}
	}
	zone(t, s, "precaution", t0, w.ref(0))
	p := propose(t, s, t0)
	totalsEqualLists(t, s, p)
	if p.Posts.Empty != 4+8+1 { // no lead, no emergency member is trained; one officer short of four
		t.Fatalf("%d empty: %+v", p.Posts.Empty, p.ByItem)
	}
	for _, g := range p.Gaps {
		switch g.Item {
		case "lead":
			if g.Reason.ZH[:len("没有够格的人；未受训")] != "没有够格的人；未受训" || len(g.Candidates) != 3 {
				t.Errorf("lead: %v, %d candidates", g.Reason, len(g.Candidates))
			}
			if c := g.Candidates; len(c) == 3 && (c[0].Score < c[1].Score || c[1].Score < c[2].Score || c[0].Why.EN == "") {
				t.Errorf("candidates out of order: %+v", c)
			}
		case "police":
			if want := "够格的 3 人已全部派岗，要 4 岗；不在位 3 人"; g.Reason.ZH != want {
				t.Errorf("police: %q, want %q", g.Reason.ZH, want)
			}
		}
	}
}

func TestStartAlone(t *testing.T) {
	w, s := small(t)
	zone(t, s, "control", t0, w.ref(w.micro[0]))
	p := propose(t, s, t0)
	if _, err := ApplyAlone(p, s, "officer-a", t0.Add(9*time.Minute)); code(err) != "SW-1514" {
		t.Errorf("alone before the minutes are over: %v", err)
	}
	now := t0.Add(11 * time.Minute)
	a, err := ApplyAlone(p, s, "officer-a", now)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, a)
	if !s.Incident.InForce(now.Add(119*time.Minute)) || s.Incident.InForce(now.Add(2*time.Hour)) {
		t.Fatal("a start alone must hold two hours and no longer")
	}
	if _, _, err := Confirm(s.Incident, "officer-a", now); code(err) != "SW-1515" {
		t.Errorf("confirmed by who started it: %v", err)
	}
	if _, _, err := Confirm(s.Incident, "officer-b", now.Add(3*time.Hour)); code(err) != "SW-1515" {
		t.Errorf("confirmed after it lapsed: %v", err)
	}
	inc, _, err := Confirm(s.Incident, "officer-b", now.Add(time.Hour))
	if err != nil || !inc.InForce(now.Add(48*time.Hour)) {
		t.Fatalf("confirmed, yet it lapses: %v", err)
	}
}

func TestZoneOrders(t *testing.T) {
	w, s := small(t)
	good := ZoneOrder{Zone: "control", Places: []PlaceRef{w.ref(w.micro[0])}, Basis: "b", Until: t0.AddDate(0, 0, 14), Loc: time.FixedZone("CST", 8*3600)}
	for want, spoil := range map[string]func(*ZoneOrder){
		"SW-1408": func(o *ZoneOrder) { o.Zone = "nowhere" },
		"SW-1405": func(o *ZoneOrder) { o.Basis = "  " },
		"SW-1406": func(o *ZoneOrder) { o.Until = t0 },
		"SW-1407": func(o *ZoneOrder) { o.Until = t0.AddDate(0, 0, 15).Add(12 * time.Hour) },
		"SW-1509": func(o *ZoneOrder) { o.Places = []PlaceRef{{"x", "z.x."}} },
		"":        func(*ZoneOrder) {},
	} {
		o := good
		spoil(&o)
		made, changes, err := AddZone(s.Incident, s.Playbook, s.Measures, o, "c", t0)
		if code(err) != want {
			t.Errorf("want %q: %v", want, err)
		}
		if err != nil && (len(made) > 0 || len(changes) > 0) {
			t.Errorf("%s changed something", want)
		}
	}
	zone(t, s, "control", t0, w.ref(w.micro[0]))
	made, changes, err := AddZone(s.Incident, s.Playbook, s.Measures, ZoneOrder{Zone: "control", Places: []PlaceRef{w.ref(w.micro[0])}, Basis: "区指令7号", Until: t0.AddDate(0, 0, 10)}, "c", t0)
	if err != nil || len(made)+len(changes) != 0 {
		t.Errorf("drawing the same again changes %d: %v", len(changes), err)
	}
	if _, err := LiftZone(s.Incident, s.Measures, []PlaceRef{w.ref(w.micro[3])}, "c", t0); !errors.Is(err, ErrNoZone) {
		t.Errorf("lifted where nothing holds: %v", err)
	}
}
