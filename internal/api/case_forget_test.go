package api_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"context"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/round"
	"shouwang/internal/store"
	"shouwang/internal/worker"
)

// clockwork gives the worker the cases of a world.
type clockwork struct {
	*store.Store
	api *api.Server
}

func (n clockwork) MoveByClock(ctx context.Context, k need.Case, now time.Time, by string) ([]journal.Change, error) {
	return n.api.MoveByClock(ctx, k, now, by)
}

func (n clockwork) AlarmByClock(ctx context.Context, k need.Custody, now time.Time, by string) ([]journal.Change, error) {
	return n.api.AlarmByClock(ctx, k, now, by)
}

func (c clockwork) LapseByClock(p round.Point, now time.Time, by string) []journal.Change {
	return c.api.LapseByClock(p, now, by)
}

func (c clockwork) GreetByClock(ctx context.Context, g round.Greeting, now time.Time, by string) ([]journal.Change, error) {
	return c.api.GreetByClock(ctx, g, now, by)
}

func (c clockwork) DoseByClock(ctx context.Context, d need.Dose, now time.Time, by string) ([]journal.Change, error) {
	return c.api.DoseByClock(ctx, d, now, by)
}

// What was said at the hand-overs of a case, its proofs and who took it without an
// account, is forgotten with the case.
func TestTheProofsOfACustodyAreForgottenWithItsCase(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		ctx := t.Context()
		kase, k := trip(w)
		at := "/custodies/" + k.ID
		w.Post("community", at+"/take", j{"leg": "hospital", "out": "reception", "proof": "诊断证明 8801", "name": "李医生", "role": "接诊", "org": "一院"}).OK()
		w.Post("community", at+"/take", j{"leg": "back", "name": "李医生"}).Refused("SW-2327")
		w.Post("community", at+"/end", j{"how": "admitted"}).OK()
		said, err := w.Store.Halves(ctx, k.ID, true)
		w.Must(err)
		if said[0].Proof != "诊断证明 8801" || said[0].Named != (need.Named{Name: "李医生", Role: "接诊", Org: "一院"}) {
			t.Fatalf("%+v", said[0])
		}
		w.Post("community", "/cases/"+kase+"/withdraw", j{"words": "办完了"}).OK()
		work := &worker.Worker{Store: w.Store, Keys: w.Seal, Needs: clockwork{w.Store, w.API}, Clock: w.Clock, Log: slog.New(slog.DiscardHandler)}
		w.Pass(366 * 24 * time.Hour)
		if _, err := work.Move(ctx, w.Clock()); err != nil {
			t.Fatal(err)
		}
		if said, err = w.Store.Halves(ctx, k.ID, true); err != nil || said[0].Proof != "" || !said[0].Named.Empty() {
			t.Fatalf("still readable: %+v %v", said[0], err)
		}
	})
}

// What was said of a closed case is kept for the time its item declares and then
// forgotten: the key is gone, the rows hold nothing, whoever asked is told, and it cannot
// be opened again. Another case keeps its words.
func TestAClosedCaseIsForgottenInItsTime(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		ctx, door := t.Context(), w.Doors(apitest.Building)[0]
		tell := func(slip string) (id, token string) {
			id, token, err := w.API.OpenFor(ctx, door.ID, "ask", slip)
			w.Must(err)
			w.Must(w.API.SayCase(ctx, id, token, need.Note, "胰岛素两支", "13800002222", 0))
			return id, token
		}
		done, token := tell("a")
		open, _ := tell("b")
		w.Must(w.API.SayCase(ctx, done, token, need.Withdraw, "已经有了", "", 0))
		k, _, err := w.Store.Case(ctx, done)
		w.Must(err)
		if want := w.Clock().AddDate(0, 0, 365); !k.Next.Equal(want) {
			t.Fatalf("kept until %v, not %v", k.Next, want)
		}
		work := &worker.Worker{Store: w.Store, Keys: w.Seal, Needs: clockwork{w.Store, w.API}, Clock: w.Clock, Log: slog.New(slog.DiscardHandler)}
		w.Pass(364 * 24 * time.Hour)
		if _, err := work.Move(ctx, w.Clock()); err != nil {
			t.Fatal(err)
		}
		if x, err := w.API.TrackCase(ctx, done, token); err != nil || x.Case.Words != "胰岛素两支" || !x.Case.Forgotten.IsZero() {
			t.Fatalf("forgotten before its time: %+v %v", x.Case, err)
		}
		w.Pass(25 * time.Hour)
		for range 2 { // once is enough, twice does no harm
			if _, err := work.Move(ctx, w.Clock()); err != nil {
				t.Fatal(err)
			}
		}
		x, err := w.API.TrackCase(ctx, done, token)
		w.Must(err)
		if x.Case.Forgotten.IsZero() || x.Case.Words+x.Case.Contact+x.Case.Reply != "" || len(x.Case.Sealed.Asked) != 0 || !x.Case.Next.IsZero() {
			t.Fatalf("%+v", x.Case)
		}
		for _, s := range x.Steps {
			if s.Words != "" {
				t.Errorf("a step still says %q", s.Words)
			}
		}
		forgotten := 0
		for _, e := range w.Entries(0) {
			if e.Verb == "case.forgotten" && e.ThingID == done {
				forgotten++
			}
		}
		if forgotten != 1 {
			t.Error(forgotten, "entries say that it was forgotten")
		}
		if err := w.API.SayCase(ctx, done, token, need.Reopen, "还是要", "", 0); err == nil || !strings.Contains(err.Error(), "SW-2401") {
			t.Error("what was forgotten was opened again:", err)
		}
		if other, _, err := w.Store.Case(ctx, open); err != nil || other.Words != "胰岛素两支" {
			t.Error("another case lost its words:", other.Words, err)
		}
	})
}

// A case that an earlier version closed, whose item does not say how long its words are
// kept, is forgotten a year after its end, on the day that the upgrade gives it (see the
// promise of the store), and with it the proofs of its hand-overs.
func TestACaseClosedLongAgoIsForgotten(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		ctx := t.Context()
		kase, k := trip(w)
		w.Post("community", "/custodies/"+k.ID+"/take", j{"leg": "hospital", "out": "reception", "proof": "诊断证明 8801", "name": "李医生", "role": "接诊", "org": "一院"}).OK()
		w.Post("community", "/custodies/"+k.ID+"/end", j{"how": "admitted"}).OK()
		w.Post("community", "/cases/"+kase+"/withdraw", j{"words": "办完了"}).OK()
		old, _, err := w.Store.Case(ctx, kase)
		w.Must(err)
		body, found, err := w.Store.KeptItem(ctx, old.Book)
		w.Must(err)
		x, err := need.ReadItem(body.Body)
		if w.Must(err); !found {
			t.Fatal("the case lost its item")
		}
		x.Keep = mode.Span{} // as items were kept before they said so
		bare := store.KeptItem{ID: x.Print()}
		bare.Body, err = x.Body()
		w.Must(err)
		before := old.Version
		old.Book, old.Next = bare.ID, old.Closed.Add(365*24*time.Hour)
		w.Commit(journal.Change{Row: &bare}, journal.Change{Row: &old, Base: before})
		work := &worker.Worker{Store: w.Store, Keys: w.Seal, Needs: clockwork{w.Store, w.API}, Clock: w.Clock, Log: slog.New(slog.DiscardHandler)}
		proof := func() string {
			said, err := w.Store.Halves(ctx, k.ID, true)
			w.Must(err)
			return said[0].Proof
		}
		for _, x := range []struct {
			pass time.Duration
			want string
		}{{364 * 24 * time.Hour, "诊断证明 8801"}, {25 * time.Hour, ""}} {
			w.Pass(x.pass)
			if _, err := work.Move(ctx, w.Clock()); err != nil {
				t.Fatal(err)
			}
			if got := proof(); got != x.want {
				t.Fatalf("the proof is %q, want %q", got, x.want)
			}
		}
		if old, _, err = w.Store.Case(ctx, kase); err != nil || old.Forgotten.IsZero() || old.Words != "" || !old.Next.IsZero() {
			t.Fatalf("%+v %v", old, err)
		}
	})
}
