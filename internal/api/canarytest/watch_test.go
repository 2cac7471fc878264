package canarytest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"shouwang/internal/identity"
)

// Ten thousand planted values are found one by one wherever they are put, and what
// only looks like one is not.
func TestEachCanaryIsFound(t *testing.T) {
	seen := map[string]bool{}
	for i := range 2500 {
		number, err := identity.Make("990203", fmt.Sprintf("%d-0%d-1%d", 1940+i%60, 1+i%9, i%9), i%1000)
		if err != nil {
			t.Fatal(err)
		}
		rare := []rune(Rare)
		name := "赵" + string(rare[i/len(rare)%len(rare)]) + string(rare[i%len(rare)])
		for _, v := range []string{number, fmt.Sprintf("129%08d", 10000000+i*7919), Text(i), fmt.Sprint(name, i)} {
			seen[v] = true
			for _, text := range []string{v, `{"x":"` + v + `"}`, "/a/" + url.PathEscape(v) + "?q=" + url.QueryEscape(v)} {
				if len(Find(text)) == 0 {
					t.Fatalf("%q was not found in %q", v, text)
				}
			}
		}
	}
	if len(seen) != 10000 {
		t.Fatalf("%d different values", len(seen))
	}
	for _, v := range []string{"990203008001-B001", "1290000000000", "0a12912345678b", "2026-11-21T08:00:00Z", "990203194001100000", "居民", "129 户"} {
		if hits := Find(v); len(hits) > 0 {
			t.Errorf("%q was taken for %v", v, hits)
		}
	}
}

// The sink sees what it is there to see: addresses, headers, problems, streams and
// figures; the answer itself may name people, that is what it is for.
func TestTheSinkSees(t *testing.T) {
	w := New(t)
	for _, x := range []struct {
		path, kind, header, body string
		want                     int
	}{
		{"/a", "application/json", "", `"12912345678"`, 0},
		{"/a?q=12912345678", "application/json", "", "", 1},
		{"/a", "application/json", "/b/12912345678", "", 1},
		{"/a", "application/problem+json", "", `{"detail":"12912345678"}`, 1},
		{"/a", "text/event-stream", "", "data: 12912345678\n\n", 1},
		{"/metrics", "text/plain", "", `x{who="12912345678"} 1`, 1},
	} {
		h := w.Around(http.HandlerFunc(func(to http.ResponseWriter, _ *http.Request) {
			to.Header().Set("Content-Type", x.kind)
			to.Header().Set("Location", x.header)
			_, _ = io.WriteString(to, x.body[:len(x.body)/2])
			_, _ = io.WriteString(to, x.body[len(x.body)/2:])
		}))
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", x.path, nil))
		if n := w.Found(); n != x.want {
			t.Errorf("%+v: %d found", x, n)
		}
	}
	_, _ = io.WriteString(w.Writer("log"), "half 1291234")
	if w.Found() != 0 {
		t.Error("half of a value was found")
	}
}
