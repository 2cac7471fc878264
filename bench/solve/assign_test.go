package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAssignPrintsOneLine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.min")
	for text, want := range map[string]string{
		"p min 3 3\nn 1 2\nn 3 -2\na 1 2 0 2 1\na 2 3 0 1 1\na 1 3 1 2 5\n": "",
		"p min 2 1\nn 1 1\nn 2 -1\na 2 1 0 1 1\n":                           "infeasible",
		"p min 2 1\nn 1 1\na 1 2 0 1 1\n":                                   "do not sum to zero",
		"p min 2 1\na 1 2 0 1\n":                                            "line 2",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		err := run([]string{"assign", file}, &out)
		if want != "" {
			if err == nil || !strings.Contains(err.Error(), want) || out.Len() > 0 {
				t.Errorf("%q: %v, printed %q", text, err, out.String())
			}
			continue
		}
		var a answer
		if err != nil || strings.Count(out.String(), "\n") != 1 || json.Unmarshal(out.Bytes(), &a) != nil {
			t.Fatal(err, out.String())
		}
		if a.Objective != 7 || !a.Optimal || a.Seconds <= 0 || a.PeakMB <= 0 {
			t.Fatal(out.String())
		}
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"cook"}, {"assign"}, {"assign", "a", "b"}, {"assign", "-by", "luck", "x"}, {"assign", "/no/such/file"}} {
		if err := run(args, &bytes.Buffer{}); err == nil {
			t.Errorf("%v passed", args)
		}
	}
}
