package exchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"shouwang/internal/fault"
)

// book is an opened workbook: what must be known before its sheets are read.
type book struct {
	zip      *zip.Reader
	shared   *sharedStrings
	dates    []bool // by cell style
	date1904 bool
	sheets   []bookSheet
}

type bookSheet struct {
	name, rel, part string
	hidden          bool
}

// readXLSX writes the rows of every worksheet, one sheet after another.
func readXLSX(data []byte, out *rowWriter) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return ErrDamaged.With("zip").Because(err)
	}
	b := &book{zip: z, shared: &sharedStrings{}}
	if err := b.open(); err != nil {
		return asDamage(err)
	}
	for _, s := range b.sheets {
		if err := writeFrame(out.w, frame{Sheet: &s.name, Hidden: s.hidden}); err != nil {
			return err
		}
		if err := b.readSheet(s, out); err != nil {
			return asDamage(err)
		}
	}
	return nil
}

// asDamage keeps our own faults and calls every other error damage.
func asDamage(err error) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return f
	}
	return ErrDamaged.With("content").Because(err)
}

// part opens a part by name, whatever its case; nil when there is none. It never
// gives more bytes than the directory announced.
func (b *book) part(name string) (io.ReadCloser, error) {
	name = strings.TrimPrefix(name, "/")
	for _, f := range b.zip.File {
		if strings.EqualFold(f.Name, name) {
			r, err := f.Open()
			if err != nil {
				return nil, err
			}
			return struct {
				io.Reader
				io.Closer
			}{io.LimitReader(r, int64(min(f.UncompressedSize64, zipMaxTotal))+1), r}, nil
		}
	}
	return nil, nil
}

// each walks through a part and calls fn for each token.
func (b *book) each(name string, fn func(xmlToken) error) (found bool, err error) {
	r, err := b.part(name)
	if err != nil || r == nil {
		return false, err
	}
	defer r.Close()
	s := newScanner(r)
	for {
		tok, err := s.next()
		if err == io.EOF {
			return true, nil
		}
		if err == nil {
			err = fn(tok)
		}
		if err != nil {
			return true, err
		}
	}
}

func (b *book) open() error {
	main := "xl/workbook.xml"
	if _, err := b.each("_rels/.rels", func(t xmlToken) error {
		if kind, _ := t.attr("Type"); t.kind == '<' && string(t.name) == "Relationship" && strings.HasSuffix(kind, "/officeDocument") {
			main, _ = t.attr("Target")
			main = strings.TrimPrefix(path.Clean("/"+main), "/")
		}
		return nil
	}); err != nil {
		return err
	}
	found, err := b.each(main, func(t xmlToken) error {
		if t.kind != '<' {
			return nil
		}
		switch string(t.name) {
		case "workbookPr":
			v, _ := t.attr("date1904")
			b.date1904 = v == "1" || v == "true"
		case "sheet":
			s := bookSheet{}
			s.name, _ = t.attr("name")
			s.rel, _ = t.attr("id")
			state, _ := t.attr("state")
			s.hidden = state != "" && state != "visible"
			if b.sheets = append(b.sheets, s); len(b.sheets) > 255 {
				return ErrBomb.With("more than 255 sheets")
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !found {
		return ErrNotSheet.With("zip")
	}
	return b.related(main)
}

// related follows the workbook's relations to sheets, shared texts and styles.
func (b *book) related(main string) error {
	dir := path.Dir(main)
	targets, shared, styles := map[string]string{}, "", ""
	if _, err := b.each(path.Join(dir, "_rels", path.Base(main)+".rels"), func(t xmlToken) error {
		if t.kind != '<' || string(t.name) != "Relationship" {
			return nil
		}
		id, _ := t.attr("Id")
		kind, _ := t.attr("Type")
		target, _ := t.attr("Target")
		if mode, _ := t.attr("TargetMode"); mode == "External" {
			return nil // never followed
		}
		if strings.HasPrefix(target, "/") {
			target = strings.TrimPrefix(path.Clean(target), "/")
		} else {
			target = strings.TrimPrefix(path.Clean("/"+dir+"/"+target), "/")
		}
		switch {
		case strings.HasSuffix(kind, "/worksheet"):
			targets[id] = target
		case strings.HasSuffix(kind, "/sharedStrings"):
			shared = target
		case strings.HasSuffix(kind, "/styles"):
			styles = target
		}
		return nil
	}); err != nil {
		return err
	}
	sheets := b.sheets[:0]
	for _, s := range b.sheets {
		if s.part = targets[s.rel]; s.part != "" { // chart sheets have no rows
			sheets = append(sheets, s)
		}
	}
	if b.sheets = sheets; len(sheets) == 0 {
		return ErrDamaged.With("no worksheet")
	}
	if err := b.readStyles(styles); err != nil {
		return err
	}
	return b.readShared(shared)
}
