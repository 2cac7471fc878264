package api_test

import (
	"encoding/json"
	"regexp"
	"testing"

	"shouwang/internal/api/apitest"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/people"
)

var han = regexp.MustCompile(`\p{Han}[\p{Han}\d（）]*`)

// notOurs are keys under which stands what people or files wrote, in their language.
var notOurs = map[string]bool{"zh": true, "name": true, "full_name": true, "place_name": true, "place": true, "door": true, "by": true, "author": true, "helper": true, "estate": true,
	"basis": true, "from": true, "source": true, "relation": true, "origin": true, "room": true, "author_name": true, "started_by": true, "applied_by": true, "flags": true}

// Who asked in English reads no Chinese but names of people and places and what
// people wrote themselves: reasons of empty posts, plans, lists and refusals alike.
func TestEnglishAnswersHoldNoChinese(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		e := declare(w, apitest.Subdistrict)
		draw(w, e, "lockdown", apitest.Community)
		activate(w, e)
		english := map[string]string{"Accept-Language": "en"}
		read := func(as, path string) any {
			var x any
			a := w.Send(apitest.Call{As: as, Method: "GET", Path: path, Header: english})
			if err := json.Unmarshal(a.Body, &x); err != nil {
				t.Fatalf("%s: %s", a.What, a.Body)
			}
			return x
		}
		// a post without anybody, with its reason as it is kept
		p := w.Place(apitest.Building)
		w.Commit(journal.Change{Row: &people.Post{ID: "empty1", Key: e + "|guard|" + p.ID + "||1", Incident: e, Item: "guard", PlaceID: p.ID, Path: p.Path, N: 1, From: w.Clock(),
			Reason: dispatch.Why{Fit: 2, Seats: 5, Missed: []dispatch.Missed{{Code: "busy", N: 3}}}.Kept()}, Entry: journal.Entry{At: w.Clock(), Actor: "acc-commander", Verb: "post.opened", Thing: "posts", ThingID: "empty1", PlaceID: p.ID, Path: p.Path, Audience: "work", Payload: []byte("{}")}})
		said := ""
		for _, x := range read("commander", "/posts?state=empty&limit=1000&incident_id="+e).(map[string]any)["items"].([]any) {
			if m := x.(map[string]any); m["id"] == "empty1" {
				said = m["reason"].(string)
			}
		}
		if said != "All 2 who qualify are posted, for 5 posts; 3 on posts of another incident" {
			t.Fatalf("the reason: %q", said)
		}
		for _, path := range []string{"/posts?limit=1000&incident_id=" + e, "/incidents/" + e, "/incidents/" + e + "/plan", "/incidents/" + e + "/facts", "/overview?place=" + w.ID(apitest.Community), "/playbooks",
			"/rounds", "/exemptions", "/residents/none", "/places/none", "/places/" + w.ID(apitest.Door) + "/holds"} {
			words(t, path, "", read("community", path))
			words(t, path, "", read("commander", path))
		}
	})
}

func words(t *testing.T, path, key string, x any) {
	switch v := x.(type) {
	case map[string]any:
		for k, y := range v {
			if _, typed := y.(string); !notOurs[k] && !(k == "title" && typed) { // a plain title is what an officer called it
				words(t, path, key+"."+k, y)
			}
		}
	case []any:
		for _, y := range v {
			words(t, path, key, y)
		}
	case string:
		if s := han.FindString(v); s != "" {
			t.Errorf("%s: %s: %q", path, key, v)
		}
	}
}
