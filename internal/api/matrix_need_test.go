package api_test

import (
	"strings"
	"time"

	"shouwang/internal/api/apitest"
	"shouwang/internal/custody"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// stageNeed puts a closed case with a custody at a place of the matrix, at the desk of
// the community: every verb gets past the rights and changes nothing.
func stageNeed(w *apitest.World, p *territory.Place, x target) {
	desk := need.Desk{PlaceID: p.ID, Path: p.Path, Role: "community"}
	kept := need.Item{CaseItem: mode.CaseItem{ID: "ask", Role: "community", Within: mode.Span{Text: "P1D", Days: 1}}, Chained: &mode.ChainItem{ID: "trip", Take: time.Minute, Again: time.Minute, Top: 1,
		Legs: []mode.LegItem{{ID: "wait", Within: time.Hour}, {ID: "ride", Within: time.Hour, Ends: []mode.Named{{ID: "home"}}}}}}
	keptBody, err := kept.Body()
	w.Must(err)
	keptRow := store.KeptItem{ID: "k-" + p.ID, Body: keptBody}
	kase := need.Case{ID: x.kase, Number: x.kase, Item: "ask", Book: keptRow.ID, PlaceID: p.ID, Path: p.Path, Origin: "desk", Opened: w.Clock(), Desk: desk,
		Offer: &need.Offer{To: desk, At: w.Clock(), Until: w.Clock().Add(time.Hour)}, Closed: w.Clock(), How: "silent"}
	had := need.Custody{ID: x.kase, CaseID: x.kase, Chain: "trip", PlaceID: p.ID, Path: p.Path, First: custody.Party{Who: "out:household:"}, Opened: w.Clock()}
	if _, err = w.Store.Commit(w.T.Context(), nil, nil, journal.Change{Row: &keptRow}, journal.Change{Row: &kase}, journal.Change{Row: &had}); err != nil && !strings.Contains(err.Error(), "SW-1801") {
		w.T.Fatal(err)
	}
}
