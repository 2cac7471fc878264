package accesstest

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"shouwang/internal/access"
)

//go:embed rights.txt
var text string

// Mark is one cell of the expectation table.
type Mark byte

// The marks, as rights.txt explains them.
const (
	Own      Mark = 'o'
	OnTask   Mark = 't'
	Anywhere Mark = '*'
	Nowhere  Mark = '-'
)

// Relation is where a place lies as seen from the viewer's own.
type Relation string

// The relations that tests go through. Below lies inside the own place, Above
// holds it, Sibling has the same parent, OtherCommunity lies in another branch,
// Absent is a place that does not exist.
const (
	OwnPlace       Relation = "own"
	Below          Relation = "below"
	Above          Relation = "above"
	Sibling        Relation = "sibling"
	OtherCommunity Relation = "other-community"
	Absent         Relation = "absent"
)

// Relations is every relation.
var Relations = []Relation{OwnPlace, Below, Above, Sibling, OtherCommunity, Absent}

// State is what holds beside role and place: whether the grant comes with a
// post, and whether an incident in force covers the place.
type State struct{ Task, Emergency bool }

// States is every state.
var States = []State{{true, true}, {true, false}, {false, true}, {false, false}}

var table = parse(text)

// Table returns the mark of each action and role.
func Table() map[string]map[access.Role]Mark { return table }

// Expect says whether somebody who holds the role at one place, and nothing else,
// may do the action at a place in this relation. It panics on an action or role
// without an entry, so that a new one cannot be forgotten.
func Expect(action string, role access.Role, rel Relation, st State) bool {
	m, ok := table[action][role]
	if !ok {
		panic(fmt.Sprintf("accesstest: no entry for %s and %s in rights.txt", action, role))
	}
	inside := rel == OwnPlace || rel == Below
	switch m {
	case Anywhere:
		return true
	case Own:
		return inside
	case OnTask:
		return inside && st.Task && st.Emergency
	}
	return false
}

// Outcome is how a refused or allowed operation answers.
type Outcome string

// The outcomes. Out of scope and absent are one and the same.
const (
	Allowed   Outcome = "allowed"
	Forbidden Outcome = "forbidden" // the place may be seen, this not done there
	NotHere   Outcome = "not-found"
)

// Answer says how an operation that needs the action answers; placeless
// operations (path "") are forbidden rather than hidden.
func Answer(action string, role access.Role, rel Relation, st State) Outcome {
	switch {
	case rel == Absent && table[action][role] != Anywhere:
		return NotHere
	case Expect(action, role, rel, st):
		return Allowed
	case Expect(access.PlaceRead, role, rel, st):
		return Forbidden
	}
	return NotHere
}

// parse reads the table; a broken one stops the tests.
func parse(text string) map[string]map[access.Role]Mark {
	out := map[string]map[access.Role]Mark{}
	var head []string
	for n, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || strings.HasPrefix(line, "#"):
			continue
		case head == nil:
			head = words
			continue
		case len(words) != len(head) || out[words[0]] != nil:
			panic(fmt.Sprintf("accesstest: rights.txt line %d", n+1))
		}
		row := map[access.Role]Mark{}
		for i, w := range words[1:] {
			if len(w) != 1 || !slices.Contains([]Mark{Own, OnTask, Anywhere, Nowhere}, Mark(w[0])) {
				panic(fmt.Sprintf("accesstest: rights.txt line %d: %q", n+1, w))
			}
			row[access.Role(head[i+1])] = Mark(w[0])
		}
		out[words[0]] = row
	}
	return out
}
