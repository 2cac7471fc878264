package round

import (
	"testing"
	"time"
)

var (
	zone  = time.FixedZone("", 8*3600)
	daily = Daily{Groups: []string{"alone"}, From: 8 * time.Hour, Until: 10 * time.Hour, Second: 30 * time.Minute, Missed: "no-answer"}
	ends  = []Outcome{{ID: "well", Tone: "ok", Final: true}, {ID: "no-answer", Tone: "help", Final: true, Opens: "case.knock"}}
)

func clock(day, hour, min int) time.Time { return time.Date(2026, 3, day, hour, min, 0, 0, zone) }

func paired(t *testing.T, at time.Time) Greeting {
	t.Helper()
	g, err := Pair(daily, Greeting{PersonID: "p"}, "a", "b", true, "x", at, zone)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// run ticks until nothing is due and returns the steps.
func run(g *Greeting, now time.Time) (steps []string) {
	for range 10 {
		next, step := Tick(daily, *g, now, zone)
		if step == "" {
			return steps
		}
		*g = next
		steps = append(steps, step)
	}
	return append(steps, "never rests")
}

// A greeting that nobody gave is the second's after the window, missed within the limit,
// once, and due anew the next morning.
func TestAMissedGreetingClimbsOnceADay(t *testing.T) {
	g := paired(t, clock(1, 7, 0))
	for _, x := range []struct {
		at    time.Time
		step  string
		stage string
	}{
		{clock(1, 7, 59), "", "soon"}, {clock(1, 8, 0), StepDay, "due"}, {clock(1, 9, 59), "", "due"}, {clock(1, 10, 0), StepSecond, "second"},
		{clock(1, 10, 29), "", "second"}, {clock(1, 10, 30), StepMissed, "missed"}, {clock(1, 23, 0), "", "missed"}, {clock(2, 7, 0), "", "missed"},
		{clock(2, 8, 0), StepDay, "due"},
	} {
		steps := run(&g, x.at)
		if x.step == "" && len(steps) != 0 || x.step != "" && (len(steps) != 1 || steps[0] != x.step) {
			t.Fatalf("%s: %v, wanted %q", x.at, steps, x.step)
		}
		if got := g.Stage(daily, x.at, zone); got != x.stage {
			t.Fatalf("%s: %s, wanted %s", x.at, got, x.stage)
		}
	}
}

// A greeting at any time of the day is that day's; silence of a server is not a greeting.
func TestAGreetingHoldsForItsDay(t *testing.T) {
	for _, at := range []time.Time{clock(2, 6, 0), clock(2, 8, 30), clock(2, 10, 15), clock(2, 20, 0)} {
		g := paired(t, clock(1, 7, 0))
		run(&g, clock(1, 9, 0))
		g, _, err := Greet(daily, ends, g, "well", "call", "a", clock(1, 9, 0), zone)
		if err != nil {
			t.Fatal(err)
		}
		run(&g, at)
		g, _, err = Greet(daily, ends, g, "well", "door", "a", at, zone)
		if err != nil || g.Stage(daily, at, zone) != "greeted" {
			t.Fatal(at, g.Stage(daily, at, zone), err)
		}
		if steps := run(&g, clock(2, 23, 59)); len(steps) != 0 {
			t.Fatal(at, steps)
		}
		if steps := run(&g, clock(3, 10, 0)); len(steps) != 2 || steps[1] != StepSecond || g.Stage(daily, clock(3, 10, 0), zone) != "second" {
			t.Fatal(at, steps)
		}
	}
	g := paired(t, clock(1, 7, 0))
	run(&g, clock(1, 9, 0))
	steps := run(&g, clock(3, 8, 30)) // nobody ran the clock for two days
	if len(steps) != 3 || steps[0] != StepSecond || steps[1] != StepMissed || steps[2] != StepDay || g.Day != "2026-03-03" {
		t.Fatal(steps, g.Day)
	}
	if steps := run(&g, clock(1, 9, 0)); len(steps) != 0 {
		t.Fatal("a clock set back moved it", steps)
	}
}

// No answer is a missed greeting at once; whoever is paired after the window misses
// nothing that day; two are two, and agreed is asked.
func TestPairsAndWhatTheySay(t *testing.T) {
	g := paired(t, clock(1, 9, 0))
	g, o, err := Greet(daily, ends, g, "no-answer", "door", "a", clock(1, 9, 30), zone)
	if err != nil || o.Opens != "case.knock" || g.Stage(daily, clock(1, 9, 30), zone) != "missed" {
		t.Fatal(g, o, err)
	}
	if steps := run(&g, clock(1, 23, 0)); len(steps) != 0 {
		t.Fatal("missed twice", steps)
	}
	late := paired(t, clock(1, 11, 0))
	if steps := run(&late, clock(1, 23, 0)); len(steps) != 0 || late.Stage(daily, clock(1, 12, 0), zone) != "soon" {
		t.Fatal(steps)
	}
	if steps := run(&late, clock(2, 8, 0)); len(steps) != 1 || steps[0] != StepDay {
		t.Fatal(steps)
	}
	for _, x := range []struct {
		a, b   string
		agreed bool
	}{{"a", "a", true}, {"a", "", true}, {"a", "b", false}} {
		if _, err := Pair(daily, Greeting{}, x.a, x.b, x.agreed, "x", clock(1, 9, 0), zone); err == nil {
			t.Fatal(x)
		}
	}
	if _, err := Stop(g, "tired", clock(1, 12, 0)); err == nil {
		t.Fatal("a reason nobody knows")
	}
	over, err := Stop(g, "objects", clock(1, 12, 0))
	if err != nil || len(run(&over, clock(9, 12, 0))) != 0 {
		t.Fatal("greeted after an objection", err)
	}
	if _, _, err := Greet(daily, ends, over, "well", "call", "a", clock(1, 13, 0), zone); err == nil {
		t.Fatal("greeted after the end")
	}
	if _, _, err := Greet(daily, ends, g, "well", "letter", "a", clock(1, 13, 0), zone); err == nil {
		t.Fatal("an unknown way")
	}
}

// An answered case of a missed greeting is that day's greeting, and one that did not hold
// is not; it never undoes a greeting that somebody gave, and the next morning asks anew.
func TestAnAnsweredKnockIsTheDaysGreeting(t *testing.T) {
	g := paired(t, clock(1, 7, 0))
	if _, ok := Settle(daily, g, "x", clock(1, 9, 0), zone); ok {
		t.Fatal("nothing was missed yet")
	}
	run(&g, clock(1, 8, 0))
	run(&g, clock(1, 10, 30))
	g, ok := Settle(daily, g, "x", clock(1, 11, 0), zone)
	if !ok || g.Stage(daily, clock(1, 11, 0), zone) != "greeted" || g.How != ByDesk || g.Outcome != "" {
		t.Fatal(g)
	}
	back, ok := Unsettle(daily, g, clock(1, 12, 0), zone)
	if !ok || back.Stage(daily, clock(1, 12, 0), zone) != "missed" {
		t.Fatal(back)
	}
	if _, ok := Unsettle(daily, g, clock(2, 7, 0), zone); ok {
		t.Fatal("yesterday's is over")
	}
	if steps := run(&g, clock(2, 8, 0)); len(steps) != 1 || g.Stage(daily, clock(2, 8, 0), zone) != "due" {
		t.Fatal(steps, g)
	}
	back, _, err := Greet(daily, ends, back, "well", "call", "a", clock(1, 13, 0), zone)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := Settle(daily, back, "x", clock(1, 14, 0), zone); ok {
		t.Fatal("somebody greeted them already")
	}
	if _, ok := Unsettle(daily, back, clock(1, 14, 0), zone); ok {
		t.Fatal("a greeting that somebody gave was taken away")
	}
}
