package people

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/internal/mode"
	"shouwang/internal/plan"
)

// roll is the helpers and posts in memory.
type roll struct {
	helpers []Helper
	posts   []Post
	n       int
}

func (r *roll) take(rows []Row) Import {
	for i := range rows {
		rows[i].Line = i
	}
	m := PlanImport(rows, Base{Helpers: slices.Clone(r.helpers), Posts: slices.Clone(r.posts), May: func(p string) bool { return p != "9." },
		NewID: func() string { r.n++; return fmt.Sprintf("%05d", r.n) }, Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)})
	for _, h := range m.Helpers {
		h.Version++
		if i := slices.IndexFunc(r.helpers, func(x Helper) bool { return x.ID == h.ID }); i >= 0 {
			r.helpers[i] = h
		} else {
			r.helpers = append(r.helpers, h)
		}
	}
	for _, p := range m.Posts {
		p.Version++
		if i := slices.IndexFunc(r.posts, func(x Post) bool { return x.ID == p.ID }); i >= 0 {
			r.posts[i] = p
		} else {
			r.posts = append(r.posts, p)
		}
	}
	return m
}

func genLine(t *rapid.T) Row {
	pick := func(name string, from ...string) string { return rapid.SampledFrom(from).Draw(t, name) }
	r := Row{Number: pick("number", "V1", "V2", "V3", "V4"), Name: pick("name", "甲", "乙"), Phone: pick("phone", "", "1", "2"), PlaceID: pick("place", "", "a", "b"), Away: pick("away", "", "present", "isolated")}
	if r.PlaceID != "" {
		r.Path = r.PlaceID + "."
	}
	if item := pick("post", "", "lead", "deputy", "community"); item != "" {
		at := pick("at", "m", "n")
		r.Seat = &Seat{Item: "lead", Role: "lead", Deputy: item == "deputy", PlaceID: at, Path: at + ".", Count: 1}
		if item == "community" {
			r.Seat.Item, r.Seat.Role = item, item
		}
	}
	return r
}

// Whatever rolls come: every line has one verdict, numbers and post keys stay
// unique, nobody holds two posts or stands in at two, and the same roll again
// changes nothing.
func TestRollsKeepOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := &roll{}
		for range rapid.IntRange(1, 3).Draw(t, "files") {
			rows := rapid.SliceOfN(rapid.Custom(genLine), 0, 8).Draw(t, "rows")
			m := r.take(slices.Clone(rows))
			if len(m.Verdicts) != len(rows) {
				t.Fatalf("%d verdicts for %d rows", len(m.Verdicts), len(rows))
			}
			numbers, keys, held, stands := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
			for _, h := range r.helpers {
				numbers[h.Number]++
			}
			for _, p := range r.posts {
				keys[p.Key]++
				if p.HelperID != "" {
					held[p.HelperID]++
				}
				if p.DeputyID != "" {
					stands[p.DeputyID]++
				}
			}
			for what, counts := range map[string]map[string]int{"number": numbers, "key": keys, "holder": held, "deputy": stands} {
				for k, n := range counts {
					if n > 1 {
						t.Fatalf("%s %s %d times after %+v", what, k, n, rows)
					}
				}
			}
			again := r.take(slices.Clone(rows))
			if len(again.Helpers)+len(again.Posts) > 0 {
				t.Fatalf("the same roll again wrote %+v %+v", again.Helpers, again.Posts)
			}
		}
	})
}

func TestRollByExample(t *testing.T) {
	lead := func(number, place string) Row {
		return Row{Number: number, Name: number, PlaceID: "a", Path: "a.", Seat: &Seat{Item: "lead", Role: "lead", PlaceID: place, Path: place + ".", Count: 1}}
	}
	r := &roll{}
	deputy := lead("V2", "m")
	deputy.Seat.Deputy = true
	r.take([]Row{deputy, lead("V1", "m")})
	if len(r.posts) != 1 || r.posts[0].Key != "normal|lead|m|1" || r.posts[0].HelperID == "" || r.posts[0].DeputyID == "" || r.posts[0].Incident != "" {
		t.Fatalf("lead and deputy: %+v", r.posts)
	}
	r.take([]Row{lead("V3", "m"), lead("V1", "n")})
	for _, p := range r.posts {
		if p.PlaceID == "m" && (p.N != 1 || r.helpers[2].ID != p.HelperID) {
			t.Errorf("who leads m now: %+v", r.posts)
		}
	}
	if len(r.posts) != 2 {
		t.Errorf("a lead was sent elsewhere, another came: %+v", r.posts)
	}
	r.take([]Row{lead("V4", "m")})
	if len(r.posts) != 3 {
		t.Errorf("nobody is unseated who is not sent elsewhere: %+v", r.posts)
	}
	if m := r.take([]Row{{Number: "V9", Name: "无处"}}); m.Verdicts[0].Why == nil || m.Verdicts[0].Why.Def != ErrNoHome {
		t.Errorf("no place: %+v", m.Verdicts[0])
	}
	r.helpers = append(r.helpers, Helper{ID: "far", Number: "V8", Path: "9.", PlaceID: "9"})
	if m := r.take([]Row{{Number: "V8", Name: "别处", PlaceID: "a", Path: "a."}}); m.Verdicts[0].Outcome != plan.Rejected {
		t.Errorf("a helper outside was changed: %+v", m)
	}
}

func TestFindSeat(t *testing.T) {
	items := []SeatItem{{ID: "lead", ZH: "微网格长", EN: "Micro-grid lead", Deputy: true}, {ID: "gridworker", ZH: "网格员"}, {ID: "community", ZH: "社区工作者"}}
	for words, want := range map[string]string{"微网格长": "lead", "副网格长": "lead deputy", "副 微网格长": "lead deputy", "网格员": "gridworker", "社工": "community", "micro-grid lead": "lead", "副网格员": "", "街长": ""} {
		it, v := FindSeat(words, items)
		got := it.ID
		if it.Deputy {
			got += " deputy"
		}
		if got != want || (want == "") != (v.Why != nil) {
			t.Errorf("%s: %q %v, want %q", words, got, v.Why, want)
		}
	}
}

// A roll puts nobody on a post who lacks what it requires; whoever sits there already
// is not put there, and being away for a day is no lack of a post's holder.
func TestARollAsksTheGate(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	seat := func() *Seat {
		return &Seat{Item: "lead", PlaceID: "m", Path: "1.", Count: 1, Require: Require{MinAge: 18}, Title: mode.Text{ZH: "微网格长", EN: "Lead"}}
	}
	row := func(n int, birth int) Row {
		return Row{Line: n, Number: fmt.Sprint("V", n), Name: "周", Birth: birth, PlaceID: "m", Path: "1.", Seat: seat()}
	}
	ids := 0
	base := Base{May: func(string) bool { return true }, Now: now, NewID: func() string { ids++; return fmt.Sprint("id", ids) },
		Helpers: []Helper{{ID: "old", Number: "V9", Name: "周", Birth: 2012, PlaceID: "m", Path: "1.", Kind: "volunteer", Version: 1}, {ID: "gone", Number: "V8", Name: "周", Birth: 1980, PlaceID: "m", Path: "1.", Kind: "volunteer", Left: now, Version: 1}},
		Posts:   []Post{{ID: "p", Key: "k", Item: "lead", PlaceID: "m", Path: "1.", N: 1, HelperID: "old", Version: 1}}}
	adult := row(1, 1980)
	adult.Away = "locked-out"
	young, yes := row(3, 2012), true
	young.SignUp = Form{Born: "2012", Guardian: Guardian{Name: "周母", Phone: "12900000001"}, GuardianYes: &yes}
	got := PlanImport([]Row{adult, row(2, 2012), row(9, 2012), row(8, 1980), young}, base)
	for line, want := range map[int]string{1: "", 2: "SW-1733", 9: "", 8: "SW-1736", 3: "SW-1731"} {
		code := ""
		if v := got.Verdicts[line]; v.Why != nil {
			code = v.Why.Code
		}
		if code != want {
			t.Errorf("line %d: %q, want %q", line, code, want)
		}
	}
	for _, h := range got.Helpers {
		if h.Number == "V2" {
			t.Error("a refused row was written")
		}
	}
}
