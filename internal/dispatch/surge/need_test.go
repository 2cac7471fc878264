package surge

import (
	"slices"
	"testing"

	"shouwang/internal/mode"
)

// Which kind of squad may fill a post is what its playbook says; every kind that the
// playbooks name is one that squads have.
func TestKindOfIsThePlaybooks(t *testing.T) {
	for _, x := range []struct {
		squad string
		kind  []string
		want  string
	}{{"", nil, General}, {"", []string{"volunteer", "cadre"}, General}, {"", []string{"police"}, Own}, {"", []string{"health"}, Own}, {"order", []string{"police"}, Order}, {"own", []string{"cadre"}, Own}} {
		if got := KindOf(&mode.PostItem{Squad: x.squad, Require: mode.Require{Kind: x.kind}}); got != x.want {
			t.Errorf("%+v: %s", x, got)
		}
	}
	n := map[string]int{}
	for _, id := range []string{"normal", "epidemic", "flood-typhoon", "fire", "heat-cold"} {
		b, err := mode.Shipped(id)
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Posts {
			k := KindOf(&b.Posts[i])
			if k != Own && !slices.Contains(Kinds, k) {
				t.Errorf("%s %s: no squad is %s", b.ID, b.Posts[i].ID, k)
			}
			n[k]++
		}
	}
	if n[Sampling] == 0 || n[Order] == 0 || n[Logistics] == 0 || n[General] == 0 || n[Own] == 0 {
		t.Fatalf("%v", n)
	}
}
