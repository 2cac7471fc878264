package calendar

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people/calendar/calendartest"
)

var (
	t0    = time.Date(2026, 3, 7, 0, 0, 0, 0, time.UTC)
	civil = time.FixedZone("Asia/Shanghai", 8*3600)
)

func shift(id string, h int) Event {
	return Event{UID: "shift-" + id, Title: mode.Text{ZH: "守楼", EN: "Watch"}, Place: "一号楼", From: t0.Add(time.Duration(h) * time.Hour), Until: t0.Add(time.Duration(h+4) * time.Hour)}
}

func find(t *testing.T, all []Event, uid string) Event {
	t.Helper()
	for _, e := range all {
		if e.UID == uid {
			return e
		}
	}
	t.Fatalf("%s is not told: %+v", uid, all)
	return Event{}
}

// Each change of an event is told with the next number, what is dropped is called off
// once, what comes back is told again, and what did not change is left alone.
func TestTellNumbersEachChange(t *testing.T) {
	now := t0
	told, changed := Tell(nil, []Event{shift("a", 8), shift("b", 20)}, now)
	if !changed || len(told) != 2 || told[0].Seq != 0 {
		t.Fatal(told)
	}
	same, changed := Tell(told, []Event{shift("b", 20), shift("a", 8)}, now.Add(time.Hour))
	if changed || !find(t, same, "shift-a").Changed.Equal(now) {
		t.Fatal("nothing changed, and it is told")
	}
	moved := shift("a", 9)
	told, changed = Tell(told, []Event{moved, shift("b", 20)}, now.Add(2*time.Hour))
	if a := find(t, told, "shift-a"); !changed || a.Seq != 1 || !a.Changed.Equal(now.Add(2*time.Hour)) || !a.From.Equal(moved.From) {
		t.Fatalf("%+v", a)
	}
	if b := find(t, told, "shift-b"); b.Seq != 0 || !b.Changed.Equal(now) {
		t.Fatalf("the other was told too: %+v", b)
	}
	told, _ = Tell(told, []Event{shift("b", 20)}, now.Add(3*time.Hour))
	if a := find(t, told, "shift-a"); !a.Dropped || a.Seq != 2 {
		t.Fatalf("%+v", a)
	}
	if _, changed = Tell(told, []Event{shift("b", 20)}, now.Add(4*time.Hour)); changed {
		t.Fatal("called off twice")
	}
	told, _ = Tell(told, []Event{moved, shift("b", 20)}, now.Add(5*time.Hour))
	if a := find(t, told, "shift-a"); a.Dropped || a.Seq != 3 {
		t.Fatalf("%+v", a)
	}
	if late, _ := Tell(told, nil, t0.Add(40*24*time.Hour)); len(late) != 0 {
		t.Fatal("told for ever", late)
	}
}

// Over random histories a number never falls, grows with each change, and every
// calendar that is written can be read by the book, whatever its texts hold.
func TestCalendarsAreReadByTheBook(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	letters := []rune("守楼;,\\\n\r\t\":ab 😀一二三四五六七八九十")
	text := func() string {
		var b strings.Builder
		for range r.IntN(90) {
			b.WriteRune(letters[r.IntN(len(letters))])
		}
		return "x" + b.String()
	}
	var told []Event
	is := map[string]Event{}
	for step := range 400 {
		now := t0.Add(time.Duration(step) * time.Hour)
		id := string(rune('a' + r.IntN(6)))
		if r.IntN(3) == 0 {
			delete(is, id)
		} else {
			e := shift(id, step+r.IntN(48))
			e.Title.ZH, e.Text.ZH, e.Place = text(), text(), text()
			is[id] = e
		}
		var list []Event
		for _, e := range is {
			list = append(list, e)
		}
		next, _ := Tell(told, list, now)
		seqs := map[string]Event{}
		for _, e := range told {
			seqs[e.UID] = e
		}
		for _, e := range next {
			was, ok := seqs[e.UID]
			if ok && (e.Seq < was.Seq || e.same(&was) != (e.Seq == was.Seq)) {
				t.Fatalf("step %d: %+v then %+v", step, was, e)
			}
		}
		told = next
		read, _, err := calendartest.Read(Write(Sheet{Name: text(), Lang: "zh", Zone: civil, ZoneName: "Asia/Shanghai", Events: told}))
		if err != nil || len(read) != len(told) {
			t.Fatalf("step %d: %v", step, err)
		}
		for i, e := range read {
			x := told[i]
			if e.UID != x.UID+"@shouwang" || e.Seq != x.Seq || !e.From.Equal(x.From) || !e.Until.Equal(x.Until) || (e.Status == "CANCELLED") != x.Dropped || !e.Stamp.Equal(x.Changed) || e.Class != "PRIVATE" {
				t.Fatalf("step %d: %+v for %+v", step, e, x)
			}
			plain := func(s string) string {
				return strings.NewReplacer("\r\n", "\n", "\r", "", "\t", "").Replace(s)
			}
			if e.Summary != plain(x.Title.ZH) || e.Description != plain(x.Text.ZH) || e.Location != plain(x.Place) {
				t.Fatalf("step %d: %q for %q", step, e.Summary, x.Title.ZH)
			}
		}
	}
}

// The language is the reader's; without words in it the other's are used.
func TestLanguage(t *testing.T) {
	e := shift("a", 8)
	e.Text = mode.Text{ZH: "看住出口"}
	b := string(Write(Sheet{Name: "x", Lang: "en", Zone: civil, ZoneName: "Asia/Shanghai", Events: []Event{e}}))
	if !strings.Contains(b, "SUMMARY:Watch\r\n") || !strings.Contains(b, "DESCRIPTION:看住出口\r\n") || !strings.Contains(b, "DTSTART;TZID=Asia/Shanghai:20260307T160000\r\n") {
		t.Fatal(b)
	}
}
