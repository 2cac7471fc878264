package seal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// CreateRoot makes a new root key file with mode 0600 and opens it. It never
// overwrites: ErrRootExists when something stands there.
func CreateRoot(path string) (*Root, error) {
	r, err := NewRoot()
	if err != nil {
		return nil, err
	}
	b, err := r.encode(r.handle)
	if err != nil {
		return nil, err
	}
	defer clear(b)
	if err := newFile(path, b); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return nil, ErrRootExists.With(path)
		}
		return nil, ErrRootFile.With(path).Because(err)
	}
	r.path = path
	return r, nil
}

// OpenRoot reads the root key file: ErrRootMissing, ErrRootOpen when anyone but
// the owner has any right on it, ErrRootDamaged when it is not one of ours.
func OpenRoot(path string) (*Root, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrRootMissing.With(path)
	}
	if err != nil {
		return nil, ErrRootFile.With(path).Because(err)
	}
	if m := info.Mode(); runtime.GOOS != "windows" && m.Perm()&0o077 != 0 {
		return nil, ErrRootOpen.With(path, m.Perm())
	}
	if info.IsDir() || info.Size() > 1<<20 {
		return nil, ErrRootDamaged.With(path)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, ErrRootFile.With(path).Because(err)
	}
	defer clear(b)
	r, err := decodeRoot(b)
	if err != nil { // the cause could quote the file, so it is dropped
		return nil, ErrRootDamaged.With(path)
	}
	r.path = path
	return r, nil
}

// Outside refuses a root key file that would lie in the data directory, where
// one backup would take key and data together. Links are followed.
func Outside(path, dataDir string) error {
	p, err := real(path)
	if err != nil {
		return ErrRootFile.With(path).Because(err)
	}
	d, err := real(dataDir)
	if err != nil {
		return ErrRootFile.With(path).Because(err)
	}
	rel, err := filepath.Rel(d, p)
	if err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return ErrRootInside.With(path, dataDir)
	}
	return nil
}

// real returns the absolute path with the links of its longest existing part
// followed.
func real(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	rest := ""
	for dir := abs; ; dir = filepath.Dir(dir) {
		got, err := filepath.EvalSymlinks(dir)
		if err == nil {
			return filepath.Join(got, rest), nil
		}
		if !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir) {
			return "", err
		}
		rest = filepath.Join(filepath.Base(dir), rest)
	}
}

// newFile writes a file that must not exist yet, whole or not at all.
func newFile(path string, b []byte) error {
	if _, err := os.Lstat(path); err == nil {
		return fs.ErrExist
	}
	tmp, err := writeTemp(path, b)
	if err != nil {
		return err
	}
	defer os.Remove(tmp)
	if err := os.Link(tmp, path); err != nil { // a link never overwrites
		return err
	}
	return syncDir(path)
}

// replaceFile puts new bytes in the place of a file in one step.
func replaceFile(path string, b []byte) error {
	tmp, err := writeTemp(path, b)
	if err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		os.Remove(tmp)
		return err
	}
	return syncDir(path)
}

// writeTemp writes bytes durably beside path with mode 0600.
func writeTemp(path string, b []byte) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".root-*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Chmod(0o600)
	}
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

func syncDir(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
