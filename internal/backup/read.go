package backup

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"

	"shouwang/internal/store"
)

// Check compares every file of a backup with its manifest. Fault: SW-2031.
func Check(dir string) (Manifest, error) {
	m, _, err := ReadManifest(dir)
	if err != nil {
		return m, err
	}
	for _, t := range m.Tables {
		for _, c := range t.Chunks {
			if _, err := chunk(dir, c); err != nil {
				return m, err
			}
		}
	}
	if _, err := os.Stat(filepath.Join(dir, triedName)); err == nil {
		if _, err := tried(dir); err != nil {
			return m, err
		}
	}
	return m, nil
}

// chunk reads one file of rows, compared with the manifest and unpacked.
func chunk(dir string, c Chunk) ([]byte, error) {
	bad := ErrDamaged.With(dir, c.File)
	if filepath.Base(c.File) != c.File {
		return nil, bad
	}
	b, err := os.ReadFile(filepath.Join(dir, c.File))
	sum := sha256.Sum256(b)
	if err != nil || int64(len(b)) != c.Bytes || hex.EncodeToString(sum[:]) != c.SHA256 {
		return nil, bad.Because(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, bad.Because(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return nil, bad.Because(err)
	}
	return raw, nil
}

func eachRow(raw []byte, n int, each func([]any) error) error {
	r := bufio.NewReader(bytes.NewReader(raw))
	for {
		row, err := readRow(r, n)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := each(row); err != nil {
			return err
		}
	}
}

// Load puts every row of a backup into an empty database, all in one transaction.
// Faults: SW-1810, SW-1811, SW-2031.
func Load(ctx context.Context, dir, dsn string) (Manifest, error) {
	m, _, err := ReadManifest(dir)
	if err != nil {
		return m, err
	}
	l, err := store.OpenLoader(ctx, dsn, m.Schema)
	if err != nil {
		return m, err
	}
	defer l.Abort()
	for _, t := range m.Tables {
		if err := loadPart(ctx, l, dir, t); err != nil {
			return m, err
		}
	}
	return m, l.Finish(ctx)
}

func loadPart(ctx context.Context, l *store.Loader, dir string, t Part) error {
	if err := l.Table(ctx, t.Table); err != nil {
		return err
	}
	var n int64
	for _, c := range t.Chunks {
		raw, err := chunk(dir, c)
		if err != nil {
			return err
		}
		err = eachRow(raw, len(t.Columns), func(row []any) error { n++; return l.Add(ctx, row) })
		if err == errChunk {
			return ErrDamaged.With(dir, c.File)
		}
		if err != nil {
			return err
		}
	}
	if n != t.Rows {
		return ErrDamaged.With(dir, t.Name)
	}
	return nil
}
