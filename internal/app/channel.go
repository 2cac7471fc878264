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
	if a.push != nil {
		out = append(out, a.push)
	}
	if a.Kind == Demo || a.Config.drill != nil {
		return append(out, sink{"sms", a.Store, a.Config.Clock}, sink{"mail", a.Store, a.Config.Clock}, notice.Inbox{})
	}
	if a.Config.SMS.URL != "" {
		sms := a.Config.SMS
		out = append(out, &sms)
	}
	if a.Config.Mail != nil {
		mail := *a.Config.Mail
		mail.Clock = a.Config.Clock
		out = append(out, &mail)
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

// openPush makes the channel of browsers in a world that may tell somebody: the key
// comes from the world's own keys, so that several servers are one.
func (a *App) openPush() {
	if a.Kind == Demo || a.Config.drill != nil || a.Config.PushMail == "" {
		return
	}
	a.push = &notice.Push{Key: notice.PushKey(a.keys.sealer.Index("push", "key")), Mail: a.Config.PushMail, Gone: func(ctx context.Context, ids []string) {
		if err := a.Store.DropPushes(ctx, ids...); err != nil {
			a.Config.Log.Warn("devices that are gone could not be forgotten", "cause", err)
		}
	}}
}

// pushKey is what a browser needs to subscribe, empty where devices are not told.
func (a *App) pushKey() string {
	if a.push == nil {
		return ""
	}
	return a.push.Public()
}
