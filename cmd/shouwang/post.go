package main

import (
	"context"
	"net/url"

	"shouwang/internal/app"
)

type postCmd struct {
	Mine     postMineCmd     `cmd:"" help:"我在应急里的岗位，平时没有 · my posts of emergencies in force"`
	Arrive   postArriveCmd   `cmd:"" help:"到岗：本人，或替没有手机的人记 · say that you, or its holder, are at the post"`
	HandOver postHandOverCmd `cmd:"" help:"交岗 · say that the post is left to the next"`
}

type postMineCmd struct{ who }

// fieldPost is what the commands print of a post.
type fieldPost struct {
	ID        string
	Title     app.Words
	PlaceName string `json:"place_name"`
	ArrivedAt string `json:"arrived_at"`
	Deputy    bool
}

// Run lists the caller's posts.
func (c *postMineCmd) Run(ctx context.Context, s *shell) error {
	return c.call(ctx, s, app.Request{Method: "GET", Path: "/field/posts"}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var list struct{ Items []fieldPost }
		if err := r.Decode(&list); err != nil {
			return err
		}
		if len(list.Items) == 0 {
			s.note("现在没有要到的岗：只有应急生效期间才记到岗。", "No post to be at: arrivals are noted only while an emergency is in force.")
			return nil
		}
		var rows [][]string
		for _, p := range list.Items {
			rows = append(rows, []string{p.ID, p.Title.In(s.lang), p.PlaceName, civil(p.ArrivedAt)})
		}
		s.table([]string{s.say("编号", "id"), s.say("岗位", "post"), s.say("地点", "place"), s.say("到岗", "there since")}, rows)
		return nil
	})
}

type postArriveCmd struct {
	who
	ID string `arg:"" help:"岗位编号 · post"`
}

// Run notes an arrival.
func (c *postArriveCmd) Run(ctx context.Context, s *shell) error {
	return attend(ctx, s, c.who, c.ID, "arrive", "✓ 已记到岗：", "✓ Noted as there: ")
}

type postHandOverCmd struct {
	who
	ID string `arg:"" help:"岗位编号 · post"`
}

// Run notes that a post is handed over.
func (c *postHandOverCmd) Run(ctx context.Context, s *shell) error {
	return attend(ctx, s, c.who, c.ID, "hand-over", "✓ 已记交岗：", "✓ Noted as handed over: ")
}

func attend(ctx context.Context, s *shell, as who, id, what, zh, en string) error {
	return as.call(ctx, s, app.Request{Method: "POST", Path: "/posts/" + url.PathEscape(id) + "/" + what}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var p fieldPost
		if err := r.Decode(&p); err != nil {
			return err
		}
		s.note(zh+p.Title.ZH+"，"+p.PlaceName, en+p.Title.EN+", "+p.PlaceName)
		return nil
	})
}
