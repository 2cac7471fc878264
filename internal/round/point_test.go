package round

import (
	"errors"
	"testing"
	"time"
)

var patrolled = Round{Item: "patrol", Outcomes: []Outcome{{ID: "in-order", Tone: "ok", Final: true}, {ID: "danger", Tone: "help", Final: true, Opens: "case.hazard"}}}

// gate is a point by day, every two hours from 08:00 to 20:00, declared at 07:00.
func gate(t *testing.T, change func(*Point)) Point {
	t.Helper()
	want := Point{PlaceID: "d", Path: "0.d.", Item: "patrol", Name: "东门", Every: 2 * time.Hour, From: 8 * time.Hour, Until: 20 * time.Hour}
	if change != nil {
		change(&want)
	}
	p, err := Declare(Point{ID: "p"}, want, "x", clock(1, 7, 0), zone)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A day is cut into turns; outside of the hours the next turn is named; hours may go over
// midnight, and a turn never outlasts them.
func TestTurns(t *testing.T) {
	night := func(p *Point) { p.From, p.Until, p.Every = 20*time.Hour, 6*time.Hour, 3*time.Hour }
	odd := func(p *Point) { p.Every = 5 * time.Hour }
	for _, x := range []struct {
		change      func(*Point)
		at          time.Time
		on          bool
		from, until time.Time
	}{
		{nil, clock(1, 8, 0), true, clock(1, 8, 0), clock(1, 10, 0)},
		{nil, clock(1, 9, 59), true, clock(1, 8, 0), clock(1, 10, 0)},
		{nil, clock(1, 10, 0), true, clock(1, 10, 0), clock(1, 12, 0)},
		{nil, clock(1, 7, 59), false, clock(1, 8, 0), clock(1, 10, 0)},
		{nil, clock(1, 20, 0), false, clock(2, 8, 0), clock(2, 10, 0)},
		{night, clock(2, 1, 0), true, clock(1, 23, 0), clock(2, 2, 0)},
		{night, clock(2, 5, 30), true, clock(2, 5, 0), clock(2, 6, 0)},
		{night, clock(2, 6, 0), false, clock(2, 20, 0), clock(2, 23, 0)},
		{odd, clock(1, 19, 0), true, clock(1, 18, 0), clock(1, 20, 0)},
		{func(p *Point) { p.From, p.Until, p.Every = 0, 24*time.Hour, 24*time.Hour }, clock(1, 23, 0), true, clock(1, 0, 0), clock(2, 0, 0)},
	} {
		p := gate(t, x.change)
		got, on := p.TurnAt(x.at, zone)
		if on != x.on || !got.From.Equal(x.from) || !got.Until.Equal(x.until) {
			t.Errorf("%s: %v %v, wanted %v %s %s", x.at, got, on, x.on, x.from, x.until)
		}
	}
}

// lapse lets the clock look until it rests, and counts what was missed.
func lapse(t *testing.T, p *Point, now time.Time) (missed int) {
	t.Helper()
	for range 5 {
		next, m := Lapse(*p, now, zone)
		if next == *p {
			return missed
		}
		if *p = next; m {
			missed++
		}
	}
	t.Fatal("the clock never rests")
	return
}

func visit(t *testing.T, p *Point, outcome string, at, now time.Time) string {
	t.Helper()
	next, kept, err := Visit(patrolled, *p, Input{Outcome: outcome, By: "a", At: at, Base: p.Version}, now, zone)
	if err != nil {
		t.Fatal(err)
	}
	*p = next
	return kept
}

// A turn in which nobody came is missed once and stays missed until somebody comes; a
// visit that reaches us late is of the turn in which it was made; a server that was off
// invents no misses for the turns it never waited in.
func TestAPointThatNobodyVisitedIsMissed(t *testing.T) {
	p := gate(t, nil)
	if n := lapse(t, &p, clock(1, 9, 59)); n != 0 || !p.Missed.IsZero() {
		t.Fatal("missed before its time", p)
	}
	visit(t, &p, "in-order", clock(1, 9, 0), clock(1, 9, 0))
	if got := p.Target(clock(1, 9, 30), zone); got.Outcome != "in-order" || !got.Final {
		t.Fatalf("%+v", got)
	}
	if got := p.Target(clock(1, 10, 0), zone); got.Outcome != "" {
		t.Fatalf("the next turn asks again: %+v", got)
	}
	if n := lapse(t, &p, clock(1, 11, 0)); n != 0 {
		t.Fatal("visited and yet missed")
	}
	if n := lapse(t, &p, clock(1, 12, 0)); n != 1 || !p.Missed.Equal(clock(1, 12, 0)) || lapse(t, &p, clock(1, 13, 0)) != 0 {
		t.Fatal(n, p)
	}
	late := p
	visit(t, &late, "danger", clock(1, 11, 30), clock(1, 12, 30)) // without a net since 11:30
	if !late.Missed.IsZero() || late.Outcome != "danger" || late.Target(clock(1, 12, 30), zone).Outcome != "" {
		t.Fatalf("%+v", late)
	}
	visit(t, &p, "in-order", clock(1, 12, 40), clock(1, 12, 40))
	if !p.Missed.IsZero() {
		t.Fatal("somebody has been there since")
	}
	visit(t, &p, "danger", clock(1, 11, 0), clock(1, 13, 0)) // of an earlier turn: what is known stays
	if p.Outcome != "in-order" || !p.At.Equal(clock(1, 12, 40)) {
		t.Fatalf("%+v", p)
	}
	if n := lapse(t, &p, clock(3, 9, 0)); n != 1 || !p.Next.Equal(clock(3, 10, 0)) {
		t.Fatal("off for two days", n, p)
	}
	fresh, err := Declare(Point{ID: "q"}, p, "x", clock(1, 9, 0), zone) // in the middle of a turn
	if err != nil || lapse(t, &fresh, clock(1, 10, 0)) != 0 || lapse(t, &fresh, clock(1, 12, 0)) != 1 {
		t.Fatal("nobody misses what was not yet asked", fresh, err)
	}
}

// What cannot be is refused and changes nothing; of two findings of one turn the more
// cautious one holds.
func TestWhatAPointRefuses(t *testing.T) {
	for name, x := range map[string]func(*Point){
		"no name": func(p *Point) { p.Name = "  " }, "long": func(p *Point) { p.Name = string(make([]rune, 41)) }, "often": func(p *Point) { p.Every = time.Minute },
		"seldom": func(p *Point) { p.Every = 25 * time.Hour }, "no hours": func(p *Point) { p.Until = p.From }, "late": func(p *Point) { p.From = 24 * time.Hour },
	} {
		want := gate(t, nil)
		x(&want)
		if next, err := Declare(Point{}, want, "x", clock(1, 7, 0), zone); !errors.Is(err, ErrPoint) || next != (Point{}) {
			t.Error(name, next, err)
		}
	}
	p := gate(t, nil)
	for _, x := range []struct {
		outcome string
		at      time.Time
		want    error
	}{{"pony", clock(1, 9, 0), ErrOutcome}, {"in-order", clock(1, 9, 6), ErrAhead}, {"in-order", clock(1, 6, 0), ErrBefore}} {
		if next, _, err := Visit(patrolled, p, Input{Outcome: x.outcome, By: "a", At: x.at}, clock(1, 9, 0), zone); !errors.Is(err, x.want) || next != p {
			t.Error(x, err)
		}
	}
	visit(t, &p, "in-order", clock(1, 9, 4), clock(1, 9, 0)) // a phone a little ahead
	if !p.At.Equal(clock(1, 9, 0)) {
		t.Fatal(p.At)
	}
	visit(t, &p, "danger", clock(1, 9, 10), clock(1, 9, 10))
	p.Version = 3
	if _, kept, err := Visit(patrolled, p, Input{Outcome: "in-order", By: "b", At: clock(1, 9, 20), Base: 1}, clock(1, 9, 20), zone); err != nil || kept != "danger" {
		t.Fatal(kept, err)
	}
	over, err := Close(p, clock(1, 10, 0))
	if err != nil || lapse(t, &over, clock(5, 0, 0)) != 0 {
		t.Fatal(err)
	}
	if _, _, err := Visit(patrolled, over, Input{Outcome: "danger", By: "a", At: clock(1, 10, 0)}, clock(1, 10, 0), zone); !errors.Is(err, ErrPointOver) {
		t.Fatal(err)
	}
	if _, err := Declare(over, p, "x", clock(1, 10, 0), zone); !errors.Is(err, ErrPointOver) {
		t.Fatal(err)
	}
}
