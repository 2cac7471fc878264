package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"time"

	"shouwang/internal/app"
)

type drillCmd struct {
	Run    drillRunCmd    `cmd:"" help:"开一次演练，看着它走完，打印成绩和短板 · run a drill to its end"`
	List   drillListCmd   `cmd:"" help:"列出演练 · list drills"`
	Show   drillShowCmd   `cmd:"" help:"看一次演练的成绩 · one drill"`
	Delete drillDeleteCmd `cmd:"" help:"删除一次演练和它的世界 · delete a drill and its world"`
}

// ran is a drill as the API answers it.
type ran struct {
	ID        string    `json:"id"`
	PlaceName string    `json:"place_name"`
	BookTitle app.Words `json:"book_title"`
	Speed     int       `json:"speed"`
	Seed      int64     `json:"seed"`
	StartedAt string    `json:"started_at"`
	State     string    `json:"state"`
	Report    struct {
		Minute float64
		Steps  []struct {
			At                 int
			Role, Title, Found app.Words
			Done               bool
		}
		Score *struct {
			Teams, Answer, Unreached struct {
				Value, Goal float64
				Met         bool
			}
			Posts, Present, Empty, Doors, Reached, Unknocked int
			NoAnswer                                         int `json:"no_answer"`
		}
		Weak []struct {
			Item string
			Text app.Words
		}
		Why app.Words
	}
}

type drillRunCmd struct {
	Playbook string `arg:"" help:"预案：epidemic flood-typhoon fire heat-cold · playbook"`
	Place    string `required:"" help:"地点编码 · place code" placeholder:"CODE"`
	Speed    int    `default:"60" help:"倍速：60 为一秒走一分钟，0 为尽快 · virtual minutes in a real one; 0: as fast as it goes"`
	Seed     int64  `default:"1" help:"种子：同一种子走出同一场 · the same seed gives the same drill"`
}

// Run starts a drill, prints each step as it is done, and the score at the end.
func (c *drillRunCmd) Run(ctx context.Context, s *shell) error {
	return s.with(ctx, "", func(api *app.Client) error {
		r, err := api.Do(ctx, app.Request{Method: "POST", Path: "/drills", Body: map[string]any{"playbook": c.Playbook, "place_code": c.Place, "speed": c.Speed, "seed": c.Seed}})
		if err != nil {
			return err
		}
		var d ran
		if err := r.Decode(&d); err != nil {
			return err
		}
		s.note("演练 "+d.ID+" 开始："+d.BookTitle.ZH+" · "+d.PlaceName+"。在副本里进行，不动真实数据。", "Drill "+d.ID+" begins: "+d.BookTitle.EN+" · "+d.PlaceName+". It runs in a copy; nothing real is touched.")
		told := 0
		for {
			if r, err = api.Do(ctx, app.Request{Method: "GET", Path: "/drills/" + url.PathEscape(d.ID)}); err != nil {
				return err
			}
			d = ran{}
			if err := r.Decode(&d); err != nil {
				return err
			}
			for ; told < len(d.Report.Steps) && d.Report.Steps[told].Done; told++ {
				x := d.Report.Steps[told]
				s.note(fmt.Sprintf("%3d 分  %s：%s。%s", x.At, x.Role.ZH, x.Title.ZH, x.Found.ZH), fmt.Sprintf("%3d min  %s: %s. %s", x.At, x.Role.EN, x.Title.EN, x.Found.EN))
			}
			if d.State != "running" {
				return s.drill(d, r.Body)
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(200 * time.Millisecond):
			}
		}
	})
}

// drill prints what came of a drill; one without a score fails.
func (s *shell) drill(d ran, raw []byte) error {
	if s.world.JSON {
		s.raw(raw)
	} else if p := d.Report.Score; p != nil {
		minutes := func(v float64) string {
			if v < 0 {
				return s.say("没有", "never")
			}
			return strconv.FormatFloat(v, 'f', 1, 64)
		}
		met := func(ok bool) string {
			if ok {
				return s.say("✓ 达到", "✓ met")
			}
			return s.say("✗ 没达到", "✗ missed")
		}
		pc := func(v float64) string { return fmt.Sprintf("%.0f%%", math.Round(v*100)) }
		s.table([]string{s.say("成绩", "score"), s.say(">实际", ">seen"), s.say(">目标", ">goal"), ""}, [][]string{
			{s.say("人到齐（分）", "full teams (min)"), minutes(p.Teams.Value), minutes(p.Teams.Goal), met(p.Teams.Met)},
			{s.say("第一户回音（分）", "first answer (min)"), minutes(p.Answer.Value), minutes(p.Answer.Goal), met(p.Answer.Met)},
			{s.say("没有回音的户", "doors unreached"), pc(p.Unreached.Value), pc(p.Unreached.Goal), met(p.Unreached.Met)},
		})
		fmt.Fprintf(s.out, s.say("岗位 %d，到岗 %d，空缺 %d；户 %d，有回音 %d，没敲到 %d，敲了没人应 %d\n", "%d posts, %d present, %d empty; %d doors, %d answered, %d not knocked at, %d without an answer\n"),
			p.Posts, p.Present, p.Empty, p.Doors, p.Reached, p.Unknocked, p.NoAnswer)
		for _, w := range d.Report.Weak {
			fmt.Fprintln(s.out, "! "+w.Text.In(s.lang)+"  "+w.Item)
		}
	}
	if d.State != "ended" {
		fmt.Fprintln(s.err, "✗ "+d.Report.Why.In(s.lang))
		return exit(app.ExitFailed)
	}
	return nil
}

type drillListCmd struct{}

// Run lists drills.
func (c *drillListCmd) Run(ctx context.Context, s *shell) error {
	return s.with(ctx, "", func(api *app.Client) error {
		r, err := api.Do(ctx, app.Request{Method: "GET", Path: "/drills"})
		if err != nil {
			return err
		}
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var list struct{ Items []json.RawMessage }
		if err := r.Decode(&list); err != nil {
			return err
		}
		state := map[string]string{"running": s.say("进行中", "running"), "ended": s.say("走完", "ended"), "stopped": s.say("停下", "stopped"), "failed": s.say("失败", "failed")}
		var rows [][]string
		for _, raw := range list.Items {
			var d ran
			if err := json.Unmarshal(raw, &d); err != nil {
				return err
			}
			rows = append(rows, []string{d.ID, state[d.State], d.BookTitle.In(s.lang), d.PlaceName, strconv.Itoa(d.Speed), strconv.FormatInt(d.Seed, 10), civil(d.StartedAt)})
		}
		s.table([]string{s.say("演练", "drill"), s.say("状态", "state"), s.say("预案", "playbook"), s.say("地点", "place"), s.say(">倍速", ">speed"), s.say(">种子", ">seed"), s.say("开始", "started")}, rows)
		return nil
	})
}

type drillShowCmd struct {
	ID string `arg:"" help:"演练编号 · drill"`
}

// Run shows one drill.
func (c *drillShowCmd) Run(ctx context.Context, s *shell) error {
	return s.with(ctx, "", func(api *app.Client) error {
		r, err := api.Do(ctx, app.Request{Method: "GET", Path: "/drills/" + url.PathEscape(c.ID)})
		if err != nil {
			return err
		}
		var d ran
		if err := r.Decode(&d); err != nil {
			return err
		}
		if d.State == "running" && !s.world.JSON {
			fmt.Fprintf(s.out, s.say("进行到第 %.0f 分钟\n", "at minute %.0f\n"), d.Report.Minute)
			return nil
		}
		return s.drill(d, r.Body)
	})
}

type drillDeleteCmd struct {
	ID string `arg:"" help:"演练编号 · drill"`
}

// Run deletes a drill.
func (c *drillDeleteCmd) Run(ctx context.Context, s *shell) error {
	return s.with(ctx, "", func(api *app.Client) error {
		if _, err := api.Do(ctx, app.Request{Method: "DELETE", Path: "/drills/" + url.PathEscape(c.ID)}); err != nil {
			return err
		}
		s.note("✓ 已删除这次演练和它的世界。", "✓ The drill and its world are deleted.")
		return nil
	})
}
