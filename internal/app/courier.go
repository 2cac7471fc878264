package app

import (
	"context"

	"shouwang/internal/notice"
	"shouwang/internal/people"
)

// courier carries one-time codes by the channel that reaches phones.
type courier struct{ channel notice.Channel }

// Send implements people.Courier. A code is of no use in another language than the
// reader's, so both stand in one text.
func (c courier) Send(ctx context.Context, m people.Message) error {
	return c.channel.Send(ctx, []notice.Message{{ID: m.ID, To: m.To, Title: m.Text.ZH, Body: m.Text.ZH + "\n" + m.Text.EN, Until: m.Until}})[0]
}

// courierOf is the courier over the channel named sms; nil where there is none.
func courierOf(cs []notice.Channel) people.Courier {
	for _, c := range cs {
		if c.Name() == "sms" {
			return courier{c}
		}
	}
	return nil
}
