package main

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"shouwang/internal/app"
)

type placeCmd struct {
	Show    placeShowCmd    `cmd:"" help:"看一个地点，旧编码也认 · one place, by its present or an old code"`
	History placeHistoryCmd `cmd:"" help:"沿革：原属哪里、用过哪些编码 · where it stood, under which codes"`
	Divide  divideCmd       `cmd:"" help:"划分微网格：每格约多少户 · divide into micro-grids"`
	Move    moveCmd         `cmd:"" help:"划转：连同下级划到另一个上级 · move with all below it"`
	Split   splitCmd        `cmd:"" help:"拆分 · split"`
	Merge   mergeCmd        `cmd:"" help:"合并 · merge"`
	Apply   placeApplyCmd   `cmd:"" help:"应用一个方案 · apply a plan"`
	Undo    placeUndoCmd    `cmd:"" help:"撤回一个已应用的方案 · take an applied plan back"`
}

func placeAt(code, rest string) string { return "/places/" + url.PathEscape(code) + rest }

// groundPlan is what the commands print of a plan of the ground.
type groundPlan struct {
	Plan      string
	Verb      string
	AppliedAt string `json:"applied_at"`
	Totals    struct{ Moves, Places, Doors, Households, People, Codes, Posts int }
	Moves     []struct {
		Code, Name, From, Into string
		NewCode                string `json:"new_code"`
		Doors, People          int
	}
	Made, Ended []struct {
		Code, Name, Under string
		Into              []string
	}
	Checks   []struct{ Level, Text string }
	Division *struct {
		Parts []struct {
			Code, Name        string
			Doors, Came       int
			Houses            []string
			Deviation, Spread float64
		}
		Units      int
		MovedUnits int `json:"moved_units"`
		MovedDoors int `json:"moved_doors"`
		Tolerance  float64
		Now, Then  balance
		Bound      balance
	}
	Leads map[string]string
}

type balance struct {
	Parts, Outside int
	Worst, Spread  float64
}

func percent(x float64) string { return strconv.FormatFloat(x*100, 'f', 1, 64) + "%" }

// planned previews a change of the ground, prints it and applies it where asked.
func (w who) planned(ctx context.Context, s *shell, path string, body any, apply bool) error {
	return s.with(ctx, w.As, func(api *app.Client) error {
		r, err := api.Do(ctx, app.Request{Method: "POST", Path: path, Body: body})
		if err != nil {
			return err
		}
		var p groundPlan
		if err := r.Decode(&p); err != nil {
			return err
		}
		if apply {
			if r, err = api.Do(ctx, app.Request{Method: "POST", Path: "/reshapes/" + url.PathEscape(p.Plan) + "/apply", Body: map[string]any{}}); err != nil {
				return err
			}
			if err := r.Decode(&p); err != nil {
				return err
			}
		}
		s.ground(r, p)
		return nil
	})
}

// ground prints a plan of the ground.
func (s *shell) ground(r *app.Reply, p groundPlan) {
	if s.world.JSON {
		s.raw(r.Body)
		return
	}
	n := strconv.Itoa
	if d := p.Division; d != nil {
		s.table([]string{s.say("划分", "division"), s.say(">微网格", ">micro-grids"), s.say(">超出±10%", ">outside ±10%"), s.say(">最大偏差", ">worst"), s.say(">平均离格心", ">mean way")}, [][]string{
			{s.say("现在", "now"), n(d.Now.Parts), n(d.Now.Outside), percent(d.Now.Worst), fmt.Sprintf("%.0f m", d.Now.Spread)},
			{s.say("方案", "then"), n(d.Then.Parts), n(d.Then.Outside), percent(d.Then.Worst), fmt.Sprintf("%.0f m", d.Then.Spread)},
			{s.say("单元大小所限（已证明）", "bound by stairwells (proved)"), n(d.Bound.Parts), n(d.Bound.Outside), percent(d.Bound.Worst), ""}})
		switch {
		case d.Then.Worst <= d.Tolerance:
		case d.Then.Worst <= d.Bound.Worst+0.0005:
			s.note("到顶了：这样大小的单元，最大偏差怎么划也小不过 "+percent(d.Bound.Worst)+"。", "This is as even as it gets: stairwells of this size cannot be balanced better than "+percent(d.Bound.Worst)+".")
		default:
			s.note("这样大小的单元，最大偏差小不过 "+percent(d.Bound.Worst)+"；方案是 "+percent(d.Then.Worst)+"。多找一会："+"--fresh --steps 256。", "Stairwells of this size cannot be balanced better than "+percent(d.Bound.Worst)+"; this division comes to "+percent(d.Then.Worst)+". To search longer: --fresh --steps 256.")
		}
		var rows [][]string
		for _, x := range d.Parts {
			code := x.Code
			if code == "" {
				code = s.say("（新）", "(new)")
			}
			rows = append(rows, []string{code, x.Name, n(x.Doors), percent(x.Deviation), n(len(x.Houses)), fmt.Sprintf("%.0f m", x.Spread), n(x.Came)})
		}
		s.table([]string{s.say("微网格", "micro-grid"), s.say("名称", "name"), s.say(">户", ">doors"), s.say(">偏差", ">off the mean"), s.say(">楼", ">houses"), s.say(">离格心", ">mean way"), s.say(">换进", ">came")}, rows)
		fmt.Fprintf(s.out, "%s %d / %d, %s %d\n", s.say("换格的单元", "units that change"), d.MovedUnits, d.Units, s.say("户", "doors"), d.MovedDoors)
	}
	s.table([]string{s.say("方案", "plan"), s.say(">划动", ">moves"), s.say(">地点", ">places"), s.say(">户", ">doors"), s.say(">人", ">people"), s.say(">改编码", ">codes"), s.say(">岗位", ">posts")},
		[][]string{{p.Plan, n(p.Totals.Moves), n(p.Totals.Places), n(p.Totals.Doors), n(p.Totals.People), n(p.Totals.Codes), n(p.Totals.Posts)}})
	var rows [][]string
	for i, m := range p.Moves {
		if i == 30 {
			break
		}
		code := m.Code
		if m.NewCode != "" {
			code += " → " + m.NewCode
		}
		rows = append(rows, []string{code, m.Name, m.From, m.Into, n(m.Doors), n(m.People)})
	}
	if len(rows) > 0 {
		s.table([]string{s.say("地点", "place"), s.say("名称", "name"), s.say("从", "from"), s.say("到", "to"), s.say(">户", ">doors"), s.say(">人", ">people")}, rows)
	}
	for _, x := range p.Made {
		fmt.Fprintf(s.out, "＋ %s %s\n", x.Name, s.say("在 ", "in ")+x.Under)
	}
	for _, x := range p.Ended {
		fmt.Fprintf(s.out, "－ %s %s %s %s\n", x.Code, x.Name, s.say("并入", "into"), strings.Join(x.Into, "、"))
	}
	for _, x := range p.Checks {
		fmt.Fprintf(s.out, "%s %s\n", map[string]string{"ok": "✓", "warn": "!", "stop": "✗"}[x.Level], x.Text)
	}
	if p.AppliedAt != "" {
		s.note("已应用。撤回：shouwang place undo "+p.Plan, "Applied. To take it back: shouwang place undo "+p.Plan)
		return
	}
	s.note("还没有改动任何数据。应用：shouwang place apply "+p.Plan, "Nothing was changed yet. To apply: shouwang place apply "+p.Plan)
}

type divideCmd struct {
	who
	Code       string `arg:"" help:"社区或网格编码 · code of a community or grid"`
	Households int    `required:"" help:"每个微网格约多少户 · about so many doors each" placeholder:"N"`
	Stairwells bool   `name:"split-stairwells" help:"大单元可以按层分开 · large stairwells may be cut between floors"`
	Fresh      bool   `help:"不顾现在怎么分 · pay no heed to the present division"`
	Seed       uint64 `help:"随机种子 · seed" default:"1"`
	Steps      int    `help:"多找一会：步数，缺省 16，至多 4096；Ctrl+C 停下 · search longer" placeholder:"N"`
	Apply      bool   `help:"接着应用 · apply it too"`
}

// Run previews a division.
func (c *divideCmd) Run(ctx context.Context, s *shell) error {
	body := map[string]any{"households": c.Households, "split_stairwells": c.Stairwells, "fresh": c.Fresh, "seed": c.Seed, "steps": c.Steps}
	return c.planned(ctx, s, placeAt(c.Code, "/divide"), body, c.Apply)
}

type moveCmd struct {
	who
	Code    string `arg:"" help:"地点编码 · place code"`
	To      string `required:"" help:"新的上级编码 · code of the new parent" placeholder:"CODE"`
	NewCode string `help:"自定的新编码，缺省按规则给 · a code of your own" placeholder:"CODE"`
	Apply   bool   `help:"接着应用 · apply it too"`
}

// Run previews a move.
func (c *moveCmd) Run(ctx context.Context, s *shell) error {
	return c.planned(ctx, s, placeAt(c.Code, "/move"), map[string]any{"to": c.To, "code": c.NewCode}, c.Apply)
}

type splitCmd struct {
	who
	Code  string   `arg:"" help:"地点编码 · place code"`
	Part  []string `required:"" sep:"none" help:"一部分：[名称=]下级编码,编码…；可重复 · a part: [NAME=]CODE,CODE…" placeholder:"PART"`
	Apply bool     `help:"接着应用 · apply it too"`
}

// Run previews a split.
func (c *splitCmd) Run(ctx context.Context, s *shell) error {
	var parts []map[string]any
	for _, text := range c.Part {
		name, list, ok := strings.Cut(text, "=")
		if !ok {
			name, list = "", text
		}
		parts = append(parts, map[string]any{"name": name, "places": strings.Split(list, ",")})
	}
	return c.planned(ctx, s, placeAt(c.Code, "/split"), map[string]any{"parts": parts}, c.Apply)
}

type mergeCmd struct {
	who
	Code   string   `arg:"" help:"留下的地点编码 · the place that stays"`
	Others []string `arg:"" help:"并进来的地点编码 · the places that end in it"`
	Apply  bool     `help:"接着应用 · apply it too"`
}

// Run previews a merger.
func (c *mergeCmd) Run(ctx context.Context, s *shell) error {
	return c.planned(ctx, s, placeAt(c.Code, "/merge"), map[string]any{"others": c.Others}, c.Apply)
}

type placeApplyCmd struct {
	who
	Plan string `arg:"" help:"方案编号 · plan"`
}

// Run applies a plan of the ground.
func (c *placeApplyCmd) Run(ctx context.Context, s *shell) error {
	return c.planned(ctx, s, "/reshapes/"+url.PathEscape(c.Plan)+"/apply", map[string]any{}, false)
}

type placeUndoCmd struct {
	who
	Plan  string `arg:"" help:"已应用的方案 · an applied plan"`
	Apply bool   `help:"接着应用 · apply it too"`
}

// Run previews the plan that takes another back.
func (c *placeUndoCmd) Run(ctx context.Context, s *shell) error {
	return c.planned(ctx, s, "/reshapes/"+url.PathEscape(c.Plan)+"/undo", map[string]any{}, c.Apply)
}

type placeShowCmd struct {
	who
	Code string `arg:"" help:"地点编码，旧编码也认 · a present or an old code"`
}

// Run shows a place.
func (c *placeShowCmd) Run(ctx context.Context, s *shell) error {
	return c.call(ctx, s, app.Request{Path: placeAt(c.Code, "")}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var p struct {
			ID, Code, Kind   string
			FullName         string `json:"full_name"`
			Doors, Residents int
			Was              *struct{ Now []struct{ Name string } }
		}
		if err := r.Decode(&p); err != nil {
			return err
		}
		n := strconv.Itoa
		s.table([]string{s.say("地点", "place"), s.say("编码", "code"), s.say("名称", "name"), s.say(">户", ">doors"), s.say(">人", ">people")}, [][]string{{p.ID, p.Code, p.FullName, n(p.Doors), n(p.Residents)}})
		if p.Was != nil {
			var names []string
			for _, x := range p.Was.Now {
				names = append(names, x.Name)
			}
			fmt.Fprintf(s.out, "%s %s\n", c.Code, s.say("现在是 ", "is now ")+strings.Join(names, "、"))
		}
		return nil
	})
}

type placeHistoryCmd struct {
	who
	Code string `arg:"" help:"地点编码，旧编码也认 · a present or an old code"`
}

// Run tells a place's history.
func (c *placeHistoryCmd) Run(ctx context.Context, s *shell) error {
	return c.call(ctx, s, app.Request{Path: placeAt(c.Code, "/history")}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var h struct {
			Chapters []struct {
				From, Until, Under, Code, Verb, Author, Applier string
				Gone                                            bool
				Into                                            []struct{ Name string }
			}
			Codes []struct{ Code, From, Until string }
		}
		if err := r.Decode(&h); err != nil {
			return err
		}
		verbs := map[string]string{"move": s.say("划转", "moved"), "split": s.say("拆分", "split"), "merge": s.say("合并", "merged"), "divide": s.say("划分", "divided"), "undo": s.say("撤回", "taken back")}
		var rows [][]string
		for _, x := range h.Chapters {
			until, what := civil(x.Until), verbs[x.Verb]
			if x.Until == "" {
				until = s.say("至今", "now")
			}
			var into []string
			for _, i := range x.Into {
				into = append(into, i.Name)
			}
			if len(into) > 0 {
				what += " → " + strings.Join(into, "、")
			}
			rows = append(rows, []string{x.Under, civil(x.From), until, x.Code, what, x.Author, x.Applier})
		}
		s.table([]string{s.say("原属", "under"), s.say("自", "from"), s.say("至", "until"), s.say("编码", "code"), s.say("因", "by"), s.say("拟案", "planned"), s.say("应用", "applied")}, rows)
		return nil
	})
}
