package unit

import (
	"testing"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people/service"
)

var t0 = time.Date(2026, 3, 7, 0, 0, 0, 0, time.UTC)

// Sharing wants a yes to the present words; leaving ends it; whoever comes back is not
// shared until they say so again.
func TestSharingIsConsent(t *testing.T) {
	p := Presence{HelperID: "h", UnitID: "u", How: Lives}
	if _, err := CheckIn(Presence{}, Presence{HelperID: "h", UnitID: "u"}, "", t0); err == nil {
		t.Fatal("neither lives nor is stationed there")
	}
	p.Shares = true
	for _, wording := range []string{"", "2020-01"} {
		if _, err := CheckIn(Presence{}, p, wording, t0); err == nil {
			t.Fatal("shared on old words:", wording)
		}
	}
	in, err := CheckIn(Presence{}, p, Wording, t0)
	if err != nil || !in.Shares || in.Consent != Wording || !in.In() {
		t.Fatal(in, err)
	}
	p.Shares = false
	off, err := CheckIn(in, p, "", t0.Add(time.Hour))
	if err != nil || off.Shares || off.Consent != "" || !off.Since.Equal(in.Since) {
		t.Fatal(off, err)
	}
	left, err := Leave(in, t0.Add(time.Hour))
	if err != nil || left.Shares || left.In() {
		t.Fatal(left, err)
	}
	if _, err := Leave(left, t0); err == nil {
		t.Fatal("left twice")
	}
	back, err := CheckIn(left, p, "", t0.Add(2*time.Hour))
	if err != nil || back.Shares || !back.In() || !back.Since.Equal(t0.Add(2*time.Hour)) {
		t.Fatal(back, err)
	}
}

// What somebody did is said once a month, however often, from their check-in on.
func TestDeedsSayWhatNotHowOften(t *testing.T) {
	watch, carry := mode.Text{ZH: "守楼", EN: "Watch"}, mode.Text{ZH: "送菜", EN: "Delivery"}
	at := func(d int, title mode.Text) service.Stretch {
		from := t0.AddDate(0, 0, d)
		return service.Stood("x", "h", "p", "c.", "", "q", title, from, from.Add(3*time.Hour))
	}
	struck := at(3, carry)
	struck.Struck = true
	all := []service.Stretch{at(-2, carry), at(1, watch), at(2, watch), at(5, watch), struck, at(40, carry)}
	got := Deeds(&Presence{Since: t0}, all, time.UTC, func(string) string { return "c" })
	if len(got) != 2 || got[0] != (Deed{"2026-04", carry, "c"}) || got[1] != (Deed{"2026-03", watch, "c"}) {
		t.Fatalf("%+v", got)
	}
}

// An organisation has a name and a kind.
func TestCheck(t *testing.T) {
	for _, bad := range []Unit{{Kind: "party"}, {Name: " ", Kind: "party"}, {Name: "学校", Kind: "club"}} {
		if bad.Check() == nil {
			t.Errorf("%+v", bad)
		}
	}
}
