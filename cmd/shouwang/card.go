package main

import (
	"context"
	"net/url"

	"shouwang/internal/app"
)

type cardCmd struct {
	Make   cardMakeCmd   `cmd:"" help:"办一张，原来那张作废；卡号只显示给您 · make one; the one before ends"`
	List   cardListCmd   `cmd:"" help:"办过的卡和下落，不含卡号 · the cards made and what became of them"`
	Revoke cardRevokeCmd `cmd:"" help:"作废 · take it back"`
}

type ofDoor struct {
	who
	Door string `required:"" help:"门牌编码 · code of the door" placeholder:"CODE"`
}

// at asks about a door's card.
func (c *ofDoor) at(ctx context.Context, s *shell, method, more string, done func(*app.Reply) error) error {
	id, err := c.idOf(ctx, s, c.Door)
	if err != nil {
		return err
	}
	return c.call(ctx, s, app.Request{Method: method, Path: "/places/" + url.PathEscape(id) + "/card" + more}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		return done(r)
	})
}

type cardMakeCmd struct{ ofDoor }

// Run makes a card for a door and says its digits.
func (c *cardMakeCmd) Run(ctx context.Context, s *shell) error {
	return c.at(ctx, s, "POST", "", func(r *app.Reply) error {
		var x struct{ Door, Place, Code, Until string }
		if err := r.Decode(&x); err != nil {
			return err
		}
		s.table([]string{s.say("门牌编码", "door"), s.say("卡号", "card"), s.say("到几时", "until")}, [][]string{{x.Door, x.Code, x.Until}})
		s.note("可打印：登录后从这一户的“住户卡”点“打印”。", "To print it, sign in and open the door's household card.")
		return nil
	})
}

type cardListCmd struct{ ofDoor }

// Run lists the cards of a door.
func (c *cardListCmd) Run(ctx context.Context, s *shell) error {
	return c.at(ctx, s, "GET", "", func(r *app.Reply) error { return cardTable(s, r) })
}

type cardRevokeCmd struct{ ofDoor }

// Run takes a door's card back.
func (c *cardRevokeCmd) Run(ctx context.Context, s *shell) error {
	return c.at(ctx, s, "POST", "/revoke", func(r *app.Reply) error { return cardTable(s, r) })
}

func cardTable(s *shell, r *app.Reply) error {
	var list struct {
		Items []struct{ Made, Until, State, At string }
	}
	if err := r.Decode(&list); err != nil {
		return err
	}
	is := map[string]string{"good": s.say("能用", "good"), "used": s.say("用过", "used"), "revoked": s.say("作废", "taken back"), "ended": s.say("过期", "out of date")}
	var rows [][]string
	for _, x := range list.Items {
		rows = append(rows, []string{x.Made, x.Until, is[x.State], x.At})
	}
	s.table([]string{s.say("办于", "made"), s.say("到几时", "until"), s.say("现在", "state"), s.say("何时", "at")}, rows)
	return nil
}
