package need

import "time"

// Clock names the clock's next verb for a case and when it is due; a zero time means
// that the case waits for nobody. What lies with one person without a step goes back to
// its desk, what nobody took or answered climbs, what nobody accepted is granted, a
// pause ends, an answer with proof closes, one without climbs until somebody asks the
// resident, and what was said of a closed one is forgotten when its time is over.
func Clock(r Rule, c *Case) (Verb, time.Time) {
	st := c.Stage()
	if r.Lapses && st != Closed && st != Answered {
		return Expire, c.Due
	}
	switch st {
	case Closed:
		if r.Keep <= 0 || !c.Forgotten.IsZero() {
			return "", time.Time{}
		}
		return Forget, c.Closed.Add(r.Keep)
	case Joined: // whoever waits with another has a deadline of their own
		return Climb, c.after(r, c.Due)
	case Offered:
		return Grant, c.Offer.Until
	case Paused:
		return Resume, c.Resume
	case Answered:
		at := c.Answered.Add(r.Consent)
		if c.Proved {
			return Close, at
		}
		return Climb, c.after(r, at)
	case Taken:
		climb := c.after(r, c.Due)
		if lapse := r.Calendar.Add(c.Stepped, r.Hold); r.Hold > 0 && lapse.Before(climb) {
			return Lapse, lapse
		}
		return Climb, climb
	}
	at := c.Due
	if r.Take > 0 {
		if t := r.Calendar.Add(c.untaken(), r.Take); t.Before(at) {
			at = t
		}
	}
	return Climb, c.after(r, at)
}

// untaken is since when the case lies at its desk with nobody.
func (c *Case) untaken() time.Time {
	if c.Since.IsZero() {
		return c.Opened
	}
	return c.Since
}

// after is when a case that is to climb at a time climbs: then, or a while after it
// climbed last.
func (c *Case) after(r Rule, at time.Time) time.Time {
	if c.Climbed.IsZero() {
		return at
	}
	if t := r.Calendar.Add(c.Climbed, r.again()); t.After(at) {
		return t
	}
	return at
}
