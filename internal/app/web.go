package app

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/web"
)

// policy allows what the application itself brings and nothing from elsewhere: no
// script in a page's text, no frame, no other host. Style attributes are needed by
// the map and by floating panels.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; " +
	"connect-src 'self'; worker-src 'self' blob:; child-src blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"

// routes is everything a browser or a program can ask for.
func (a *App) routes() http.Handler {
	files, built := web.FS()
	m := http.NewServeMux()
	m.Handle("GET /api/v1/live", a.live)
	m.Handle("/api/", a.API.Handler())
	m.Handle(api.Open311Path, a.API.Open311())
	m.Handle("GET /healthz", a.API.Handler())
	m.Handle("GET /readyz", a.API.Handler())
	if token := a.Config.MetricsToken; token != "" {
		m.Handle("GET /metrics", a.metrics.handler(token))
	}
	m.HandleFunc("GET /first", a.first)
	m.HandleFunc("POST /first", a.first)
	m.Handle("/r/", a.page)
	m.Handle("GET /print/", a.page)
	m.Handle("/n/", a.page)
	m.Handle("/c/", a.page)
	m.Handle("/k/", a.page)
	m.Handle("GET /v/", a.page)
	m.Handle("GET /cal/", a.page)
	m.Handle("/join/", a.page)
	if a.drills != nil {
		m.HandleFunc(drillPath, a.drillDoor)
	}
	m.Handle("/", pages(files, built))
	return m
}

// pages serves the web application: files as they are, and its start page for
// every other address, because the application knows its own pages.
func pages(files fs.FS, built bool) http.Handler {
	kept := &shelf{files: files}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			api.Refuse(w, r, api.ErrNoRoute.With())
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		if !built {
			plainly(w, http.StatusOK, notBuilt)
			return
		}
		name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
		if name == "" || name == "keep" || !known(files, name) {
			if strings.HasPrefix(name, "assets/") || path.Ext(name) != "" { // a file that is gone is no page
				api.Refuse(w, r, api.ErrNoRoute.With())
				return
			}
			name = start(h, r, files)
		}
		kept.serve(w, r, name)
	})
}

// start is the page that begins a face. The phone's own names the pieces of its
// first route, and for somebody signed in the header asks who it is and for the doors at once:
// over a slow line each question saved is a third of a second.
func start(h http.Header, r *http.Request, files fs.FS) string {
	if p := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/"); p != "m" && !strings.HasPrefix(p, "m/") || !known(files, "field.html") {
		return "index.html"
	}
	if r.URL.Path == "/m" && r.RequestURI == "/m" && len(r.Cookies()) > 0 { // not in a drill, whose doors have another address
		h.Set("Link", "</api/v1/me>; rel=preload; as=fetch; crossorigin, </api/v1/field/pack>; rel=preload; as=fetch; crossorigin")
	}
	return "field.html"
}

func known(files fs.FS, name string) bool {
	i, err := fs.Stat(files, name)
	return err == nil && !i.IsDir()
}

// asset is a file as it goes over the wire.
type asset struct {
	raw, zipped []byte // zipped is empty where it would not help
	tag         string
}

// shelf is the files of one application, kept as they go over the wire; they are
// part of the binary and never change.
type shelf struct {
	files fs.FS
	kept  sync.Map // name → *asset
}

func (s *shelf) asset(name string) (*asset, error) {
	if a, ok := s.kept.Load(name); ok {
		return a.(*asset), nil
	}
	b, err := fs.ReadFile(s.files, name)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	a := &asset{raw: b, tag: hex.EncodeToString(sum[:12])}
	switch path.Ext(name) {
	case ".js", ".css", ".html", ".svg", ".webmanifest", ".json":
		var z bytes.Buffer
		g, _ := gzip.NewWriterLevel(&z, gzip.BestCompression)
		_, err1 := g.Write(b)
		if errors.Join(err1, g.Close()) == nil && z.Len() < len(b) {
			a.zipped = z.Bytes()
		}
	}
	s.kept.Store(name, a)
	return a, nil
}

// serve answers with one file. Hashed names never change, everything else is
// asked for again each time, so that a new version is there at once.
func (s *shelf) serve(w http.ResponseWriter, r *http.Request, name string) {
	a, err := s.asset(name)
	if err != nil {
		api.Refuse(w, r, api.ErrNoRoute.With())
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if strings.HasSuffix(name, ".webmanifest") {
		h.Set("Content-Type", "application/manifest+json")
	}
	h.Set("Vary", "Accept-Encoding")
	body, tag := a.raw, a.tag
	if len(a.zipped) > 0 && r.Header.Get("Range") == "" && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body, tag = a.zipped, tag+"-z"
	}
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
}

// plainly answers with a plain page of our own that needs nothing else.
func plainly(w http.ResponseWriter, status int, body string) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>守望</title>"+
		"<style>body{font:16px/1.6 sans-serif;max-width:36em;margin:3em auto;padding:0 1em;color:#1B2430;background:#F5F7FA}</style>"+body+"</html>\n")
}

const notBuilt = "<h1>网页还没有构建</h1><p>接口可以使用：<code>/api/v1</code>。要看到网页，请安装 Node 后在源码目录运行 <code>make build</code>，再重新启动。</p>" +
	"<h2 lang=\"en\">The web application was not built</h2><p lang=\"en\">The API works: <code>/api/v1</code>. For the pages, install Node, run <code>make build</code> in the source folder and start again.</p>"

const starting = "<meta http-equiv=\"refresh\" content=\"2\"><h1>正在准备演示数据…</h1><p>大约一分钟，完成后本页会自动打开。</p>" +
	"<p lang=\"en\">Preparing the demonstration; about a minute. This page opens by itself.</p>"
