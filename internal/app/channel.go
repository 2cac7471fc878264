package app

import (
	"context"
	"time"

	"shouwang/internal/notice"
	"shouwang/internal/store"
)

// sink is the channel of a demonstration or a drill: what would have been sent lies in
// the outbox and reaches nobody.
type sink struct {
	name  string
	store *store.Store
	clock func() time.Time
}

// Name implements notice.Channel.
func (s sink) Name() string { return s.name }

// Send implements notice.Channel.
func (s sink) Send(ctx context.Context, batch []notice.Message) []error {
	out := make([]error, len(batch))
	if err := s.store.PutOutbox(ctx, s.name, s.clock(), batch); err != nil {
		for i := range out {
			out[i] = err
		}
	}
	return out
}

// channels are the ways by which helpers are told in this world, in the order in which
// they are tried. No channel of a demonstration or a drill leads outside.
func (a *App) channels() []notice.Channel {
	var out []notice.Channel
	switch {
	case a.Kind == Demo || a.Config.drill != nil:
		out = append(out, sink{"sms", a.Store, a.Config.Clock})
	case a.Config.SMS.URL != "":
		sms := a.Config.SMS
		out = append(out, &sms)
	}
	return append(out, notice.Inbox{})
}

// names are the names of channels.
func names(cs []notice.Channel) []string {
	out := make([]string, len(cs))
	for i, c := range cs {
		out[i] = c.Name()
	}
	return out
}
