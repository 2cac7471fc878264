package house

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// onScreen says whether a file holds texts that people read in the product, or
// the addresses of its pages and operations.
func onScreen(p string) bool {
	ext := filepath.Ext(p)
	switch {
	case strings.HasPrefix(p, "internal/text/") || strings.HasPrefix(p, "web/src/i18n/"):
		return ext == ".json" || ext == ".yaml" || ext == ".yml" || ext == ".ts"
	case strings.HasPrefix(p, "playbooks/"):
		return ext == ".yaml" || ext == ".yml"
	case strings.HasPrefix(p, "internal/page/"), strings.HasPrefix(p, "web/src/"):
		return ext == ".html" || ext == ".vue" || strings.Contains(p, "router") || strings.Contains(p, "route")
	}
	return false
}

// No contest, no streak, no time sheet: not on a screen and not in an address.
func TestNobodyIsRanked(t *testing.T) {
	look := func(where, text string) {
		low := strings.ToLower(text)
		for _, w := range badWords {
			if i := strings.Index(low, w); i >= 0 {
				line := 1 + strings.Count(low[:i], "\n")
				t.Errorf("%s:%d says %q: no ranking, streak or online time in normal mode", where, line, w)
			}
		}
	}
	for _, f := range files(t) {
		if onScreen(f.path) {
			look(f.path, string(f.text))
		}
		if !strings.HasPrefix(f.path, "openapi/") || !strings.HasSuffix(f.path, ".json") {
			continue
		}
		var doc struct {
			Paths map[string]map[string]any `json:"paths"`
		}
		if err := json.Unmarshal(f.text, &doc); err != nil {
			t.Errorf("%s: %v", f.path, err)
		}
		for p := range doc.Paths {
			look(f.path+" "+p, p)
		}
	}
	for _, f := range goFiles(t) {
		if f.room != "api" && f.room != "page" && f.room != "app" || f.test {
			continue
		}
		for _, m := range routeText.FindAllString(string(f.text), -1) {
			look(f.path, m)
		}
	}
}

// routeText is a string that looks like an address of ours.
var routeText = regexp.MustCompile("\"(?:[A-Z]+ )?/[a-z0-9/_{}.-]*\"")

// Built from parts, so that this file does not accuse itself.
var (
	machinePath = regexp.MustCompile(`/wo` + `rk/(main|shared)|/ro` + `ot/|/ho` + `me/[a-z][a-z0-9_-]*/|/Us` + `ers/[A-Za-z]|/tmp/(bash|plan)|[A-Z]:\\Us` + `ers`)
	loose       = regexp.MustCompile(`(?://|/\*|#|--)\s*(TO` + `DO|FIX` + `ME|X` + `XX)\b(\(#\d+\))?`)
)

// A path of somebody's machine, a fetched address in a lock file or a promise
// without a number has no place in the repository.
func TestNothingOfAMachineStays(t *testing.T) {
	for _, f := range files(t) {
		if !utf8.Valid(f.text) {
			continue
		}
		code := contains([]string{".go", ".ts", ".vue", ".mjs", ".js", ".css", ".sql", ".sh", ".yaml", ".yml"}, filepath.Ext(f.path))
		for i, line := range strings.Split(string(f.text), "\n") {
			if m := machinePath.FindString(line); m != "" {
				t.Errorf("%s:%d: %q is a path of one machine", f.path, i+1, m)
			}
			if strings.HasSuffix(f.path, "package-lock.json") && strings.Contains(line, `"resolved": "http`) {
				t.Errorf("%s:%d: the lock file names a registry; keep omit-lockfile-registry-resolved=true", f.path, i+1)
				break
			}
			if m := loose.FindStringSubmatch(line); code && m != nil && m[2] == "" && !f.isGenerated() {
				t.Errorf("%s:%d: %s without a number", f.path, i+1, m[1])
			}
		}
	}
}
