package store

import (
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people/calendar"
)

var _ = promised("a calendar comes back as it was told, and a token opens its own alone", func(t *testing.T, w *world) {
	at := w.clock().UTC().Truncate(time.Second)
	f := calendar.Feed{HelperID: "h1", Nonce: access.QRNonce(), Made: at, Told: []calendar.Event{{UID: "shift-1", Title: mode.Text{ZH: "守楼", EN: "Watch"}, Place: "一号楼", From: at, Until: at.Add(time.Hour), Seq: 3, Changed: at, Dropped: true}}}
	token := w.CalendarToken(f.HelperID, f.Nonce)
	f.Hash = access.HashQR(token)
	must(t, w, journal.Change{Row: &f})
	got, ok, err := w.CalendarByHash(w.ctx, access.HashQR(token))
	if err != nil || !ok || got.HelperID != "h1" || !got.Made.Equal(at) || len(got.Told) != 1 || got.Told[0] != f.Told[0] {
		t.Fatalf("%+v %v %v", got, ok, err)
	}
	for _, wrong := range []string{"", "x", access.HashQR(w.CalendarToken("h2", f.Nonce)), access.HashQR(w.CalendarToken("h1", access.QRNonce())), access.HashQR(w.CertificateToken("h1", f.Nonce))} {
		if _, ok, err := w.CalendarByHash(w.ctx, wrong); ok || err != nil {
			t.Fatal("a wrong token opens", ok, err)
		}
	}
	stale := got
	stale.Version = 0
	if _, err := w.Commit(w.ctx, nil, nil, journal.Change{Row: &stale, Base: 7}); err == nil {
		t.Fatal("two readers at once both wrote what was told")
	}
})
