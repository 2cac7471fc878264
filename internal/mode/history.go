package mode

import (
	"strings"
	"time"
)

// KeptCase is a kept case as a file holds it, with what people call its measures.
type KeptCase struct {
	History
	Title    string
	Playbook string
	Names    map[string]string // by measure id
	Doors    map[string]int    // by measure id
}

// ReadHistory reads a kept case from its file: measures, facts and how the rounds
// went, each with its times in RFC 3339. Places are plain names that may be
// nested with "/". The fault is SW-1483 and says what is wrong and in which line.
func ReadHistory(data []byte) (KeptCase, error) {
	ps := &problems{}
	root := read(data, ps)
	if root == nil || len(ps.list) > 0 {
		what := "—"
		if list := ps.sorted(); len(list) > 0 {
			what = list[0].String()
		}
		return KeptCase{}, ErrHistory.With(what)
	}
	r := &historian{out: KeptCase{Title: root.get("title").str(), Playbook: root.get("playbook").str(), Names: map[string]string{}, Doors: map[string]int{}}}
	for _, n := range root.get("measures").list() {
		r.measure(n)
	}
	for _, n := range root.get("facts").list() {
		r.fact(n)
	}
	for _, n := range root.get("rounds").list() {
		r.round(n)
	}
	if r.wrong == "" && (len(r.out.Measures) == 0 || r.out.Playbook == "") {
		r.wrong = "playbook, measures"
	}
	if r.wrong != "" {
		return KeptCase{}, ErrHistory.With(r.wrong)
	}
	return r.out, nil
}

// mostKept is how many lines of one kind a kept case may have.
const mostKept = 5000

type historian struct {
	out   KeptCase
	wrong string
}

func (r *historian) complain(n *node, what string) {
	if r.wrong == "" {
		r.wrong = Problem{Line: n.line, Column: n.col, EN: what}.String()
	}
}

// when reads a time, or the zero time when there is none.
func (r *historian) when(n *node, key string, must bool) time.Time {
	text := n.get(key).str()
	if text == "" {
		if must {
			r.complain(n, key)
		}
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		r.complain(n, key+": "+text)
	}
	return t.UTC()
}

func pathOf(place string) string {
	parts := strings.FieldsFunc(strings.ReplaceAll(place, ".", "·"), func(c rune) bool { return c == '/' })
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ".") + "."
}

func (r *historian) measure(n *node) {
	m := Measure{ID: n.get("id").str(), Incident: "kept", Zone: n.get("zone").str(), PlaceID: n.get("place").str(), Path: pathOf(n.get("place").str()),
		Basis: n.get("basis").str(), From: r.when(n, "from", true), Until: r.when(n, "until", true), Lifted: r.when(n, "lifted", false)}
	if m.ID == "" {
		m.ID = m.Path + m.Zone
	}
	if m.Zone == "" || m.Path == "" || !m.From.Before(m.Until) || r.out.Names[m.ID] != "" || len(r.out.Measures) >= mostKept {
		r.complain(n, "measures: id, zone, place, from < until")
		return
	}
	r.out.Measures = append(r.out.Measures, m)
	r.out.Names[m.ID], r.out.Doors[m.ID] = n.get("place").str(), n.get("doors").int()
}

func (r *historian) fact(n *node) {
	f := Fact{Incident: "kept", PlaceID: n.get("place").str(), Path: pathOf(n.get("place").str()), Zone: n.get("zone").str(), Name: n.get("name").str(),
		Holds: n.get("holds") == nil || n.get("holds").bool(), At: r.when(n, "at", true), Recorded: r.when(n, "recorded", false), Withdrawn: r.when(n, "withdrawn", false)}
	if f.Recorded.IsZero() {
		f.Recorded = f.At
	}
	if f.Name == "" || f.Path == "" || len(r.out.Facts) >= mostKept {
		r.complain(n, "facts: name, place, at")
		return
	}
	r.out.Facts = append(r.out.Facts, f)
}

func (r *historian) round(n *node) {
	x := RoundStep{At: r.when(n, "at", true), Measure: n.get("measure").str(), Round: n.get("round").str(), Done: n.get("done").int(), Total: n.get("total").int()}
	if x.Measure == "" || x.Round == "" || len(r.out.Rounds) >= mostKept {
		r.complain(n, "rounds: measure, round, at, done, total")
		return
	}
	r.out.Rounds = append(r.out.Rounds, x)
}
