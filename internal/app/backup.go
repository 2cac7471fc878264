package app

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"shouwang/internal/backup"
	"shouwang/internal/fault"
	"shouwang/internal/store"
)

// ErrNotNew says that a restore was pointed at something that is there already.
var ErrNotNew = fault.Define(fault.Forbidden, "SW-2036",
	"{0} 里已有东西，不会覆盖，没有恢复任何内容。请换一个新的目录，或先把旧的移走。",
	"{0} is not empty and will not be overwritten; nothing was restored. Name a new folder, or move the old one away.")

// ErrNoIdentity says that a key file was given without the means to open it.
var ErrNoIdentity = fault.Define(fault.Invalid, "SW-2037",
	"没有说明用什么打开密钥文件。没有做任何事。请给 --passphrase-file 或 --identity。",
	"Nothing was said about how to open the key file. Nothing was done. Give --passphrase-file or --identity.")

// BackupPlan says where copies of a world go and what locks their keys.
type BackupPlan struct {
	To             string        // folder of the backups
	KeysTo         string        // folder of the key files; empty: <To>.keys
	PassphraseFile string        // its first line locks the keys
	Recipient      string        // or this age recipient does
	WithoutKeys    bool          // none are taken along
	Keep           int           // finished backups to keep; 0: all
	KeysFor        time.Duration // how long key files are kept; 0: 35 days
	Effort         int           // work factor of a passphrase; 0: the library's own
}

// keysFor is how long a copy of the keys lives unless said otherwise: a restore
// from an older one would revive what was erased since.
const keysFor = 35 * 24 * time.Hour

func (p BackupPlan) filled() BackupPlan {
	if p.KeysTo == "" {
		p.KeysTo = filepath.Clean(p.To) + ".keys"
	}
	if p.KeysFor == 0 {
		p.KeysFor = keysFor
	}
	return p
}

func (p BackupPlan) recipients() ([]age.Recipient, error) {
	switch {
	case p.WithoutKeys:
		return nil, nil
	case p.Recipient != "":
		r, err := age.ParseX25519Recipient(p.Recipient)
		if err != nil {
			return nil, backup.ErrNoLock.With().Because(err)
		}
		return []age.Recipient{r}, nil
	case p.PassphraseFile != "":
		word, err := firstLineOf(p.PassphraseFile)
		if err != nil {
			return nil, err
		}
		r, err := age.NewScryptRecipient(word)
		if err != nil {
			return nil, backup.ErrNoLock.With().Because(err)
		}
		if p.Effort > 0 {
			r.SetWorkFactor(p.Effort)
		}
		return []age.Recipient{r}, nil
	}
	return nil, backup.ErrNoLock.With()
}

// Identities reads what opens a key file: the first line of a passphrase file, or
// a file of age identities. Faults: SW-2011, SW-2037.
func Identities(passphraseFile, identityFile string) ([]age.Identity, error) {
	var out []age.Identity
	if identityFile != "" {
		b, err := os.ReadFile(identityFile)
		if err != nil {
			return nil, ErrInputFile.With(identityFile).Because(err)
		}
		if out, err = age.ParseIdentities(bytes.NewReader(b)); err != nil {
			return nil, ErrInputFile.With(identityFile)
		}
	}
	if passphraseFile != "" {
		word, err := firstLineOf(passphraseFile)
		if err != nil {
			return nil, err
		}
		i, err := age.NewScryptIdentity(word)
		if err != nil {
			return nil, ErrInputFile.With(passphraseFile)
		}
		out = append(out, i)
	}
	if len(out) == 0 {
		return nil, ErrNoIdentity.With()
	}
	return out, nil
}

// NewIdentity makes a pair for locking keys: the secret goes to a file for its
// owner alone, the recipient may be written anywhere.
func NewIdentity(file string) (recipient string, err error) {
	if _, err := os.Lstat(file); err == nil {
		return "", ErrNotNew.With(file)
	}
	i, err := age.GenerateX25519Identity()
	if err != nil {
		return "", err
	}
	if err := writeNew(file, i.String()); err != nil {
		return "", ErrOutputFile.With(file).Because(err)
	}
	return i.Recipient().String(), nil
}

func firstLineOf(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", ErrInputFile.With(file).Because(err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Scan()
	line := strings.TrimSpace(strings.TrimPrefix(in.Text(), "\ufeff"))
	if line == "" {
		return "", ErrInputFile.With(file)
	}
	return line, nil
}

// Backup copies a world as it is at this moment, whether a server holds it or not,
// and tidies the folder afterwards. Faults: SW-2009, SW-2013, SW-2033 to SW-2035.
func Backup(ctx context.Context, cfg Config, p BackupPlan) (backup.Manifest, string, error) {
	var none backup.Manifest
	cfg, err := cfg.filled()
	if err != nil {
		return none, "", err
	}
	p = p.filled()
	locks, err := p.recipients()
	if err != nil {
		return none, "", err
	}
	if _, err := os.Stat(cfg.file()); err != nil && cfg.DB == "" {
		return none, "", ErrDataDir.With(cfg.Data).Because(err)
	}
	verifier, err := verifierLine(cfg.Keys)
	if err != nil && !p.WithoutKeys {
		return none, "", err
	}
	v, err := store.OpenView(ctx, cfg.dsn())
	if err != nil {
		return none, "", noDatabase(err)
	}
	defer v.Close()
	plan := backup.Plan{View: v, To: p.To, KeysTo: p.KeysTo, Recipients: locks, Program: cfg.Version, Verifier: verifier, Now: cfg.Clock}
	if !p.WithoutKeys {
		plan.Secrets = cfg.secrets()
	}
	m, dir, err := backup.Write(ctx, plan)
	if err != nil {
		return none, "", err
	}
	return m, dir, backup.Tidy(p.To, p.KeysTo, p.Keep, p.KeysFor, cfg.Clock())
}

// secrets is what a backup of the keys takes along.
func (c Config) secrets() *backup.Secrets {
	return &backup.Secrets{
		Read: func() (map[string][]byte, error) {
			out := map[string][]byte{}
			for _, name := range []string{rootName, signerName, verifierName} {
				b, err := os.ReadFile(filepath.Join(c.Keys, name))
				if err != nil {
					return nil, ErrKeyFile.With(name).Because(err)
				}
				out[name] = b
			}
			return out, nil
		},
		Ring: func(ctx context.Context) (*store.View, error) {
			v, err := store.OpenRingView(ctx, c.ring())
			if err != nil {
				return nil, ErrKeyFile.With(ringName).Because(err)
			}
			return v, nil
		},
	}
}
