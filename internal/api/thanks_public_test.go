package api_test

import (
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/need"
)

// Whoever asked thanks whoever took their case, once, when it was answered, and not what
// was told in confidence.
func TestACaseIsThankedFor(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		var list struct{ Items []api.Helper }
		w.Get("community", "/helpers?limit=2").OK(&list)
		me := list.Items[0].ID
		worker, ok, err := w.Store.AccountByLogin(t.Context(), "community")
		if err != nil || !ok {
			t.Fatal(err)
		}
		base := worker.Version
		worker.HelperID = me // the worker is on the roll, too
		w.Commit(journal.Change{Row: &worker, Base: base})
		door := w.Doors(apitest.Building)[0]
		id, token, err := w.API.OpenFor(t.Context(), door.ID, "medicine", "slip")
		w.Must(err)
		if err := w.API.ThankForCase(t.Context(), id, token, "谢谢", ""); err == nil {
			t.Fatal("thanked before anybody did anything")
		}
		w.Post("community", "/cases/"+id+"/take", j{}).OK()
		w.Post("community", "/cases/"+id+"/answer", j{"words": "药已送到门口", "met_by": "volunteer", "proof": "小票 7"}).OK()
		if _, _, err := w.API.CaseThanks(t.Context(), id, "wrong"); err == nil {
			t.Fatal("a wrong token may thank")
		}
		for range 2 {
			w.Must(w.API.ThankForCase(t.Context(), id, token, "药送得真快", "三楼"))
		}
		if may, done, err := w.API.CaseThanks(t.Context(), id, token); err != nil || !may || !done {
			t.Fatal(may, done, err)
		}
		var desk api.Items[api.Thanks]
		w.Get("community", "/places/"+w.ID(apitest.Community)+"/thanks").OK(&desk)
		if len(desk.Items) != 1 || desk.Items[0].To != list.Items[0].Name || desk.Items[0].Decided || desk.Items[0].For.ZH == "" {
			t.Fatalf("%+v", desk.Items)
		}
		w.Must(w.API.SayCase(t.Context(), id, token, need.Confirm, "", "", 3))

		quiet, token2, err := w.API.OpenFor(t.Context(), door.ID, "counselling", "slip")
		w.Must(err)
		k, _, err := w.Store.Case(t.Context(), quiet)
		w.Must(err)
		base = k.Version
		k.Holder, k.Answered = worker.ID, w.Clock()
		w.Commit(journal.Change{Row: &k, Base: base})
		if may, _, err := w.API.CaseThanks(t.Context(), quiet, token2); err != nil || may || k.Only == "" {
			t.Fatal("confidence is told to the desk:", may, err)
		}
	})
}
