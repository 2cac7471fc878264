package house

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var link = regexp.MustCompile(`\]\(([^)#\s]+)(#[^)]*)?\)`)

// A link in a document leads somewhere.
func TestLinksLeadSomewhere(t *testing.T) {
	count := 0
	for _, f := range files(t) {
		if !strings.HasSuffix(f.path, ".md") {
			continue
		}
		for _, m := range link.FindAllStringSubmatch(string(f.text), -1) {
			to := m[1]
			if strings.Contains(to, "://") || strings.HasPrefix(to, "mailto:") {
				continue
			}
			count++
			if _, err := os.Stat(filepath.Join(root, filepath.Dir(f.path), filepath.FromSlash(to))); err != nil {
				t.Errorf("%s links to %s, which is not there", f.path, to)
			}
		}
	}
	if count == 0 {
		t.Error("no links found: the test would prove nothing")
	}
}

// A page in Chinese that has an English mirror is linked with it both ways.
func TestMirrorsPointAtEachOther(t *testing.T) {
	have := map[string]string{}
	for _, f := range files(t) {
		have[f.path] = string(f.text)
	}
	for path, text := range have {
		zh, ok := strings.CutSuffix(path, ".en.md")
		if !ok {
			continue
		}
		zh += ".md"
		if !strings.Contains(text, "("+filepath.Base(zh)+")") {
			t.Errorf("%s does not point at %s", path, zh)
		}
		if !strings.Contains(have[zh], "("+filepath.Base(path)+")") {
			t.Errorf("%s does not point at %s", zh, path)
		}
	}
}
