package main

import (
	"bytes"
	"fmt"
	"strings"
)

// value is what the names of a template stand for in one record.
type value struct {
	run              string
	ids              []string
	device, sequence int
	serial           int64
}

// part is a piece of text, or a name to fill in.
type part struct{ name, text string }

// template is a text cut at its names: {id} a fresh operation id (a version 7
// UUID in form, unique across runs), {n} a running number over all clients,
// {device} the client's number, {seq} the record's number within the client,
// {place} the next place.
type template []part

// names are what may stand between braces; anything else stays as it is.
var names = []string{"id", "n", "device", "seq", "place", "items"}

// cut finds the names.
func cut(text string) template {
	var t template
	for {
		at, name := len(text), ""
		for _, n := range names {
			if i := strings.Index(text, "{"+n+"}"); i >= 0 && i < at {
				at, name = i, n
			}
		}
		if at > 0 {
			t = append(t, part{text: text[:at]})
		}
		if name == "" {
			return t
		}
		t = append(t, part{name: name})
		text = text[at+len(name)+2:]
	}
}

// write appends the filled template.
func (t template) write(b *bytes.Buffer, v value) {
	for _, p := range t {
		p.write(b, v)
	}
}

// text is the filled template.
func (t template) text(v value) string {
	var b bytes.Buffer
	t.write(&b, v)
	return b.String()
}

// write appends one part.
func (p part) write(b *bytes.Buffer, v value) {
	switch p.name {
	case "":
		b.WriteString(p.text)
	case "id":
		run := fmt.Sprintf("%016s", v.run)
		fmt.Fprintf(b, "%s-%s-7%s-8%03x-%012x", run[:8], run[8:12], run[13:16], v.device&0xfff, v.serial)
	case "n":
		fmt.Fprintf(b, "%d", v.serial)
	case "device":
		fmt.Fprintf(b, "%d", v.device)
	case "seq":
		fmt.Fprintf(b, "%d", v.sequence)
	case "place":
		if len(v.ids) > 0 {
			b.WriteString(v.ids[int(v.serial%int64(len(v.ids)))])
		} else {
			fmt.Fprintf(b, "%d", v.serial)
		}
	}
}
