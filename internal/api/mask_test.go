package api_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/access/accesstest"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/register"
	"shouwang/internal/territory"
)

// seen is what a role sees of a person's field, by the table written by hand.
func seen(role access.Role, f access.Field, value string) (text string, reveal bool) {
	text, reveal = strings.CutSuffix(accesstest.SeenBy[role][f], "+")
	if text == accesstest.Sample[f] {
		return value, reveal
	}
	tail := func() string { r := []rune(value); return string(r[len(r)-4:]) }
	switch {
	case text == "**" || text == "":
	case f == access.FieldName:
		text = strings.TrimRight(value, string([]rune(value)[len([]rune(value))-2:])) + "**"
	case f == access.FieldPhone:
		text = value[:3] + "****" + tail()
	case f == access.FieldIDNumber:
		text = "****" + tail()
	case f == access.FieldBirth:
		text = value[:len(value)-1] + "0–" + value[:len(value)-1] + "9"
	default:
		panic(string(role) + " " + string(f) + " " + text)
	}
	return text, reveal
}

// Each field of each resident is shown to each role as the table says.
func TestMasks(t *testing.T) {
	w := matrixWorld(t, true)
	fields := 0
	for _, info := range access.Roles {
		as := string(info.Role) + "-task"
		for _, p := range w.People {
			if !territory.Inside(p.Path, w.Place(apitest.Homes[info.Role]).Path) {
				continue
			}
			a := w.Get(as, "/residents/"+p.ID)
			if !accesstest.Expect(access.ResidentRead, info.Role, accesstest.OwnPlace, accesstest.State{Task: true, Emergency: true}) {
				a.Refused("SW-1010")
				break
			}
			var r api.Resident
			a.OK(&r)
			age := 2026 - int(p.Birth[0]-'0')*1000 - int(p.Birth[1]-'0')*100 - int(p.Birth[2]-'0')*10 - int(p.Birth[3]-'0')
			var home register.Household
			n := 0
			for i, q := range w.People {
				if q.ID == p.ID {
					n = i
				}
			}
			hs, err := w.Store.Households(t.Context(), p.Path)
			w.Must(err)
			home = hs[0]
			for f, got := range map[access.Field][2]string{
				access.FieldName: {p.Name, r.Name}, access.FieldGender: {p.Gender, r.Gender}, access.FieldBirth: {fmt.Sprint(age), r.Age}, access.FieldPhone: {p.Phone, r.Phone},
				access.FieldIDNumber: {p.IDNumber, r.IDNumber}, access.FieldRelation: {p.Relation, r.Relation}, access.FieldOrigin: {apitest.Origin(n), r.Origin}, access.FieldTenure: {home.Tenure, r.Tenure},
			} {
				want, reveal := seen(info.Role, f, got[0])
				if got[1] != want || reveal != slices.Contains(r.Reveal, string(f)) {
					t.Fatalf("%s sees %s of %s as %q (reveal %v), expected %q (%v)", info.Role, f, p.ID, got[1], r.Reveal, want, reveal)
				}
				fields++
			}
			care, _ := strings.CutSuffix(accesstest.SeenBy[info.Role][access.FieldCare], "+")
			shown := ""
			if len(p.Care) == 0 {
				care = ""
			} else {
				care = strings.Replace(care, "knock long", p.Care[0].Need, 1)
			}
			if len(r.Care) > 0 {
				shown = r.Care[0].Group + "/" + r.Care[0].Need
			}
			room, _ := strings.CutSuffix(accesstest.SeenBy[info.Role][access.FieldRoom], "+")
			if shown != care || strings.Contains(r.Door, "单元") != strings.Contains(room, "单元") {
				t.Fatalf("%s sees care %q at %q, expected %q at %q", info.Role, shown, r.Door, care, room)
			}
			if sources := accesstest.SeenBy[info.Role][access.FieldSources] == "台账"; (len(r.Sources) > 0) != sources {
				t.Fatalf("%s sees sources %v", info.Role, r.Sources)
			}
		}
	}
	w.Get("commander", "/residents?under="+w.ID(apitest.Door)).Refused("SW-1011") // the building is shown, not the door
	w.Get("community", "/residents?under="+w.ID(apitest.Door)).OK()
	if fields < 3000 {
		t.Fatalf("only %d fields were looked at", fields)
	}
	t.Logf("%d fields", fields)
}

// canary is one planted value and whose it is.
type canary struct {
	person *register.Person
	field  access.Field
	text   string
}

func canaries(w *apitest.World) []canary {
	var out []canary
	for i, p := range w.People {
		out = append(out, canary{p, access.FieldName, apitest.Given(i)}, canary{p, access.FieldPhone, p.Phone}, canary{p, access.FieldIDNumber, p.IDNumber}, canary{p, access.FieldOrigin, p.Origin})
	}
	return out
}

// clear says whether the table lets a role see a field as it is.
func clear(role access.Role, f access.Field) bool {
	text, _ := strings.CutSuffix(accesstest.SeenBy[role][f], "+")
	return text == accesstest.Sample[f]
}

// registers are the operations that show residents at all.
var registers = []string{"resident-list", "resident-read", "field-door"}

// Whatever a role asks, at its own place or elsewhere, no planted value leaves in
// clear but where the table says so: in the register, at the own place.
func TestNoCanaryLeaves(t *testing.T) {
	w := matrixWorld(t, true)
	birds := canaries(w)
	answers, sung := 0, 0
	for _, op := range operations(w.API) {
		for _, info := range access.Roles {
			for _, rel := range relations {
				x := cell{op.id, info.Role, rel, accesstest.State{Task: true, Emergency: true}}
				a := ask(w, x, nil)
				answers++
				body := string(a.Body) + fmt.Sprint(a.Header)
				for _, c := range birds {
					if !strings.Contains(body, c.text) {
						continue
					}
					sung++
					home := territory.Inside(c.person.Path, w.Place(apitest.Homes[info.Role]).Path)
					asked := op.id == "resident-reveal" && c.field == access.FieldPhone && strings.HasSuffix(accesstest.SeenBy[info.Role][c.field], "+")
					if !home || !asked && (!slices.Contains(registers, op.id) || !clear(info.Role, c.field)) {
						t.Errorf("%+v: %s of %s in clear", x, c.field, c.person.ID)
					}
				}
			}
		}
	}
	if sung < 40 {
		t.Fatalf("only %d canaries were seen where they may be: the test would prove nothing", sung)
	}
	t.Logf("%d answers, %d values seen where they may be", answers, sung)
	quiet(t, w, birds)
}

// quiet checks that no planted value is in the journal or the log.
func quiet(t *testing.T, w *apitest.World, birds []canary) {
	t.Helper()
	places := map[string]string{"journal": "", "log": w.Log.String()}
	for _, e := range w.Entries(0) {
		raw, err := json.Marshal(e)
		w.Must(err)
		places["journal"] += string(raw) + string(e.Payload)
	}
	for name, text := range places {
		for _, c := range birds {
			if strings.Contains(text, c.text) {
				t.Errorf("%s of %s is in the %s", c.field, c.person.ID, name)
			}
		}
	}
}

// patient is somebody in the first micro-grid who needs care.
func patient(w *apitest.World) *register.Person {
	w.T.Helper()
	for _, p := range w.People {
		if len(p.Care) > 0 && territory.Inside(p.Path, w.Place(apitest.Building).Path) {
			return p
		}
	}
	w.T.Fatal("nobody needs care")
	return nil
}

// One field in clear needs a purpose, is written down before it is shown, and the
// community learns who looked, when and why.
func TestReveal(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		p := patient(w)
		path := "/residents/" + p.ID
		show := func(as, field, purpose string) *apitest.Answer {
			return w.Post(as, path+"/reveal", j{"field": field, "purpose": purpose})
		}
		last := w.Store.Last()
		show("commander", "phone", "").Refused("SW-1018")
		show("commander", "phone", "curious").Refused("SW-1018")
		show("commander", "phone", "verify-identity").Refused("SW-1018")
		show("commander", "id_number", "verify-identity").Refused("SW-1019")
		show("commander", "name", "contact").Refused("SW-1019")
		show("lead", "phone", "contact").Refused("SW-1011")
		show("resident", "phone", "contact").Refused("SW-1010")
		if w.Store.Last() != last {
			t.Fatal("a refused look left an entry")
		}
		var r api.Revealed
		show("commander", "phone", "contact").OK(&r)
		if r.Value != p.Phone || r.Until == "" {
			t.Fatalf("%+v", r)
		}
		es := w.Entries(last)
		if len(es) != 1 || es[0].Verb != "resident.revealed" || es[0].Actor != "acc-commander" || es[0].ThingID != p.ID || es[0].Audience != "audit" {
			t.Fatalf("%+v", es)
		}
		show("police", "id_number", "verify-identity").OK(&r)
		if r.Value != p.IDNumber {
			t.Fatalf("%+v", r)
		}
		show("community", "care", "care").OK(&r)
		if r.Value != "" || len(r.Care) != 1 || r.Care[0].Group != "chronic" {
			t.Fatalf("%+v", r)
		}
		for _, as := range []string{"community", "auditor"} {
			looks := all[api.Look](w, as, path+"/looks").Items
			text := fmt.Sprint(looks)
			if len(looks) < 3 || !strings.Contains(text, "commander contact phone") || strings.Contains(text, p.Phone) || strings.Contains(text, "账号") {
				t.Fatalf("%s: %v", as, looks)
			}
		}
		// Three more within the hour are one line, and the journal keeps each; another hour is another line.
		w.Pass(time.Hour)
		last = w.Store.Last()
		for range 3 {
			show("commander", "phone", "contact").OK(&r)
		}
		if n := len(w.Entries(last)); n != 3 {
			t.Fatalf("the journal keeps %d of 3 looks", n)
		}
		w.Pass(time.Hour)
		show("commander", "phone", "contact").OK(&r)
		looks := all[api.Look](w, "community", path+"/looks").Items
		if len(looks) < 2 || looks[0].Count != 1 || looks[1].Count != 3 || looks[1].Since == "" || looks[1].Field != "phone" {
			t.Fatalf("the card of a person: %+v", looks)
		}
		quiet(t, w, canaries(w))
	})
}

// What cannot be written down is not shown.
func TestNoLookWithoutEntry(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		p := patient(w)
		w.Get("gridworker", "/residents/"+p.ID).OK() // rights are known now
		w.Get("community", "/residents/"+p.ID).OK()
		w.Broken.Store(true)
		for _, c := range []apitest.Call{
			{As: "gridworker", Method: "GET", Path: "/residents/" + p.ID},
			{As: "gridworker", Method: "GET", Path: "/residents?under=" + p.PlaceID},
			{As: "gridworker", Method: "GET", Path: "/field/doors/" + p.PlaceID},
			{As: "gridworker", Method: "GET", Path: "/places/" + w.ID(apitest.Building) + "/board"},
			{As: "gridworker", Method: "GET", Path: "/field/pack"},
			{As: "community", Method: "POST", Path: "/residents/" + p.ID + "/reveal", Body: j{"field": "phone", "purpose": "contact"}},
		} {
			a := w.Send(c)
			if a.Status != 503 || a.Header.Get("Retry-After") == "" {
				t.Errorf("%s: %d %s", a.What, a.Status, a.Body)
			}
			for _, b := range canaries(w) {
				if strings.Contains(string(a.Body), b.text) {
					t.Errorf("%s shows %s without an entry", a.What, b.field)
				}
			}
		}
	})
}

// Somebody with two roles sees what the more open one shows, where it is held.
func TestTwoRoles(t *testing.T) {
	w := world(t)
	w.Grant("both", access.Commander, apitest.Subdistrict, access.Static)
	w.Grant("both", access.Lead, apitest.Microgrid, access.Static)
	open, masked := 0, 0
	for _, r := range all[api.Resident](w, "both", "/residents?limit=500").Items {
		if strings.HasPrefix(r.Phone, "129") {
			open++
		} else if r.Phone == "**" && strings.HasSuffix(r.Name, "**") {
			masked++
		}
	}
	if open != 120 || masked == 0 {
		t.Fatalf("%d telephone numbers in clear, %d masked", open, masked)
	}
}

// A resident sees who looked at the own door, and the looks of no other.
func TestResidentsSeeWhoLooked(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		door := w.Doors(apitest.Microgrid)[0]
		w.Grant("neighbour", "resident", w.Doors(apitest.Microgrid)[1].Code, "static")
		w.Grant("athome", "resident", door.Code, "static")
		people := all[api.Resident](w, "lead", "/residents?under="+door.ID)
		if len(people.Items) == 0 {
			t.Fatal("nobody lives there")
		}
		w.Post("community", "/residents/"+people.Items[0].ID+"/reveal", j{"field": "phone", "purpose": "contact"}).OK()
		var looks list[api.Look]
		w.Get("athome", "/places/"+door.ID+"/looks").OK(&looks)
		if looks.Total == 0 || looks.Items[0].Purpose != "contact" || looks.Items[0].Role != "community" || looks.Items[0].Field != "phone" {
			t.Fatalf("%+v", looks)
		}
		listed := 0
		for _, l := range looks.Items {
			if l.Purpose == "list" {
				listed++
			}
		}
		before := listed
		w.Get("community", "/residents?under="+w.ID(apitest.Community)).OK()
		w.Get("athome", "/places/"+door.ID+"/looks").OK(&looks)
		for listed = 0; len(looks.Items) > 0; looks.Items = looks.Items[1:] {
			if looks.Items[0].Purpose == "list" {
				listed++
			}
		}
		if listed != before+1 {
			t.Fatalf("a list of the whole community that the door was part of is not told: %d, then %d", before, listed)
		}
		// Five more pages of that list within the hour are one line; the journal keeps each.
		last := w.Store.Last()
		for range 5 {
			w.Get("community", "/residents?under="+w.ID(apitest.Community)).OK()
		}
		if n := len(w.Entries(last)); n != 5 {
			t.Fatalf("the journal keeps %d of 5 looks", n)
		}
		lines := func() (out []api.Look) {
			for _, l := range all[api.Look](w, "athome", "/places/"+door.ID+"/looks").Items {
				if l.Purpose == "list" && l.Role == "community" {
					out = append(out, l)
				}
			}
			return out
		}
		if l := lines(); len(l) != 1 || l[0].Count != 6 {
			t.Fatalf("six looks within the hour: %+v", l)
		}
		w.Pass(time.Hour)
		w.Get("community", "/residents?under="+w.ID(apitest.Community)).OK()
		w.Grant("colleague", "community", apitest.Community, "static")
		w.Get("colleague", "/residents?under="+w.ID(apitest.Community)).OK()
		if l := lines(); len(l) != 3 || l[0].Count != 1 || l[1].Count != 1 || l[2].Count != 6 {
			t.Fatalf("another hour and another person are lines of their own: %+v", l)
		}
		w.Get("neighbour", "/places/"+door.ID+"/looks").Refused("SW-1010")
		w.Get("athome", "/residents?under="+door.ID).Refused("SW-1011")
	})
}
