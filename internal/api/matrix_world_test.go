package api_test

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/access/accesstest"
	"shouwang/internal/api/apitest"
	"shouwang/internal/dispatch"
	"shouwang/internal/dispatch/drill"
	"shouwang/internal/dispatch/surge"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/notice"
	"shouwang/internal/people"
	"shouwang/internal/people/care"
	"shouwang/internal/people/service"
	"shouwang/internal/people/shift"
	"shouwang/internal/people/training"
	"shouwang/internal/people/unit"
	"shouwang/internal/round"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

//go:embed testdata/matrix.txt
var matrixText string

type row struct{ action, how string }

// matrixRows reads the table of operations.
func matrixRows(t *testing.T) map[string]row {
	t.Helper()
	out := map[string]row{}
	for n, line := range strings.Split(matrixText, "\n") {
		f := strings.Fields(line)
		if len(f) == 0 || strings.HasPrefix(line, "#") || f[0] == "operation" {
			continue
		}
		if len(f) != 3 || out[f[0]] != (row{}) {
			t.Fatalf("matrix.txt line %d", n+1)
		}
		out[f[0]] = row{f[1], f[2]}
	}
	return out
}

// around is the place of each relation as seen from a kind of place.
var around = map[territory.Kind]map[accesstest.Relation]string{
	territory.City:        {accesstest.OwnPlace: apitest.City, accesstest.Sibling: apitest.OtherCity, accesstest.OtherCommunity: "990301001001"},
	territory.Subdistrict: {accesstest.OwnPlace: apitest.Subdistrict, accesstest.Sibling: apitest.Subdistrict2, accesstest.OtherCommunity: "990301001001"},
	territory.Community:   {accesstest.OwnPlace: apitest.Community, accesstest.Sibling: apitest.Community2, accesstest.OtherCommunity: "990203009001"},
	territory.Grid:        {accesstest.OwnPlace: apitest.Grid, accesstest.Sibling: apitest.Community + "-02", accesstest.OtherCommunity: apitest.Community2 + "-01"},
	territory.Microgrid:   {accesstest.OwnPlace: apitest.Microgrid, accesstest.Sibling: apitest.Second, accesstest.OtherCommunity: apitest.Community2 + "-001"},
	territory.Building:    {accesstest.OwnPlace: apitest.Building, accesstest.Sibling: apitest.Building2, accesstest.OtherCommunity: apitest.Community2 + "-B001"},
	territory.Door:        {accesstest.OwnPlace: apitest.Door, accesstest.Sibling: apitest.Building + "-1-102", accesstest.OtherCommunity: apitest.Community2 + "-B001-1-101"},
}

var relations = []accesstest.Relation{accesstest.OwnPlace, accesstest.Sibling, accesstest.OtherCommunity, accesstest.Absent}

// target is what a request of the matrix is about.
type target struct{ place, code, person, incident, round, plan, account, fact, exemption, kase, desk string }

var absent = target{"zzzz", "990299999999", "p9999", "nothing", "nothing", "nothing", "nothing", "nothing", "nothing", "nothing", "nothing"}

func at(w *apitest.World, code string) target {
	p := w.Place(code)
	x := target{place: p.ID, code: code, incident: "i-" + p.ID, round: "r-" + p.ID, plan: "plan-" + p.ID, account: "held-" + p.ID, fact: "f-" + p.ID, exemption: "x-" + p.ID, kase: "k-" + p.ID}
	for _, r := range w.People {
		if territory.Inside(r.Path, p.Path) {
			x.person = r.ID
			return x
		}
	}
	w.T.Fatalf("nobody lives at %s", code)
	return x
}

// stage puts an incident, a plan, a round, a target and an account at every place of
// the matrix.
func stage(w *apitest.World) {
	w.T.Helper()
	book, err := mode.Shipped("epidemic")
	w.Must(err)
	for _, places := range around {
		for _, code := range places {
			p := w.Place(code)
			if ok := w.Get("commander", "/incidents/i-"+p.ID); ok.Status == 200 {
				continue
			}
			x := at(w, code)
			e := journal.Entry{Actor: "system", Verb: "test.staged", Thing: "incidents", Path: p.Path, PlaceID: p.ID, Audience: "work"}
			i := dispatch.Incident{ID: x.incident, Title: "演练", Playbook: book.ID, Version: book.Hash, PlaceID: p.ID, Path: p.Path, Author: "acc-commander", Declared: w.Clock(), Keep: time.Hour}
			body, err := json.Marshal(dispatch.Plan{ID: x.plan, Incident: i.ID, Fills: []dispatch.Fill{{Slot: slot(x), PlaceID: p.ID}}})
			w.Must(err)
			doc := store.PlanDoc{ID: x.plan, Incident: i.ID, Author: "acc-deputy", Made: w.Clock(), Body: body}
			shape, err := json.Marshal(j{"id": "ground-" + p.ID, "verb": "move", "place": p.ID, "asks": []string{p.ID}, "preview": j{}})
			w.Must(err)
			ground := store.PlanDoc{ID: "ground-" + p.ID, Author: "acc-deputy", Made: w.Clock(), Body: shape}
			r := round.Round{ID: x.round, Key: i.ID + "|sweep", Incident: i.ID, Item: "sweep", PlaceID: p.ID, Path: p.Path, Opened: w.Clock(), Due: w.Clock(),
				Outcomes: []round.Outcome{{ID: "at-home", Final: true, Tone: "ok"}}, Total: 1}
			g := round.Target{RoundID: r.ID, Incident: i.ID, PlaceID: p.ID, Path: p.Path}
			acc := access.Account{ID: x.account, Login: x.account, Name: "账号"}
			over := mode.Override{ID: "o-" + p.ID, PlaceID: p.ID, Path: p.Path, Playbook: book.ID, Kind: "set", Key: "rounds.sweep.due", Value: `"PT36H"`, Was: `"PT24H"`, Reason: "高层", Grade: mode.MayEase, Author: "acc-commander", At: w.Clock()}
			brief := dispatch.Briefing{ID: "b-" + p.ID, Incident: i.ID, PostID: "nobody's", PlaceID: p.ID, Path: p.Path, Playbook: book.ID, At: w.Clock()}
			held := access.Grant{ID: x.account, Account: x.account, Role: access.Inspector, PlaceID: p.ID, Path: p.Path, Why: access.Static}
			hand := people.Helper{ID: "h-" + p.ID, Number: "away-" + p.ID, Name: "候补", PlaceID: p.ID, Path: p.Path, Kind: "volunteer"}
			seat := people.Post{ID: "q-" + p.ID, Key: "q-" + p.ID, Incident: i.ID, Item: "lead", PlaceID: p.ID, Path: p.Path, N: 1, HelperID: hand.ID, From: w.Clock()}
			call := notice.Notice{ID: "n-" + p.ID, Kind: notice.Call, PlaceID: p.ID, Path: p.Path, Wants: notice.Answer, Turn: notice.Together, Author: "acc-commander", Sent: w.Clock(), Until: w.Clock().Add(time.Hour)}
			turn := shift.Shift{ID: "s-" + p.ID, Key: "s-" + p.ID, Item: "day-patrol", PlaceID: p.ID, Path: p.Path, N: 1, HelperID: hand.ID, State: shift.Done, From: w.Clock(), Until: w.Clock()}
			turns := shift.Roster{ID: "s-" + p.ID, PlaceID: p.ID, Path: p.Path, From: w.Clock(), Days: 1, TakenBack: w.Clock(), Body: []byte("{}")}
			troop := surge.Squad{ID: "q-" + p.ID, Number: "q-" + p.ID, Organisation: "财政局", Name: "突击队", Contact: "办公室", Kind: surge.General, Size: 9, PlaceID: p.ID, Path: p.Path, From: w.Clock()}
			stand := surge.Station{ID: "q-" + p.ID, SquadID: troop.ID, PlaceID: p.ID, Path: p.Path, Kind: surge.General, People: 3, From: w.Clock()}
			draft, err := json.Marshal(surge.Draft{PlaceID: p.ID, Path: p.Path, TakenBack: w.Clock()})
			w.Must(err)
			sent := store.PlanDoc{ID: "surge-" + p.ID, Incident: "surge:" + p.ID, Author: "acc-deputy", Made: w.Clock(), Applied: w.Clock(), Body: draft}
			called := notice.Receiver{NoticeID: call.ID, N: 1, HelperID: hand.ID, PlaceID: p.ID, Path: p.Path, Asked: w.Clock()}
			lesson := training.Training{ID: "t-" + p.ID, Course: "protective", Step: "lesson", PlaceID: p.ID, Path: p.Path, Trainer: hand.ID, From: w.Clock(), Until: w.Clock().Add(time.Hour), Places: 1}
			pass := people.Pass{ID: "pp-" + p.ID, HelperID: hand.ID, Qualification: "sampling", Source: "import"}
			gave := service.Stretch{ID: "s-" + p.ID, HelperID: hand.ID, PlaceID: p.ID, Path: p.Path, From: w.Clock().Add(-time.Hour), Until: w.Clock()}
			paper := service.Certificate{ID: "c-" + p.ID, Number: "c-" + p.ID, Hash: "c-" + p.ID, HelperID: hand.ID, PlaceID: p.ID, Path: p.Path, Made: w.Clock()}
			vest := care.Issue{ID: "g-" + p.ID, PlaceID: p.ID, Path: p.Path, Kind: "vest", Count: 1, Given: w.Clock()}
			words := care.Thanks{ID: "k-" + p.ID, PlaceID: p.ID, Path: p.Path, Words: "谢谢", Made: w.Clock(), Decided: w.Clock()}
			guest := unit.Unit{ID: "u-" + p.ID, Name: "单位", Kind: "party", PlaceID: p.ID, Path: p.Path, Since: w.Clock(), Ended: w.Clock()}
			gate := round.Point{ID: "o-" + p.ID, PlaceID: p.ID, Path: p.Path, Item: "patrol", Name: "东门", Every: time.Hour, Until: time.Hour, Since: w.Clock()}
			run := drill.Run{ID: "d-" + p.ID, PlaceID: p.ID, Path: p.Path, Playbook: book.ID, Author: "acc-commander", Started: w.Clock(), State: drill.Running}
			fact := mode.Fact{ID: x.fact, Incident: i.ID, PlaceID: p.ID, Path: p.Path, Name: "last-positive", At: w.Clock(), Source: "通报", Author: "acc-commander", Recorded: w.Clock()}
			plea := mode.Exemption{ID: x.exemption, Incident: i.ID, Zone: "control", PlaceID: p.ID, Path: p.Path, Purpose: "treatment", Need: "透析", Requester: "system",
				Asked: w.Clock(), Due: w.Clock(), From: w.Clock(), Until: w.Clock().Add(time.Hour)}
			_, err = w.Store.Commit(w.T.Context(), nil, nil, journal.Change{Row: &fact}, journal.Change{Row: &plea}, journal.Change{Row: &i, Entry: e}, journal.Change{Row: &doc}, journal.Change{Row: &r}, journal.Change{Row: &g},
				journal.Change{Row: &acc}, journal.Change{Row: &held}, journal.Change{Row: &over}, journal.Change{Row: &brief}, journal.Change{Row: &ground}, journal.Change{Row: &hand}, journal.Change{Row: &seat}, journal.Change{Row: &gave}, journal.Change{Row: &paper}, journal.Change{Row: &run}, journal.Change{Row: &call}, journal.Change{Row: &called}, journal.Change{Row: &turn}, journal.Change{Row: &turns}, journal.Change{Row: &troop}, journal.Change{Row: &stand}, journal.Change{Row: &sent}, journal.Change{Row: &lesson}, journal.Change{Row: &pass}, journal.Change{Row: &vest}, journal.Change{Row: &guest}, journal.Change{Row: &words}, journal.Change{Row: &gate})
			if err != nil && !strings.Contains(err.Error(), "SW-1801") { // staged already as a place of another kind
				w.T.Fatal(err)
			}
			stageNeed(w, p, x)
		}
	}
}

func slot(x target) string { return strings.Join([]string{x.incident, "lead", x.place, "", "1"}, "|") }

// emergency puts everything in an incident in force.
func emergency(w *apitest.World) {
	w.T.Helper()
	book, err := mode.Shipped("epidemic")
	w.Must(err)
	for n, code := range []string{apitest.City, apitest.OtherCity} {
		p := w.Place(code)
		i := dispatch.Incident{ID: fmt.Sprint("running", n), Title: "大范围", Playbook: book.ID, Version: book.Hash, PlaceID: p.ID, Path: p.Path, Declared: w.Clock(), Started: w.Clock(), Keep: time.Hour}
		m := mode.Measure{ID: fmt.Sprint("m", n), Incident: i.ID, Zone: "precaution", PlaceID: p.ID, Path: p.Path, Basis: basis, From: w.Clock(), Until: w.Clock().AddDate(0, 0, 9)}
		e := journal.Entry{Actor: "system", Verb: "incident.applied", Thing: "incidents", ThingID: i.ID, Path: p.Path, PlaceID: p.ID, Audience: "work"}
		w.Commit(journal.Change{Row: &i, Entry: e}, journal.Change{Row: &m})
	}
}

// matrixWorld is a world with everything that the matrix asks about; accounts named
// role and role-task hold each role by hand and by a post.
func matrixWorld(t *testing.T, inEmergency bool) *apitest.World {
	w := world(t)
	stage(w)
	if inEmergency {
		emergency(w)
	}
	for _, r := range access.Roles {
		w.Grant(string(r.Role)+"-task", r.Role, apitest.Homes[r.Role], access.PostWhy("x"))
	}
	return w
}

// requests says how each operation is asked about a target.
func requests(x target) map[string]apitest.Call {
	read := func(path string) apitest.Call { return apitest.Call{Method: "GET", Path: path} }
	post := func(path string, body any) apitest.Call { return apitest.Call{Method: "POST", Path: path, Body: body} }
	file := func(path string) apitest.Call {
		c := post(path, "一,二\n3,4\n")
		c.Header = map[string]string{"Content-Type": "application/octet-stream", "File-Name": "x.csv"}
		return c
	}
	return map[string]apitest.Call{
		"session-open":         post("/sessions", j{"login": "nobody", "password": "wrong"}),
		"session-end":          {Method: "DELETE", Path: "/sessions/current"},
		"me-read":              read("/me"),
		"demo-roles":           read("/demo/roles"),
		"demo-enter":           post("/demo/enter", j{"id": "inspector"}),
		"token-create":         post("/tokens", j{"role": "lead", "place_code": x.code}),
		"account-create":       post("/accounts", j{"login": "new", "name": "新", "role": "lead", "place_code": x.code, "password": "short"}),
		"account-password":     post("/accounts/"+x.account+"/password", j{"password": "short"}),
		"account-list":         read("/accounts?login=" + x.account),
		"account-disable":      post("/accounts/"+x.account+"/disable", j{"disabled": false}),
		"grant-create":         post("/accounts/"+x.account+"/grants", j{"role": "nobody", "place_code": x.code}),
		"grant-end":            post("/accounts/"+x.account+"/grants/"+x.account+"/end", nil),
		"place-read":           read("/places/" + x.place),
		"place-children":       read("/places/" + x.place + "/children"),
		"place-list":           read("/places?under=" + x.place),
		"place-map":            read("/places/" + x.place + "/map"),
		"place-board":          read("/places/" + x.place + "/board"),
		"contact-read":         read("/places/" + x.place + "/contact"),
		"boundary-read":        read("/places/" + x.place + "/boundary"),
		"boundary-set":         {Method: "PUT", Path: "/places/" + x.place + "/boundary", Body: j{"geometry": j{"type": "Point", "coordinates": []float64{1, 1}}}},
		"contact-set":          {Method: "PUT", Path: "/places/" + x.place + "/contact", Body: j{"phone": "call"}},
		"qr-issue":             post("/places/"+x.place+"/qr", j{"kinds": []string{"community"}}),
		"qr-list":              read("/places/" + x.place + "/qr?limit=1"),
		"qr-replace":           post("/places/"+x.place+"/qr/replace", nil),
		"place-divide":         post("/places/"+x.place+"/divide", j{"households": 40}),
		"place-move":           post("/places/"+x.place+"/move", j{"to": x.code}),
		"place-split":          post("/places/"+x.place+"/split", j{"parts": []any{}}),
		"place-merge":          post("/places/"+x.place+"/merge", j{"others": []string{}}),
		"place-history":        read("/places/" + x.place + "/history"),
		"reshape-read":         read("/reshapes/ground-" + x.place),
		"reshape-apply":        post("/reshapes/ground-"+x.place+"/apply", nil),
		"reshape-undo":         post("/reshapes/ground-"+x.place+"/undo", nil),
		"resident-list":        read("/residents?limit=2&under=" + x.place),
		"resident-read":        read("/residents/" + x.person),
		"resident-reveal":      post("/residents/"+x.person+"/reveal", j{"field": "phone", "purpose": "contact"}),
		"sheet-check":          post("/residents/check", j{"rows": []j{}}),
		"sheet-submit":         post("/residents/submit", j{"rows": []j{}}),
		"resident-looks":       read("/residents/" + x.person + "/looks"),
		"place-looks":          read("/places/" + x.place + "/looks"),
		"helper-list":          read("/helpers?limit=2&under=" + x.place),
		"helper-read":          read("/helpers/h-" + x.place),
		"helper-create":        post("/helpers", j{"name": "新来的", "place_id": x.place, "kind": "nobody"}),
		"helper-change":        post("/helpers/h-"+x.place, j{"hours": 3}),
		"helper-reveal":        post("/helpers/h-"+x.place+"/reveal", j{"field": "phone", "purpose": "assign"}),
		"helper-leave":         post("/helpers/h-"+x.place+"/leave", j{"confirm": true}),
		"own-file":             read("/me/helper"),
		"join-read":            read("/joins/x"),
		"talent-list":          read("/talents"),
		"code-send":            post("/codes", j{"phone": "12900001111", "purpose": "enter"}),
		"join":                 post("/joins/x", j{"name": "新"}),
		"code-enter":           post("/sessions/code", j{"ticket": "x", "code": "000000", "phone": "12900001111"}),
		"lead-list":            read("/leads?limit=1&under=" + x.place),
		"lead-candidates":      read("/leads/" + x.place),
		"lead-choose":          post("/leads/"+x.place, j{"lead": "nobody", "reason": "x"}),
		"card-make":            post("/places/"+x.place+"/card", nil),
		"card-revoke":          post("/places/"+x.place+"/card/revoke", nil),
		"card-list":            read("/places/" + x.place + "/card"),
		"card-sheet":           read("/places/" + x.place + "/card/sheet"),
		"own-change":           post("/me/helper", j{"hours": 3}),
		"own-phone":            read("/me/phone"),
		"own-phone-code":       post("/me/phone/code", j{"phone": "12900001111"}),
		"own-phone-change":     post("/me/phone", j{"phone": "12900001111", "ticket": "x", "code": "000000"}),
		"own-leave":            post("/me/helper/leave", nil),
		"helper-away":          post("/helpers/h-"+x.place+"/away", j{"away": "isolated"}),
		"service-list":         read("/helpers/h-" + x.place + "/services"),
		"service-note":         post("/helpers/h-"+x.place+"/services", j{"title": j{"zh": "", "en": ""}, "from": "", "until": "", "reason": ""}),
		"service-correct":      post("/services/s-"+x.place+"/correct", j{"reason": ""}),
		"own-services":         read("/me/services"),
		"team-services":        read("/me/team/services"),
		"service-propose":      post("/services/s-"+x.place+"/propose", j{"from": "", "until": "", "reason": ""}),
		"service-waiting":      read("/places/" + x.place + "/services/waiting"),
		"care-board":           read("/places/" + x.place + "/care"),
		"gear-give":            post("/places/"+x.place+"/gear", j{"kind": "boat", "count": 1}),
		"gear-back":            post("/gear/g-"+x.place+"/back", j{}),
		"care-set":             post("/helpers/h-"+x.place+"/care", j{"insured_until": "x", "insured_by": "", "lodging": "", "lodged_until": ""}),
		"own-care":             read("/me/care"),
		"thanks-list":          read("/places/" + x.place + "/thanks"),
		"thanks-write":         post("/places/"+x.place+"/thanks", j{"words": "", "from": ""}),
		"thanks-decide":        post("/thanks/k-"+x.place+"/decide", j{"show": true}),
		"burden-read":          read("/places/" + x.place + "/burden"),
		"unit-list":            read("/places/" + x.place + "/units"),
		"unit-make":            post("/places/"+x.place+"/units", j{"name": "", "kind": ""}),
		"unit-change":          post("/units/u-"+x.place, j{"name": "", "kind": ""}),
		"unit-end":             post("/units/u-"+x.place+"/end", nil),
		"own-units":            read("/me/units"),
		"unit-join":            post("/me/units/u-"+x.place, j{"how": "", "shares": false}),
		"unit-leave":           post("/me/units/u-"+x.place+"/leave", nil),
		"calendar-read":        read("/me/calendar"),
		"calendar-reset":       post("/me/calendar", nil),
		"own-object":           post("/me/services/s-"+x.place+"/object", j{"text": ""}),
		"certificate-issue":    post("/helpers/h-"+x.place+"/certificates", j{"from": "", "until": ""}),
		"certificate-read":     read("/certificates/c-" + x.place),
		"certificate-withdraw": post("/certificates/c-"+x.place+"/withdraw", j{"reason": ""}),
		"team-forms":           read("/places/" + x.place + "/teams"),
		"team-list":            read("/places/" + x.place + "/teams/two-plus-n"),
		"call-reach":           read("/places/" + x.place + "/reach"),
		"call-send":            post("/places/"+x.place+"/calls", j{"title": j{"zh": "集合", "en": ""}, "text": j{"zh": "请来", "en": ""}, "until": "2020-01-01"}),
		"call-list":            read("/calls?under=" + x.place),
		"call-read":            read("/calls/n-" + x.place),
		"call-withdraw":        post("/calls/n-"+x.place+"/withdraw", j{"reason": ""}),
		"roster-board":         read("/places/" + x.place + "/roster"),
		"roster-plan":          post("/places/"+x.place+"/rosters", j{"from": "", "days": 0}),
		"roster-improve":       post("/rosters/s-"+x.place+"/improve", j{}),
		"roster-fits":          read("/rosters/s-" + x.place + "/fits?key=none"),
		"roster-move":          post("/rosters/s-"+x.place+"/move", j{"key": "none"}),
		"roster-publish":       post("/rosters/s-"+x.place+"/publish", nil),
		"roster-back":          post("/rosters/s-"+x.place+"/back", nil),
		"squad-list":           read("/places/" + x.place + "/squads"),
		"squad-create":         post("/squads", j{"number": "new", "place_id": x.place, "size": -1}),
		"squad-change":         post("/squads/q-"+x.place, j{"size": -1}),
		"surge-board":          read("/places/" + x.place + "/surge"),
		"surge-plan":           post("/places/"+x.place+"/surges", j{"needs": []j{{"place_id": "nowhere", "kind": "general", "people": 1}}}),
		"surge-apply":          post("/surges/surge-"+x.place+"/apply", nil),
		"surge-back":           post("/surges/surge-"+x.place+"/back", nil),
		"station-release":      post("/stations/q-"+x.place+"/release", j{"people": -1, "hours": 0}),
		"shift-fits":           read("/shifts/s-" + x.place + "/fits"),
		"shift-assign":         post("/shifts/s-"+x.place+"/assign", j{"helper_id": "nobody"}),
		"shift-free":           post("/shifts/s-"+x.place+"/free", j{"how": "desk"}),
		"shift-mine":           read("/me/shifts"),
		"shift-leave":          post("/shifts/s-"+x.place+"/leave", nil),
		"shift-undo":           post("/shifts/s-"+x.place+"/undo", nil),
		"shift-pick":           post("/shifts/s-"+x.place+"/pick", nil),
		"shift-swap":           post("/shifts/s-"+x.place+"/swap", j{"with": "nothing"}),
		"shift-settle":         post("/shifts/s-"+x.place+"/settle", j{"how": "stood"}),
		"shift-come":           post("/shifts/s-"+x.place+"/come", nil),
		"shift-stood":          post("/shifts/s-"+x.place+"/stood", nil),
		"shift-swaps":          read("/shifts/s-" + x.place + "/swaps"),
		"shift-note":           post("/shifts/s-"+x.place+"/note", j{"note": "x"}),
		"wish-set":             post("/me/wishes", j{"day": "2020-01-01", "on": true}),
		"call-note":            post("/calls/n-"+x.place+"/receivers/1", j{"answer": "perhaps"}),
		"training-list":        read("/trainings?under=" + x.place),
		"training-plan":        post("/places/"+x.place+"/trainings", j{"course": "dancing", "step": "x", "trainer_id": "h-" + x.place, "from": "x", "until": "x"}),
		"training-invite":      post("/trainings/t-"+x.place+"/invite", j{"helper_ids": []string{"h-" + x.place}}),
		"training-mark":        post("/trainings/t-"+x.place+"/marks", j{"marks": []j{{"helper_id": "nobody", "outcome": "came"}}}),
		"training-cancel":      post("/trainings/t-"+x.place+"/cancel", j{"reason": ""}),
		"pass-give":            post("/helpers/h-"+x.place+"/passes", j{"course": "dancing", "trainer_id": "nobody"}),
		"pass-name":            post("/helpers/h-"+x.place+"/passes/first", j{"qualification": "dancing", "reason": "", "until": "2020-01-01"}),
		"pass-revoke":          post("/passes/pp-"+x.place+"/revoke", j{"reason": ""}),
		"training-needs":       read("/training/needs?under=" + x.place),
		"course-list":          read("/courses"),
		"learning-read":        read("/me/learning"),
		"helper-learning":      read("/helpers/h-" + x.place + "/learning"),
		"card-read":            post("/me/cards/nothing", j{"wording": "x"}),
		"card-note":            post("/helpers/h-"+x.place+"/cards/nothing", j{"wording": "x"}),
		"ask-list":             read("/asks"),
		"ask-answer":           post("/asks/n-"+x.place+"/answer", j{"answer": "yes"}),
		"ask-read":             post("/asks/n-"+x.place+"/read", nil),
		"ask-scene":            post("/asks/n-"+x.place+"/scene", nil),
		"push-read":            read("/push"),
		"push-set":             post("/push", j{"subscription": "{}"}),
		"push-end":             {Method: "DELETE", Path: "/push/nobodys"},
		"outbox-list":          read("/outbox"),
		"drill-start":          post("/drills", j{"playbook": "epidemic", "place_id": x.place}),
		"drill-list":           read("/drills"),
		"drill-read":           read("/drills/d-" + x.place),
		"drill-stop":           post("/drills/d-"+x.place+"/stop", nil),
		"drill-delete":         {Method: "DELETE", Path: "/drills/d-" + x.place},
		"playbook-list":        read("/playbooks"),
		"playbook-check":       post("/playbooks/check", j{"text": "playbook: x"}),
		"incident-declare":     post("/incidents", j{"title": "又一次", "playbook": "epidemic", "place_id": x.place}),
		"incident-list":        read("/incidents"),
		"incident-read":        read("/incidents/" + x.incident),
		"incident-zone":        post("/incidents/"+x.incident+"/zones", j{"zone": "control", "place_ids": []string{x.place}, "basis": basis, "until": "2026-11-30"}),
		"incident-lift":        post("/incidents/"+x.incident+"/zones/lift", j{"place_ids": []string{x.place}}),
		"incident-zone-places": read("/incidents/" + x.incident + "/zones/places"),
		"incident-plan":        post("/incidents/"+x.incident+"/plan", nil),
		"incident-apply":       post("/incidents/"+x.incident+"/apply", j{"plan": x.plan}),
		"incident-confirm":     post("/incidents/"+x.incident+"/confirm", nil),
		"incident-demobilize":  post("/incidents/"+x.incident+"/demobilize", j{"confirm": true}),
		"clock-list":           read("/incidents/" + x.incident + "/clocks"),
		"clock-place":          read("/places/" + x.place + "/clocks"),
		"clock-replay":         post("/clocks/replay", j{"history": "x"}),
		"clock-whatif":         post("/incidents/"+x.incident+"/replay", j{"rules": j{}}),
		"fact-list":            read("/incidents/" + x.incident + "/facts"),
		"fact-record":          post("/incidents/"+x.incident+"/facts", j{"name": "last-positive", "place_id": x.place, "source": "疾控通报"}),
		"fact-withdraw":        post("/incidents/"+x.incident+"/facts/"+x.fact+"/withdraw", nil),
		"lapse-list":           read("/incidents/" + x.incident + "/lapsed"),
		"flag-list":            read("/incidents/" + x.incident + "/flags"),
		"gap-list":             read("/incidents/" + x.incident + "/gaps"),
		"exemption-request":    post("/places/"+x.place+"/exemptions", j{"purpose": "treatment", "need": "透析", "until": "2026-11-30"}),
		"exemption-list":       read("/exemptions?under=" + x.place),
		"exemption-read":       read("/exemptions/" + x.exemption),
		"exemption-decide":     post("/exemptions/"+x.exemption+"/decide", j{"grant": true, "reason": "可以"}),
		"exemption-revoke":     post("/exemptions/"+x.exemption+"/revoke", j{"reason": "已好"}),
		"case-items":           read("/places/" + x.place + "/needs"),
		"case-like":            post("/cases/like", j{"item": "ask", "place_id": x.place}),
		"case-open":            post("/cases", j{"item": "ask", "place_id": x.place, "words": "要一袋米"}),
		"case-list":            read("/cases?under=" + x.place),
		"case-read":            read("/cases/" + x.kase),
		"case-take":            post("/cases/"+x.desk+"/take", j{}),
		"case-release":         post("/cases/"+x.desk+"/release", j{}),
		"case-assign":          post("/cases/"+x.desk+"/assign", j{"who": "nobody"}),
		"case-staff":           read("/cases/" + x.desk + "/staff"),
		"case-triage":          post("/cases/"+x.desk+"/triage", j{"item": "ask"}),
		"case-transfer":        post("/cases/"+x.desk+"/transfer", j{"place_id": x.place, "role": "police", "words": "归民警"}),
		"case-accept":          post("/cases/"+x.desk+"/accept", j{}),
		"case-return":          post("/cases/"+x.desk+"/return", j{"words": "不归我们"}),
		"case-pause":           post("/cases/"+x.desk+"/pause", j{"why": "weather", "until": "2026-11-30"}),
		"case-resume":          post("/cases/"+x.desk+"/resume", j{}),
		"case-hide":            post("/cases/"+x.desk+"/hide", j{"words": "不合适"}),
		"case-show":            post("/cases/"+x.desk+"/show", j{"words": "看过了"}),
		"case-note":            post("/cases/"+x.desk+"/note", j{"words": "去看过了"}),
		"case-join":            post("/cases/"+x.desk+"/join", j{"same": x.desk}),
		"case-answer":          post("/cases/"+x.desk+"/answer", j{"words": "办好了", "met_by": "community"}),
		"case-decide":          post("/cases/"+x.desk+"/decide", j{"verdict": "upheld", "words": "维持原决定"}),
		"case-confirm":         post("/cases/"+x.kase+"/confirm", j{}),
		"case-reopen":          post("/cases/"+x.kase+"/reopen", j{}),
		"case-withdraw":        post("/cases/"+x.kase+"/withdraw", j{"words": "不要了"}),
		"dose-list":            read("/places/" + x.place + "/doses"),
		"dose-set":             post("/residents/"+x.person+"/dose", j{"medicine": "", "until": "", "reviewer": ""}),
		"dose-end":             post("/residents/"+x.person+"/dose/end", nil),
		"response-list":        read("/responses?under=" + x.place),
		"response-read":        read("/cases/" + x.kase + "/response"),
		"response-link":        post("/cases/"+x.desk+"/response/link", j{"service": "120"}),
		"response-more":        post("/cases/"+x.desk+"/response/more", nil),
		"response-hand":        post("/cases/"+x.desk+"/response/hand", j{"crew": "ambulance", "name": "x", "role": "x", "org": "x"}),
		"greeting-board":       read("/places/" + x.place + "/greetings"),
		"greeting-who":         read("/residents/" + x.person + "/greeters"),
		"greeting-pair":        post("/residents/"+x.person+"/greeting", j{"first": "", "second": "", "agreed": false}),
		"greeting-end":         post("/residents/"+x.person+"/greeting/end", j{"why": "unneeded"}),
		"greeting-say":         post("/residents/"+x.person+"/greeting/say", j{"outcome": "", "how": "door"}),
		"own-greetings":        read("/me/greetings"),
		"point-list":           read("/points?under=" + x.place),
		"point-declare":        post("/points", j{"place_id": x.place, "item": "", "name": "", "minutes": 0, "from": "", "until": ""}),
		"point-change":         post("/points/o-"+x.place, j{"place_id": x.place, "item": "", "name": "", "minutes": 0, "from": "", "until": ""}),
		"point-end":            post("/points/o-"+x.place+"/end", nil),
		"point-record":         post("/points/o-"+x.place+"/record", j{"outcome": ""}),
		"own-greeting-say":     post("/me/greetings/"+x.person, j{"outcome": "", "how": "door"}),
		"own-greeting-phone":   post("/me/greetings/"+x.person+"/phone", nil),
		"kin-list":             read("/places/" + x.place + "/kin"),
		"kin-let":              post("/places/"+x.place+"/kin", j{"name": "", "relation": "son", "purpose": "", "until": "2026-12-30"}),
		"kin-end":              post("/kin/"+x.kase+"/end", nil),
		"outside-list":         read("/places/" + x.place + "/outside-keys"),
		"outside-issue":        post("/places/"+x.place+"/outside-keys", j{"name": "外部系统", "place_ids": []string{}, "items": []string{}, "until": "2026-12-30"}),
		"outside-revoke":       post("/outside-keys/"+x.kase+"/revoke", j{"why": ""}),
		"outside-uses":         read("/outside-keys/" + x.kase + "/uses"),
		"warning-list":         read("/warnings?under=" + x.place),
		"warning-answer":       post("/warnings/"+x.kase+"/answer", j{"answer": "done"}),
		"warning-rules":        read("/places/" + x.place + "/warning-rules"),
		"warning-try":          post("/places/"+x.place+"/warning-try", matrixRule),
		"warning-save":         post("/places/"+x.place+"/warning-rules", j{"rule": matrixRule, "because": "试"}),
		"custody-list":         read("/custodies?under=" + x.place),
		"custody-of-case":      read("/cases/" + x.kase + "/custodies"),
		"transfer-open":        post("/transfers", j{"place_id": x.place}),
		"transfer-asked":       read("/places/" + x.place + "/transfer"),
		"transfer-list":        read("/transfers?under=" + x.place),
		"transfer-read":        read("/transfers/" + x.kase),
		"transfer-say":         post("/transfers/"+x.kase+"/give", j{"leg": "ride"}),
		"custody-takers":       read("/custodies/" + x.kase + "/takers?leg=ride"),
		"custody-give":         post("/custodies/"+x.kase+"/give", j{"leg": "nowhere", "to": "acc-lead"}),
		"custody-take":         post("/custodies/"+x.kase+"/take", j{"leg": "nowhere"}),
		"custody-refuse":       post("/custodies/"+x.kase+"/refuse", j{"how": "full"}),
		"custody-recall":       post("/custodies/"+x.kase+"/recall", j{}),
		"custody-name":         post("/custodies/"+x.desk+"/name", j{"leg": "nowhere", "out": "ambulance"}),
		"custody-end":          post("/custodies/"+x.kase+"/end", j{"how": "home"}),
		"exemption-check":      read("/places/" + x.place + "/exempt"),
		"plan-read":            read("/plans/" + x.plan),
		"plan-override":        post("/plans/"+x.plan+"/override", j{"slot": slot(x), "helper_id": "v0001", "reason": "熟"}),
		"plan-pin":             post("/plans/"+x.plan+"/pin", j{"slot": slot(x), "helper_id": "v0001", "reason": "熟"}),
		"post-list":            read("/posts?limit=2&under=" + x.place),
		"field-posts":          read("/field/posts"),
		"post-arrive":          post("/posts/q-"+x.place+"/arrive", nil),
		"post-hand-over":       post("/posts/q-"+x.place+"/hand-over", nil),
		"round-list":           read("/rounds?under=" + x.place),
		"round-targets":        read("/rounds/" + x.round + "/targets?limit=2"),
		"round-record":         post("/rounds/"+x.round+"/targets/"+x.place+"/record", j{"outcome": "at-home"}),
		"place-met":            read("/places/" + x.place + "/met"),
		"place-figures":        read("/places/" + x.place + "/case-figures"),
		"overview-read":        read("/overview?place_id=" + x.place),
		"log-list":             read("/log?limit=2&place_id=" + x.place),
		"field-pack":           read("/field/pack"),
		"field-door":           read("/field/doors/" + x.place),
		"batch":                post("/batch", j{"device": "d", "operations": []any{}}),
		"journal-checkpoint":   read("/journal/checkpoint"),

		"playbook-read":         read("/playbooks/epidemic"),
		"playbook-diff":         read("/playbooks/epidemic/diff"),
		"playbook-upgrade-plan": post("/playbooks/epidemic/upgrade/plan", j{}),
		"playbook-upgrade":      post("/playbooks/epidemic/upgrade", j{}),
		"override-list":         read("/overrides"),
		"catalogue-read":        read("/catalogue"),
		"override-check":        post("/playbooks/epidemic/overrides/check", j{"place_id": x.place, "text": "overrides: epidemic"}),
		"override-try":          post("/playbooks/epidemic/overrides/try", j{"place_id": x.place, "text": "overrides: nothing"}),
		"override-publish":      post("/playbooks/epidemic/overrides", j{"place_id": x.place, "text": "overrides: nothing"}),
		"override-decide":       post("/overrides/o-"+x.place+"/decide", j{"approve": true}),
		"incident-upgrade":      post("/incidents/"+x.incident+"/upgrade", nil),
		"incident-changes":      read("/incidents/" + x.incident + "/changes"),
		"changes-read":          read("/field/changes"),
		"changes-seen":          post("/field/changes/b-"+x.place+"/seen", nil),

		"import-places":         file("/imports/places"),
		"import-residents":      file("/imports/residents"),
		"import-helpers":        file("/imports/helpers"),
		"import-squads":         file("/imports/squads"),
		"import-rosters":        file("/imports/rosters"),
		"import-cases":          file("/imports/cases"),
		"import-progress":       read("/imports/" + x.plan + "/progress"),
		"import-rejects":        read("/imports/" + x.plan + "/rejects"),
		"export-helpers-csv":    read("/exports/helpers.csv?purpose=assign&under=" + x.place),
		"export-helpers-xlsx":   read("/exports/helpers.xlsx?purpose=assign&under=" + x.place),
		"export-places-csv":     read("/exports/places.csv?under=" + x.place),
		"export-places-xlsx":    read("/exports/places.xlsx?under=" + x.place),
		"export-places-geojson": read("/exports/places.geojson?under=" + x.place),
	}
}
