package api_test

import (
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// Whoever holds a post says that they are there, and that they leave it to the next;
// command may say it for them, nobody else may. It is one line each, however often it
// is tapped, and is over with the emergency: nobody checks in in ordinary times.
func TestArrivalsAreForEmergencies(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		for _, p := range all[api.Post](w, "commander", "/posts").Items {
			if p.Holder != nil && p.Item == "lead" {
				w.Post("commander", "/posts/"+p.ID+"/arrive", nil).Refused("SW-1720")
				break
			}
		}
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building)
		activate(w, i)
		id, other, me := "", "", ""
		for _, p := range all[api.Post](w, "commander", "/posts?limit=1000&incident_id="+i).Items {
			switch {
			case p.Holder == nil:
			case id == "":
				id, me = p.ID, p.Holder.HelperID
			case p.Holder.HelperID != me:
				other = p.ID
			}
		}
		w.HelperAccount(me)
		mine := func() []api.FieldPost { return all[api.FieldPost](w, me, "/field/posts").Items }
		got := mine()
		if len(got) != 1 || got[0].ID != id || got[0].Incident != i || got[0].ArrivedAt != "" {
			t.Fatalf("%+v", got)
		}
		last := w.Store.Last()
		post := func() (out api.Post) {
			for _, p := range all[api.Post](w, "commander", "/posts?limit=1000&incident_id="+i).Items {
				if p.ID == id {
					return p
				}
			}
			t.Fatal("the post is gone")
			return out
		}
		w.Post(me, "/posts/"+id+"/hand-over", nil).Refused("SW-1722")
		w.Post(me, "/posts/"+other+"/arrive", nil).Refused("SW-1010")
		w.Post("lead", "/posts/"+id+"/arrive", nil).Refused("SW-1010")
		w.Post("commander", "/posts/nothing/arrive", nil).Refused("SW-1010")
		var out api.FieldPost
		w.Post(me, "/posts/"+id+"/arrive", nil).OK(&out)
		w.Post(me, "/posts/"+id+"/arrive", nil).OK()
		if !out.Mine || out.ArrivedAt == "" || post().ArrivedAt != out.ArrivedAt || mine()[0].ArrivedAt != out.ArrivedAt {
			t.Fatalf("%+v %+v", out, post())
		}
		w.Post("commander", "/posts/"+other+"/arrive", nil).OK(&out) // who has no phone
		if out.Mine || out.ArrivedAt == "" {
			t.Fatalf("%+v", out)
		}
		w.Post(me, "/posts/"+id+"/hand-over", nil).OK(&out)
		w.Post(me, "/posts/"+id+"/hand-over", nil).OK()
		if out.ArrivedAt != "" || post().ArrivedAt != "" {
			t.Fatalf("%+v", out)
		}
		w.Post(me, "/posts/"+id+"/arrive", nil).OK()
		var verbs []string
		for _, e := range w.Entries(last) {
			verbs = append(verbs, e.Verb)
			if e.Incident != i || e.Purpose != "incident:"+i || string(e.Payload) == "" {
				t.Fatalf("%+v", e)
			}
		}
		if len(verbs) != 4 || verbs[0] != "post.arrived" || verbs[2] != "post.handed" {
			t.Fatal(verbs)
		}
		w.Post("commander", "/incidents/"+i+"/demobilize", j{"confirm": true}).OK()
		if got := mine(); len(got) != 0 {
			t.Fatalf("it outlived the emergency: %+v", got)
		}
		w.Post(me, "/posts/"+id+"/arrive", nil).Refused("SW-1720")
		w.Post("commander", "/posts/"+id+"/hand-over", nil).Refused("SW-1720")
	})
}
