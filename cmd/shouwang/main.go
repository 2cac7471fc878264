// Command shouwang is the one binary: it serves a world, and every other command
// is a client of the same HTTP API.
//
// It reads flags and prints results and never decides what they mean. People and
// scripts call it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"shouwang/internal/app"
)

// revision is what was built; set by the linker.
var revision = "unknown"

// cli is every command and flag. Flags of the world stand on all of them.
type cli struct {
	World `embed:""`

	Init      initCmd      `cmd:"" help:"新建：五个问题，建好数据、密钥、配置和管理员 · set up a new instance"`
	Serve     serveCmd     `cmd:"" help:"启动服务 · start the server"`
	Import    importCmd    `cmd:"" help:"导入台账 · import a spreadsheet"`
	Export    exportCmd    `cmd:"" help:"导出地点 · export places"`
	Token     tokenCmd     `cmd:"" help:"令牌 · tokens for programs"`
	Account   accountCmd   `cmd:"" help:"账号：建账号、换密码 · accounts and passwords"`
	QR        qrCmd        `cmd:"" name:"qr" help:"二维码：发码、换码、列出 · codes at doors"`
	Contact   contactCmd   `cmd:"" help:"联系卡：居民打给谁、找谁申诉 · whom residents call"`
	Playbook  playbookCmd  `cmd:"" help:"预案 · playbooks"`
	Place     placeCmd     `cmd:"" help:"地点：划分微网格、划转、拆分、合并、沿革 · places: divide, move, split, merge, history"`
	Incident  incidentCmd  `cmd:"" help:"事件：宣布、划区、方案、应用、解除 · incidents"`
	Clock     clockCmd     `cmd:"" help:"解封时钟：事实、提议、重放 · release clocks"`
	Post      postCmd      `cmd:"" help:"岗位：我的岗、到岗、交岗（只在应急时） · posts of an emergency: mine, arrive, hand over"`
	Exemption exemptionCmd `cmd:"" help:"豁免：提出、列出、答复、门口查验 · exemptions"`
	Roster    rosterCmd    `cmd:"" help:"排班：草案、看班、发布、撤回 · rosters: draft, show, publish, take back"`
	Training  trainingCmd  `cmd:"" help:"培训：排、邀请、记结果、通过、收回 · training: plan, invite, note, pass, take back"`
	Lead      leadCmd      `cmd:"" help:"选网格长：缺人的微网格、候选人、选定 · choosing leads"`
	Card      cardCmd      `cmd:"" help:"住户卡：给没有手机的人报名用 · household cards, for signing up without a phone"`
	Drill     drillCmd     `cmd:"" help:"演练：在另一个世界里走一遍预案的第一个小时 · drills"`
	Verify    verifyCmd    `cmd:"" help:"离线核对日志与数据文件 · check journal and files offline"`
	Doctor    doctorCmd    `cmd:"" help:"检查运行环境 · look at what the machine offers"`
	Keys      keysCmd      `cmd:"" help:"根密钥：恢复单、核对、重建 · the root key"`
	Backup    backupCmd    `cmd:"" help:"备份：做、列、试 · backups"`
	Restore   restoreCmd   `cmd:"" help:"从备份恢复到新目录 · restore a backup into a new folder"`
	Demo      demoCmd      `cmd:"" help:"演示数据 · the invented subdistrict"`
	Keyring   keyringCmd   `cmd:"" help:"密钥环：拷到共用的库或备份文件 · keyring: copy it to the shared database or a backup file"`
	Config    configCmd    `cmd:"" help:"配置：显示生效的值和来处 · settings"`
	Health    healthCmd    `cmd:"" help:"问一个运行中的服务是否就绪 · ask a server whether it is ready"`
	Version   versionCmd   `cmd:"" help:"版本 · version"`

	SheetRead sheetReadCmd `cmd:"" hidden:""`
}

// World names the world a command is about, and how to speak.
type World struct {
	Data   string `help:"数据目录（自己打开） · data directory" placeholder:"DIR" type:"path"`
	DB     string `name:"db" help:"PostgreSQL 地址，缺省用数据目录里的 SQLite · database" placeholder:"postgres://…"`
	Keys   string `help:"密钥目录，缺省是数据目录旁的 DIR.keys · key folder" placeholder:"DIR" type:"path"`
	Ring   string `name:"keyring" help:"多台服务器共用的密钥环，缺省是密钥目录里的文件 · keyring shared by several servers" placeholder:"postgres://…"`
	Server string `help:"连接运行中的服务 · a running server" placeholder:"URL"`
	Token  string `help:"--server 用的令牌 · token for --server" placeholder:"T"`
	JSON   bool   `name:"json" help:"以 JSON 输出结果 · print the result as JSON"`
	Lang   string `help:"语言：zh 或 en，缺省看 LANG · language" enum:",zh,en" default:""`
	File   string `name:"config" help:"配置文件（YAML），也可用环境变量 SHOUWANG_* · configuration file" placeholder:"FILE" type:"path"`
}

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv)) }

// run is main with its surroundings handed in; it returns the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer, env func(string) string) int {
	var c cli
	code := -1
	from := settings(args, env)
	p, err := kong.New(&c, kong.Name("shouwang"), kong.Writers(stdout, stderr), kong.Exit(func(n int) { code = n }),
		kong.Description("守望 Shouwang：双系统微网格居民服务 · dual-system micro-grid resident service"),
		kong.Resolvers(from), kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}))
	if err != nil {
		fmt.Fprintln(stderr, err)
		return app.ExitFailed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := p.Parse(args)
	if code >= 0 { // help was asked for and printed
		return code
	}
	s := &shell{from: from, world: &c.World, in: stdin, out: stdout, err: stderr, lang: language(c.Lang, env)}
	if err != nil {
		return s.usage(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	k.BindTo(ctx, (*context.Context)(nil))
	err = k.Run(s)
	switch {
	case err == nil:
		return app.ExitOK
	case ctx.Err() != nil:
		return app.ExitInterrupted
	}
	return s.fail(err)
}

// exit is an error that only carries an exit code: everything was said already.
type exit int

// Error implements error.
func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// usage says what was wrong with the words typed.
func (s *shell) usage(err error) int {
	var known *app.Refusal
	if text, code := app.Explain(err, s.lang); code != "SW-1000" || errors.As(err, &known) {
		fmt.Fprintf(s.err, "✗ %s  %s\n", text, code)
		return app.ExitUsage
	}
	fmt.Fprintf(s.err, "✗ %s%s\n", s.say("命令写得不对，没有做任何事：", "Wrong usage, nothing was done: "), err)
	fmt.Fprintln(s.err, s.say("看用法：shouwang --help 或 shouwang 命令 --help", "See: shouwang --help or shouwang COMMAND --help"))
	return app.ExitUsage
}

// fail says what happened and returns the exit code.
func (s *shell) fail(err error) int {
	var e exit
	if errors.As(err, &e) {
		return int(e)
	}
	text, code := app.Explain(err, s.lang)
	if s.world.JSON {
		s.line(s.err, map[string]any{"code": code, "detail": text})
		return app.ExitCode(err)
	}
	fmt.Fprintf(s.err, "✗ %s  %s\n", text, code)
	if inner := errors.Unwrap(err); inner != nil && !strings.HasPrefix(code, "SW-10") {
		fmt.Fprintf(s.err, "  %s%s\n", s.say("原因：", "cause: "), inner)
	}
	return app.ExitCode(err)
}

// language is zh unless English is asked for.
func language(flag string, env func(string) string) string {
	for _, v := range []string{flag, env("LC_ALL"), env("LC_MESSAGES"), env("LANG")} {
		if v != "" {
			if strings.HasPrefix(strings.ToLower(v), "en") {
				return "en"
			}
			return "zh"
		}
	}
	return "zh"
}
