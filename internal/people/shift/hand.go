package shift

import "time"

// Find is the shift of a draft that fills a key.
func (d *Draft) Find(key string) (*Shift, bool) {
	for i := range d.Shifts {
		if d.Shifts[i].Key == key {
			return &d.Shifts[i], true
		}
	}
	return nil, false
}

// Over is what people have to do once a draft holds: what they have elsewhere, and
// what the draft gives them in place of what it fills anew.
func (d *Draft) Over(line []Shift) []Shift {
	drafted := make(map[string]bool, len(d.Shifts))
	out := make([]Shift, 0, len(line)+len(d.Shifts))
	for i := range d.Shifts {
		drafted[d.Shifts[i].Key] = true
		if d.Shifts[i].Stands() {
			out = append(out, d.Shifts[i])
		}
	}
	for _, x := range line {
		if !drafted[x.Key] {
			out = append(out, x)
		}
	}
	return out
}

// Loose says whether a draft may still give a shift to somebody else: it is not over
// or begun, and nobody fixed it by hand in the roster that holds.
func (s *Shift) Loose(now time.Time) bool {
	return s.Live() && s.From.After(now) && (s.ID == "" || !s.Pinned || !s.Stands())
}

// Put gives a shift of the draft to a helper by hand, or opens it where helper is
// empty. Whoever calls has asked the gate; why is the reason of an exception. What is
// put by hand stays when the search goes on.
func (d *Draft) Put(x *Shift, helper, why string) {
	x.ID, x.Roster, x.Version = "", "", 0 // publishing looks anew at what stands there
	x.HelperID, x.Why, x.Pinned, x.State = helper, why, helper != "", Planned
	if helper == "" {
		x.State = Open
	}
	d.Hand = true
	d.count()
}

// Stay leaves what stands now as it is wherever nobody decided otherwise; have is by key.
func (d *Draft) Stay(have map[string]Shift) {
	for i := range d.Shifts {
		if old, ok := have[d.Shifts[i].Key]; ok && d.Shifts[i].ID == "" && old.Live() {
			d.Shifts[i] = old
		}
	}
	d.count()
}

// Empty is a draft in which nobody was put by a search: what a hand decided before and
// what has begun stand, all else is open.
func (a *Ask) Empty() *Draft {
	d := a.slots()
	d.Hand = true
	d.count()
	return d
}

// keeps says of a draft that is gone on from which shifts stay: those fixed in it by
// hand and, where only gaps are to be filled, every one that somebody has.
func (a *Ask) keeps() map[string]Shift {
	out := map[string]Shift{}
	if a.Start == nil {
		return out
	}
	for _, s := range a.Start.Shifts {
		if s.Stands() && s.ID == "" && (s.Pinned || a.Hold) && s.From.After(a.Now) {
			out[s.Key] = s
		}
	}
	return out
}
