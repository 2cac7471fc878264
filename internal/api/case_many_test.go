package api_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/need"
	"shouwang/internal/notice"
)

// One answer answers many like questions in one act; each resident speaks for
// themselves, and one question of another kind refuses the whole.
func TestOneAnswerAnswersManyAndEachConfirms(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		var ids, tokens []string
		for i, door := range w.Doors(apitest.Building)[:4] {
			id, token, err := w.API.OpenFor(t.Context(), door.ID, []string{"medicine", "medicine", "medicine", "ask"}[i], strconv.Itoa(i))
			w.Must(err)
			ids, tokens = append(ids, id), append(tokens, token)
		}
		stage := func(i int) api.Case {
			var c api.Case
			w.Get("commander", "/cases/"+ids[i]).OK(&c)
			return c
		}
		answer := j{"words": "药店明早送到各家门口", "met_by": "community"}
		answer["also"] = []string{ids[1], ids[3]}
		w.Post("community", "/cases/"+ids[0]+"/answer", answer).Refused("SW-2409")
		answer["also"] = []string{ids[1], "nothing"}
		w.Post("community", "/cases/"+ids[0]+"/answer", answer).Refused("SW-1010")
		if stage(0).Stage != "waiting" || stage(1).Stage != "waiting" {
			t.Fatal("a refused answer changed something")
		}
		answer["also"] = []string{ids[0], ids[1], ids[2], ids[2]}
		w.Post("community", "/cases/"+ids[0]+"/answer", answer).OK()
		for i := range 3 {
			if c := stage(i); c.Stage != "answered" || c.Reply != "药店明早送到各家门口" || c.Steps[len(c.Steps)-1].Verb != "answer" {
				t.Fatalf("%d: %+v", i, c)
			}
		}
		w.Must(w.API.SayCase(t.Context(), ids[1], tokens[1], need.Confirm, "", "", 3))
		w.Must(w.API.SayCase(t.Context(), ids[2], tokens[2], need.Reopen, "还没送来", "", 0))
		if a, b, c := stage(0), stage(1), stage(2); a.Stage != "answered" || b.Stage != "closed" || c.Stage != "taken" || c.Same != "" {
			t.Fatal("one resident spoke for another:", a.Stage, b.Stage, c.Stage)
		}
		var back api.Case
		w.Get("community", "/cases/"+ids[2]).OK(&back)
		if back.ForMe != "reopened" {
			t.Fatalf("it came back to who answered, who is not told: %q", back.ForMe)
		}
	})
}

// Whoever a case comes to is told, with a number and nothing of what was asked: when it
// is assigned, sent back, offered, granted by silence and when it climbed. The desk
// takes back what it assigned wrongly.
func TestWhoeverACaseComesToIsTold(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		all, err := w.Store.HelpersUnder(t.Context(), w.Place(apitest.Community).Path)
		w.Must(err)
		worker, police := w.HelperAccount(all[0].ID), w.HelperAccount(all[1].ID)
		w.Grant(worker, access.Community, apitest.Community, access.Static)
		w.Grant(police, access.Police, apitest.Community, access.Static)
		told := func(title string) (who []string) {
			ns, err := w.Store.Notices(t.Context(), notice.Told, w.Place(apitest.City).Path, 100)
			w.Must(err)
			for _, n := range ns {
				if n.Thing != "cases" || !strings.Contains(n.Title.ZH, title) {
					continue
				}
				if strings.Contains(n.Body.ZH+n.Title.ZH, "降压药") || n.Wants != notice.Nothing {
					t.Fatalf("%+v", n)
				}
				rs, err := w.Store.Receivers(t.Context(), n.ID)
				w.Must(err)
				for _, r := range rs {
					who = append(who, r.HelperID)
				}
			}
			return who
		}
		only := func(title, helper string) {
			t.Helper()
			if who := told(title); len(who) != 1 || who[0] != helper {
				t.Fatalf("%s: told %v, not %s", title, who, helper)
			}
		}
		id, token, err := w.API.OpenFor(t.Context(), w.Doors(apitest.Building)[0].ID, "medicine", "one")
		w.Must(err)
		w.Must(w.API.SayCase(t.Context(), id, token, need.Note, "降压药", "", 0))
		at := "/cases/" + id
		w.Post("community", at+"/assign", j{"who": "acc-" + worker}).OK()
		only("派给您", worker)
		w.Post("police", at+"/release", j{}).Refused("SW-1010")
		var c api.Case
		w.Post("community", at+"/release", j{}).OK(&c)
		if c.Stage != "waiting" || c.ForMe != "desk" {
			t.Fatalf("the desk did not take it back: %+v", c)
		}
		w.Post("community", at+"/assign", j{"who": "acc-" + worker}).OK()
		w.Post(worker, at+"/answer", j{"words": "已送到", "met_by": "community"}).OK()
		w.Must(w.API.SayCase(t.Context(), id, token, need.Reopen, "不是这种", "", 0))
		only("没办好", worker)
		w.Post(worker, at+"/transfer", j{"role": "police", "words": "要民警看"}).OK()
		only("转给您", police)
		w.Get(police, at).OK(&c)
		if c.ForMe != "offered" {
			t.Fatalf("%+v", c)
		}
		tick := func(d time.Duration) {
			w.Pass(d)
			for _, k := range due(w) {
				changes, err := w.API.MoveByClock(t.Context(), k, w.Clock(), "system")
				w.Must(err)
				w.Commit(changes...)
			}
		}
		tick(100 * time.Hour)
		only("没人回音", police)
		hushed, _, err := w.API.OpenFor(t.Context(), w.Doors(apitest.Building)[0].ID, "counselling", "two")
		w.Must(err)
		tick(100 * time.Hour)
		if who := told("没动静"); !slices.Contains(who, worker) || slices.Contains(who, police) {
			t.Fatal("it climbed to the community and told", who)
		}
		if ns, err := w.Store.NoticesAbout(t.Context(), hushed); err != nil || len(ns) != 0 {
			t.Fatal("word of what was told in confidence went out", ns, err)
		}
	})
}
