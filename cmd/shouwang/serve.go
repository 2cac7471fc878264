package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	"shouwang/internal/app"
	"shouwang/internal/notice"
)

type serveCmd struct {
	Demo     bool   `help:"演示模式：第一次启动时生成并导入虚构街道 · demonstration"`
	DemoSize string `help:"演示规模 · size of the demonstration" enum:"community,full" default:"full"`
	Addr     string `help:"监听地址 · address" default:"127.0.0.1:8080"`
	Public   string `name:"public-url" help:"居民打开的地址，印进二维码；缺省用打印时的地址 · address printed into codes" placeholder:"https://…"`

	TLSCert       string   `name:"tls-cert" help:"证书（PEM），换了文件会自动重读 · certificate" placeholder:"FILE" type:"path"`
	TLSKey        string   `name:"tls-key" help:"证书的私钥（PEM） · its key" placeholder:"FILE" type:"path"`
	ACME          []string `name:"acme" help:"用 ACME 自动申请这些域名的证书 · names for which ACME is asked" placeholder:"HOST"`
	ACMEEmail     string   `name:"acme-email" help:"ACME 的联系邮箱 · contact" placeholder:"MAIL"`
	ACMEDirectory string   `name:"acme-directory" help:"ACME 目录地址，缺省 Let's Encrypt · directory" placeholder:"URL"`
	ACMERoots     string   `name:"acme-roots" help:"信任该目录用的根证书 · roots for that directory" placeholder:"FILE" type:"path"`
	HTTPS         bool     `name:"https" help:"没有域名时：用本机自己的证书机构 · certificates of this machine's own authority"`
	RedirectAddr  string   `help:"把明文访问转到 HTTPS 的地址，如 :80 · address that sends plain visitors on" placeholder:"ADDR"`

	MetricsAddr      string        `help:"在另一个地址上给 /metrics · /metrics on an address of its own" placeholder:"ADDR"`
	MetricsTokenFile string        `help:"或在本地址上凭令牌给 /metrics：文件第一行 · or here, behind a token" placeholder:"FILE" type:"path"`
	SMSURL           string        `name:"sms-url" help:"短信网关：每条 POST 一个 JSON · gateway for short messages" placeholder:"URL"`
	PushMail         string        `name:"push-mail" help:"浏览器提醒：推送服务有事找谁（写了才开） · contact for push services; turns browser notices on" placeholder:"MAIL"`
	SMSTokenFile     string        `name:"sms-token-file" help:"网关的令牌：文件第一行 · its token" placeholder:"FILE" type:"path"`
	SMTPURL          string        `name:"smtp-url" help:"邮件服务器：smtp:// 用 STARTTLS，smtps:// 直接加密 · mail server: STARTTLS, or smtps:// for TLS from the start" placeholder:"smtp://user@host:587"`
	SMTPFrom         string        `name:"smtp-from" help:"邮件以谁的名义发 · sender of mail" placeholder:"MAIL"`
	SMTPPasswordFile string        `name:"smtp-password-file" help:"邮件服务器的密码：文件第一行 · its password" placeholder:"FILE" type:"path"`
	LogLevel         string        `help:"日志：debug info warn error · log level" enum:"debug,info,warn,error" default:"info"`
	ReceiptsFor      time.Duration `help:"同一操作重发时，原回执留多久；过后只认“办过”，不再给内容 · how long the answer to a write is kept for its repeats" default:"720h"`

	BackupTo    string        `help:"按时备份到哪里 · folder for backups by the clock" placeholder:"DIR" type:"path"`
	BackupEvery time.Duration `help:"隔多久备份一次 · how often" default:"1h"`
	BackupKeep  int           `help:"留最近几份 · how many to keep" default:"48"`
	BackupLock  lockFlags     `embed:"" prefix:"backup-"`
}

// Run serves until it is told to stop.
func (c *serveCmd) Run(ctx context.Context, s *shell) error {
	if s.world.Server != "" {
		return s.both()
	}
	began := time.Now()
	cfg := s.config()
	cfg.Public, cfg.ReceiptsFor = c.Public, c.ReceiptsFor
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return err
	}
	cfg.Log = app.NewLog(s.err, level)
	if c.MetricsTokenFile != "" {
		var err error
		if cfg.MetricsToken, err = secret(c.MetricsTokenFile); err != nil {
			return err
		}
	}
	cfg.PushMail = c.PushMail
	cfg.SMS.Channel, cfg.SMS.URL = "sms", c.SMSURL
	if c.SMSTokenFile != "" {
		var err error
		if cfg.SMS.Token, err = secret(c.SMSTokenFile); err != nil {
			return err
		}
	}
	var err error
	if cfg.Mail, err = c.mail(); err != nil {
		return err
	}
	if c.Demo { // without the flag the data say themselves what they are; new ones are real
		cfg.Kind = app.Demo
	}
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	fill := c.Demo
	c.Demo = a.Kind == app.Demo
	if c.Demo {
		s.note("守望 Shouwang "+revision+"  演示模式 · 数据目录 "+s.world.Data+" · 均为虚构，不发任何真实短信或群消息",
			"Shouwang "+revision+"  demonstration · data in "+s.world.Data+" · all of it invented, no message leaves this machine")
	} else {
		s.note("守望 Shouwang "+revision+"  数据目录 "+s.world.Data, "Shouwang "+revision+"  data in "+s.world.Data)
	}
	l, err := a.ListenTLS(c.Addr, c.tls())
	if err != nil {
		return err
	}
	if c.RedirectAddr != "" {
		if _, err := l.Redirect(c.RedirectAddr); err != nil {
			return err
		}
	}
	t := time.Since(began).Seconds()
	s.note(fmt.Sprintf("✓ 打开数据 %.1f s", t), fmt.Sprintf("✓ data opened %.1f s", t))
	if fill {
		if err := a.Demonstrate(ctx, c.DemoSize, s.note); err != nil {
			return err
		}
	}
	a.Work()
	if c.BackupTo != "" {
		if err := a.BackUpEvery(ctx, c.BackupLock.plan(c.BackupTo, c.BackupKeep), c.BackupEvery); err != nil {
			return err
		}
	}
	if c.MetricsAddr != "" {
		if _, err := a.ServeMetrics(c.MetricsAddr); err != nil {
			return err
		}
	}
	a.Warm(ctx)
	l.Ready()
	t = time.Since(began).Seconds()
	s.note(fmt.Sprintf("✓ 就绪，共 %.1f s", t), fmt.Sprintf("✓ ready after %.1f s", t))
	c.addresses(s, l)
	return l.Run(ctx)
}

// mail is the mail server that the flags name; nil where they name none.
func (c *serveCmd) mail() (*notice.Mail, error) {
	if c.SMTPURL == "" {
		if c.SMTPFrom != "" || c.SMTPPasswordFile != "" {
			return nil, app.ErrConfigFile.With("smtp-url", "smtp-from and smtp-password-file belong to smtp-url")
		}
		return nil, nil
	}
	m, err := notice.ReadMail(c.SMTPURL, c.SMTPFrom)
	if err != nil {
		return nil, app.ErrConfigFile.With("smtp-url smtp-from", err.Error())
	}
	if c.SMTPPasswordFile != "" {
		if m.Password, err = secret(c.SMTPPasswordFile); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// tls is the way to a certificate that the flags name.
func (c *serveCmd) tls() app.TLS {
	return app.TLS{Cert: c.TLSCert, Key: c.TLSKey, Hosts: c.ACME, Email: c.ACMEEmail, Directory: c.ACMEDirectory, Roots: c.ACMERoots, Local: c.HTTPS}
}

// trust prints how phones come to believe the machine's own authority.
func (c *serveCmd) trust(s *shell, l *app.Server, base string) {
	file := l.Authority()
	if file == "" {
		return
	}
	print, err := app.Fingerprint(file)
	if err != nil {
		return
	}
	base = c.phones(base)
	s.note("证书机构 "+file+"\n手机信任它：打开 "+base+"/ca.crt 下载并安装（iPhone：设置 → 已下载描述文件 → 安装，再到 关于本机 → 证书信任设置 打开；安卓：设置 → 安全 → 安装 CA 证书）。安装前核对指纹：\n"+print,
		"Authority "+file+"\nPhones: open "+base+"/ca.crt, install it and trust it (iPhone: Settings → Profile Downloaded → Install, then About → Certificate Trust; Android: Settings → Security → Install CA certificate). Compare the fingerprint first:\n"+print)
}

// phones is the address that a phone on the same network can open.
func (c *serveCmd) phones(base string) string {
	if c.Public != "" {
		return strings.TrimRight(c.Public, "/")
	}
	host, port, err := net.SplitHostPort(c.Addr)
	if ip := net.ParseIP(host); err != nil || host != "" && (ip == nil || !ip.IsUnspecified()) {
		return base
	}
	addrs, _ := net.InterfaceAddrs()
	for _, x := range addrs {
		if n, ok := x.(*net.IPNet); ok && n.IP.IsPrivate() && n.IP.To4() != nil {
			return "https://" + net.JoinHostPort(n.IP.String(), port)
		}
	}
	return base
}

// addresses prints where to go: the one result of serve.
func (c *serveCmd) addresses(s *shell, l *app.Server) {
	addr, scheme := l.Addr(), "http://"
	if c.tls().On() {
		scheme = "https://"
	}
	base := scheme + addr
	if host, port, err := net.SplitHostPort(addr); err == nil {
		if ip := net.ParseIP(host); ip != nil && (ip.IsUnspecified() || ip.IsLoopback()) {
			base = scheme + "localhost:" + port
		}
	}
	c.trust(s, l, base)
	if s.world.JSON {
		s.line(s.out, map[string]any{"url": base, "addr": addr, "demo": c.Demo})
		return
	}
	fmt.Fprintf(s.out, "%s  %s/console      %s  %s/m\n", s.say("指挥台", "console"), base, s.say("手机端", "phone"), base)
	if c.Demo {
		fmt.Fprintf(s.out, "%s  %s/demo      %s\n", s.say("选一个身份进入（无需密码）：", "pick a role (no password):"), base,
			s.say("按 Ctrl+C 停止；重来：shouwang demo reset", "Ctrl+C stops; to begin again: shouwang demo reset"))
	} else {
		fmt.Fprintf(s.out, "%s  %s/\n", s.say("首页", "start"), base)
	}
}

type versionCmd struct{}

// Run prints what was built.
func (versionCmd) Run(s *shell) error {
	if s.world.JSON {
		s.line(s.out, map[string]string{"version": revision})
		return nil
	}
	fmt.Fprintln(s.out, "shouwang "+revision)
	return nil
}
