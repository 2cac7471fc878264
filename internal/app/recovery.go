package app

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html/template"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/skip2/go-qrcode"

	"shouwang/internal/seal"
	"shouwang/internal/store"
)

// confirmedName is the file that says that somebody typed the sheet back.
const confirmedName = "recovery.json"

// Confirmed says which sheet was typed back, and when.
type Confirmed struct {
	Sum string    `json:"sum"`
	At  time.Time `json:"at"`
}

var sheetPage = template.Must(template.New("sheet").Parse(`<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>守望 · 根密钥恢复单</title>
<style>@page{size:A4;margin:18mm}body{font:15px/1.6 "Noto Sans CJK SC",sans-serif;color:#000;max-width:170mm;margin:0 auto}
h1{font-size:22px;border-bottom:2px solid #000;padding-bottom:6px}pre{font:20px/1.9 monospace;border:1px solid #000;padding:8px 12px}
img{width:52mm;height:52mm;float:right;margin:0 0 8px 12px;image-rendering:pixelated}dt{font-weight:bold}footer{border-top:1px solid #000;margin-top:18px;padding-top:6px;font-size:13px}</style>
<h1>守望 · 根密钥恢复单 <small>Recovery sheet of the root key</small></h1>
<img alt="" src="{{.QR}}">
<p><b>这张纸就是钥匙。</b>谁拿到它和一份备份，谁就能读出身份证号、电话、健康与重点人群信息。请打印两份，分别封存在两个地点，由两个人保管，然后删除这个文件。</p>
<p lang="en"><b>This paper is the key.</b> Whoever has it and a backup can read identity numbers, phones and health notes. Print two, keep them sealed in two places with two people, then delete this file.</p>
<dl><dt>单位 · for</dt><dd>{{.Name}}</dd><dt>单号 · sheet</dt><dd>{{.Sum}}</dd><dt>打印时间 · printed</dt><dd>{{.At}}</dd></dl>
<pre>{{range .Lines}}{{.}}
{{end}}</pre>
<p>恢复 · recover：<code>shouwang keys recover --data 数据目录</code>，逐行照抄；每行最后两个字符是校验位，抄错会指出是哪一行。不分大小写，没有 I、L、O、U。</p>
<p lang="en">Type the lines as they are; the last two letters of each check it, and a wrong line is named. Case does not matter; I, L, O and U are not used.</p>
<footer>封存人 · sealed by ____________　日期 · date ____________　地点 · place ____________　启封须两人在场 · to be opened by two</footer></html>
`))

// WriteSheet writes the recovery sheet of a key folder as a page for printing.
func WriteSheet(keysDir, name string, now time.Time, w io.Writer) (seal.Sheet, error) {
	root, err := seal.OpenRoot(filepath.Join(keysDir, rootName))
	if err != nil {
		return seal.Sheet{}, err
	}
	s, err := root.Sheet()
	if err != nil {
		return s, err
	}
	code, err := qrcode.New(s.QR, qrcode.Medium)
	if err != nil {
		return s, err
	}
	png, err := code.PNG(-4)
	if err != nil {
		return s, err
	}
	return s, sheetPage.Execute(w, map[string]any{
		"QR": template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png)), "Name": name, "Sum": s.Sum,
		"At": now.Format("2006-01-02 15:04"), "Lines": s.Lines})
}

// SaveSheet writes the sheet to a new file for its owner alone.
func SaveSheet(cfg Config, name, file string) (seal.Sheet, error) {
	cfg, err := cfg.filled()
	if err != nil {
		return seal.Sheet{}, err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return seal.Sheet{}, ErrOutputFile.With(file).Because(err)
	}
	s, err := WriteSheet(cfg.Keys, name, cfg.Clock(), f)
	if e := f.Close(); err == nil && e != nil {
		err = ErrOutputFile.With(file).Because(e)
	}
	if err != nil {
		_ = os.Remove(file)
	}
	return s, err
}

// ConfirmSheet compares what was typed from paper with the present root key and
// writes down that it was. Faults: SW-1913 to SW-1915.
func ConfirmSheet(cfg Config, typed string) error {
	cfg, err := cfg.filled()
	if err != nil {
		return err
	}
	root, err := seal.OpenRoot(filepath.Join(cfg.Keys, rootName))
	if err != nil {
		return err
	}
	want, err := root.Sheet()
	if err != nil {
		return err
	}
	back, err := seal.ReadSheet(typed)
	if err != nil {
		return err
	}
	got, err := back.Sheet()
	if err != nil {
		return err
	}
	if got.Sum != want.Sum {
		return seal.ErrSheetOther.With()
	}
	b, err := json.Marshal(Confirmed{want.Sum, cfg.Clock().UTC()})
	if err != nil {
		return err
	}
	file := filepath.Join(cfg.Keys, confirmedName)
	if err := writeNew(file, string(b)); err != nil {
		return ErrKeyFile.With(file).Because(err)
	}
	return nil
}

// SheetConfirmed says whether the sheet of the present root key was typed back.
func SheetConfirmed(keysDir string) (Confirmed, bool) {
	var c Confirmed
	b, err := os.ReadFile(filepath.Join(keysDir, confirmedName))
	if err != nil || json.Unmarshal(b, &c) != nil {
		return c, false
	}
	root, err := seal.OpenRoot(filepath.Join(keysDir, rootName))
	if err != nil {
		return c, false
	}
	s, err := root.Sheet()
	return c, err == nil && s.Sum == c.Sum
}

// RecoverRoot makes the root key file anew from what was typed from paper. Where
// the data are, it first makes sure that the key is theirs. It never overwrites.
// Faults: SW-1907, SW-1910, SW-1913, SW-1914.
func RecoverRoot(ctx context.Context, cfg Config, typed string) error {
	cfg, err := cfg.filled()
	if err != nil {
		return err
	}
	root, err := seal.ReadSheet(typed)
	if err != nil {
		return err
	}
	file := filepath.Join(cfg.Keys, rootName)
	if err := seal.Outside(file, cfg.Data); err != nil {
		return err
	}
	if err := cfg.owns(ctx, root); err != nil {
		return err
	}
	if err := os.MkdirAll(cfg.Keys, 0o700); err != nil {
		return ErrKeyFile.With(cfg.Keys).Because(err)
	}
	return root.Save(file)
}

// owns refuses a root key that is not that of the data, where there are data.
func (c Config) owns(ctx context.Context, root *seal.Root) error {
	if fresh, err := c.checkEngine(); fresh || err != nil {
		return err
	}
	v, err := store.OpenView(ctx, c.dsn())
	if err != nil {
		return ErrDatabase.With().Because(err)
	}
	defer v.Close()
	had, err := v.Meta(ctx, metaKey)
	if err != nil {
		return ErrDatabase.With().Because(err)
	}
	if check := hex.EncodeToString(seal.New(root, &seal.MemoryRing{}).Index("instance", "key-check")); had != "" && had != check {
		return seal.ErrRootWrong.With()
	}
	return nil
}
