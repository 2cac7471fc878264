package crash

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shouwang/test/processtest"
)

func TestMain(m *testing.M) { processtest.Main(m) }

// server is one world on disk and the process that serves it, killed and started
// again on the same port.
type server struct {
	*processtest.Node
	t    *testing.T
	data string
	addr string
}

func newServer(t *testing.T, bin string, env ...string) *server {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	n := processtest.New(t, bin, []string{"--data", data}, env)
	return &server{Node: n, t: t, data: data, addr: n.Addr}
}

func (s *server) start() {
	s.t.Helper()
	s.Start()
	s.Ready()
}

// command runs a command of the binary on the world, which no server may hold, and
// reads its JSON.
func (s *server) command(v any, args ...string) {
	s.t.Helper()
	if err := s.Command(v, args...); err != nil {
		s.t.Fatal(err)
	}
}

// ground writes a small territory: one community of twelve buildings with a
// micro-grid each, a hundred doors in every building.
func ground(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("地点编码,类型,名称,上级编码,小区,楼号,单元数,层数,每层户数\n3302,市,甲市,,,,,,\n330200,区,乙区,3302,,,,,\n" +
		"330200001000,街道,丙街道,330200,,,,,\n" + community + ",社区,丁社区,330200001000,,,,,\n" + community + "-01,网格,一网格," + community + ",,,,,\n")
	for i := 1; i <= doors/100; i++ {
		fmt.Fprintf(&b, "%[1]s-01-%03[2]d,微网格,%[2]d号微网格,%[1]s-01,,,,,\n%[1]s-B%03[2]d,楼栋,戊里%[2]d号楼,%[1]s-01-%03[2]d,戊里,%[2]d,2,10,5\n", community, i)
	}
	file := filepath.Join(t.TempDir(), "places.csv")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

const community = "330200001001"

// world prepares an incident over the whole community, by the commands, and returns
// a token that may record, the sweep's id and its doors with their versions.
func (s *server) world(n int) (token, round string, doors []door) {
	s.t.Helper()
	var done map[string]any
	s.command(&done, "import", "places", ground(s.t))
	var made struct{ Incident, Plan, Token string }
	until := time.Now().AddDate(0, 0, 7).Format("2006-01-02")
	s.command(&made, "incident", "declare", "--playbook", "epidemic", "--place", community, "--title", "crash")
	s.command(&done, "incident", "zone", made.Incident, "--zone", "lockdown", "--place", community, "--basis", "test", "--until", until)
	s.command(&made, "incident", "plan", made.Incident)
	inc := made.Incident
	s.command(&done, "incident", "apply", inc, "--plan", made.Plan, "--as", "second")
	s.command(&made, "token", "create", "--role", "community", "--place", community)
	s.start()
	var rounds struct {
		Items []struct {
			ID, Item string
			Total    int
		}
	}
	s.get(made.Token, "/rounds?incident_id="+inc, &rounds)
	for _, r := range rounds.Items {
		if r.Total >= n {
			round = r.ID
		}
	}
	for cursor := ""; len(doors) < n; {
		var page struct {
			Items []struct {
				PlaceID string `json:"place_id"`
				Version int64
			}
			Next string
		}
		s.get(made.Token, "/rounds/"+round+"/targets?state=all&limit=1000&cursor="+cursor, &page)
		for _, x := range page.Items {
			doors = append(doors, door{x.PlaceID, x.Version})
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if len(doors) < n {
		s.t.Fatalf("the world has %d doors to record, %d needed; rounds %+v", len(doors), n, rounds.Items)
	}
	return made.Token, round, doors[:n]
}

// door is one target of the sweep as it was at the beginning.
type door struct {
	id      string
	version int64
}

func (s *server) get(token, path string, v any) {
	s.t.Helper()
	q, _ := http.NewRequest("GET", "http://"+s.addr+"/api/v1"+path, nil)
	q.Header.Set("Authorization", "Bearer "+token)
	r, err := http.DefaultClient.Do(q)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	var raw bytes.Buffer
	_, _ = raw.ReadFrom(r.Body)
	if r.StatusCode != 200 || json.Unmarshal(raw.Bytes(), v) != nil {
		s.t.Fatalf("GET %s: %d %s", path, r.StatusCode, raw.String())
	}
}
