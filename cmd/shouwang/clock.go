package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"shouwang/internal/app"
)

type clockCmd struct {
	List     clockListCmd     `cmd:"" help:"解封时钟：哪些可提议解除，最早何时 · release clocks of an incident"`
	Facts    clockFactsCmd    `cmd:"" help:"已登记的事实和可登记的名称 · facts recorded"`
	Record   clockRecordCmd   `cmd:"" help:"登记一条事实 · record a fact"`
	Withdraw clockWithdrawCmd `cmd:"" help:"撤回登记错的事实 · withdraw a fact"`
	Replay   clockReplayCmd   `cmd:"" help:"把一个留存的案例重放一遍：谁会在何时解除 · replay a kept case"`
}

type clockListCmd struct {
	who
	ID string `arg:"" help:"事件编号 · incident"`
}

// Run lists the clocks of an incident.
func (c *clockListCmd) Run(ctx context.Context, s *shell) error {
	return c.call(ctx, s, app.Request{Method: "GET", Path: at(c.ID, "/clocks")}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var list struct {
			Items []struct {
				Title     app.Words
				PlaceName string `json:"place_name"`
				Doors     int
				Until     string
				May       bool
				Earliest  string
				Reasons   []struct{ Text app.Words }
			}
		}
		if err := r.Decode(&list); err != nil {
			return err
		}
		var rows [][]string
		for _, x := range list.Items {
			last := ""
			if n := len(x.Reasons); n > 0 {
				last = x.Reasons[n-1].Text.In(s.lang)
			}
			rows = append(rows, []string{x.Title.In(s.lang), x.PlaceName, strconv.Itoa(x.Doors), civil(x.Until), last})
		}
		s.table([]string{s.say("分区", "zone"), s.say("地点", "place"), s.say(">户", ">doors"), s.say("最迟", "until"), s.say("提前解除", "release")}, rows)
		return nil
	})
}

type clockFactsCmd struct {
	who
	ID string `arg:"" help:"事件编号 · incident"`
}

// Run lists the facts of an incident.
func (c *clockFactsCmd) Run(ctx context.Context, s *shell) error {
	return c.call(ctx, s, app.Request{Method: "GET", Path: at(c.ID, "/facts")}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var sheet struct {
			Items []struct {
				ID        string
				Title     app.Words
				PlaceName string `json:"place_name"`
				At        string
				Source    string
				Author    string
				Withdrawn string
			}
			Known []struct {
				ID    string
				Title app.Words
			}
		}
		if err := r.Decode(&sheet); err != nil {
			return err
		}
		var rows [][]string
		for _, f := range sheet.Items {
			if f.Withdrawn != "" {
				continue
			}
			rows = append(rows, []string{f.ID, f.Title.In(s.lang), f.PlaceName, civil(f.At), f.Source, f.Author})
		}
		s.table([]string{s.say("编号", "id"), s.say("事实", "fact"), s.say("地点", "place"), s.say("时间", "at"), s.say("来源", "source"), s.say("登记人", "by")}, rows)
		var known []string
		for _, k := range sheet.Known {
			known = append(known, k.ID+"（"+k.Title.In(s.lang)+"）")
		}
		s.note("可登记："+strings.Join(known, "、"), "May be recorded: "+strings.Join(known, ", "))
		return nil
	})
}

type clockRecordCmd struct {
	who
	ID     string `arg:"" help:"事件编号 · incident"`
	Name   string `required:"" help:"事实的名称，见 clock facts · name of the fact"`
	Place  string `required:"" help:"地点编码 · place code" placeholder:"CODE"`
	Source string `required:"" help:"来源，不写人名和病情 · who or what says so, never a person"`
	At     string `help:"发生的时刻，缺省现在 · when it happened" placeholder:"2026-12-01T08:00:00+08:00"`
	Not    bool   `help:"（状态）不再如此 · of a state: it holds no longer"`
	Zone   string `help:"只对这种分区 · only for measures of this zone"`
}

// Run records a fact.
func (c *clockRecordCmd) Run(ctx context.Context, s *shell) error {
	body := map[string]any{"name": c.Name, "place_code": c.Place, "source": c.Source, "holds": !c.Not, "zone": c.Zone, "at": c.At}
	return c.call(ctx, s, app.Request{Method: "POST", Path: at(c.ID, "/facts"), Body: body}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		s.note("✓ 已登记，时钟已重算。", "✓ Recorded; the clocks are reckoned anew.")
		return nil
	})
}

type clockWithdrawCmd struct {
	who
	ID   string `arg:"" help:"事件编号 · incident"`
	Fact string `arg:"" help:"事实编号 · fact"`
}

// Run withdraws a fact.
func (c *clockWithdrawCmd) Run(ctx context.Context, s *shell) error {
	return c.call(ctx, s, app.Request{Method: "POST", Path: at(c.ID, "/facts/"+c.Fact+"/withdraw")}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		s.note("✓ 已撤回，留有记录。", "✓ Withdrawn; it stays on record.")
		return nil
	})
}

type clockReplayCmd struct {
	who
	File string            `arg:"" help:"留存案例（YAML） · a kept case" placeholder:"FILE" type:"path"`
	Rule map[string]string `help:"改动的规则，可多次 · a changed rule, repeatable" placeholder:"ZONE/MEASURE=EXPR" mapsep:"none"`
}

// Run replays a kept case under the present rules and, when given, changed ones.
func (c *clockReplayCmd) Run(ctx context.Context, s *shell) error {
	text, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	body := map[string]any{"history": string(text), "rules": c.Rule}
	return c.call(ctx, s, app.Request{Method: "POST", Path: "/clocks/replay", Body: body}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var d struct {
			Title    string
			WhatIf   bool `json:"what_if"`
			Releases []struct {
				Title                          app.Words
				Place                          string
				Doors                          int
				Until, Ended, Present, Changed string
			}
			Days []struct {
				Date                     string
				Present, Changed         int
				HeldPresent, HeldChanged int
			}
		}
		if err := r.Decode(&d); err != nil {
			return err
		}
		never := func(t string) string {
			if t == "" {
				return s.say("到期才解除", "only at its end")
			}
			return civil(t)
		}
		fmt.Fprintln(s.out, d.Title)
		var rows [][]string
		for _, x := range d.Releases {
			row := []string{x.Title.In(s.lang), x.Place, strconv.Itoa(x.Doors), civil(x.Ended), never(x.Present)}
			if d.WhatIf {
				row = append(row, never(x.Changed))
			}
			rows = append(rows, row)
		}
		head := []string{s.say("分区", "zone"), s.say("地点", "place"), s.say(">户", ">doors"), s.say("当时结束", "really ended"), s.say("按现行规则", "by present rules")}
		days := []string{s.say("日期", "day"), s.say(">当日解除（现行）", ">released (present)")}
		if d.WhatIf {
			head, days = append(head, s.say("按改动规则", "by changed rules")), append(days, s.say(">当日解除（改动）", ">released (changed)"))
		}
		s.table(head, rows)
		rows = nil
		for _, x := range d.Days {
			if x.Present+x.Changed == 0 {
				continue
			}
			row := []string{x.Date, strconv.Itoa(x.Present)}
			if d.WhatIf {
				row = append(row, strconv.Itoa(x.Changed))
			}
			rows = append(rows, row)
		}
		s.table(days, rows)
		return nil
	})
}
