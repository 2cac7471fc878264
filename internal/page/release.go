package page

import (
	"context"
	"sync"
	"time"

	"shouwang/internal/mode"
)

// clockKeep is how long a forecast is kept: it is told to the minute at best, and
// many people open their page at once.
const clockKeep = 30 * time.Second

// clocks keeps the release clocks for a while, by measure.
type clocks struct {
	mu    sync.Mutex
	until time.Time
	of    map[string]mode.Clock
}

// release says when a measure may end before its time; "" where only a person
// decides that.
func (p *Pages) release(ctx context.Context, lang string, m mode.Measure, now time.Time) (string, error) {
	if p.Clocks == nil {
		return "", nil
	}
	p.clocks.mu.Lock()
	defer p.clocks.mu.Unlock()
	c, known := p.clocks.of[m.ID]
	if !known || !now.Before(p.clocks.until) || c.Measure.Version != m.Version {
		all, err := p.Clocks(ctx, now)
		if err != nil {
			return "", err
		}
		p.clocks.of, p.clocks.until = make(map[string]mode.Clock, len(all)), now.Add(clockKeep)
		for _, x := range all {
			p.clocks.of[x.Measure.ID] = x
		}
		if c, known = p.clocks.of[m.ID]; !known {
			return "", nil
		}
	}
	t := words[lang]
	switch {
	case c.Rule == "":
		return "", nil
	case c.May:
		return t["release-may"], nil
	case c.Fault != "" || c.Earliest.IsZero():
		return t["release-open"], nil
	case c.AfterRound:
		return put(t["release-round"], moment(lang, c.Earliest)), nil
	}
	return put(t["release-if"], moment(lang, c.Earliest)), nil
}
