package api_test

import (
	"sync"
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// The same tap sent several times at once opens one case, and each is answered with it;
// taps of their own at the same moment open one each.
func TestOneTapSentAtOnceOpensOneCase(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		home := w.Doors(apitest.Building)[0]
		door := home.ID
		at := func(op string, n int) map[string]int {
			var all sync.WaitGroup
			out := make([]*apitest.Answer, n)
			for i := range out {
				all.Go(func() {
					c := apitest.Call{As: "community", Method: "POST", Path: "/cases", Body: j{"item": "ask", "place_id": door, "words": "要一袋米"}}
					if op != "" {
						c.Header = map[string]string{"Operation-Id": op}
					}
					out[i] = w.Send(c)
				})
			}
			all.Wait()
			ids := map[string]int{}
			for _, a := range out {
				var k api.Case
				a.OK(&k)
				ids[k.ID]++
			}
			return ids
		}
		if ids := at("one-tap", 8); len(ids) != 1 {
			t.Fatalf("one tap opened %v", ids)
		}
		if ids := at("", 8); len(ids) != 8 {
			t.Fatalf("eight taps opened %v", ids)
		}
		ks, err := w.Store.CasesAt(t.Context(), door, home.Path)
		if w.Must(err); len(ks) != 9 {
			t.Fatalf("%d cases", len(ks))
		}
	})
}
