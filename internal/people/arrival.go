package people

import (
	"time"

	"shouwang/internal/fault"
)

// Faults of coming to a post and leaving it. When one comes up nothing was noted.
var (
	// ErrNoArrivals says that nobody checks in at this post now.
	ErrNoArrivals = fault.Define(fault.Conflict, "SW-1720",
		"到岗只在应急生效期间记，这个岗位现在不用记，也没有记下任何东西。平时不打卡。",
		"Arrivals are noted only while an emergency is in force; this post needs none now and nothing was noted. In ordinary times nobody checks in.")
	// ErrNobodyPosted says that the post has no holder who could arrive.
	ErrNobodyPosted = fault.Define(fault.Conflict, "SW-1721",
		"这个岗位还没有人，没有记下到岗。请先由新方案派人，再记到岗。",
		"Nobody holds this post, so no arrival was noted. Have a new plan post somebody first.")
	// ErrNotThere says that somebody hands a post over at which nobody arrived.
	ErrNotThere = fault.Define(fault.Conflict, "SW-1722",
		"这个岗位还没有记到岗，没有记下交岗。请先记到岗。",
		"No arrival was noted at this post, so it cannot be handed over. Note the arrival first.")
)

// Arrival says that the holder of an emergency's post came to it, until it is handed
// over. It is about a post, kept only as long as what its incident knew, and shown
// only while the incident is in force.
type Arrival struct {
	PostID   string
	Incident string
	HelperID string // who came: the holder or the deputy
	PlaceID  string
	Path     string
	At       time.Time
	Gone     time.Time // handed over; zero while there
	Version  int64
}

// There says whether somebody of a post is at it; an arrival of whoever held it
// before says nothing.
func (a Arrival) There(p Post) bool {
	return a.HelperID != "" && (a.HelperID == p.HelperID || a.HelperID == p.DeputyID) && !a.At.IsZero() && a.Gone.IsZero()
}

// Arrive decides that a helper has come to a post; helper empty means its holder.
// inForce says whether the post's incident is in force. changed is false when it is
// known already. Faults: SW-1720, SW-1721.
func Arrive(p Post, last Arrival, helper string, inForce bool, now time.Time) (next Arrival, changed bool, err error) {
	if err := standing(p, inForce, now); err != nil {
		return last, false, err
	}
	if helper == "" {
		helper = p.HelperID
	}
	if last.There(p) && last.HelperID == helper {
		return last, false, nil
	}
	return Arrival{PostID: p.ID, Incident: p.Incident, HelperID: helper, PlaceID: p.PlaceID, Path: p.Path, At: now, Version: last.Version}, true, nil
}

// HandOver decides that whoever is at a post leaves it to the next. Faults: SW-1720
// to SW-1722.
func HandOver(p Post, last Arrival, inForce bool, now time.Time) (next Arrival, changed bool, err error) {
	if err := standing(p, inForce, now); err != nil {
		return last, false, err
	}
	if last.HelperID != "" && !last.Gone.IsZero() && (last.HelperID == p.HelperID || last.HelperID == p.DeputyID) {
		return last, false, nil
	}
	if !last.There(p) {
		return last, false, ErrNotThere.With()
	}
	last.Gone = now
	return last, true, nil
}

func standing(p Post, inForce bool, now time.Time) error {
	switch {
	case p.Incident == "" || !inForce || !p.Until.IsZero() && !now.Before(p.Until):
		return ErrNoArrivals.With()
	case p.HelperID == "" && p.DeputyID == "":
		return ErrNobodyPosted.With()
	}
	return nil
}
