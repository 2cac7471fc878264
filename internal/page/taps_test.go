package page_test

import (
	"bytes"
	"compress/gzip"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api/apitest"
)

// mostBytes is what a page of the way from a code to a recorded case may cost over the
// wire, with its styles and drawings and the head of the answer.
const mostBytes = 30_000

// phone is a browser without script that counts taps and bytes.
type phone struct {
	t          *testing.T
	at         string
	base, body string
	taps, most int
	name       string
}

var (
	loads   = regexp.MustCompile(`(?i)<(link|img|script|iframe|object|embed|video|audio|source)\b|url\([^#]|@import|\bsrc=`)
	anchor  = regexp.MustCompile(`<a [^>]*href="([^"]*)"`)
	carried = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)
	action  = regexp.MustCompile(`<form[^>]*action="([^"]*)"`)
)

// get loads a page as a phone does, and weighs it.
func (p *phone) get(r *http.Request) {
	p.t.Helper()
	r.Header.Set("Accept-Encoding", "gzip")
	client := http.Client{Transport: &http.Transport{DisableCompression: true}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	head, err := httputil.DumpResponse(res, false)
	if err != nil {
		p.t.Fatal(err)
	}
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	weight := len(head) + len(raw)
	if weight > mostBytes {
		p.t.Errorf("%s: %s weighs %d bytes", p.name, r.URL.Path, weight)
	}
	p.most = max(p.most, weight)
	if to := res.Header.Get("Location"); res.StatusCode == http.StatusSeeOther {
		next, _ := http.NewRequest(http.MethodGet, p.base+to, nil)
		p.at = to
		p.get(next)
		return
	}
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Encoding") != "gzip" {
		p.t.Fatalf("%s: %s answers %d, %q", p.name, p.at, res.StatusCode, res.Header.Get("Content-Encoding"))
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		p.t.Fatal(err)
	}
	page, err := io.ReadAll(z)
	if err != nil {
		p.t.Fatal(err)
	}
	p.body = string(page)
	if more := loads.FindString(p.body); more != "" {
		p.t.Errorf("%s: %s loads more than itself: %s", p.name, p.at, more)
	}
}

func (p *phone) scan(path string) *phone {
	p.t.Helper()
	p.at = path
	r, _ := http.NewRequest(http.MethodGet, p.base+path, nil)
	p.get(r)
	return p
}

// follow taps the first link that leads to what is named.
func (p *phone) follow(part string) *phone {
	p.t.Helper()
	p.taps++
	for _, m := range anchor.FindAllStringSubmatch(p.body, -1) {
		if to := html.UnescapeString(m[1]); strings.Contains(to, part) {
			return p.scan(to)
		}
	}
	p.t.Fatalf("%s: no link to %q on %s", p.name, part, p.at)
	return p
}

// press taps a key of the form that has it, with what was typed.
func (p *phone) press(key string, typed url.Values) *phone {
	p.t.Helper()
	p.taps++
	for _, f := range strings.Split(p.body, "<form")[1:] {
		f, _, _ = strings.Cut("<form"+f, "</form>")
		if !strings.Contains(f, key) {
			continue
		}
		form := url.Values{}
		for _, m := range carried.FindAllStringSubmatch(f, -1) {
			form.Set(m[1], html.UnescapeString(m[2]))
		}
		if m := regexp.MustCompile(`name="(\w+)" value="([^"]+)"`).FindStringSubmatch(key); m != nil {
			form.Set(m[1], m[2])
		}
		for k, v := range typed {
			form[k] = v
		}
		to := p.at
		if m := action.FindStringSubmatch(f); m != nil {
			to = html.UnescapeString(m[1])
		}
		r, _ := http.NewRequest(http.MethodPost, p.base+to, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		p.get(r)
		return p
	}
	p.t.Fatalf("%s: no key %s on %s", p.name, key, p.at)
	return p
}

// From the code at a door to a recorded case it takes two taps at most, and no page on
// the way weighs more than 30 kB with all it shows: need, objection, neighbours and the
// large keys, in both languages.
func TestTwoTapsAndThirtyKilobytes(t *testing.T) {
	s := newScene(t, apitest.Engines[0])
	server := httptest.NewServer(s.pages)
	defer server.Close()
	door := s.code(apitest.Door)
	s.zone("one", "小区有一份初筛阳性", "control", apitest.Community, s.Clock().AddDate(0, 0, 6))
	s.zone("two", "七号楼有人确诊", "lockdown", apitest.Building, s.Clock().AddDate(0, 0, 4))
	for _, lang := range []string{"zh", "en"} {
		for name, way := range map[string]func(p *phone){
			"need":    func(p *phone) { p.scan(door+"?lang="+lang).follow("/need?").press(`name="item" value="ask"`, nil) },
			"picture": func(p *phone) { p.scan(door+"/need?lang="+lang).press(`name="item" value="medicine"`, nil) },
			"objection": func(p *phone) {
				p.scan(door+"?lang="+lang).follow("/object?").press(`name="words"`, url.Values{"words": {"家里没有密接"}, "m": {"m-two"}})
			},
			"neighbours": func(p *phone) {
				p.scan(door+"?lang="+lang).follow("/neighbours?").press(`name="item" value="neighbour-help"`, nil)
			},
			"large keys": func(p *phone) { p.scan(door+"/large?lang="+lang).follow("few=1").press(`name="item" value="ask"`, nil) },
			"house's code": func(p *phone) {
				p.scan(s.code(apitest.Building)+"?lang="+lang).follow("/need?").press(`name="item" value="hazard"`, nil)
			},
		} {
			before := s.Store.Last()
			p := &phone{t: t, base: server.URL, name: name + " " + lang}
			way(p)
			opened := 0
			for _, e := range s.Entries(before) {
				if e.Verb == "case.opened" {
					opened++
				}
			}
			if opened != 1 || !caseAt.MatchString(p.at) {
				t.Errorf("%s: %d cases recorded, the phone is at %s", p.name, opened, p.at)
			}
			if p.taps > 2 {
				t.Errorf("%s takes %d taps", p.name, p.taps)
			}
			t.Logf("%s: %d taps, at most %d bytes", p.name, p.taps, p.most)
			s.Pass(time.Hour) // so that nobody is told to wait
		}
	}
}
