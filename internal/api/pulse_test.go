package api_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// What a server keeps up recording by recording is what a server that has just
// started reads: every figure, row and waiting door, at each level, while doors
// are recorded, recorded again, added by a new zone and let go.
func TestThePulseKeptUpEqualsOneReadAnew(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		incident, _, round := running(w)
		doors := w.Doors(apitest.Building3)
		dice := rand.New(rand.NewPCG(7, 7))
		outcomes := []j{{"outcome": "at-home"}, {"outcome": "absent"}, {"outcome": "needs-help", "choice": "food"}, {"outcome": "refused"}, {"outcome": "moved"}}
		same := func(when string) {
			t.Helper()
			kept, anew := w.API, w.Serve(w.Guard)
			defer anew.Close()
			for _, place := range []string{apitest.Subdistrict, apitest.Community, apitest.Building3} {
				for _, path := range []string{"/overview?place_id=" + w.ID(place), "/places/" + w.ID(place) + "/map"} {
					got := map[*api.Server]string{}
					for _, s := range []*api.Server{kept, anew} {
						w.API = s
						var v any
						w.Get("commander", path).OK(&v)
						raw, err := json.Marshal(v)
						if err != nil {
							t.Fatal(err)
						}
						got[s] = string(raw)
					}
					w.API = kept
					if got[kept] != got[anew] {
						t.Fatalf("%s, %s:\nkept up %s\n   anew %s", when, path, got[kept], got[anew])
					}
				}
			}
		}
		same("before any recording")
		for i := range 40 {
			d := doors[dice.IntN(len(doors))]
			body := outcomes[dice.IntN(len(outcomes))]
			body["base_version"] = 1000
			w.Post("community", rec{round, d.ID}.path(), body).OK()
			w.Pass(time.Duration(dice.IntN(40)) * time.Minute)
			if i%5 == 0 {
				same("after a recording")
			}
		}
		draw(w, incident, "control", apitest.Building2)
		activate(w, incident)
		same("after another zone")
		w.Post("deputy", "/incidents/"+incident+"/demobilize", j{"confirm": true}).OK()
		same("after handing back")
	})
}
