package seal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is typed back from paper opens what the lost key wrapped; one wrong letter
// is named by its line.
func TestASheetTypedBackIsTheKey(t *testing.T) {
	r, err := NewRoot()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.grow(); err != nil { // two keys, as in an interrupted rotation
		t.Fatal(err)
	}
	for _, keys := range []int{2, 1} {
		if keys == 1 {
			if err := r.shrink(); err != nil {
				t.Fatal(err)
			}
		}
		s, err := r.Sheet()
		if err != nil {
			t.Fatal(err)
		}
		kek := bytes.Repeat([]byte{7}, keySize)
		wrapped, _ := r.wrap("register", kek)
		typed := strings.ToLower(strings.ReplaceAll(strings.Join(s.Lines, "\n\n"), "0", "o"))
		for _, text := range []string{strings.Join(s.Lines, "\n"), typed, s.QR} {
			back, err := ReadSheet(text)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := back.unwrap("register", wrapped); err != nil || !bytes.Equal(got, kek) || !bytes.Equal(back.index, r.index) || back.Keys() != keys {
				t.Fatalf("another key came back: %v", err)
			}
			if again, _ := back.Sheet(); again.Sum != s.Sum {
				t.Fatal("another sum")
			}
		}
	}
	s, _ := r.Sheet()
	missed := 0
	for n, line := range s.Lines {
		for i, c := range line[3:] {
			if c == ' ' {
				continue
			}
			bad := append([]string(nil), s.Lines...)
			other := "A"
			if c == 'A' {
				other = "B"
			}
			bad[n] = line[:3+i] + other + line[4+i:]
			_, err := ReadSheet(strings.Join(bad, "\n"))
			if err == nil {
				t.Fatalf("line %d, letter %d: not seen", n+1, i)
			}
			if !errors.Is(err, ErrSheetLine) {
				missed++ // seen by the whole sheet's checksum instead
			}
		}
	}
	if missed > 2 {
		t.Errorf("%d wrong letters were not named by their line", missed)
	}
	for _, text := range []string{"", "# nothing", strings.Join(s.Lines[:len(s.Lines)-1], "\n"), sheetMark + ":AAAA"} {
		if _, err := ReadSheet(text); !errors.Is(err, ErrSheetWhole) {
			t.Errorf("%q: %v", text, err)
		}
	}
	file := filepath.Join(t.TempDir(), "root.key")
	if err := r.Save(file); err != nil {
		t.Fatal(err)
	}
	if err := r.Save(file); !errors.Is(err, ErrRootExists) {
		t.Fatal(err)
	}
	if i, err := os.Stat(file); err != nil || i.Mode().Perm()&0o077 != 0 {
		t.Fatal(i.Mode(), err)
	}
}
