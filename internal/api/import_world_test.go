package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/demo"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/seal"
	"shouwang/internal/store"
	"shouwang/internal/store/pgtest"
	"shouwang/playbooks"
)

// importWorld is a whole server in memory over a fresh store.
type importWorld struct {
	t     testing.TB
	srv   *Server
	http  http.Handler
	store *store.Store
	now   time.Time
	token string // empty: the person at the machine
}

var importDay = time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)

func newImportWorld(t testing.TB, engine string, isDemo bool) *importWorld {
	t.Helper()
	dsn := "sqlite:" + filepath.Join(t.TempDir(), "d.db")
	if engine == "postgres" {
		dsn = pgtest.DSN(t)
	}
	root, err := seal.NewRoot()
	if err != nil {
		t.Fatal(err)
	}
	ring, err := store.OpenKeyring(context.Background(), filepath.Join(t.TempDir(), "keys.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ring.Close() })
	secret, verifier, err := journal.NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	w := &importWorld{t: t, now: importDay}
	began := time.Now()
	w.store, err = store.Open(context.Background(), dsn, store.Options{Clock: func() time.Time { return w.now }, Watch: func() time.Duration { return time.Since(began) },
		Sealer: seal.New(root, ring), Signer: secret, Verifier: verifier})
	if err != nil {
		t.Fatal(err)
	}
	guard, err := access.New()
	if err != nil {
		t.Fatal(err)
	}
	books := map[string]*mode.Playbook{}
	for _, id := range playbooks.Names {
		if books[id], err = mode.Shipped(id); err != nil {
			t.Fatal(err)
		}
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	w.srv = New(Deps{Store: w.store, Guard: guard, Clock: func() time.Time { return w.now }, Demo: isDemo, Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
		Verifier: verifier, SheetReader: []string{self, "sheet-read"}, Playbooks: books})
	w.http = w.srv.Handler()
	t.Cleanup(func() { w.srv.Close(); w.store.Close() })
	return w
}

// do sends a request as the world's caller and returns status and body.
func (w *importWorld) do(method, path string, body []byte, header ...string) (int, []byte) {
	r := httptest.NewRequest(method, "/api/v1"+path, bytes.NewReader(body))
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	if w.token == "" {
		r = r.WithContext(AsOperator(r.Context(), "operator"))
	} else {
		r.Header.Set("Authorization", "Bearer "+w.token)
	}
	rec := httptest.NewRecorder()
	w.http.ServeHTTP(rec, r)
	return rec.Code, rec.Body.Bytes()
}

// as returns the world seen by a fresh account with a role at a place.
func (w *importWorld) as(role access.Role, code string) *importWorld {
	w.t.Helper()
	ctx := context.Background()
	p, ok, err := w.store.PlaceByCode(ctx, code)
	if err != nil || !ok {
		w.t.Fatal(code, err)
	}
	id := journal.NewID(w.now)
	session, token := access.NewSession(id, "token", []access.Role{role}, w.now)
	e := journal.Entry{Actor: "system", Verb: "account.created", Thing: "accounts", ThingID: id, Audience: "audit", Payload: []byte("{}")}
	if _, err := w.store.Commit(ctx, nil, nil, journal.Change{Row: &access.Account{ID: id, Login: id, Name: id}, Entry: e},
		journal.Change{Row: &access.Grant{ID: id + "g", Account: id, Role: role, PlaceID: p.ID, Path: p.Path, From: w.now.Add(-time.Hour), Why: access.Static}},
		journal.Change{Row: &session}); err != nil {
		w.t.Fatal(err)
	}
	other := *w
	other.token = token.Reveal()
	return &other
}

// post imports a file and expects it to be taken.
func (w *importWorld) post(kind, name string, data []byte, query ...string) ImportReply {
	w.t.Helper()
	status, body := w.do("POST", "/imports/"+kind+"?"+strings.Join(query, "&"), data, "File-Name", url.PathEscape(name))
	var out ImportReply
	if status != 200 || json.Unmarshal(body, &out) != nil {
		w.t.Errorf("%s: %d %s", name, status, body)
	}
	if out.Rows != out.Inserted+out.Updated+out.Unchanged+out.Rejected {
		w.t.Errorf("%s: %d rows are not %d+%d+%d+%d", name, out.Rows, out.Inserted, out.Updated, out.Unchanged, out.Rejected)
	}
	return out
}

// town is a generated demonstration with its files in memory.
type town struct {
	demo.Manifest
	files map[string][]byte
}

func newTown(t testing.TB, size demo.Size) town {
	t.Helper()
	dir := t.TempDir()
	m, err := demo.Generate(dir, size, 7, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := town{m, map[string][]byte{}}
	for _, f := range append([]demo.File{{Name: "zones.csv"}, {Name: "places.geojson"}}, m.Files...) {
		if out.files[f.Name], err = os.ReadFile(filepath.Join(dir, f.Name)); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// settle imports all files of a town, places first and the others side by side,
// and returns the replies by name.
func (w *importWorld) settle(m town, query ...string) map[string]ImportReply {
	out := map[string]ImportReply{"places.xlsx": w.post("places", "places.xlsx", m.files["places.xlsx"], query...)}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, f := range m.Files {
		if f.Kind == "places" {
			continue
		}
		wg.Go(func() {
			r := w.post(f.Kind, f.Name, m.files[f.Name], query...)
			mu.Lock()
			defer mu.Unlock()
			out[f.Name] = r
		})
	}
	wg.Wait()
	return out
}

// zoneSums adds up doors and people of the places in zones.csv.
func (w *importWorld) zoneSums(m town) map[string][2]int {
	w.t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(m.files["zones.csv"])).ReadAll()
	if err != nil {
		w.t.Fatal(err)
	}
	a, err := w.srv.ground(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	out := map[string][2]int{}
	for _, r := range rows[1:] {
		p, ok := a.ByCode(r[1])
		if !ok {
			w.t.Fatal("no place ", r[1])
		}
		sum := a.Sum(p.Path)
		at := out[r[0]]
		out[r[0]] = [2]int{at[0] + sum.Doors, at[1] + sum.People}
	}
	return out
}
