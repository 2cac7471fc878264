package mode

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func event(name, path string, daysAgo int) Fact {
	at := now.AddDate(0, 0, -daysAgo)
	return Fact{ID: name + path, Incident: "e1", Path: path, Name: name, Holds: true, At: at, Recorded: at}
}

func long(id, incident, zone, path string) Measure {
	m := measure(id, incident, zone, path)
	m.From, m.Until = now.AddDate(0, 0, -8), now.AddDate(0, 0, 6)
	return m
}

func TestClock(t *testing.T) {
	book := books(t)
	sweep := func(done, total int) Reach {
		return Reach{"sweep": {Total: total, Done: done, Complete: total > 0 && done == total}}
	}
	withdrawn := event("last-positive", "s.c.", 1)
	withdrawn.Withdrawn = now
	late := event("last-positive", "s.c.", 8)
	late.Recorded = now.Add(time.Minute)
	for _, c := range []struct {
		name     string
		zone     string
		facts    []Fact
		rounds   Reach
		may      bool
		earliest string // days from now, "" when it cannot be said
		after    bool
		codes    string
	}{
		{"nobody recorded anything", "lockdown", nil, sweep(4, 4), false, "", false, "zone basis until -term-days +term-round unknown"},
		{"day three of seven", "lockdown", []Fact{event("last-positive", "s.c.b.", 3)}, sweep(4, 4), false, "4", false, "zone basis until -term-days +term-round earliest"},
		{"a sweep still runs", "lockdown", []Fact{event("last-positive", "s.c.", 9)}, sweep(3, 4), false, "0", true, "zone basis until +term-days -term-round earliest-round"},
		{"both are missing", "lockdown", []Fact{event("last-positive", "s.c.", 2)}, sweep(3, 4), false, "5", true, "zone basis until -term-days -term-round earliest-round"},
		{"all is met", "lockdown", []Fact{event("last-positive", "s.", 7)}, sweep(4, 4), true, "0", false, "zone basis until +term-days +term-round may"},
		{"the newest counts", "control", []Fact{event("last-positive", "s.c.", 9), event("last-positive", "s.c.b.", 1)}, nil, false, "", false, "zone basis until -term-days end-first"},
		{"a fact elsewhere", "control", []Fact{event("last-positive", "s.x.", 9)}, nil, false, "", false, "zone basis until -term-days unknown"},
		{"a fact withdrawn", "control", []Fact{event("last-positive", "s.c.", 8), withdrawn}, nil, true, "0", false, "zone basis until +term-days may"},
		{"a fact not yet known", "control", []Fact{late}, nil, false, "", false, "zone basis until -term-days unknown"},
	} {
		m := long("m", "e1", c.zone, "s.c.")
		f := NewField([]Measure{m}, now, book)
		got := ClockOf(*f.At("s.c.")[0], c.facts, c.rounds, f, now)
		want := time.Time{}
		if c.earliest != "" {
			var d int
			fmt.Sscan(c.earliest, &d)
			want = now.AddDate(0, 0, d)
		}
		codes := ""
		for _, r := range got.Explain(time.UTC) {
			sign := ""
			if strings.HasPrefix(r.Code, "term") {
				sign = map[bool]string{true: "+", false: "-"}[r.Met]
			}
			codes += " " + sign + r.Code
			if r.Text.ZH == "" || r.Text.EN == "" || strings.Contains(r.Text.EN+r.Text.ZH, "%!") {
				t.Errorf("%s: half a reason %+v", c.name, r)
			}
		}
		if got.May != c.may || !got.Earliest.Equal(want) || got.AfterRound != c.after || codes[1:] != c.codes {
			t.Errorf("%s: may %v, earliest %v, after %v,%s\nwant %v %v %v %s", c.name, got.May, got.Earliest, got.AfterRound, codes, c.may, want, c.after, c.codes)
		}
	}
	m := long("m", "f", "watch", "s.")
	f := NewField([]Measure{m}, now, book)
	if c := ClockOf(*f.At("s.")[0], nil, nil, f, now); c.Rule != "" || c.May || c.Explain(time.UTC)[3].Code != "by-hand" {
		t.Errorf("a zone without a rule: %+v", c)
	}
}

// A positive case behind one closed door does not restart the clock of the wider
// zone around it, and one recorded for the whole community restarts both.
func TestAFactBelongsToTheNearestArea(t *testing.T) {
	book := books(t)
	ms := []Measure{long("outer", "e1", "control", "s.c."), long("inner", "e1", "lockdown", "s.c.b.")}
	f := NewField(ms, now, book)
	days := func(fs []Fact, path string) int {
		c := ClockOf(*f.At(path)[0], fs, nil, f, now)
		return c.Conditions[0].Have
	}
	inside := []Fact{event("last-positive", "s.c.", 8), event("last-positive", "s.c.b.d.", 2)}
	if o, i := days(inside, "s.c."), days(inside, "s.c.b."); o != 8 || i != 2 {
		t.Errorf("outer %d, inner %d", o, i)
	}
	zoned := event("last-positive", "s.", 1)
	zoned.Zone = "lockdown"
	if o, i := days([]Fact{event("last-positive", "s.c.", 8), zoned}, "s.c."), days([]Fact{event("last-positive", "s.c.", 8), zoned}, "s.c.b."); o != 8 || i != 1 {
		t.Errorf("for one zone: outer %d, inner %d", o, i)
	}
}

// States: water below warning counts from when it fell, and not while it is high.
func TestStates(t *testing.T) {
	flood, err := books(t)("f").WithRelease(map[string]string{"danger/leave": `facts.holds("water-below-warning") && facts.hours_since("water-below-warning") >= 12`})
	if err != nil {
		t.Fatal(err)
	}
	m := long("m", "f", "danger", "s.")
	book := func(string) *Playbook { return flood }
	f := NewField([]Measure{m}, now, book)
	fact := func(holds bool, hours int) Fact {
		at := now.Add(-time.Duration(hours) * time.Hour)
		return Fact{Incident: "f", Path: "s.", Name: "water-below-warning", Holds: holds, At: at, Recorded: at}
	}
	for _, c := range []struct {
		facts []Fact
		may   bool
		in    time.Duration
	}{{nil, false, -1}, {[]Fact{fact(true, 5)}, false, 7 * time.Hour}, {[]Fact{fact(true, 12)}, true, 0}, {[]Fact{fact(true, 30), fact(false, 2)}, false, -1}} {
		got := ClockOf(*f.At("s.")[0], c.facts, nil, f, now)
		want := now.Add(c.in)
		if c.in < 0 {
			want = time.Time{}
		}
		if got.May != c.may || !got.Earliest.Equal(want) {
			t.Errorf("%+v: may %v earliest %v", c.facts, got.May, got.Earliest)
		}
	}
	for rule, bad := range map[string]map[string]string{"unknown fact": {"danger/leave": `facts.holds("nothing")`}, "no CEL": {"danger/leave": `facts.`},
		"unknown round": {"danger/leave": `facts.round("x").complete`}, "unknown measure": {"danger/stay": `true`}} {
		if _, err := books(t)("f").WithRelease(bad); err == nil {
			t.Errorf("%s was accepted", rule)
		}
	}
}

// Every door's clocks are those of what HoldsAt says reaches it.
func TestReckoningAnswersForEachDoor(t *testing.T) {
	book := books(t)
	rapid.Check(t, func(t *rapid.T) {
		g := randomGround(t)
		ms := randomMeasures(t, g, "e1", "f")
		r := Reckon(g, ms, nil, func(*Measure) Reach { return nil }, book, now)
		for i, s := range g.Spots {
			want := HoldsAt(ms, s.Path, now, book)
			got := r.At(i)
			if len(got) != len(want) {
				t.Fatalf("%s: %d clocks, want %d", s.Path, len(got), len(want))
			}
			for k := range want {
				if got[k].Measure.ID != want[k].Measure.ID {
					t.Fatalf("%s: %s, want %s", s.Path, got[k].Measure.ID, want[k].Measure.ID)
				}
			}
		}
	})
}
