package mode

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"shouwang/internal/territory"
	"shouwang/playbooks"
)

// shippedBook loads a shipped playbook or fails.
func shippedBook(t *testing.T, id string) *Playbook {
	t.Helper()
	p, err := Shipped(id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The list of whoever stood there: none of its items may be missing, and each stands in
// its line.
func TestTheCatalogueHasEveryItemOfTheTwelveLines(t *testing.T) {
	data, err := os.ReadFile("testdata/worklines.txt")
	if err != nil {
		t.Fatal(err)
	}
	p, line, lines, items := shippedBook(t, "epidemic"), "", 0, 0
	seen := map[string]string{}
	for _, row := range strings.Split(string(data), "\n") {
		if row == "" || strings.HasPrefix(row, "# ") {
			continue
		}
		id, wording, ok := strings.Cut(row, "\t")
		if !ok {
			t.Fatalf("%q", row)
		}
		if head, is := strings.CutPrefix(id, "## "); is {
			line = head
			if lines++; lines > len(p.Lines) || p.Lines[lines-1].ID != line {
				t.Errorf("%s (%s) is not work line %d", line, wording, lines)
			}
			continue
		}
		items++
		if old, twice := seen[id]; twice {
			t.Errorf("%s serves both %s and %s", id, old, wording)
		}
		seen[id] = wording
		switch x, found := p.Case(id); {
		case !found:
			t.Errorf("%s (%s) is missing", id, wording)
		case x.Line != line:
			t.Errorf("%s (%s) stands in %s, not in %s", id, wording, x.Line, line)
		}
	}
	if lines != 12 || items != 53 {
		t.Errorf("%d lines, %d items", lines, items)
	}
}

// Every shipped item is said in full: line, picture, urgency, and either the noun that
// serves it or desk, times and proof.
func TestShippedItemsAreSaidInFull(t *testing.T) {
	for _, name := range playbooks.Names {
		p := shippedBook(t, name)
		root := read([]byte(p.Source), &problems{})
		for i, n := range root.get("cases").list() {
			x := p.Cases[i]
			must := []string{"line", "icon", "urgency"}
			if x.As == "" {
				must = append(must, "role", "take", "within", "hold", "silence", "proof")
			}
			for _, f := range must {
				if n.get(f) == nil {
					t.Errorf("%s.%s says no %s", name, x.ID, f)
				}
			}
			if x.As == "" && x.Only == "" && x.Consent.Text == "" && x.Ask && x.Urgency == Routine {
				t.Errorf("%s.%s is routine and never closes by itself", name, x.ID)
			}
			if x.Only != "" && x.Consent.Text != "" {
				t.Errorf("%s.%s is confidential and closes by itself", name, x.ID)
			}
		}
		if len(p.Notes) > 0 {
			t.Errorf("%s: %v", name, p.Notes)
		}
	}
	p := shippedBook(t, "normal")
	for _, id := range []string{"alarm", "ask", "medicine", "see-doctor", "greeting-missed", "repair", "environment", "hazard", "dispute", "counselling", "legal-help", "appeal", "verify-register", "consultation", "certificate", "neighbour-help"} {
		if _, ok := p.Case(id); !ok {
			t.Errorf("everyday life has no %s", id)
		}
	}
	for _, id := range []string{"medical-trip", "medicine-errand", "isolation-transfer", "left-dependant", "left-pet", "left-keys"} {
		if _, ok := shippedBook(t, "epidemic").Chain(id); !ok {
			t.Errorf("there is no chain %s", id)
		}
	}
}

// Versions kept before items said so much still load, and are whole.
func TestAnOldVersionStillLoadsAndIsWhole(t *testing.T) {
	old := sound + "cases:\n  - {id: search, title: {zh: 寻人, en: Search}, role: commander, within: PT10M}\n  - {id: late, title: {zh: 慢, en: Slow}, role: community, within: P9D, opens: case.search}\n"
	p, wrong := Load([]byte(old))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	x, _ := p.Case("search")
	if x.Take.Text != "PT10M" || x.Clock != ClockAlways || x.Urgency != Routine || !x.Essential || x.Ask || x.Hold.Length() <= 0 || x.Silence.Length() <= 0 {
		t.Errorf("%+v", x)
	}
	if y, _ := p.Case("late"); y.Take.Text != "P1D" || y.Opens != "case.search" {
		t.Errorf("%+v", y)
	}
}

const pillbook = sound + `lines:
  help: {zh: 帮忙, en: Help}
calendar:
  zone: "+08:00"
  week: [mon, tue]
  hours: ["09:00-12:00", "13:00-17:00"]
  holidays:
    2026-05-01: {zh: 劳动节, en: Labour Day}
  workdays:
    2026-05-09: {zh: 调休, en: Make-up}
chains:
  - id: errand
    title: {zh: 跑腿, en: Errand}
    subject: {zh: 药, en: Medicine}
    take: PT15M
    again: PT10M
    legs:
      - {id: buy, title: {zh: 买, en: Buy}, by: [lead, pharmacy], within: PT2H}
      - id: bring
        title: {zh: 送, en: Bring}
        by: [lead]
        within: PT1H
        ends: {home: {zh: 到家, en: Home}}
cases:
  - id: pills
    line: help
    title: {zh: 配药, en: Pills}
    icon: pill
    urgency: today
    role: community
    take: PT30M
    within: PT24H
    proof: receipt
    consent: P3D
    sees: [lead]
    chain: errand
    opens: case.look
  - {id: look, line: help, title: {zh: 看看, en: Look}, ask: true, role: lead, within: PT2H}
  - {id: knock, line: help, title: {zh: 敲门, en: Knock}, as: round.door}
`

// Each row spoils the sound catalogue in one place; the problem must have that code and
// stand at that line and column.
func TestProblemsOfTheCatalogueHaveTheirPlace(t *testing.T) {
	if _, wrong := Load([]byte(pillbook)); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	for _, c := range []struct{ name, old, new, code, mark string }{
		{"unknown line", "    line: help\n    title: {zh: 配药", "    line: hope\n    title: {zh: 配药", "SW-1420", "hope"},
		{"unknown role", "    role: community\n", "    role: king\n", "SW-1419", "king"},
		{"unknown seer", "sees: [lead]", "sees: [queen]", "SW-1419", "queen"},
		{"unknown chain", "chain: errand", "chain: errant", "SW-1420", "errant"},
		{"unknown picture", "icon: pill", "icon: unicorn", "SW-1410", "unicorn"},
		{"unknown urgency", "urgency: today", "urgency: soon", "SW-1410", "soon"},
		{"unknown qualification", "    sees: [lead]\n", "    only: wizard\n", "SW-1420", "wizard"},
		{"confidential but seen", "sees: [lead]", "sees: [lead]\n    only: first-aid", "SW-1492", "[lead]\n    only"},
		{"taken later than answered", "take: PT30M", "take: PT48H", "SW-1491", "PT48H"},
		{"closing without proof", "    proof: receipt\n", "", "SW-1491", "P3D"},
		{"life in office hours", "urgency: today", "urgency: life\n    clock: working", "SW-1491", "working"},
		{"life left to neighbours", "urgency: today", "urgency: life\n    essential: false", "SW-1491", "false"},
		{"no time", "take: PT30M", "take: PT0H", "SW-1418", "PT0H"},
		{"pause without a reason known", "    sees: [lead]\n", "    pause: {longest: P3D, why: [bored]}\n", "SW-1420", "bored"},
		{"missing language", "{zh: 配药, en: Pills}", "{zh: 配药}", "SW-1409", "{zh: 配药}"},
		{"missing desk", ", role: lead, within: PT2H", ", within: PT2H", "SW-1411", "{id: look"},
		{"loop of opens", "role: lead, within: PT2H}", "role: lead, within: PT2H, opens: case.pills}", "SW-1415", "case.pills"},
		{"opens what is served otherwise", "opens: case.look", "opens: case.knock", "SW-1420", "case.knock"},
		{"as points nowhere", "as: round.door", "as: round.window", "SW-1420", "round.window"},
		{"as a case", "as: round.door", "as: case.look", "SW-1420", "case.look}"},
		{"served and timed", "as: round.door", "as: round.door, within: PT1H", "SW-1490", "within: PT1H}"},
		{"chain without an end", "        ends: {home: {zh: 到家, en: Home}}\n", "", "SW-1493", "id: bring"},
		{"leg without a time", "by: [lead, pharmacy], within: PT2H", "by: [lead, pharmacy]", "SW-1493", "{id: buy"},
		{"leg by nobody known", "by: [lead, pharmacy]", "by: [lead, stranger]", "SW-1420", "stranger"},
		{"leg twice", "id: bring", "id: buy", "SW-1412", "buy\n"},
		{"hand-over longer than a leg", "take: PT15M", "take: PT90M", "SW-1491", "PT1H\n        ends"},
		{"no such day", "2026-05-01", "2026-02-30", "SW-1410", "2026-02-30"},
		{"off and worked", "2026-05-09", "2026-05-01", "SW-1412", "2026-05-01: {zh: 调休"},
		{"hours out of order", `"13:00-17:00"`, `"11:00-17:00"`, "SW-1410", `"11:00-17:00"`},
		{"hours that are none", `"09:00-12:00"`, `"9-12"`, "SW-1410", `"9-12"`},
		{"no zone", `"+08:00"`, `"Mars"`, "SW-1410", `"Mars"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(pillbook, c.old) {
				t.Fatal("the row spoils nothing")
			}
			text := strings.Replace(pillbook, c.old, c.new, 1)
			i := strings.Index(text, c.mark)
			if i < 0 {
				t.Fatal("the mark is not there")
			}
			line, col := 1+strings.Count(text[:i], "\n"), 1+len([]rune(text[strings.LastIndex(text[:i], "\n")+1:i]))
			p, wrong := Load([]byte(text))
			if p != nil || !slices.ContainsFunc(wrong, func(w Problem) bool { return w.Code == c.code && w.Line == line && w.Column == col }) {
				t.Errorf("want %s at %d:%d, got %v", c.code, line, col, wrong)
			}
		})
	}
}

func override(path, kind, key, value string, g Grade, approved bool) Override {
	o := Override{ID: key, Path: path, Playbook: "flood", Kind: kind, Key: key, Value: value, Grade: g, At: time.Unix(1, 0)}
	if approved {
		o.Approved = time.Unix(2, 0)
	}
	return o
}

// A community changes and adds items; what eases its own duty waits for the level above.
func TestAPlaceChangesAndAddsItems(t *testing.T) {
	p, wrong := Load([]byte(pillbook))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	page := `overrides: flood
because: 本社区人手
set:
  cases.pills.within: PT36H
  cases.pills.take: PT10M
  cases.pills.urgency: routine
  cases.look.urgency: life
  cases.look.ask: false
  cases.pills.ask: true
  cases.pills.title: {zh: 代买药, en: Buy my pills}
  calendar.hours: ["08:30-11:30"]
add:
  cases:
    - {id: ferry, line: help, title: {zh: 摆渡, en: Ferry}, icon: hand, ask: true, urgency: today, role: lead, within: PT3H}
`
	ds, wrong := ReadOverrides(p, "a.b.", PlaceFacts{}, []byte(page))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	want := map[string]Grade{"cases.pills.within": MayEase, "cases.pills.take": Free, "cases.pills.urgency": MayEase, "cases.look.urgency": Free, "cases.look.ask": MayEase,
		"cases.pills.ask": Free, "cases.pills.title": Free, "calendar.hours": MayEase, "cases.ferry": Free}
	var rows []Override
	for _, d := range ds {
		if want[d.Key] != d.Grade || d.Same {
			t.Errorf("%s is %s", d.Key, d.Grade)
		}
		delete(want, d.Key)
		o := d.Override
		o.ID, o.At = d.Key, time.Unix(1, 0)
		rows = append(rows, o)
	}
	if len(want) > 0 {
		t.Errorf("not read: %v", want)
	}
	here := p.With(rows).At("a.b.c.", PlaceFacts{})
	x, _ := here.Case("pills")
	if x.Within.Text != "PT24H" || x.Take.Text != "PT10M" || x.Urgency != Today || !x.Ask || x.Title.EN != "Buy my pills" {
		t.Errorf("before consent: %+v", x)
	}
	if y, ok := here.Case("ferry"); !ok || y.Added != "a.b." {
		t.Errorf("the added item: %+v", y)
	}
	if _, ok := p.With(rows).At("a.x.", PlaceFacts{}).Case("ferry"); ok {
		t.Error("an item added by one place stands in another")
	}
	for i := range rows {
		rows[i].Approved = time.Unix(2, 0)
	}
	with := p.With(rows)
	x, _ = with.At("a.b.", PlaceFacts{}).Case("pills")
	if x.Within.Text != "PT36H" || x.Urgency != Routine {
		t.Errorf("with consent: %+v", x)
	}
	if x, _ := p.Case("pills"); x.Within.Text != "PT24H" || p.Calendar.Hours[0] != "09:00-12:00" {
		t.Error("the version itself was changed")
	}
	open := func(path string) []territory.Hours {
		c := (Force{with.At(path, PlaceFacts{})}).Working()
		return c.Open
	}
	if len(open("a.b.")) != 1 || len(open("a.x.")) != 2 {
		t.Errorf("hours: %v %v", open("a.b."), open("a.x."))
	}
	if with.Print == "" || p.Print != "" {
		t.Error("what places change is not part of the plan's print")
	}
	again, wrong := ReadOverrides(p, "a.b.", PlaceFacts{}, []byte(Page("flood", rows)))
	if len(wrong) > 0 || len(again) != len(rows) {
		t.Errorf("the page written from the rows does not read back: %v\n%s", wrong, Page("flood", rows))
	}
}

// Each added item may have a reason of its own, and keeps it when the page is written.
func TestAddedItemsKeepTheirReasons(t *testing.T) {
	p, _ := Load([]byte(pillbook))
	page := "overrides: flood\nadd:\n  because: 一\n  cases:\n    - {id: one, title: {zh: 一, en: One}, role: lead, within: PT3H}\n    - {id: two, title: {zh: 二, en: Two}, role: lead, within: PT3H, because: 二}\n"
	for range 2 {
		ds, wrong := ReadOverrides(p, "a.b.", PlaceFacts{}, []byte(page))
		if len(wrong) > 0 || len(ds) != 2 || ds[0].Reason != "一" || ds[1].Reason != "二" || strings.Contains(ds[1].Value, "because") {
			t.Fatalf("%v %+v\n%s", wrong, ds, page)
		}
		page = Page("flood", []Override{ds[0].Override, ds[1].Override})
	}
}

// What may not be changed, or contradicts, is refused at its own line.
func TestAPlaceCannotChangeEverything(t *testing.T) {
	p, wrong := Load([]byte(pillbook))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	for _, c := range []struct{ set, code string }{
		{"set: {cases.pills.within: P9D}", "SW-1426"},           // more than twice as long
		{"set: {cases.pills.take: PT30H}", "SW-1426"},           // likewise
		{"set: {cases.pills.sees: [police]}", "SW-1425"},        // who may see it is the author's
		{"set: {cases.pills.only: first-aid}", "SW-1425"},       // so is its secrecy
		{"set: {cases.pills.role: lead}", "SW-1425"},            // and its desk
		{"set: {calendar.zone: \"+09:00\"}", "SW-1425"},         //
		{"set: {cases.pills.urgency: soon}", "SW-1410"},         //
		{"set: {cases.pills.ask: maybe}", "SW-1410"},            //
		{"set: {cases.knock.within: PT1H}", "SW-1490"},          // served by a round
		{"set: {cases.look.consent: P1D}", "SW-1491"},           // there is no proof
		{"set: {calendar.week: [someday]}", "SW-1410"},          //
		{"set: {calendar.hours: [\"12:00-09:00\"]}", "SW-1410"}, //
		{"set: {calendar.holidays: {2026-13-01: {zh: 无, en: None}}}", "SW-1410"},
		{"off: {cases.pills: 不做}", "SW-1425"},
		{"add: {chains: [{id: x}]}", "SW-1427"},
		{"add: {cases: [{id: look, title: {zh: 看, en: L}, role: lead, within: PT1H}]}", "SW-1412"},
		{"add: {cases: [{id: new, line: nowhere, title: {zh: 新, en: N}, role: lead, within: PT1H}]}", "SW-1420"},
	} {
		ds, wrong := ReadOverrides(p, "a.b.", PlaceFacts{}, []byte("overrides: flood\nbecause: 试\n"+c.set+"\n"))
		if len(ds) > 0 || len(wrong) == 0 || wrong[0].Code != c.code || wrong[0].Line != 3 {
			t.Errorf("%s: want %s, got %v", c.set, c.code, wrong)
		}
	}
}

// Life before office hours: an item that waits for them cannot be made a matter of life.
func TestAContradictionOfAPlaceIsRefused(t *testing.T) {
	p, wrong := Load([]byte(strings.Replace(pillbook, "urgency: today", "urgency: today\n    clock: working", 1)))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	_, wrong = ReadOverrides(p, "a.b.", PlaceFacts{}, []byte("overrides: flood\nbecause: 试\nset: {cases.pills.urgency: life}\n"))
	if len(wrong) != 1 || wrong[0].Code != "SW-1491" {
		t.Errorf("%v", wrong)
	}
	if ds, wrong := ReadOverrides(p, "a.b.", PlaceFacts{}, []byte("overrides: flood\nbecause: 试\nset: {cases.pills.clock: always, cases.pills.urgency: life}\n")); len(ds) != 2 {
		t.Errorf("both together: %v", wrong)
	}
}

// The three-way plan and the differences shown cover the fields of the pillbook, its
// chains, lines and calendar.
func TestUpgradesCoverTheCatalogue(t *testing.T) {
	old, _ := Load([]byte(pillbook))
	text := pillbook
	for _, c := range [][2]string{{"take: PT30M", "take: PT20M"}, {"urgency: today", "urgency: life"}, {"within: PT1H\n        ends", "within: PT2H\n        ends"},
		{"zh: 劳动节", "zh: 五一"}, {"{zh: 帮忙, en: Help}", "{zh: 帮助, en: Help}"}} {
		if !strings.Contains(text, c[0]) {
			t.Fatal(c[0])
		}
		text = strings.Replace(text, c[0], c[1], 1)
	}
	next, wrong := Load([]byte(text))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	if old.Hash == next.Hash {
		t.Error("the content changed and its hash did not")
	}
	var keys []string
	for _, e := range Edits(old, next) {
		keys = append(keys, e.Key)
		if say := next.Say(e.Key); say.ZH == e.Key || say.ZH == "" {
			t.Errorf("%s is not said in words: %v", e.Key, say)
		}
	}
	if got := strings.Join(keys, " "); got != "calendar.holidays cases.pills.take cases.pills.urgency chains.errand.legs lines.help" {
		t.Error(got)
	}
	ours := []Override{override("a.b.", "set", "cases.pills.take", `"PT10M"`, Free, false), override("a.b.", "set", "calendar.hours", `["08:00-10:00"]`, MayEase, true)}
	states := map[string]string{}
	for _, w := range Merge(old, next, ours) {
		states[w.Key] = w.State
	}
	if states["cases.pills.take"] != Conflict || states["cases.pills.urgency"] != Taken || states["calendar.hours"] != Kept {
		t.Errorf("%v", states)
	}
}

// In force are everyday items, then the incident's; of one id the incident's stands.
func TestTheCatalogueInForceAddsUp(t *testing.T) {
	normal, epidemic, fire := shippedBook(t, "normal"), shippedBook(t, "epidemic"), shippedBook(t, "fire")
	calm := Force{normal}
	both := Force{normal, epidemic, fire}
	count := func(f Force, id string) (n int, from string) {
		for _, e := range f.Catalogue() {
			if e.ID == id {
				n, from = n+1, e.Book.ID
			}
		}
		return
	}
	if n, from := count(calm, "medicine"); n != 1 || from != "normal" {
		t.Error(n, from)
	}
	if n, from := count(both, "medicine"); n != 1 || from != "epidemic" {
		t.Error(n, from)
	}
	if n, _ := count(both, "appeal"); n != 1 {
		t.Error("an everyday item is lost in an emergency")
	}
	flood := shippedBook(t, "flood-typhoon")
	if n, _ := count(Force{normal, fire, flood}, "rehouse"); n != 2 {
		t.Error("two incidents' items do not stand beside one another:", n)
	}
	if lines := both.Lines(); lines[0].ID != "perimeter" || len(lines) != 19 {
		t.Errorf("%v", lines)
	}
	c := both.Working()
	if c.Always() || !c.Works(territory.Day{Year: 2026, Month: 10, Day: 10}) || c.Works(territory.Day{Year: 2026, Month: 10, Day: 5}) {
		t.Error("an incident's playbook loses the everyday calendar")
	}
	from := time.Date(2026, 9, 30, 9, 0, 0, 0, time.UTC) // 17:00 in Shanghai, the day before the holiday
	if got, want := c.Add(from, 8*time.Hour), time.Date(2026, 10, 9, 1, 30, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("eight working hours over the holiday end %s, not %s", got, want)
	}
}
