package access

import (
	_ "embed"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cedar-policy/cedar-go"
	cedarast "github.com/cedar-policy/cedar-go/ast"
	"github.com/cedar-policy/cedar-go/x/exp/ast"

	"shouwang/internal/territory"
)

//go:embed policies.cedar
var policies []byte

// maxPolicies bounds the file, because a decision takes time with each policy
// that names its action.
const maxPolicies = 200

// Guard decides by a set of policies. It is safe for concurrent use.
type Guard struct {
	byAction map[string]policyList
	always   policyList // policies that name no action
}

// policyList is a part of the policies, by name.
type policyList []namedPolicy

type namedPolicy struct {
	id     cedar.PolicyID
	policy *cedar.Policy
}

// All lets Cedar walk the list.
func (l policyList) All() iter.Seq2[cedar.PolicyID, *cedar.Policy] {
	return func(yield func(cedar.PolicyID, *cedar.Policy) bool) {
		for _, p := range l {
			if !yield(p.id, p.policy) {
				return
			}
		}
	}
}

// Policies returns the text of the policy file in force, for people to read.
func Policies() []byte { return slices.Clone(policies) }

// New returns the guard of the policy file that ships with the product.
func New() (*Guard, error) { return Parse(policies) }

// Parse returns a guard of another policy text. Every policy needs a unique @id
// and may name only actions that exist; ErrPolicies says what is wrong.
func Parse(text []byte) (*Guard, error) {
	list, err := cedar.NewPolicyListFromBytes("policies.cedar", text)
	if err != nil {
		return nil, ErrPolicies.With(err)
	}
	if len(list) >= maxPolicies {
		return nil, ErrPolicies.With("too many policies")
	}
	g := &Guard{byAction: map[string]policyList{}}
	seen := map[cedar.PolicyID]bool{}
	for _, p := range list {
		id := cedar.PolicyID(p.Annotations()["id"])
		if id == "" || seen[id] {
			return nil, ErrPolicies.With("line " + position(p) + ": a policy without an @id of its own")
		}
		seen[id] = true
		if strings.Contains(string(p.MarshalCedar()), typePlace+"::") {
			return nil, ErrPolicies.With(string(id) + ": names a place; rights hang on Held and Emergency")
		}
		named := namedPolicy{id, p}
		actions, all := actionsOf(p)
		if all {
			g.always = append(g.always, named)
		}
		// The list of an action holds only policies that name it, so the copy in
		// the list need not compare the action again: that is most of the work.
		named.policy = anyAction(p)
		for _, a := range actions {
			if !slices.Contains(Actions, a) {
				return nil, ErrPolicies.With(string(id) + ": unknown action " + a)
			}
			g.byAction[a] = append(g.byAction[a], named)
		}
	}
	for _, a := range Actions {
		g.byAction[a] = append(g.byAction[a], g.always...)
	}
	return g, nil
}

func position(p *cedar.Policy) string { return strconv.Itoa(p.Position().Line) }

// anyAction returns a copy of the policy without its condition on the action.
func anyAction(p *cedar.Policy) *cedar.Policy {
	tree := *(*ast.Policy)(p.AST())
	tree.Action = ast.ScopeTypeAll{}
	return cedar.NewPolicyFromAST((*cedarast.Policy)(&tree))
}

// actionsOf returns the actions that a policy names; all is true when it names
// none and so speaks about every action.
func actionsOf(p *cedar.Policy) (names []string, all bool) {
	switch a := (*ast.Policy)(p.AST()).Action.(type) {
	case ast.ScopeTypeEq:
		return []string{string(a.Entity.ID)}, false
	case ast.ScopeTypeInSet:
		for _, e := range a.Entities {
			names = append(names, string(e.ID))
		}
		return names, false
	case ast.ScopeTypeIn:
		return []string{string(a.Entity.ID)}, false
	}
	return nil, true
}

// Decision is the answer for one action at one place and why.
type Decision struct {
	Allowed  bool
	Policies []string // ids of the policies that decided; empty when none spoke
}

// Decide says whether the viewer may do the action at the place with this path
// ("" for what has no place, or the whole instance). What no policy permits is
// refused; an unknown action is refused.
func (g *Guard) Decide(v *Viewer, action, path string, ctx Context) Decision {
	list, ok := g.byAction[action]
	if !ok || v == nil {
		return Decision{}
	}
	return authorize(list, v, action, path, ctx)
}

// authorize asks Cedar about a part of the policies.
func authorize(list cedar.PolicyIterator, v *Viewer, action, path string, ctx Context) Decision {
	place := cedar.Entity{
		UID:     cedar.NewEntityUID(typePlace, cedar.String(path)),
		Parents: cedar.NewEntityUIDSet(v.groups(path, ctx)...),
	}
	d, diag := cedar.Authorize(list, pair{&v.principal, &place}, cedar.Request{
		Principal: v.principal.UID,
		Action:    cedar.NewEntityUID(typeAction, cedar.String(action)),
		Resource:  place.UID,
	})
	out := Decision{Allowed: bool(d)}
	for _, r := range diag.Reasons {
		out.Policies = append(out.Policies, string(r.PolicyID))
	}
	return out
}

// groups returns what the place with this path belongs to for the viewer: what
// is held of it or of a place above it, and the emergency. This is the hierarchy
// in its closed form: rights begin at a place and reach down its path.
func (v *Viewer) groups(path string, ctx Context) []cedar.EntityUID {
	out := make([]cedar.EntityUID, 0, 4)
	out = append(out, v.held[""]...)
	for i := 0; i < len(path); i++ {
		if path[i] == '.' {
			out = append(out, v.held[path[:i+1]]...)
		}
	}
	if ctx.covers(path) {
		out = append(out, inForce)
	}
	return out
}

// pair is the two entities that a decision looks at. The parents of the place
// are already all of its groups, so nothing else is asked for.
type pair struct{ principal, place *cedar.Entity }

// Get returns one of the two entities.
func (p pair) Get(id cedar.EntityUID) (cedar.Entity, bool) {
	switch id {
	case p.place.UID:
		return *p.place, true
	case p.principal.UID:
		return *p.principal, true
	}
	return cedar.Entity{}, false
}

// Check is Decide as an error: nil, ErrSignIn for nobody, ErrForbidden where the
// viewer may see the place (or the action has no place), otherwise ErrNotHere.
func (g *Guard) Check(v *Viewer, action, path string, ctx Context) error {
	switch {
	case v == nil || v.account == "":
		return ErrSignIn.With()
	case g.Decide(v, action, path, ctx).Allowed:
		return nil
	case path == "" || g.Decide(v, PlaceRead, path, ctx).Allowed:
		return ErrForbidden.With()
	}
	return ErrNotHere.With()
}

// Range is the places at and below Top: those whose path p has Lo <= p < Hi.
type Range struct{ Top, Lo, Hi string }

// Ranges is a set of ranges that do not overlap, in the order of their paths.
type Ranges []Range

// Contains says whether the place with this path is in one of the ranges.
func (r Ranges) Contains(path string) bool {
	return slices.ContainsFunc(r, func(x Range) bool { return territory.Inside(path, x.Top) })
}

// Under returns the part of the ranges that lies at or below top; empty when
// they do not meet. A list of one place asks with it.
func (r Ranges) Under(top string) Ranges {
	if r.Contains(top) {
		return Ranges{rangeOf(top)}
	}
	var out Ranges
	for _, x := range r {
		if territory.Inside(x.Top, top) {
			out = append(out, x)
		}
	}
	return out
}

func rangeOf(top string) Range {
	lo, hi := territory.Range(top)
	return Range{top, lo, hi}
}

// Scope returns the places where the viewer may do the action, as ranges of
// paths for a list: a place is in them exactly when Decide allows it there. The
// answer is remembered with the viewer, whose grants never change.
func (g *Guard) Scope(v *Viewer, action string, ctx Context) Ranges {
	if v == nil {
		return nil
	}
	key := scopeKey{g, action, strings.Join(ctx.Emergency, " ")}
	if r, ok := v.scopes.Load(key); ok {
		return slices.Clone(r.(Ranges))
	}
	// Rights begin at a held place or where an emergency begins, and reach down.
	tops := slices.AppendSeq(slices.Clone(ctx.Emergency), maps.Keys(v.held))
	tops = append(tops, "")
	slices.Sort(tops)
	var out Ranges
	for _, top := range slices.Compact(tops) {
		if !out.Contains(top) && g.Decide(v, action, top, ctx).Allowed {
			out = append(out, rangeOf(top))
		}
	}
	v.scopes.Store(key, out)
	return slices.Clone(out)
}

type scopeKey struct {
	guard     *Guard
	action    string
	emergency string
}

// Reaches says whether the action is allowed somewhere at, below or above the
// place: for things that cover many places, such as incidents, plans and rounds.
// What they hold is then cut to Scope.
func (g *Guard) Reaches(v *Viewer, action, path string, ctx Context) bool {
	return g.Decide(v, action, path, ctx).Allowed || len(g.Scope(v, action, ctx).Under(path)) > 0
}

// Hears says whether an entry with this audience label, at a place, may reach
// the viewer's stream. It is asked for each place in each frame, so it asks what is
// remembered.
func (g *Guard) Hears(v *Viewer, audience, path string, ctx Context) bool {
	return g.Scope(v, Feed(audience), ctx).Contains(path)
}
