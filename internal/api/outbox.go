package api

import (
	"context"
	"slices"
	"sync"

	"shouwang/internal/access"
	"shouwang/internal/people"
)

// Outbox keeps the last texts that a demonstration would have sent, in memory alone.
type Outbox struct {
	mu   sync.Mutex
	list []people.Message
}

// outboxSize is how many texts are kept.
const outboxSize = 100

// Send implements people.Courier.
func (o *Outbox) Send(_ context.Context, m people.Message) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.list = append(o.list, m)
	if n := len(o.list) - outboxSize; n > 0 {
		o.list = slices.Delete(o.list, 0, n)
	}
	return nil
}

// Last returns the texts, newest first.
func (o *Outbox) Last() []people.Message {
	o.mu.Lock()
	defer o.mu.Unlock()
	out := slices.Clone(o.list)
	slices.Reverse(out)
	return out
}

// OutboxText is one text that was not sent, since this is a demonstration.
type OutboxText struct {
	At   string `json:"at"`
	To   string `json:"to"`
	Text Words  `json:"text"`
}

func (s *Server) outboxList(_ context.Context, c *call, _ *struct{}) (Items[OutboxText], error) {
	out := Items[OutboxText]{Items: []OutboxText{}}
	if len(s.scope(c, access.AccountRead)) == 0 {
		if c.viewer.Account() == "" {
			return out, access.ErrSignIn.With()
		}
		return out, access.ErrForbidden.With()
	}
	box, ok := s.Courier.(*Outbox)
	if !ok || !s.Demo {
		return out, nil
	}
	for _, m := range box.Last() {
		out.Items = append(out.Items, OutboxText{stamp(m.At), m.To, Words(m.Text)})
	}
	out.Total = len(out.Items)
	return out, nil
}
