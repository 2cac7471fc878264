package store

import (
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people/service"
)

var _ = promised("hours and certificates come back as they were written, and a token opens its own alone", func(t *testing.T, w *world) {
	at := w.clock()
	x := service.Stood("s1", "h1", "d", "0.d.", "i1", "p1", mode.Text{ZH: "守楼", EN: "Watch"}, at.Add(-4*time.Hour), at)
	x.WasFrom, x.WasUntil, x.By, x.Reason, x.Objection, x.Objected = at.Add(-5*time.Hour), at, "a", "晚到", "没有", at
	x.Proposal = service.Proposal{From: at.Add(-3 * time.Hour), Until: at, By: "h2", Why: "晚到", At: at}
	c, err := service.Certify(service.Certificate{ID: "c1", HelperID: "h1", Name: "甲", Roll: "V1", PlaceID: "d", Path: "0.d.", Issuer: "社区", Contact: "8800", Author: "a", Nonce: access.QRNonce()}, []service.Stretch{x}, at.Add(-9*time.Hour), at.Add(time.Hour), at, 5)
	if err != nil {
		t.Fatal(err)
	}
	token := w.CertificateToken(c.ID, c.Nonce)
	c.Hash = access.HashQR(token)
	must(t, w, journal.Change{Row: &x}, journal.Change{Row: &c})
	if got, err := w.Services(w.ctx, "h1"); err != nil || len(got) != 1 || got[0] != x {
		t.Fatalf("%+v %v", got, err)
	}
	if of, err := w.ServicesOf(w.ctx, []string{"h1", "h2"}, at.Add(-time.Minute)); err != nil || len(of) != 1 || of[0] != x {
		t.Fatalf("%+v %v", of, err)
	}
	if of, err := w.ServicesOf(w.ctx, []string{"h1"}, at.Add(time.Minute)); err != nil || len(of) != 0 {
		t.Fatalf("%+v %v", of, err)
	}
	got, ok, err := w.CertificateByHash(w.ctx, access.HashQR(token))
	if err != nil || !ok || got.Number != c.Number || got.Minutes != 240 || got.Lines[0].Title.EN != "Watch" || !got.Made.Equal(at) {
		t.Fatalf("%+v %v %v", got, ok, err)
	}
	for _, wrong := range []string{"", "x", access.HashQR(w.CertificateToken("c2", c.Nonce)), access.HashQR(w.CertificateToken(c.ID, access.QRNonce()))} {
		if _, ok, err := w.CertificateByHash(w.ctx, wrong); ok || err != nil {
			t.Fatal("a wrong token opens", ok, err)
		}
	}
	twin := c
	twin.ID, twin.Hash, twin.Version = "c2", "else", 0
	if _, err := w.Commit(w.ctx, nil, nil, journal.Change{Row: &twin}); err == nil {
		t.Fatal("one number on two certificates")
	}
})
