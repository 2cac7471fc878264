package api_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/oversight"
	"shouwang/internal/register"
	"shouwang/internal/store"
)

// reckon does what the worker does once.
func reckon(w *apitest.World) {
	w.T.Helper()
	places, err := w.API.WarnByClock(w.T.Context(), w.Clock(), "system")
	w.Must(err)
	for _, changes := range places {
		w.Commit(changes...)
	}
}

func warned(w *apitest.World, who string) map[string][]api.Warning {
	w.T.Helper()
	var list api.Items[api.Warning]
	w.Get(who, "/warnings").OK(&list)
	out := map[string][]api.Warning{}
	for _, x := range list.Items {
		out[x.Rule] = append(out[x.Rule], x)
	}
	return out
}

func ruleOf(w *apitest.World, id string) api.WarningRule {
	w.T.Helper()
	var list api.Items[api.WarningRule]
	w.Get("community", "/places/"+w.Place(apitest.Community).ID+"/warning-rules").OK(&list)
	for _, r := range list.Items {
		if r.ID == id {
			return r
		}
	}
	w.T.Fatalf("no rule %s in %+v", id, list)
	return api.WarningRule{}
}

func bodyOf(r api.WarningRule) apitest.J {
	return j{"id": r.ID, "title": r.Title, "about": r.About, "when": r.When, "basis": r.Basis, "reason": r.Reason, "opens": r.Opens, "sees": r.Sees, "quiet": r.Quiet}
}

// A case past its time is told with its figure to who may see it, once; it is answered,
// rests, comes back while it is still true, and goes by itself when it is not.
func TestAWarningIsRaisedAnsweredAndLapses(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		door := w.Doors(apitest.Building)[0]
		var k api.Case
		w.Post("community", "/cases", j{"item": "ask", "place_id": door.ID, "words": "要一袋米"}).OK(&k)
		reckon(w)
		if n := len(warned(w, "community")["overdue"]); n != 0 {
			t.Fatal(n, "before its time")
		}
		w.Pass(30 * time.Hour)
		reckon(w)
		reckon(w)
		for _, who := range []string{"community", "commander", "gridworker", "lead"} {
			got := warned(w, who)["overdue"]
			if len(got) != 1 || got[0].Subject != k.ID || !strings.Contains(got[0].Reason.ZH, "小时") || strings.ContainsAny(got[0].Reason.ZH+got[0].Reason.EN, "{}") {
				t.Fatalf("%s: %+v", who, got)
			}
		}
		if n := len(warned(w, "inspector")); n != 0 {
			t.Fatal("the inspector is told")
		}
		id := warned(w, "community")["overdue"][0].ID
		w.Get("", "/warnings").Refused("SW-1012")
		w.Post("inspector", "/warnings/"+id+"/answer", j{"answer": "done"}).Refused("SW-1010")
		w.Post("community", "/warnings/"+id+"/answer", j{"answer": "not-so"}).Refused("SW-2503")
		w.Post("community", "/warnings/"+id+"/answer", j{"answer": "act"}).Refused("SW-2504")
		w.Post("community", "/warnings/"+id+"/answer", j{"answer": "not-so", "why": "arranged"}).OK()
		w.Post("lead", "/warnings/"+id+"/answer", j{"answer": "done"}).Refused("SW-2502")
		if n := len(warned(w, "community")["overdue"]); n != 0 {
			t.Fatal("answered and still there")
		}
		if r := ruleOf(w, "overdue"); r.NotSo != 1 || r.Why["arranged"] != 1 || r.Done != 0 {
			t.Fatalf("%+v", r)
		}
		w.Pass(6 * time.Hour)
		reckon(w)
		if n := len(warned(w, "community")["overdue"]); n != 0 {
			t.Fatal("it came back within its rest")
		}
		w.Pass(7 * time.Hour)
		reckon(w)
		if n := len(warned(w, "community")["overdue"]); n != 1 {
			t.Fatal(n, "after its rest, while still true")
		}
		w.Post("community", "/cases/"+k.ID+"/withdraw", j{"words": "不要了"}).OK()
		w.Pass(10 * time.Second)
		if n := len(warned(w, "community")["overdue"]); n != 0 {
			t.Fatal("told though it is no longer true")
		}
		reckon(w)
		if r := ruleOf(w, "overdue"); r.Lapsed != 1 {
			t.Fatalf("%+v", r)
		}
	})
}

// What is told in confidence raises nothing that others could see: neither itself, nor as
// one of like needs, nor as a sign of life at its door.
func TestAConfidentialCaseRaisesNoWarning(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		doors := w.Doors(apitest.Building)
		for i := range 4 {
			_, _, err := w.API.OpenFor(t.Context(), doors[i].ID, "counselling", "slip-"+doors[i].ID)
			w.Must(err)
		}
		for i := range 3 {
			_, _, err := w.API.OpenFor(t.Context(), doors[i].ID, "medicine", "pill-"+doors[i].ID)
			w.Must(err)
		}
		last := w.Store.Last()
		reckon(w)
		w.Pass(60 * time.Hour)
		reckon(w)
		for _, who := range []string{"community", "commander", "gridworker", "lead", "health"} {
			raw := string(w.Get(who, "/warnings").Body)
			if strings.Contains(raw, "counselling") || strings.Contains(raw, "倾诉") {
				t.Fatalf("%s: %s", who, raw)
			}
		}
		got := warned(w, "community")
		if len(got["cluster"]) != 1 || len(got["overdue"]) != 3 || !strings.Contains(got["cluster"][0].Reason.EN, "3 like needs from 3 doors") {
			t.Fatalf("%+v", got)
		}
		all, err := w.Store.WarningsUnder(context.Background(), "", w.Clock().AddDate(-1, 0, 0))
		w.Must(err)
		for _, x := range all {
			if strings.Contains(x.Subject, "counselling") {
				t.Fatalf("%+v", x)
			}
		}
		for _, e := range w.Entries(last) {
			if p := w.Place(apitest.Community); strings.HasPrefix(e.Verb, "warning.") && strings.HasPrefix(e.Path, p.Path) && e.Path != p.Path {
				t.Fatalf("an entry points at somebody: %+v", e)
			}
		}
	})
}

// A door with somebody to look after and no word for long: one tap opens the case there,
// once; who may not read residents is not told, nor is a helper or another grid's lead.
func TestOneTapOpensTheCaseOfASilentHousehold(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		door := w.Doors(apitest.Building)[0]
		p := register.Person{ID: "alone", PlaceID: door.ID, Path: door.Path, Name: "独居者", Care: []register.Care{{Group: "alone", Need: "knock"}}, Verified: w.Clock().AddDate(0, 0, -45)}
		away := w.Clock()
		for _, r := range w.People { // nobody else behind this door
			if r.PlaceID == door.ID {
				x, ok, err := w.Store.Person(t.Context(), r.ID, store.Clear{Number: true, Phone: true, Care: true})
				w.Must(err)
				if ok {
					x.Until = away
					w.Commit(journal.Change{Row: &x, Base: x.Version, Entry: journal.Entry{At: away, Actor: "system", Verb: "person.left", Thing: "persons", ThingID: x.ID, Audience: "audit"}})
				}
			}
		}
		w.Commit(journal.Change{Row: &p, Entry: journal.Entry{At: away, Actor: "system", Verb: "person.made", Thing: "persons", ThingID: p.ID, Audience: "audit"}})
		reckon(w)
		find := func(who string) *api.Warning {
			for _, x := range warned(w, who)["silent"] {
				if x.Subject == door.ID {
					return &x
				}
			}
			return nil
		}
		for _, who := range []string{"commander", "health", "police"} {
			if find(who) != nil {
				t.Fatalf("%s is told", who)
			}
		}
		x := find("lead")
		if x == nil || !strings.Contains(x.Reason.ZH, "45 天") || x.Opens.EN == "" || x.Basis.ZH == "" {
			t.Fatalf("%+v", x)
		}
		var got api.WarningAnswer
		w.Post("commander", "/warnings/"+x.ID+"/answer", j{"answer": "done"}).Refused("SW-1010")
		w.Post("lead", "/warnings/"+x.ID+"/answer", j{"answer": "act"}).OK(&got)
		var k api.Case
		w.Get("community", "/cases/"+got.CaseID).OK(&k)
		if k.Item != "look-in" || k.PlaceID != door.ID || !strings.Contains(k.Words, "45 天") {
			t.Fatalf("%+v", k)
		}
		w.Post("lead", "/warnings/"+x.ID+"/answer", j{"answer": "act"}).Refused("SW-2502")
		w.Pass(10 * time.Second)
		reckon(w)
		if find("lead") != nil {
			t.Fatal("answered and still there")
		}
	})
}

// Office staff try a rule on today's records, which keeps nothing; what is wrong with it
// is said clearly and changes nothing; saved, it holds for the place and is told.
func TestARuleIsTriedSavedAndSwitchedOff(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		place := "/places/" + w.Place(apitest.Community).ID
		door := w.Doors(apitest.Building)[0]
		w.Post("community", "/cases", j{"item": "ask", "place_id": door.ID, "words": "要一袋米"}).OK()
		reckon(w)
		r := ruleOf(w, "overdue")
		body := bodyOf(r)
		before := w.Store.Last()
		list := strings.TrimSuffix(strings.Repeat("1,", 60), ",")
		for when, code := range map[string]string{"case.": "SW-2500", "case.colour == 1": "SW-2500", "case.hours_late": "SW-2500", strings.Repeat("true || ", 400) + "true": "SW-2500",
			"[" + list + "].all(a, [" + list + "].all(b, [" + list + "].all(c, a + b + c > case.hours_late)))": "SW-2501"} {
			body["when"] = when
			w.Post("community", place+"/warning-try", body).Refused(code)
			w.Post("community", place+"/warning-rules", j{"rule": body, "because": "试"}).Refused(code)
		}
		body["when"], body["reason"] = "case.hours_silent >= 0", j{"zh": "{name} 没人管", "en": "x"}
		w.Post("community", place+"/warning-try", body).Refused("SW-2506")
		body["reason"] = j{"zh": "已有 {hours_silent} 小时", "en": "{hours_silent} hours"}
		var tried api.WarningTry
		w.Post("community", place+"/warning-try", body).OK(&tried)
		if tried.Total != 1 || len(tried.Items) != 1 || tried.Looked != 1 || tried.Items[0].Reason.ZH != "已有 0 小时" {
			t.Fatalf("%+v", tried)
		}
		w.Post("inspector", place+"/warning-try", body).Refused("SW-1011")
		house := j{"id": "peek", "title": j{"zh": "甲", "en": "a"}, "about": "household", "when": "household.vulnerable", "basis": j{"zh": "甲", "en": "a"},
			"reason": j{"zh": "甲", "en": "a"}, "sees": []string{"commander", "community"}, "quiet": "P1D"}
		w.Post("commander", place+"/warning-try", house).OK(&tried)
		if tried.Total < 5 || len(tried.Items) != 0 { // a number, and nobody
			t.Fatalf("the command sees who is vulnerable: %+v", tried)
		}
		house["when"] = "household.vulnerable && household.people > 90"
		if w.Post("commander", place+"/warning-rules", j{"rule": house, "because": "试"}).Refused("SW-1431"); w.Store.Last() != before {
			t.Fatal("a refused rule was kept")
		}
		if w.Store.Last() != before || len(warned(w, "community")["overdue"]) != 0 {
			t.Fatal("trying kept something")
		}
		w.Post("community", place+"/warning-rules", j{"rule": body, "because": ""}).Refused("SW-1431")
		w.Post("community", place+"/warning-rules", j{"rule": body, "because": "我们要早点知道"}).OK()
		if r := ruleOf(w, "overdue"); r.When != "case.hours_silent >= 0" || !r.Changed || r.Off || r.Own {
			t.Fatalf("%+v", r)
		}
		reckon(w)
		if got := warned(w, "community")["overdue"]; len(got) != 1 || got[0].Reason.ZH != "已有 0 小时" {
			t.Fatalf("%+v", got)
		}
		own := bodyOf(r)
		own["id"], own["when"] = "any-case", "case.hours_late == 0"
		w.Post("community", place+"/warning-rules", j{"rule": own, "because": "多看一眼"}).OK()
		if r := ruleOf(w, "any-case"); !r.Own || r.When != "case.hours_late == 0" {
			t.Fatalf("%+v", r)
		}
		own["when"] = "case.climbed == 0"
		w.Post("community", place+"/warning-rules", j{"rule": own, "because": "再改"}).OK()
		reckon(w)
		if n := len(warned(w, "community")["any-case"]); n != 1 {
			t.Fatal(n)
		}
		for _, id := range []string{"any-case", "overdue"} {
			w.Post("community", place+"/warning-rules", j{"rule": bodyOf(ruleOf(w, id)), "off": true, "because": "不用了"}).OK()
		}
		if r := ruleOf(w, "overdue"); !r.Off {
			t.Fatalf("%+v", r)
		}
		reckon(w)
		if got := warned(w, "community"); len(got["overdue"])+len(got["any-case"]) != 0 {
			t.Fatalf("%+v", got)
		}
		body["when"] = r.When
		body["reason"] = r.Reason
		w.Post("community", place+"/warning-rules", j{"rule": body, "because": "还是要"}).OK()
		if r := ruleOf(w, "overdue"); r.Off || r.Changed {
			t.Fatalf("%+v", r)
		}
		w.Post("community", place+"/warning-rules", j{"rule": matrixRule, "off": true, "because": "没有的"}).Refused("SW-2505")
	})
}

// The shipped rules are in force everywhere, each in both languages with its basis, and
// one of households never goes to the command.
func TestShippedRulesNameTheirBasis(t *testing.T) {
	b, err := mode.Shipped("normal")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{"silent": true, "cluster": true, "overdue": true, "owner-silent": true, "tired": true, "stale": true}
	for _, x := range b.Warnings {
		delete(want, x.ID)
		if name, ok := x.Worded(); !ok || x.Quiet.Length() <= 0 {
			t.Errorf("%s: %s %+v", x.ID, name, x)
		}
	}
	if len(want) > 0 || oversight.MaxStanding < 1 {
		t.Fatal("missing:", want)
	}
}
