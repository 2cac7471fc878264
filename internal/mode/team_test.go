package mode

import (
	"strings"
	"testing"

	"shouwang/playbooks"
)

// A form that names what nobody declared, or a captain from outside it, is refused
// where it stands in the file.
func TestTeamForms(t *testing.T) {
	normal, err := Shipped("normal")
	if err != nil {
		t.Fatal(err)
	}
	if len(normal.Teams) < 12 {
		t.Fatal("forms are missing:", len(normal.Teams))
	}
	epidemic, err := playbooks.Files.ReadFile("epidemic.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := string(epidemic)
	for from, want := range map[string][2]string{
		"posts: [lead, emergency, volunteer, police]": {"posts: [lead, wizard]", "SW-1420"},
		"captain: mobile":           {"captain: sampler", "SW-1420"},
		"per: microgrid\n    posts": {"per: household\n    posts", "SW-1410"},
		"  - id: mobile-group":      {"  - id: six", "SW-1412"},
	} {
		bad := strings.Replace(text, from, want[0], 1)
		if bad == text {
			t.Fatalf("%q is not in the file", from)
		}
		_, ps := Load([]byte(bad), normal)
		found := false
		for _, p := range ps {
			found = found || p.Code == want[1] && p.Line > 0
		}
		if !found {
			t.Errorf("%q: %v", want[0], ps)
		}
	}
}
