package page

import (
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"shouwang/internal/access"
)

// used finds the keys that templates and code ask for.
var used = regexp.MustCompile(`\(?\bt "([a-z0-9-]+)"|\bt\["([a-z0-9-]+)"\]|words\[[a-zA-Z.]+\]\["([a-z0-9-]+)"\]|\.count\("([a-z0-9-]+)"`)

func TestNoWordIsMissingAndNoneIsLeftOver(t *testing.T) {
	asked := map[string]bool{}
	look := func(text string) {
		for _, m := range used.FindAllStringSubmatch(text, -1) {
			asked[m[1]+m[2]+m[3]+m[4]] = true
		}
	}
	err := fs.WalkDir(files, "html", func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".html") {
			b, err := fs.ReadFile(files, name)
			look(string(b))
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if strings.HasSuffix(f.Name(), ".go") && !strings.HasSuffix(f.Name(), "_test.go") {
			b, err := os.ReadFile(f.Name())
			if err != nil {
				t.Fatal(err)
			}
			look(string(b))
		}
	}
	for _, h := range hintsOnPaper {
		asked["hint-"+h] = true
	}
	for _, tone := range boardTones {
		asked["tone-"+tone] = true
	}
	for _, r := range access.Relations {
		asked["family-"+r] = true
	}
	for _, x := range posterPics {
		asked[x.word] = true
	}
	for _, key := range saidWords {
		asked[key] = true
	}
	for _, key := range tellers {
		asked[key] = true
	}
	for _, key := range seenPurposes {
		asked["seen-"+key] = true
	}
	for _, key := range kinStages {
		asked["kin-stage-"+key] = true
	}
	for day := range 7 {
		asked["week-"+strconv.Itoa(day)] = true
	}
	for key := range asked {
		for lang, w := range words {
			if strings.TrimSpace(w[key]) == "" {
				t.Errorf("%s: no word for %q", lang, key)
			}
		}
	}
	for key := range words["zh"] {
		if !asked[key] {
			t.Errorf("the word %q is never said", key)
		}
		for _, arg := range []string{"{0}", "{1}", "{2}"} {
			if strings.Contains(words["zh"][key], arg) != strings.Contains(words["en"][key], arg) {
				t.Errorf("%q takes %s in one language only", key, arg)
			}
		}
	}
}

func TestSentencesForResidentsAreShort(t *testing.T) {
	for key, w := range publicWords {
		for _, s := range strings.FieldsFunc(w[0], func(r rune) bool { return strings.ContainsRune("。！？；", r) }) {
			if n := utf8.RuneCountInString(s); n > 25 {
				t.Errorf("%s: %d characters: %s", key, n, s)
			}
		}
	}
}
