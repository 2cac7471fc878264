package shift_test

import (
	"testing"
	"time"

	"shouwang/internal/people/shift"
)

// A shift is stood by coming to it in an emergency, or when somebody says so after it;
// never before, never by nobody, and missed is taken back by saying that it was stood.
func TestWhatBecameOfAShift(t *testing.T) {
	h := func(n float64) time.Time { return midnight.Add(time.Duration(n * float64(time.Hour))) }
	x := shift.Shift{ID: "x", HelperID: "h", State: shift.Planned, From: h(8), Until: h(12)}
	for name, c := range map[string]struct {
		force bool
		at    float64
		state string
		ok    bool
	}{
		"in an emergency":   {true, 7.5, shift.Planned, true},
		"late":              {true, 11.9, shift.Planned, true},
		"in ordinary times": {false, 8, shift.Planned, false},
		"much too early":    {true, 6.5, shift.Planned, false},
		"over":              {true, 12, shift.Planned, false},
		"nobody's":          {true, 8, shift.Open, false},
	} {
		y := x
		y.State = c.state
		if got, err := shift.Come(y, c.force, h(c.at)); (err == nil) != c.ok || c.ok && (got.State != shift.Done || !got.Came.Equal(h(c.at))) {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
	if _, err := shift.Confirm(x, h(11)); err == nil {
		t.Error("stood before it is over")
	}
	done, err := shift.Confirm(x, h(11.9))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, ok := done.Stretch(h(11)); ok {
		t.Error("hours that lie ahead count")
	}
	if from, until, ok := done.Stretch(h(13)); !ok || !from.Equal(h(8)) || !until.Equal(h(12)) {
		t.Error(from, until, ok)
	}
	late, err := shift.Come(x, true, h(9))
	if err != nil {
		t.Fatal(err)
	}
	if from, _, ok := late.Stretch(h(13)); !ok || !from.Equal(h(9)) {
		t.Error("who came late stood from the start")
	}
	if _, err := shift.Miss(x, h(11)); err == nil {
		t.Error("missed before it is over")
	}
	missed, err := shift.Miss(x, h(12))
	if err != nil || missed.Stands() || missed.Former != "h" {
		t.Fatal(missed, err)
	}
	if back, err := shift.Confirm(missed, h(20)); err != nil || back.HelperID != "h" || back.State != shift.Done || back.Why != "" {
		t.Error(back, err)
	}
	gone := x
	gone.State, gone.HelperID, gone.Why = shift.Open, "", shift.Absent
	if gone.As(h(11)) != shift.Open || gone.As(h(12)) != shift.Missed {
		t.Error("nobody came and it is open")
	}
	if _, err := shift.Leave(x, "钥匙在门卫", h(30)); err == nil {
		t.Error("a note a day later")
	}
}
