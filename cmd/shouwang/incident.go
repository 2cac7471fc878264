package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"shouwang/internal/app"
)

type incidentCmd struct {
	Declare    declareCmd    `cmd:"" help:"宣布事件（草稿，不管住任何人） · declare a draft"`
	Zone       zoneCmd       `cmd:"" help:"划区：必须有依据和截止 · draw a zone"`
	Plan       planCmd       `cmd:"" help:"算方案 · reckon the plan"`
	Apply      applyCmd      `cmd:"" help:"由第二人应用方案 · apply, by a second person"`
	Confirm    confirmCmd    `cmd:"" help:"确认单人启动，使它不再自动失效 · make a start by one person hold"`
	Demobilize demobilizeCmd `cmd:"" help:"解除：交接、关岗、开始计算删除期限 · hand everything back"`
	Show       showCmd       `cmd:"" help:"看一个事件 · one incident"`
	List       listCmd       `cmd:"" help:"列出事件 · incidents"`
}

// who names the person who acts.
type who struct {
	As string `help:"谁在操作：--data 时是名字（缺省 operator），--server 时是另一个令牌 · who acts" placeholder:"NAME"`
}

// call does one operation of the API and shows its answer, as JSON or by print.
func (w who) call(ctx context.Context, s *shell, q app.Request, print func(r *app.Reply) error) error {
	return s.with(ctx, w.As, func(api *app.Client) error {
		r, err := api.Do(ctx, q)
		if err != nil {
			return err
		}
		return print(r)
	})
}

func at(id, rest string) string { return "/incidents/" + url.PathEscape(id) + rest }

// shown is what the commands print of an incident.
type shown struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	State     string `json:"state"`
	Playbook  string `json:"playbook"`
	PlaceName string `json:"place_name"`
	StartedAt string `json:"started_at"`
	EndedAt   string `json:"ended_at"`
	Zones     []zone `json:"zones"`
	Totals    struct{ Doors, People, Buildings, Microgrids int }
	Diff      *struct {
		Stated, Ours, Gap int
		Source            string
	} `json:"difference"`
}

type zone struct {
	Zone       string
	Title      app.Words
	Places     int
	Buildings  int
	Microgrids int
	Doors      int
	People     int
	Until      string
}

func (s *shell) zones(zs []zone) {
	n := strconv.Itoa
	var rows [][]string
	for _, z := range zs {
		rows = append(rows, []string{z.Title.In(s.lang), n(z.Places), n(z.Buildings), n(z.Microgrids), n(z.Doors), n(z.People), civil(z.Until)})
	}
	s.table([]string{s.say("分区", "zone"), s.say(">地点", ">places"), s.say(">楼", ">buildings"), s.say(">微网格", ">micro-grids"), s.say(">户", ">doors"), s.say(">人", ">people"), s.say("截止", "until")}, rows)
}

type declareCmd struct {
	who
	Playbook string `required:"" help:"预案 · playbook" placeholder:"ID"`
	Place    string `required:"" help:"地点编码 · place code" placeholder:"CODE"`
	Title    string `required:"" help:"名称 · title"`
	Stated   int    `help:"外面报的人数 · people as stated elsewhere"`
	Source   string `help:"这个人数的出处 · where that figure comes from"`
}

// Run declares an incident as a draft.
func (c *declareCmd) Run(ctx context.Context, s *shell) error {
	body := map[string]any{"title": c.Title, "playbook": c.Playbook, "place_code": c.Place}
	if c.Stated > 0 {
		body["stated"] = map[string]any{"people": c.Stated, "source": c.Source}
	}
	return c.call(ctx, s, app.Request{Method: "POST", Path: "/incidents", Body: body}, func(r *app.Reply) error {
		var i shown
		if err := r.Decode(&i); err != nil {
			return err
		}
		if s.world.JSON {
			s.line(s.out, map[string]string{"incident": i.ID})
			return nil
		}
		fmt.Fprintln(s.out, i.ID)
		s.note("已宣布“"+i.Title+"”，还是草稿，不管住任何人。下一步：划区，再算方案。", "Declared as a draft; it holds nobody yet. Next: draw zones, then plan.")
		return nil
	})
}

type zoneCmd struct {
	who
	ID    string   `arg:"" help:"事件编号 · incident"`
	Zone  string   `required:"" help:"区：lockdown control precaution … · zone"`
	Place []string `required:"" help:"地点编码，可用逗号分隔多个 · place codes" placeholder:"CODE"`
	Basis string   `required:"" help:"法律依据 · legal basis"`
	Until string   `required:"" help:"截止日（当天有效）或时刻 · last day, or an instant" placeholder:"2026-12-05"`
}

// Run draws a zone.
func (c *zoneCmd) Run(ctx context.Context, s *shell) error {
	body := map[string]any{"zone": c.Zone, "place_codes": c.Place, "basis": c.Basis, "until": c.Until}
	return c.call(ctx, s, app.Request{Method: "POST", Path: at(c.ID, "/zones"), Body: body}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var z struct{ Zones []zone }
		if err := r.Decode(&z); err != nil {
			return err
		}
		s.zones(z.Zones)
		return nil
	})
}

type planCmd struct {
	who
	ID string `arg:"" help:"事件编号 · incident"`
}

// Run reckons the plan.
func (c *planCmd) Run(ctx context.Context, s *shell) error {
	return c.call(ctx, s, app.Request{Method: "POST", Path: at(c.ID, "/plan"), Body: map[string]any{}}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var p struct {
			Plan                           string
			Posts                          struct{ Needed, Filled, Empty int }
			Microgrids, Households, People int
			Rounds                         []struct {
				Title   app.Words
				Targets int
			}
			Gaps []struct {
				Place, Reason string
				Title         app.Words
				Candidates    []struct{ Helper string }
			}
			Checks []struct{ Level, Text string }
		}
		if err := r.Decode(&p); err != nil {
			return err
		}
		n := strconv.Itoa
		s.table([]string{s.say("方案", "plan"), s.say(">岗位", ">posts"), s.say(">有人", ">filled"), s.say(">空缺", ">empty"), s.say(">微网格", ">micro-grids"), s.say(">户", ">households"), s.say(">人", ">people")},
			[][]string{{p.Plan, n(p.Posts.Needed), n(p.Posts.Filled), n(p.Posts.Empty), n(p.Microgrids), n(p.Households), n(p.People)}})
		for _, x := range p.Rounds {
			fmt.Fprintf(s.out, "%s %s %d\n", s.say("轮次", "round"), x.Title.In(s.lang), x.Targets)
		}
		var rows [][]string
		for i, g := range p.Gaps {
			if i == 30 {
				break
			}
			best := ""
			if len(g.Candidates) > 0 {
				best = g.Candidates[0].Helper
			}
			rows = append(rows, []string{g.Place, g.Title.In(s.lang), best, g.Reason})
		}
		if len(rows) > 0 {
			s.table([]string{s.say("空岗", "empty post"), s.say("岗位", "title"), s.say("最合适的人", "best candidate"), s.say("为什么空", "why")}, rows)
		}
		for _, x := range p.Checks {
			fmt.Fprintf(s.out, "%s %s\n", map[string]string{"ok": "✓", "warn": "!", "stop": "✗"}[x.Level], x.Text)
		}
		s.note("请第二人应用：shouwang incident apply "+c.ID+" --plan "+p.Plan+" --as 另一人", "A second person applies: shouwang incident apply "+c.ID+" --plan "+p.Plan+" --as ANOTHER")
		return nil
	})
}

type applyCmd struct {
	who
	ID   string `arg:"" help:"事件编号 · incident"`
	Plan string `required:"" help:"方案编号 · plan"`
	// Alone is the start by the plan's author where nobody answered.
	Alone bool `help:"无人应答时由拟案人单人启动，最多两小时，须另一人确认 · start alone where nobody answered, two hours at most"`
}

// Run applies a plan; its author is refused unless nobody answered.
func (c *applyCmd) Run(ctx context.Context, s *shell) error {
	return c.call(ctx, s, app.Request{Method: "POST", Path: at(c.ID, "/apply"), Body: map[string]any{"plan": c.Plan, "alone": c.Alone}}, func(r *app.Reply) error {
		out := map[string]json.RawMessage{}
		if err := r.Decode(&out); err != nil {
			return err
		}
		if _, ok := out["seq"]; !ok {
			if seq, err := strconv.ParseInt(r.Header.Get("Entry-Seq"), 10, 64); err == nil {
				out["seq"] = json.RawMessage(strconv.FormatInt(seq, 10))
			}
		}
		if s.world.JSON {
			s.line(s.out, out)
			return nil
		}
		s.note("✓ 已应用，应急状态从现在起生效。", "✓ Applied; the emergency is in force from now on.")
		return nil
	})
}

type confirmCmd struct {
	who
	ID string `arg:"" help:"事件编号 · incident"`
}

// Run confirms a start by one person, as somebody else.
func (c *confirmCmd) Run(ctx context.Context, s *shell) error {
	return c.call(ctx, s, app.Request{Method: "POST", Path: at(c.ID, "/confirm")}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		s.note("✓ 已确认，不再自动失效。", "✓ Confirmed; it does not lapse any more.")
		return nil
	})
}

type demobilizeCmd struct {
	who
	ID string `arg:"" help:"事件编号 · incident"`
}

// Run ends an incident and prints what was handed to whom.
func (c *demobilizeCmd) Run(ctx context.Context, s *shell) error {
	return c.call(ctx, s, app.Request{Method: "POST", Path: at(c.ID, "/demobilize"), Body: map[string]any{"confirm": true}}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var d struct {
			Closed      struct{ Posts, Measures, Rounds int }
			HandedOver  []struct{ Kind, Title, To string } `json:"handed_over"`
			DeleteAfter string                             `json:"delete_after"`
		}
		if err := r.Decode(&d); err != nil {
			return err
		}
		fmt.Fprintf(s.out, s.say("关闭：岗位 %d，措施 %d，轮次 %d。事件数据保留到 %s。\n", "closed: %d posts, %d measures, %d rounds; the incident's data are kept until %s\n"),
			d.Closed.Posts, d.Closed.Measures, d.Closed.Rounds, civil(d.DeleteAfter))
		var rows [][]string
		for _, h := range d.HandedOver[:min(len(d.HandedOver), firstRows)] {
			to := h.To
			if to == "" {
				to = s.say("暂无人接", "nobody yet")
			}
			rows = append(rows, []string{h.Title, to})
		}
		if len(rows) > 0 {
			s.table([]string{s.say("未完成的事", "open work"), s.say("交给", "handed to")}, rows)
		}
		if n := len(d.HandedOver) - len(rows); n > 0 {
			fmt.Fprintf(s.out, s.say("… 其余 %d 件见 --json\n", "… %d more with --json\n"), n)
		}
		return nil
	})
}

type showCmd struct {
	who
	ID string `arg:"" help:"事件编号 · incident"`
}

// Run shows one incident.
func (c *showCmd) Run(ctx context.Context, s *shell) error {
	return c.call(ctx, s, app.Request{Method: "GET", Path: at(c.ID, "")}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var i shown
		if err := r.Decode(&i); err != nil {
			return err
		}
		s.incidents([]shown{i})
		if len(i.Zones) > 0 {
			s.zones(i.Zones)
		}
		if d := i.Diff; d != nil {
			fmt.Fprintf(s.out, s.say("外报 %d 人（%s），本系统 %d 人，差 %d 人\n", "stated %d people (%s), ours %d, difference %d\n"), d.Stated, d.Source, d.Ours, d.Gap)
		}
		return nil
	})
}

type listCmd struct {
	who
	Open bool `help:"只列未结束的 · only those not ended"`
}

// Run lists incidents.
func (c *listCmd) Run(ctx context.Context, s *shell) error {
	return c.call(ctx, s, app.Request{Method: "GET", Path: "/incidents?open=" + strconv.FormatBool(c.Open)}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var list struct{ Items []shown }
		if err := r.Decode(&list); err != nil {
			return err
		}
		s.incidents(list.Items)
		return nil
	})
}

func (s *shell) incidents(is []shown) {
	state := map[string]string{"draft": s.say("草稿", "draft"), "running": s.say("应急中", "running"), "ended": s.say("已解除", "ended")}
	var rows [][]string
	for _, i := range is {
		rows = append(rows, []string{i.ID, state[i.State], i.Title, i.PlaceName, civil(i.StartedAt)})
	}
	s.table([]string{s.say("事件", "incident"), s.say("状态", "state"), s.say("名称", "title"), s.say("地点", "place"), s.say("开始", "started")}, rows)
}

// firstRows is how many rows of open work are printed; all of them stand in --json.
const firstRows = 10

// civil writes a moment in the civil time of the places; a text that is none stays.
func civil(text string) string {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return t.In(time.FixedZone("Asia/Shanghai", 8*3600)).Format("2006-01-02 15:04")
}
