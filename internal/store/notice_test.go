package store

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/notice"
)

func asked(w *world, n int) (notice.Notice, []any) {
	at := w.clock()
	x := notice.Notice{ID: "call1", Kind: notice.Call, PlaceID: "d", Path: "0.d.", Incident: "i1", Title: mode.Text{ZH: "集合", EN: "Come"}, Body: mode.Text{ZH: "请到社区门口"},
		Wants: notice.Answer, Turn: notice.OneByOne, Each: 5 * time.Minute, Wanted: 1, Author: "a", Sent: at, Until: at.Add(time.Hour)}
	rows := make([]any, n)
	for i := range rows {
		rows[i] = &notice.Receiver{NoticeID: x.ID, N: i + 1, HelperID: "h" + string(rune('a'+i)), PlaceID: "d", Path: "0.d."}
	}
	return x, rows
}

var _ = promised("a call and its receivers are there together or not at all", func(t *testing.T, w *world) {
	x, rows := asked(w, 3)
	act, err := w.Begin(w.ctx, "call.sent")
	if err != nil {
		t.Fatal(err)
	}
	if err := act.Insert(w.ctx, rows...); err != nil {
		t.Fatal(err)
	}
	if rs, err := w.Receivers(w.ctx, x.ID); err != nil || len(rs) != 0 {
		t.Fatal("seen before its act:", rs, err)
	}
	e := journal.Entry{At: w.clock(), Actor: "a", Verb: "call.sent", Thing: "notices", ThingID: x.ID, PlaceID: "d", Path: "0.d.", Incident: "i1", Audience: "work", Purpose: IncidentPurpose("i1")}
	if _, err := act.Finish(w.ctx, nil, nil, e, journal.Change{Row: &x}); err != nil {
		t.Fatal(err)
	}
	n, ok, err := w.Notice(w.ctx, x.ID)
	if err != nil || !ok || n.Title != x.Title || n.Each != x.Each || !n.Open(w.clock()) {
		t.Fatal(n, ok, err)
	}
	rs, err := w.Receivers(w.ctx, x.ID)
	if err != nil || len(rs) != 3 || rs[2].HelperID != "hc" {
		t.Fatal(rs, err)
	}

	// Two say yes at once to the one place: the second is decided again and refused.
	for i := range rs[:2] {
		rs[i] = notice.Turn(&n, rs[i], w.clock())
		must(t, w, journal.Change{Row: &rs[i], Base: rs[i].Version})
	}
	now := w.clock()
	n1, r1, err1 := notice.Reply(n, rs[0], notice.Yes, "a", now)
	n2, r2, err2 := notice.Reply(n, rs[1], notice.Yes, "b", now)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	must(t, w, journal.Change{Row: &r1, Base: rs[0].Version}, journal.Change{Row: &n1, Base: n.Version})
	if _, err := w.Commit(w.ctx, nil, nil, journal.Change{Row: &r2, Base: rs[1].Version}, journal.Change{Row: &n2, Base: n.Version}); err == nil {
		t.Fatal("two have the one place")
	}
	if last, err := w.LastAsked(w.ctx, []string{"ha", "hc", "nobody"}); err != nil || !last["ha"].Equal(now) || !last["hc"].IsZero() {
		t.Fatal(last, err)
	}
	whole, err1 := w.Receivers(w.ctx, x.ID)
	slim, err2 := w.Standing(w.ctx, x.ID)
	if err1 != nil || err2 != nil || len(slim) != len(whole) {
		t.Fatal(slim, err1, err2)
	}
	for _, at := range []time.Time{now, now.Add(2 * time.Hour), x.Until.Add(time.Hour)} {
		for i := range whole {
			if a, b := whole[i].State(&n, at), slim[i].State(&n, at); a != b || whole[i].N != slim[i].N || whole[i].Path != slim[i].Path {
				t.Fatalf("%d stands as %s whole and as %s where it is counted", i, a, b)
			}
		}
	}
	if some, err := w.ReceiversAt(w.ctx, x.ID, []int{3, 1}); err != nil || len(some) != 2 || some[0] != whole[0] || some[1] != whole[2] {
		t.Fatal(some, err)
	}
	told := notice.Notice{ID: "told1", Kind: notice.Told, PlaceID: "d", Path: "0.d.", Incident: "i1", Wants: notice.Reading, Turn: notice.Together, Sent: now, Until: now.Add(time.Hour)}
	heard := notice.Receiver{NoticeID: "told1", N: 1, HelperID: "hc", PlaceID: "d", Path: "0.d.", Asked: now}
	must(t, w, journal.Change{Row: &told}, journal.Change{Row: &heard})
	if last, err := w.LastAsked(w.ctx, []string{"hc"}); err != nil || !last["hc"].IsZero() {
		t.Fatal("who was only told something counts as asked:", last, err)
	}
	if due, err := w.ReceiversDue(w.ctx, now, 10); err != nil || len(due) != 1 || due[0].N != 2 {
		t.Fatal(due, err)
	}
	if mine, err := w.AsksOf(w.ctx, "ha", now.Add(-time.Hour)); err != nil || len(mine) != 1 || mine[0].Answer != notice.Yes {
		t.Fatal(mine, err)
	}
	if _, err := w.ForgetIncident(w.ctx, nil, "i1", journal.Entry{At: now, Actor: "system", Verb: "incident.erased", Thing: "incidents", ThingID: "i1", Path: "0.", Audience: "work", Purpose: RegisterPurpose}); err != nil {
		t.Fatal(err)
	}
	if rs, err := w.Receivers(w.ctx, x.ID); err != nil || len(rs) != 0 {
		t.Fatal("who was asked in a forgotten incident is still known:", rs, err)
	}
})

var _ = promised("the outbox keeps each message once, sealed, and forgets it", func(t *testing.T, w *world) {
	m := notice.Message{ID: "call1:1", To: "12900000009", Title: "集合", Body: "请到社区门口", Until: w.clock().Add(time.Hour)}
	for range 2 { // a try after a crash
		if err := w.PutOutbox(w.ctx, "sms", w.clock(), []notice.Message{m}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := w.Outbox(w.ctx, w.clock(), 10)
	if err != nil || len(got) != 1 || got[0].Message != m || got[0].Channel != "sms" {
		t.Fatal(got, err)
	}
	if file, ok := strings.CutPrefix(w.dsn, "sqlite:"); ok {
		for _, f := range []string{file, file + "-wal"} {
			if raw, err := os.ReadFile(f); err != nil || bytes.Contains(raw, []byte(m.To)) {
				t.Fatal("an address lies in clear in", f, err)
			}
		}
	}
	w.advance(time.Hour)
	if err := w.ClearOutbox(w.ctx, w.clock()); err != nil {
		t.Fatal(err)
	}
	if got, err := w.Outbox(w.ctx, time.Time{}, 10); err != nil || len(got) != 0 {
		t.Fatal(got, err)
	}
	if a, b := w.AskToken("call1", 1), w.AskToken("call1", 2); a == b || len(a) < 20 || a != w.AskToken("call1", 1) {
		t.Fatal(a, b)
	}
})
