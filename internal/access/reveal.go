package access

import (
	"slices"
	"time"
)

// RevealFor is how long a value seen in clear stays on a screen at most.
const RevealFor = 10 * time.Minute

// Purpose is a reason for which a field may be seen in clear.
type Purpose struct {
	ID     string
	ZH, EN string
	Fields []Field // fields that the purpose may need
	Roles  []Role  // roles that may claim it
}

// Purposes is the list a person chooses from; there is no free text.
var Purposes = []Purpose{
	{"contact", "联系本人或家属", "Reach the person or the family", []Field{FieldPhone},
		[]Role{Commander, Community, Health, Police}},
	{"verify-identity", "核验身份", "Verify an identity", []Field{FieldIDNumber},
		[]Role{Health, Police}},
	{"medical", "就医或转运", "Medical care or transport", []Field{FieldPhone, FieldIDNumber, FieldCare, FieldPositive, FieldIsolation},
		[]Role{Commander, Community, Health}},
	{"care", "上门照护", "Care at the door", []Field{FieldPhone, FieldCare},
		[]Role{Community, Health}},
	{"tracing", "流行病学调查", "Epidemiological tracing", []Field{FieldPhone, FieldIDNumber, FieldPositive, FieldIsolation},
		[]Role{Community, Health}},
	{"danger", "突发险情处置", "Immediate danger", []Field{FieldPhone, FieldCare, FieldIsolation},
		[]Role{Commander, Community, Health, Police}},
}

// PurposesFor returns the purposes that these roles may claim for a field.
func PurposesFor(roles []Role, f Field) []Purpose {
	var out []Purpose
	for _, p := range Purposes {
		if slices.Contains(p.Fields, f) && slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(p.Roles, r) }) {
			out = append(out, p)
		}
	}
	return out
}

// Reveal says whether the viewer may see one field of one person at this place
// in clear for a purpose, and until when. The caller first makes the entry of
// the look durable, then shows the value. ErrNotHere out of scope, ErrForbidden
// or ErrNoReveal when the role may not, ErrPurpose when the purpose does not fit.
func (g *Guard) Reveal(v *Viewer, path string, f Field, purpose string, ctx Context, mask MaskContext, now time.Time) (until time.Time, err error) {
	if err := g.Check(v, ResidentReveal, path, ctx); err != nil {
		return time.Time{}, err
	}
	// Only the roles that bring the right of revealing this field may claim a
	// purpose for it.
	var roles []Role
	for _, r := range v.RolesAt(path, ctx) {
		if Mask([]Role{r}, f, mask).Reveal {
			roles = append(roles, r)
		}
	}
	if len(roles) == 0 {
		return time.Time{}, ErrNoReveal.With()
	}
	if !slices.ContainsFunc(PurposesFor(roles, f), func(p Purpose) bool { return p.ID == purpose }) {
		return time.Time{}, ErrPurpose.With()
	}
	return now.Add(RevealFor), nil
}
