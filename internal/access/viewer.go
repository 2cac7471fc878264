package access

import (
	"slices"
	"sync"
	"time"

	"github.com/cedar-policy/cedar-go"

	"shouwang/internal/territory"
)

// Viewer is one account with the grants in force at a moment. It never changes:
// when a grant is given, taken or runs out, a new one is made, so an answer that
// it remembers is never out of date. It is safe for concurrent use.
type Viewer struct {
	account   string
	grants    []Grant
	until     time.Time
	principal cedar.Entity
	held      map[string][]cedar.EntityUID // path of a grant → groups
	scopes    sync.Map                     // action and context → Ranges
}

// Entity types of policies.cedar.
const (
	typeAccount   = "Account"
	typeRole      = "Role"
	typeAction    = "Action"
	typePlace     = "Place"
	typeHeld      = "Held"
	typeEmergency = "Emergency"
)

var (
	heldTask = cedar.NewEntityUID(typeHeld, "task")
	inForce  = cedar.NewEntityUID(typeEmergency, "in-force")
	signedIn = cedar.NewEntityUID(typeRole, "signed-in")
)

// NewViewer makes a viewer of an account and its grants, of which only those in
// force at now count. An empty account is nobody and may nothing.
func NewViewer(account string, grants []Grant, now time.Time) *Viewer {
	v := &Viewer{account: account, held: map[string][]cedar.EntityUID{}}
	var parents []cedar.EntityUID
	if account != "" {
		parents = append(parents, signedIn)
	}
	hold := func(path string, group cedar.EntityUID) {
		if !slices.Contains(v.held[path], group) {
			v.held[path] = append(v.held[path], group)
		}
	}
	for _, g := range grants {
		if account == "" || g.Account != "" && g.Account != account {
			continue
		}
		v.change(now, g.From)
		if !g.InForce(now) {
			continue
		}
		v.change(now, g.Until)
		v.grants = append(v.grants, g)
		parents = append(parents, cedar.NewEntityUID(typeRole, cedar.String(g.Role)))
		hold(g.Path, cedar.NewEntityUID(typeHeld, cedar.String(g.Role)))
		if g.Task() {
			hold(g.Path, heldTask)
		}
	}
	v.principal = cedar.Entity{
		UID:     cedar.NewEntityUID(typeAccount, cedar.String(account)),
		Parents: cedar.NewEntityUIDSet(parents...),
	}
	return v
}

// change notes that the grants change at t when that lies ahead of now.
func (v *Viewer) change(now, t time.Time) {
	if t.After(now) && (v.until.IsZero() || t.Before(v.until)) {
		v.until = t
	}
}

// Operator is the person at the machine itself, who can read the files anyway:
// command, community and system keeper over the whole instance.
func Operator(account string, now time.Time) *Viewer {
	var grants []Grant
	for _, r := range []Role{Commander, Community, Admin} {
		grants = append(grants, Grant{Account: account, Role: r, Why: Static})
	}
	return NewViewer(account, grants, now)
}

// Account returns the account id; empty for nobody.
func (v *Viewer) Account() string { return v.account }

// Grants returns the grants in force, as they were given.
func (v *Viewer) Grants() []Grant { return slices.Clone(v.grants) }

// Until returns when the grants will change by themselves, zero when never. A
// stream made for this viewer must end then at the latest.
func (v *Viewer) Until() time.Time { return v.until }

// Has says whether the viewer holds the role anywhere.
func (v *Viewer) Has(role Role) bool {
	return slices.ContainsFunc(v.grants, func(g Grant) bool { return g.Role == role })
}

// RolesAt returns the roles that the viewer holds at a place, each once, in the
// order of the grants. A helper counts only on a post in an emergency.
func (v *Viewer) RolesAt(path string, ctx Context) []Role {
	var out []Role
	task := slices.ContainsFunc(v.grants, func(g Grant) bool { return g.Task() && territory.Inside(path, g.Path) })
	for _, g := range v.grants {
		if !territory.Inside(path, g.Path) || slices.Contains(out, g.Role) {
			continue
		}
		if g.Role == Helper && !(task && ctx.covers(path)) {
			continue
		}
		out = append(out, g.Role)
	}
	return out
}

// Context is what a decision needs to know beside viewer and place.
type Context struct {
	Emergency []string // paths of the places that incidents in force cover
}

func (c Context) covers(path string) bool {
	return slices.ContainsFunc(c.Emergency, func(top string) bool { return territory.Inside(path, top) })
}
