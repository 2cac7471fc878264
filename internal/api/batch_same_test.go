package api_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// said is what was answered to one operation, and what a second world must answer too.
type said struct {
	Status  int
	Code    string
	Version int64
	Outcome string
	Kept    string
}

// twin is a world in which a sweep runs, and its doors in their order. Two of them
// differ in their ids alone.
type twin struct {
	*apitest.World
	round string
	doors []string
}

func newTwin(t *testing.T, engine string) twin {
	w := apitest.New(t, engine)
	_, _, round := running(w)
	x := twin{World: w, round: round}
	for _, d := range w.Doors(apitest.Building3) {
		x.doors = append(x.doors, d.ID)
	}
	return x
}

// wish is one operation as drawn; the same wish is put to both worlds.
type wish struct {
	as, id, outcome, choice, body string
	door                          int
	seq, base                     int64
}

func (x twin) op(w wish) j {
	path := "/api/v1/rounds/nowhere/targets/nothing/record"
	if w.door < len(x.doors) {
		path = "/api/v1" + rec{x.round, x.doors[w.door]}.path()
	}
	body := j{"outcome": w.outcome}
	if w.choice != "" {
		body["choice"] = w.choice
	}
	if w.body != "" {
		body[w.body] = "x"
	}
	return j{"id": w.id, "sequence": w.seq, "verb": "record", "path": path, "base_version": w.base, "body": body}
}

// batch puts wishes as one batch of one device; single one after the other, each as
// a batch of itself would do by hand.
func (x twin) batch(as string, ws []wish) []said {
	var ops []j
	for _, w := range ws {
		ops = append(ops, x.op(w))
	}
	var out batchAnswer
	x.Post(as, "/batch", j{"device": "phone-" + as, "operations": ops}).OK(&out)
	var all []said
	for _, r := range out.Results {
		s := said{Status: r.Status}
		if r.Problem != nil {
			s.Code = r.Problem.Code
		} else if r.Receipt != nil {
			s.Version, s.Outcome, s.Kept = r.Receipt.Version, r.Receipt.Outcome, r.Receipt.Kept
		}
		all = append(all, s)
	}
	return all
}

func (x twin) single(as string, w wish) said {
	op := x.op(w)
	body := op["body"].(j)
	if w.base > 0 {
		body["base_version"] = w.base
	}
	a := x.Send(apitest.Call{As: as, Method: "POST", Path: op["path"].(string), Body: body,
		Header: map[string]string{"Operation-Id": w.id, "Device-Id": "phone-" + as, "Device-Sequence": fmt.Sprint(w.seq)}})
	if a.Status != 200 {
		return said{Status: a.Status, Code: a.Problem().Code}
	}
	var r api.Recorded
	a.OK(&r)
	return said{Status: 200, Version: r.Version, Outcome: r.Outcome, Kept: r.Kept}
}

// state is what of a sweep is seen afterwards, without what a clock or an id makes.
func (x twin) state() (out []string) {
	at := map[string]int{}
	for i, d := range x.doors {
		at[d] = i
	}
	for _, t := range all[api.Target](x.World, "community", "/rounds/"+x.round+"/targets?state=all").Items {
		out = append(out, fmt.Sprint(at[t.PlaceID], t.Door, t.State, t.Outcome, t.Choice, t.Final, t.By, t.Version))
	}
	return out
}

// versions are those of the doors, in their order.
func (x twin) versions() []int64 {
	out := make([]int64, len(x.doors))
	for _, t := range all[api.Target](x.World, "community", "/rounds/"+x.round+"/targets?state=all").Items {
		out[slices.Index(x.doors, t.PlaceID)] = t.Version
	}
	return out
}

// entries counts what was journaled of each door, by whom and what for.
func (x twin) entries(after int64) map[string]int {
	out := map[string]int{}
	at := map[string]int{}
	for i, d := range x.doors {
		at[d] = i
	}
	for _, e := range x.Entries(after) {
		if e.Verb == "target.recorded" {
			out[fmt.Sprint(at[e.PlaceID], e.Actor, e.Op, e.Device)]++
		}
	}
	return out
}

func drawWishes(t *rapid.T, run, doors int, versions []int64) []wish {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) wish {
		w := wish{
			id:      fmt.Sprintf("%d-%d", run, rapid.IntRange(0, 12).Draw(t, "id")), // few ids: doubles, and the same with another body
			outcome: rapid.SampledFrom([]string{"at-home", "at-home", "absent", "refused", "needs-help", "gone-fishing", strings.Repeat("x", 61)}).Draw(t, "outcome"),
			door:    rapid.IntRange(0, doors).Draw(t, "door"), // one beyond: nowhere
		}
		if seen := rapid.IntRange(-1, 3).Draw(t, "seen"); seen >= 0 && w.door < doors { // what is there now, or what somebody saw before or will see
			w.base = max(0, versions[w.door]+int64(seen)-1)
		}
		if w.outcome == "needs-help" {
			w.choice = rapid.SampledFrom([]string{"", "food", "doctor", "pony"}).Draw(t, "choice")
		}
		if rapid.IntRange(0, 15).Draw(t, "odd") == 0 {
			w.body = rapid.SampledFrom([]string{"unknown", "Outcome"}).Draw(t, "field")
		}
		return w
	}), 1, 14).Draw(t, "wishes")
}

// A batch is answered as its operations would be one by one, in the same order, and
// leaves the same behind: doubles, the same id with another body, operations that are
// refused, two people at one door, doors that do not exist.
func TestBatchIsAsItsOperationsOneByOne(t *testing.T) {
	for _, engine := range apitest.Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			a, b := newTwin(t, engine), newTwin(t, engine)
			run, kinds := 0, map[said]int{}
			rapid.Check(t, func(rt *rapid.T) {
				run++
				fromA, fromB := a.Store.Last(), b.Store.Last()
				for _, as := range []string{"gridworker", "community", "gridworker"} {
					ws := drawWishes(rt, run, len(a.doors), a.versions())
					got := a.batch(as, ws)
					for i, w := range ws {
						kinds[said{Status: got[i].Status, Code: got[i].Code, Kept: got[i].Kept}]++
						if want := b.single(as, w); got[i] != want {
							rt.Fatalf("%s, operation %d of %+v: in the batch %+v, alone %+v", as, i, ws, got[i], want)
						}
					}
				}
				if x, y := a.state(), b.state(); !reflect.DeepEqual(x, y) {
					rt.Fatalf("after the batch\n%v\nafter each alone\n%v", strings.Join(x, "\n"), strings.Join(y, "\n"))
				}
				if x, y := a.entries(fromA), b.entries(fromB); !reflect.DeepEqual(x, y) {
					rt.Fatalf("journaled by the batch\n%v\nby each alone\n%v", x, y)
				}
			})
			for _, k := range []said{{Status: 200}, {Status: 200, Kept: "needs-help"}, {Status: 409, Code: "SW-1802"}, {Status: 422, Code: "SW-1601"}, {Status: 422, Code: "SW-1001"}, {Status: 404, Code: "SW-1010"}} {
				if kinds[k] == 0 {
					t.Errorf("never answered %+v: %v", k, kinds)
				}
			}
		})
	}
}
