package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/need"
)

// A door's page says what was done there today, by role and hour: what was recorded and
// what was answered or closed, to whoever may know of it. Nobody's name, nothing told in
// confidence, nothing withdrawn, nothing of yesterday.
func TestADoorSaysWhatWasDoneThereToday(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		_, lead, round := running(w)
		local := w.Clock().Add(8 * time.Hour)
		w.Pass(time.Duration(33-local.Hour())*time.Hour + time.Duration(25-local.Minute())*time.Minute) // 09:25 of the next day
		counsel := counsellor(w)
		door := w.Doors(apitest.Building3)[1].ID
		var raw []byte
		lines := func(as string) (out []string) {
			t.Helper()
			var p api.DoorPage
			a := w.Get(as, "/field/doors/"+door)
			a.OK(&p)
			raw = a.Body
			for _, d := range p.Done {
				at, err := time.Parse(time.RFC3339, d.At)
				w.Must(err)
				out = append(out, fmt.Sprintf("%s %s %s %s %s", d.Kind, d.Outcome.EN, d.State, d.Role, at.Add(8*time.Hour).Format("15:04")))
			}
			if p.Done == nil || !slices.IsSortedFunc(p.Done, func(x, y api.DoorDone) int { return strings.Compare(y.At, x.At) }) {
				t.Fatalf("%+v", p.Done)
			}
			slices.Sort(out)
			return out
		}
		told := func(item string) (id, token string) {
			t.Helper()
			id, token, err := w.API.OpenFor(t.Context(), door, item, "slip-"+item)
			w.Must(err)
			return id, token
		}
		reply := func(as, id string) {
			t.Helper()
			w.Post(as, "/cases/"+id+"/take", j{}).OK()
			w.Post(as, "/cases/"+id+"/answer", j{"words": "办好了，东西送到门口", "met_by": "community", "proof": "照片"}).OK()
		}
		if got := lines(lead); len(got) != 0 {
			t.Fatal(got)
		}
		w.Post(lead, rec{round, door}.path(), j{"outcome": "at-home"}).OK()
		first, token := told("consultation")
		second, _ := told("suggestion")
		quiet, _ := told("counselling")
		gone, key := told("repair")
		w.Must(w.API.SayCase(t.Context(), gone, key, need.Withdraw, "自己修好了", "", 0))
		w.Pass(2 * time.Hour)
		reply("community", first)
		reply("community", second)
		reply(counsel, quiet)
		w.Must(w.API.SayCase(t.Context(), first, token, need.Confirm, "", "", 3))
		w.Pass(time.Hour)
		full := []string{"case Closed ok community 11:00", "case Done, the resident is asked ok community 11:00", "round At home ok lead 09:00"}
		for as, want := range map[string][]string{"community": full, lead: full, "police": full[2:], counsel: full[2:]} {
			if got := lines(as); !slices.Equal(got, want) {
				t.Errorf("%s reads %q, not %q", as, got, want)
			}
			for _, secret := range []string{quiet, gone, `"by"`, "办好了"} {
				if strings.Contains(string(raw), secret) {
					t.Errorf("%s reads %q", as, secret)
				}
			}
		}
		w.Pass(24 * time.Hour)
		if got := lines("community"); len(got) != 0 {
			t.Errorf("of yesterday: %q", got)
		}
	})
}
