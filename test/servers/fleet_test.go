package servers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shouwang/internal/app"
	"shouwang/internal/store/pgtest"
	"shouwang/test/processtest"
)

func TestMain(m *testing.M) { processtest.Main(m) }

// node is one server process and the wire between it and the database.
type node struct {
	*processtest.Node
	relay *pgtest.Relay
}

// fleet is three servers, their database and the world they serve.
type fleet struct {
	t       *testing.T
	cluster *pgtest.Cluster
	db      string // the data, past all relays
	nodes   []*node
	token   string
	round   string
	doors   []door
}

type door struct {
	id      string
	version int64
}

const (
	houses    = 8 // of a hundred doors each
	community = "330200001001"
)

// newFleet makes a cluster and a world on it and starts the servers. via changes
// the address of the data, for a cluster of several hosts.
func newFleet(t *testing.T, tags string, via func(*pgtest.Cluster, string) string, env ...string) *fleet {
	t.Helper()
	cluster, err := pgtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cluster.Stop)
	f := &fleet{t: t, cluster: cluster}
	var ring string
	for _, d := range []*string{&f.db, &ring} {
		if *d, err = cluster.Database(); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	for i := range 3 {
		n := &node{Node: processtest.New(t, processtest.Binary(t, tags), nil, env)}
		data, db := filepath.Join(dir, fmt.Sprint("n", i)), f.db
		args := func() []string { return []string{"--data", data, "--db", db, "--keyring", ring} }
		if i == 0 {
			n.Args = args()
			f.world(n)
			if via != nil {
				ring = via(cluster, ring)
			}
		} else if err := handOver(app.KeysDir(filepath.Join(dir, "n0")), app.KeysDir(data)); err != nil {
			t.Fatal(err)
		}
		if via != nil {
			db = via(cluster, db)
		} else if n.relay, db, err = pgtest.NewRelay(db); err != nil {
			t.Fatal(err)
		}
		n.Args = args()
		f.nodes = append(f.nodes, n)
		n.Start()
	}
	for _, n := range f.nodes {
		n.Ready()
	}
	f.sweep()
	return f
}

// handOver copies the key files as their keeper would.
func handOver(from, to string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	for _, name := range []string{"root.key", "journal.key", "journal.pub"} {
		b, err := os.ReadFile(filepath.Join(from, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), b, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// world prepares an incident over a community of eight hundred doors.
func (f *fleet) world(n *node) {
	f.t.Helper()
	var b strings.Builder
	b.WriteString("地点编码,类型,名称,上级编码,小区,楼号,单元数,层数,每层户数\n3302,市,甲市,,,,,,\n330200,区,乙区,3302,,,,,\n" +
		"330200001000,街道,丙街道,330200,,,,,\n" + community + ",社区,丁社区,330200001000,,,,,\n" + community + "-01,网格,一网格," + community + ",,,,,\n")
	for i := 1; i <= houses; i++ {
		fmt.Fprintf(&b, "%[1]s-01-%03[2]d,微网格,%[2]d号微网格,%[1]s-01,,,,,\n%[1]s-B%03[2]d,楼栋,戊里%[2]d号楼,%[1]s-01-%03[2]d,戊里,%[2]d,2,10,5\n", community, i)
	}
	file := filepath.Join(f.t.TempDir(), "places.csv")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		f.t.Fatal(err)
	}
	var done map[string]any
	var made struct{ Incident, Plan, Token string }
	run := func(v any, args ...string) {
		if err := n.Command(v, args...); err != nil {
			f.t.Fatal(err)
		}
	}
	run(&done, "import", "places", file)
	run(&made, "incident", "declare", "--playbook", "epidemic", "--place", community, "--title", "servers")
	run(&done, "incident", "zone", made.Incident, "--zone", "lockdown", "--place", community, "--basis", "test", "--until", time.Now().AddDate(0, 0, 7).Format("2006-01-02"))
	run(&made, "incident", "plan", made.Incident)
	run(&done, "incident", "apply", made.Incident, "--plan", made.Plan, "--as", "second")
	run(&made, "token", "create", "--role", "community", "--place", community)
	f.token, f.round = made.Token, made.Incident
}

// sweep finds the round over all doors and their versions.
func (f *fleet) sweep() {
	f.t.Helper()
	var rounds struct {
		Items []struct {
			ID    string
			Total int
		}
	}
	f.get("/rounds?incident_id="+f.round, &rounds)
	for _, r := range rounds.Items {
		if r.Total >= houses*100 {
			f.round = r.ID
		}
	}
	var page struct {
		Items []struct {
			PlaceID string `json:"place_id"`
			Version int64
		}
	}
	f.get("/rounds/"+f.round+"/targets?state=all&limit=1000", &page)
	for _, x := range page.Items {
		f.doors = append(f.doors, door{x.PlaceID, x.Version})
	}
	if len(f.doors) < houses*100 {
		f.t.Fatalf("%d doors in %+v", len(f.doors), rounds.Items)
	}
}

func (f *fleet) get(path string, v any) {
	f.t.Helper()
	status, raw, err := f.do(context.Background(), 0, "GET", path, "", nil)
	if err != nil || status != 200 || json.Unmarshal(raw, v) != nil {
		f.t.Fatalf("GET %s: %d %s %v", path, status, raw, err)
	}
}

var web = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}

// do asks one server one thing.
func (f *fleet) do(ctx context.Context, at int, method, path, op string, body []byte) (int, []byte, error) {
	q, err := http.NewRequestWithContext(ctx, method, "http://"+f.nodes[at].Addr+"/api/v1"+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("Authorization", "Bearer "+f.token)
	if op != "" {
		q.Header.Set("Operation-Id", op)
	}
	if strings.HasPrefix(path, "/imports/") {
		q.Header.Set("File-Name", url.PathEscape("same.csv"))
		q.Header.Set("Content-Type", "application/octet-stream")
	}
	r, err := web.Do(q)
	if err != nil {
		return 0, nil, err
	}
	defer r.Body.Close()
	var raw bytes.Buffer
	_, err = raw.ReadFrom(r.Body)
	return r.StatusCode, raw.Bytes(), err
}
