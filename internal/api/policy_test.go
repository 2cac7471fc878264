package api_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"shouwang/internal/access"
	"shouwang/internal/access/accesstest"
	"shouwang/internal/api/apitest"
)

// change is the policy file with one thing taken out, and whose cells must show it.
type change struct {
	what, text string
	roles      []access.Role // whose rights it touches; all when empty
	actions    []string      // which actions; all when empty
}

var (
	policyRe = regexp.MustCompile(`(?s)@id\("([^"]+)"\)\n(?:permit|forbid) .*?;\n`)
	actionRe = regexp.MustCompile(`Action::"([^"]+)"`)
	roleRe   = regexp.MustCompile(`Role::"([^"]+)"`)
)

// changes lists every single thing that can be taken out of the policies: each
// policy, each action in a list, each role in a condition, each condition.
func changes(policies string) []change {
	var out []change
	for _, at := range policyRe.FindAllStringSubmatchIndex(policies, -1) {
		id, text := policies[at[2]:at[3]], policies[at[0]:at[1]]
		whole := func(s string) string { return policies[:at[0]] + s + policies[at[1]:] }
		var roles []access.Role
		if _, ok := access.Role(id).Info(); ok {
			roles = []access.Role{access.Role(id)}
		}
		var actions []string
		for _, m := range actionRe.FindAllStringSubmatch(text, -1) {
			actions = append(actions, m[1])
		}
		out = append(out, change{"policy " + id, whole(""), roles, actions})
		if head, when, ok := strings.Cut(text, "when {"); ok {
			out = append(out, change{"condition of " + id, whole(strings.TrimSpace(head) + ";\n"), roles, actions})
			if a, b, both := strings.Cut(strings.TrimSuffix(strings.TrimSpace(when), "};"), "&&"); both {
				out = append(out, change{"first condition of " + id, whole(head + "when {" + b + "};\n"), roles, actions},
					change{"second condition of " + id, whole(head + "when {" + a + "};\n"), roles, actions})
			}
			for _, m := range roleRe.FindAllStringSubmatch(when, -1) {
				out = append(out, change{m[0] + " of " + id, whole(without(text, m[0])), []access.Role{access.Role(m[1])}, actions})
			}
		}
		if len(actions) > 1 {
			for _, a := range actions {
				out = append(out, change{a + " of " + id, whole(without(text, `Action::"`+a+`"`)), roles, []string{a}})
			}
		}
	}
	return out
}

// without takes one element out of a list.
func without(text, element string) string {
	text = regexp.MustCompile(regexp.QuoteMeta(element)+`,?\s*`).ReplaceAllString(text, "")
	return regexp.MustCompile(`,\s*\]`).ReplaceAllString(text, "\n]")
}

// unasked are the actions that no operation asks for; the tests of access judge them.
var unasked = []string{access.LiveRead, access.AccountRead, access.AccountWrite, access.FeedPublic, access.FeedWork, access.FeedRegister, access.FeedSensitive, access.FeedAudit}

// Whatever single thing is taken out of the policies, the matrix turns red.
func TestEveryPolicyIsNeeded(t *testing.T) {
	worlds := map[bool]*apitest.World{false: matrixWorld(t, false), true: matrixWorld(t, true)}
	rows := matrixRows(t)
	ops := operations(worlds[false].API)
	list := changes(string(access.Policies()))
	seen := 0
	for _, x := range list {
		if len(x.actions) == 1 && slices.Contains(unasked, x.actions[0]) {
			continue
		}
		seen++
		g, err := access.Parse([]byte(x.text))
		if err != nil {
			t.Fatalf("%s: %v\n%s", x.what, err, x.text)
		}
		red := false
		for _, inForce := range []bool{false, true} {
			if red {
				break
			}
			s := worlds[inForce].Serve(g)
			for _, op := range ops {
				if red {
					break
				}
				if len(x.actions) > 0 && !slices.Contains(x.actions, op.action) {
					continue
				}
				for _, info := range access.Roles {
					if len(x.roles) > 0 && !slices.Contains(x.roles, info.Role) {
						continue
					}
					for _, task := range []bool{false, true} {
						c := cell{op.id, info.Role, accesstest.OwnPlace, accesstest.State{Task: task, Emergency: inForce}}
						red = red || outcome(ask(worlds[inForce], c, s.Handler())) != expect(rows[op.id], c.role, c.rel, c.st)
					}
				}
			}
			s.Close()
		}
		if !red {
			t.Errorf("without %s nothing changes", x.what)
		}
	}
	if seen < 120 {
		t.Errorf("only %d changes tried", seen)
	}
	t.Logf("%d of %d changes tried", seen, len(list))
}
