package access

import (
	"sync"
	"time"
)

// Attempt is one try to sign in, as the limiter sees it. Keys are opaque: a
// login as typed in lower case, the hash of a device token, a network address.
type Attempt struct {
	Login   string
	Device  string // hash of a device token that this login used before; empty when unknown
	Network string // address, IPv6 cut to /64
}

// Budget is how many wrong tries a lane takes before they slow down: after Free
// failures the next try waits Base, then twice as long each time, up to Cap. One
// failure is forgiven every Forgive. Nothing is ever locked.
type Budget struct {
	Free    int
	Base    time.Duration
	Cap     time.Duration
	Forgive time.Duration
}

// The budgets of the four lanes. A known device has a lane of its own, so that
// guessing from elsewhere never keeps its owner out; a network's budget is wide,
// because a whole estate can share one carrier address.
var (
	deviceBudget  = Budget{10, time.Second, time.Minute, 5 * time.Minute}
	strangeBudget = Budget{5, time.Second, 15 * time.Minute, 15 * time.Minute} // login from a network, device unknown
	loginBudget   = Budget{20, time.Second, 30 * time.Second, time.Minute}     // login from anywhere, device unknown
	networkBudget = Budget{100, 500 * time.Millisecond, time.Minute, 10 * time.Second}
)

// maxLanes bounds the memory of a limiter, some 15 MB.
const maxLanes = 100_000

// Limiter slows down wrong passwords. It keeps its state in memory, takes the
// time as an argument and is safe for concurrent use.
type Limiter struct {
	mu    sync.Mutex
	lanes map[laneKey]*lane
	limit int
	swept time.Time
}

type laneKey struct{ kind, a, b string }

// lane counts failures of one kind of try.
type lane struct {
	failures float64
	last     time.Time // of the last failure
}

// NewLimiter returns an empty limiter.
func NewLimiter() *Limiter { return &Limiter{lanes: map[laneKey]*lane{}, limit: maxLanes} }

// laneOf pairs a lane with its budget.
type laneOf struct {
	key    laneKey
	budget Budget
}

func (a Attempt) lanes() []laneOf {
	if a.Device != "" {
		return []laneOf{{laneKey{"device", a.Login, a.Device}, deviceBudget}}
	}
	return []laneOf{
		{laneKey{"strange", a.Login, a.Network}, strangeBudget},
		{laneKey{"login", a.Login, ""}, loginBudget},
		{laneKey{"network", a.Network, ""}, networkBudget},
	}
}

// Begin takes one try: zero when it may go on, otherwise how long to wait, and
// then the password must not be looked at. A try that may go on counts as a
// failure until Succeeded says otherwise, so that many at once share one budget.
func (l *Limiter) Begin(a Attempt, now time.Time) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	lanes := a.lanes()
	for _, x := range lanes {
		if s := l.lanes[l.key(x.key)]; s != nil {
			wait = max(wait, s.wait(x.budget, now))
		}
	}
	if wait > 0 {
		return wait
	}
	for _, x := range lanes {
		l.lane(x.key, now).fail(x.budget, now)
	}
	return 0
}

// SlowDown is what a caller is told who must wait so long, rounded up to seconds.
func SlowDown(wait time.Duration) error {
	s := int(wait/time.Second) + 1
	return ErrSlowDown.With(s).After(s)
}

// Succeeded takes the try back after a right password: the lanes of the login
// start anew, that of the network gets its one try back.
func (l *Limiter) Succeeded(a Attempt, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, x := range a.lanes() {
		s := l.lanes[x.key]
		switch {
		case s == nil:
		case x.key.kind == "device" || x.key.kind == "strange":
			delete(l.lanes, x.key)
		default: // an attacker's own account must not wash the shared lanes clean
			s.failures = max(0, s.failures-1)
		}
	}
}

// wait returns how long a try must still wait.
func (s *lane) wait(b Budget, now time.Time) time.Duration {
	over := int(s.left(b, now)) - b.Free
	if over < 0 {
		return 0
	}
	delay := b.Cap
	if over < 30 {
		delay = min(b.Cap, b.Base<<over)
	}
	return max(0, min(b.Cap, s.last.Add(delay).Sub(now))) // a clock set back never prolongs it
}

// left returns the failures that are not forgiven yet.
func (s *lane) left(b Budget, now time.Time) float64 {
	return max(0, s.failures-max(0, float64(now.Sub(s.last))/float64(b.Forgive)))
}

func (s *lane) fail(b Budget, now time.Time) {
	s.failures = min(s.left(b, now), float64(b.Free+30)) + 1
	s.last = now
}

// key returns the lane's key, or that of the common lane when the table is full
// and the lane is not in it.
func (l *Limiter) key(k laneKey) laneKey {
	if _, ok := l.lanes[k]; ok || len(l.lanes) < l.limit {
		return k
	}
	return laneKey{kind: k.kind}
}

// lane returns the lane for a key, making room by forgetting what has cooled
// down. When nothing has, strangers share one lane of their kind.
func (l *Limiter) lane(k laneKey, now time.Time) *lane {
	if len(l.lanes) >= l.limit && l.lanes[k] == nil && now.Sub(l.swept) > time.Minute {
		l.swept = now
		for key, s := range l.lanes {
			if now.Sub(s.last) > time.Hour {
				delete(l.lanes, key)
			}
		}
	}
	k = l.key(k)
	s := l.lanes[k]
	if s == nil {
		s = &lane{last: now}
		l.lanes[k] = s
	}
	return s
}

// Lanes returns how many lanes are in memory, for the health page.
func (l *Limiter) Lanes() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.lanes)
}
