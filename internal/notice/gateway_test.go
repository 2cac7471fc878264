package notice

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestGateway(t *testing.T) {
	got := map[string]string{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var m map[string]string
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil || r.Header.Get("Authorization") != "Bearer t" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		switch {
		case m["to"] == "12900000002":
			w.WriteHeader(http.StatusBadRequest)
		case got[m["id"]] != "":
			w.WriteHeader(http.StatusConflict)
		default:
			got[m["id"]] = m["text"]
		}
	}))
	defer srv.Close()
	g := &Gateway{Channel: "sms", URL: srv.URL, Token: "t"}
	batch := []Message{{ID: "n:1", To: "12900000001", Title: "集合", Body: "今晚八点", Link: "https://x/n/1"}, {ID: "n:2", To: "12900000002", Title: "集合"}}
	for range 2 { // the second time as after a crash
		errs := g.Send(t.Context(), batch)
		if errs[0] != nil || errs[1] == nil {
			t.Fatal(errs)
		}
		if strings.Contains(errs[1].Error(), "1290") {
			t.Fatal("an address in an error:", errs[1])
		}
	}
	if got["n:1"] != "集合：今晚八点 https://x/n/1" {
		t.Fatal(got)
	}
	srv.Close()
	for _, err := range g.Send(t.Context(), make([]Message, 6)) {
		if err == nil {
			t.Fatal("taken by nobody")
		}
	}
}
