package app

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
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

	"shouwang/internal/identity"
	"shouwang/internal/store"
)

// canaries are values of people that may stand in no log, figure, address, clear
// column or file left behind.
type canaries struct {
	people [][4]string // name, identity number, phone, what is written beside them
	all    map[string]bool
}

// plant invents n people: four values each.
func plant(n int) *canaries {
	c := &canaries{all: map[string]bool{}}
	first, second := []rune("甲乙丙丁戊己庚辛壬癸"), []rune("璟珩瑄琮瑾璇珈玥瓒珞")
	for i := range n {
		name := "闻人" + string(first[i/100%10]) + string(second[i/10%10]) + string(first[i%10]) + string(second[i/1000%10])
		p := [4]string{name, invented(i), fmt.Sprintf("129%08d", 10000000+i*7), fmt.Sprintf("透析用药登记第%05d号", i)}
		c.people = append(c.people, p)
		for _, v := range p {
			c.all[v] = true
		}
	}
	return c
}

// invented is the i-th identity number of the demonstration's own range.
func invented(i int) string {
	body := fmt.Sprintf("990203%s%03d", time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i*5).Format("20060102"), i%1000)
	return body + string(identity.CheckDigit(body))
}

// found returns the canaries that stand in a text.
func (c *canaries) found(text string) (out []string) {
	for v := range c.all {
		if strings.Contains(text, v) || strings.Contains(text, url.QueryEscape(v)) {
			out = append(out, v)
		}
	}
	return out
}

// lines is a writer that many may use.
type lines struct {
	sync.Mutex
	bytes.Buffer
}

// Write implements io.Writer.
func (l *lines) Write(b []byte) (int, error) { l.Lock(); defer l.Unlock(); return l.Buffer.Write(b) }

// text is what was written so far.
func (l *lines) text() string { l.Lock(); defer l.Unlock(); return l.Buffer.String() }

// workbook is a register with one line for each person, some of them wrong.
func (c *canaries) workbook() []byte {
	var b bytes.Buffer
	b.WriteString("小区,楼号,单元,室,姓名,身份证号,联系电话,备注,核实日期\n")
	for i, p := range c.people {
		floor, door := 1+i/2%5, 1+i%2
		number := p[1]
		if i%50 == 7 { // sent back, with its reason
			number = p[1][:17] + "?"
			if i%100 == 7 {
				number = p[2]
			}
		}
		fmt.Fprintf(&b, "戊里,1,%d,%d0%d,%s,%s,%s,%s,2026-01-01\n", 1+i/10%2, floor, door, p[0], number, p[2], p[3])
	}
	return b.Bytes()
}

// Ten thousand planted values go through imports, stories, refusals and a panic:
// none of them is in a log, a figure, an address, a clear column of the journal or
// a file that stays. A leak that is planted on purpose is found.
func TestNobodyIsInLogsOrFigures(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	ctx := context.Background()
	log := &lines{}
	cfg := Config{Data: filepath.Join(t.TempDir(), "d"), Kind: Demo, Log: NewLog(log, slog.LevelDebug)}
	a := openBare(t, cfg) // its stories put people into addresses on purpose
	op, err := a.Client("operator", "zh")
	if err != nil {
		t.Fatal(err)
	}
	importPlaces(t, op)
	c := plant(2500)
	if len(c.all) != 10000 {
		t.Fatalf("%d different values planted", len(c.all))
	}
	r, err := op.Do(ctx, Request{Method: "POST", Path: "/imports/residents?dry_run=false", Body: c.workbook(), Header: map[string]string{"File-Name": "r.csv"}})
	if err != nil {
		t.Fatal(err)
	}
	var done ImportReply
	if err := r.Decode(&done); err != nil || done.Inserted < 2000 || done.Rejected < 20 {
		t.Fatalf("%d inserted, %d rejected, %v %.900s", done.Inserted, done.Rejected, err, fmt.Sprint(done.Rejects))
	}
	urls := c.stories(t, a, op)
	clear := strings.Builder{}
	journalColumns(t, a, &clear)
	places := map[string]string{"log": log.text(), "metrics": figures(t, a), "addresses": urls, "journal": clear.String(), "files left behind": tree(t, tmp)}
	places["backup"] = c.backup(t, a)
	for where, text := range places {
		if where != "files left behind" && len(text) < 100 {
			t.Errorf("%s: only %d bytes were looked at", where, len(text))
		}
		if hits := c.found(text); len(hits) > 0 {
			t.Errorf("%s holds %d planted values, for example %q", where, len(hits), hits[0])
		}
	}
	if !strings.Contains(log.text(), `"panic"`) || !strings.Contains(log.text(), "request") {
		t.Errorf("the panic was not logged: %s", log.text())
	}
	// The twin: a leak that must be caught, by a log that does not redact.
	leak := &lines{}
	slog.New(slog.NewJSONHandler(leak, nil)).Error("leak", "cause", fmt.Errorf("bad value %q", c.people[3][2]))
	if len(c.found(leak.text())) != 1 {
		t.Error("a planted leak was not found: the scan would prove nothing")
	}
	quietly := &lines{}
	NewLog(quietly, slog.LevelDebug).With("who", c.people[4][0]).Error("leak of "+c.people[5][0], "cause", fmt.Errorf("bad %s %q", c.people[3][1], c.people[3][0]), slog.Group("g", "phone", c.people[6][2]))
	if hits := c.found(quietly.text()); len(hits) > 0 {
		t.Errorf("the log lets %v through", hits)
	}
}

// stories is what people do with the values, rightly and wrongly; it returns every
// address and header that the server answered with.
func (c *canaries) stories(t *testing.T, a *App, op *Client) string {
	t.Helper()
	var seen strings.Builder
	ask := func(method, path, body string) {
		r := httptest.NewRequest(method, path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		a.handler.ServeHTTP(w, r)
		fmt.Fprintf(&seen, "%d %v\n", w.Code, w.Header())
	}
	for i := 0; i < 60; i += 2 {
		p := c.people[i]
		ask("POST", "/api/v1/sessions", fmt.Sprintf(`{"login":%q,"password":%q}`, p[0], p[1]))
		ask("GET", "/api/v1/persons?q="+url.QueryEscape(p[0]), "")
		ask("POST", "/api/v1/"+url.PathEscape(p[0]), `{`)
		ask("GET", "/"+url.PathEscape(p[2]), "")
		ask("POST", "/api/v1/rounds/"+p[1]+"/record", fmt.Sprintf(`{"note":%q,"place_id":%q`, p[3], p[0]))
		q := Request{Method: "POST", Path: "/accounts", Body: map[string]string{"login": p[2], "name": p[0], "role": p[3], "place_code": p[1]}}
		_, _ = op.Do(context.Background(), q)
		q.Path = "/incidents"
		q.Body = map[string]string{"title": p[3], "playbook": p[0], "place_code": "330200001001"}
		_, _ = op.Do(context.Background(), q)
	}
	for _, path := range []string{"/imports/residents?dry_run=true", "/imports/helpers?dry_run=false", "/imports/places?dry_run=false"} {
		_, _ = op.Do(context.Background(), Request{Method: "POST", Path: path, Body: c.workbook(), Header: map[string]string{"File-Name": url.PathEscape(c.people[9][0] + ".csv")}})
	}
	_, _ = op.Do(context.Background(), Request{Method: "POST", Path: "/imports/residents?dry_run=true", Body: []byte("PK\x03\x04" + c.people[1][0]), Header: map[string]string{"File-Name": "x.xlsx"}})
	broken := a.guarded(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Request-Id", "r-1")
		panic(fmt.Errorf("no seat for %s, %s", c.people[1][0], c.people[1][1]))
	}))
	w := httptest.NewRecorder()
	broken.ServeHTTP(w, httptest.NewRequest("GET", "/api/v1/me", nil))
	if w.Code != 500 || !strings.Contains(w.Body.String(), "SW-1000") || !strings.Contains(w.Body.String(), `"request":"r-1"`) || len(c.found(w.Body.String())) > 0 {
		t.Errorf("a panic answers %d %s", w.Code, w.Body)
	}
	a.Config.Log.Error("request failed", "request", "r-2", "cause", fmt.Errorf("invalid input syntax: %q near %s", c.people[2][1], c.people[2][2]))
	return seen.String()
}

// backup is what a copy of the world shows to whoever has no key: every file of it
// unpacked, without the names, which are plain columns of the register.
func (c *canaries) backup(t *testing.T, a *App) string {
	t.Helper()
	word := filepath.Join(t.TempDir(), "word")
	if err := os.WriteFile(word, []byte("a long passphrase\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "b")
	m, _, err := Backup(context.Background(), a.Config, BackupPlan{To: to, PassphraseFile: word, Effort: 10})
	if err != nil || m.Rows() < 5000 {
		t.Fatal(m.Rows(), err)
	}
	var b strings.Builder
	err = filepath.WalkDir(filepath.Dir(to), func(p string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(p)
		if z, zerr := gzip.NewReader(bytes.NewReader(raw)); err == nil && zerr == nil {
			raw, err = io.ReadAll(z)
		}
		fmt.Fprintln(&b, p, string(raw))
		return err
	})
	if err != nil || b.Len() < 1e6 || !strings.Contains(b.String(), c.people[0][0]) {
		t.Fatal("the backup was not looked at:", b.Len(), err)
	}
	text := b.String()
	for _, p := range c.people {
		text = strings.ReplaceAll(text, p[0], "")
	}
	return text
}

func figures(t *testing.T, a *App) string {
	t.Helper()
	w := httptest.NewRecorder()
	a.metrics.handler("").ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if w.Code != 200 {
		t.Fatal(w.Code)
	}
	return w.Body.String()
}

// journalColumns writes out every column of the journal but the sealed payloads.
func journalColumns(t *testing.T, a *App, to io.Writer) {
	t.Helper()
	v, err := store.OpenView(context.Background(), a.Config.dsn())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for _, table := range v.Tables {
		if table.Name != "entries" && table.Name != "acts" && table.Name != "act_items" {
			continue
		}
		if _, err := v.Rows(context.Background(), table, func(values []any) error {
			for _, x := range values {
				if b, ok := x.([]byte); ok {
					x = string(b)
				}
				fmt.Fprintln(to, x)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// tree is names and content of all files below a folder.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(p string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, _ := os.ReadFile(p)
		fmt.Fprintln(&b, p, string(text))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The figures stand behind a token or on an address of their own, and say what
// was done by operation and class, never where or about whom.
func TestFiguresAreForThoseWhoMay(t *testing.T) {
	cfg := Config{Data: filepath.Join(t.TempDir(), "d"), MetricsToken: "m-token"}
	a := open(t, cfg)
	c, _ := a.Client("operator", "zh")
	importPlaces(t, c)
	_, _ = c.Do(context.Background(), Request{Method: "GET", Path: "/places/NOWHERE"})
	ask := func(bearer string) (int, string) {
		r := httptest.NewRequest("GET", "/metrics", nil)
		if bearer != "" {
			r.Header.Set("Authorization", "Bearer "+bearer)
		}
		w := httptest.NewRecorder()
		a.handler.ServeHTTP(w, r)
		return w.Code, w.Body.String()
	}
	for _, wrong := range []string{"", "x", "m-token "} {
		if code, _ := ask(wrong); code != 401 {
			t.Errorf("%q: %d", wrong, code)
		}
	}
	code, text := ask("m-token")
	if code != 200 {
		t.Fatal(code)
	}
	for _, want := range []string{`shouwang_requests_total{operation="import-places",status="2xx"} 1`, "shouwang_commit_seconds_count", "shouwang_writer_queue 0",
		"shouwang_feed_lag_entries", "shouwang_live_streams 0", "shouwang_sessions 0", "shouwang_lapse_delay_seconds_count 0", "shouwang_backup_age_seconds -1", "shouwang_checkpoint_lag_entries"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(text, "NOWHERE") || !strings.Contains(text, `status="4xx"`) {
		t.Error("the figures tell of an address, or not of a refusal")
	}
	b := open(t, Config{Data: filepath.Join(t.TempDir(), "e")})
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if strings.Contains(w.Body.String(), "shouwang_") {
		t.Fatal("the figures are open to everybody")
	}
	addr, err := b.ServeMetrics("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.Get("http://" + addr + "/metrics")
	if err != nil || r.StatusCode != 200 {
		t.Fatal(err)
	}
	r.Body.Close()
}
