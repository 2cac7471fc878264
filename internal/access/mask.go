package access

import (
	_ "embed"
	"fmt"
	"strings"
)

// Field is a field of a resident that a mask speaks about.
type Field string

// The fields of the mask table.
const (
	FieldName      Field = "name"
	FieldGender    Field = "gender"
	FieldBirth     Field = "birth" // also the age
	FieldPhone     Field = "phone"
	FieldIDNumber  Field = "id_number"
	FieldRoom      Field = "room" // where the door is
	FieldRelation  Field = "relation"
	FieldTenure    Field = "tenure"
	FieldOrigin    Field = "origin"
	FieldCare      Field = "care" // vulnerable-group tags
	FieldIsolation Field = "isolation"
	FieldPositive  Field = "positive"
	FieldReadings  Field = "readings" // temperature, symptoms
	FieldSources   Field = "sources"  // which record gave a field its value
)

// Fields is every field, in the order of the table.
var Fields = []Field{FieldName, FieldGender, FieldBirth, FieldPhone, FieldIDNumber, FieldRoom, FieldRelation,
	FieldTenure, FieldOrigin, FieldCare, FieldIsolation, FieldPositive, FieldReadings, FieldSources}

// Kind is how a field is shown.
type Kind string

// The kinds of mask, from closed to open; masks.txt says what each means.
const (
	Hidden   Kind = "hidden"
	Count    Kind = "count"
	Flag     Kind = "flag"
	Need     Kind = "need"
	Building Kind = "building"
	Band     Kind = "band"
	Surname  Kind = "surname"
	Last4    Kind = "last4"
	Middle   Kind = "middle"
	Handler  Kind = "handler" // in the table only: a cell answers Full or Hidden
	Full     Kind = "full"
)

// openness orders the kinds, so that of several roles the most open one counts.
var openness = map[Kind]int{Hidden: 0, Count: 1, Flag: 2, Need: 3, Building: 4, Band: 4, Surname: 4, Last4: 5, Middle: 6, Full: 7}

// Cell is one entry of the mask table: how the field is shown, and whether it
// may be seen in clear with a purpose.
type Cell struct {
	Kind   Kind
	Reveal bool
}

//go:embed masks.txt
var maskText string

var masks = mustMasks(maskText)

// MaskContext is what a mask needs to know beside role and field.
type MaskContext struct {
	Handler bool // the viewer is the named handler of this person's case
}

// Mask returns how a field is shown to somebody with these roles at the person's
// place: the most open cell of all roles; revealing is allowed when one of them
// allows it and the field is not open anyway. No role, or a field that is not in
// the table, is hidden.
func Mask(roles []Role, f Field, ctx MaskContext) Cell {
	out := Cell{Kind: Hidden}
	for _, r := range roles {
		c, ok := masks[r][f]
		if !ok {
			continue
		}
		if c.Kind == Handler {
			c.Kind = Hidden
			if ctx.Handler {
				c.Kind = Full
			}
		}
		if openness[c.Kind] > openness[out.Kind] {
			out.Kind = c.Kind
		}
		out.Reveal = out.Reveal || c.Reveal
	}
	out.Reveal = out.Reveal && out.Kind != Full
	return out
}

// Mask returns how a field of a person at this place is shown to the viewer.
func (v *Viewer) Mask(path string, f Field, ctx Context, mask MaskContext) Cell {
	return Mask(v.RolesAt(path, ctx), f, mask)
}

// mustMasks reads the table; a broken one stops the program at its start.
func mustMasks(text string) map[Role]map[Field]Cell {
	out, err := parseMasks(text)
	if err != nil {
		panic("access: masks.txt: " + err.Error())
	}
	return out
}

func parseMasks(text string) (map[Role]map[Field]Cell, error) {
	out := map[Role]map[Field]Cell{}
	var head []string
	for n, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" || strings.HasPrefix(line, "#") {
			continue
		}
		if head == nil {
			head = words
			continue
		}
		if len(words) != len(head) {
			return nil, fmt.Errorf("line %d: %d cells, %d columns", n+1, len(words), len(head))
		}
		role, err := ParseRole(words[0])
		if err != nil || out[role] != nil {
			return nil, fmt.Errorf("line %d: role %q", n+1, words[0])
		}
		out[role] = map[Field]Cell{}
		for i, w := range words[1:] {
			kind, reveal := strings.CutSuffix(w, "+")
			if _, ok := openness[Kind(kind)]; !ok && Kind(kind) != Handler {
				return nil, fmt.Errorf("line %d: kind %q", n+1, w)
			}
			out[role][Field(head[i+1])] = Cell{Kind(kind), reveal}
		}
	}
	return out, nil
}
