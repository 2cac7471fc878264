package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"shouwang/internal/api"
)

var update = flag.Bool("update", false, "write openapi/openapi.json and the table in docs/reference/api.md anew")

const (
	contract  = "../../openapi/openapi.json"
	reference = "../../docs/reference/api.md"
)

type operation struct {
	id, method, path, action, summary string
	*huma.Operation
}

// operations lists every operation of the document, by path and method.
func operations(s *api.Server) []operation {
	var out []operation
	for path, item := range s.OpenAPI().Paths {
		for method, op := range map[string]*huma.Operation{http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodPatch: item.Patch, http.MethodDelete: item.Delete} {
			if op != nil {
				action, _ := op.Extensions["x-action"].(string)
				out = append(out, operation{op.OperationID, method, path, action, op.Summary, op})
			}
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].path+out[i].method < out[j].path+out[j].method })
	return out
}

// document is the API without anything behind it, for what it says of itself.
func document(t *testing.T) *api.Server {
	t.Helper()
	return world(t).API
}

// A request that takes longer than the usual five seconds of the framework is not
// called off in the middle of its work, and neither are those after it.
func TestRequestsMayTakeTheirTime(t *testing.T) {
	for _, op := range operations(document(t)) {
		if op.RequestBody != nil && op.BodyReadTimeout < 2*time.Minute {
			t.Errorf("%s is called off after %s", op.id, op.BodyReadTimeout)
		}
	}
}

// The contract that programs rely on is the one that the code makes.
func TestOpenAPI(t *testing.T) {
	s := document(t)
	var got bytes.Buffer
	raw, err := json.Marshal(s.OpenAPI())
	if err == nil {
		err = json.Indent(&got, raw, "", " ")
	}
	if err != nil {
		t.Fatal(err)
	}
	got.WriteByte('\n')
	table := operationTable(s)
	if *update {
		if err := os.MkdirAll("../../openapi", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(contract, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := writeTable(table); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(contract)
	if err != nil || !bytes.Equal(want, got.Bytes()) {
		t.Errorf("%s is not what the code says: go test ./internal/api -run TestOpenAPI -update (%v)", contract, err)
	}
	doc, err := os.ReadFile(reference)
	if err != nil || !strings.Contains(string(doc), table) {
		t.Errorf("the table of %s is not what the code says: go test ./internal/api -run TestOpenAPI -update (%v)", reference, err)
	}
}

// Every operation has a summary, an action and a unique id.
func TestOperationsDeclareThemselves(t *testing.T) {
	seen := map[string]bool{}
	ops := operations(document(t))
	for _, op := range ops {
		if op.id == "" || seen[op.id] || op.action == "" || op.summary == "" {
			t.Errorf("%s %s: id %q, action %q, summary %q", op.method, op.path, op.id, op.action, op.summary)
		}
		seen[op.id] = true
	}
	if len(ops) < 35 {
		t.Fatalf("only %d operations", len(ops))
	}
}

const tableHead, tableFoot = "<!-- operations: generated -->\n", "<!-- end of operations -->\n"

// operationTable is the list of operations as a page shows it.
func operationTable(s *api.Server) string {
	var b strings.Builder
	b.WriteString(tableHead + "| 方法 Method | 地址 Path | 权限 Action | 做什么 What it does |\n|---|---|---|---|\n")
	for _, op := range operations(s) {
		fmt.Fprintf(&b, "| %s | `%s` | `%s` | %s |\n", op.method, strings.TrimPrefix(op.path, "/api/v1"), op.action, op.summary)
	}
	b.WriteString(tableFoot)
	return b.String()
}

func writeTable(table string) error {
	raw, err := os.ReadFile(reference)
	if err != nil {
		return err
	}
	text := string(raw)
	before, rest, ok := strings.Cut(text, tableHead)
	if !ok {
		return os.WriteFile(reference, []byte(strings.TrimRight(text, "\n")+"\n\n## 操作一览 · Operations\n\n"+table), 0o644)
	}
	_, after, _ := strings.Cut(rest, tableFoot)
	return os.WriteFile(reference, []byte(before+table+after), 0o644)
}
