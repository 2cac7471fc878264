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
