package backup

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"shouwang/internal/store"
)

// Secrets are what opens the data: small files by name, and the keyring.
type Secrets struct {
	// Read returns the small files; it is asked before and after the keyring was
	// copied, so that a change of the root key in between is seen.
	Read func() (map[string][]byte, error)
	// Ring opens the keyring for reading. It is called after the data were copied:
	// keys are made before the data that need them.
	Ring func(context.Context) (*store.View, error)
}

// Plan says what to copy and where to.
type Plan struct {
	View       *store.View
	To         string // folder of all backups
	KeysTo     string // folder of the key files; never below To
	Secrets    *Secrets
	Recipients []age.Recipient
	Program    string
	Verifier   string
	Now        func() time.Time
	ChunkBytes int // of rows before compression; 0: 4 MB
}

// Write makes one backup and returns its manifest and folder. The folder bears
// another name until all of it is on disk. Faults: SW-2033 to SW-2035.
func Write(ctx context.Context, p Plan) (Manifest, string, error) {
	m := Manifest{Format: format, Program: p.Program, Verifier: p.Verifier, Started: p.Now().UTC(), Engine: p.View.Engine(), Schema: p.View.Schema, Tables: []Part{}}
	if p.Secrets != nil && len(p.Recipients) == 0 {
		return m, "", ErrNoLock.With()
	}
	if p.Secrets != nil {
		if err := apart(p.To, p.KeysTo); err != nil {
			return m, "", err
		}
	}
	var dice [3]byte
	_, _ = rand.Read(dice[:])
	m.ID = m.Started.Format("20060102T150405Z") + "-" + hex.EncodeToString(dice[:])
	work := filepath.Join(p.To, m.ID+partial)
	if err := os.MkdirAll(work, 0o700); err != nil {
		return m, "", ErrWrite.With(p.To).Because(err)
	}
	if err := p.fill(ctx, work, &m); err != nil {
		_ = os.RemoveAll(work)
		return m, "", err
	}
	dir := filepath.Join(p.To, m.ID)
	if err := os.Rename(work, dir); err != nil {
		return m, "", ErrWrite.With(p.To).Because(err)
	}
	return m, dir, syncDir(p.To)
}

// apart refuses keys beside or below the data.
func apart(to, keysTo string) error {
	a, err1 := filepath.Abs(to)
	b, err2 := filepath.Abs(keysTo)
	if err1 != nil || err2 != nil || keysTo == "" || a == b || strings.HasPrefix(b, a+string(filepath.Separator)) {
		return ErrTogether.With(to)
	}
	return nil
}

func (p Plan) fill(ctx context.Context, work string, m *Manifest) error {
	var err error
	if m.Kind, err = p.View.Meta(ctx, "kind"); err != nil {
		return err
	}
	if m.Last, m.Checkpoint, err = p.View.Journal(ctx); err != nil {
		return err
	}
	for _, t := range p.View.Tables {
		part, err := p.table(ctx, work, t)
		if err != nil {
			return err
		}
		m.Tables = append(m.Tables, part)
	}
	if p.Secrets != nil {
		if m.Keys, err = p.keys(ctx, m.ID); err != nil {
			return err
		}
	}
	m.Ended = p.Now().UTC()
	if _, err := writeVouched(filepath.Join(work, manifestName), m); err != nil {
		return ErrWrite.With(p.To).Because(err)
	}
	return nil
}

// table writes one table in chunks.
func (p Plan) table(ctx context.Context, work string, t store.Table) (Part, error) {
	part := Part{Table: t, Chunks: []Chunk{}}
	limit := p.ChunkBytes
	if limit == 0 {
		limit = 4 << 20
	}
	var raw []byte
	var rows int64
	flush := func() error {
		if rows == 0 {
			return nil
		}
		c := Chunk{File: fmt.Sprintf("%s-%05d.gz", t.Name, len(part.Chunks)+1), Rows: rows}
		b, err := packed(raw)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(b)
		c.Bytes, c.SHA256 = int64(len(b)), hex.EncodeToString(sum[:])
		if err := writeDurable(filepath.Join(work, c.File), b); err != nil {
			return ErrWrite.With(p.To).Because(err)
		}
		part.Chunks = append(part.Chunks, c)
		raw, rows = raw[:0], 0
		return nil
	}
	n, err := p.View.Rows(ctx, t, func(values []any) error {
		var err error
		if raw, err = appendRow(raw, values); err != nil {
			return err
		}
		if rows++; len(raw) >= limit {
			return flush()
		}
		return nil
	})
	if err != nil {
		return part, err
	}
	part.Rows = n
	return part, flush()
}

func packed(raw []byte) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(raw); err != nil {
		return nil, err
	}
	err = z.Close() // before the bytes are taken: it writes the last of them
	return b.Bytes(), err
}
