package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"shouwang/internal/fault"
	"shouwang/internal/store"
)

// Verified is what an offline look at a journal found.
type Verified struct {
	store.Report
	Kind      string   `json:"kind"`
	Engine    string   `json:"engine"`
	Integrity []string `json:"integrity"` // what the engine says of its files; empty when sound
	// Astray counts, by table, rows whose path is not that of their place; none ever should be.
	Astray map[string]int `json:"astray"`
}

// Verify checks a world's journal and files without a server and without its
// secrets: only the public line of the key folder is needed, or verifier. witness
// are files with checkpoints that were kept elsewhere. It changes no entry.
func Verify(ctx context.Context, cfg Config, verifier string, witness ...string) (Verified, error) {
	var out Verified
	cfg, err := cfg.filled()
	if err != nil {
		return out, err
	}
	if _, err := os.Stat(cfg.file()); err != nil && cfg.DB == "" {
		return out, ErrDataDir.With(cfg.Data).Because(err)
	}
	if verifier == "" {
		if verifier, err = verifierLine(cfg.Keys); err != nil {
			return out, err
		}
	}
	texts, err := checkpoints(witness)
	if err != nil {
		return out, err
	}
	l, err := takeLock(cfg.Data)
	if err != nil {
		return out, err
	}
	defer l.release()
	s, err := store.Open(ctx, cfg.dsn(), store.Options{Clock: cfg.Clock, Verifier: verifier})
	if err != nil {
		var known *fault.Error
		if errors.As(err, &known) {
			return out, err
		}
		return out, noDatabase(err)
	}
	defer s.Close()
	out.Engine = s.Engine()
	if out.Kind, err = s.Meta(ctx, metaKind); err != nil {
		return out, err
	}
	if out.Integrity, err = s.Integrity(ctx); err != nil {
		return out, err
	}
	if out.Integrity == nil {
		out.Integrity = []string{}
	}
	if out.Astray, err = s.Astray(ctx); err != nil {
		return out, err
	}
	if out.Report, err = s.Verify(ctx, verifier, texts...); err != nil {
		return out, err
	}
	if out.Problems == nil {
		out.Problems = []store.Finding{}
	}
	return out, nil
}

// Sound says whether neither journal nor files have a problem and every row lies
// where its place does.
func (v Verified) Sound() bool { return v.OK() && len(v.Integrity) == 0 && len(v.Astray) == 0 }

// checkpoints reads files of signed checkpoints, one or several in each: a
// checkpoint is its text, a blank line and its signatures.
func checkpoints(files []string) ([]string, error) {
	var out []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, ErrInputFile.With(filepath.Base(f)).Because(err)
		}
		text := strings.ReplaceAll(string(b), "\r\n", "\n")
		const head = "shouwang/journal/"
		for {
			i := strings.LastIndex(text, head)
			if i < 0 {
				break
			}
			out = append(out, strings.TrimRight(text[i:], "\n")+"\n")
			text = text[:i]
		}
		if len(out) == 0 {
			return nil, ErrInputFile.With(filepath.Base(f))
		}
	}
	return out, nil
}
