package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"filippo.io/age"
	"filippo.io/age/armor"

	"shouwang/internal/store"
)

// keyEnding is the ending of a key file's name.
const keyEnding = ".keys.age"

// ringPart is how many bytes of the keyring go into one piece.
const ringPart = 4 << 20

// keys writes the file of keys, encrypted, apart from the data.
func (p Plan) keys(ctx context.Context, id string) (*KeyFile, error) {
	if err := os.MkdirAll(p.KeysTo, 0o700); err != nil {
		return nil, ErrWrite.With(p.KeysTo).Because(err)
	}
	var b bytes.Buffer
	for try := 0; ; try++ {
		b.Reset()
		before, err := p.Secrets.Read()
		if err != nil {
			return nil, err
		}
		if err := p.encrypt(ctx, &b, before); err != nil {
			return nil, err
		}
		after, err := p.Secrets.Read()
		if err != nil {
			return nil, err
		}
		if maps.EqualFunc(before, after, bytes.Equal) {
			break
		}
		if try == 2 { // somebody changes the root key again and again
			return nil, ErrWrite.With(p.KeysTo)
		}
	}
	k := &KeyFile{File: id + keyEnding, Bytes: int64(b.Len())}
	sum := sha256.Sum256(b.Bytes())
	k.SHA256 = hex.EncodeToString(sum[:])
	if err := writeDurable(filepath.Join(p.KeysTo, k.File), b.Bytes()); err != nil {
		return nil, ErrWrite.With(p.KeysTo).Because(err)
	}
	return k, nil
}

func (p Plan) encrypt(ctx context.Context, to io.Writer, small map[string][]byte) error {
	a := armor.NewWriter(to)
	e, err := age.Encrypt(a, p.Recipients...)
	if err != nil {
		return err
	}
	t := tar.NewWriter(e)
	add := func(name string, b []byte) error {
		if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(b))}); err != nil {
			return err
		}
		_, err := t.Write(b)
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(small)) {
		if err := add("file/"+name, small[name]); err != nil {
			return err
		}
	}
	if err := p.ring(ctx, add); err != nil {
		return err
	}
	return errors.Join(t.Close(), e.Close(), a.Close())
}

// ring copies the keyring's tables, one moment of it, in pieces.
func (p Plan) ring(ctx context.Context, add func(string, []byte) error) error {
	v, err := p.Secrets.Ring(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	for _, t := range v.Tables {
		head, err := json.Marshal(t)
		if err != nil {
			return err
		}
		if err := add("ring/"+t.Name, head); err != nil {
			return err
		}
		var raw []byte
		piece := func() error {
			if len(raw) == 0 {
				return nil
			}
			err := add("rows/"+t.Name, raw)
			raw = raw[:0]
			return err
		}
		_, err = v.Rows(ctx, t, func(values []any) error {
			var err error
			if raw, err = appendRow(raw, values); err != nil || len(raw) < ringPart {
				return err
			}
			return piece()
		})
		if err = errors.Join(err, piece()); err != nil {
			return err
		}
	}
	return nil
}

// Keys is an opened file of keys.
type Keys struct {
	Files map[string][]byte
	Ring  []store.Table
	Rows  map[string][][]any // of the ring's tables, by name
}

// OpenKeys decrypts a file of keys. Fault: SW-2032.
func OpenKeys(file string, identities ...age.Identity) (*Keys, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, ErrKeysWrong.With(file).Because(err)
	}
	defer f.Close()
	k, err := readKeys(f, identities)
	if err != nil {
		return nil, ErrKeysWrong.With(file).Because(err)
	}
	return k, nil
}

func readKeys(f io.Reader, identities []age.Identity) (*Keys, error) {
	d, err := age.Decrypt(armor.NewReader(f), identities...)
	if err != nil {
		return nil, err
	}
	k := &Keys{Files: map[string][]byte{}, Rows: map[string][][]any{}}
	wide := map[string]int{}
	t := tar.NewReader(d)
	for {
		h, err := t.Next()
		if err == io.EOF {
			_, err = io.Copy(io.Discard, d) // to the end: only there the whole is proved
			return k, err
		}
		if err != nil {
			return nil, err
		}
		b, err := io.ReadAll(t)
		if err != nil {
			return nil, err
		}
		kind, name := filepath.Split(filepath.FromSlash(h.Name))
		switch filepath.ToSlash(kind) {
		case "file/":
			k.Files[name] = b
		case "ring/":
			var x store.Table
			if err := json.Unmarshal(b, &x); err != nil {
				return nil, err
			}
			wide[name] = len(x.Columns)
			k.Ring = append(k.Ring, x)
		case "rows/":
			if wide[name] == 0 {
				return nil, fmt.Errorf("rows of %s before its columns", name)
			}
			if err := eachRow(b, wide[name], func(v []any) error { k.Rows[name] = append(k.Rows[name], v); return nil }); err != nil {
				return nil, err
			}
		}
	}
}

// CheckKeys compares a key file with what the manifest says of it, without opening
// it. Faults: SW-2031, and SW-2038 where no such file is.
func (m Manifest) CheckKeys(file string) error {
	b, err := os.ReadFile(file)
	if m.Keys == nil {
		return ErrDamaged.With(m.ID, filepath.Base(file))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return ErrKeysAway.With(file)
	}
	sum := sha256.Sum256(b)
	if err != nil || hex.EncodeToString(sum[:]) != m.Keys.SHA256 {
		return ErrDamaged.With(m.ID, filepath.Base(file))
	}
	return nil
}
