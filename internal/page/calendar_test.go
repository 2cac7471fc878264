package page_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/people/calendar/calendartest"
	"shouwang/internal/people/shift"
	"shouwang/internal/people/training"
)

// A helper's own calendar: made and replaced by themselves, read by whoever has its
// address, by the book; each change has the next number, what was dropped is called
// off; it says nobody else, and an old address, a mistyped one and that of somebody
// who left show nothing.
func TestCalendarFollowsTheShifts(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		var list struct{ Items []api.Helper }
		s.Get("community", "/helpers?limit=2").OK(&list)
		me, other := list.Items[0], list.Items[1]
		s.HelperAccount(me.ID)
		p := s.Place(apitest.Building)
		from := s.Clock().Add(20 * time.Hour).Truncate(time.Hour)
		x := shift.Shift{ID: journal.NewID(s.Clock()), Item: "day-patrol", PlaceID: p.ID, Path: p.Path, N: 1, HelperID: me.ID, From: from, Until: from.Add(4 * time.Hour), State: shift.Planned, Changed: s.Clock()}
		x.Key = x.KeyOf()
		tr := training.Training{ID: journal.NewID(s.Clock()), Course: "protective", Step: "lesson", PlaceID: p.ID, Path: p.Path, Trainer: me.ID, From: from.Add(48 * time.Hour), Until: from.Add(49 * time.Hour), Places: 5}
		row, tw := x, tr
		s.Commit(journal.Change{Row: &row}, journal.Change{Row: &tw})

		var none, made api.OwnCalendar
		s.Get(me.ID, "/me/calendar").OK(&none)
		if none.Path != "" {
			t.Fatal(none)
		}
		s.Post("commander", "/me/calendar", nil).Refused("SW-1737")
		s.Post(me.ID, "/me/calendar", nil).OK()
		s.Get(me.ID, "/me/calendar").OK(&made)
		read := func() map[string]calendartest.Event {
			t.Helper()
			a := s.open(made.Path)
			if a.Code != 200 || a.Header().Get("Content-Type") != "text/calendar; charset=utf-8" || !strings.Contains(a.Header().Get("Cache-Control"), "no-cache") {
				t.Fatal(a.Code, a.Header(), a.Body.String())
			}
			all, props, err := calendartest.Read(a.Body.Bytes())
			if err != nil || props["NAME"] == "" {
				t.Fatal(err, props)
			}
			if b := a.Body.String(); strings.Contains(b, me.Name) || strings.Contains(b, other.Name) || strings.Contains(b, me.WorkPhone) && me.WorkPhone != "" {
				t.Fatal("it says somebody", b)
			}
			out := map[string]calendartest.Event{}
			for _, e := range all {
				out[e.UID] = e
			}
			return out
		}
		uid := "shift-" + x.ID + "@shouwang"
		first := read()
		e := first[uid]
		if len(first) != 2 || e.Seq != 0 || e.Status != "CONFIRMED" || !e.From.Equal(from) || !e.Until.Equal(x.Until) || !strings.Contains(e.Location, p.Name) || first["training-"+tr.ID+"@shouwang"].Status != "CONFIRMED" {
			t.Fatalf("%+v", first)
		}
		tag := s.open(made.Path).Header().Get("ETag")
		if a := s.open(made.Path, "If-None-Match", tag); tag == "" || a.Code != http.StatusNotModified || a.Body.Len() != 0 {
			t.Fatal("told again though nothing changed", a.Code)
		}
		if b := s.open(made.Path + "?lang=en").Body.String(); !strings.Contains(b, "Training: ") {
			t.Fatal("not in English", b)
		}

		// It is moved, goes to somebody else, and comes back.
		at := func(change func(*shift.Shift)) {
			s.Pass(time.Minute)
			now, _, err := s.Store.Shift(t.Context(), x.ID)
			if err != nil {
				t.Fatal(err)
			}
			base := now.Version
			change(&now)
			s.Commit(journal.Change{Row: &now, Base: base})
		}
		at(func(y *shift.Shift) { y.Until = y.Until.Add(time.Hour) })
		if e = read()[uid]; e.Seq != 1 || !e.Until.Equal(x.Until.Add(time.Hour)) {
			t.Fatalf("%+v", e)
		}
		if a := s.open(made.Path, "If-None-Match", tag); a.Code != 200 {
			t.Fatal("a change is not told", a.Code)
		}
		at(func(y *shift.Shift) { y.HelperID, y.Former = other.ID, me.ID })
		if e = read()[uid]; e.Seq != 2 || e.Status != "CANCELLED" {
			t.Fatalf("%+v", e)
		}
		at(func(y *shift.Shift) { y.HelperID, y.Former = "", other.ID; y.State = shift.Open })
		if e = read()[uid]; e.Seq != 2 || e.Status != "CANCELLED" {
			t.Fatalf("called off twice: %+v", e)
		}
		at(func(y *shift.Shift) { y.HelperID, y.State = me.ID, shift.Planned })
		if e = read()[uid]; e.Seq != 3 || e.Status != "CONFIRMED" {
			t.Fatalf("%+v", e)
		}
		at(func(y *shift.Shift) { y.State = shift.Dropped }) // the roster asks for it no more; whose it was stays written
		if e = read()[uid]; e.Seq != 4 || e.Status != "CANCELLED" {
			t.Fatalf("%+v", e)
		}
		at(func(y *shift.Shift) { y.State = shift.Planned })
		now, _, _ := s.Store.Training(t.Context(), tr.ID)
		base := now.Version
		now.Cancelled = s.Clock()
		s.Commit(journal.Change{Row: &now, Base: base})
		if e = read()["training-"+tr.ID+"@shouwang"]; e.Status != "CANCELLED" || e.Seq != 1 {
			t.Fatalf("%+v", e)
		}

		// A new address ends the old one; the database alone does not say it.
		old := made.Path
		s.Post(me.ID, "/me/calendar", nil).OK()
		s.Get(me.ID, "/me/calendar").OK(&made)
		if made.Path == old || s.open(old).Code != 404 || len(read()) != 1 { // what was called off before is not told to a new one
			t.Fatal("the old address still opens", made.Path == old, s.open(old).Code, read())
		}
		if f, ok, err := s.Store.Calendar(t.Context(), me.ID); err != nil || !ok || strings.Contains(made.Path, f.Hash) || strings.Contains(made.Path, f.Nonce) {
			t.Fatal("the address lies in the database", err)
		}
		for _, wrong := range []string{"/cal/x.ics", "/cal/.ics", strings.TrimSuffix(made.Path, ".ics")} {
			if a := s.open(wrong); a.Code != 404 {
				t.Fatal(wrong, a.Code)
			}
		}
		s.Post(me.ID, "/me/helper/leave", nil).OK()
		if a := s.open(made.Path); a.Code != 404 {
			t.Fatal("who left still has a calendar", a.Code)
		}
	})
}
