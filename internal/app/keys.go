package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/seal"
	"shouwang/internal/store"
)

// The files of a key folder.
const (
	rootName     = "root.key"    // wraps every other key; to be kept in escrow
	signerName   = "journal.key" // signs checkpoints
	verifierName = "journal.pub" // the line by which anyone checks them
	ringName     = "keyring.db"  // wrapped keys, one for each purpose and person
)

// keys are one world's secrets, opened.
type keys struct {
	root             *seal.Root
	ring             *store.Keyring
	sealer           *seal.Sealer
	signer, verifier string
}

// KeysDir is where the keys of a data directory lie unless said otherwise: beside
// it, never in it, so that no backup of the data takes the keys along.
func KeysDir(data string) string { return filepath.Clean(data) + ".keys" }

// trustKeys is for how long a server that shares its keyring uses the keys in its
// memory without asking whether one was destroyed.
const trustKeys = time.Second

// openKeys opens the key folder; fresh says that the world is new, so that keys
// may be made. Keys are never made for data that exist: they could not be read.
func openKeys(ctx context.Context, cfg Config, fresh bool) (*keys, error) {
	dir := cfg.Keys
	rootFile := filepath.Join(dir, rootName)
	if err := seal.Outside(rootFile, cfg.Data); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, ErrKeyFile.With(dir).Because(err)
	}
	k := &keys{}
	var err error
	if k.root, err = seal.OpenRoot(rootFile); fresh && errors.Is(err, seal.ErrRootMissing) {
		k.root, err = seal.CreateRoot(rootFile)
	}
	if err != nil {
		return nil, err
	}
	if err := k.openSigner(dir, fresh); err != nil {
		return nil, err
	}
	return k, k.openRing(ctx, cfg)
}

// openRing opens the keyring: a file of this server's own, or the one that it
// shares with others.
func (k *keys) openRing(ctx context.Context, cfg Config) error {
	if cfg.Ring == "" {
		if err := onlyOwner(cfg.ring()); err != nil {
			return err
		}
	}
	var err error
	if k.ring, err = store.OpenKeyring(ctx, cfg.ring()); err != nil {
		if cfg.Ring != "" {
			return ErrRingDB.With().Because(err)
		}
		return ErrKeyFile.With(cfg.ring()).Because(err)
	}
	k.sealer = seal.New(k.root, k.ring)
	if k.ring.Shared() {
		if err := k.ring.Settle(ctx); err != nil { // whoever opens it uses it
			return ErrRingDB.With().Because(err)
		}
		k.sealer.Share(k.ring, stopwatch(), trustKeys)
	}
	return nil
}

func (k *keys) openSigner(dir string, fresh bool) error {
	secret, public := filepath.Join(dir, signerName), filepath.Join(dir, verifierName)
	var err error
	if k.verifier, err = readLine(public); err == nil {
		if k.signer, err = readLine(secret); err == nil {
			return nil
		}
	}
	if !fresh || !errors.Is(err, fs.ErrNotExist) {
		return ErrKeyFile.With(secret).Because(err)
	}
	if k.signer, k.verifier, err = journal.NewSigner(); err != nil {
		return ErrKeyFile.With(secret).Because(err)
	}
	if err := writeNew(secret, k.signer); err != nil {
		return ErrKeyFile.With(secret).Because(err)
	}
	if err := writeNew(public, k.verifier); err != nil {
		return ErrKeyFile.With(public).Because(err)
	}
	return nil
}

func (k *keys) close() {
	if k != nil && k.ring != nil {
		_ = k.ring.Close()
	}
}

// verifierLine reads the public line alone: enough to verify a journal.
func verifierLine(dir string) (string, error) {
	file := filepath.Join(dir, verifierName)
	line, err := readLine(file)
	if err != nil {
		return "", ErrKeyFile.With(file).Because(err)
	}
	return line, nil
}

func readLine(file string) (string, error) {
	b, err := os.ReadFile(file)
	if err == nil && len(strings.TrimSpace(string(b))) == 0 {
		return "", fault.ErrInternal.With()
	}
	return strings.TrimSpace(string(b)), err
}

// writeNew writes a file for the owner alone, durably, through a name of its own,
// so that a crash leaves a whole file or none.
func writeNew(file, line string) error {
	tmp := file + ".new"
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(line + "\n")
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(tmp, file)
}

// onlyOwner makes the file when it is not there, readable by its owner only.
func onlyOwner(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return ErrKeyFile.With(file).Because(err)
	}
	return f.Close()
}
