package api_test

import (
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/register"
	"shouwang/internal/store"
)

// A vulnerable person has a pair; a greeting nobody gave is the second's, then a knock at
// the lead's desk, which any greeting closes; the resident's own word counts; whoever
// leaves the group or objects is greeted no more.
func TestAMissedGreetingBecomesAKnock(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		door := w.Doors(apitest.Building)[2]
		var alone *register.Person
		for _, p := range w.People {
			if p.PlaceID == door.ID {
				alone = p
			}
		}
		old := *alone
		old.Care = []register.Care{{Group: "alone", Need: "knock-long"}}
		w.Change("residents.mended", &old, 1)
		board := func() (b api.GreetingBoard) {
			t.Helper()
			w.Get("community", "/places/"+w.ID(apitest.Community)+"/greetings").OK(&b)
			return b
		}
		tick := func() {
			t.Helper()
			for range 5 {
				gs, err := w.Store.GreetingsDue(t.Context(), w.Clock(), 9)
				w.Must(err)
				for _, g := range gs {
					changes, err := w.API.GreetByClock(t.Context(), g, w.Clock(), "system")
					w.Must(err)
					w.Commit(changes...)
				}
			}
		}
		local := func() time.Time { return w.Clock().Add(8 * time.Hour) }
		to := func(hour, min int) {
			t.Helper()
			d := time.Duration(hour-local().Hour())*time.Hour + time.Duration(min-local().Minute())*time.Minute
			if d <= 0 {
				d += 24 * time.Hour
			}
			w.Pass(d)
			tick()
		}
		if b := board(); len(b.Without) != 1 || b.Without[0].PersonID != alone.ID || len(b.Rows) != 0 || b.From != "08:00" || b.Second != "10:30" {
			t.Fatalf("%+v", b)
		}
		var who api.Items[api.Greeter]
		w.Get("community", "/residents/"+alone.ID+"/greeters").OK(&who)
		if len(who.Items) < 3 || who.Items[0].Lacks != "" {
			t.Fatalf("%+v", who)
		}
		first, second := who.Items[0].HelperID, who.Items[1].HelperID
		pair := "/residents/" + alone.ID + "/greeting"
		to(7, 0)
		w.Post("community", pair, j{"first": first, "second": first, "agreed": true}).Refused("SW-2440")
		w.Post("community", pair, j{"first": first, "second": second, "agreed": false}).Refused("SW-2441")
		w.Post("lead", pair, j{"first": first, "second": second, "agreed": true}).Refused("SW-1010")
		w.Post("community", "/residents/"+w.People[0].ID+"/greeting", j{"first": first, "second": second, "agreed": true}).Refused("SW-2443")
		w.Post("community", pair, j{"first": first, "second": second, "agreed": true}).OK()
		own := func(as string) (l api.Items[api.GreetingRow]) {
			t.Helper()
			w.Get(as, "/me/greetings").OK(&l)
			return l
		}
		me, other := w.HelperAccount(first), w.HelperAccount(second)
		if l := own(me); len(l.Items) != 1 || l.Items[0].Part != "first" || l.Items[0].Name != alone.Name || l.Items[0].Stage != "soon" {
			t.Fatalf("%+v", l)
		}
		var number api.GreetingPhone
		w.Post(me, "/me/greetings/"+alone.ID+"/phone", nil).OK(&number)
		if number.Phone != alone.Phone {
			t.Fatal(number)
		}
		w.Post("helper", "/me/greetings/"+alone.ID+"/phone", nil).Refused("SW-1010")
		to(10, 0)
		if l := own(other); len(l.Items) != 1 || l.Items[0].Stage != "second" {
			t.Fatalf("%+v", l)
		}
		told := func(as string) (n int) {
			t.Helper()
			var l api.Items[api.Ask]
			w.Get(as, "/asks").OK(&l)
			for _, x := range l.Items {
				if x.Thing == "greetings" {
					n++
					if strings.Contains(x.Title.ZH+x.Body.ZH+x.Body.EN, alone.Name) || !strings.Contains(x.Body.ZH, "10:30") {
						t.Fatalf("%+v", x)
					}
				}
			}
			return n
		}
		if told(other) != 1 || told(me) != 0 {
			t.Fatal("the second of the pair is told, and nobody else", told(other), told(me))
		}
		cases := func() (l api.Items[api.Case]) {
			t.Helper()
			w.Get("lead", "/cases?item=greeting-missed").OK(&l)
			return l
		}
		if l := cases(); len(l.Items) != 0 {
			t.Fatalf("%+v", l)
		}
		to(10, 30)
		l := cases()
		if len(l.Items) != 1 || l.Items[0].Desk.Role != "lead" || l.Items[0].Stage != "waiting" || board().Rows[0].Stage != "missed" {
			t.Fatalf("%+v %+v", l, board())
		}
		if mine := own("lead"); len(mine.Items) != 1 || mine.Items[0].Part != "lead" || !mine.Items[0].Knock || mine.Items[0].CaseID != l.Items[0].ID {
			t.Fatalf("%+v", mine)
		}
		// after one knock: the door's own page has the greeting and the knock, for whoever may know of them
		for as, want := range map[string][2]int{"lead": {1, 1}, "police": {0, 0}} {
			var page api.DoorPage
			w.Get(as, "/field/doors/"+door.ID).OK(&page)
			if len(page.Greetings) != want[0] || len(page.Cases) != want[1] || want[0] == 1 && (page.Greetings[0].Stage != "missed" || page.Cases[0].ID != l.Items[0].ID) {
				t.Fatalf("%s: %+v %+v", as, page.Greetings, page.Cases)
			}
		}
		w.Post("lead", pair+"/say", j{"outcome": "pony", "how": "door"}).Refused("SW-1601")
		w.Post("lead", pair+"/say", j{"outcome": "well", "how": "door"}).OK()
		if l := cases(); len(l.Items) != 0 || board().Rows[0].Stage != "greeted" || board().Rows[0].How != "door" {
			t.Fatalf("%+v %+v", l, board())
		}
		for as, want := range map[string]string{"lead": "greeting ok lead", "police": ""} { // done today, for whoever may know that somebody is greeted there
			var page api.DoorPage
			w.Get(as, "/field/doors/"+door.ID).OK(&page)
			got := ""
			for _, d := range page.Done {
				got += d.Kind + " " + d.State + " " + d.Role
			}
			if got != want {
				t.Fatalf("%s reads %q", as, got)
			}
		}
		// the resident's own word, twice the same, and it says nothing at another door
		to(8, 30)
		w.Must(w.API.FineFor(t.Context(), door.ID, "slip"))
		w.Must(w.API.FineFor(t.Context(), door.ID, "slip"))
		w.Must(w.API.FineFor(t.Context(), w.Doors(apitest.Building)[3].ID, "slip"))
		var page api.DoorPage
		if w.Get("lead", "/field/doors/"+door.ID).OK(&page); len(page.Done) != 1 || page.Done[0].Role != "resident" || page.Done[0].ID != alone.ID {
			t.Fatalf("%+v", page.Done)
		}
		if b := board(); b.Rows[0].Stage != "greeted" || b.Rows[0].How != "fine" {
			t.Fatalf("%+v", b)
		}
		to(11, 0)
		if l := cases(); len(l.Items) != 0 {
			t.Fatalf("greeted and yet missed: %+v", l)
		}
		// missed, and answered at the desk: that is the day's greeting, until the answer is sent back
		to(8, 0)
		to(10, 0)
		to(10, 30)
		if l = cases(); len(l.Items) != 1 {
			t.Fatalf("%+v", l)
		}
		knock := "/cases/" + l.Items[0].ID
		w.Post("lead", knock+"/take", j{}).OK()
		w.Post("lead", knock+"/answer", j{"words": "敲开了门，老人在家，电话没电", "met_by": "volunteer"}).OK()
		if b := board(); b.Rows[0].Stage != "greeted" || b.Rows[0].How != "desk" || b.Rows[0].CaseID != l.Items[0].ID || b.Rows[0].Outcome.ZH != "" {
			t.Fatalf("%+v", b)
		}
		w.Post("community", knock+"/reopen", j{"words": "不是这一户"}).OK()
		if b := board(); b.Rows[0].Stage != "missed" {
			t.Fatalf("%+v", b)
		}
		w.Post("lead", pair+"/say", j{"outcome": "well", "how": "door"}).OK()
		// missed again, and the group is left: the case goes with the greeting
		to(8, 0)
		to(10, 0)
		to(10, 30)
		if l := cases(); len(l.Items) != 1 {
			t.Fatalf("%+v", l)
		}
		moved, _, err := w.Store.Person(t.Context(), alone.ID, store.Clear{Number: true, Phone: true, Care: true})
		w.Must(err)
		base := moved.Version
		moved.Care = nil
		w.Change("residents.mended", &moved, base)
		to(8, 0)
		if b := board(); len(b.Rows) != 0 || len(cases().Items) != 0 {
			t.Fatalf("%+v", b)
		}
		w.Post("community", pair+"/end", j{"why": "objects"}).Refused("SW-2442")
	})
}
