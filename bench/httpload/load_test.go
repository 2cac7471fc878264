package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// Every record has its own operation id, batches carry as many as asked, refused
// requests are counted as bad and shown.
func TestLoad(t *testing.T) {
	var mutex sync.Mutex
	seen := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body struct {
			Device     string
			Operations []struct {
				ID       string
				Sequence int
				Path     string
			}
		}
		text, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(text, &body); err != nil || len(body.Operations) != 5 || r.Header.Get("Authorization") != "secret" {
			http.Error(w, "bad", http.StatusBadRequest)
			return
		}
		mutex.Lock()
		defer mutex.Unlock()
		for _, o := range body.Operations {
			if len(o.ID) != 36 {
				t.Errorf("id %q", o.ID)
			}
			seen[o.ID]++
		}
	}))
	defer server.Close()
	l := load{url: server.URL + "/{n}", method: "POST", clients: 3, batch: 5, time: 100 * time.Millisecond,
		body:    `{"device":"d{device}","operations":[{items}]}`,
		item:    `{"id":"{id}","sequence":{seq},"path":"/targets/{place}/record"}`,
		headers: [][2]string{{"Authorization", "secret"}}}
	if err := l.prepare(); err != nil {
		t.Fatal(err)
	}
	r := l.run()
	if r.Bad != 0 || r.Records == 0 || int(r.Records) > len(seen) || r.P50 > r.P99 || r.P99 > r.Max {
		t.Fatalf("%+v, %d ids", r, len(seen))
	}
	for id, times := range seen {
		if times != 1 {
			t.Fatalf("%s was sent %d times", id, times)
		}
	}
	l.headers = nil
	if err := l.prepare(); err != nil {
		t.Fatal(err)
	}
	l.fields = nil
	if r := l.run(); r.Records != 0 || r.Bad == 0 || r.FirstBad == "" {
		t.Fatalf("%+v", r)
	}
}

func TestPrepareRefuses(t *testing.T) {
	for _, l := range []*load{
		{},
		{url: "x", clients: 1, batch: 2, time: 1, body: "{}"},
		{url: "x", clients: 1, batch: 1, time: 1, body: "{items}"},
		{url: "x", clients: 1, batch: 1, time: 1, body: "@/no/such/file"},
		{url: "x", clients: 1, batch: 1, time: 1, places: "/no/such/file"},
	} {
		if l.prepare() == nil {
			t.Errorf("%+v passed", l)
		}
	}
}
