package access

import "time"

// guessBudget is how many unknown tokens one network may bring before it is told
// to wait. Tokens hold 128 bits, so this keeps noise down and guards nothing else:
// a right token is never held back, because a whole estate can share one address.
var guessBudget = Budget{60, time.Second, time.Minute, 10 * time.Second}

// Guess notes an unknown token from a network and returns how long it should wait
// before it brings another; zero while it is within its budget.
func (l *Limiter) Guess(network string, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	k := laneKey{"guess", network, ""}
	if s := l.lanes[l.key(k)]; s != nil {
		if wait := s.wait(guessBudget, now); wait > 0 {
			return wait
		}
	}
	l.lane(k, now).fail(guessBudget, now)
	return 0
}

// tailBudget is how many wrong short secrets (four digits: ten thousand of them) one
// address that was sent to one person takes: some fifty a day.
var tailBudget = Budget{5, time.Minute, 30 * time.Minute, 30 * time.Minute}

// Tail takes one try at a short secret: zero when it may go on, otherwise how long to
// wait, and then the secret must not be looked at. TailRight takes a right one back.
func (l *Limiter) Tail(what string, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	k := laneKey{"tail", what, ""}
	if s := l.lanes[l.key(k)]; s != nil {
		if wait := s.wait(tailBudget, now); wait > 0 {
			return wait
		}
	}
	l.lane(k, now).fail(tailBudget, now)
	return 0
}

// TailRight forgets the tries at a short secret that was right in the end.
func (l *Limiter) TailRight(what string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.lanes, laneKey{"tail", what, ""})
}

// openBudget is how many needs may be told at one place without an account before it is
// told to wait: twenty at once, then one in a few minutes.
var openBudget = Budget{20, 2 * time.Minute, 10 * time.Minute, 5 * time.Minute}

// Open notes that a need is told at a place and returns how long to wait instead; zero
// while the place is within its budget.
func (l *Limiter) Open(place string, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	k := laneKey{"open", place, ""}
	if s := l.lanes[l.key(k)]; s != nil {
		if wait := s.wait(openBudget, now); wait > 0 {
			return wait
		}
	}
	l.lane(k, now).fail(openBudget, now)
	return 0
}
