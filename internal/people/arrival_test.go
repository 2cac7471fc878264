package people

import (
	"errors"
	"testing"
	"time"

	"shouwang/internal/fault"
)

// Nobody checks in at an everyday post or after the emergency; a second tap changes
// nothing; who held the post before is not there for whoever holds it now.
func TestArrival(t *testing.T) {
	now := time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)
	post := Post{ID: "p", Incident: "i", HelperID: "a", DeputyID: "b", PlaceID: "x", Path: "0.x."}
	here := Arrival{PostID: "p", Incident: "i", HelperID: "a", PlaceID: "x", Path: "0.x.", At: now, Version: 1}
	gone := here
	gone.Gone = now
	ended, everyday, vacant, other := post, post, post, post
	ended.Until, everyday.Incident, vacant.HelperID, vacant.DeputyID, other.HelperID, other.DeputyID = now, "", "", "", "c", ""
	for _, x := range []struct {
		name           string
		post           Post
		last           Arrival
		who            string
		force          bool
		arrive, leave  error // expected fault, nil: none
		came, left     bool  // changed
		holder         string
		thereAfterCame bool
	}{
		{"comes", post, Arrival{}, "", true, nil, ErrNotThere, true, false, "a", true},
		{"the deputy comes", post, Arrival{}, "b", true, nil, ErrNotThere, true, false, "b", true},
		{"is there", post, here, "a", true, nil, nil, false, true, "a", true},
		{"relieves", post, here, "b", true, nil, nil, true, true, "b", true},
		{"comes back", post, gone, "a", true, nil, nil, true, false, "a", true},
		{"follows another", other, here, "", true, nil, ErrNotThere, true, false, "c", true},
		{"in ordinary times", everyday, Arrival{}, "", true, ErrNoArrivals, ErrNoArrivals, false, false, "", false},
		{"after the incident", post, here, "", false, ErrNoArrivals, ErrNoArrivals, false, false, "a", true},
		{"after the post", ended, here, "", true, ErrNoArrivals, ErrNoArrivals, false, false, "a", true},
		{"nobody posted", vacant, Arrival{}, "", true, ErrNobodyPosted, ErrNobodyPosted, false, false, "", false},
	} {
		got, changed, err := Arrive(x.post, x.last, x.who, x.force, now)
		if !faulty(err, x.arrive) || changed != x.came || got.HelperID != x.holder || got.There(x.post) != x.thereAfterCame {
			t.Errorf("%s: %+v %v %v", x.name, got, changed, err)
		}
		got, changed, err = HandOver(x.post, x.last, x.force, now)
		if !faulty(err, x.leave) || changed != x.left || changed && got.There(x.post) {
			t.Errorf("%s, handing over: %+v %v %v", x.name, got, changed, err)
		}
	}
}

func faulty(got, want error) bool {
	var f *fault.Error
	return want == nil && got == nil || want != nil && errors.As(got, &f) && errors.Is(got, want)
}
