package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func read(as func(*part, *strings.Reader, *strings.Builder), in string) (part, string) {
	var p part
	var w strings.Builder
	as(&p, strings.NewReader(in), &w)
	return p, w.String()
}

func asGo(p *part, r *strings.Reader, w *strings.Builder)     { readGo(p, r, w) }
func asTAP(p *part, r *strings.Reader, w *strings.Builder)    { readTAP(p, r, w) }
func asVitest(p *part, r *strings.Reader, w *strings.Builder) { readVitest(p, r, w) }

func TestCountsLeaves(t *testing.T) {
	for name, c := range map[string]struct {
		as             func(*part, *strings.Reader, *strings.Builder)
		in             string
		passed, failed int
	}{
		"subtests are counted, their parent is not": {asGo, `{"Action":"pass","Package":"a","Test":"T/x"}
{"Action":"pass","Package":"a","Test":"T/y"}
{"Action":"pass","Package":"a","Test":"T"}
{"Action":"pass","Package":"a"}
`, 2, 0},
		"a failed leaf counts once": {asGo, `{"Action":"fail","Package":"a","Test":"T/x"}
{"Action":"fail","Package":"a","Test":"T"}
{"Action":"fail","Package":"a"}
`, 0, 1},
		"a parent that fails alone counts": {asGo, `{"Action":"pass","Package":"a","Test":"T/x"}
{"Action":"fail","Package":"a","Test":"T"}
{"Action":"fail","Package":"a"}
`, 1, 1},
		"a skip is a failure": {asGo, `{"Action":"skip","Package":"a","Test":"T"}
{"Action":"pass","Package":"a"}
`, 0, 1},
		"a package without tests is nothing": {asGo, `{"Action":"skip","Package":"a"}
`, 0, 0},
		"a package that does not build fails": {asGo, `{"Action":"build-output","ImportPath":"a","Output":"x.go:1: no\n"}
{"Action":"fail","Package":"a","FailedBuild":"a"}
`, 0, 1},
		"a run that was cut off fails": {asGo, `{"Action":"run","Package":"a","Test":"T"}
`, 0, 1},
		"tap: tests of a suite": {asTAP, `TAP version 13
    ok 1 - one
    not ok 2 - two
not ok 1 - suite
ok 2 - three
ok 3 - four # SKIP no browser
1..3
`, 2, 2},
		"vitest": {asVitest, `noise
{"numTotalTestSuites":1,"numPassedTests":2,"numFailedTests":1,"testResults":[{"name":"f","status":"failed","assertionResults":[{"fullName":"x","status":"failed"},{"fullName":"y","status":"passed"},{"fullName":"z","status":"passed"}]}]}
`, 2, 1},
	} {
		if p, out := read(c.as, c.in); p.Passed != c.passed || p.Failed != c.failed {
			t.Errorf("%s: %d passed, %d failed; want %d, %d\n%s", name, p.Passed, p.Failed, c.passed, c.failed, out)
		}
	}
}

func TestSummary(t *testing.T) {
	for name, c := range map[string]struct {
		in, last string
		code     int
	}{
		"good":              {`{"name":"go","passed":3,"promises":["sqlite 41 postgres 41"]}`, "3 passed, 0 failed", 0},
		"nothing ran":       {``, "0 passed, 1 failed", 1},
		"one engine behind": {`{"name":"go","passed":3,"promises":["sqlite 41 postgres 40"]}`, "3 passed, 1 failed", 1},
		"a failure":         {`{"name":"go","passed":3,"failed":2,"promises":["sqlite 1 postgres 1"]}`, "3 passed, 2 failed", 1},
	} {
		file := filepath.Join(t.TempDir(), "r")
		if err := os.WriteFile(file, []byte(c.in), 0o644); err != nil {
			t.Fatal(err)
		}
		var w strings.Builder
		code := summary(file, &w)
		got := strings.Split(strings.TrimSpace(w.String()), "\n")
		if code != c.code || got[len(got)-1] != c.last {
			t.Errorf("%s: code %d, last line %q; want %d, %q", name, code, got[len(got)-1], c.code, c.last)
		}
	}
}

func TestPromisesAreFoundInOutput(t *testing.T) {
	p, _ := read(asGo, `{"Action":"output","Package":"a","Output":"    store_test.go:9: promises: sqlite 41 postgres 41\n"}
{"Action":"pass","Package":"a","Test":"T"}
{"Action":"pass","Package":"a"}
`)
	if len(p.Promises) != 1 || p.Promises[0] != "sqlite 41 postgres 41" {
		t.Fatalf("promises %q", p.Promises)
	}
}
