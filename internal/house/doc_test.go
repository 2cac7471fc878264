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

// A page that tells how to do something ends by telling how to know that it worked.
func TestHowTosEndWithHowToKnow(t *testing.T) {
	count := 0
	for _, f := range files(t) {
		if !strings.HasPrefix(f.path, "docs/howto/") && !strings.HasPrefix(f.path, "docs/tutorial/") {
			continue
		}
		count++
		last := "## 怎样算成功"
		if strings.HasSuffix(f.path, ".en.md") {
			last = "## How to know it worked"
		}
		at := strings.LastIndex(string(f.text), "\n## ")
		if at < 0 || !strings.HasPrefix(string(f.text[at+1:]), last+"\n") {
			t.Errorf("%s does not end with %q", f.path, last)
		}
	}
	if count < 20 {
		t.Errorf("only %d pages found: the test would prove nothing", count)
	}
}

var record = regexp.MustCompile(`^docs/adr/(\d{4})-.+\.md$`)

// Decision records have numbers of their own, and the list names each once.
func TestDecisionRecordsAreListed(t *testing.T) {
	list, seen := "", map[string]string{}
	for _, f := range files(t) {
		if f.path == "docs/adr/README.md" {
			list = string(f.text)
		}
	}
	for _, f := range files(t) {
		m := record.FindStringSubmatch(f.path)
		if m == nil {
			continue
		}
		if seen[m[1]] != "" {
			t.Errorf("%s and %s bear one number", seen[m[1]], f.path)
		}
		seen[m[1]] = f.path
		if n := strings.Count(list, "("+filepath.Base(f.path)+")"); n != 1 {
			t.Errorf("%s stands %d times in the list of docs/adr/README.md", f.path, n)
		}
	}
	if len(seen) < 10 {
		t.Errorf("only %d records found: the test would prove nothing", len(seen))
	}
}
