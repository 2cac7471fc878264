package api_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/need"
	"shouwang/internal/notice"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

// able gives helpers of a place a skill, as many as wanted, and returns them.
func able(w *apitest.World, at *territory.Place, skill string, n int) (out []*people.Helper) {
	w.T.Helper()
	for _, h := range w.Helpers {
		if len(out) == n {
			return out
		}
		if !territory.Inside(h.Path, at.Path) || len(h.Skills) > 0 || h.Kind != "volunteer" {
			continue
		}
		now, _, err := w.Store.Helper(w.T.Context(), h.ID)
		w.Must(err)
		base := now.Version
		now.Skills = []string{skill}
		w.Change("helper.changed", &now, base)
		h.Skills = now.Skills
		out = append(out, h)
	}
	w.T.Fatal("too few helpers at", at.Code)
	return nil
}

func names(xs []api.ResponseAsked) (out []string) {
	for _, x := range xs {
		out = append(out, x.Name)
	}
	return out
}

// A tap at the door: the case is there, the numbers and what to say, the nearest who are
// able inside the closed house are asked and nobody else; they answer; the crew from
// outside gets the scene by name, and it is over for everybody.
func TestAnAlarmBringsTheNearestAndEndsWithAHandOver(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building)
		activate(w, i)
		house, ctx := w.Place(apitest.Building), t.Context()
		near := able(w, house, "medic", 4)
		able(w, w.Place(apitest.Building3), "medic", 1) // of the next house, over the border
		w.Post("community", "/helpers/"+near[2].ID+"/away", j{"away": "isolated"}).OK()
		young, _, err := w.Store.Helper(ctx, near[3].ID)
		w.Must(err)
		base := young.Version
		young.Birth = w.Clock().Year() - 16
		w.Change("helper.changed", &young, base)

		door := w.Doors(apitest.Building)[0]
		id, token, err := w.API.OpenFor(ctx, door.ID, "alarm-ill", "slip-1")
		w.Must(err)
		var r api.Response
		w.Get("community", "/cases/"+id+"/response").OK(&r)
		if got := names(r.Asked); len(got) != 2 || !slices.Contains(got, near[0].Name) || !slices.Contains(got, near[1].Name) {
			t.Fatalf("asked %v, want %s and %s", got, near[0].Name, near[1].Name)
		}
		if r.Call != "120" || !strings.Contains(r.Say.ZH, door.Name) || r.Never.ZH == "" || r.Scene == nil || !r.Running || !r.MayAct || r.Asked[0].Able.ZH == "" {
			t.Fatalf("%+v", r)
		}
		// Who is asked reads what to do and what never to do; the very door only when coming.
		me := w.HelperAccount(near[0].ID)
		ask := all[api.Ask](w, me, "/asks").Items[0]
		if !strings.Contains(ask.Body.ZH, "底线：") || strings.Contains(ask.Place+ask.Body.ZH, door.Name) {
			t.Fatalf("%+v", ask)
		}
		w.Post(me, "/asks/"+ask.ID+"/answer", j{"answer": "yes"}).OK(&ask)
		if !strings.Contains(ask.Place, door.Name) {
			t.Fatal("who comes does not know the door:", ask.Place)
		}
		other := w.HelperAccount(near[1].ID)
		w.Post(other, "/asks/"+ask.ID+"/answer", j{"answer": "no"}).OK()
		w.Get(me, "/cases/"+id+"/response").Refused("SW-1010")
		// The resident reads a role and no name.
		x, err := w.API.TrackCase(ctx, id, token)
		w.Must(err)
		if x.Rescue == nil || len(x.Rescue.Coming) != 1 || x.Rescue.Coming[0].N != 1 || strings.Contains(x.Rescue.Coming[0].Role.ZH, near[0].Name) || x.Rescue.Asked != 2 {
			t.Fatalf("%+v", x.Rescue)
		}
		w.Post("community", "/cases/"+id+"/response/more", nil).Refused("SW-2326")

		// Links with outside.
		link := "/cases/" + id + "/response/link"
		w.Post("community", link, j{"service": "911"}).Refused("SW-2324")
		w.Post("community", link, j{"service": "120", "called": w.Clock().Add(time.Hour).Format(time.RFC3339)}).Refused("SW-2323")
		w.Post("community", link, j{"service": "120", "gate": door.ID}).Refused("SW-2324")
		w.Post("community", link, j{"service": "120", "opener": "nobody"}).Refused("SW-2420")
		w.Post("inspector", link, j{"service": "120"}).Refused("SW-1010")
		w.Post("community", link, j{"service": "120", "minutes": 12, "ref": "受理 4711", "words": "走北门", "opener": "acc-lead"}).OK()
		w.Get("community", "/cases/"+id+"/response").OK(&r)
		if len(r.Links) != 1 || r.Links[0].Ref != "受理 4711" || r.Links[0].ETA == "" || r.Coming != 1 || len(r.Log) < 5 {
			t.Fatalf("%+v", r)
		}
		var running api.Items[api.Response]
		if w.Get("community", "/responses").OK(&running); len(running.Items) != 1 || running.Items[0].CaseID != id {
			t.Fatalf("%+v", running)
		}

		hand := "/cases/" + id + "/response/hand"
		w.Post("community", hand, j{"crew": "ambulance", "name": "王护士", "role": "", "org": "市急救中心"}).Refused("SW-2325")
		w.Post("community", hand, j{"crew": "pharmacy", "name": "王护士", "role": "护士", "org": "市急救中心"}).Refused("SW-2325")
		w.Post("community", hand, j{"crew": "ambulance", "name": "王护士", "role": "随车护士", "org": "市急救中心", "proof": "苏A120"}).OK()
		w.Get("community", "/cases/"+id+"/response").OK(&r)
		if r.Running || r.Scene.Ended == "" || r.Scene.How.EN != "Handed over" {
			t.Fatalf("%+v", r.Scene)
		}
		took := r.Scene.Said[slices.IndexFunc(r.Scene.Said, func(h api.CustodyHalf) bool { return h.Verb == "take" })]
		if took.Named == nil || took.Named.Name != "王护士" || took.Named.Org != "市急救中心" || !took.Whole {
			t.Fatalf("%+v", took)
		}
		w.Post("community", hand, j{"crew": "ambulance", "name": "王护士", "role": "护士", "org": "市急救中心"}).Refused("SW-2322")
		w.Post(other, "/asks/"+ask.ID+"/answer", j{"answer": "yes"}).Refused("SW-1765") // nobody is called any more
		for _, e := range w.Entries(0) {
			for _, never := range []string{"王护士", "4711", "北门", near[0].Name} {
				if strings.HasPrefix(e.Verb, "alarm.") || strings.HasPrefix(e.Verb, "custody.") || strings.HasPrefix(e.Verb, "case.") {
					if strings.Contains(string(e.Payload), never) {
						t.Fatalf("the journal knows %s: %s %s", never, e.Verb, e.Payload)
					}
				}
			}
		}
	})
}

// Whoever was asked, said yes and is there takes the scene by one tap: both halves stand,
// no gap is left, the next one who comes does not take it away, and their own phone can
// hand it on or end it.
func TestWhoWasAskedTakesTheSceneOnTheirPhone(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		near := able(w, w.Place(apitest.Building), "medic", 2)
		id, _, err := w.API.OpenFor(t.Context(), w.Doors(apitest.Building)[0].ID, "alarm-ill", "slip-1")
		w.Must(err)
		me, other := w.HelperAccount(near[0].ID), w.HelperAccount(near[1].ID)
		ask := all[api.Ask](w, me, "/asks").Items[0]
		if ask.Scene != nil {
			t.Fatalf("a scene before the answer: %+v", ask.Scene)
		}
		at := "/asks/" + ask.ID + "/scene"
		w.Post(me, at, nil).Refused("SW-2337")
		w.Post("inspector", at, nil).Refused("SW-1010")
		w.Post(me, "/asks/"+ask.ID+"/answer", j{"answer": "yes"}).OK(&ask)
		if ask.Scene == nil || ask.Scene.State != "free" || ask.Scene.Who != "" {
			t.Fatalf("%+v", ask.Scene)
		}
		w.Pass(time.Minute)
		w.Post(me, at, nil).OK(&ask)
		if ask.Scene.State != "mine" {
			t.Fatalf("%+v", ask.Scene)
		}
		w.Post(me, at, nil).OK() // another tap
		var mine api.Items[api.Custody]
		if w.Get(me, "/custodies?mine=true").OK(&mine); len(mine.Items) != 1 || mine.Items[0].ID != ask.Scene.ID || mine.Items[0].Leg != "inside" {
			t.Fatalf("%+v", mine.Items)
		}
		one := custodyOf(w, id)
		if one.Keeper.Who != mine.Items[0].Keeper.Who || one.Keeper.Title.EN == "" || len(one.Said) != 2 || len(one.Gaps) != 0 || !one.Said[slices.IndexFunc(one.Said, func(h api.CustodyHalf) bool { return h.Verb == "take" })].Whole {
			t.Fatalf("%+v", one)
		}
		w.Pass(5 * time.Minute) // within the time of the leg nothing is missing
		if ks, err := w.Store.CustodiesDue(t.Context(), w.Clock(), 10); err != nil || len(ks) != 0 {
			t.Fatalf("%d due, %v", len(ks), err)
		}
		w.Post(other, "/asks/"+ask.ID+"/answer", j{"answer": "yes"}).OK(&ask)
		if ask.Scene == nil || ask.Scene.State != "taken" || ask.Scene.Who == "" {
			t.Fatalf("%+v", ask.Scene)
		}
		w.Post(other, at, nil).Refused("SW-2336")
		w.Post(me, "/custodies/"+ask.Scene.ID+"/give", j{"leg": "inside", "to": "acc-lead"}).OK()
		w.Post(me, "/custodies/"+ask.Scene.ID+"/recall", j{}).OK()
		w.Post("community", "/cases/"+id+"/response/hand", j{"crew": "ambulance", "name": "王护士", "role": "随车护士", "org": "市急救中心"}).OK()
		w.Post(other, at, nil).Refused("SW-2322")
		ask = all[api.Ask](w, me, "/asks").Items[0]
		if ask.Scene != nil {
			t.Fatalf("the scene of an alarm that is over: %+v", ask.Scene)
		}
	})
}

// Most who are asked have no account: the address in the message takes the scene as well,
// by the digits of their own number; the desk sees them by name and names the next.
func TestTheAddressInTheMessageTakesTheScene(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		ctx := t.Context()
		able(w, w.Place(apitest.Building), "medic", 1)
		id, _, err := w.API.OpenFor(ctx, w.Doors(apitest.Building)[0].ID, "alarm-ill", "slip-1")
		w.Must(err)
		ns, err := w.Store.NoticesAbout(ctx, id)
		w.Must(err)
		n := ns[0]
		r, _, err := w.Store.Receiver(ctx, n.ID, 1)
		w.Must(err)
		h, _, err := w.Store.Helper(ctx, r.HelperID)
		w.Must(err)
		tail, token := h.WorkPhone[len(h.WorkPhone)-4:], w.Store.AskToken(n.ID, 1)
		if _, _, err := w.API.AnswerByLink(ctx, n.ID, 1, token, "scene", tail); !errors.Is(err, api.ErrNotComing) {
			t.Fatal(err)
		}
		_, r, err = w.API.AnswerByLink(ctx, n.ID, 1, token, "yes", tail)
		w.Must(err)
		if state, _, _ := w.API.SceneByLink(ctx, n, r); state != "free" {
			t.Fatal(state)
		}
		if _, _, err := w.API.AnswerByLink(ctx, n.ID, 1, token, "scene", "0001"); !errors.Is(err, api.ErrTail) {
			t.Fatal(err)
		}
		_, r, err = w.API.AnswerByLink(ctx, n.ID, 1, token, "scene", tail)
		w.Must(err)
		if state, _, _ := w.API.SceneByLink(ctx, n, r); state != "mine" {
			t.Fatal(state)
		}
		one := custodyOf(w, id)
		if one.Keeper.Name != h.Name || one.Keeper.Title.ZH == "" || one.Leg != "inside" || len(one.Gaps) != 0 {
			t.Fatalf("%+v", one)
		}
		w.Post("community", "/custodies/"+one.ID+"/name", j{"leg": "inside", "to": "acc-lead"}).OK()
		if state, who, _ := w.API.SceneByLink(ctx, n, r); state != "taken" || who == "" {
			t.Fatal(state, who)
		}
	})
}

// A second tap at the same door waits with the first; a withdrawal by the page of an
// alarm that must be looked into is noted and nothing more; the desk's word ends it.
func TestAFalseAlarmEndsWhenSomebodyHasLooked(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		ctx, door := t.Context(), w.Doors(apitest.Building)[0]
		able(w, w.Place(apitest.Building), "order", 1)
		first, token, err := w.API.OpenFor(ctx, door.ID, "alarm-violence", "slip-1")
		w.Must(err)
		second, token2, err := w.API.OpenFor(ctx, door.ID, "alarm-violence", "slip-2")
		w.Must(err)
		if token == token2 || first == second {
			t.Fatal("somebody else's page was given away")
		}
		if k, _, _ := w.Store.Case(ctx, second); k.Same != first {
			t.Fatalf("not joined: %+v", k)
		}
		if ns, _ := w.Store.NoticesAbout(ctx, second); len(ns) != 0 {
			t.Fatal("the second alarm asked again")
		}
		ns, err := w.Store.NoticesAbout(ctx, first)
		w.Must(err)
		if len(ns) != 1 || ns[0].Kind != notice.Alarm {
			t.Fatalf("%+v", ns)
		}
		w.Must(w.API.SayCase(ctx, first, token, need.Withdraw, "", "", 0))
		var r api.Response
		w.Get("community", "/cases/"+first+"/response").OK(&r)
		if !r.Running || r.Withdrawn == "" || r.Joined != 1 {
			t.Fatalf("the page alone ended it: %+v", r)
		}
		w.Post("community", "/cases/"+first+"/withdraw", j{"words": "上门看过，电视声音"}).OK()
		w.Get("community", "/cases/"+first+"/response").OK(&r)
		if r.Running || r.Scene.How.EN != "Looked into: false alarm" {
			t.Fatalf("%+v", r)
		}
		if n, _, _ := w.Store.Notice(ctx, ns[0].ID); n.Open(w.Clock()) || n.Reason == "" {
			t.Fatal("those on the way were not told")
		}
		var list api.Items[api.Response]
		w.Get("community", "/responses").OK(&list)
		if k, _, _ := w.Store.Case(ctx, second); k.Same != "" || !k.Closed.IsZero() {
			t.Fatalf("the other one does not go on for itself: %+v", k)
		}
		// Somebody collapsed: whoever raised it may take it back at once.
		ill, token3, err := w.API.OpenFor(ctx, door.ID, "alarm-ill", "slip-3")
		w.Must(err)
		w.Must(w.API.SayCase(ctx, ill, token3, need.Withdraw, "", "", 0))
		if k, _, _ := w.Store.Case(ctx, ill); k.Closed.IsZero() {
			t.Fatal("not withdrawn")
		}
		w.Post("community", "/cases/"+ill+"/response/more", nil).Refused("SW-2322")
	})
}

// An alarm that nobody answers climbs, and so does a scene that nobody took.
func TestAnAlarmNobodyAnswersClimbs(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		var c api.Case
		w.Post("lead", "/cases", j{"item": "alarm-fire", "place_id": w.Doors(apitest.Building)[0].ID, "origin": "lead"}).OK(&c)
		if n := len(due(w)); n != 0 {
			t.Fatal("due at once:", n)
		}
		w.Pass(3*time.Minute + time.Second)
		for _, k := range due(w) {
			changes, err := w.API.MoveByClock(t.Context(), k, w.Clock(), "system")
			w.Must(err)
			w.Commit(changes...)
		}
		ks, err := w.Store.CustodiesDue(t.Context(), w.Clock(), 10)
		w.Must(err)
		if len(ks) != 1 {
			t.Fatalf("%d scenes are due", len(ks))
		}
		changes, err := w.API.AlarmByClock(t.Context(), ks[0], w.Clock(), "system")
		w.Must(err)
		w.Commit(changes...)
		var r api.Response
		w.Get("community", "/cases/"+c.ID+"/response").OK(&r)
		if r.Level != 1 || r.Scene.Level != 1 {
			t.Fatalf("level %d, scene %d", r.Level, r.Scene.Level)
		}
	})
}

// Alarms told at one door at the same moment are one: whoever comes is asked once, and a
// later one, when the first is over, is an alarm of its own.
func TestAlarmsAtOnceAreOneAlarm(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		ctx := t.Context()
		able(w, w.Place(apitest.Building), "medic", 2)
		door := w.Doors(apitest.Building)[0]
		for round := range 3 {
			var all sync.WaitGroup
			ids, errs := make([]string, 6), make([]error, 6)
			for i := range ids {
				all.Go(func() {
					ids[i], _, errs[i] = w.API.OpenFor(ctx, door.ID, "alarm-ill", fmt.Sprint("slip", round, "-", i))
				})
			}
			all.Wait()
			head, asked := "", 0
			for i, id := range ids {
				w.Must(errs[i])
				k, ok, err := w.Store.Case(ctx, id)
				w.Must(err)
				ns, err := w.Store.NoticesAbout(ctx, id)
				w.Must(err)
				asked += len(ns)
				switch {
				case !ok:
					t.Fatal("an alarm is lost")
				case k.Same == "" && head == "":
					head = id
				case k.Same == "":
					t.Error("a second alarm of its own at the same door")
				}
			}
			if asked != 1 {
				t.Fatalf("%d calls for help, want one", asked)
			}
			w.Post("community", "/cases/"+head+"/answer", j{"words": "已平息", "met_by": "community"}).OK()
		}
	})
}
