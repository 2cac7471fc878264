package api_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/need"
)

// How the cases of a place went stands there by line and by the places below: closed, on
// time, satisfied, never of fewer than five nor of what subtraction would tell, never of
// persons; of what was told in confidence a sum in steps of five and nothing else.
func TestFiguresOfCasesByLineAndPlace(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		door, far := w.Doors(apitest.Building)[0], w.Doors(apitest.Building3)[0]
		n := 0
		open := func(place, item string) (string, string) {
			n++
			id, token, err := w.API.OpenFor(t.Context(), place, item, strconv.Itoa(n))
			w.Must(err)
			w.Pass(time.Millisecond)
			return id, token
		}
		// late: answered after its time; rating 0: closed by nobody, it stays answered
		done := func(place, item, as string, late bool, rating int) {
			id, token := open(place, item)
			if late {
				w.Pass(40 * 24 * time.Hour)
			}
			w.Post(as, "/cases/"+id+"/answer", j{"words": "办好了", "met_by": "community"}).OK()
			if rating > 0 {
				w.Must(w.API.SayCase(t.Context(), id, token, need.Confirm, "", "", rating))
			}
		}
		figures := func(as, place string) api.CaseFigures {
			t.Helper()
			var f api.CaseFigures
			w.Get(as, "/places/"+w.ID(place)+"/case-figures").OK(&f)
			return f
		}
		if f := figures("community", apitest.Community); !f.All.Few || len(f.Lines)+len(f.Places) != 0 || f.Hushed != 0 {
			t.Fatalf("of nothing: %+v", f)
		}
		done(door.ID, "medicine", "community", true, 3) // medical: 6 told, 5 closed, 5 answered by their time of 6, 4 well of 5
		for _, r := range []int{3, 3, 3, 1} {
			done(door.ID, "medicine", "community", false, r)
		}
		done(door.ID, "medicine", "community", false, 0)
		for range 5 {
			open(door.ID, "repair") // living: 5 told, none judged yet
		}
		id, token := open(door.ID, "medicine")
		w.Must(w.API.SayCase(t.Context(), id, token, need.Withdraw, "", "", 0))
		f := figures("community", apitest.Community)
		line := map[string]api.CaseFigure{}
		for _, x := range f.Lines {
			line[x.ID] = x
		}
		is := func(what string, got *int, want int) {
			t.Helper()
			if want < 0 && got != nil || want >= 0 && (got == nil || *got != want) {
				t.Errorf("%s: %v, want %d", what, got, want)
			}
		}
		if len(f.Lines) != 2 || f.All.Told != 11 || line["medical"].Told != 6 || line["living"].Told != 5 || line["medical"].Title.ZH != "看病用药" {
			t.Fatalf("%+v", f)
		}
		is("medical closed", line["medical"].Closed, 83)
		is("medical good", line["medical"].Good, 80)
		is("living closed", line["living"].Closed, 0)
		is("living on time", line["living"].OnTime, -1) // none is due or answered
		is("all closed", f.All.Closed, 45)
		is("all on time", f.All.OnTime, 83)
		// One hidden line would be found by subtraction: the smallest other goes with it.
		open(far.ID, "garbage")
		f = figures("community", apitest.Community)
		hidden := 0
		for _, x := range f.Lines {
			if x.Few {
				hidden++
				if x.Told != 0 || x.Closed != nil || x.OnTime != nil || x.Good != nil {
					t.Errorf("hidden, and said: %+v", x)
				}
			}
		}
		if hidden != 2 || len(f.Lines) != 3 || f.All.Told != 12 {
			t.Errorf("%d lines are hidden: %+v", hidden, f.Lines)
		}
		if len(f.Places) != 2 && len(f.Places) != 1 {
			t.Errorf("places: %+v", f.Places)
		}
		for _, x := range f.Places {
			if x.Title.ZH == "" || x.ID == "" || len(f.Places) == 2 && !x.Few {
				t.Errorf("%+v", x)
			}
		}
		for i := range 11 {
			open(door.ID, "counselling")
			want := 0
			if i >= 4 {
				want = 5
			}
			if i >= 9 {
				want = 10
			}
			if got := figures("commander", apitest.Subdistrict); got.Hushed != want || got.All.Told != 12 {
				t.Fatalf("%d in confidence: %+v", i+1, got)
			}
		}
		body := string(w.Get("commander", "/places/"+w.ID(apitest.Subdistrict)+"/case-figures").Body)
		if strings.Contains(body, "心里") || strings.Contains(body, "mind") {
			t.Error("a line of what is told in confidence stands there: ", body)
		}
		w.Get("commander", "/places/"+w.ID(apitest.Building)+"/case-figures").OK(&f)
		if f.Hushed != 0 {
			t.Error("below a community there is a sum of what was told in confidence")
		}
		w.Get("lead", "/places/"+w.ID(apitest.Community)+"/case-figures").Refused("SW-1010")
		w.Get("community", "/places/"+w.ID(apitest.Community)+"/case-figures?weeks=0").Refused("SW-1001")
	})
}
