package app

import (
	"bufio"
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"shouwang/internal/demo"
	"shouwang/internal/round"
)

// importPlaces imports a tiny territory.
func importPlaces(t *testing.T, c *Client) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "places.csv")
	text := "地点编码,类型,名称,上级编码,小区,楼号,单元数,层数,每层户数\n" +
		"3302,市,甲市,,,,,,\n330200,区,乙区,3302,,,,,\n330200001000,街道,丙街道,330200,,,,,\n330200001001,社区,丁社区,330200001000,,,,,\n" +
		"330200001001-01,网格,一网格,330200001001,,,,,\n330200001001-01-001,微网格,1号微网格,330200001001-01,,,,,\n" +
		"330200001001-B001,楼栋,戊里1号楼,330200001001-01-001,戊里,1,2,5,2\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := c.Import(context.Background(), "places", file, false)
	if err != nil {
		t.Fatal(err)
	}
	if r.Rejected != 0 || r.Inserted == 0 {
		t.Fatalf("%+v", r)
	}
}

func TestServesUntilToldToStop(t *testing.T) {
	a := open(t, Config{Data: filepath.Join(t.TempDir(), "d")})
	l, err := a.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Listen(l.Addr()); !errors.Is(err, ErrNoAddr) {
		t.Fatalf("a taken port: %v", err)
	}
	get := func(path string) (int, string) {
		r, err := http.Get("http://" + l.Addr() + path)
		if err != nil {
			return 0, err.Error()
		}
		defer r.Body.Close()
		var b [4096]byte
		n, _ := r.Body.Read(b[:])
		return r.StatusCode, string(b[:n])
	}
	for _, path := range []string{"/readyz", "/api/v1/me"} {
		if code, text := get(path); code != 503 || !strings.Contains(text, "SW-2019") {
			t.Fatalf("before it is ready %s answers %d %s", path, code, text)
		}
	}
	if code, text := get("/demo"); code != 503 || !strings.Contains(text, "http-equiv") {
		t.Fatalf("%d %s", code, text)
	}
	a.Work()
	l.Ready()
	if code, _ := get("/readyz"); code != 200 {
		t.Fatal(code)
	}
	if code, text := get("/api/v1/live"); code != 401 || !strings.Contains(text, "SW-1012") {
		t.Fatalf("%d %s", code, text)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- l.Run(ctx) }()
	stream := streamOf(t, a, l.Addr())
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("an open stream kept the server from stopping")
	}
	if err := <-stream; err != nil {
		t.Fatal(err)
	}
	a.Close()
	if _, err := http.Get("http://" + l.Addr() + "/readyz"); err == nil {
		t.Fatal("still listening")
	}
}

// streamOf opens a live stream with a token and returns a channel that tells when
// it has ended.
func streamOf(t *testing.T, a *App, addr string) <-chan error {
	t.Helper()
	c, err := a.Client("operator", "zh")
	if err != nil {
		t.Fatal(err)
	}
	importPlaces(t, c)
	r, err := c.Do(context.Background(), Request{Method: "POST", Path: "/tokens", Body: map[string]string{"role": "commander", "place_code": "330200001000"}})
	if err != nil {
		t.Fatal(err)
	}
	var token struct{ Token string }
	if err := r.Decode(&token); err != nil {
		t.Fatal(err)
	}
	q, _ := http.NewRequest("GET", "http://"+addr+"/api/v1/live?after=0", nil)
	q.Header.Set("Authorization", "Bearer "+token.Token)
	s, err := http.DefaultClient.Do(q)
	if err != nil || s.StatusCode != 200 {
		t.Fatalf("%v %v", s, err)
	}
	in := bufio.NewScanner(s.Body)
	for in.Scan() && !strings.HasPrefix(in.Text(), "data: ") {
	}
	if !strings.Contains(in.Text(), "places") {
		t.Fatalf("the import was not told of: %s %v", in.Text(), in.Err())
	}
	out := make(chan error, 1)
	go func() {
		for in.Scan() {
		}
		s.Body.Close()
		out <- in.Err()
	}()
	return out
}

// The demonstration goes the way everybody goes: all it asks of the store itself
// is whether it was done before, and whether anything is there.
func TestDemonstrationUsesPublicOperationsOnly(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "demo.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]int{}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.SelectorExpr); ok && slices.Contains([]string{"Store", "API", "keys", "handler"}, x.Sel.Name) {
				used[x.Sel.Name+"."+s.Sel.Name]++
			}
		}
		return true
	})
	for name := range used {
		if name != "Store.Meta" && name != "Store.SetMeta" && name != "Store.Last" {
			t.Errorf("the demonstration reaches behind the public operations: %s", name)
		}
	}
	for _, i := range f.Imports {
		if strings.Contains(i.Path.Value, "shouwang/") && i.Path.Value != `"shouwang/internal/demo"` {
			t.Errorf("the demonstration imports %s", i.Path.Value)
		}
	}
	if used["Store.Meta"] == 0 || used["Store.SetMeta"] == 0 {
		t.Error("nothing found: the test would prove nothing")
	}
}

func TestDemonstrationIsWholeAndOnce(t *testing.T) {
	ctx := context.Background()
	cfg := Config{Data: filepath.Join(t.TempDir(), "d"), Kind: Demo}
	a := open(t, cfg)
	lines := 0
	if err := a.Demonstrate(ctx, "community", func(string, string) { lines++ }); err != nil {
		t.Fatal(err)
	}
	doors, err := a.Store.PlacesUnder(ctx, "", "door")
	if err != nil {
		t.Fatal(err)
	}
	people, err := a.Store.CountPersons(ctx, "", "")
	if err != nil || len(doors) != 1443 || people < 3000 || lines < 4 {
		t.Fatalf("%d doors, %d people, %d lines, %v", len(doors), people, lines, err)
	}
	points, err := a.Store.PointsUnder(ctx, "")
	found, missed := 0, 0
	for _, p := range points {
		if p.CaseID != "" {
			found++
		}
		if _, late := round.Lapse(p, a.Config.Clock(), time.FixedZone("", 8*3600)); late {
			missed++
		}
	}
	if err != nil || len(points) != len(demo.Spots) || found != 2 || missed < 1 {
		t.Fatalf("%d points, %d with a case, %d missed, %v", len(points), found, missed, err)
	}
	last := a.Store.Last()
	a.Close()
	a = open(t, cfg)
	began := time.Now()
	if err := a.Demonstrate(ctx, "community", func(string, string) { t.Error("a second start did something") }); err != nil || a.Store.Last() != last {
		t.Fatalf("%v, %d entries more", err, a.Store.Last()-last)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Fatalf("a second start takes %s", took)
	}
}
