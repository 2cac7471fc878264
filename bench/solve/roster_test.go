package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ward is a small instance whose best roster is known by hand: A must serve two or
// three days, B as well, and day 1 asks for two.
const ward = `# three days
SECTION_HORIZON
3
SECTION_SHIFTS
E,480,
L,480,E
SECTION_STAFF
A,E=3|L=1,1440,960,3,2,1,1
B,E=3|L=0,1440,480,3,1,1,1
SECTION_DAYS_OFF
B,2
SECTION_SHIFT_ON_REQUESTS
A,0,L,4
SECTION_SHIFT_OFF_REQUESTS
B,0,E,3
SECTION_COVER
0,E,1,100,1
0,L,0,100,1
1,E,2,100,1
2,E,1,100,1
`

func TestRosterAndItsChecker(t *testing.T) {
	file, sheet := filepath.Join(t.TempDir(), "ward.txt"), filepath.Join(t.TempDir(), "out.txt")
	if err := os.WriteFile(file, []byte(ward), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := run([]string{"roster", file, "--seconds", "5", "--threads", "2", "--out", sheet}, &out); err != nil {
		t.Fatal(err)
	}
	var line rosterLine
	// A serves E on all days (the wish for L costs 4), B serves day 1 alone.
	if err := json.Unmarshal(out.Bytes(), &line); err != nil || line.Objective != 4 || line.Violations != 0 || *line.Bound > 4 {
		t.Fatal(err, out.String())
	}
	out.Reset()
	if err := run([]string{"check-roster", file, sheet}, &out); err != nil || strings.TrimSpace(out.String()) != `{"objective":4,"hard_violations":0}` {
		t.Fatal(err, out.String())
	}
}

func TestRosterCheckerSeesEachRule(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "ward.txt")
	if err := os.WriteFile(file, []byte(ward), 0o600); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"A,E,E,E\nB,-,E,-": `"objective":4,"hard_violations":0}`,
		"A,E,E,E\nB,-,E,E": `serves on day off 2`,
		"A,L,E,E\nB,-,E,-": `E after L on day 1`,
		"A,-,E,-\nB,-,E,-": `only 1 days in a row`,
		"A,L,L,-\nB,-,E,-": `2 of shift L`,
		"A,E,E,-\nB,-,-,-": `0 minutes`,
		"A,E,E\nB,-,-,-":   `!has 2 days`,
		"A,E,E,X\nB,-,-,-": `!"X"`,
		"A,E,E,E":          `!1 lines for 2`,
	} {
		sheet := filepath.Join(dir, "sheet.txt")
		if err := os.WriteFile(sheet, []byte(text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		err := run([]string{"check-roster", file, sheet}, &out)
		said := out.String()
		if err != nil {
			said = "!" + err.Error()
		}
		if refusal := strings.HasPrefix(want, "!"); refusal != (err != nil) || !strings.Contains(said, strings.TrimPrefix(want, "!")) {
			t.Errorf("%q: %s, not %s", text, said, want)
		}
	}
}
