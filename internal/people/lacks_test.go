package people_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/internal/people"
)

var noon = time.Date(2026, 3, 12, 4, 0, 0, 0, time.UTC)

func day(n int) time.Time { return noon.AddDate(0, 0, n) }

// able lacks nothing for strict.
func able() people.Helper {
	return people.Helper{ID: "h", Name: "周一一", Birth: 1990, Kind: "volunteer", PhoneUser: true, Skills: []string{"medic"}, Trained: []string{"sampling"}, Hours: 4}
}

var strict = people.Require{Kind: []string{"volunteer"}, Trained: []string{"sampling"}, Skills: []string{"medic"}, MinAge: 18, MaxAge: 60, MinHours: 4, Phone: true, Bears: []string{"lifting", "night"}}

func TestTheGate(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*people.Helper)
		ask    func(*people.Require)
		want   string
	}{
		"nothing":               {nil, nil, ""},
		"another kind":          {func(h *people.Helper) { h.Kind = "police" }, nil, "kind"},
		"left yesterday":        {func(h *people.Helper) { h.Left = day(-1) }, nil, "left"},
		"leaves tomorrow":       {func(h *people.Helper) { h.Left = day(1) }, nil, ""},
		"leaves this moment":    {func(h *people.Helper) { h.Left = noon }, nil, "left"},
		"joins tomorrow":        {func(h *people.Helper) { h.Joined = day(1) }, nil, "left"},
		"away":                  {func(h *people.Helper) { h.Away = "isolated" }, nil, "away"},
		"17":                    {func(h *people.Helper) { h.Birth = 2009; h.Guarded = noon }, nil, "young:18"},
		"17 without a guardian": {func(h *people.Helper) { h.Birth = 2009 }, nil, "young:18 guard"},
		"17 where 16 is enough": {func(h *people.Helper) { h.Birth = 2009; h.Guarded = noon }, func(r *people.Require) { r.MinAge = 16 }, ""},
		"of age tomorrow":       {func(h *people.Helper) { h.Birth = 2008; h.OfAge = day(1) }, nil, "guard"},
		"of age today":          {func(h *people.Helper) { h.Birth = 2008; h.OfAge = noon }, nil, ""},
		"61":                    {func(h *people.Helper) { h.Birth = 1965 }, nil, "old:60"},
		"of no known age":       {func(h *people.Helper) { h.Birth = 0 }, nil, "young:18 old:60"},
		"never trained":         {func(h *people.Helper) { h.Trained = nil }, nil, "trained:sampling"},
		"passed": {func(h *people.Helper) {
			h.Trained = nil
			h.Passes = []people.Pass{{Qualification: "sampling", From: day(-9), Until: day(9), Source: "t"}}
		}, nil, ""},
		"passed without end": {func(h *people.Helper) {
			h.Passes = []people.Pass{{Qualification: "sampling", From: day(-9), Until: time.Time{}, Source: "t"}}
		}, nil, ""},
		"a pass that ends now": {func(h *people.Helper) {
			h.Passes = []people.Pass{{Qualification: "sampling", From: day(-9), Until: noon, Source: "t"}}
		}, nil, "lapsed:sampling"},
		"a pass of tomorrow": {func(h *people.Helper) {
			h.Passes = []people.Pass{{Qualification: "sampling", From: day(1), Until: day(9), Source: "t"}}
		}, nil, "lapsed:sampling"},
		"an old pass and a new": {func(h *people.Helper) {
			h.Passes = []people.Pass{{Qualification: "sampling", From: day(-9), Until: day(-5), Source: "t"}, {Qualification: "sampling", From: day(-1), Until: day(5), Source: "t"}}
		}, nil, ""},
		"a pass of another thing": {func(h *people.Helper) {
			h.Passes = []people.Pass{{Qualification: "first-aid", From: day(-9), Until: day(-5), Source: "t"}}
		}, nil, ""},
		"a pass taken back": {func(h *people.Helper) {
			h.Passes = []people.Pass{{Qualification: "sampling", From: day(-9), Revoked: day(-1)}}
		}, nil, "lapsed:sampling"},
		"taken back later": {func(h *people.Helper) {
			h.Passes = []people.Pass{{Qualification: "sampling", From: day(-9), Revoked: day(1)}}
		}, nil, ""},
		"a card unread":          {nil, func(r *people.Require) { r.Cards = []string{"ppe-on"} }, "card:ppe-on"},
		"a card read":            {func(h *people.Helper) { h.Cards = []string{"ppe-on"} }, func(r *people.Require) { r.Cards = []string{"ppe-on"} }, ""},
		"no skill":               {func(h *people.Helper) { h.Skills = nil }, nil, "skill:medic"},
		"three hours":            {func(h *people.Helper) { h.Hours = 3 }, nil, "hours:4"},
		"no phone":               {func(h *people.Helper) { h.PhoneUser = false }, nil, "phone"},
		"cannot lift":            {func(h *people.Helper) { h.Limits = []string{"lifting"} }, nil, "bears"},
		"neither lift nor night": {func(h *people.Helper) { h.Limits = []string{"night", "lifting"} }, nil, "bears"},
		"cannot climb":           {func(h *people.Helper) { h.Limits = []string{"stairs"} }, nil, ""},
		"all at once": {func(h *people.Helper) {
			*h = people.Helper{Kind: "police", Birth: 2012, Away: "left", Left: day(-1), Limits: []string{"night"}}
		}, nil, "kind left away young:18 guard trained:sampling skill:medic hours:4 phone bears"},
	} {
		h, r := able(), strict
		if x.change != nil {
			x.change(&h)
		}
		if x.ask != nil {
			x.ask(&r)
		}
		if got := spell(people.Lacks(&h, r, noon)); got != x.want {
			t.Errorf("%s: lacks %q, want %q", name, got, x.want)
		}
	}
}

func spell(lacks []people.Lack) string {
	var out []string
	for _, l := range lacks {
		s := string(l.Code)
		if l.Arg != "" {
			s += ":" + l.Arg
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func anyHelper(t *rapid.T) people.Helper {
	some := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"a", "b", "c"}), rapid.ID[string])
	when := rapid.Custom(func(t *rapid.T) time.Time {
		if rapid.Bool().Draw(t, "never") {
			return time.Time{}
		}
		return day(rapid.IntRange(-3, 3).Draw(t, "day"))
	})
	h := people.Helper{Birth: rapid.SampledFrom([]int{0, 1940, 1990, 2007, 2008, 2010}).Draw(t, "birth"), OfAge: when.Draw(t, "of age"), Guarded: when.Draw(t, "guarded"),
		Kind: rapid.SampledFrom([]string{"volunteer", "police"}).Draw(t, "kind"), PhoneUser: rapid.Bool().Draw(t, "phone"), Skills: some.Draw(t, "skills"),
		Trained: some.Draw(t, "trained"), Limits: some.Draw(t, "limits"), Hours: rapid.IntRange(0, 8).Draw(t, "hours"),
		Away: rapid.SampledFrom([]string{"", "left"}).Draw(t, "away"), Joined: when.Draw(t, "joined"), Left: when.Draw(t, "left")}
	for range rapid.IntRange(0, 3).Draw(t, "passes") {
		h.Passes = append(h.Passes, people.Pass{Qualification: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "of"), From: when.Draw(t, "from"), Until: when.Draw(t, "until")})
	}
	return h
}

func anyRequire(t *rapid.T) people.Require {
	some := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"a", "b", "c"}), rapid.ID[string])
	r := people.Require{Trained: some.Draw(t, "trained"), Skills: some.Draw(t, "skills"), Bears: some.Draw(t, "bears"),
		MinAge: rapid.SampledFrom([]int{0, 16, 18}).Draw(t, "least"), MaxAge: rapid.SampledFrom([]int{0, 60}).Draw(t, "most"),
		MinHours: rapid.IntRange(0, 8).Draw(t, "hours"), Phone: rapid.Bool().Draw(t, "phone")}
	if rapid.Bool().Draw(t, "of a kind") {
		r.Kind = []string{"volunteer"}
	}
	return r
}

// The gate answers in one order, changes nothing, and asks more only when more is
// required: whoever may hold the harder post may hold the easier one.
func TestTheGateIsOneOrderAndMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, r := anyHelper(t), anyRequire(t)
		before := fmt.Sprintf("%+v %+v", h, r)
		lacks := people.Lacks(&h, r, noon)
		if after := fmt.Sprintf("%+v %+v", h, r); after != before {
			t.Fatalf("the gate changed what it looked at: %s", after)
		}
		last := -1
		for i, l := range lacks {
			at := slices.Index(people.LackCodes, l.Code)
			if at < last || at < 0 {
				t.Fatalf("%s does not follow the order", spell(lacks))
			}
			last = at
			if slices.Contains(lacks[:i], l) {
				t.Fatalf("%s names one thing twice", spell(lacks))
			}
			if l.Code.One().ZH == "" || l.Code.One().EN == "" || l.Code.Many().ZH == "" || l.Code.Many().EN == "" {
				t.Fatalf("%s has no words", l.Code)
			}
		}
		first, some := people.FirstLack(&h, &r, noon)
		if some != (len(lacks) > 0) || some && first != lacks[0] {
			t.Fatalf("the first of %s is not %v", spell(lacks), first)
		}
		easier := r
		switch rapid.IntRange(0, 6).Draw(t, "eased") {
		case 0:
			easier.Kind = nil
		case 1:
			easier.Trained = nil
		case 2:
			easier.Skills = nil
		case 3:
			easier.MinAge, easier.MaxAge = 0, 0
		case 4:
			easier.MinHours = 0
		case 5:
			easier.Phone = false
		case 6:
			easier.Bears = nil
		}
		for _, l := range people.Lacks(&h, easier, noon) {
			if !slices.Contains(lacks, l) {
				t.Fatalf("less is asked, yet %v is lacked beside %s", l, spell(lacks))
			}
		}
	})
}

// Somebody whose every lack is mended lacks nothing.
func TestWhatIsMendedIsNotLacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, r := anyHelper(t), anyRequire(t)
		for range 40 {
			lacks := people.Lacks(&h, r, noon)
			if len(lacks) == 0 {
				return
			}
			mend(&h, lacks[0])
		}
		t.Fatalf("never done: %s", spell(people.Lacks(&h, r, noon)))
	})
}

func mend(h *people.Helper, l people.Lack) {
	switch l.Code {
	case people.LackKind:
		h.Kind = "volunteer"
	case people.LackLeft:
		h.Joined, h.Left = time.Time{}, time.Time{}
	case people.LackAway:
		h.Away = ""
	case people.LackYoung, people.LackOld:
		h.Birth, h.OfAge = 1990, time.Time{}
	case people.LackGuard:
		h.Guarded = noon
	case people.LackTrained, people.LackLapsed:
		h.Passes = append(h.Passes, people.Pass{Qualification: l.Arg, From: day(-1)})
	case people.LackCard:
		h.Cards = append(h.Cards, l.Arg)
	case people.LackSkill:
		h.Skills = append(h.Skills, l.Arg)
	case people.LackHours:
		h.Hours = 24
	case people.LackPhone:
		h.PhoneUser = true
	case people.LackBears:
		h.Limits = nil
	}
}
