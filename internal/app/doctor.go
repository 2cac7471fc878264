package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/seal"
	"shouwang/internal/store"
	"shouwang/internal/web"
)

// Finding is one line of the doctor: a thing looked at, how it is, and what to do.
type Finding struct {
	Level string `json:"level"` // ok, warn, bad
	What  Words  `json:"what"`
	Fix   Words  `json:"fix"` // empty when all is well
}

// Words is one text in both languages.
type Words struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// In returns the text in lang.
func (w Words) In(lang string) string {
	if lang == "en" {
		return w.EN
	}
	return w.ZH
}

// doctor gathers findings.
type doctor struct{ out []Finding }

func (d *doctor) ok(zh, en string) { d.out = append(d.out, Finding{"ok", Words{zh, en}, Words{}}) }

func (d *doctor) warn(zh, en, fixZH, fixEN string) {
	d.out = append(d.out, Finding{"warn", Words{zh, en}, Words{fixZH, fixEN}})
}

func (d *doctor) bad(zh, en, fixZH, fixEN string) {
	d.out = append(d.out, Finding{"bad", Words{zh, en}, Words{fixZH, fixEN}})
}

// fault reports an error in its own words.
func (d *doctor) fault(whatZH, whatEN string, err error) {
	f := fault.As(err)
	cause := ""
	if f.Cause != nil {
		cause = "（" + f.Cause.Error() + "）"
	}
	d.bad(whatZH+cause, whatEN+cause, f.Text("zh")+" "+f.Code, f.Text("en")+" "+f.Code)
}

// Examine looks at what a world needs from its machine, and at what checks names
// around it. It writes no record, makes no directory, changes no table and disturbs
// no running server.
func Examine(ctx context.Context, cfg Config, checks ...Checkup) []Finding {
	d := &doctor{}
	cfg, err := cfg.filled()
	if err != nil {
		d.fault("没有指明数据目录", "No data directory was named", err)
		return d.out
	}
	d.clock(cfg)
	d.web()
	for _, left := range Leftovers(cfg) {
		d.bad("上次恢复中途断了，留下 "+left+"（里面可能有明文密钥）", "A restore was cut off and left "+left+" (it may hold keys in clear)", "把同一条 shouwang restore 再运行一次，它会先清掉；不再恢复就删除这个文件夹。", "Run the same shouwang restore once more, which clears it away first; or delete the folder if nothing is to be restored.")
	}
	fresh, err := cfg.checkEngine()
	switch {
	case err != nil:
		d.fault("数据目录与数据库不是一套", "Data directory and database do not belong together", err)
	case fresh:
		d.ok("数据目录还是空的，第一次启动时建立："+cfg.Data, "The data directory is new and will be made at the first start: "+cfg.Data)
		d.disk(cfg.Data)
		if cfg.DB != "" {
			d.tables(ctx, cfg)
		}
	default:
		d.disk(cfg.Data)
		d.closed(cfg.Data)
		d.keys(ctx, cfg)
		d.closed(cfg.Keys)
		d.sheet(cfg)
		if d.tables(ctx, cfg) {
			d.database(ctx, cfg)
		}
	}
	for _, c := range checks {
		d.around(cfg, c)
	}
	return d.out
}

// clock looks at the machine's clock: it must not be absurd, and not behind what
// the data directory already holds.
func (d *doctor) clock(cfg Config) {
	now := time.Now()
	text := now.Format(time.RFC3339)
	switch newest := newestFile(cfg.Data); {
	case now.Year() < 2026:
		d.bad("系统时钟不对："+text, "The clock is wrong: "+text, "校准时间（如启用 systemd-timesyncd 或 chrony）后再启动。", "Set the clock, by NTP if possible, before starting.")
	case newest.After(now.Add(2 * time.Minute)):
		d.bad("系统时钟早于已有数据："+text, "The clock is behind the data: "+text, "措施的起止按时钟计算，请先校准时间。", "Measures begin and end by the clock: set it first.")
	default:
		d.ok("系统时钟 "+text, "Clock "+text)
	}
}

func newestFile(dir string) (t time.Time) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return t
	}
	for _, f := range files {
		if i, err := f.Info(); err == nil && i.ModTime().After(t) {
			t = i.ModTime()
		}
	}
	return t
}

func (d *doctor) web() {
	if _, built := web.FS(); built {
		d.ok("网页已包含在程序里", "The web application is in the program")
		return
	}
	d.warn("程序里没有网页，只有接口", "The web application was not built into the program", "安装 Node 后运行 make build。", "Install Node and run make build.")
}

func (d *doctor) disk(dir string) {
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	free, known := freeSpace(dir)
	mb := free >> 20
	text := fmt.Sprintf("%d MB", mb)
	switch {
	case !known:
		d.warn("看不出磁盘余量", "Free space is not known", "请自行确认数据所在磁盘至少有 2 GB 空余。", "Make sure that the disk of the data has 2 GB free.")
	case mb < 500:
		d.bad("磁盘只剩 "+text, "Only "+text+" of disk are free", "清理或扩容后再启动：写满时系统会转为只读。", "Free some: when the disk is full the system becomes read-only.")
	case mb < 2048:
		d.warn("磁盘剩 "+text, text+" of disk are free", "建议留 2 GB 以上。", "2 GB or more are better.")
	default:
		d.ok("磁盘剩 "+text, text+" of disk are free")
	}
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		d.bad("数据目录写不进去："+dir, "The data directory cannot be written: "+dir, "检查目录的属主和权限。", "Check owner and permissions of the directory.")
		return
	}
	_ = f.Close()
	_ = os.Remove(f.Name())
	d.ok("数据目录可写", "The data directory can be written")
}

func (d *doctor) keys(ctx context.Context, cfg Config) {
	root := filepath.Join(cfg.Keys, rootName)
	if err := seal.Outside(root, cfg.Data); err != nil {
		d.fault("密钥在数据目录里面", "The keys lie in the data directory", err)
	} else {
		d.ok("密钥在数据目录之外："+cfg.Keys, "The keys lie outside the data directory: "+cfg.Keys)
	}
	if _, err := seal.OpenRoot(root); err != nil {
		d.fault("根密钥打不开", "The root key does not open", err)
	} else {
		d.ok("根密钥可用，只有属主能读", "The root key opens, only its owner can read it")
	}
	files := []string{signerName, ringName}
	if cfg.Ring != "" {
		files = files[:1]
		d.sharedRing(ctx, cfg)
	}
	for _, name := range files {
		file := filepath.Join(cfg.Keys, name)
		i, err := os.Stat(file)
		switch {
		case err != nil:
			d.bad("缺少密钥文件 "+file, "The key file "+file+" is missing", "从备份恢复它；没有它，已加密的内容或新的校验点就没有了。", "Restore it from its backup.")
		case runtime.GOOS != "windows" && i.Mode().Perm()&0o077 != 0:
			d.bad(fmt.Sprintf("密钥文件 %s 的权限是 %o", file, i.Mode().Perm()), fmt.Sprintf("The key file %s has mode %o", file, i.Mode().Perm()), "运行 chmod 600 "+file, "Run chmod 600 "+file)
		default:
			d.ok("密钥文件 "+name, "Key file "+name)
		}
	}
}

func (d *doctor) database(ctx context.Context, cfg Config) {
	l, err := takeLock(cfg.Data)
	if errors.Is(err, ErrHeld) {
		d.warn("有服务正在使用这个目录，数据库没有检查", "A server holds the directory; the database was not looked at", fault.As(err).Text("zh"), fault.As(err).Text("en"))
		return
	}
	if err == nil {
		defer l.release()
	} else if cfg.DB == "" {
		d.fault("锁不住数据目录", "The data directory cannot be locked", err)
		return
	}
	s, err := store.Open(ctx, cfg.dsn(), store.Options{Clock: cfg.Clock})
	if err != nil {
		d.fault("数据库打不开", "The database does not open", ErrDatabase.With().Because(err))
		return
	}
	defer s.Close()
	n, err := s.Schema(ctx)
	if err != nil {
		d.fault("读不到表结构版本", "The version of the tables cannot be read", ErrDatabase.With().Because(err))
		return
	}
	d.ok(fmt.Sprintf("数据库可用：%s，表结构版本 %d", s.Engine(), n), fmt.Sprintf("The database opens: %s, tables of version %d", s.Engine(), n))
	bad, err := s.Integrity(ctx)
	switch {
	case err != nil:
		d.fault("数据库自检没有做成", "The database could not check itself", ErrDatabase.With().Because(err))
	case len(bad) > 0:
		d.bad("数据库文件有损坏："+bad[0], "The database file is damaged: "+bad[0], "停用它，从备份恢复；不要继续写入。", "Stop using it and restore a backup; write nothing more.")
	default:
		d.ok("数据库自检通过", "The database checked itself")
	}
	d.astray(ctx, s)
}

// astray looks for rows whose path is not that of their place: who may see them
// goes by that path.
func (d *doctor) astray(ctx context.Context, s *store.Store) {
	rows, err := s.Astray(ctx)
	if err != nil {
		d.fault("没有查成各行是否在所属地方之下", "Whether rows lie at their places could not be looked at", ErrDatabase.With().Because(err))
		return
	}
	n := 0
	for _, k := range rows {
		n += k
	}
	switch {
	case rows["places"] > 0:
		d.bad(fmt.Sprintf("有 %d 个地方的路径与上级不符", rows["places"]), fmt.Sprintf("The paths of %d places do not agree with their parents", rows["places"]),
			"停用它，从备份恢复；不要继续写入。", "Stop using it and restore a backup; write nothing more.")
	case n > 0:
		d.warn(fmt.Sprintf("有 %d 行不在所属地方的路径下", n), fmt.Sprintf("%d rows are not at the path of their place", n),
			"启动服务即自动改正，改动记入日志（ground.mended）。", "Start the server: it mends them by a journaled act (ground.mended).")
	default:
		d.ok("每一行都在所属的地方之下", "Every row lies at its place")
	}
}
