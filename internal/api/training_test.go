package api_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/people"
)

// newcomer is somebody unqualified and two who hold what is taught.
func newcomer(w *apitest.World) (who, trainer, other *people.Helper) {
	for _, h := range w.Helpers {
		switch {
		case !strings.HasPrefix(h.Path, w.Place(apitest.Community).Path):
		case h.Kind == "volunteer" && len(h.Trained) == 0 && who == nil:
			who = h
		case len(h.Trained) > 0 && trainer == nil:
			trainer = h
		case len(h.Trained) > 0 && other == nil:
			other = h
		}
	}
	return who, trainer, other
}

// Somebody reads the cards, comes to the lesson and the practice of the fast track, is
// passed by a named trainer, and only then may stand on a post; taken back, no more.
func TestFromTheFirstCardToThePost(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		place := w.Place(apitest.Community)
		who, trainer, other := newcomer(w)
		hold := func(step string) api.Session {
			t.Helper()
			var x api.Session
			from := w.Clock().Add(time.Minute)
			body := j{"course": "protective-fast", "step": step, "trainer_id": trainer.ID, "from": from.Format(time.RFC3339), "until": from.Add(time.Hour).Format(time.RFC3339), "places": 1}
			w.Post("community", "/places/"+place.ID+"/trainings", body).OK(&x)
			w.Post("community", "/trainings/"+x.ID+"/marks", j{"marks": []j{{"helper_id": who.ID, "outcome": "came"}}}).Refused("SW-1724")
			w.Post("community", "/trainings/"+x.ID+"/invite", j{"helper_ids": []string{trainer.ID}}).Refused("SW-1755")
			w.Post("community", "/trainings/"+x.ID+"/invite", j{"helper_ids": []string{who.ID, other.ID}}).Refused("SW-1749")
			w.Post("community", "/trainings/"+x.ID+"/invite", j{"helper_ids": []string{who.ID}}).OK(&x)
			if len(x.People) != 1 || x.People[0].Ready || x.State != "coming" {
				t.Fatalf("%+v", x)
			}
			w.Pass(10 * time.Minute)
			w.Post("community", "/trainings/"+x.ID+"/marks", j{"marks": []j{{"helper_id": who.ID, "outcome": "danced"}}}).Refused("SW-1724")
			w.Post("community", "/trainings/"+x.ID+"/marks", j{"marks": []j{{"helper_id": who.ID, "outcome": "passed"}}}).OK(&x)
			w.Pass(2 * time.Hour)
			return x
		}
		me := w.HelperAccount(who.ID)
		var mine api.Learning
		w.Get(me, "/me/learning").OK(&mine)
		give := j{"course": "protective-fast", "trainer_id": trainer.ID}
		w.Post("community", "/helpers/"+who.ID+"/passes", give).Refused("SW-1756")
		for _, card := range mine.Cards {
			w.Post(me, "/me/cards/"+card.ID, j{"wording": "an old one"}).Refused("SW-1727")
			if strings.HasPrefix(card.ID, "ppe-") {
				w.Post(me, "/me/cards/"+card.ID, j{"wording": card.Wording}).OK()
			}
		}
		hold("lesson")
		w.Post("community", "/helpers/"+who.ID+"/passes", give).Refused("SW-1756")
		last := hold("practice")
		if !last.People[0].Ready || last.People[0].Holds {
			t.Fatalf("%+v", last.People)
		}
		// A trainer without the qualification, oneself, and who has no right to.
		w.Post("community", "/helpers/"+who.ID+"/passes", j{"course": "protective-fast", "trainer_id": who.ID}).Refused("SW-1755")
		w.Post("community", "/helpers/"+other.ID+"/passes", j{"course": "protective-fast", "trainer_id": who.ID}).Refused("SW-1739")
		w.Post("community", "/helpers/"+who.ID+"/passes", j{"course": "dancing", "trainer_id": trainer.ID}).Refused("SW-1757")
		w.Post("gridworker", "/helpers/"+who.ID+"/passes", give).Refused("SW-1010")

		// whoever lives out of the zone is not let in: the newcomer lives in it
		home, lives := w.Doors(apitest.Building3)[0], *who
		lives.PlaceID, lives.Path = home.ID, home.Path
		hs, err := w.Store.Helpers(t.Context(), []string{who.ID})
		w.Must(err)
		w.Change("helper.changed", &lives, hs[0].Version)
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building3)
		slot := strings.Join([]string{i, "lead", w.ID(apitest.Second), "lockdown", "1"}, "|")
		pin := j{"slot": slot, "helper_id": who.ID, "reason": "熟悉楼里"}
		var p api.Plan
		w.Post("commander", "/incidents/"+i+"/plan", j{}).OK(&p)
		w.Post("commander", "/plans/"+p.Plan+"/pin", pin).Refused("SW-1730")
		seq := w.Store.Last()
		var pass api.HeldPass
		w.Post("community", "/helpers/"+who.ID+"/passes", give).OK(&pass)
		if pass.Trainer != trainer.Name || pass.Until == "" || !pass.InForce {
			t.Fatalf("%+v", pass)
		}
		if es := w.Entries(seq); len(es) != 1 || es[0].Verb != "pass.given" || strings.Contains(string(es[0].Payload), who.Name) {
			t.Fatalf("%+v", es)
		}
		told := w.HelperAccount(trainer.ID) // noted by the desk, so the trainer is told and may object
		var asks api.Items[api.Ask]
		w.Get(told, "/asks").OK(&asks)
		if !slices.ContainsFunc(asks.Items, func(x api.Ask) bool {
			return x.Thing == "passes" && x.ThingID == pass.ID && strings.Contains(x.Body.ZH, who.Name)
		}) {
			t.Fatalf("the trainer was not told: %+v", asks.Items)
		}
		w.Get(me, "/me/learning").OK(&mine)
		if !slices.ContainsFunc(mine.Passes, func(x api.HeldPass) bool { return x.ID == pass.ID && x.InForce }) {
			t.Fatalf("%+v", mine.Passes)
		}
		w.Post("commander", "/incidents/"+i+"/plan", j{}).OK(&p)
		w.Post("commander", "/plans/"+p.Plan+"/pin", pin).OK(&p)

		w.Post("community", "/passes/"+pass.ID+"/revoke", j{"reason": " "}).Refused("SW-1725")
		w.Post("community", "/passes/"+pass.ID+"/revoke", j{"reason": "脱的顺序错了"}).OK(&pass)
		w.Post("community", "/passes/"+pass.ID+"/revoke", j{"reason": "再一次"}).Refused("SW-1726")
		w.Post("commander", "/incidents/"+i+"/plan", j{}).OK(&p)
		w.Post("commander", "/plans/"+p.Plan+"/pin", j{"slot": strings.Join([]string{i, "emergency", w.ID(apitest.Second), "lockdown", "1"}, "|"), "helper_id": who.ID, "reason": "熟"}).Refused("SW-1730")
	})
}

// What cannot be planned is refused with a clear word and leaves no trace.
func TestTrainingsThatCannotBe(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		place := w.Place(apitest.Community)
		who, trainer, other := newcomer(w)
		at := func(h int) string { return w.Clock().Add(time.Duration(h) * time.Hour).Format(time.RFC3339) }
		good := j{"course": "protective", "step": "lesson", "trainer_id": trainer.ID, "from": at(1), "until": at(3)}
		with := func(k string, v any) j {
			x := j{}
			for a, b := range good {
				x[a] = b
			}
			x[k] = v
			return x
		}
		seq := w.Store.Last()
		for _, x := range []struct {
			code, key string
			value     any
		}{{"SW-1757", "course", "dancing"}, {"SW-1757", "step", "cards"}, {"SW-1739", "trainer_id", who.ID}, {"SW-1748", "until", at(0)}, {"SW-1748", "until", "tomorrow"}, {"SW-1749", "places", -2}} {
			w.Post("community", "/places/"+place.ID+"/trainings", with(x.key, x.value)).Refused(x.code)
		}
		w.Post("gridworker", "/places/"+place.ID+"/trainings", good).Refused("SW-1010")
		if got := w.Store.Last(); got != seq {
			t.Fatalf("a refused training left %d entries", got-seq)
		}
		var x, y api.Session
		w.Post("community", "/places/"+place.ID+"/trainings", good).OK(&x)
		w.Post("community", "/places/"+place.ID+"/trainings", with("step", "practice")).Refused("SW-1723")
		second := with("step", "practice")
		second["trainer_id"] = other.ID
		w.Post("community", "/places/"+place.ID+"/trainings", second).OK(&y)
		w.Post("community", "/trainings/"+x.ID+"/invite", j{"helper_ids": []string{who.ID}}).OK()
		w.Post("community", "/trainings/"+y.ID+"/invite", j{"helper_ids": []string{who.ID}}).Refused("SW-1723")
		w.Post("community", "/trainings/"+x.ID+"/cancel", j{"reason": ""}).Refused("SW-1725")
		w.Post("community", "/trainings/"+x.ID+"/cancel", j{"reason": "停电"}).OK(&x)
		w.Post("community", "/trainings/"+x.ID+"/invite", j{"helper_ids": []string{other.ID}}).Refused("SW-1728")
		w.Post("community", "/trainings/"+y.ID+"/invite", j{"helper_ids": []string{who.ID}}).OK()
		if got := all[api.Session](w, "gridworker", "/trainings").Items; len(got) > 2 {
			t.Fatalf("%+v", got)
		}

		until := w.Clock().AddDate(0, 1, 0).Format("2006-01-02")
		first := j{"qualification": "first-aid", "reason": "县医院急诊护士", "until": until}
		w.Post("community", "/helpers/"+who.ID+"/passes/first", first).Refused("SW-1010")
		w.Post("commander", "/helpers/"+who.ID+"/passes/first", j{"qualification": "dancing", "reason": "好", "until": until}).Refused("SW-1757")
		w.Post("commander", "/helpers/"+who.ID+"/passes/first", j{"qualification": "first-aid", "reason": "", "until": until}).Refused("SW-1725")
		w.Post("commander", "/helpers/"+who.ID+"/passes/first", j{"qualification": "first-aid", "reason": "好", "until": "2020-01-01"}).Refused("SW-1748")
		w.Post("commander", "/helpers/"+who.ID+"/passes/first", first).OK()
		for _, n := range all[api.Need](w, "community", "/training/needs?under="+place.ID).Items {
			if n.Qualification == "first-aid" && (n.Holders != 1 || n.Trainers[0].HelperID != who.ID) {
				t.Fatalf("%+v", n)
			}
			if n.Qualification == "protective-basic" && (n.Holders == 0 || !slices.ContainsFunc(n.Lacking, func(x api.Trainee) bool { return x.HelperID == who.ID })) {
				t.Fatalf("%+v", n)
			}
		}
	})
}
