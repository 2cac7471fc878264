package mode

import (
	"encoding/json"
	"fmt"
	"regexp"
	"sort"
	"strings"

	"shouwang/internal/plan"
)

// Page writes what one place changes in a playbook as the text that ReadOverrides
// reads: the page a person edits. Rows that ended are left out; of a change that
// waits and the one that holds meanwhile the waiting one is written.
func Page(playbook string, rows []Override) string {
	var b strings.Builder
	fmt.Fprintf(&b, "overrides: %s\n", playbook)
	last := map[string]Override{}
	var keys []string
	for _, o := range rows {
		if !o.Ended.IsZero() || o.Playbook != playbook {
			continue
		}
		k := slot(o)
		if old, ok := last[k]; !ok {
			keys = append(keys, k)
		} else if old.At.After(o.At) {
			continue
		}
		last[k] = o
	}
	sort.Strings(keys)
	for _, kind := range []string{"set", "off"} {
		head := kind + ":\n"
		for _, k := range keys {
			o := last[k]
			if o.Kind != kind {
				continue
			}
			b.WriteString(head)
			head = ""
			fmt.Fprintf(&b, "  %s: {", o.Key)
			if kind == "set" {
				fmt.Fprintf(&b, "to: %s, ", flowing(o.Value))
			}
			fmt.Fprintf(&b, "because: %s", scalar(o.Reason))
			if o.Basis != "" {
				fmt.Fprintf(&b, ", basis: %s", scalar(o.Basis))
			}
			b.WriteString("}\n")
		}
	}
	head, because := "add:\n", ""
	for _, of := range kinds {
		first := true
		for _, k := range keys {
			o := last[k]
			if kind, _, _ := split(o.Key); o.Kind != "add" || kind != of.file {
				continue
			}
			if head != "" {
				because = o.Reason
				fmt.Fprintf(&b, "%s  because: %s\n", head, scalar(because))
				head = ""
			}
			if first {
				fmt.Fprintf(&b, "  %s:\n", of.file)
				first = false
			}
			var v any
			if n := read([]byte(o.Value), &problems{}); n != nil {
				if o.Reason != because {
					n.fields = append(n.fields, field{name: "because", value: &node{kind: 's', scalar: o.Reason}})
				}
				block(&b, n, 6, "    - ")
			} else if json.Unmarshal([]byte(o.Value), &v) == nil {
				fmt.Fprintf(&b, "    - %s\n", o.Value)
			}
		}
	}
	return b.String()
}

var plainWord = regexp.MustCompile(`^[A-Za-z\p{Han}][\p{Han}\w.\- ，。；、（）“”·]*$`)

// scalar writes a text so that it is read back as the same text.
func scalar(s string) string {
	if plainWord.MatchString(s) && !in([]string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}, strings.ToLower(s)) && strings.TrimSpace(s) == s {
		return s
	}
	b, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(b))
}

func flowing(v string) string {
	var s string
	if json.Unmarshal([]byte(v), &s) == nil {
		return scalar(s)
	}
	return v
}

// block writes a tree in lines; first is what stands before its first field.
func block(b *strings.Builder, n *node, indent int, first string) {
	pad := strings.Repeat(" ", indent)
	for i, f := range n.fields {
		lead := pad
		if i == 0 {
			lead = first
		}
		if f.value.kind == 'm' && len(f.value.fields) > 0 && f.value.get("zh") == nil {
			fmt.Fprintf(b, "%s%s:\n", lead, f.name)
			block(b, f.value, indent+2, pad+"  ")
			continue
		}
		fmt.Fprintf(b, "%s%s: %s\n", lead, f.name, flow(f.value))
	}
}

func flow(n *node) string {
	switch n.kind {
	case 'm':
		var parts []string
		for _, f := range n.fields {
			parts = append(parts, f.name+": "+flow(f.value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case 'l':
		var parts []string
		for _, x := range n.items {
			parts = append(parts, flow(x))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case 's':
		return scalar(n.str())
	}
	b, err := json.Marshal(n.scalar)
	if err != nil {
		return "null"
	}
	return string(b)
}

// PagePrint names the state of a place's page, so that nobody overwrites what they
// have not seen.
func PagePrint(rows []Override) string {
	p := plan.NewPrint()
	for _, o := range rows {
		if o.Ended.IsZero() {
			p.Text(o.ID).Int(o.Version)
		}
	}
	return p.ID()
}

// Publish turns a page into rows: what is new or changed, and what ends. A change
// that must wait for the level above leaves the one that holds meanwhile in place.
// make gives each new row its id, author and time.
func Publish(have []Override, drafts []Draft, fill func(*Override)) (fresh, ended []Override) {
	kept := map[string]bool{}
	waits := map[string]bool{}
	for _, d := range drafts {
		found := false
		for _, o := range have {
			if o.Ended.IsZero() && slot(o) == slot(d.Override) && o.Kind == d.Kind && same(o.Value, d.Value) && o.Basis == d.Basis && o.Reason == d.Reason {
				kept[o.ID], found = true, true
			}
		}
		if found || d.Same {
			continue
		}
		row := d.Override
		fill(&row)
		fresh = append(fresh, row)
		waits[slot(row)] = row.Waits()
	}
	for _, o := range have {
		if o.Ended.IsZero() && !kept[o.ID] && !(waits[slot(o)] && o.Holds()) {
			ended = append(ended, o)
		}
	}
	return fresh, ended
}

// Replaced lists the rows of one place that end when one of them begins to hold.
func Replaced(have []Override, by Override) []Override {
	var out []Override
	for _, o := range have {
		if o.ID != by.ID && o.PlaceID == by.PlaceID && o.Ended.IsZero() && slot(o) == slot(by) {
			out = append(out, o)
		}
	}
	return out
}
