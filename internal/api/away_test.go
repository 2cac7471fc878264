package api_test

import (
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// A helper noted as locked out keeps the post until a new plan, which gives it to
// somebody else; one line says so, without a name. A client that saw an older row is
// told; back again, they may be asked once more.
func TestAwayHelpersAreReplacedByAPlan(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building)
		activate(w, i)
		holder := func() (id string) {
			for _, p := range all[api.Post](w, "commander", "/posts?incident_id="+i).Items {
				if p.Item == "police" && p.Holder != nil {
					return p.Holder.HelperID
				}
			}
			return ""
		}
		who := holder()
		if who == "" {
			t.Fatal("nobody to be away")
		}
		last := w.Store.Last()
		var out api.AwayReply
		w.Post("commander", "/helpers/"+who+"/away", j{"away": "locked-out"}).OK(&out)
		if out.Away != "locked-out" || holder() != who {
			t.Fatalf("%+v, post held by %s", out, holder())
		}
		es := w.Entries(last)
		if len(es) != 1 || es[0].Verb != "helper.away" || es[0].ThingID != who || string(es[0].Payload) != `{"away":"locked-out"}` {
			t.Fatalf("%+v", es)
		}
		w.Post("commander", "/helpers/"+who+"/away", j{"away": "locked-out"}).OK() // nothing new, no line
		w.Post("commander", "/helpers/"+who+"/away", j{"away": "on-holiday"}).Refused("SW-1001")
		w.Post("commander", "/helpers/"+who+"/away", j{"away": "", "base_version": out.Version - 1}).Refused("SW-1801")
		w.Post("lead", "/helpers/"+who+"/away", j{"away": ""}).Refused("SW-1010")
		if n := len(w.Entries(last)); n != 1 {
			t.Fatalf("%d entries", n)
		}
		activate(w, i)
		if next := holder(); next == who || next == "" {
			t.Fatalf("the post is held by %q, who was %s", next, who)
		}
		w.Post("commander", "/helpers/"+who+"/away", j{"away": "", "base_version": out.Version}).OK(&out)
		if out.Away != "" {
			t.Fatalf("%+v", out)
		}
	})
}
