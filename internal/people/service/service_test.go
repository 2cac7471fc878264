package service

import (
	"slices"
	"strings"
	"testing"
	"time"

	"shouwang/internal/mode"
)

var (
	t0    = time.Date(2026, 3, 7, 0, 0, 0, 0, time.UTC)
	watch = mode.Text{ZH: "守楼", EN: "Watch"}
)

func hour(h float64) time.Time { return t0.Add(time.Duration(h * float64(time.Hour))) }
func from(a, b float64) Stretch {
	return Stood("x", "h", "p", "p.", "i", "post", watch, hour(a), hour(b))
}

// What overlaps counts once, a forgotten hand-over and what was struck out not at all.
func TestMinutesCountOnce(t *testing.T) {
	struck := from(20, 22)
	struck.Struck = true
	all := []Stretch{from(8, 12), from(10, 13), from(13, 14), struck, from(24, 24+13)}
	turn := from(9, 13.5)
	turn.Source = FromShift
	if n := Minutes(append(all, turn)); n != 6*60 {
		t.Fatal("an arrival and the shift it belongs to are two services:", n)
	}
	open := Unended("x", "h", "p", "p.", "i", "post", watch, hour(30), hour(33))
	if open.Counts() || !open.Waits() || Minutes(append(all, open)) != 6*60 {
		t.Fatal("what nobody handed over counts by itself")
	}
	if n := Minutes(all); n != 6*60 {
		t.Fatal(n)
	}
	if Hours(6*60) != "6" || Hours(6*60+35) != "6.5" || Hours(59) != "0.9" {
		t.Fatal(Hours(6*60+35), Hours(59))
	}
}

// A correction needs a reason and times that can be; what stood first and what the
// helper says against it stay.
func TestCorrectKeepsWhatWas(t *testing.T) {
	now := hour(48)
	s := from(8, 30)
	if s.Counts() {
		t.Fatal("twenty-two hours at a post count by themselves")
	}
	for _, x := range []struct {
		a, b   float64
		reason string
		want   error
	}{{8, 12, " ", ErrReason}, {12, 8, "记错", ErrTimes}, {8, 8, "记错", ErrTimes}, {8, 21, "记错", ErrTimes}, {47, 49, "记错", ErrTimes}, {8, 12, strings.Repeat("长", 201), ErrReason}} {
		if _, err := Correct(s, hour(x.a), hour(x.b), false, "a", x.reason, now); err == nil || !strings.Contains(err.Error(), x.want.Error()[:7]) {
			t.Errorf("%v: %v", x, err)
		}
	}
	s, err := Object(s, "我十二点就走了", now)
	if err != nil {
		t.Fatal(err)
	}
	s, err = Correct(s, hour(8), hour(12), false, "a", "忘了交岗", now)
	if err != nil || !s.Counts() || !s.WasUntil.Equal(hour(30)) || s.Objection == "" {
		t.Fatal(s, err)
	}
	s, err = Correct(s, hour(8), hour(11), false, "b", "再核对", now)
	if err != nil || !s.WasUntil.Equal(hour(30)) {
		t.Fatal("what stood first is gone", err)
	}
	s, _ = Correct(s, s.From, s.Until, true, "b", "不是他", now)
	if _, err := Correct(s, hour(8), hour(9), false, "b", "再改", now); err == nil || s.Counts() {
		t.Fatal("a struck one is changed")
	}
}

// Hours within a day, nights within a week and days without rest each are said; rest
// ends it.
func TestRest(t *testing.T) {
	week := func(n int, a, b float64) (out []Stretch) {
		for d := range n {
			out = append(out, from(float64(24*d)+a, float64(24*d)+b))
		}
		return out
	}
	for name, x := range map[string]struct {
		all  []Stretch
		at   float64
		want []string
	}{
		"nothing":       {nil, 100, nil},
		"ten hours":     {[]Stretch{from(0, 5), from(6, 11)}, 12, []string{RestHours}},
		"nine hours":    {[]Stretch{from(0, 5), from(6, 10)}, 12, nil},
		"a day later":   {[]Stretch{from(0, 5), from(6, 11)}, 12 + 24, nil},
		"three nights":  {week(3, 1, 4), 24*3 - 1, []string{RestNights}},
		"three evening": {week(3, 18, 21), 24 * 3, nil},
		"six days":      {week(6, 9, 11), 24*6 - 1, []string{RestDays}},
		"five days":     {week(5, 9, 11), 24*5 - 1, nil},
		"two days off":  {week(6, 9, 11), 24*7 + 12, nil},
	} {
		if got := Rest(x.all, hour(x.at), time.UTC); !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", name, got, x.want)
		}
	}
}

// A certificate adds up, takes only what lies within its days, and is withdrawn once.
func TestCertify(t *testing.T) {
	other := from(30, 33)
	other.Title = mode.Text{ZH: "送菜", EN: "Delivery"}
	all := []Stretch{from(8, 12), from(32, 33.5), other, from(200, 204)}
	c, err := Certify(Certificate{ID: "c"}, all, t0, hour(100), hour(120), 7)
	if err != nil || c.Minutes != 4*60+3*60+30 || len(c.Lines) != 2 || c.Lines[0].Times != 2 || c.Number != "FW-2026-00000007" || !c.Until.Equal(hour(33.5)) {
		t.Fatalf("%+v %v", c, err)
	}
	inner := from(9, 13) // an hour of it beside the first
	inner.Title = other.Title
	if c, err := Certify(Certificate{}, append(all, inner), t0, hour(100), hour(120), 7); err != nil || c.Minutes != 8*60+30 || c.Lines[0].Minutes+c.Lines[1].Minutes != c.Minutes {
		t.Fatalf("the lines do not add up: %+v %v", c, err)
	}
	if _, err := Certify(Certificate{}, all, hour(300), hour(400), hour(400), 7); err == nil {
		t.Fatal("a certificate of nothing")
	}
	c, err = Withdraw(c, "写错了名字", hour(121))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Withdraw(c, "再来", hour(122)); err == nil {
		t.Fatal("withdrawn twice")
	}
}

// A captain's proposal changes nothing by itself, is never for themselves, and is gone
// once whoever keeps the roll has decided.
func TestProposalsWait(t *testing.T) {
	now := hour(48)
	s := Unended("x", "h", "p", "p.", "i", "post", watch, hour(8), hour(18))
	if _, err := Propose(s, hour(8), hour(12), "h", "早走", now); err == nil {
		t.Fatal("for themselves")
	}
	if _, err := Propose(s, hour(12), hour(8), "c", "早走", now); err == nil {
		t.Fatal("times that cannot be")
	}
	if _, err := Propose(s, hour(8), hour(12), "c", "", now); err == nil {
		t.Fatal("without a reason")
	}
	p, err := Propose(s, hour(8), hour(12), "c", "十二点就换岗了", now)
	if err != nil || !p.Until.Equal(s.Until) || p.Counts() || !p.Waits() || p.Proposal.By != "c" {
		t.Fatal(p, err)
	}
	p, err = Correct(p, p.Proposal.From, p.Proposal.Until, false, "a", "按队长说的", now)
	if err != nil || !p.Counts() || p.Waits() || p.Proposal != (Proposal{}) || !p.WasUntil.Equal(hour(18)) {
		t.Fatal(p, err)
	}
	o, _ := Object(from(8, 10), "不对", now)
	if !o.Waits() {
		t.Fatal("nobody looks at an objection")
	}
	if o, _ = Correct(o, o.From, o.Until, false, "a", "核对过", now); o.Waits() || o.Objection == "" {
		t.Fatal("it waits for ever, or is gone", o)
	}
}
