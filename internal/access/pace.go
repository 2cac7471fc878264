package access

import (
	"sync"
	"time"
)

// Pace lets each caller do so many things in a minute, evenly refilled. It keeps its
// state in memory, takes the time as an argument and is safe for concurrent use.
type Pace struct {
	mu     sync.Mutex
	minute float64
	left   map[string]paced
}

type paced struct {
	tokens float64
	at     time.Time
}

// NewPace returns a pace of n in a minute for each caller.
func NewPace(n int) *Pace { return &Pace{minute: float64(n), left: map[string]paced{}} }

// Take takes one: zero when it may go on, otherwise how long to wait.
func (p *Pace) Take(who string, now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.left) >= maxLanes { // whoever has been quiet for a minute is full again
		for k, x := range p.left {
			if now.Sub(x.at) >= time.Minute {
				delete(p.left, k)
			}
		}
	}
	x, ok := p.left[who]
	if !ok {
		x = paced{tokens: p.minute, at: now}
	}
	x.tokens = min(p.minute, x.tokens+now.Sub(x.at).Minutes()*p.minute)
	x.at = now
	defer func() { p.left[who] = x }()
	if x.tokens < 1 {
		return time.Duration((1 - x.tokens) / p.minute * float64(time.Minute))
	}
	x.tokens--
	return 0
}
