package exchange

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
)

// Kind is what a file is about.
type Kind string

// The kinds that can be imported.
const (
	Places    Kind = "places"
	Residents Kind = "residents"
	Helpers   Kind = "helpers"
	Squads    Kind = "squads"
	Rosters   Kind = "rosters"
	Cases     Kind = "cases"
)

// ZH returns the Chinese name of the kind's list.
func (k Kind) ZH() string {
	switch k {
	case Places:
		return "地点台账"
	case Residents:
		return "居民台账"
	case Squads:
		return "突击队名单"
	case Rosters:
		return "排班表"
	case Cases:
		return "办件清单"
	}
	return "志愿者与工作人员名册"
}

// field is one thing a column can mean. Names holds every spelling of its heading
// in folded form; the first is the house's own.
type field struct {
	Key   string   `yaml:"key"`
	Names []string `yaml:"names"`
}

// schema is the fields of one kind. Required lists alternatives: of each inner
// list at least one field must have a column.
type schema struct {
	Fields   []field    `yaml:"fields"`
	Required [][]string `yaml:"required"`
	byName   map[string]string
	title    map[string]string
}

//go:embed synonyms.yaml
var synonymFile []byte

// schemas is synonyms.yaml as read; a fault in the file stops the program at its
// start, and the tests before that.
var schemas = func() map[Kind]*schema {
	var all map[Kind]*schema
	if err := yaml.UnmarshalWithOptions(synonymFile, &all, yaml.Strict()); err != nil {
		panic("exchange: synonyms.yaml: " + err.Error())
	}
	for kind, s := range all {
		s.byName, s.title = map[string]string{}, map[string]string{}
		for _, f := range s.Fields {
			s.title[f.Key] = f.Names[0]
			for _, n := range append(f.Names, f.Key) {
				n = fold(n)
				if other, ok := s.byName[n]; ok && other != f.Key {
					panic(fmt.Sprintf("exchange: %s: %q means both %s and %s", kind, n, other, f.Key))
				}
				s.byName[n] = f.Key
			}
		}
	}
	return all
}()

// fold brings a heading to the form in which synonyms are compared: half-width,
// lower case, without spaces, line ends, stars, colons and serials.
func fold(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		if strings.ContainsRune(" \t\r\n\u00a0\u3000*:：。.、_?？'\"“”\ufeff\u200b", r) {
			continue
		}
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// lookup finds the field that a heading means: the whole heading, else without
// what stands in brackets.
func (s *schema) lookup(heading string) string {
	h := fold(heading)
	if h == "" || len(h) > 120 {
		return ""
	}
	if key := s.byName[h]; key != "" {
		return key
	}
	out, depth := strings.Builder{}, 0
	for _, r := range h {
		switch r {
		case '(', '[', '【', '〔', '<':
			depth++
		case ')', ']', '】', '〕', '>':
			depth = max(0, depth-1)
		default:
			if depth == 0 {
				out.WriteRune(r)
			}
		}
	}
	return s.byName[out.String()]
}

// missing returns, for each requirement that no field in have meets, the titles
// that would meet it.
func (s *schema) missing(have map[string]bool) []string {
	var out []string
	for _, any := range s.Required {
		met := false
		var titles []string
		for _, key := range any {
			met = met || have[key]
			titles = append(titles, s.title[key])
		}
		if !met {
			out = append(out, strings.Join(titles, " / "))
		}
	}
	return out
}

// requiredTitles names every requirement, for the fault that no heading was found.
func (s *schema) requiredTitles() string {
	return strings.Join(s.missing(nil), "、")
}
