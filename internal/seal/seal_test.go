package seal

import (
	"bytes"
	"context"
	"crypto/cipher"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"golang.org/x/crypto/chacha20poly1305"
)

var bg = context.Background()

func newSealer(t testing.TB, algs ...Algorithm) (*Sealer, *MemoryRing) {
	t.Helper()
	root, err := NewRoot()
	if err != nil {
		t.Fatal(err)
	}
	ring := &MemoryRing{}
	return New(root, ring, algs...), ring
}

func must(t testing.TB, s *Sealer, purpose, subject, where, plain string) []byte {
	t.Helper()
	b, err := s.Seal(bg, purpose, subject, where, []byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func want(t testing.TB, s *Sealer, purpose, subject, where string, sealed []byte, plain string) {
	t.Helper()
	got, err := s.Open(bg, purpose, subject, where, sealed)
	if err != nil || string(got) != plain {
		t.Fatalf("open %s %s %s: %q, %v; want %q", purpose, subject, where, got, err, plain)
	}
}

func wantErr(t testing.TB, s *Sealer, purpose, subject, where string, sealed []byte, target error) {
	t.Helper()
	got, err := s.Open(bg, purpose, subject, where, sealed)
	if !errors.Is(err, target) || got != nil {
		t.Fatalf("open %s %s %s: %q, %v; want %v", purpose, subject, where, got, err, target)
	}
}

func TestSealAndOpen(t *testing.T) {
	s, ring := newSealer(t)
	where := Context("persons", "phone", "p1")
	for _, plain := range []string{"", "1", "12900001234", string(bytes.Repeat([]byte("长"), 100_000))} {
		b := must(t, s, "register", "p1", where, plain)
		if len(b) != len(plain)+37 {
			t.Fatalf("%d bytes became %d", len(plain), len(b))
		}
		want(t, s, "register", "p1", where, b, plain)
		want(t, New(s.root, ring), "register", "p1", where, b, plain) // a new start, keys from the ring
	}
	if a, b := must(t, s, "register", "p1", where, "x"), must(t, s, "register", "p1", where, "x"); bytes.Equal(a, b) {
		t.Fatal("sealing twice gives the same bytes")
	}
	for _, bad := range [][3]string{{"", "p", "c"}, {"r", "", "c"}, {"r", "p", ""}} {
		if _, err := s.Seal(bg, bad[0], bad[1], bad[2], nil); !errors.Is(err, ErrUnnamed) {
			t.Fatalf("%v: %v", bad, err)
		}
	}
}

// Destroying one incident's key leaves its fields unreadable for ever, and no
// other field.
func TestDestroyPurpose(t *testing.T) {
	s, ring := newSealer(t)
	type field struct{ purpose, subject, where, plain string }
	var fields []field
	var sealed [][]byte
	for i := range 200 {
		for _, p := range []string{"register", "incident:7", "incident:8"} {
			f := field{p, fmt.Sprint("p", i), Context("targets", "note", fmt.Sprint(i)), fmt.Sprint("value ", i)}
			fields, sealed = append(fields, f), append(sealed, must(t, s, f.purpose, f.subject, f.where, f.plain))
		}
	}
	if err := s.DestroyPurpose(bg, "incident:7"); err != nil {
		t.Fatal(err)
	}
	for _, server := range []*Sealer{s, New(s.root, ring)} { // this one, and one started afterwards
		for i, f := range fields {
			if f.purpose == "incident:7" {
				wantErr(t, server, f.purpose, f.subject, f.where, sealed[i], ErrErased)
			} else {
				want(t, server, f.purpose, f.subject, f.where, sealed[i], f.plain)
			}
		}
		if _, err := server.Seal(bg, "incident:7", "p1", "c", []byte("late")); !errors.Is(err, ErrErased) {
			t.Fatalf("sealed under a destroyed purpose: %v", err)
		}
		if _, err := server.SealAll(bg, "incident:7", []Item{{Subject: "new", Context: "c"}}); !errors.Is(err, ErrErased) {
			t.Fatalf("bulk sealed under a destroyed purpose: %v", err)
		}
	}
	if err := s.DestroyPurpose(bg, "incident:7"); err != nil {
		t.Fatalf("destroying twice: %v", err)
	}
}

func TestDestroySubject(t *testing.T) {
	s, ring := newSealer(t)
	a := must(t, s, "register", "a", "c", "of a")
	b := must(t, s, "register", "b", "c", "of b")
	other := must(t, s, "incident:1", "a", "c", "of a elsewhere")
	if err := s.DestroySubject(bg, "register", "a"); err != nil {
		t.Fatal(err)
	}
	for _, server := range []*Sealer{s, New(s.root, ring)} {
		wantErr(t, server, "register", "a", "c", a, ErrErased)
		want(t, server, "register", "b", "c", b, "of b")
		want(t, server, "incident:1", "a", "c", other, "of a elsewhere")
		if _, err := server.Seal(bg, "register", "a", "c", nil); !errors.Is(err, ErrErased) {
			t.Fatalf("sealed for an erased subject: %v", err)
		}
		got, err := server.OpenAll(bg, "register", []Item{{Subject: "a", Context: "c", Bytes: a}, {Subject: "b", Context: "c", Bytes: b}})
		if err != nil || !errors.Is(got[0].Err, ErrErased) || string(got[1].Plain) != "of b" {
			t.Fatalf("OpenAll: %v %v %v", err, got[0].Err, got[1].Err)
		}
	}
}

// A key destroyed in another process stays in this one's memory until it is told.
func TestForget(t *testing.T) {
	s, ring := newSealer(t)
	b := must(t, s, "register", "a", "c", "x")
	if err := New(s.root, ring).DestroyPurpose(bg, "register"); err != nil {
		t.Fatal(err)
	}
	s.Forget("register")
	wantErr(t, s, "register", "a", "c", b, ErrErased)
}

// An older keyring than the data is told apart from an erasure.
func TestKeyringTooOld(t *testing.T) {
	s, _ := newSealer(t)
	b := must(t, s, "register", "a", "c", "x")
	wantErr(t, New(s.root, &MemoryRing{}), "register", "a", "c", b, ErrNoKey)
}

// 10,000 swaps between rows, columns, tables, subjects and purposes: each one is
// refused, none opens.
func TestSwapsAreRefused(t *testing.T) {
	s, _ := newSealer(t)
	const seed = 20261121
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 1))
	type place struct{ purpose, subject, where string }
	var places []place
	var sealed [][]byte
	for i := range 400 {
		p := place{[]string{"register", "incident:1"}[i%2], fmt.Sprint("p", i/8),
			Context([]string{"persons", "sources"}[i/2%2], []string{"phone", "id_number"}[i/4%2], fmt.Sprint(i/8))}
		places, sealed = append(places, p), append(sealed, must(t, s, p.purpose, p.subject, p.where, fmt.Sprint("v", i)))
	}
	for n := 0; n < 10_000; {
		i, j := r.IntN(len(places)), r.IntN(len(places))
		if i == j {
			continue
		}
		n++
		p := places[j]
		wantErr(t, s, p.purpose, p.subject, p.where, sealed[i], ErrTampered)
		got, err := s.OpenAll(bg, p.purpose, []Item{{Subject: p.subject, Context: p.where, Bytes: sealed[i]}})
		if err != nil || !errors.Is(got[0].Err, ErrTampered) {
			t.Fatalf("OpenAll opened a swapped field: %v %v", err, got[0].Err)
		}
	}
	for i, p := range places {
		want(t, s, p.purpose, p.subject, p.where, sealed[i], fmt.Sprint("v", i))
	}
}

// The parts of a context cannot be shifted into one another.
func TestContextIsUnambiguous(t *testing.T) {
	seen := map[string][3]string{}
	for _, a := range []string{"", "a", "|", `\`, "a|", `a\`, "|b"} {
		for _, b := range []string{"", "a", "|", `\`, "b"} {
			for _, c := range []string{"", "a", "|b", `\|`} {
				key, parts := Context(a, b, c), [3]string{a, b, c}
				if old, ok := seen[key]; ok {
					t.Fatalf("%q from %q and %q", key, old, parts)
				}
				seen[key] = parts
			}
		}
	}
}

// Another algorithm can take over; what AES sealed still opens, and the first
// byte cannot be changed to move a field from one to the other.
func TestAnotherAlgorithm(t *testing.T) {
	chacha := Algorithm{ID: 9, Name: "ChaCha20-Poly1305", New: func(k []byte) (cipher.AEAD, error) { return chacha20poly1305.New(k) }}
	s, ring := newSealer(t)
	old := must(t, s, "register", "a", "c", "by AES")
	s2 := New(s.root, ring, chacha)
	fresh := must(t, s2, "register", "a", "c", "by the other")
	if old[0] != 1 || fresh[0] != 9 {
		t.Fatalf("algorithm bytes %d, %d", old[0], fresh[0])
	}
	want(t, s2, "register", "a", "c", old, "by AES")
	want(t, s2, "register", "a", "c", fresh, "by the other")
	wantErr(t, s, "register", "a", "c", fresh, ErrTampered) // s does not know it
	k, _ := s2.drawer("register").get("a")
	if a, err := fieldKey(k.secret[:], 1); err != nil || bytes.Equal(a, k.field[:]) {
		t.Fatalf("two algorithms share a key (%v)", err)
	}
	fresh[0] = 1
	wantErr(t, s2, "register", "a", "c", fresh, ErrTampered)
}

// Many workers seal, open and destroy at once; nothing opens wrongly, and what
// was destroyed stays closed.
func TestConcurrentUse(t *testing.T) {
	s, ring := newSealer(t)
	var wg sync.WaitGroup
	for w := range 16 {
		wg.Go(func() {
			for i := range 200 {
				subject, plain := fmt.Sprint("p", i%50), fmt.Sprint(w, "/", i)
				b, err := s.Seal(bg, "register", subject, "c", []byte(plain))
				if err != nil {
					t.Errorf("seal: %v", err)
					return
				}
				if got, err := New(s.root, ring).Open(bg, "register", subject, "c", b); err != nil || string(got) != plain {
					t.Errorf("open: %q %v", got, err)
					return
				}
				short := fmt.Sprint("incident:", i%20)
				if b, err := s.Seal(bg, short, subject, "c", []byte(plain)); err == nil && i%5 == w%5 {
					if err := s.DestroyPurpose(bg, short); err != nil {
						t.Errorf("destroy: %v", err)
					}
					if _, err := s.Open(bg, short, subject, "c", b); !errors.Is(err, ErrErased) {
						t.Errorf("open after destroy: %v", err)
					}
				}
			}
		})
	}
	wg.Wait()
}

// slowRing lets a destruction happen while a load is under way.
type slowRing struct {
	*MemoryRing
	between func()
}

func (r slowRing) Subjects(ctx context.Context, purpose string, ids []string) (map[string][]byte, error) {
	out, err := r.MemoryRing.Subjects(ctx, purpose, ids)
	r.between()
	return out, err
}

// A load that began before a destruction does not bring the key back to memory.
func TestLoadDoesNotRevive(t *testing.T) {
	s, ring := newSealer(t)
	b := must(t, s, "register", "a", "c", "x")
	var late *Sealer
	once := true
	late = New(s.root, slowRing{ring, func() {
		if once {
			once = false
			if err := late.DestroyPurpose(bg, "register"); err != nil {
				t.Error(err)
			}
		}
	}})
	_ = late.Prefetch(bg, "register", []string{"a"})
	wantErr(t, late, "register", "a", "c", b, ErrErased)
}

func TestIndex(t *testing.T) {
	s, _ := newSealer(t)
	a := s.Index("persons.id_number", "99020319500101123x")
	if len(a) != IndexSize || !bytes.Equal(a, s.Index("persons.id_number", " ９９０２０３－19500101-123Ｘ ")) {
		t.Fatal("two spellings of one number have two indexes")
	}
	if bytes.Equal(a, s.Index("persons.phone", "99020319500101123x")) {
		t.Fatal("two columns share an index")
	}
	other, _ := newSealer(t)
	if bytes.Equal(a, other.Index("persons.id_number", "99020319500101123x")) {
		t.Fatal("two roots share an index")
	}
	if s.Index("persons.phone", " -- ") != nil {
		t.Fatal("an empty value has an index")
	}
}
