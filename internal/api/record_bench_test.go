package api_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// BenchmarkRecord measures recording a door through the whole API, one durable
// answer each, with as many callers as a busy evening has.
func BenchmarkRecord(b *testing.B) {
	w := apitest.New(b, "sqlite")
	inc := declare(w, apitest.Subdistrict)
	draw(w, inc, "lockdown", apitest.Microgrid)
	activate(w, inc)
	rounds := all[api.Round](w, "commander", "/rounds?incident_id="+inc)
	doors := all[api.Target](w, "commander", "/rounds/"+rounds.Items[0].ID+"/targets?state=all")
	var n atomic.Int64
	b.SetParallelism(16)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			k := n.Add(1)
			d := doors.Items[int(k)%len(doors.Items)]
			a := w.Send(apitest.Call{As: "community", Method: "POST", Path: "/rounds/" + rounds.Items[0].ID + "/targets/" + d.PlaceID + "/record",
				Body: j{"outcome": "at-home"}, Header: map[string]string{"Operation-Id": fmt.Sprint("bench-", k)}})
			if a.Status != 200 && a.Status != 409 { // 64 callers and 80 doors: some meet at one
				b.Errorf("%d %s", a.Status, a.Body)
				return
			}
		}
	})
}
