package mode

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var updateReference = flag.Bool("update", false, "write the tables of docs/reference/playbook")

// The tables of the reference say what the schema marks, no more and no less.
func TestReferenceOfFields(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		file := map[string]string{"zh": "../../docs/reference/playbook.md", "en": "../../docs/reference/playbook.en.md"}[lang]
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		const open, shut = "<!-- fields -->\n", "<!-- /fields -->"
		before, rest, ok := strings.Cut(string(b), open)
		old, after, ok2 := strings.Cut(rest, shut)
		if !ok || !ok2 {
			t.Fatalf("%s has no place for its table", file)
		}
		table := referenceTable(lang)
		if *updateReference {
			if err := os.WriteFile(file, []byte(before+open+table+shut+after), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if old != table {
			t.Errorf("%s is not what the schema says: go test ./internal/mode -run TestReferenceOfFields -update", file)
		}
	}
}

func referenceTable(lang string) string {
	zh := lang == "zh"
	pick := func(a, b string) string {
		if zh {
			return a
		}
		return b
	}
	var s strings.Builder
	s.WriteString(pick("| 字段 | 意思 | 等级 | 能怎样 |\n|---|---|---|---|\n", "| Field | Meaning | Mark | What a place may do |\n|---|---|---|---|\n"))
	for _, m := range FieldMarks() {
		if m.Field == "id" {
			continue
		}
		title := pick(m.Title.ZH, m.Title.EN)
		may := map[Grade]string{Fixed: pick("不能改", "nothing"), Free: pick("随意改", "anything"), MayEase: pick("可以，要上一级同意", "with the consent of the level above")}[m.Grade]
		switch {
		case m.Eases == "longer" && m.Other == Free:
			may = pick("放长（最多两倍）要上一级同意；缩短随意", "longer, twice at most, with consent; shorter freely")
		case m.Eases == "longer":
			may = pick("只能放长，最多两倍，要上一级同意", "longer only, twice at most, with consent")
		case m.Eases == "shorter":
			may = pick("只能缩短，要上一级同意", "shorter only, with consent")
		}
		key := m.Kind + "." + m.Field
		if m.Kind == "measures" {
			key = "zones.…." + m.Field
		}
		fmt.Fprintf(&s, "| `%s` | %s | %s | %s |\n", key, title, m.Grade, may)
	}
	return s.String()
}
