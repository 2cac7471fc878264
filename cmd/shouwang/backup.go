package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"shouwang/internal/app"
	"shouwang/internal/backup"
)

type backupCmd struct {
	Make   backupMakeCmd   `cmd:"" default:"withargs" help:"备份一份（服务开着也可以） · make one, beside a running server too"`
	List   backupListCmd   `cmd:"" help:"列出备份和它们的状态 · list them"`
	Verify backupVerifyCmd `cmd:"" help:"真的恢复一次到临时目录，核对密钥与日志 · restore one into a scratch folder and check it"`
	Keygen backupKeygenCmd `cmd:"" help:"生成一对备份密钥（age） · a pair for locking key files"`
}

// lockFlags say what locks the keys of a backup.
type lockFlags struct {
	KeysTo         string `help:"密钥文件放哪里，缺省是备份目录旁的 DIR.keys · folder of the key files" placeholder:"DIR" type:"path"`
	PassphraseFile string `help:"口令在这个文件的第一行 · file with the passphrase" placeholder:"FILE" type:"path"`
	Recipient      string `help:"age 公钥（backup keygen 打印的） · age recipient" placeholder:"age1…"`
	WithoutKeys    bool   `help:"不带密钥；这样的备份称为不完整 · leave the keys out"`
}

type backupMakeCmd struct {
	To   string `required:"" help:"备份放到哪里 · folder of the backups" placeholder:"DIR" type:"path"`
	Keep int    `help:"只留最近几份，0 为全留 · how many to keep" default:"0"`
	lockFlags
}

func (f lockFlags) plan(to string, keep int) app.BackupPlan {
	return app.BackupPlan{To: to, KeysTo: f.KeysTo, PassphraseFile: f.PassphraseFile, Recipient: f.Recipient, WithoutKeys: f.WithoutKeys, Keep: keep}
}

// Run makes one backup and says that it is not complete before its keys were tried.
func (c *backupMakeCmd) Run(ctx context.Context, s *shell) error {
	began := time.Now()
	m, dir, err := app.Backup(ctx, s.config(), c.plan(c.To, c.Keep))
	if err != nil {
		return err
	}
	if s.world.JSON {
		s.line(s.out, map[string]any{"id": m.ID, "dir": dir, "state": backup.Incomplete, "rows": m.Rows(), "bytes": m.Bytes(), "last": m.Last, "keys": m.Keys})
		return nil
	}
	t := time.Since(began).Seconds()
	s.note(fmt.Sprintf("✓ 已备份 %d 行，日志到第 %d 条，%.1f MB，%.1f s", m.Rows(), m.Last, float64(m.Bytes())/1e6, t),
		fmt.Sprintf("✓ %d rows, journal to entry %d, %.1f MB, %.1f s", m.Rows(), m.Last, float64(m.Bytes())/1e6, t))
	fmt.Fprintln(s.out, dir)
	if m.Keys == nil {
		s.note("! 这份备份不完整：没有带密钥，加密的字段恢复后读不出来。", "! This backup is incomplete: it has no keys, so sealed fields could not be read after a restore.")
		return nil
	}
	file := filepath.Join(keysDir(c.KeysTo, c.To), m.Keys.File)
	s.note("密钥文件 "+file+"（请放到另一处，35 天后自动删除）", "Key file "+file+" (keep it elsewhere; it is deleted after 35 days)")
	s.note("! 这份备份不完整：还没有人用密钥恢复过它。请运行 shouwang backup verify "+dir+" --keys-file "+file, "! This backup is incomplete: nobody has restored it with its keys yet. Run: shouwang backup verify "+dir+" --keys-file "+file)
	return nil
}

func keysDir(given, to string) string {
	if given != "" {
		return given
	}
	return filepath.Clean(to) + ".keys"
}

type backupListCmd struct {
	To string `arg:"" help:"备份所在目录 · folder of the backups" placeholder:"DIR" type:"path"`
}

// Run lists the backups of a folder with what each may be called.
func (c *backupListCmd) Run(s *shell) error {
	if _, err := os.Stat(c.To); err != nil {
		return backup.ErrNoFolder.With(c.To).Because(err)
	}
	items, err := backup.List(c.To)
	if err != nil {
		return err
	}
	if s.world.JSON {
		s.line(s.out, map[string]any{"backups": items})
		return nil
	}
	if len(items) == 0 {
		s.note("这里还没有备份。", "There is no backup here yet.")
		return nil
	}
	rows := [][]string{}
	for _, it := range items {
		rows = append(rows, []string{s.state(it), it.ID, fmt.Sprint(it.Last), fmt.Sprint(it.Rows), fmt.Sprintf("%.1f", float64(it.Bytes)/1e6)})
	}
	s.table([]string{s.say("状态", "state"), s.say("编号", "id"), ">" + s.say("日志到", "journal"), ">" + s.say("行数", "rows"), ">MB"}, rows)
	return nil
}

func (s *shell) state(it backup.Item) string {
	switch it.State {
	case backup.Complete:
		return s.say("✓ 完整", "✓ complete")
	case backup.Incomplete:
		if !it.Keys {
			return s.say("! 不完整（没有密钥）", "! incomplete (no keys)")
		}
		return s.say("! 不完整（密钥没试过）", "! incomplete (keys never tried)")
	case backup.Damaged:
		return s.say("✗ 已损坏", "✗ damaged")
	}
	return s.say("✗ 没做完", "✗ interrupted")
}

// openFlags say where the keys of a backup are and what opens them.
type openFlags struct {
	KeysFile       string `help:"密钥文件，缺省在备份目录旁的 DIR.keys 里找 · file of the keys" placeholder:"FILE" type:"path"`
	PassphraseFile string `help:"口令在这个文件的第一行 · file with the passphrase" placeholder:"FILE" type:"path"`
	Identity       string `help:"age 私钥文件 · file with the age identity" placeholder:"FILE" type:"path"`
}

// file finds the keys of a backup.
func (f openFlags) file(dir string) string {
	if f.KeysFile != "" {
		return f.KeysFile
	}
	m, _, err := backup.ReadManifest(dir)
	if err != nil || m.Keys == nil {
		return ""
	}
	return filepath.Join(filepath.Dir(filepath.Clean(dir))+".keys", m.Keys.File)
}

type backupVerifyCmd struct {
	Dir     string `arg:"" help:"一份备份的目录 · folder of one backup" placeholder:"DIR" type:"path"`
	Scratch string `help:"临时目录放哪里，用完即删 · where the scratch folder goes" placeholder:"DIR" type:"path"`
	openFlags
}

// Run restores a backup into a scratch folder with its keys and marks it complete.
func (c *backupVerifyCmd) Run(ctx context.Context, s *shell) error {
	file := c.file(c.Dir)
	if _, err := backup.Check(c.Dir); err != nil {
		return err
	}
	who, err := app.Identities(c.PassphraseFile, c.Identity)
	if err != nil {
		return err
	}
	if file == "" {
		return app.ErrNoIdentity.With()
	}
	v, opened, err := app.TryBackup(ctx, c.Dir, file, who, c.Scratch, app.Config{Version: revision})
	if err != nil {
		return err
	}
	if s.world.JSON {
		s.line(s.out, map[string]any{"state": backup.Complete, "entries": v.Entries, "root": v.Root, "opened": opened})
		return nil
	}
	fmt.Fprintf(s.out, s.say("✓ 完整：密钥能用，打开了 %d 人的加密字段；日志 %d 条核对通过\n", "✓ complete: the keys work, sealed fields of %d people opened; %d journal entries verified\n"), opened, v.Entries)
	return nil
}

type backupKeygenCmd struct {
	Out string `required:"" help:"私钥写到哪里，请离线保管 · file for the secret" placeholder:"FILE" type:"path"`
}

// Run makes a pair and prints the half that may be written anywhere.
func (c *backupKeygenCmd) Run(s *shell) error {
	r, err := app.NewIdentity(c.Out)
	if err != nil {
		return err
	}
	if s.world.JSON {
		s.line(s.out, map[string]string{"recipient": r, "identity": c.Out})
		return nil
	}
	fmt.Fprintln(s.out, r)
	s.note("上面是公钥，可写进配置（--recipient）。私钥在 "+c.Out+"，请移到别处保管：恢复时要用它。", "Above is the recipient for --recipient. The secret is in "+c.Out+": keep it elsewhere, a restore needs it.")
	return nil
}

type restoreCmd struct {
	Dir string `arg:"" help:"一份备份的目录 · folder of one backup" placeholder:"DIR" type:"path"`
	openFlags
	OwnKeys bool `help:"密钥已放在 --keys 里，不从密钥文件取 · the key folder is there already"`
}

// Run makes a new world from a backup and checks it.
func (c *restoreCmd) Run(ctx context.Context, s *shell) error {
	if s.world.Server != "" {
		return s.both()
	}
	cfg, file := s.config(), ""
	began := time.Now()
	if !c.OwnKeys {
		if file = c.file(c.Dir); file == "" {
			if _, _, err := backup.ReadManifest(c.Dir); err != nil {
				return err
			}
			return app.ErrNoIdentity.With()
		}
	}
	var err error
	who, werr := app.Identities(c.PassphraseFile, c.Identity)
	if file != "" && werr != nil {
		return werr
	}
	for _, left := range app.Leftovers(cfg) {
		s.note("上次恢复中途断了，留下 "+left+"；先清掉，从头再来。", "A restore was cut off and left "+left+"; it is cleared away, and this one begins anew.")
	}
	m, err := app.Restore(ctx, cfg, c.Dir, file, who)
	if err != nil {
		return err
	}
	witness, err := os.CreateTemp("", "shouwang-checkpoint-")
	if err != nil {
		return err
	}
	defer os.Remove(witness.Name())
	_, _ = witness.WriteString(m.Checkpoint)
	_ = witness.Close()
	var witnesses []string
	if m.Checkpoint != "" {
		witnesses = append(witnesses, witness.Name())
	}
	v, err := app.Verify(ctx, cfg, "", witnesses...)
	if err != nil {
		return err
	}
	if s.world.JSON {
		s.line(s.out, map[string]any{"data": s.world.Data, "rows": m.Rows(), "entries": v.Entries, "sound": v.Sound()})
	} else {
		t := time.Since(began).Seconds()
		fmt.Fprintf(s.out, s.say("✓ 已恢复 %d 行，日志 %d 条核对通过，%.1f s\n", "✓ %d rows restored, %d journal entries verified, %.1f s\n"), m.Rows(), v.Entries, t)
	}
	if !v.Sound() {
		s.verified(v)
		return exit(app.ExitFailed)
	}
	return nil
}
