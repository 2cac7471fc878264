package main

import (
	"context"
	"net/url"
	"strconv"

	"shouwang/internal/app"
)

type trainingNeedsCmd struct {
	who
	Under         string `help:"只看这个地点以下 · at or below this place" placeholder:"CODE"`
	Qualification string `help:"列出这一项的人和编号 · list the people of this one with their ids" placeholder:"ID"`
}

// trainee is somebody whom the training desk lists.
type trainee struct {
	HelperID string `json:"helper_id"`
	Name     string
	Place    string `json:"place_name"`
	Until    string
}

// Run lists what is to be learned, and by whom.
func (c *trainingNeedsCmd) Run(ctx context.Context, s *shell) error {
	path := "/training/needs"
	if c.Under != "" {
		id, err := c.idOf(ctx, s, c.Under)
		if err != nil {
			return err
		}
		path += "?under=" + url.QueryEscape(id)
	}
	return c.call(ctx, s, app.Request{Method: "GET", Path: path}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var list struct {
			Items []struct {
				Qualification         string
				Title                 app.Words
				Empty, Holders, Total int
				Trainers, Lacking     []trainee
			}
		}
		if err := r.Decode(&list); err != nil {
			return err
		}
		n := strconv.Itoa
		var rows, people [][]string
		for _, x := range list.Items {
			if c.Qualification != "" && x.Qualification != c.Qualification {
				continue
			}
			rows = append(rows, []string{x.Qualification, x.Title.In(s.lang), n(x.Empty), n(x.Holders), n(x.Total)})
			for _, p := range x.Trainers {
				people = append(people, []string{p.HelperID, p.Name, p.Place, s.say("有资格，可带教", "holds it, may teach"), civil(p.Until)})
			}
			for _, p := range x.Lacking {
				people = append(people, []string{p.HelperID, p.Name, p.Place, s.say("只差培训", "lacks nothing but training"), ""})
			}
		}
		s.table([]string{s.say("资格", "qualification"), "", s.say(">空岗", ">posts empty"), s.say(">有资格", ">hold it"), s.say(">只差培训", ">lack training")}, rows)
		if c.Qualification != "" {
			s.table([]string{s.say("编号", "id"), s.say("姓名", "name"), s.say("地点", "place"), "", s.say("到", "until")}, people)
		}
		return nil
	})
}
