package notice

import (
	"strings"
	"time"
	"unicode/utf8"

	"shouwang/internal/mode"
)

// longest is how long a notice may stay open.
const longest = 14 * 24 * time.Hour

// Check says whether a notice can be sent at all. Faults: SW-1760 for words, SW-1761
// for its time, SW-1762 for how many are wanted.
func Check(n *Notice, now time.Time) error {
	for _, w := range []struct {
		t    mode.Text
		most int
	}{{n.Title, 60}, {n.Body, 500}} {
		if zh := strings.TrimSpace(w.t.ZH); zh == "" || utf8.RuneCountInString(zh) > w.most || utf8.RuneCountInString(w.t.EN) > 4*w.most {
			return ErrWords.With()
		}
	}
	if !n.Until.After(now) || n.Until.Sub(now) > longest || n.Turn == OneByOne && n.Each <= 0 {
		return ErrTime.With()
	}
	if n.Wanted < 0 || n.Wanted > 100_000 {
		return ErrWanted.With()
	}
	return nil
}

// Move is what is to happen to a notice now.
type Move struct {
	Ask   []int  // receivers, by index, whose turn it is
	Close string // why it is to be closed; empty: it stays open
}

// Next says what is to happen now. Together asks everybody at once. One by one
// asks the next of the list whenever fewer people think about it than are still
// wanted; who stays silent for Each makes room for the next, and may still say yes as
// long as it is open. Receivers stand in their order. Calling it again with its own
// result applied gives nothing more to do at the same time.
func Next(n *Notice, rs []Receiver, now time.Time) Move {
	switch {
	case !n.Closed.IsZero():
		return Move{}
	case !now.Before(n.Until):
		return Move{Close: Over}
	case n.Wants == Answer && n.Wanted > 0 && n.Yes >= n.Wanted:
		return Move{Close: Enough}
	}
	var m Move
	room := len(rs)
	if n.Turn == OneByOne {
		room = max(n.Wanted, 1) - n.Yes - thinking(rs, now)
	}
	for i := range rs {
		if room <= 0 {
			break
		}
		if rs[i].Asked.IsZero() && rs[i].Answer == "" {
			m.Ask = append(m.Ask, i)
			room--
		}
	}
	if n.Turn == OneByOne && len(m.Ask) == 0 && thinking(rs, now) == 0 {
		m.Close = NobodyLeft
	}
	return m
}

// thinking counts the receivers who were asked and still may think.
func thinking(rs []Receiver, now time.Time) int {
	c := 0
	for i := range rs {
		if r := &rs[i]; !r.Asked.IsZero() && r.Answer == "" && now.Before(r.Due) {
			c++
		}
	}
	return c
}

// Turn is a receiver whose turn has come.
func Turn(n *Notice, r Receiver, now time.Time) Receiver {
	r.Asked, r.Next = now, now
	if n.Wants == Answer {
		r.Due = n.Until
		if n.Turn == OneByOne {
			r.Due = earlier(n.Until, now.Add(n.Each))
		}
	}
	return r
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// Reply takes an answer down. It returns the receiver and the notice as they are
// after it; the notice is to be written with it where Counted says so, so that two
// who say yes at once cannot both have the last place. An answer may be changed while
// the notice is open. Faults: SW-1764 to SW-1767 and SW-1769.
func Reply(n Notice, r Receiver, answer, by string, now time.Time) (Notice, Receiver, error) {
	switch {
	case n.Wants != Answer:
		return n, r, ErrNoWants.With()
	case answer != Yes && answer != No && answer != Later:
		return n, r, ErrAnswer.With()
	case n.Turn == OneByOne && r.Asked.IsZero():
		return n, r, ErrNotYet.With()
	case !n.Open(now) && n.Why == Enough && answer == Yes && r.Answer != Yes:
		return n, r, ErrFilled.With()
	case !n.Open(now):
		return n, r, ErrClosed.With()
	case answer == Yes && r.Answer != Yes && n.Wanted > 0 && n.Yes >= n.Wanted:
		return n, r, ErrFilled.With()
	}
	if n.Counted() {
		if answer == Yes && r.Answer != Yes {
			n.Yes++
		}
		if answer != Yes && r.Answer == Yes {
			n.Yes--
		}
	}
	if r.Asked.IsZero() { // they answered before the message was on its way
		r = Turn(&n, r, now)
	}
	r.Answer, r.Answered, r.By, r.Next = answer, now, by, time.Time{}
	if r.Reached.IsZero() {
		r.Reached = now
	}
	if n.Counted() && n.Yes >= n.Wanted {
		n.Closed, n.Why = now, Enough
	}
	return n, r, nil
}

// Counted says that the yes of a notice are counted in the notice itself.
func (n *Notice) Counted() bool { return n.Wants == Answer && n.Wanted > 0 }

// Read says that a receiver has opened the notice. It changes nothing the second time.
func Read(n *Notice, r Receiver, now time.Time) Receiver {
	if r.Asked.IsZero() && n.Turn != OneByOne {
		r = Turn(n, r, now)
	}
	if r.Reached.IsZero() && !r.Asked.IsZero() {
		r.Reached, r.Next = now, time.Time{}
	}
	return r
}

// Withdraw ends a notice by hand, with a reason that its receivers may read. Faults:
// SW-1765 when it is closed, SW-1770 without a reason.
func Withdraw(n Notice, reason string, now time.Time) (Notice, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case !n.Open(now):
		return n, ErrClosed.With()
	case reason == "" || utf8.RuneCountInString(reason) > 200:
		return n, ErrReason.With()
	}
	n.Closed, n.Why, n.Reason = now, Withdrawn, reason
	return n, nil
}
