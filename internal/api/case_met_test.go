package api_test

import (
	"strconv"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/need"
)

// Who met the needs of a place stands there week by week, never for fewer than five,
// never with what was withdrawn or told in confidence; the report at the end of an
// emergency has it too, with what goes on.
func TestWhoMetTheNeedsIsShownOverTime(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		incident := declare(w, apitest.Community)
		draw(w, incident, "lockdown", apitest.Building)
		activate(w, incident)
		doors := w.Doors(apitest.Building)
		met := func(n int, by string) {
			for range n {
				id, token, err := w.API.OpenFor(t.Context(), doors[0].ID, "medicine", strconv.FormatInt(w.Clock().UnixNano(), 36))
				w.Must(err)
				w.Post("community", "/cases/"+id+"/answer", j{"words": "办好了", "met_by": by}).OK()
				w.Must(w.API.SayCase(t.Context(), id, token, need.Confirm, "", "", 3))
				w.Pass(time.Millisecond)
			}
		}
		met(4, "government")
		w.Pass(7 * 24 * time.Hour)
		met(3, "government")
		met(2, "neighbour")
		met(1, "self")
		for i, item := range []string{"medicine", "counselling", "medicine"} {
			id, token, err := w.API.OpenFor(t.Context(), doors[1].ID, item, "s"+strconv.Itoa(i))
			w.Must(err)
			if i == 2 {
				w.Must(w.API.SayCase(t.Context(), id, token, need.Withdraw, "", "", 0))
			}
		}
		var weeks api.Items[api.MetSpan]
		w.Get("community", "/places/"+w.ID(apitest.Community)+"/met?weeks=3").OK(&weeks)
		if len(weeks.Items) != 3 || weeks.Items[0].Total != 0 || weeks.Items[0].Few {
			t.Fatalf("%+v", weeks)
		}
		if x := weeks.Items[1]; !x.Few || x.Total+x.Government+x.Own != 0 {
			t.Fatalf("four are told apart: %+v", x)
		}
		if x := weeks.Items[2]; x.Few || x.Total != 6 || x.Government != 3 || x.Neighbour != 2 || x.Self != 1 || x.Own != 3 {
			t.Fatalf("%+v", x)
		}
		w.Get("lead", "/places/"+w.ID(apitest.Community)+"/met").Refused("SW-1010")
		w.Get("community", "/places/"+w.ID(apitest.Community)+"/met?weeks=0").Refused("SW-1001")
		var end api.DemobilizeReply
		w.Post("commander", "/incidents/"+incident+"/demobilize", j{"confirm": false}).OK(&end)
		if end.Cases != 1 || len(end.Met) != 8 || end.Met[0].Government != 0 || !end.Met[0].Few || end.Met[7].Own != 3 {
			t.Fatalf("%d cases go on, %+v", end.Cases, end.Met)
		}
	})
}
