package notice

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/internal/fault"
	"shouwang/internal/mode"
)

var start = time.Date(2026, 3, 8, 9, 0, 0, 0, time.UTC)

// history plays one notice with random answers and silences and holds what must be
// true after each step.
func history(t *rapid.T, turn string) {
	n := Notice{Wants: Answer, Turn: turn, Each: 5 * time.Minute, Until: start.Add(2 * time.Hour), Sent: start, Wanted: rapid.IntRange(0, 4).Draw(t, "wanted")}
	if turn == OneByOne && n.Wanted == 0 {
		n.Wanted = 1
	}
	rs := make([]Receiver, rapid.IntRange(0, 9).Draw(t, "receivers"))
	for i := range rs {
		rs[i].N = i + 1
	}
	now, asked := start, map[int]int{}
	for range rapid.IntRange(1, 60).Draw(t, "steps") {
		now = now.Add(time.Duration(rapid.IntRange(0, 400).Draw(t, "seconds")) * time.Second)
		m := Next(&n, rs, now)
		if m.Close != "" && len(m.Ask) > 0 {
			t.Fatal("asks and closes at once")
		}
		for _, i := range m.Ask {
			if asked[i]++; asked[i] > 1 {
				t.Fatal("asked twice")
			}
			rs[i] = Turn(&n, rs[i], now)
		}
		if turn == OneByOne && len(m.Ask) > 0 && n.Yes+thinking(rs, now) > n.Wanted {
			t.Fatalf("%d yes and %d thinking, %d wanted", n.Yes, thinking(rs, now), n.Wanted)
		}
		if m.Close != "" {
			n.Closed, n.Why = now, m.Close
		}
		if again := Next(&n, rs, now); len(again.Ask) > 0 || again.Close != "" {
			t.Fatalf("the same moment gives more to do: %+v", again)
		}
		if len(rs) > 0 && rapid.Bool().Draw(t, "somebody answers") {
			i := rapid.IntRange(0, len(rs)-1).Draw(t, "who")
			before := rs[i]
			n2, r2, err := Reply(n, rs[i], rapid.SampledFrom([]string{Yes, No, Later}).Draw(t, "answer"), "a", now)
			if err != nil {
				if rs[i] != before {
					t.Fatal("a refusal changed the receiver")
				}
				continue
			}
			n, rs[i] = n2, r2
		}
		yes := 0
		for i := range rs {
			if rs[i].Answer == Yes {
				yes++
			}
		}
		if n.Wanted > 0 && (yes > n.Wanted || yes != n.Yes) {
			t.Fatalf("%d said yes, %d counted, %d wanted", yes, n.Yes, n.Wanted)
		}
	}
	if !now.Before(n.Until) && Next(&n, rs, now).Close == "" && n.Closed.IsZero() {
		t.Fatal("open after its time")
	}
}

func TestOneByOne(t *testing.T) { rapid.Check(t, func(t *rapid.T) { history(t, OneByOne) }) }
func TestTogether(t *testing.T) { rapid.Check(t, func(t *rapid.T) { history(t, Together) }) }

func TestOrderOfAsking(t *testing.T) {
	n := Notice{Wants: Answer, Turn: OneByOne, Each: 5 * time.Minute, Wanted: 1, Until: start.Add(time.Hour)}
	rs := []Receiver{{N: 1}, {N: 2}, {N: 3}}
	step := func(at time.Duration, want ...int) Move {
		t.Helper()
		m := Next(&n, rs, start.Add(at))
		if len(m.Ask) != len(want) {
			t.Fatalf("at %v: %+v, want %v", at, m, want)
		}
		for k, i := range m.Ask {
			if i != want[k] {
				t.Fatalf("at %v: %+v, want %v", at, m, want)
			}
			rs[i] = Turn(&n, rs[i], start.Add(at))
		}
		return m
	}
	step(0, 0)
	step(4 * time.Minute)  // the first may still think
	step(5*time.Minute, 1) // silence makes room
	n, rs[1], _ = Reply(n, rs[1], No, "b", start.Add(6*time.Minute))
	step(6*time.Minute, 2) // a no makes room at once
	var err error
	n, rs[0], err = Reply(n, rs[0], Yes, "a", start.Add(7*time.Minute)) // late, and still welcome
	if err != nil || n.Why != Enough {
		t.Fatal(err, n.Why)
	}
	if _, _, err = Reply(n, rs[2], Yes, "c", start.Add(8*time.Minute)); fault.As(err).Code != ErrFilled.Code {
		t.Fatal("a second one was taken:", err)
	}
	if s := rs[2].State(&n, start.Add(8*time.Minute)); s != "spared" {
		t.Fatal(s)
	}
}

func TestChannelsInTurn(t *testing.T) {
	n, r := Notice{Wants: Answer, Turn: Together, Until: start.Add(time.Hour)}, Receiver{N: 1}
	r = Turn(&n, r, start)
	have := []string{"push", "sms"}
	for i, want := range []struct {
		at    time.Duration
		name  string
		taken bool
	}{{0, "push", false}, {0, "sms", true}} {
		if !Sendable(&n, &r, start.Add(want.at)) {
			t.Fatal(i, "not to be sent")
		}
		name, ok := Which(&r, have)
		if !ok || name != want.name {
			t.Fatal(i, name)
		}
		r = Deliver(r, name, want.taken, len(have)-r.Tries-1, start.Add(want.at))
	}
	if Sendable(&n, &r, start.Add(4*time.Minute)) {
		t.Fatal("no patience")
	}
	at := start.Add(patience)
	if _, ok := Which(&r, have); ok || !Sendable(&n, &r, at) {
		t.Fatal("a third channel out of nowhere")
	}
	r = Deliver(r, "", false, 0, at)
	if r.Failed != NotOpened || r.State(&n, at) != "unreached" || Sendable(&n, &r, at.Add(time.Hour)) {
		t.Fatalf("%+v", r)
	}
	if r = Read(&n, r, at); r.State(&n, at) != "read" {
		t.Fatal("opened late is opened")
	}
	if x := Deliver(Receiver{}, "", false, 0, at); x.Failed != NoAddress {
		t.Fatal(x.Failed)
	}
}

func TestCheck(t *testing.T) {
	good := Notice{Title: mode.Text{ZH: "请来帮忙"}, Body: mode.Text{ZH: "今晚八点在社区门口集合。"}, Turn: Together, Until: start.Add(time.Hour)}
	if err := Check(&good, start); err != nil {
		t.Fatal(err)
	}
	for code, spoil := range map[string]func(*Notice){
		"SW-1760": func(n *Notice) { n.Title.ZH = " " },
		"SW-1761": func(n *Notice) { n.Until = start },
		"SW-1762": func(n *Notice) { n.Wanted = -1 },
	} {
		bad := good
		spoil(&bad)
		if err := Check(&bad, start); fault.As(err).Code != code {
			t.Error(code, err)
		}
	}
	if n, err := Withdraw(good, "弄错了地点", start); err != nil || n.Why != Withdrawn || n.Open(start) {
		t.Error(n, err)
	}
	if _, err := Withdraw(good, "", start); fault.As(err).Code != ErrReason.Code {
		t.Error(err)
	}
}
