package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"

	"shouwang/internal/app"
	"shouwang/internal/mode"
)

type tokenCmd struct {
	Create tokenCreateCmd `cmd:"" help:"为某地某角色发一个令牌 · a token for a role at a place"`
}

type tokenCreateCmd struct {
	Role  string `required:"" help:"角色 · role" placeholder:"ROLE"`
	Place string `required:"" help:"地点编码 · place code" placeholder:"CODE"`
	Name  string `help:"用途 · what it is for"`
}

// Run creates a token and prints it this once.
func (c *tokenCreateCmd) Run(ctx context.Context, s *shell) error {
	body := map[string]any{"role": c.Role, "place_code": c.Place, "name": c.Name}
	return who{}.call(ctx, s, app.Request{Method: "POST", Path: "/tokens", Body: body}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var t struct{ Token, Account string }
		if err := r.Decode(&t); err != nil {
			return err
		}
		fmt.Fprintln(s.out, t.Token)
		s.note("令牌只显示这一次，请妥善保存。", "The token is shown this once; keep it safe.")
		return nil
	})
}

type playbookCheckCmd struct {
	File string `arg:"" help:"预案文件 · playbook" placeholder:"FILE"`
}

// Run checks a playbook without any data.
func (c *playbookCheckCmd) Run(s *shell) error {
	text, err := os.ReadFile(c.File)
	if err != nil {
		return app.ErrInputFile.With(c.File).Because(err)
	}
	type problem struct {
		Line    int    `json:"line"`
		Column  int    `json:"column"`
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	wire := func(ps []mode.Problem) []problem {
		out := []problem{}
		for _, p := range ps {
			out = append(out, problem{p.Line, p.Column, p.Code, p.Text(s.lang)})
		}
		return out
	}
	book, bad := mode.Load(text)
	out := struct {
		ID     string    `json:"id,omitempty"`
		Hash   string    `json:"hash,omitempty"`
		Errors []problem `json:"errors"`
		Notes  []problem `json:"notes"`
	}{Errors: wire(bad), Notes: []problem{}}
	if book != nil {
		out.ID, out.Hash, out.Notes = book.ID, book.Hash, wire(book.Notes)
	}
	if s.world.JSON {
		s.line(s.out, out)
	} else {
		for _, p := range out.Errors {
			fmt.Fprintf(s.out, "%s:%d:%d: %s  %s\n", c.File, p.Line, p.Column, p.Message, p.Code)
		}
		for _, p := range out.Notes {
			fmt.Fprintf(s.out, "%s:%d:%d: ! %s  %s\n", c.File, p.Line, p.Column, p.Message, p.Code)
		}
		if len(bad) == 0 {
			fmt.Fprintf(s.out, "✓ %s %s\n", out.ID, out.Hash)
		}
	}
	if len(bad) > 0 {
		return exit(app.ExitFailed)
	}
	return nil
}

type verifyCmd struct {
	Witness  []string `help:"另存的校验点文件，可多个 · checkpoints kept elsewhere" placeholder:"FILE" type:"existingfile"`
	Verifier string   `help:"验签公钥文件，缺省用密钥目录里的 journal.pub · public line of the signer" placeholder:"FILE" type:"existingfile"`
}

// Run checks a data directory offline.
func (c *verifyCmd) Run(ctx context.Context, s *shell) error {
	line := ""
	if c.Verifier != "" {
		b, err := os.ReadFile(c.Verifier)
		if err != nil {
			return app.ErrInputFile.With(c.Verifier).Because(err)
		}
		line = firstLine(string(b))
	}
	v, err := app.Verify(ctx, s.config(), line, c.Witness...)
	if err != nil {
		return err
	}
	if s.world.JSON {
		s.line(s.out, v)
	} else {
		s.verified(v)
	}
	if !v.Sound() {
		return exit(app.ExitFailed)
	}
	return nil
}

func (s *shell) verified(v app.Verified) {
	for _, line := range [][2]string{
		{s.say("条目", "entries"), fmt.Sprint(v.Entries)},
		{s.say("校验点", "checkpoints"), fmt.Sprint(v.Checkpoints)},
		{s.say("批量动作", "bulk acts"), fmt.Sprintf(s.say("%d（%d 项）", "%d (%d items)"), v.Acts, v.Items)},
		{s.say("依证删除", "erased under a certificate"), fmt.Sprint(v.Erased)},
		{s.say("树根", "root"), v.Root},
	} {
		fmt.Fprintf(s.out, "%s  %s\n", line[0], line[1])
	}
	for _, p := range v.Integrity {
		fmt.Fprintf(s.out, "✗ %s%s\n", s.say("数据文件：", "data file: "), p)
	}
	for _, p := range v.Problems {
		fmt.Fprintf(s.out, "✗ %s\n", s.say(p.ZH, p.EN))
	}
	for _, table := range slices.Sorted(maps.Keys(v.Astray)) {
		fmt.Fprintf(s.out, s.say("✗ %s 有 %d 行不在所属地方的路径下：启动服务即自动改正并记入日志\n", "✗ %s: %d rows are not at the path of their place; starting the server mends them by a journaled act\n"), table, v.Astray[table])
	}
	if v.Sound() {
		fmt.Fprintln(s.out, s.say("✓ 日志没有被改过，数据文件完好", "✓ the journal was not changed, the data file is sound"))
		return
	}
	if v.OK() && len(v.Integrity) == 0 {
		return // the rows that lie astray are mended by the server; nobody touched the journal
	}
	s.note("请停用这份数据，保留现场，用备份和另存的校验点核对上面的范围。", "Stop using these data, keep them as they are, and compare the ranges above with a backup and witnessed checkpoints.")
}

type doctorCmd struct {
	Addr     string `help:"serve 要监听的地址 · address of serve" placeholder:"ADDR"`
	TLSCert  string `name:"tls-cert" help:"serve 用的证书 · certificate of serve" placeholder:"FILE" type:"path"`
	BackupTo string `help:"备份所在目录 · folder of the backups" placeholder:"DIR" type:"path"`
}

// Run looks at the machine and prints what to mend.
func (c *doctorCmd) Run(ctx context.Context, s *shell) error {
	found := app.Examine(ctx, s.config(), app.Checkup{Addr: c.Addr, TLSCert: c.TLSCert, BackupTo: c.BackupTo})
	bad := 0
	for _, f := range found {
		if f.Level == "bad" {
			bad++
		}
	}
	if s.world.JSON {
		s.line(s.out, map[string]any{"findings": found, "ok": bad == 0})
	} else {
		for _, f := range found {
			fmt.Fprintf(s.out, "%s %s\n", map[string]string{"ok": "✓", "warn": "!", "bad": "✗"}[f.Level], f.What.In(s.lang))
			if fix := f.Fix.In(s.lang); fix != "" {
				fmt.Fprintf(s.out, "    → %s\n", fix)
			}
		}
	}
	if bad > 0 {
		return exit(app.ExitFailed)
	}
	return nil
}
