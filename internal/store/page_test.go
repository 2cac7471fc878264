package store

import (
	"errors"
	"testing"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

var _ = promised("a replaced code stops with the write that replaces it, and no token lies in the data", func(t *testing.T, w *world) {
	issue := func(q access.QR, base int64) (string, error) {
		q.Nonce = access.QRNonce()
		token := w.QRToken(q.PlaceID, q.Nonce)
		q.Hash = access.HashQR(token)
		_, err := w.Commit(w.ctx, nil, nil, journal.Change{Row: &q, Base: base, Entry: journal.Entry{Verb: "qr.issued", Thing: "place_qr", ThingID: q.PlaceID}})
		return token, err
	}
	old, err := issue(access.QR{PlaceID: "7"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	q, ok, err := w.QRByHash(w.ctx, access.HashQR(old))
	if err != nil || !ok || q.PlaceID != "7" || w.QRToken("7", q.Nonce) != old {
		t.Fatalf("the issued code: %+v %v %v", q, ok, err)
	}
	fresh, err := issue(q, q.Version)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok, _ := w.QRByHash(w.ctx, access.HashQR(old)); ok {
		t.Error("the old code still opens")
	}
	if q, ok, _ := w.QRByHash(w.ctx, access.HashQR(fresh)); !ok || q.Version != 2 {
		t.Errorf("the new code: %+v %v", q, ok)
	}
	if _, err := issue(q, q.Version); !errors.Is(err, ErrConflict) {
		t.Errorf("replacing what was replaced meanwhile: %v", err)
	}
})

var _ = promised("the nearest contact card on the path is the place's", func(t *testing.T, w *world) {
	for _, c := range []territory.Contact{{PlaceID: "1", Card: territory.Card{Phone: "1"}}, {PlaceID: "4", Card: territory.Card{Phone: "4", Updates: []string{"20:00"}}}} {
		if _, err := w.Commit(w.ctx, nil, nil, journal.Change{Row: &c, Entry: journal.Entry{Verb: "contact.set", Thing: "contacts", ThingID: c.PlaceID}}); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]string{"1.": "1", "1.2.": "1", "1.2.4.": "4", "1.2.4.9.": "4", "8.9.": ""} {
		c, ok, err := w.ContactAt(w.ctx, path)
		if err != nil || ok != (want != "") || c.Card.Phone != want {
			t.Errorf("%s: %+v %v %v, want %q", path, c, ok, err, want)
		}
	}
})
