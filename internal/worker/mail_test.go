package worker

import (
	"strings"
	"testing"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/notice"
	"shouwang/internal/notice/posttest"
	"shouwang/internal/people"
)

// A notice goes by mail to a server that takes it or refuses it; whom it refuses the
// next channel reaches in the same round of work, and nobody gets it twice.
func TestMailThatIsRefusedGoesTheNextWay(t *testing.T) {
	server := posttest.New(t, func(*posttest.Post) {})
	m, err := notice.ReadMail(server.URL("smtp"), "守望 <desk@example.cn>")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	m.TLS, m.Clock = server.Trust, func() time.Time { return w.now }
	w.Post = &Post{Desk: w.store, Channels: []notice.Channel{m, notice.Inbox{}}, Public: "https://x"}
	x := notice.Notice{ID: "n1", Kind: notice.Call, Path: "0.", PlaceID: "0", Title: mode.Text{ZH: "召令"}, Body: mode.Text{ZH: "今晚八点集合"}, Wants: notice.Answer, Turn: notice.Together, Sent: w.now, Until: w.now.Add(time.Hour)}
	w.write(&x)
	for i, address := range []string{"yes@example.cn", "no@example.cn", ""} {
		h := people.Helper{ID: "h" + string(rune('1'+i)), AccountID: "a"}
		h.Number = h.ID
		if err := w.store.SealHelper(w.ctx, &h, people.Private{Mail: address}); err != nil {
			t.Fatal(err)
		}
		r := notice.Turn(&x, notice.Receiver{NoticeID: "n1", N: i + 1, HelperID: h.ID}, w.now)
		w.write(&h, &r)
	}
	for range 4 { // a refusal is followed by the next channel at once, not after a wait
		if _, err := w.Notices(w.ctx, w.now); err != nil {
			t.Fatal(err)
		}
	}
	for n, want := range []struct {
		channel string
		tries   int
	}{{"mail", 1}, {"app", 2}, {"app", 1}} {
		if _, r := w.receiver(n + 1); r.Channel != want.channel || r.Tries != want.tries || r.Handed.IsZero() || r.Failed != "" {
			t.Errorf("%d: %+v", n+1, r)
		}
	}
	server.Mu.Lock()
	defer server.Mu.Unlock()
	if len(server.Got) != 1 || !strings.Contains(server.Got["yes@example.cn"], "Subject: ") || server.Clear > 0 {
		t.Fatalf("%v, %d in clear", server.Got, server.Clear)
	}
}
