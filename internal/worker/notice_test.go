package worker

import (
	"context"
	"errors"
	"testing"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/notice"
	"shouwang/internal/people"
)

// line is a channel that a test can cut.
type line struct {
	name string
	cut  bool
	got  map[string]int
}

func (l *line) Name() string { return l.name }

func (l *line) Send(_ context.Context, batch []notice.Message) []error {
	out := make([]error, len(batch))
	for i, m := range batch {
		if l.cut {
			out[i] = errors.New("cut")
			continue
		}
		l.got[m.To]++
	}
	return out
}

func (w *world) notices(n int) {
	w.t.Helper()
	if got, err := w.Notices(w.ctx, w.now); err != nil || got != n {
		w.t.Fatalf("%d moved on, expected %d: %v", got, n, err)
	}
}

func (w *world) receiver(n int) (notice.Notice, notice.Receiver) {
	w.t.Helper()
	x, ok, err := w.store.Notice(w.ctx, "n1")
	if err != nil || !ok {
		w.t.Fatal(ok, err)
	}
	r, ok, err := w.store.Receiver(w.ctx, "n1", n)
	if err != nil || !ok {
		w.t.Fatal(ok, err)
	}
	return x, r
}

// A search for one replacement asks one after another, tries the channels in turn,
// forgets nothing over a restart, and stops when the time is over.
func TestNoticesMoveOn(t *testing.T) {
	w := newWorld(t)
	sms := &line{name: "sms", got: map[string]int{}}
	post := func() {
		w.Post = &Post{Desk: w.store, Channels: []notice.Channel{sms, notice.Inbox{}}, Public: "https://x"}
	}
	post()
	x := notice.Notice{ID: "n1", Kind: notice.Replace, Path: "0.", PlaceID: "0", Title: mode.Text{ZH: "顶班"}, Body: mode.Text{ZH: "今晚六点"}, Wants: notice.Answer,
		Turn: notice.OneByOne, Each: 5 * time.Minute, Wanted: 1, Sent: w.now, Until: w.now.Add(time.Hour)}
	w.write(&x)
	for i, h := range []people.Helper{{WorkPhone: "12900000001", AccountID: "a1"}, {WorkPhone: "12900000002"}, {}} {
		h.ID, h.Number = "h"+string(rune('1'+i)), "v"+string(rune('1'+i))
		w.write(&h, &notice.Receiver{NoticeID: "n1", N: i + 1, HelperID: h.ID})
	}
	sms.cut = true
	w.notices(2) // the first is asked; the line is cut, so it lies in their account
	if _, r := w.receiver(1); r.Asked.IsZero() || r.Channel != "app" || r.Tries != 2 || sms.got["12900000001"] != 0 {
		t.Fatalf("%+v", r)
	}
	w.notices(0) // nothing twice
	if _, r := w.receiver(2); !r.Asked.IsZero() {
		t.Fatal("two are asked for one place")
	}
	sms.cut, w.now = false, w.now.Add(5*time.Minute)
	w.reopen()
	post()
	w.notices(2) // silence: the second is asked, by the line that is whole again
	if _, r := w.receiver(2); sms.got["12900000002"] != 1 || r.Handed.IsZero() {
		t.Fatalf("%+v %v", r, sms.got)
	}
	if x, r := w.receiver(1); r.State(&x, w.now) != "unreached" || r.Failed != notice.NotOpened {
		t.Fatalf("%+v", r)
	}
	w.now = w.now.Add(5 * time.Minute)
	w.notices(1) // the third has no address at all: somebody has to go there
	if x, r := w.receiver(3); r.State(&x, w.now) != "unreached" || r.Failed != notice.NoAddress {
		t.Fatalf("%+v", r)
	}
	w.now = w.now.Add(5 * time.Minute)
	w.notices(0)
	if x, _ := w.receiver(1); x.Why != notice.NobodyLeft {
		t.Fatalf("%+v", x)
	}
	w.notices(0)
	if sms.got["12900000002"] != 1 {
		t.Fatal("sent twice:", sms.got)
	}
}
