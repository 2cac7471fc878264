package seal

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestRootFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "root.key")
	if _, err := OpenRoot(path); !errors.Is(err, ErrRootMissing) {
		t.Fatalf("missing: %v", err)
	}
	root, err := CreateRoot(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v", info.Mode())
	}
	if _, err := CreateRoot(path); !errors.Is(err, ErrRootExists) {
		t.Fatalf("created over an old one: %v", err)
	}
	ring := &MemoryRing{}
	s := New(root, ring)
	b := must(t, s, "register", "a", "c", "x")
	index := s.Index("col", "129")
	again, err := OpenRoot(path)
	if err != nil {
		t.Fatal(err)
	}
	want(t, New(again, ring), "register", "a", "c", b, "x")
	if !bytes.Equal(index, New(again, ring).Index("col", "129")) {
		t.Fatal("the index changed with a restart")
	}
	for _, mode := range []fs.FileMode{0o640, 0o604, 0o660, 0o644, 0o601, 0o620} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenRoot(path); !errors.Is(err, ErrRootOpen) {
			t.Fatalf("mode %v accepted: %v", mode, err)
		}
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	hiddenLeft, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".root-*"))
	if len(left) != 1 || len(hiddenLeft) != 0 {
		t.Fatalf("files left behind: %v %v", left, hiddenLeft)
	}
}

// Whatever byte of the key file is broken, the answer is a fault that does not
// quote the file, or a root that does not open the ring.
func TestRootFileDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "root.key")
	root, err := CreateRoot(path)
	if err != nil {
		t.Fatal(err)
	}
	ring := &MemoryRing{}
	b := must(t, New(root, ring), "register", "a", "c", "x")
	good, _ := os.ReadFile(path)
	for _, bad := range [][]byte{nil, []byte("{}"), []byte("null"), good[:len(good)/2], bytes.Replace(good, []byte("root-1"), []byte("root-9"), 1), bytes.Repeat([]byte("a"), 2<<20)} {
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenRoot(path); !errors.Is(err, ErrRootDamaged) {
			t.Fatalf("%d bytes accepted: %v", len(bad), err)
		}
	}
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 1
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := OpenRoot(path)
		if err != nil {
			if !errors.Is(err, ErrRootDamaged) {
				t.Fatalf("byte %d: %v", i, err)
			}
			continue
		}
		got, err := New(r, ring).Open(bg, "register", "a", "c", b)
		if err == nil && string(got) != "x" {
			t.Fatalf("byte %d: opened to %q", i, got)
		}
		if err != nil && !errors.Is(err, ErrRootWrong) {
			t.Fatalf("byte %d: %v", i, err)
		}
	}
}

func TestRootOfOtherData(t *testing.T) {
	s, ring := newSealer(t)
	b := must(t, s, "register", "a", "c", "x")
	other, err := NewRoot()
	if err != nil {
		t.Fatal(err)
	}
	wantErr(t, New(other, ring), "register", "a", "c", b, ErrRootWrong)
	if _, err := New(other, ring).Seal(bg, "register", "b", "c", nil); !errors.Is(err, ErrRootWrong) {
		t.Fatalf("sealed under a foreign root: %v", err)
	}
}

func TestOutside(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	if err := os.MkdirAll(filepath.Join(data, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(data, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	for path, inside := range map[string]bool{
		filepath.Join(dir, "root.key"):          false,
		filepath.Join(dir, "data-keys", "k"):    false,
		filepath.Join(dir, "..data", "k"):       false,
		filepath.Join(data, "root.key"):         true,
		filepath.Join(data, "sub", "new", "k"):  true,
		filepath.Join(dir, "link", "k"):         true,
		filepath.Join(data, "..", "data2", "k"): false,
	} {
		if err := Outside(path, data); errors.Is(err, ErrRootInside) != inside || (err != nil) != inside {
			t.Errorf("%s: %v, inside should be %v", path, err, inside)
		}
	}
}

func TestRotateRoot(t *testing.T) {
	path := filepath.Join(t.TempDir(), "root.key")
	root, err := CreateRoot(path)
	if err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(path)
	ring := &MemoryRing{}
	s := New(root, ring)
	a, b := must(t, s, "register", "a", "c", "x"), must(t, s, "incident:1", "a", "c", "y")
	index := s.Index("col", "129")
	if err := s.DestroyPurpose(bg, "incident:1"); err != nil {
		t.Fatal(err)
	}
	if err := s.RotateRoot(bg); err != nil {
		t.Fatal(err)
	}
	want(t, s, "register", "a", "c", a, "x")
	again, err := OpenRoot(path)
	if err != nil || again.Keys() != 1 {
		t.Fatalf("after rotation: %v, %d keys", err, again.Keys())
	}
	s2 := New(again, ring)
	want(t, s2, "register", "a", "c", a, "x")
	wantErr(t, s2, "incident:1", "a", "c", b, ErrErased)
	if !bytes.Equal(index, s2.Index("col", "129")) {
		t.Fatal("the index changed with the rotation")
	}
	old, err := decodeRoot(before)
	if err != nil {
		t.Fatal(err)
	}
	wantErr(t, New(old, ring), "register", "a", "c", a, ErrRootWrong) // the old file opens nothing now
}

// failingRing fails after a number of replacements.
type failingRing struct {
	*MemoryRing
	left int
}

func (r *failingRing) ReplaceKEK(ctx context.Context, purpose string, old, next []byte) error {
	if r.left == 0 {
		return errors.New("disk full")
	}
	r.left--
	return r.MemoryRing.ReplaceKEK(ctx, purpose, old, next)
}

// A rotation that breaks off at any step leaves everything readable with the
// file as it then is, and a second call completes it.
func TestRotateInterrupted(t *testing.T) {
	for steps := range 4 {
		path := filepath.Join(t.TempDir(), "root.key")
		root, err := CreateRoot(path)
		if err != nil {
			t.Fatal(err)
		}
		ring := &MemoryRing{}
		purposes := []string{"register", "incident:1", "incident:2"}
		var sealed [][]byte
		for _, p := range purposes {
			sealed = append(sealed, must(t, New(root, ring), p, "a", "c", p))
		}
		err = New(root, &failingRing{ring, steps}).RotateRoot(bg)
		if (steps < 3) != errors.Is(err, ErrRing) {
			t.Fatalf("%d steps: %v", steps, err)
		}
		for range 2 {
			root, err = OpenRoot(path)
			if err != nil {
				t.Fatal(err)
			}
			s := New(root, ring)
			for i, p := range purposes {
				want(t, s, p, "a", "c", sealed[i], p)
			}
			if err := s.RotateRoot(bg); err != nil {
				t.Fatal(err)
			}
			if root.Keys() != 1 {
				t.Fatalf("%d keys left", root.Keys())
			}
		}
	}
}
