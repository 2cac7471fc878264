package store

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/people"
)

var _ = promised("what is private of a helper is sealed, found by its index, carried along, and gone with the key", func(t *testing.T, w *world) {
	h := people.Helper{ID: "h1", Number: "V1", Name: "周", Kind: "volunteer", PlaceID: "d", Path: "0.d.", Joined: w.clock(), Available: []people.Window{{Day: 6, From: 540, To: 600}}}
	in := people.Private{Phone: "12900000009", Limits: []string{"night"}, Note: "家有老人", Guardian: people.Guardian{Name: "周父", Phone: "12900000008"}, Mail: "zhou@example.cn"}
	if err := w.SealHelper(w.ctx, &h, in); err != nil {
		t.Fatal(err)
	}
	for _, b := range [][]byte{h.Sealed.Phone, h.Sealed.Limits, h.Sealed.Guardian, h.Sealed.Mail} {
		if len(b) == 0 || bytes.Contains(b, []byte("129000")) || bytes.Contains(b, []byte("night")) || bytes.Contains(b, []byte("zhou")) {
			t.Fatalf("%q", b)
		}
	}
	must(t, w, journal.Change{Row: &h, Entry: journal.Entry{At: w.clock(), Actor: "a", Verb: "helper.added", Thing: "helpers", ThingID: h.ID, Audience: "work", Purpose: PeoplePurpose}})
	got, err := w.HelpersByPhone(w.ctx, "12900000009")
	if err != nil || len(got) != 1 || got[0].Available[0].Day != 6 || !got[0].Joined.Equal(h.Joined) {
		t.Fatal(got, err)
	}
	row := got[0]
	base := row.Version
	row.Hours = 3 // a change of something else keeps what is sealed
	must(t, w, journal.Change{Row: &row, Base: base, Entry: journal.Entry{At: w.clock(), Actor: "a", Verb: "helper.changed", Thing: "helpers", ThingID: h.ID, Audience: "work", Purpose: PeoplePurpose}})
	row, _, err = w.Helper(w.ctx, "h1")
	if err != nil {
		t.Fatal(err)
	}
	out, err := w.OpenHelper(w.ctx, &row, HelperFields()...)
	if err != nil || out.Phone != in.Phone || !slices.Equal(out.Limits, in.Limits) || out.Note != in.Note || out.Guardian != in.Guardian || out.Mail != in.Mail {
		t.Fatalf("%+v %v", out, err)
	}
	if p, err := w.OpenHelper(w.ctx, &row, HelperPhone); err != nil || p.Note != "" || p.Guardian.Name != "" || p.Mail != "" {
		t.Fatalf("more was opened than asked: %+v %v", p, err)
	}
	hs := []people.Helper{row, {ID: "h2"}}
	if n, err := w.OpenLimits(w.ctx, hs); err != nil || n != 1 || !slices.Equal(hs[0].Limits, in.Limits) {
		t.Fatal(n, err, hs[0].Limits)
	}
	on, err := w.Reached(w.ctx, hs)
	if err != nil || !on["h1"]["mail"] || on["h2"]["mail"] {
		t.Fatal(on, err)
	}
	for channel, want := range map[string]string{"mail": in.Mail, "sms": in.Phone} {
		if at, err := w.Addresses(w.ctx, channel, hs); err != nil || len(at) != 1 || at["h1"] != want {
			t.Fatal(channel, at, err)
		}
	}
	if err := w.ForgetHelper(w.ctx, "h1"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.OpenHelper(w.ctx, &row, HelperPhone); err == nil {
		t.Fatal("still read after its key was destroyed")
	}
})

var _ = promised("a code opens once, however many try at one time", func(t *testing.T, w *world) {
	now := w.clock()
	c := people.Code{ID: "t1", Purpose: people.ToJoin, PlaceID: "d", Phone: w.HelperPhoneIndex("12900000009"), Hash: w.CodeHash("t1", "123456"), Made: now, Until: now.Add(people.CodeLife)}
	must(t, w, journal.Change{Row: &c, Entry: journal.Entry{At: now, Actor: "", Verb: "code.made", Thing: "phone_codes", ThingID: c.ID, Audience: "audit", Purpose: PeoplePurpose}})
	got, ok, err := w.PhoneCode(w.ctx, "t1")
	if err != nil || !ok {
		t.Fatal(err)
	}
	if _, ok := got.Open(people.ToJoin, w.CodeHash("t1", "654321"), now); ok {
		t.Fatal("opened by a wrong code")
	}
	if _, ok := got.Open(people.ToEnter, w.CodeHash("t1", "123456"), now); ok {
		t.Fatal("opened for another purpose")
	}
	if _, ok := got.Open(people.ToJoin, w.CodeHash("t1", "123456"), now.Add(people.CodeLife)); ok {
		t.Fatal("opened after its time")
	}
	used, ok := got.Open(people.ToJoin, w.CodeHash("t1", "123456"), now)
	if !ok {
		t.Fatal("not opened by its code")
	}
	e := journal.Entry{At: now, Actor: "a", Verb: "code.used", Thing: "phone_codes", ThingID: c.ID, Audience: "audit", Purpose: PeoplePurpose}
	must(t, w, journal.Change{Row: &used, Base: got.Version, Entry: e})
	twice := used
	if _, err := w.Commit(w.ctx, nil, nil, journal.Change{Row: &twice, Base: got.Version, Entry: e}); err == nil {
		t.Fatal("used twice")
	}
	if n, err := w.CodesSince(w.ctx, c.Phone, now.Add(-time.Hour)); err != nil || n != 1 {
		t.Fatal(n, err)
	}
})
