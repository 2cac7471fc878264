package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strconv"

	"shouwang/internal/app"
	"shouwang/internal/demo"
	"shouwang/internal/exchange"
)

type importCmd struct {
	Kind   string `arg:"" enum:"places,residents,helpers,squads,rosters,cases" help:"places residents helpers squads rosters cases"`
	File   string `arg:"" help:"xlsx 或 csv 文件 · file" type:"existingfile"`
	DryRun bool   `help:"只看会怎样，不写入 · show what would happen, write nothing"`
	Demo   bool   `help:"数据目录是演示（只收虚构号码） · the data are a demonstration"`
}

// Run imports one file; rejected rows come back in a file beside it. A new data
// directory becomes a demonstration when that is asked for or when the file is one
// that the generator wrote: as a real one it would refuse every invented number.
func (c *importCmd) Run(ctx context.Context, s *shell) error {
	s.trial = c.DryRun
	if c.Demo {
		s.kind = app.Demo
	} else if s.world.Server == "" && s.config().IsNew() && app.IsDemoFile(c.File) {
		s.kind = app.Demo
		if !c.DryRun {
			s.note("这是演示台账，新建的数据目录标为演示。", "These are invented spreadsheets; the new data directory is marked as a demonstration.")
		}
	}
	return s.with(ctx, "", func(api *app.Client) error {
		s.note("正在读入 "+c.File+" …", "reading "+c.File+" …")
		r, err := api.Import(ctx, c.Kind, c.File, c.DryRun)
		if err != nil {
			return err
		}
		if r.Rejected > 0 && !c.DryRun {
			if r.RejectsFile, err = api.SaveRejects(ctx, r, c.File); err != nil {
				return err
			}
		}
		if s.world.JSON {
			s.line(s.out, r)
		} else {
			c.print(s, r)
		}
		if r.Rejected > 0 {
			return exit(app.ExitPartly)
		}
		return nil
	})
}

func (c *importCmd) print(s *shell, r app.ImportReply) {
	if c.DryRun {
		var rows [][]string
		for _, m := range r.Mapping {
			to := m.Title
			if m.Field == "" {
				to = s.say("（不读）", "(not read)")
			}
			rows = append(rows, []string{m.Column, to, m.Sample})
		}
		s.table([]string{s.say("文件中的列", "column"), s.say("当作", "read as"), s.say("样例", "sample")}, rows)
		fmt.Fprintln(s.out)
	}
	n := strconv.Itoa
	s.table([]string{s.say(">行数", ">rows"), s.say(">新增", ">new"), s.say(">更新", ">updated"), s.say(">不变", ">unchanged"), s.say(">退回", ">rejected")},
		[][]string{{n(r.Rows), n(r.Inserted), n(r.Updated), n(r.Unchanged), n(r.Rejected)}})
	if len(r.Rejects) > 0 {
		fmt.Fprintln(s.out)
		var rows [][]string
		for i, x := range r.Rejects {
			if i == 20 {
				break
			}
			rows = append(rows, []string{n(x.Row), x.Column, x.Code, x.Reason})
		}
		s.table([]string{s.say(">行", ">row"), s.say("列", "column"), s.say("编号", "code"), s.say("原因", "reason")}, rows)
	}
	switch {
	case c.DryRun:
		s.note("这是试运行，没有写入任何内容。", "This was a dry run; nothing was written.")
	case r.RejectsFile != "":
		s.note("退回的行和原因已写入 "+r.RejectsFile+"，改正后直接再导入这个文件。", "Rejected rows and reasons are in "+r.RejectsFile+"; correct and import that file.")
	}
}

type exportCmd struct {
	What   string `arg:"" enum:"places" help:"places"`
	Format string `enum:"csv,xlsx,geojson" default:"csv" help:"csv xlsx geojson"`
	Under  string `help:"只要这个编码之下的 · only below this place code" placeholder:"CODE"`
	Out    string `help:"写到文件，缺省写到标准输出 · file" placeholder:"FILE"`
}

// Run exports places to a file or to standard output.
func (c *exportCmd) Run(ctx context.Context, s *shell) error {
	return s.with(ctx, "", func(api *app.Client) error {
		under := ""
		if c.Under != "" {
			id, err := placeID(ctx, api, c.Under)
			if err != nil {
				return err
			}
			under = "?under=" + url.QueryEscape(id)
		}
		r, err := api.Do(ctx, app.Request{Method: "GET", Path: "/exports/places." + c.Format + under})
		if err != nil {
			return err
		}
		if c.Out == "" {
			_, err = s.out.Write(r.Body)
			return err
		}
		if err := os.WriteFile(c.Out, r.Body, 0o644); err != nil {
			return app.ErrOutputFile.With(c.Out).Because(err)
		}
		if s.world.JSON {
			s.line(s.out, map[string]any{"file": c.Out, "bytes": len(r.Body)})
			return nil
		}
		s.note("已写入 "+c.Out, "written to "+c.Out)
		return nil
	})
}

// placeID finds the place with a code, of any kind; an old code leads to it too.
func placeID(ctx context.Context, api *app.Client, code string) (string, error) {
	r, err := api.Do(ctx, app.Request{Method: "GET", Path: placeAt(code, "")})
	if err != nil {
		return "", err
	}
	var p struct{ ID string }
	err = r.Decode(&p)
	return p.ID, err
}

type demoCmd struct {
	Generate demoGenerateCmd `cmd:"" help:"写出虚构街道的台账文件 · write the invented spreadsheets"`
	Reset    demoResetCmd    `cmd:"" help:"删除演示数据，下次启动重来 · delete a demonstration"`
}

type demoGenerateCmd struct {
	Out  string `required:"" help:"写到哪个目录 · folder" placeholder:"DIR" type:"path"`
	Size string `enum:"community,full" default:"full" help:"community full"`
	Seed uint64 `default:"1" help:"随机种子 · seed"`
}

// Run writes the files.
func (c *demoGenerateCmd) Run(s *shell) error {
	m, err := demo.Generate(c.Out, demo.Size(c.Size), c.Seed, func(line string) { fmt.Fprintln(s.err, line) })
	if err != nil {
		return err
	}
	if s.world.JSON {
		s.line(s.out, m)
		return nil
	}
	var rows [][]string
	for _, f := range m.Files {
		rows = append(rows, []string{f.Name, f.Kind, strconv.Itoa(f.Rows)})
	}
	s.table([]string{s.say("文件", "file"), s.say("种类", "kind"), s.say(">行数", ">rows")}, rows)
	return nil
}

type demoResetCmd struct {
	Yes bool `help:"不再询问 · do not ask"`
}

// Run deletes a demonstration's data and keys.
func (c *demoResetCmd) Run(ctx context.Context, s *shell) error {
	if s.world.Data == "" {
		s.world.Data = "./shouwang-demo"
	}
	if !c.Yes {
		s.note("将删除演示数据 "+s.world.Data+" 和它的密钥。确定请输入 yes：", "This deletes the demonstration in "+s.world.Data+" and its keys. Type yes to go on:")
		var word string
		if _, err := fmt.Fscan(s.in, &word); err != nil || word != "yes" {
			s.note("没有删除任何东西。", "Nothing was deleted.")
			return exit(app.ExitRefused)
		}
	}
	if err := app.DemoReset(ctx, s.config()); err != nil {
		return err
	}
	if s.world.JSON {
		s.line(s.out, map[string]any{"deleted": s.world.Data})
	}
	s.note("已删除。再次运行 serve --demo 会重新生成。", "Deleted. serve --demo makes it anew.")
	return nil
}

type sheetReadCmd struct{}

// Run is the child that reads a workbook; see exchange.
func (sheetReadCmd) Run(s *shell) error { return exchange.ReadChild(s.in, s.out) }
