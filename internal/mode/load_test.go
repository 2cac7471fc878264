package mode

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"shouwang/playbooks"
)

const sound = `playbook: flood
version: 1
title: {zh: 防汛, en: Flood}
extends: normal
facts:
  crest: {title: {zh: 洪峰过境, en: Crest of the flood}}
zones:
  danger:
    title: {zh: 危险区, en: Danger}
    rule: {zh: 撤离, en: Leave}
    stricter_than: watch
    effect: evacuate
    measures:
      - id: leave
        title: {zh: 撤离, en: Leave}
        basis: {zh: 防洪法, en: Flood law}
        longest: P7D
        release: facts.days_since("crest") >= 1
  watch:
    title: {zh: 警戒区, en: Watch}
    rule: {zh: 备汛, en: Be ready}
posts:
  - id: lead
    title: {zh: 组长, en: Lead}
    per: microgrid
    zones: [danger, watch]
    role: lead
    require: {trained: [first-aid], min_age: 18, max_age: 60}
    prefer: {near: 1.0, has: {drive: 0.5}}
rounds:
  - id: door
    title: {zh: 敲门, en: Knock}
    per: household
    by: lead
    due: PT6H
    outcomes:
      gone: {title: {zh: 已走, en: Gone}}
      absent: {title: {zh: 没人, en: Absent}, again: PT1H}
variants:
  - when: place.tags.exists(t, t == "riverside")
    set: {posts.lead.count: 2}
`

// A zone is drawn by what its playbook declares of it, whatever its name.
func TestZonesLookAsStrictAsTheyAre(t *testing.T) {
	for _, x := range []struct{ book, want string }{
		{"epidemic", "precaution control lockdown"}, {"fire", "precaution precaution control evacuate"},
		{"flood-typhoon", "precaution precaution control evacuate"}, {"heat-cold", "precaution control"},
	} {
		p, err := Shipped(x.book)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, z := range p.Zones {
			got = append(got, p.Look(z.ID))
		}
		if strings.Join(got, " ") != x.want {
			t.Errorf("%s: %v", x.book, got)
		}
	}
	m := []ZoneMeasure{{ID: "m"}}
	three := &Playbook{Zones: []Zone{{ID: "a", Level: 1, Measures: m}, {ID: "b", Level: 2, Measures: m}, {ID: "c", Level: 3, Measures: m}}}
	if got := three.Look("a") + three.Look("b") + three.Look("c") + three.Look("none"); got != LookPrecaution+LookControl+LookLockdown+LookPrecaution {
		t.Error(got)
	}
}

func TestShippedPlaybooksAreSound(t *testing.T) {
	for _, name := range playbooks.Names {
		p, err := Shipped(name)
		if err != nil {
			t.Fatal(err)
		}
		if p.ID != name || p.Hash == "" || len(p.Posts) == 0 {
			t.Errorf("%s: %+v", name, p)
		}
		again, wrong := Load([]byte("# a remark\n" + p.Source))
		if len(wrong) > 0 || again.Hash != p.Hash {
			t.Errorf("%s: a remark changes the hash: %v", name, wrong)
		}
	}
	p, _ := Shipped("epidemic")
	levels := fmt.Sprint(p.Level("precaution"), p.Level("control"), p.Level("lockdown"))
	if levels != "1 2 3" {
		t.Errorf("levels %s", levels)
	}
	sum := 0
	for _, x := range p.Posts {
		if x.Later || x.Per == "site" { // a site has a watch of its own
			continue
		}
		if x.Per != "microgrid" || len(x.Zones) != 3 {
			t.Errorf("post %s is not of every micro-grid in all three zones", x.ID)
		}
		sum += x.Count
	}
	if sum != 6 {
		t.Errorf("1221 makes six posts, not %d", sum)
	}
	r, _ := p.Round("sweep")
	for _, o := range r.Outcomes {
		switch {
		case o.ID == "needs-help" && len(o.Choose) != 8:
			t.Errorf("%d kinds of help", len(o.Choose))
		case o.ID == "absent" && (o.Final || o.Again != 4*time.Hour):
			t.Errorf("absent: %+v", o)
		}
	}
	if len(p.Notes) > 0 { // every case that an outcome opens stands in the catalogue
		t.Errorf("%v", p.Notes)
	}
	open := strings.Replace(sound, "gone: {title: {zh: 已走, en: Gone}}", "gone: {title: {zh: 已走, en: Gone}, opens: case.nobodys}", 1)
	if p, wrong := Load([]byte(open)); p == nil || len(p.Notes) != 1 || p.Notes[0].Code != "SW-1422" {
		t.Errorf("an opener of a case that nobody declares is not noted: %v", wrong)
	}
}

// Each row spoils the sound playbook in one place; the problem must have that
// code and stand at that line and column.
func TestProblemsHaveLineColumnAndCode(t *testing.T) {
	if _, wrong := Load([]byte(sound)); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	for _, c := range []struct {
		name, old, new, code string
		mark                 string // where the problem must stand: start of this text in the new file
	}{
		{"unknown key", "    per: microgrid", "    pro: microgrid", "SW-1404", "pro: microgrid"},
		{"missing key", "    per: microgrid\n", "", "SW-1411", "id: lead"},
		{"wrong type", "version: 1", "version: eins", "SW-1410", "eins"},
		{"wrong word", "per: household", "per: planet", "SW-1410", "planet"},
		{"no English", "{zh: 组长, en: Lead}", "{zh: 组长}", "SW-1409", "{zh: 组长}"},
		{"empty Chinese", "{zh: 组长, en: Lead}", `{zh: " ", en: Lead}`, "SW-1409", `" ", en: Lead`},
		{"unknown name", `facts.days_since("crest")`, `fact.days_since("crest")`, "SW-1413", `fact.days_since`},
		{"unknown fact", `place.tags`, `place.colour`, "SW-1413", `.colour`},
		{"wrong type in rule", `facts.days_since("crest") >= 1`, `facts.days_since("crest") >= "x"`, "SW-1413", `>= "x"`},
		{"undeclared fact", `facts.days_since("crest") >= 1`, `facts.days_since("crust") >= 1`, "SW-1420", `facts.days_since("crust")`},
		{"event asked as a state", `facts.days_since("crest") >= 1`, `facts.holds("crest")`, "SW-1420", `facts.holds`},
		{"unknown round in rule", `facts.days_since("crest") >= 1`, `facts.round("nope").complete`, "SW-1420", `facts.round`},
		{"unreachable zone", "stricter_than: watch", "stricter_than: nowhere", "SW-1414", "nowhere"},
		{"two mildest", "    stricter_than: watch\n", "", "SW-1414", "watch:"},
		{"duplicate id", "rounds:\n  - id: door", "  - id: lead\n    title: {zh: 二, en: Two}\n    per: building\nrounds:\n  - id: door", "SW-1412", "lead\n    title: {zh: 二"},
		{"duplicate key", "version: 1", "version: 1\nversion: 2", "SW-1412", "version: 2"},
		{"no basis", "        basis: {zh: 防洪法, en: Flood law}\n", "", "SW-1405", "id: leave"},
		{"no end", "        longest: P7D\n", "", "SW-1416", "id: leave"},
		{"bad duration", "P7D", "seven days", "SW-1418", "seven days"},
		{"months", "P7D", "P1M", "SW-1418", "P1M"},
		{"zero", "PT6H", "PT0H", "SW-1418", "PT0H"},
		{"ages", "min_age: 18", "min_age: 80", "SW-1417", "80, max_age"},
		{"no such training", "first-aid", "flying", "SW-1417", "flying"},
		{"unknown role", "role: lead", "role: king", "SW-1419", "king"},
		{"unknown post", "by: lead", "by: nobody", "SW-1420", "nobody"},
		{"unknown zone", "zones: [danger, watch]", "zones: [danger, moon]", "SW-1420", "moon"},
		{"unknown trait", "drive: 0.5", "charm: 0.5", "SW-1420", "charm"},
		{"unknown base", "extends: normal", "extends: other", "SW-1421", "other"},
		{"itself", "extends: normal", "extends: flood", "SW-1421", "flood\nfacts"},
		{"unknown setting", "posts.lead.count: 2", "posts.lead.title: x", "SW-1423", "posts.lead.title"},
		{"setting of nobody", "posts.lead.count: 2", "posts.king.count: 2", "SW-1420", "{posts.king"},
		{"anchor", "title: {zh: 防汛, en: Flood}", "title: &t {zh: 防汛, en: Flood}", "SW-1403", "&t"},
		{"alias", "rule: {zh: 备汛, en: Be ready}", "rule: *t", "SW-1403", "*t"},
		{"loop", "outcomes:\n      gone: {title: {zh: 已走, en: Gone}}", "outcomes:\n      gone: {title: {zh: 已走, en: Gone}, opens: round.door}", "SW-1415", "round.door"},
		{"opens nothing known", "outcomes:\n      gone: {title: {zh: 已走, en: Gone}}", "outcomes:\n      gone: {title: {zh: 已走, en: Gone}, opens: magic.x}", "SW-1420", "magic.x"},
		{"never ends", "      gone: {title: {zh: 已走, en: Gone}}\n", "", "SW-1410", "absent: {title"},
		{"broken", "posts:\n", "posts: [\n", "SW-1401", ""},
		{"two documents", "version: 1\n", "version: 1\n---\nx: 1\n", "SW-1401", ""},
		{"control character", "防汛", "防\x01汛", "SW-1402", ""},
		{"not UTF-8", "防汛", "\xb7\xc0", "SW-1401", ""},
		{"deep", "version: 1", "version: " + strings.Repeat("[", 100), "SW-1402", ""},
		{"long line", "version: 1", "version: " + strings.Repeat("1", 5000), "SW-1402", ""},
	} {
		text := strings.Replace(sound, c.old, c.new, 1)
		if text == sound {
			t.Fatalf("%s: nothing was spoilt", c.name)
		}
		p, wrong := Load([]byte(text))
		if p != nil || len(wrong) == 0 {
			t.Errorf("%s: accepted", c.name)
			continue
		}
		line, col := 0, 0
		if c.mark != "" {
			at := strings.Index(text, c.mark)
			if at < 0 {
				t.Fatalf("%s: no %q in the text", c.name, c.mark)
			}
			line = 1 + strings.Count(text[:at], "\n")
			col = 1 + len([]rune(text[strings.LastIndex(text[:at], "\n")+1:at]))
		}
		found := false
		for _, w := range wrong {
			found = found || w.Code == c.code && (line == 0 || w.Line == line && w.Column == col)
			if w.ZH == "" || w.EN == "" || w.Code == "SW-1401" && !han(w.ZH) || w.Line < 1 || w.Column < 1 || strings.Contains(w.ZH+w.EN, "{0}") {
				t.Errorf("%s: half a problem: %+v", c.name, w)
			}
		}
		if !found {
			t.Errorf("%s: want %s at %d:%d, got %v", c.name, c.code, line, col, wrong)
		}
	}
}

// han says whether a sentence is Chinese from end to end: no stretch of Latin words
// is left in it.
func han(s string) bool {
	return !regexp.MustCompile(`[A-Za-z]{2,}[^\p{Han}]*[A-Za-z]{2,}`).MatchString(strings.ReplaceAll(s, "UTF-8", ""))
}

// What the YAML reader complains of is said in both languages, at the line and
// column where it is.
func TestBrokenYAMLIsToldInBothLanguages(t *testing.T) {
	for _, c := range []struct {
		text, zh  string
		line, col int
	}{
		{"playbook: x\nzones: {a: 1\n", "花括号", 2, 8},
		{"playbook: x\nposts: [1, 2\n", "方括号", 2, 8},
		{"playbook: x\n title: 1: 2\n", "冒号", 1, 11},
		{"playbook: x\ntitle: \"no end\n", "引号", 2, 8},
		{"playbook: x\n\tversion: 1\n", "制表符", 2, 0},
	} {
		p, wrong := Load([]byte(c.text))
		if p != nil || len(wrong) == 0 {
			t.Errorf("%q: accepted", c.text)
			continue
		}
		w := wrong[0]
		if w.Code != "SW-1401" || !han(w.ZH) || !strings.Contains(w.ZH, c.zh) || w.Line != c.line || c.col > 0 && w.Column != c.col || w.EN == w.ZH {
			t.Errorf("%q: %+v", c.text, w)
		}
	}
}

func TestEveryProblemIsNamedAtOnce(t *testing.T) {
	text := strings.NewReplacer("per: household", "per: planet", "role: lead", "role: king", "P7D", "soon", "en: Flood law", "fr: Loi").Replace(sound)
	_, wrong := Load([]byte(text))
	codes := map[string]bool{}
	last := 0
	for _, w := range wrong {
		codes[w.Code] = true
		if w.Line < last {
			t.Errorf("out of order: %v", wrong)
		}
		last = w.Line
	}
	for _, want := range []string{"SW-1410", "SW-1419", "SW-1418", "SW-1404", "SW-1409"} {
		if !codes[want] {
			t.Errorf("%s is not named: %v", want, wrong)
		}
	}
}

func TestOversizedFileIsRefusedAtOnce(t *testing.T) {
	start := time.Now()
	_, wrong := Load([]byte(sound + strings.Repeat("# x\n", MaxBytes/4)))
	if len(wrong) != 1 || wrong[0].Code != "SW-1402" || time.Since(start) > time.Second {
		t.Fatalf("%v after %v", wrong, time.Since(start))
	}
	bomb := "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n"
	if _, wrong = Load([]byte(bomb)); len(wrong) == 0 || wrong[0].Code != "SW-1403" {
		t.Fatalf("bomb: %v", wrong)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(sound))
	for _, n := range playbooks.Names {
		b, err := playbooks.Source(n)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	for _, s := range []string{"", "a", "- - - -", "? x", "{", "a: &a\n  b: *a", "%YAML 1.2\n---\n", "a: !!binary x", "<<: {a: 1}", "1: 2", "a: |\n  x", "zones: {a: {stricter_than: b}, b: {stricter_than: a}}", "posts: [1, {}]", "posts: {a: 1}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		start := time.Now()
		p, wrong := Load(data)
		if (p == nil) == (len(wrong) == 0) {
			t.Fatalf("playbook %v with problems %v", p != nil, wrong)
		}
		if d := time.Since(start); d > 10*time.Second {
			t.Fatalf("took %v", d)
		}
		for _, w := range wrong {
			if w.Line < 1 || w.Column < 1 || w.Code == "" || w.ZH == "" || w.EN == "" {
				t.Fatalf("half a problem: %+v", w)
			}
		}
		if p != nil {
			again, _ := Load(data)
			if again.Hash != p.Hash {
				t.Fatal("one file, two hashes")
			}
		}
	})
}

// Files made to be slow are refused or read within bounded time.
func TestHostileFilesTakeBoundedTime(t *testing.T) {
	lines := func(n int, one func(i int) string) string {
		var b strings.Builder
		for i := 0; i < n && b.Len() < MaxBytes-5000; i++ {
			b.WriteString(one(i))
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"many keys":      lines(19_000, func(i int) string { return fmt.Sprintf("k%d: 1\n", i) }),
		"many flow keys": "a: {" + lines(200, func(i int) string { return strings.Repeat(fmt.Sprintf("k%d: 1, ", i), 350) + "\n" }) + "}\n",
		"many items":     "a: [" + lines(250, func(i int) string { return strings.Repeat("x, ", 1300) + "\n" }) + "x]\n",
		"many posts":     "posts:\n" + lines(19_000, func(i int) string { return "  - {id: a, per: b}\n" }),
		"many rounds":    sound + "cases:\n" + lines(19_000, func(i int) string { return fmt.Sprintf("  - {id: c%d, opens: case.c%d}\n", i, i+1) }),
		"block text":     "title: |\n" + lines(19_000, func(i int) string { return "  text text text text text text text\n" }),
		"quoted text":    "title: \"" + lines(19_000, func(i int) string { return "  text \\n text\n" }) + "\"",
		"comments":       lines(19_000, func(i int) string { return "# remark\n" }) + sound,
		"open quotes":    lines(19_000, func(i int) string { return "a: '\n" }),
		"question marks": lines(19_000, func(i int) string { return "? a\n" }),
		"deeper":         lines(60, func(i int) string { return strings.Repeat(" ", 2*i) + "a:\n" }),
	} {
		start := time.Now()
		_, wrong := Load([]byte(text))
		d := time.Since(start)
		t.Logf("%s: %d bytes, %v, %d problems", name, len(text), d.Round(time.Millisecond), len(wrong))
		if d > 20*time.Second || name != "comments" && len(wrong) == 0 {
			t.Errorf("%s: %v, %d problems", name, d, len(wrong))
		}
	}
}

func TestAPlaybookPromotesNobodyToCommand(t *testing.T) {
	b, err := playbooks.Source("epidemic")
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	for _, role := range []string{"commander", "admin", "auditor", "inspector"} {
		_, problems := Load([]byte(strings.Replace(text, "role: lead", "role: "+role, 1)))
		if len(problems) != 1 || problems[0].Code != ErrRole.Code {
			t.Fatalf("%s: %v", role, problems)
		}
	}
}
