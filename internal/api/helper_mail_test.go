package api_test

import (
	"slices"
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/people"
)

// A helper's e-mail is kept sealed, stays when something else changes, is seen for a
// purpose or by themselves, reached by the channel of mail, and taken away when they say.
func TestAHelpersMail(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		var f api.HelperFile
		w.Post("community", "/helpers", j{"name": "方小莲", "place_id": w.Place(apitest.Building).ID, "mail": " fang@example.cn ", "phone": "12955550001"}).OK(&f)
		if !slices.Contains(f.Sealed, "mail") {
			t.Fatalf("%+v", f.Sealed)
		}
		at := func() string {
			h, _, err := w.Store.Helper(t.Context(), f.ID)
			w.Must(err)
			to, err := w.Store.Addresses(t.Context(), "mail", []people.Helper{h})
			w.Must(err)
			return to[f.ID]
		}
		path := "/helpers/" + f.ID
		for _, bad := range []string{"fang", "a@b.cn, c@d.cn", "fang@example.cn\r\nBcc: x@example.cn"} {
			w.Post("community", path, j{"mail": bad}).Refused("SW-1732")
		}
		w.Post("community", path, j{"hours": 3}).OK()
		w.Post("community", path, j{"phone": "12955550002"}).OK() // sealed anew with all the rest
		if at() != "fang@example.cn" {
			t.Fatal(at())
		}
		var seen api.HelperRevealed
		w.Post("helper", path+"/reveal", j{"field": "mail", "purpose": "assign"}).Refused("SW-1010")
		w.Post("community", path+"/reveal", j{"field": "mail", "purpose": "assign"}).OK(&seen)
		if seen.Mail != "fang@example.cn" || seen.Phone != "" {
			t.Fatalf("%+v", seen)
		}
		me := w.HelperAccount(f.ID)
		var own api.OwnFile
		w.Post(me, "/me/helper", j{"mail": "lian@example.cn"}).OK()
		w.Get(me, "/me/helper").OK(&own)
		if own.Mail != "lian@example.cn" || own.Phone != "12955550002" || at() != "lian@example.cn" {
			t.Fatalf("%+v", own)
		}
		w.Post(me, "/me/helper", j{"mail": ""}).OK()
		w.Get("community", path).OK(&f)
		if at() != "" || slices.Contains(f.Sealed, "mail") || !slices.Contains(f.Sealed, "phone") {
			t.Fatalf("%q %+v", at(), f.Sealed)
		}
	})
}
