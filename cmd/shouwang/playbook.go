package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"shouwang/internal/app"
)

type playbookCmd struct {
	Check    playbookCheckCmd    `cmd:"" help:"检查预案文件，错误带行和列 · check a playbook"`
	List     playbookListCmd     `cmd:"" help:"列出预案和使用中的版本 · playbooks and versions in use"`
	Show     playbookShowCmd     `cmd:"" help:"看一份预案在某地怎样生效 · a playbook as it reads at a place"`
	Diff     playbookDiffCmd     `cmd:"" help:"两个版本差在哪里 · what differs between versions"`
	Override playbookOverrideCmd `cmd:"" help:"一地的改动：检查、试算、发布、同意 · what a place changes"`
	Upgrade  playbookUpgradeCmd  `cmd:"" help:"换新版：三方比对、采用、为事件拟换版方案 · take a new version"`
}

func bookPath(id, rest string) string { return "/playbooks/" + url.PathEscape(id) + rest }

type playbookListCmd struct{ who }

// Run lists the playbooks that can be activated.
func (c *playbookListCmd) Run(ctx context.Context, s *shell) error {
	return c.call(ctx, s, app.Request{Method: "GET", Path: "/playbooks"}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var list []struct {
			ID      string
			Title   app.Words
			Version int
			Hash    string
		}
		if err := r.Decode(&list); err != nil {
			return err
		}
		var rows [][]string
		for _, p := range list {
			rows = append(rows, []string{p.ID, p.Title.In(s.lang), strconv.Itoa(p.Version), p.Hash[:min(12, len(p.Hash))]})
		}
		s.table([]string{s.say("编号", "id"), s.say("名称", "title"), s.say(">版", ">version"), s.say("哈希", "hash")}, rows)
		return nil
	})
}

type playbookShowCmd struct {
	who
	ID    string `arg:"" help:"预案 · playbook" placeholder:"ID"`
	Place string `help:"地点编码 · place code" placeholder:"CODE"`
	Hash  string `help:"旧版的哈希 · a kept version" placeholder:"HASH"`
	Page  bool   `help:"只印该地的改动页 · the place's page alone"`
}

// change is a difference as the commands print it.
type change struct {
	ID, Place, Kind, Key, Old, New, Grade, State, Reason, Author, At, Above string
	Title                                                                   app.Words
	Line, Column                                                            int
	Same                                                                    bool
}

func (s *shell) changes(list []change) {
	var rows [][]string
	for _, c := range list {
		state := map[string]string{"holds": s.say("生效", "holds"), "waits": s.say("等同意", "waits"), "draft": s.say("草稿", "draft"), "ended": s.say("已结束", "ended")}[c.State]
		grade := map[string]string{"free": s.say("改", "free"), "may-ease": s.say("放宽", "eased"), "tightened": s.say("收紧", "tightened")}[c.Grade]
		rows = append(rows, []string{c.ID, c.Place, c.Title.In(s.lang), c.Old + " → " + c.New, grade, state, c.Author, civil(c.At), c.Reason})
	}
	s.table([]string{s.say("编号", "id"), s.say("地点", "place"), s.say("条目", "item"), s.say("旧 → 新", "old → new"), s.say("等级", "grade"), s.say("状态", "state"), s.say("谁", "who"), s.say("何时", "when"), s.say("为什么", "why")}, rows)
}

// Run shows a playbook as it reads at a place.
func (c *playbookShowCmd) Run(ctx context.Context, s *shell) error {
	q := url.Values{"place_code": {c.Place}, "hash": {c.Hash}}
	return c.call(ctx, s, app.Request{Method: "GET", Path: bookPath(c.ID, "?"+q.Encode())}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var d struct {
			Title   app.Words
			Version int
			Hash    string
			Page    string
			Place   string
			Items   []struct {
				Section, Key string
				Title, Text  app.Words
				Off          bool
			}
			Changes []change
		}
		if err := r.Decode(&d); err != nil {
			return err
		}
		if c.Page {
			fmt.Fprint(s.out, d.Page)
			return nil
		}
		fmt.Fprintf(s.out, "%s  v%d  %s  %s\n\n", d.Title.In(s.lang), d.Version, d.Hash, d.Place)
		for _, i := range d.Items {
			off := ""
			if i.Off {
				off = s.say("（停用）", " (off)")
			}
			fmt.Fprintf(s.out, "%s  %s%s\n    %s\n", i.Key, i.Title.In(s.lang), off, i.Text.In(s.lang))
		}
		if len(d.Changes) > 0 {
			fmt.Fprintln(s.out)
			s.changes(d.Changes)
		}
		return nil
	})
}

type line struct {
	Key, Old, New, State, Only string
	Title                      app.Words
	Override                   *change
}

type playbookDiffCmd struct {
	who
	ID   string `arg:"" help:"预案 · playbook" placeholder:"ID"`
	From string `help:"旧版哈希，缺省使用中的 · from" placeholder:"HASH"`
	To   string `help:"新版哈希，缺省程序自带的 · to" placeholder:"HASH"`
}

// Run prints what differs between two versions.
func (c *playbookDiffCmd) Run(ctx context.Context, s *shell) error {
	q := url.Values{"from": {c.From}, "to": {c.To}}
	return c.call(ctx, s, app.Request{Method: "GET", Path: bookPath(c.ID, "/diff?"+q.Encode())}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var d struct{ Items []line }
		if err := r.Decode(&d); err != nil {
			return err
		}
		if len(d.Items) == 0 {
			fmt.Fprintln(s.out, s.say("没有差别", "no difference"))
			return nil
		}
		var rows [][]string
		for _, l := range d.Items {
			rows = append(rows, []string{l.Key, l.Title.In(s.lang), l.Old, l.New})
		}
		s.table([]string{s.say("键", "key"), s.say("条目", "item"), s.say("旧", "old"), s.say("新", "new")}, rows)
		return nil
	})
}

type playbookOverrideCmd struct {
	who
	ID      string `arg:"" optional:"" help:"预案 · playbook" placeholder:"ID"`
	Place   string `help:"地点编码 · place code" placeholder:"CODE"`
	File    string `help:"改动页 · the page" placeholder:"FILE"`
	Check   bool   `help:"只检查 · check only"`
	Try     bool   `help:"只试算 · what it would cause"`
	Approve string `help:"同意一处改动 · consent to a change" placeholder:"CHANGE"`
	Refuse  string `help:"不同意一处改动 · refuse a change" placeholder:"CHANGE"`
}

// Run checks, tries or publishes what a place changes, or decides on one change.
func (c *playbookOverrideCmd) Run(ctx context.Context, s *shell) error {
	if id := c.Approve + c.Refuse; id != "" {
		return c.call(ctx, s, app.Request{Method: "POST", Path: "/overrides/" + url.PathEscape(id) + "/decide", Body: map[string]any{"approve": c.Approve != ""}}, s.one)
	}
	text, err := os.ReadFile(c.File)
	if err != nil {
		return app.ErrInputFile.With(c.File).Because(err)
	}
	rest := map[bool]string{true: "/check"}[c.Check]
	if c.Try {
		rest = "/try"
	}
	q := app.Request{Method: "POST", Path: bookPath(c.ID, "/overrides"+rest), Body: map[string]any{"place_code": c.Place, "text": string(text)}}
	return c.call(ctx, s, q, func(r *app.Reply) error {
		var d struct {
			Errors []struct {
				Line, Column  int
				Code, Message string
			}
			Changes []change
			Rows    []struct {
				Place   string
				Changed bool
				Zones   []struct {
					Title          app.Words
					Posts, Targets [2]int
					Dues, Longest  [2]string
				}
			}
		}
		if err := r.Decode(&d); err != nil {
			return err
		}
		if s.world.JSON {
			s.raw(r.Body)
		} else {
			for _, e := range d.Errors {
				fmt.Fprintf(s.out, "%s:%d:%d: %s  %s\n", c.File, e.Line, e.Column, e.Message, e.Code)
			}
			if len(d.Changes) > 0 {
				s.changes(d.Changes)
			}
			var rows [][]string
			for _, p := range d.Rows {
				for _, z := range p.Zones {
					if p.Changed {
						n := func(a [2]int) string { return fmt.Sprintf("%d → %d", a[0], a[1]) }
						rows = append(rows, []string{p.Place, z.Title.In(s.lang), n(z.Posts), n(z.Targets), z.Dues[0] + " → " + z.Dues[1], z.Longest[0] + " → " + z.Longest[1]})
					}
				}
			}
			if c.Try && len(d.Errors) == 0 {
				s.table([]string{s.say("社区", "community"), s.say("分区", "zone"), s.say("岗位", "posts"), s.say("对象", "targets"), s.say("限时", "time"), s.say("最长", "longest")}, rows)
			}
		}
		if len(d.Errors) > 0 {
			return exit(app.ExitFailed)
		}
		return nil
	})
}

// one prints a single change.
func (s *shell) one(r *app.Reply) error {
	if s.world.JSON {
		s.raw(r.Body)
		return nil
	}
	var d change
	if err := r.Decode(&d); err != nil {
		return err
	}
	s.changes([]change{d})
	return nil
}

type playbookUpgradeCmd struct {
	who
	ID       string   `arg:"" help:"预案 · playbook" placeholder:"ID"`
	File     string   `help:"新版文件，缺省程序自带的 · the new version" placeholder:"FILE"`
	Apply    bool     `help:"采用，今后的事件用它 · use it from now on"`
	Decide   []string `help:"改动编号=ours 或 theirs，可多个 · decide a conflict" placeholder:"CHANGE=theirs"`
	Incident string   `help:"为这个事件拟换版方案 · plan this incident onto it" placeholder:"INCIDENT"`
}

// Run compares a new version in three ways, uses it, or plans an incident onto it.
func (c *playbookUpgradeCmd) Run(ctx context.Context, s *shell) error {
	if c.Incident != "" {
		return c.call(ctx, s, app.Request{Method: "POST", Path: at(c.Incident, "/upgrade")}, func(r *app.Reply) error {
			if s.world.JSON {
				s.raw(r.Body)
				return nil
			}
			var p struct {
				Plan    string
				Upgrade struct {
					Posts int
					Lines []line
				}
			}
			if err := r.Decode(&p); err != nil {
				return err
			}
			fmt.Fprintln(s.out, p.Plan)
			for _, l := range p.Upgrade.Lines {
				fmt.Fprintf(s.out, "%s: %s → %s\n", l.Title.In(s.lang), l.Old, l.New)
			}
			s.note(fmt.Sprintf("%d 个有人的岗会收到告知。下一步：由第二人应用这份方案。", p.Upgrade.Posts), fmt.Sprintf("%d held posts will be told. Next: a second person applies the plan.", p.Upgrade.Posts))
			return nil
		})
	}
	body := map[string]any{}
	if c.File != "" {
		text, err := os.ReadFile(c.File)
		if err != nil {
			return app.ErrInputFile.With(c.File).Because(err)
		}
		body["text"] = string(text)
	}
	decisions := map[string]string{}
	for _, d := range c.Decide {
		id, what, _ := strings.Cut(d, "=")
		decisions[id] = what
	}
	body["decisions"] = decisions
	path := "/upgrade/plan"
	if c.Apply {
		path = "/upgrade"
	}
	return c.call(ctx, s, app.Request{Method: "POST", Path: bookPath(c.ID, path), Body: body}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var u struct {
			From, To    string
			FromVersion int `json:"from_version"`
			ToVersion   int `json:"to_version"`
			Unchanged   int
			Ways        []line
			Incidents   []string
			Newer, Done bool
			Errors      []struct {
				Line, Column  int
				Code, Message string
			}
		}
		if err := r.Decode(&u); err != nil {
			return err
		}
		for _, e := range u.Errors {
			fmt.Fprintf(s.out, "%s:%d:%d: %s  %s\n", c.File, e.Line, e.Column, e.Message, e.Code)
		}
		if len(u.Errors) > 0 {
			return exit(app.ExitFailed)
		}
		var rows [][]string
		for _, w := range u.Ways {
			state := map[string]string{"taken": s.say("取新版", "taken"), "kept": s.say("留本地", "kept ours"), "alike": s.say("一致", "alike"), "conflict": s.say("要人定", "to decide")}[w.State]
			ours, id := "", ""
			if w.Override != nil {
				ours, id = w.Override.Place+" "+w.Override.New, w.Override.ID
			}
			rows = append(rows, []string{w.Title.In(s.lang), w.Old, ours, w.New, state, id})
		}
		s.table([]string{s.say("条目", "item"), s.say("旧版", "old"), s.say("本地", "ours"), s.say("新版", "new"), s.say("状态", "state"), s.say("改动编号", "change")}, rows)
		s.note(fmt.Sprintf("第 %d 版 → 第 %d 版，%d 项不变。", u.FromVersion, u.ToVersion, u.Unchanged), fmt.Sprintf("Version %d → %d, %d unchanged.", u.FromVersion, u.ToVersion, u.Unchanged))
		if len(u.Incidents) > 0 {
			s.note("仍按旧版执行的事件："+strings.Join(u.Incidents, " "), "Incidents that stay on the old version: "+strings.Join(u.Incidents, " "))
		}
		return nil
	})
}
