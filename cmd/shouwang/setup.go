package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"shouwang/internal/app"
)

type initCmd struct {
	Code      string `help:"区划代码：区县 6 位、街道 9 位、社区 12 位 · district code" placeholder:"CODE"`
	Name      string `help:"地方名称 · name of the place" placeholder:"NAME"`
	PublicURL string `name:"public-url" help:"大家用的网址 · address by which people reach it" placeholder:"URL"`
	Admin     string `help:"第一位系统管理员的登录名 · login of the first keeper" placeholder:"LOGIN"`
	Out       string `help:"配置文件写到哪里 · configuration file to write" default:"shouwang.yaml" type:"path"`
	Sheet     string `help:"恢复单写到哪里，缺省在数据目录旁 · file of the recovery sheet" placeholder:"FILE" type:"path"`
	Addr      string `help:"监听地址 · address of serve" default:"127.0.0.1:8080"`
}

// question is one of the five: what to ask, what an empty answer means.
type question struct {
	zh, en, usual string
	into          *string
}

// Run asks the five questions that were not answered by flags and sets up.
func (c *initCmd) Run(ctx context.Context, s *shell) error {
	if s.world.Server != "" {
		return s.both()
	}
	in := bufio.NewReader(s.in)
	for n, q := range []question{
		{"区划代码（可先输省市名查找）", "district code (type a name to search)", "", &c.Code},
		{"地方名称", "name of the place", "", &c.Name},
		{"数据目录", "data folder", "./shouwang-data", &s.world.Data},
		{"大家用的网址", "address by which people reach it", "http://" + c.Addr, &c.PublicURL},
		{"第一位系统管理员的登录名", "login of the first keeper", "admin", &c.Admin},
	} {
		if *q.into != "" {
			continue
		}
		answer, err := s.ask(in, n+1, q)
		if err != nil {
			return err
		}
		*q.into = answer
	}
	made, err := app.Init(ctx, s.config(), app.Setup{Code: c.Code, Name: c.Name, Data: s.world.Data, URL: c.PublicURL, Admin: c.Admin, Config: c.Out, Sheet: c.Sheet, Addr: c.Addr})
	if err != nil {
		return err
	}
	if s.world.JSON {
		s.line(s.out, made)
		return nil
	}
	s.note("✓ 配置 "+made.Config, "✓ configuration "+made.Config)
	s.note("✓ 数据 "+made.Data+"  密钥 "+made.Keys, "✓ data "+made.Data+"  keys "+made.Keys)
	s.note("✓ 恢复单 "+made.Sheet+"（单号 "+made.Sum+"）：打印两份、分开封存、删除文件，再运行 shouwang keys confirm 照抄一遍",
		"✓ recovery sheet "+made.Sheet+" ("+made.Sum+"): print two, seal them apart, delete the file, then run shouwang keys confirm and type it back")
	s.note("启动：shouwang serve --config "+made.Config, "Start: shouwang serve --config "+made.Config)
	s.note("管理员 "+made.Login+" 用下面的链接设密码，一天内有效，只能用一次：", "The keeper "+made.Login+" sets a password by this link, once, within a day:")
	fmt.Fprintln(s.out, made.Link)
	return nil
}

// ask puts one question; for the code, a name is searched in the table.
func (s *shell) ask(in *bufio.Reader, n int, q question) (string, error) {
	for {
		usual := ""
		if q.usual != "" {
			usual = " [" + q.usual + "]"
		}
		fmt.Fprintf(s.err, "%d/5 %s%s: ", n, s.say(q.zh, q.en), usual)
		line, err := in.ReadString('\n')
		line = strings.TrimSpace(line)
		if line == "" {
			line = q.usual
		}
		if line == "" && err != nil {
			fmt.Fprintln(s.err)
			return "", app.ErrAnswerBad.With(s.say(q.zh, q.en), "")
		}
		if n == 1 && line != "" {
			if _, bad := app.ParseDistrict(line); bad != nil {
				found := app.Divisions(line)
				for _, d := range found {
					fmt.Fprintf(s.err, "    %s  %s\n", d.Code, d.Name)
				}
				if text, _ := app.Explain(bad, s.lang); len(found) == 0 {
					fmt.Fprintln(s.err, "    "+text)
				}
				if err != nil {
					return "", bad
				}
				continue
			}
		}
		if line != "" {
			return line, nil
		}
	}
}

type keysCmd struct {
	Sheet   keysSheetCmd   `cmd:"" help:"打印根密钥恢复单 · print the recovery sheet of the root key"`
	Confirm keysConfirmCmd `cmd:"" help:"照纸抄一遍，确认恢复单抄得回来 · type the sheet back and compare"`
	Recover keysRecoverCmd `cmd:"" help:"从恢复单重建根密钥 · make the root key anew from the sheet"`
}

type keysSheetCmd struct {
	Out  string `required:"" help:"网页写到哪里，打印后删除 · page for printing" placeholder:"FILE" type:"path"`
	Name string `help:"单上写的单位 · whose key it is" default:"守望"`
}

// Run writes the sheet as a page for printing.
func (c *keysSheetCmd) Run(s *shell) error {
	sheet, err := app.SaveSheet(s.config(), c.Name, c.Out)
	if err != nil {
		return err
	}
	if s.world.JSON {
		s.line(s.out, map[string]string{"file": c.Out, "sum": sheet.Sum})
		return nil
	}
	s.note("恢复单已写入 "+c.Out+"（单号 "+sheet.Sum+"）。打印两份、分开封存，然后删除这个文件。", "The sheet is in "+c.Out+" ("+sheet.Sum+"). Print two, seal them apart, then delete the file.")
	return nil
}

// typed reads the lines of a sheet from a file or from whoever types.
func (s *shell) typed(file string) (string, error) {
	if file != "" {
		return readText(file)
	}
	s.note("请照恢复单逐行输入，最后按 Ctrl+D：", "Type the lines of the sheet, then Ctrl+D:")
	b, err := io.ReadAll(io.LimitReader(s.in, 64<<10))
	return string(b), err
}

type keysConfirmCmd struct {
	File string `help:"从文件读，而不是输入 · read a file instead" placeholder:"FILE" type:"path"`
}

// Run compares a sheet with the present root key and notes that it fits.
func (c *keysConfirmCmd) Run(s *shell) error {
	text, err := s.typed(c.File)
	if err != nil {
		return err
	}
	if err := app.ConfirmSheet(s.config(), text); err != nil {
		return err
	}
	fmt.Fprintln(s.out, s.say("✓ 恢复单与现在的根密钥一致，已记下", "✓ The sheet is that of the present root key; noted"))
	return nil
}

type keysRecoverCmd struct {
	File string `help:"从文件读，而不是输入 · read a file instead" placeholder:"FILE" type:"path"`
}

// Run makes the root key file anew.
func (c *keysRecoverCmd) Run(ctx context.Context, s *shell) error {
	text, err := s.typed(c.File)
	if err != nil {
		return err
	}
	cfg := s.config()
	if err := app.RecoverRoot(ctx, cfg, text); err != nil {
		return err
	}
	keys := cfg.Keys
	if keys == "" {
		keys = app.KeysDir(cfg.Data)
	}
	fmt.Fprintln(s.out, filepath.Join(keys, "root.key"))
	s.note("✓ 根密钥已重建，与这份数据相符。密钥环（keyring.db）和 journal.key 仍要从密钥备份恢复。", "✓ The root key is back and is that of these data. keyring.db and journal.key still come from the backup of keys.")
	return nil
}
