package api_test

import (
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/people"
)

// A household card: made, printed again while it is good, replaced, taken back; each
// look is kept, and only the newest opens anything.
func TestHouseholdCards(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		place, door := token(w, apitest.Community), w.Doors(apitest.Building)[0]
		at := "/places/" + door.ID + "/card"
		sign := func(code string) *apitest.Answer {
			return nobody(w, "/joins/"+place, j{"name": "方小莲", "consent": "2", "door_code": door.Code, "card": code})
		}
		w.Get("gridworker", at).Refused("SW-1011")
		w.Get("gridworker", at+"/sheet").Refused("SW-1011")
		w.Post("gridworker", at+"/revoke", nil).Refused("SW-1011")
		w.Get("community", at+"/sheet").Refused("SW-1791")
		w.Post("community", at+"/revoke", nil).Refused("SW-1791")
		w.Get("community", "/places/"+w.ID(apitest.Building)+"/card").Refused("SW-1732")

		var first, second, again api.HouseholdCard
		w.Post("community", at, nil).OK(&first)
		w.Pass(time.Hour)
		w.Post("community", at, nil).OK(&second)
		w.Get("community", at+"/sheet").OK(&again)
		if again.Code != second.Code || len(again.Code) != 8 || again.Code == first.Code || again.Door != door.Code || again.Join != "/join/"+place {
			t.Fatalf("first %+v second %+v printed %+v", first, second, again)
		}
		sign(first.Code).Refused("SW-1741")
		var list api.CardList
		w.Get("community", at).OK(&list)
		if len(list.Items) != 2 || list.Items[0].State != "good" || list.Items[1].State != "revoked" || list.Items[1].At == "" {
			t.Fatalf("%+v", list)
		}
		w.Post("community", at+"/revoke", nil).OK(&list)
		if list.Items[0].State != "revoked" {
			t.Fatalf("%+v", list)
		}
		sign(second.Code).Refused("SW-1741")
		w.Post("community", at+"/revoke", nil).Refused("SW-1791")

		w.Pass(time.Hour)
		var third api.HouseholdCard
		w.Post("community", at, nil).OK(&third)
		sign(third.Code[:4] + " " + third.Code[4:]).OK()
		w.Get("community", at).OK(&list)
		if list.Items[0].State != "used" {
			t.Fatalf("%+v", list)
		}
		w.Pass(time.Minute) // of two made in one moment neither is the newer
		w.Post("community", at, nil).OK(&third)
		w.Pass(people.CardLife)
		w.Get("community", at+"/sheet").Refused("SW-1791")
		if w.Get("community", at).OK(&list); list.Items[0].State != "ended" {
			t.Fatalf("%+v", list)
		}
		shown := 0
		for _, e := range w.Entries(0) {
			if e.Verb == "card.shown" && e.Audience == "audit" && e.PlaceID == door.ID {
				shown++
			}
		}
		if shown != 1 {
			t.Errorf("%d looks at digits kept, not 1", shown)
		}
	})
}
