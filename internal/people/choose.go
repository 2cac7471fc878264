package people

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

// Faults of choosing who holds an everyday post. Nothing was written.
var (
	// ErrTwoPosts says that somebody would hold two posts of a kind.
	ErrTwoPosts = fault.Define(fault.Conflict, "SW-1745",
		"{0} 已在别处任同样的岗，或在这里一人任了两职。没有改动任何东西。请另选一人。",
		"{0} holds such a post elsewhere, or would hold two here. Nothing was changed. Choose somebody else.")
	// ErrWhy says that a choice has no reason.
	ErrWhy = fault.Define(fault.Invalid, "SW-1746",
		"选人要写一句理由，留档备查。没有改动任何东西。",
		"A choice needs a reason, which is kept. Nothing was changed.")
	// ErrNobody says that a helper is not there to be chosen.
	ErrNobody = fault.Define(fault.NotFound, "SW-1747",
		"名册里没有这个人，或不在您的管辖范围内。没有改动任何东西。",
		"There is no such helper within your area. Nothing was changed.")
)

// Ranked is one candidate for one post in one act of choosing: what the declared
// criteria come to, line by line. It says how well somebody would do there, never
// how good they are, and is shown to nobody but who chooses.
type Ranked struct {
	Helper *Helper
	Score  float64 // of 1
	Lines  []Line
	Lacks  []Lack
}

// Line is one criterion: what is true of the candidate and what it brings, out of
// how much it could.
type Line struct {
	Criterion string // home, near, age, hours, or the trait
	Text      mode.Text
	Points    float64
	Of        float64
}

// Rank ranks candidates for a post of a playbook at a place. Whoever lacks nothing
// comes before whoever does; then the score, then the number of the roll.
func Rank(hs []*Helper, item mode.PostItem, path string, now time.Time) []Ranked {
	out := make([]Ranked, 0, len(hs))
	for _, h := range hs {
		r := Ranked{Helper: h, Lines: lines(h, &item.Prefer, path, now), Lacks: Lacks(h, item.Require, now)}
		sum, of := 0.0, 0.0
		for _, l := range r.Lines {
			sum, of = sum+l.Points, of+l.Of
		}
		if of > 0 {
			r.Score = math.Round(sum/of*1000) / 1000
		}
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b Ranked) int {
		if x, y := len(a.Lacks) > 0, len(b.Lacks) > 0; x != y {
			if x {
				return 1
			}
			return -1
		}
		if a.Score != b.Score {
			if a.Score > b.Score {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Helper.Number, b.Helper.Number)
	})
	return out
}

func lines(h *Helper, f *mode.Prefer, path string, now time.Time) (out []Line) {
	add := func(criterion string, weight, share float64, zh, en string) {
		if weight > 0 {
			out = append(out, Line{criterion, mode.Text{ZH: zh, EN: en}, math.Round(weight*share*100) / 100, weight})
		}
	}
	if territory.Inside(h.Path, path) {
		add("home", f.Home, 1, "本微网格的住户，门户清、人情熟", "A resident here, who knows every door")
	} else {
		add("home", f.Home, 0, "不是本微网格的住户", "No resident of this micro-grid")
	}
	levels := apart(path, h.Path)
	near := []mode.Text{{ZH: "就住这里", EN: "Lives here"}, {ZH: "同网格", EN: "Same grid"}, {ZH: "同社区", EN: "Same community"}, {ZH: "外社区", EN: "Another community"}}[min(levels, 3)]
	add("near", f.Near, 1-float64(min(levels, 4))/4, near.ZH, near.EN)
	switch age := h.Age(now); {
	case age < 0:
		add("age", f.AgeWeight, 0, "年龄没登记", "Age not known")
	default:
		share := 1 - math.Min(1, math.Abs(float64(age-f.AgeIdeal))/40)
		add("age", f.AgeWeight, share, fmt.Sprintf("%d 岁（最合适 %d）", age, f.AgeIdeal), fmt.Sprintf("%d years (%d suits best)", age, f.AgeIdeal))
	}
	if f.Hours > 0 {
		add("hours", f.HoursW, math.Min(1, float64(h.Hours)/float64(f.Hours)), fmt.Sprintf("每天 %d 小时（要 %d）", h.Hours, f.Hours), fmt.Sprintf("%d h a day (%d wanted)", h.Hours, f.Hours))
	}
	for _, w := range f.Has {
		if w.Trait == "incumbent" {
			continue
		}
		has, t := trait(h, w.Trait, now)
		if has {
			add(w.Trait, w.Weight, 1, t.ZH, t.EN)
		} else {
			add(w.Trait, w.Weight, 0, "不是或没登记："+t.ZH, "Not, or not noted: "+t.EN)
		}
	}
	return out
}

// traitWords are what the fixed traits are called.
var traitWords = map[string]mode.Text{"party-member": {ZH: "党员", EN: "Party member"}, "standing": {ZH: "居民代表、邻居信得过", EN: "Resident representative, trusted"},
	"phone-skilled": {ZH: "手机用得熟", EN: "At ease with a phone"}}

func trait(h *Helper, id string, now time.Time) (bool, mode.Text) {
	t, fixed := traitWords[id]
	switch id {
	case "party-member":
		return h.Party, t
	case "standing":
		return h.Standing, t
	case "phone-skilled":
		return h.PhoneUser, t
	}
	if !fixed {
		t = mode.Text{ZH: id, EN: id}
	}
	if inForce, _ := h.Holds(id, now); inForce {
		return true, t
	}
	return slices.Contains(h.Skills, id), t
}

// apart is how many levels one goes up from a place to the first that holds both.
func apart(path, home string) int {
	a, b := strings.Split(strings.Trim(path, "."), "."), strings.Split(strings.Trim(home, "."), ".")
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return len(a) - n
}
