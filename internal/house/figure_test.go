package house

import (
	"go/ast"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// counted are the types whose whole numbers and shares people read on a screen or
// from a command; docs/reference/numbers.md says of each what it counts.
var counted = map[string][]string{
	"api":       {"PlaceRow", "Zone", "Totals", "Difference", "Plan", "PlanPlace", "PlanItem", "PlanRound", "Gap", "DoorSum", "Round", "ReshapeTotals", "DemobilizeReply", "MetSpan"},
	"dispatch":  {"Tally", "Closed", "Score", "Mark", "Weak"},
	"plan":      {"Counts"},
	"territory": {"Division", "Balance", "DividePart"},
	"app":       {"ImportReply"},
}

// notFigures are numbers that say an order, a place or a version, never an amount.
var notFigures = []string{"saw", "n", "lng", "lat", "version", "seq", "sort", "due"}

var ident = regexp.MustCompile(`Figure\{|ID: "([a-z_]+)", Value:`)

// Every figure of the overview and every number of the types above stands on the
// page that says what it counts, in both languages.
func TestEveryFigureIsDefined(t *testing.T) {
	pages, names := map[string]string{}, []string{}
	for _, f := range files(t) {
		switch f.path {
		case "docs/reference/numbers.md", "docs/reference/numbers.en.md":
			pages[f.path] = string(f.text)
		case "internal/api/overview.go":
			for _, m := range ident.FindAllStringSubmatch(string(f.text), -1) {
				if m[1] != "" {
					names = append(names, m[1])
				}
			}
		}
	}
	if len(names) < 10 || len(pages) != 2 {
		t.Fatalf("%d figures of the overview and %d pages found: the test would prove nothing", len(names), len(pages))
	}
	found := 0
	for _, f := range goFiles(t) {
		if f.test {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok || !slices.Contains(counted[f.room], spec.Name.Name) {
				return true
			}
			if s, ok := spec.Type.(*ast.StructType); ok {
				found++
				names = append(names, numbers(s)...)
			}
			return true
		})
	}
	want := 0
	for _, types := range counted {
		want += len(types)
	}
	if found != want {
		t.Errorf("%d of %d types found: mend the table", found, want)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		for path, text := range pages {
			if !strings.Contains(text, "`"+name+"`") && !slices.Contains(notFigures, name) {
				t.Errorf("%s does not say what %q counts", path, name)
			}
		}
	}
}

// numbers are the JSON names of a struct's fields that are an amount.
func numbers(s *ast.StructType) (out []string) {
	for _, f := range s.Fields.List {
		kind, ok := f.Type.(*ast.Ident)
		if !ok || f.Tag == nil || !slices.Contains([]string{"int", "int64", "float64"}, kind.Name) {
			continue
		}
		_, tag, ok := strings.Cut(f.Tag.Value, `json:"`)
		if !ok {
			continue
		}
		name, _, _ := strings.Cut(tag, `"`)
		name, _, _ = strings.Cut(name, ",")
		out = append(out, name)
	}
	return out
}
