package api_test

import (
	"strings"
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// An officer records a door on behalf of whoever holds a post there; the journal says
// for whom and who told it, by id and without a name.
func TestRecordingOnBehalf(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		e := declare(w, apitest.Subdistrict)
		draw(w, e, "lockdown", apitest.Building)
		activate(w, e)
		var b api.Board
		w.Get("community", "/places/"+w.ID(apitest.Building)+"/board").OK(&b)
		if b.Round == nil || len(b.Leads) == 0 {
			t.Fatalf("nobody to record for: %+v", b.Leads)
		}
		lead := b.Leads[0]
		path := "/rounds/" + b.Round.ID + "/targets/" + w.ID(apitest.Door) + "/record"
		w.Post("community", path, j{"outcome": "at-home", "behalf": lead.HelperID}).Refused("SW-1606")
		w.Post("community", path, j{"outcome": "at-home", "behalf": "v-nobody", "told": "self"}).Refused("SW-1605")
		last := w.Store.Last()
		w.Post("community", path, j{"outcome": "at-home", "behalf": lead.HelperID, "told": "self"}).OK()
		es := w.Entries(last)
		if len(es) != 1 || es[0].Actor != "acc-community" || !strings.Contains(string(es[0].Payload), `"behalf":"`+lead.HelperID+`"`) || !strings.Contains(string(es[0].Payload), `"told":"self"`) || strings.Contains(string(es[0].Payload), lead.Name) {
			t.Fatalf("%+v %s", es, es[0].Payload)
		}
		for _, x := range all[api.Target](w, "community", "/rounds/"+b.Round.ID+"/targets?state=done&under="+w.ID(apitest.Door)).Items {
			if x.For != lead.Name || x.By != "账号community" {
				t.Errorf("%+v", x)
			}
		}
	})
}
