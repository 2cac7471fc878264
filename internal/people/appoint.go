package people

import "time"

// Appointment is who is chosen for an everyday post of a place, and why. Empty
// Deputy means that there is none; empty Adviser leaves the adviser as they are.
type Appointment struct {
	Lead, Deputy, Adviser string // helper ids
	Reason                string
}

// Everyday names the items of the everyday playbook that an appointment fills, and
// the role that each gives.
type Everyday struct{ Lead, LeadRole, Adviser, AdviserRole string }

// Appoint decides an appointment at a place on the open everyday posts there and on
// those that the chosen hold or stand in for elsewhere. Whether they qualify is for
// the gate, which the caller asked before.
func Appoint(a Appointment, items Everyday, placeID, path string, posts []Post, newID func() string, now time.Time) ([]Post, error) {
	if a.Reason == "" {
		return nil, ErrWhy.With()
	}
	if a.Lead == "" {
		return nil, ErrNobody.With()
	}
	if a.Lead == a.Deputy || a.Adviser == a.Lead {
		return nil, ErrTwoPosts.With(a.Lead)
	}
	if a.Adviser != "" && a.Adviser == a.Deputy {
		return nil, ErrTwoPosts.With(a.Deputy)
	}
	var lead, adviser *Post
	n := map[string]int{}
	for i := range posts {
		p := &posts[i]
		if p.Incident != "" || p.Item != items.Lead && p.Item != items.Adviser {
			continue
		}
		open := p.Until.IsZero() || now.Before(p.Until)
		here := p.PlaceID == placeID
		if here {
			n[p.Item] = max(n[p.Item], p.N)
		}
		switch {
		case !open:
		case here && p.Item == items.Lead && lead == nil:
			lead = p
		case here && p.Item == items.Adviser && adviser == nil:
			adviser = p
		case !here && p.Item == items.Lead:
			for _, who := range []string{a.Lead, a.Deputy} {
				if who != "" && (p.HelperID == who || p.DeputyID == who) {
					return nil, ErrTwoPosts.With(who)
				}
			}
		}
	}
	make := func(p *Post, item, role string) Post {
		if p != nil {
			return *p
		}
		return Post{ID: newID(), Key: seatKey(item, placeID, n[item]+1), Item: item, Role: role, PlaceID: placeID, Path: path, N: n[item] + 1, From: now}
	}
	next := make(lead, items.Lead, items.LeadRole)
	next.HelperID, next.DeputyID, next.Pinned, next.Reason = a.Lead, a.Deputy, true, a.Reason
	out := []Post{next}
	if a.Adviser != "" && (adviser == nil || adviser.HelperID != a.Adviser) {
		p := make(adviser, items.Adviser, items.AdviserRole)
		p.HelperID, p.Pinned, p.Reason = a.Adviser, true, a.Reason
		out = append(out, p)
	}
	return out, nil
}
