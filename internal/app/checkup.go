package app

import (
	"context"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"shouwang/internal/backup"
	"shouwang/internal/journal"
	"shouwang/internal/store"
)

// Checkup names what the doctor looks at beside the world itself; what is empty is
// not looked at.
type Checkup struct {
	Addr     string // where serve is to listen
	TLSCert  string // its certificate
	BackupTo string // where backups go
}

// day is the length of one.
const day = 24 * time.Hour

// around looks at port, certificate, backups, recovery sheet and fonts.
func (d *doctor) around(cfg Config, c Checkup) {
	d.port(cfg, c.Addr)
	d.certificate(cfg, c.TLSCert)
	d.backups(cfg, c.BackupTo)
	d.fonts()
}

// port says whether the address is free, or held by this very world's server.
func (d *doctor) port(cfg Config, addr string) {
	if addr == "" {
		return
	}
	l, err := net.Listen("tcp", addr)
	if err == nil {
		_ = l.Close()
		d.ok("地址可用 "+addr, "The address is free: "+addr)
		return
	}
	if held, err := os.ReadFile(filepath.Join(cfg.Data, "lock")); err == nil && strings.Contains(string(held), portOf(addr)) {
		d.ok("地址 "+addr+" 由本数据目录的服务在用", "The address "+addr+" is used by the server of these data")
		return
	}
	d.bad("地址 "+addr+" 监听不了", "Cannot listen on "+addr, "换一个 --addr，或停掉占用它的程序；1024 以下的端口要有 CAP_NET_BIND_SERVICE。", "Use another --addr or stop what holds it; ports below 1024 need CAP_NET_BIND_SERVICE.")
}

func portOf(addr string) string {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "\x00"
	}
	return ":" + port + "\""
}

// certificate looks at the end of the certificate in use.
func (d *doctor) certificate(cfg Config, file string) {
	if file == "" {
		if file = filepath.Join(cfg.Keys, caName); !exists(file) {
			return
		}
	}
	end, err := CertificateEnd(file)
	left := end.Sub(cfg.Clock())
	text := end.Format(time.DateOnly)
	switch {
	case err != nil:
		d.bad("证书读不了："+file, "The certificate cannot be read: "+file, "检查路径与格式（PEM）。", "Check path and form (PEM).")
	case left <= 0:
		d.bad("证书已于 "+text+" 过期", "The certificate ended on "+text, "换上新证书，不必重启：文件变了会自动重读。", "Put the new one in its place; it is read again without a restart.")
	case left < 21*day:
		d.warn("证书 "+text+" 到期", "The certificate ends on "+text, "三周之内请换上新的。", "Renew it within three weeks.")
	default:
		d.ok("证书有效到 "+text, "The certificate holds until "+text)
	}
}

func exists(file string) bool { _, err := os.Stat(file); return err == nil }

// backups looks at the age and the state of the newest one.
func (d *doctor) backups(cfg Config, to string) {
	if to == "" {
		d.warn("没有说明备份在哪里", "Nothing was said about where backups are", "用 serve --backup-to 定时备份，并给 doctor 同一个 --backup-to（或写进配置文件）。", "Back up with serve --backup-to and give doctor the same (or write it into the configuration).")
		return
	}
	age, it, ok := BackupAge(to, cfg.Clock())
	text := age.Round(time.Minute).String()
	switch {
	case !ok:
		d.bad("还没有备份："+to, "There is no backup in "+to, "运行 shouwang backup --to "+to, "Run shouwang backup --to "+to)
		return
	case age > 26*time.Hour:
		d.bad("最近的备份是 "+text+" 前的", "The newest backup is "+text+" old", "检查定时备份为什么停了（看日志 backup failed）。", "Find out why backups by the clock stopped (backup failed in the log).")
	default:
		d.ok("最近的备份 "+it.ID+"，"+text+" 前", "Newest backup "+it.ID+", "+text+" old")
	}
	items, _ := backup.List(to)
	tried := slices.IndexFunc(items, func(i backup.Item) bool { return i.State == backup.Complete && cfg.Clock().Sub(i.Started) < 31*day })
	if tried < 0 {
		d.warn("备份不完整：一个月内没有用密钥试过恢复", "Backups are incomplete: none was restored with its keys within a month", "运行 shouwang backup verify "+it.Dir+" --identity FILE（密钥文件在别处再加 --keys-file FILE）", "Run shouwang backup verify "+it.Dir+" --identity FILE (and --keys-file FILE where the keys lie elsewhere)")
		return
	}
	d.ok("密钥恢复试过："+items[tried].ID, "Restored with its keys: "+items[tried].ID)
}

// sheet says whether the recovery sheet of the root key was typed back.
func (d *doctor) sheet(cfg Config) {
	if c, ok := SheetConfirmed(cfg.Keys); ok {
		d.ok("根密钥恢复单已核对（"+c.At.Format(time.DateOnly)+"）", "The recovery sheet was typed back on "+c.At.Format(time.DateOnly))
		return
	}
	d.warn("根密钥恢复单没有核对过", "The recovery sheet of the root key was never typed back",
		"shouwang keys sheet --out 恢复单.html 打印，再 shouwang keys confirm 照抄一遍。", "Print it with shouwang keys sheet, then type it back with shouwang keys confirm.")
}

// closed says whether others may read a folder.
func (d *doctor) closed(dir string) {
	i, err := os.Stat(dir)
	if err != nil || runtime.GOOS == "windows" {
		return
	}
	if m := i.Mode().Perm(); m&0o077 != 0 {
		d.bad(fmt.Sprintf("别人也能进 %s（权限 %o）", dir, m), fmt.Sprintf("Others can enter %s (mode %o)", dir, m), "运行 chmod 700 "+dir, "Run chmod 700 "+dir)
		return
	}
	d.ok("只有属主能进 "+dir, "Only its owner can enter "+dir)
}

// fonts says whether this machine can draw Chinese and its rare characters: it
// matters where sheets are printed from here.
func (d *doctor) fonts() {
	han, rare := false, false
	for _, dir := range []string{"/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", `C:\Windows\Fonts`} {
		_ = filepath.WalkDir(dir, func(p string, _ fs.DirEntry, err error) error {
			name := strings.ToLower(filepath.Base(p))
			for _, part := range []string{"cjk", "sourcehan", "simsun", "msyh", "pingfang", "wqy", "droidsansfallback"} {
				han = han || strings.Contains(name, part)
			}
			for _, part := range []string{"extb", "hanazono", "hanamin", "plangothic", "simsunb", "babelstonehan", "notoserifcjk", "notosanscjk"} {
				rare = rare || strings.Contains(name, part)
			}
			return nil
		})
	}
	switch {
	case !han:
		d.warn("这台机器没有中文字体", "This machine has no Chinese font", "只影响在这台机器上打印：安装 fonts-noto-cjk。", "It matters only for printing from here: install fonts-noto-cjk.")
	case !rare:
		d.warn("这台机器缺生僻字字体", "This machine has no font for rare characters", "姓名里的生僻字在这里会打印成方框：安装 fonts-noto-cjk 或 fonts-hanazono。", "Rare characters in names print as boxes from here: install fonts-noto-cjk or fonts-hanazono.")
	default:
		d.ok("中文与生僻字字体都有", "Fonts for Chinese and rare characters are there")
	}
}

// tables looks at the database without its lock, beside a running server too, and
// says whether its tables are those of this program.
func (d *doctor) tables(ctx context.Context, cfg Config) (current bool) {
	v, err := store.OpenView(ctx, cfg.dsn())
	if err != nil {
		d.fault("数据库连不上", "The database cannot be reached", noDatabase(err))
		return false
	}
	defer v.Close()
	d.settings(ctx, v)
	known, err := store.Migrations()
	have := v.Schema
	switch {
	case err != nil || len(have) == 0:
		if may, err := store.MayCreate(ctx, cfg.DB); cfg.DB != "" && (err != nil || !may) {
			d.fault("数据库连得上，但不能建表", "The database answers, but no tables can be made in it", ErrDBRights.With().Because(err))
			return false
		}
		d.ok("数据库连得上，还没有表", "The database answers and has no tables yet")
		return false
	case have[len(have)-1] > known[len(known)-1]:
		d.bad(fmt.Sprintf("表结构版本 %d 比本程序新", have[len(have)-1]), fmt.Sprintf("Tables of version %d are newer than this program", have[len(have)-1]), "用更新的程序；旧程序打不开它。", "Use the newer program; this one refuses them.")
	case len(have) < len(known):
		d.warn(fmt.Sprintf("表结构版本 %d，下次启动会升到 %d", have[len(have)-1], known[len(known)-1]), fmt.Sprintf("Tables of version %d; the next start brings them to %d", have[len(have)-1], known[len(known)-1]), "先备份，再启动新版本。", "Back up, then start the new version.")
	default:
		current = true
		d.ok(fmt.Sprintf("表结构版本 %d，与程序一致", have[len(have)-1]), fmt.Sprintf("Tables of version %d, as this program wants them", have[len(have)-1]))
	}
	d.signed(ctx, cfg, v)
	return current
}

// settings looks at what makes a write durable.
func (d *doctor) settings(ctx context.Context, v *store.View) {
	got, err := v.Settings(ctx)
	if err != nil {
		d.fault("读不到数据库的设置", "The database's settings cannot be read", ErrDatabase.With().Because(err))
		return
	}
	var bad, all []string
	for _, s := range got {
		all = append(all, s.Name+"="+s.Value)
		if !s.Right {
			bad = append(bad, s.Name+"="+s.Value)
		}
	}
	slices.Sort(all)
	if len(bad) > 0 {
		d.bad("数据库设置会丢已确认的数据："+strings.Join(bad, " "), "Settings that can lose what was confirmed: "+strings.Join(bad, " "),
			"改为 fsync=on full_page_writes=on synchronous_commit=on（或 remote_apply）；SQLite 用 WAL；PostgreSQL 15 以上。", "Set fsync=on full_page_writes=on synchronous_commit=on (or remote_apply); WAL for SQLite; PostgreSQL 15 or later.")
		return
	}
	d.ok("数据库设置可靠："+strings.Join(all, " "), "The database's settings are safe: "+strings.Join(all, " "))
}

// signed looks at how far the newest signed checkpoint is behind the journal.
func (d *doctor) signed(ctx context.Context, cfg Config, v *store.View) {
	last, text, err := v.Journal(ctx)
	verifier, err2 := verifierLine(cfg.Keys)
	if err != nil || err2 != nil || last == 0 {
		return
	}
	size, _, err := journal.ReadCheckpoint(verifier, text)
	switch {
	case err != nil:
		d.bad("最新的校验点验不过", "The newest checkpoint does not verify", "运行 shouwang verify，看是哪一段。", "Run shouwang verify to see which range.")
	case last-size > 2000:
		d.warn(fmt.Sprintf("有 %d 条日志还没签进校验点", last-size), fmt.Sprintf("%d entries are not under a signed checkpoint", last-size), "启动服务，几秒内会签；若一直不签请看日志。", "Start the server, it signs within seconds; if not, read the log.")
	default:
		d.ok(fmt.Sprintf("日志 %d 条，校验点签到 %d", last, size), fmt.Sprintf("%d entries, signed up to %d", last, size))
	}
}
