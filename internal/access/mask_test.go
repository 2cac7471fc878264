package access_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"shouwang/internal/access"
	. "shouwang/internal/access/accesstest"
	"shouwang/internal/territory"
)

// see renders a field of the sample person as a role sees it.
func see(roles []access.Role, f access.Field, ctx access.MaskContext) string {
	c := access.Mask(roles, f, ctx)
	text, _ := access.Apply(c.Kind, Sample[f])
	if f == access.FieldCare {
		text = ""
		if g, n, shown := access.Care(c.Kind, Sample[f], "knock long"); shown {
			text = g + "/" + n
		}
	}
	if c.Reveal {
		text += "+"
	}
	return text
}

// The whole mask table, cell by cell, by what is seen of a sample person.
func TestMaskTable(t *testing.T) {
	cells := 0
	for _, r := range access.Roles {
		for _, f := range access.Fields {
			cells++
			want, ok := SeenBy[r.Role][f]
			if got := see([]access.Role{r.Role}, f, access.MaskContext{}); !ok || got != want {
				t.Errorf("%s sees %s as %q, want %q", r.Role, f, got, want)
			}
		}
	}
	if cells != 14*14 {
		t.Errorf("%d cells looked at", cells)
	}
	for _, f := range access.Fields { // no role at all
		if c := access.Mask(nil, f, access.MaskContext{Handler: true}); c != (access.Cell{Kind: access.Hidden}) {
			t.Errorf("nobody sees %s: %v", f, c)
		}
	}
	if c := access.Mask([]access.Role{access.Health}, "plate", access.MaskContext{}); c.Kind != access.Hidden {
		t.Errorf("an unlisted field shows: %v", c)
	}
}

// The cells of the threat paper that must never open, whatever the table says.
func TestMasksThatMustHold(t *testing.T) {
	for _, r := range access.Roles {
		if r.Role == access.Health || r.Role == access.Resident {
			continue
		}
		if got := see([]access.Role{r.Role}, access.FieldPositive, access.MaskContext{}); strings.HasPrefix(got, "yes") {
			t.Errorf("%s sees who is positive", r.Role)
		}
		if got := see([]access.Role{r.Role}, access.FieldIDNumber, access.MaskContext{}); len(got) >= 18 {
			t.Errorf("%s sees an identity number", r.Role)
		}
	}
	if got := see([]access.Role{access.Gridworker}, access.FieldPositive, access.MaskContext{Handler: true}); got != "yes" {
		t.Errorf("the named handler sees %q", got)
	}
	if got := see([]access.Role{access.Helper}, access.FieldPositive, access.MaskContext{Handler: true}); got != "**" {
		t.Errorf("a volunteer sees %q", got)
	}
}

// Of several roles the most open cell counts, and only at the role's own place.
func TestMasksOfSeveralRoles(t *testing.T) {
	both := []access.Role{access.Commander, access.Lead}
	if c := access.Mask(both, access.FieldPhone, access.MaskContext{}); c != (access.Cell{Kind: access.Full}) {
		t.Errorf("phone %v", c)
	}
	if c := access.Mask([]access.Role{access.Lead, access.Police}, access.FieldIDNumber, access.MaskContext{}); c != (access.Cell{Kind: access.Last4, Reveal: true}) {
		t.Errorf("identity number %v", c)
	}
	v := access.NewViewer("a", []access.Grant{
		{Role: access.Commander, Path: "1."}, {Role: access.Lead, Path: "1.2.3."},
		{Role: access.Helper, Path: "1.", Why: access.Static}, {Role: access.Helper, Path: "1.2.9.", Why: access.PostWhy("1")}}, now)
	ctx := access.Context{Emergency: []string{"1.2."}}
	if got := v.Mask("1.2.3.7.", access.FieldPhone, ctx, access.MaskContext{}).Kind; got != access.Full {
		t.Errorf("own micro-grid: %v", got)
	}
	if got := v.Mask("1.2.31.7.", access.FieldPhone, ctx, access.MaskContext{}).Kind; got != access.Hidden {
		t.Errorf("the next one: %v", got)
	}
	if got := v.RolesAt("1.2.9.4.", ctx); !slices.Contains(got, access.Helper) {
		t.Errorf("on the post: %v", got)
	}
	for _, off := range []struct {
		path string
		ctx  access.Context
	}{{"1.2.9.4.", access.Context{}}, {"1.2.8.", ctx}} {
		if got := v.RolesAt(off.path, off.ctx); slices.Contains(got, access.Helper) {
			t.Errorf("off the post at %s: %v", off.path, got)
		}
	}
}

// Whatever is masked: the mask is refused in a write, tells no length, and holds
// no more of the value than its kind says.
func TestMasksLeakNothing(t *testing.T) {
	kinds := []access.Kind{access.Hidden, access.Count, access.Flag, access.Building, access.Band, access.Surname, access.Last4, access.Middle, "nonsense"}
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9]{1,20}`), rapid.StringMatching(`[一-龥]{1,5}`), rapid.StringMatching(`[一-龥]{2}[0-9]{1,2}号楼[0-9]单元`)).Draw(t, "value")
		kind := rapid.SampledFrom(kinds).Draw(t, "kind")
		text, masked := access.Apply(kind, value)
		if !masked {
			if text != "" {
				t.Fatalf("%s shows %q of %q as unmasked", kind, text, value)
			}
			return
		}
		if !access.IsPlaceholder(text) {
			t.Fatalf("%s of %q is %q, which a write would take", kind, value, text)
		}
		whole := utf8.RuneCountInString(value) > 1 && strings.Contains(text, value)
		if whole && !strings.Contains(value, "*") && kind != access.Building && kind != access.Band {
			t.Fatalf("%s of %q is %q: all of it shows", kind, value, text)
		}
		if err := access.RefusePlaceholders("name", "good", "phone", text); !errors.Is(err, access.ErrPlaceholder) {
			t.Fatalf("%q was taken back: %v", text, err)
		}
	})
	if a, _ := access.Apply(access.Hidden, ""); a != access.Placeholder {
		t.Errorf("an absent value can be told from a hidden one: %q", a)
	}
}

func TestIsPlaceholder(t *testing.T) {
	for _, s := range []string{"王**", "**", "*", "＊＊", "129****5678", "****123X", " 王×× ", "●●", "3302**********1234", "138xxxx1234", "60–69", "长塘里3号楼**", "王■■"} {
		if !access.IsPlaceholder(s) {
			t.Errorf("%q is taken for a value", s)
		}
	}
	for _, s := range []string{"", "王小明", "12912345678", "99020319590101123X", "阿依古丽·买买提", "3-2-501", "0571-88888888", "60-69", "5*", "Xander Fox", "A×B", "x", "长塘里3号楼"} {
		if access.IsPlaceholder(s) {
			t.Errorf("%q is taken for a mask", s)
		}
	}
}

func TestApplyShapes(t *testing.T) {
	for _, c := range []struct {
		kind        access.Kind
		value, want string
	}{
		{access.Surname, "王小明", "王**"}, {access.Surname, "欧阳锋", "欧阳**"}, {access.Surname, "欧阳", "欧**"}, {access.Surname, "王", "**"},
		{access.Last4, "1234567", "****"}, {access.Middle, "0571-88886666", "057****6666"}, {access.Middle, "88886666", "****66"}, {access.Middle, "110", "****"},
		{access.Band, "0", "0–9"}, {access.Band, "103", "100–109"}, {access.Band, "1959-01-01", "**"},
		{access.Building, "云溪苑12幢1单元302", "云溪苑12幢**"}, {access.Building, "某处", "**"}, {access.Flag, "", ""}, {access.Surname, "", ""},
	} {
		if got, _ := access.Apply(c.kind, c.value); got != c.want {
			t.Errorf("%s of %q: %q, want %q", c.kind, c.value, got, c.want)
		}
	}
}

func TestReveal(t *testing.T) {
	g, ctx := guard(t), access.Context{Emergency: []string{"1."}}
	at := func(r access.Role) *access.Viewer {
		return access.NewViewer("a", []access.Grant{{Role: r, Path: "1.2.", Why: access.PostWhy("1")}}, now)
	}
	for _, c := range []struct {
		role    access.Role
		path    string
		field   access.Field
		purpose string
		want    error
	}{
		{access.Commander, "1.2.3.", access.FieldPhone, "contact", nil},
		{access.Commander, "1.2.3.", access.FieldPhone, "", access.ErrPurpose},
		{access.Commander, "1.2.3.", access.FieldPhone, "curious", access.ErrPurpose},
		{access.Commander, "1.2.3.", access.FieldPhone, "verify-identity", access.ErrPurpose},
		{access.Commander, "1.2.3.", access.FieldPhone, "tracing", access.ErrPurpose}, // not a purpose of this role
		{access.Commander, "1.2.3.", access.FieldIDNumber, "medical", access.ErrNoReveal},
		{access.Commander, "1.3.", access.FieldPhone, "contact", access.ErrNotHere},
		{access.Community, "1.2.3.", access.FieldCare, "care", nil},
		{access.Health, "1.2.3.", access.FieldIDNumber, "verify-identity", nil},
		{access.Health, "1.2.3.", access.FieldPhone, "contact", access.ErrNoReveal}, // already open
		{access.Police, "1.2.3.", access.FieldIDNumber, "verify-identity", nil},
		{access.Police, "1.2.3.", access.FieldCare, "danger", access.ErrNoReveal},
		{access.Lead, "1.2.3.", access.FieldIDNumber, "verify-identity", access.ErrForbidden},
		{access.Helper, "1.2.3.", access.FieldPhone, "contact", access.ErrForbidden},
		{access.Admin, "1.2.3.", access.FieldPhone, "contact", access.ErrForbidden},
		{access.Auditor, "1.9.", access.FieldPhone, "contact", access.ErrNotHere},
	} {
		until, err := g.Reveal(at(c.role), c.path, c.field, c.purpose, ctx, access.MaskContext{}, now)
		if c.want == nil && (err != nil || until.Sub(now) > 10*time.Minute || !until.After(now)) || c.want != nil && (!errors.Is(err, c.want) || !until.IsZero()) {
			t.Errorf("%s %s %s for %q: %v %v, want %v", c.role, c.path, c.field, c.purpose, until, err, c.want)
		}
	}
}

// Every cell that promises a reveal has a purpose that the role may claim, and a
// role with such a cell has the action; no purpose is dead.
func TestRevealsAndPurposesMeet(t *testing.T) {
	used := map[string]bool{}
	for _, r := range access.Roles {
		any := false
		for _, f := range access.Fields {
			if !access.Mask([]access.Role{r.Role}, f, access.MaskContext{}).Reveal {
				continue
			}
			any = true
			ps := access.PurposesFor([]access.Role{r.Role}, f)
			if len(ps) == 0 {
				t.Errorf("%s may reveal %s for no purpose", r.Role, f)
			}
			for _, p := range ps {
				used[p.ID] = true
			}
		}
		if has := Table()[access.ResidentReveal][r.Role] == Own; has != any {
			t.Errorf("%s: action %v, cells %v", r.Role, has, any)
		}
	}
	for _, p := range access.Purposes {
		if !used[p.ID] || p.ZH == "" || p.EN == "" {
			t.Errorf("purpose %s is of no use", p.ID)
		}
	}
}

func TestSmallCells(t *testing.T) {
	for n := -1; n < 100; n++ {
		if text, shown := access.SmallCell(n); shown != (n >= 5) || n < 5 && text != "<5" {
			t.Errorf("%d shows as %q", n, text)
		}
	}
	for _, c := range []struct {
		parts []int
		want  []bool
	}{
		{[]int{7, 8, 9}, []bool{true, true, true}},
		{[]int{7, 3, 9}, []bool{false, false, true}}, // 3 could be found by subtraction
		{[]int{7, 3, 0}, []bool{true, false, false}},
		{[]int{3}, []bool{false}}, {nil, []bool{}},
	} {
		if got := access.SmallCells(c.parts); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.parts, got, c.want)
		}
	}
	for k, want := range map[territory.Kind]bool{territory.City: true, territory.Building: true, territory.Mall: true, territory.Unit: false, territory.Door: false, "odd": false} {
		if access.SensitiveAt(k) != want {
			t.Errorf("%s: %v", k, !want)
		}
	}
}
