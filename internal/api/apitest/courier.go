package apitest

import (
	"context"
	"slices"
	"sync"

	"shouwang/internal/people"
)

// Courier keeps the texts that would have been sent.
type Courier struct {
	mu   sync.Mutex
	list []people.Message
}

// Send implements people.Courier.
func (o *Courier) Send(_ context.Context, m people.Message) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.list = append(o.list, m)
	return nil
}

// Last returns the texts, newest first.
func (o *Courier) Last() []people.Message {
	o.mu.Lock()
	defer o.mu.Unlock()
	out := slices.Clone(o.list)
	slices.Reverse(out)
	return out
}
