package app

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

var dist = fstest.MapFS{
	"field.html":           {Data: []byte("<div id=app><link rel=modulepreload>")},
	"index.html":           {Data: []byte("<div id=app>" + strings.Repeat(" ", 500))},
	"keep":                 {Data: []byte("keep")},
	"sw.js":                {Data: []byte("self")},
	"icon.svg":             {Data: []byte("<svg/>")},
	"manifest.webmanifest": {Data: []byte("{}")},
	"assets/a-1234.js":     {Data: []byte("let a" + strings.Repeat(" ", 500))},
}

func ask(t *testing.T, built bool, method, path string, head ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	w := httptest.NewRecorder()
	pages(dist, built).ServeHTTP(w, r)
	return w
}

func TestPagesOfTheApplication(t *testing.T) {
	for path, want := range map[string]struct {
		status      int
		kind, cache string
	}{
		"/":                     {200, "text/html", "no-cache"},
		"/console/incidents/01": {200, "text/html", "no-cache"},
		"/m":                    {200, "text/html", "no-cache"},
		"/keep":                 {200, "text/html", "no-cache"},
		"/sw.js":                {200, "javascript", "no-cache"},
		"/manifest.webmanifest": {200, "application/manifest+json", "no-cache"},
		"/assets/a-1234.js":     {200, "javascript", "public, max-age=31536000, immutable"},
		"/assets/a-gone.js":     {404, "problem+json", "no-store"},
		"/gone.png":             {404, "problem+json", "no-store"},
		"/../../etc/passwd":     {200, "text/html", "no-cache"},
	} {
		w := ask(t, true, "GET", path)
		if w.Code != want.status || !strings.Contains(w.Header().Get("Content-Type"), want.kind) || w.Header().Get("Cache-Control") != want.cache {
			t.Errorf("%s: %d %s %q", path, w.Code, w.Header().Get("Content-Type"), w.Header().Get("Cache-Control"))
		}
		if strings.Contains(w.Body.String(), "root:") {
			t.Errorf("%s left the folder", path)
		}
	}
	if w := ask(t, true, "POST", "/console"); w.Code != http.StatusNotFound {
		t.Errorf("POST to a page: %d", w.Code)
	}
}

func TestPolicyLetsNoScriptInFromThePage(t *testing.T) {
	for _, built := range []bool{true, false} {
		csp := ask(t, built, "GET", "/").Header().Get("Content-Security-Policy")
		for part := range strings.SplitSeq(csp, ";") {
			f := strings.Fields(part)
			if (f[0] == "script-src" || f[0] == "default-src") && strings.Contains(part, "unsafe") {
				t.Errorf("%s", part)
			}
			if strings.Contains(part, "http") || strings.Contains(part, "*") {
				t.Errorf("another host is let in: %s", part)
			}
		}
		for _, need := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(csp, need) {
				t.Errorf("%s is missing in %s", need, csp)
			}
		}
	}
}

func TestFilesTravelSmallAndOnce(t *testing.T) {
	w := ask(t, true, "GET", "/assets/a-1234.js", "Accept-Encoding", "gzip, br")
	if w.Header().Get("Content-Encoding") != "gzip" || w.Body.Len() > 200 {
		t.Fatalf("%v %d", w.Header(), w.Body.Len())
	}
	again := ask(t, true, "GET", "/assets/a-1234.js", "Accept-Encoding", "gzip", "If-None-Match", w.Header().Get("ETag"))
	if again.Code != http.StatusNotModified {
		t.Fatal(again.Code)
	}
	if plain := ask(t, true, "GET", "/assets/a-1234.js"); plain.Header().Get("Content-Encoding") != "" || !strings.HasPrefix(plain.Body.String(), "let a") {
		t.Fatalf("%v", plain.Header())
	}
}

// The phone's start page is its own, below /m alone; its doors are asked for at
// once only by somebody who is signed in, and never from a drill.
func TestPhoneStartsOnItsOwnPage(t *testing.T) {
	const asks = "</api/v1/me>; rel=preload; as=fetch; crossorigin, </api/v1/field/pack>; rel=preload; as=fetch; crossorigin"
	for path, want := range map[string]bool{"/m": true, "/m/doors/1": true, "/my": false, "/": false, "/mx": false, "/console/m": false} {
		if got := strings.Contains(ask(t, true, "GET", path).Body.String(), "modulepreload"); got != want {
			t.Errorf("%s: the phone's page: %v", path, got)
		}
	}
	if got := ask(t, true, "GET", "/m", "Cookie", "s=1").Header().Get("Link"); got != asks {
		t.Errorf("signed in: %q", got)
	}
	for _, path := range []string{"/m/progress", "/console"} {
		if got := ask(t, true, "GET", path, "Cookie", "s=1").Header().Get("Link"); got != "" {
			t.Errorf("%s: %q", path, got)
		}
	}
	if got := ask(t, true, "GET", "/m").Header().Get("Link"); got != "" {
		t.Errorf("not signed in: %q", got)
	}
	r := httptest.NewRequest("GET", "/drill/01/m", nil)
	r.Header.Set("Cookie", "s=1")
	w := httptest.NewRecorder()
	http.StripPrefix("/drill/01", pages(dist, true)).ServeHTTP(w, r)
	if w.Header().Get("Link") != "" || !strings.Contains(w.Body.String(), "modulepreload") {
		t.Errorf("in a drill: %q", w.Header().Get("Link"))
	}
}

func TestWithoutABuildThePageSaysSo(t *testing.T) {
	w := ask(t, false, "GET", "/console")
	if w.Code != 200 || !strings.Contains(w.Body.String(), "make build") {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
}
