package api_test

import (
	"strings"
	"testing"

	"shouwang/internal/api/apitest"
)

// Receipts lie open in the database and no key ends them: what is sealed in its own
// row, and who asked for a household, is not written into one.
func TestAReceiptKeepsNeitherSourceNorNames(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		e := declare(w, apitest.Subdistrict)
		draw(w, e, "lockdown", apitest.Building)
		activate(w, e)
		for path, c := range map[string]struct {
			as   string
			body j
			bad  string
		}{
			"/incidents/" + e + "/facts":                    {"health", j{"name": "last-positive", "place_code": apitest.Building, "source": "欧阳家的报告"}, "欧阳"},
			"/places/" + w.ID(apitest.Door) + "/exemptions": {"resident", j{"purpose": "treatment", "need": "透析", "until": "2026-11-25"}, "账号"},
		} {
			call := apitest.Call{As: c.as, Method: "POST", Path: path, Body: c.body, Header: map[string]string{"Operation-Id": "op-" + c.as}}
			first := w.Send(call).OK()
			again := w.Send(call).OK()
			if !strings.Contains(string(first.Body), c.bad) || again.Header.Get("Repeat") != "true" || strings.Contains(string(again.Body), c.bad) {
				t.Errorf("%s: %s\nagain (%s): %s", path, first.Body, again.Header.Get("Repeat"), again.Body)
			}
		}
	})
}
