package calendar

import (
	"slices"
	"strings"
	"time"

	"shouwang/internal/mode"
)

// Memory is how long an event that is over is still told.
const Memory = 31 * 24 * time.Hour

// Event is one thing that a helper has to do, as their calendar was told it.
type Event struct {
	UID     string    `json:"uid"`
	Title   mode.Text `json:"title"`
	Text    mode.Text `json:"text"`
	Place   string    `json:"place"`
	From    time.Time `json:"from"`
	Until   time.Time `json:"until"`
	Free    bool      `json:"free,omitempty"` // within this time, not all of it
	Dropped bool      `json:"dropped,omitempty"`
	Seq     int       `json:"seq"`
	Changed time.Time `json:"changed"`
}

// Feed is the calendar of one helper: the secret of its address, and what it was
// told, so that a change is known to be one.
type Feed struct {
	HelperID    string
	Nonce, Hash string // of the address, as with codes at doors
	Made        time.Time
	Told        []Event
	Version     int64
}

// same says whether a calendar need not be told again.
func (e *Event) same(x *Event) bool {
	return e.Title == x.Title && e.Text == x.Text && e.Place == x.Place && e.From.Equal(x.From) && e.Until.Equal(x.Until) && e.Free == x.Free && e.Dropped == x.Dropped
}

// Tell compares what a calendar was told with what there is. What is new is added,
// what changed gets the next number, what is gone is called off, and what is long
// over is forgotten; changed is false when there is nothing to tell.
func Tell(told, is []Event, now time.Time) (next []Event, changed bool) {
	seconds := now.UTC().Truncate(time.Second)
	old := map[string]*Event{}
	for i := range told {
		old[told[i].UID] = &told[i]
	}
	there := map[string]bool{}
	for _, e := range is {
		e.From, e.Until = e.From.UTC().Truncate(time.Second), e.Until.UTC().Truncate(time.Second)
		if there[e.UID] || e.Until.Before(now.Add(-Memory)) {
			continue
		}
		there[e.UID] = true
		if was := old[e.UID]; was != nil {
			e.Seq, e.Changed = was.Seq, was.Changed
			if !e.same(was) {
				e.Seq, e.Changed = was.Seq+1, seconds
			}
		} else {
			e.Seq, e.Changed = 0, seconds
		}
		next = append(next, e)
	}
	for _, e := range told {
		if there[e.UID] || e.Until.Before(now.Add(-Memory)) {
			continue
		}
		if !e.Dropped {
			e.Dropped, e.Seq, e.Changed = true, e.Seq+1, seconds
		}
		next = append(next, e)
	}
	slices.SortFunc(next, func(a, b Event) int {
		if c := a.From.Compare(b.From); c != 0 {
			return c
		}
		return strings.Compare(a.UID, b.UID)
	})
	return next, !slices.EqualFunc(told, next, func(a, b Event) bool { return a.UID == b.UID && a.Seq == b.Seq && a.same(&b) })
}
