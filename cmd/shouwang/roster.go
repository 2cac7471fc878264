package main

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"shouwang/internal/app"
)

type rosterCmd struct {
	Plan    rosterPlanCmd    `cmd:"" help:"排一份草案，什么也不改；排不满的写明原因 · make a draft; nothing changes, gaps are explained"`
	Improve rosterImproveCmd `cmd:"" help:"从草案接着找更好的 · go on looking from a draft"`
	Show    rosterShowCmd    `cmd:"" help:"看一地的班：已发布的，或一份草案 · the shifts of a place: published, or of a draft"`
	Publish rosterPublishCmd `cmd:"" help:"发布草案，班次有变的人都收到通知 · make a draft hold; whoever it changes is told"`
	Undo    rosterUndoCmd    `cmd:"" help:"撤回已发布的，没开始的班回到原样 · take a published roster back"`
}

// rosterOf is what the commands print of a roster.
type rosterOf struct {
	ID            string
	From          string
	Days          int
	Shifts, Short int
	Moved, Steps  int
	Published     string
	TakenBack     string `json:"taken_back"`
	Reasons       []app.Words
	Parts         []struct {
		Name          string
		Shifts, Short int
	}
	Draft []turn
	Cut   bool
}

// turn is one shift.
type turn struct {
	Title       app.Words
	Place, Name string
	From, Until string
	State, Why  string
}

func (x *rosterOf) print(s *shell) {
	n := strconv.Itoa
	state := s.say("草案", "draft")
	if x.TakenBack != "" {
		state = s.say("已撤回", "taken back")
	} else if x.Published != "" {
		state = s.say("已发布", "published")
	}
	day, _, _ := strings.Cut(civil(x.From), " ")
	s.table([]string{s.say("编号", "id"), s.say("从", "from"), s.say(">天", ">days"), s.say(">班", ">shifts"), s.say(">缺", ">open"), s.say(">变动的人", ">people changed"), s.say("状态", "state")},
		[][]string{{x.ID, day, n(x.Days), n(x.Shifts), n(x.Short), n(x.Moved), state}})
	if len(x.Parts) > 1 {
		var rows [][]string
		for _, p := range x.Parts {
			rows = append(rows, []string{p.Name, n(p.Shifts), n(p.Short)})
		}
		s.table([]string{s.say("地点", "place"), s.say(">班", ">shifts"), s.say(">缺", ">open")}, rows)
	}
	for _, r := range x.Reasons {
		s.note("! "+r.ZH, "! "+r.EN)
	}
}

// rostered does one operation on a roster and shows what it is then.
func (w who) rostered(ctx context.Context, s *shell, path string, body any) error {
	return w.call(ctx, s, app.Request{Method: "POST", Path: path, Body: body}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var x rosterOf
		if err := r.Decode(&x); err != nil {
			return err
		}
		x.print(s)
		return nil
	})
}

func rosterAt(id, rest string) string { return "/rosters/" + url.PathEscape(id) + "/" + rest }

type rosterPlanCmd struct {
	who
	Place    string   `required:"" help:"地点编码 · place code" placeholder:"CODE"`
	From     string   `required:"" help:"第一天 · the first day" placeholder:"2026-12-01"`
	Days     int      `default:"7" help:"几天，1 到 28 · how many days, 1 to 28"`
	Incident string   `help:"事件；不给是平时的岗位 · incident; without it, everyday posts" placeholder:"ID"`
	Item     []string `help:"哪些岗位，可用逗号分隔；不给是正在用的 · which posts; those in force without it" placeholder:"POST"`
	Seed     int64    `help:"种子：同一种子排出同一份 · seed; the same one gives the same roster"`
	Steps    int      `help:"最多找几轮 · rounds of the search at most"`
}

// Run makes a draft.
func (c *rosterPlanCmd) Run(ctx context.Context, s *shell) error {
	id, err := c.idOf(ctx, s, c.Place)
	if err != nil {
		return err
	}
	body := map[string]any{"from": c.From, "days": c.Days, "incident": c.Incident, "items": c.Item, "seed": c.Seed, "steps": c.Steps}
	if c.Item == nil {
		delete(body, "items")
	}
	return c.rostered(ctx, s, placeAt(id, "/rosters"), body)
}

type rosterImproveCmd struct {
	who
	ID    string `arg:"" help:"草案编号 · draft"`
	Steps int    `help:"再找几轮 · rounds more"`
}

// Run goes on looking for a better roster.
func (c *rosterImproveCmd) Run(ctx context.Context, s *shell) error {
	return c.rostered(ctx, s, rosterAt(c.ID, "improve"), map[string]any{"steps": c.Steps})
}

type rosterPublishCmd struct {
	who
	ID string `arg:"" help:"草案编号 · draft"`
}

// Run publishes a draft.
func (c *rosterPublishCmd) Run(ctx context.Context, s *shell) error {
	return c.rostered(ctx, s, rosterAt(c.ID, "publish"), nil)
}

type rosterUndoCmd struct {
	who
	ID string `arg:"" help:"班表编号 · roster"`
}

// Run takes a roster back.
func (c *rosterUndoCmd) Run(ctx context.Context, s *shell) error {
	return c.rostered(ctx, s, rosterAt(c.ID, "back"), nil)
}

type rosterShowCmd struct {
	who
	Place string `arg:"" help:"地点编码 · place code"`
	From  string `help:"从哪一天，缺省今天 · from which day; today without it" placeholder:"2026-12-01"`
	Days  int    `default:"7" help:"几天，1 到 28 · how many days, 1 to 28"`
	Draft string `help:"看这份草案，不看已发布的 · this draft instead of what is published" placeholder:"ID"`
}

// Run lists the shifts of a place.
func (c *rosterShowCmd) Run(ctx context.Context, s *shell) error {
	id, err := c.idOf(ctx, s, c.Place)
	if err != nil {
		return err
	}
	q := url.Values{"days": {strconv.Itoa(c.Days)}}
	for k, v := range map[string]string{"from": c.From, "draft": c.Draft} {
		if v != "" {
			q.Set(k, v)
		}
	}
	return c.call(ctx, s, app.Request{Method: "GET", Path: placeAt(id, "/roster?"+q.Encode())}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var b struct {
			Shifts []turn
			Draft  *rosterOf
			Cut    bool
		}
		if err := r.Decode(&b); err != nil {
			return err
		}
		if c.Draft != "" {
			b.Shifts = nil
			if b.Draft != nil {
				b.Shifts, b.Cut = b.Draft.Draft, b.Draft.Cut
			}
		}
		s.turns(b.Shifts)
		if b.Cut {
			s.note("太多，没有列全；请看它下面的一个地点。", "Too many to list; ask about a place below.")
		}
		return nil
	})
}

// turns prints shifts, one to a line.
func (s *shell) turns(xs []turn) {
	is := map[string]string{"planned": s.say("有人", "filled"), "open": s.say("缺", "open"), "done": s.say("已值完", "stood"), "missed": s.say("没到岗", "missed")}
	var rows [][]string
	for _, x := range xs {
		_, until, _ := strings.Cut(civil(x.Until), " ")
		rows = append(rows, []string{civil(x.From) + "–" + until, x.Title.In(s.lang), x.Place, x.Name, is[x.State], x.Why})
	}
	s.table([]string{s.say("时间", "time"), s.say("岗位", "post"), s.say("地点", "place"), s.say("谁", "who"), s.say("状态", "state"), s.say("原因", "why")}, rows)
}
