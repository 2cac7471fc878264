package api_test

import (
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/api/apitest"
	"shouwang/internal/custody"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/oversight"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// stageNeed puts closed cases with a custody at a place of the matrix, one at the desk of
// each role: every verb gets past the rights and changes nothing.
func stageNeed(w *apitest.World, p *territory.Place, x target) {
	kept := need.Item{CaseItem: mode.CaseItem{ID: "ask", Role: "community", Within: mode.Span{Text: "P1D", Days: 1}}, Chained: &mode.ChainItem{ID: "trip", Take: time.Minute, Again: time.Minute, Top: 1,
		Legs: []mode.LegItem{{ID: "wait", Within: time.Hour}, {ID: "ride", Within: time.Hour, Ends: []mode.Named{{ID: "home"}}}}}}
	keptBody, err := kept.Body()
	w.Must(err)
	keptRow := store.KeptItem{ID: "k-" + p.ID, Body: keptBody}
	system := access.OutsideKey{ID: x.kase, Name: "外部系统", Hash: x.kase, PlaceID: p.ID, Path: p.Path, Places: []string{p.ID}, Until: w.Clock().Add(time.Hour)}
	kin := access.Kin{ID: x.kase, PlaceID: p.ID, Name: "家人", Relation: "son", Purpose: "代办", Given: w.Clock().Add(-time.Hour), Until: w.Clock()}
	rows := []journal.Change{{Row: &keptRow}, {Row: &system}, {Row: &kin}}
	put := func(id, role string) {
		desk := need.Desk{PlaceID: p.ID, Path: p.Path, Role: role}
		kase := need.Case{ID: id, Number: id, Item: "ask", Book: keptRow.ID, PlaceID: p.ID, Path: p.Path, Origin: "desk", Opened: w.Clock(), Desk: desk,
			Offer: &need.Offer{To: desk, At: w.Clock(), Until: w.Clock().Add(time.Hour)}, Closed: w.Clock(), How: "silent"}
		had := need.Custody{ID: id, CaseID: id, Chain: "trip", Book: keptRow.ID, PlaceID: p.ID, Path: p.Path, First: custody.Party{Who: "out:household:"}, Opened: w.Clock()}
		rows = append(rows, journal.Change{Row: &kase}, journal.Change{Row: &had})
	}
	batch := need.Batch{ID: x.kase, PlaceID: p.ID, Path: p.Path, Vehicle: "甲", Seats: 1, Site: "甲", Basis: "甲", Opened: w.Clock(), Until: w.Clock().Add(time.Hour)}
	rows = append(rows, journal.Change{Row: &batch})
	put(x.kase, "resident") // at nobody's desk: reading it is a matter of its place alone
	for _, r := range access.Roles {
		put(x.at(r.Role), string(r.Role))
	}
	for _, r := range w.People { // an answered warning about the case: answering again comes past the rights
		if r.ID == x.person {
			told := oversight.Warning{ID: x.kase, Rule: "overdue", About: mode.AboutCase, Subject: x.kase, PlaceID: r.PlaceID, Path: r.Path, Since: w.Clock(), Answered: w.Clock(), Answer: oversight.Done}
			rows = append(rows, journal.Change{Row: &told})
		}
	}
	if _, err = w.Store.Commit(w.T.Context(), nil, nil, rows...); err != nil && !strings.Contains(err.Error(), "SW-1801") {
		w.T.Fatal(err)
	}
}

// at is the case at the desk of a role.
func (x target) at(r access.Role) string {
	if x.kase == absent.kase {
		return x.kase
	}
	return x.kase + "-" + string(r)
}

// matrixRule is a rule that asks for an unknown figure: it comes past the rights and
// changes nothing.
var matrixRule = j{"id": "odd", "title": j{"zh": "甲", "en": "a"}, "about": "case", "when": "case.nothing", "basis": j{"zh": "甲", "en": "a"},
	"reason": j{"zh": "甲", "en": "a"}, "sees": []string{"community"}, "quiet": "P1D"}
