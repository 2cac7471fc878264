// Command tables rewrites the generated parts of the reference pages: the columns
// and words that an import knows, and what each role may do and see. It reads the
// source and never runs with the product; script/reference calls it.
package main

import (
	"fmt"
	"os"
	"strings"
)

// page is a document whose generated parts stand between two marks.
type page struct {
	file  string
	parts map[string]func() (string, error)
}

var pages = []page{
	{"docs/reference/import-columns.md", map[string]func() (string, error){
		"places": func() (string, error) { return headings("places") }, "residents": func() (string, error) { return headings("residents") },
		"helpers": func() (string, error) { return headings("helpers") }, "squads": func() (string, error) { return headings("squads") },
		"rosters": func() (string, error) { return headings("rosters") }, "cases": func() (string, error) { return headings("cases") }, "words": words,
	}},
	{"docs/reference/permissions.md", map[string]func() (string, error){"actions": actions, "masks": masks}},
}

func main() {
	for _, p := range pages {
		if err := p.write(); err != nil {
			fmt.Fprintln(os.Stderr, "tables:", p.file, err)
			os.Exit(1)
		}
	}
}

// write puts each part between its marks and leaves the rest of the page alone.
func (p page) write() error {
	raw, err := os.ReadFile(p.file)
	if err != nil {
		return err
	}
	text := string(raw)
	for name, make := range p.parts {
		made, err := make()
		if err != nil {
			return err
		}
		head, foot := "<!-- "+name+": generated -->\n", "<!-- end of "+name+" -->"
		before, rest, ok := strings.Cut(text, head)
		_, after, closed := strings.Cut(rest, foot)
		if !ok || !closed {
			return fmt.Errorf("the marks of %q are not there", name)
		}
		text = before + head + made + foot + after
	}
	return os.WriteFile(p.file, []byte(text), 0o644)
}

// table sets rows as Markdown.
func table(head []string, rows [][]string) string {
	var b strings.Builder
	line := func(cells []string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	line(head)
	b.WriteString(strings.Repeat("|---", len(head)) + "|\n")
	for _, r := range rows {
		line(r)
	}
	return b.String()
}
