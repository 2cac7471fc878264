package api_test

import (
	"testing"
	"time"

	"shouwang/internal/api/apitest"
)

// Whoever tries too many wrong passwords is told how long to wait, as one who asks
// too often and not as if the server were overloaded; a busy database stays 503.
func TestTooManyTriesAreTheCallersOwn(t *testing.T) {
	w := world(t)
	try := func() *apitest.Answer {
		return w.Send(apitest.Call{Method: "POST", Path: "/sessions", Body: j{"login": "commander", "password": "never-this-one"}})
	}
	for range 5 {
		try().Refused("SW-1014")
	}
	a := try()
	if p := a.Problem(); a.Status != 429 || p.Code != "SW-1015" || p.Title != "hasty" || a.Header.Get("Retry-After") != "2" {
		t.Fatalf("%d Retry-After %q: %s", a.Status, a.Header.Get("Retry-After"), a.Body)
	}
	w.Pass(2 * time.Second)
	try().Refused("SW-1014") // after the time that was said the password is looked at again
	w.Broken.Store(true)
	b := w.Post("commander", "/incidents", j{"title": "三月疫情", "playbook": "epidemic", "place_code": apitest.Subdistrict})
	if b.Status != 503 || b.Header.Get("Retry-After") != "2" {
		t.Fatalf("%d Retry-After %q: %s", b.Status, b.Header.Get("Retry-After"), b.Body)
	}
}
