package app

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shouwang/internal/fault"
	"shouwang/internal/seal"
)

func setup(dir string) Setup {
	return Setup{Code: "330110012", Name: "余杭某街道", Data: filepath.Join(dir, "d"), URL: "https://sw.example/", Admin: "Boss", Config: filepath.Join(dir, "c.yaml")}
}

// An instance is set up once, its keeper signs in by the link, once.
func TestInitMakesAnInstance(t *testing.T) {
	ctx := context.Background()
	p := setup(t.TempDir())
	made, err := Init(ctx, Config{}, p)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(made.Link, "https://sw.example/first?k=") || made.Login != "boss" {
		t.Fatal(made)
	}
	if _, err := Init(ctx, Config{}, p); !errors.Is(err, ErrThere) {
		t.Fatalf("a second time: %v", err)
	}
	a := open(t, Config{Data: p.Data})
	link, _ := url.Parse(made.Link)
	ask := func(method, word string) (int, string) {
		form := url.Values{"k": {link.Query().Get("k")}, "a": {word}, "b": {word}}
		r := httptest.NewRequest(method, "/first?"+link.RawQuery, nil)
		if method == "POST" {
			r = httptest.NewRequest(method, "/first", strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		w := httptest.NewRecorder()
		a.handler.ServeHTTP(w, r)
		return w.Code, w.Body.String()
	}
	if code, text := ask("GET", ""); code != 200 || !strings.Contains(text, "<form") {
		t.Fatal(code, text)
	}
	if code, text := ask("POST", "short"); code != 422 || !strings.Contains(text, "role=\"alert\"") {
		t.Fatal(code, text)
	}
	if code, text := ask("POST", "a long good passphrase 7"); code != 200 || !strings.Contains(text, "已设好") {
		t.Fatal(code, text)
	}
	if code, _ := ask("GET", ""); code != 404 {
		t.Fatal("the link works twice")
	}
	if code, _ := ask("POST", "another long passphrase 8"); code != 404 {
		t.Fatal("the link works twice")
	}
	r := httptest.NewRequest(http.MethodPost, "/api/v1/sessions", strings.NewReader(`{"login":"boss","password":"a long good passphrase 7"}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	a.handler.ServeHTTP(w, r)
	if w.Code != 200 || !strings.Contains(w.Body.String(), `"role":"admin"`) || !strings.Contains(w.Body.String(), "330110012000") {
		t.Fatal(w.Code, w.Body.String())
	}
}

func TestInitRefusesBadAnswersAndMakesNothing(t *testing.T) {
	for _, want := range []struct {
		def  *fault.Def
		bend func(*Setup)
	}{
		{ErrDistrict, func(p *Setup) { p.Code = "990203" }},
		{ErrDistrict, func(p *Setup) { p.Code = "3301" }},
		{ErrDistrict, func(p *Setup) { p.Code = "33011o" }},
		{ErrAnswerBad, func(p *Setup) { p.Name = "a\nb" }},
		{ErrAnswerBad, func(p *Setup) { p.URL = "sw.example" }},
		{ErrAnswerBad, func(p *Setup) { p.Admin = "a b" }},
		{ErrOutputFile, func(p *Setup) { p.Config = filepath.Join(p.Config, "no", "where") }},
	} {
		p := setup(t.TempDir())
		want.bend(&p)
		if _, err := Init(context.Background(), Config{}, p); !errors.Is(err, want.def) {
			t.Errorf("%+v: %v", p, err)
		}
		for _, f := range []string{p.Data, KeysDir(p.Data), p.Config, p.Data + "-recovery.html"} {
			if _, err := os.Stat(f); err == nil {
				t.Errorf("%s was left behind", f)
			}
		}
	}
	for code, kind := range map[string]string{"330110": "区", "330110000000": "区", "330110012": "街道", "330110012000": "街道", "330110012003": "社区"} {
		if d, err := ParseDistrict(code); err != nil || d.Kind != kind {
			t.Errorf("%s is a %s, %v", code, d.Kind, err)
		}
	}
	if found := Divisions("杭州"); len(found) != 1 || found[0].Code != "3301" {
		t.Error(found)
	}
}

// The root key is lost, the paper is there: the world opens again.
func TestTheSheetBringsTheRootKeyBack(t *testing.T) {
	ctx := context.Background()
	p := setup(t.TempDir())
	if _, err := Init(ctx, Config{}, p); err != nil {
		t.Fatal(err)
	}
	cfg := Config{Data: p.Data}
	page, err := os.ReadFile(p.Data + "-recovery.html")
	if err != nil || !strings.Contains(string(page), "data:image/png;base64,") {
		t.Fatal(err, "no square code on the sheet")
	}
	_, rest, _ := strings.Cut(string(page), "<pre>")
	lines, _, _ := strings.Cut(rest, "</pre>")
	if _, ok := SheetConfirmed(KeysDir(p.Data)); ok {
		t.Fatal("confirmed before anybody typed it")
	}
	if err := ConfirmSheet(cfg, lines); err != nil {
		t.Fatal(err)
	}
	if _, ok := SheetConfirmed(KeysDir(p.Data)); !ok {
		t.Fatal("not confirmed")
	}
	if err := RecoverRoot(ctx, cfg, lines); !errors.Is(err, seal.ErrRootExists) {
		t.Fatalf("over a key: %v", err)
	}
	root := filepath.Join(KeysDir(p.Data), rootName)
	if err := os.Remove(root); err != nil {
		t.Fatal(err)
	}
	other, _ := seal.NewRoot()
	sheet, _ := other.Sheet()
	if err := RecoverRoot(ctx, cfg, strings.Join(sheet.Lines, "\n")); !errors.Is(err, seal.ErrRootWrong) {
		t.Fatalf("the sheet of other data: %v", err)
	}
	if err := ConfirmSheet(cfg, strings.Join(sheet.Lines, "\n")); !errors.Is(err, seal.ErrRootMissing) {
		t.Fatal(err)
	}
	if err := RecoverRoot(ctx, cfg, lines); err != nil {
		t.Fatal(err)
	}
	open(t, cfg)
	if err := ConfirmSheet(cfg, strings.Join(sheet.Lines, "\n")); !errors.Is(err, seal.ErrSheetOther) {
		t.Fatal(err)
	}
}
