package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shouwang/internal/seal"
	"shouwang/internal/store/pgtest"
)

// rings opens a fresh keyring on each engine; again opens the same one anew.
func rings(t *testing.T, test func(t *testing.T, again func() *Keyring)) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			where := filepath.Join(t.TempDir(), "keyring.db")
			if engine == "postgres" {
				where = pgtest.DSN(t)
			}
			test(t, func() *Keyring {
				k, err := OpenKeyring(t.Context(), where)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { k.Close() })
				return k
			})
		})
	}
}

func TestRingKeepsItsPromises(t *testing.T) {
	rings(t, func(t *testing.T, again func() *Keyring) {
		ctx, k := t.Context(), again()
		if w, gone, err := k.KEK(ctx, "p"); w != nil || gone || err != nil {
			t.Fatal(w, gone, err)
		}
		for i, want := range []byte{1, 1} { // the first stands
			got, err := k.AddKEK(ctx, "p", []byte{byte(i + 1)})
			if err != nil || !bytes.Equal(got, []byte{want}) {
				t.Fatal(got, err)
			}
		}
		many := map[string][]byte{}
		for i := range 1500 {
			many[fmt.Sprint("s", i)] = []byte{byte(i), byte(i >> 8), 7}
		}
		if kept, err := k.AddSubjects(ctx, "p", many); err != nil || len(kept) != 0 {
			t.Fatal(len(kept), err)
		}
		if kept, err := k.AddSubjects(ctx, "p", map[string][]byte{"s3": {9}, "new": {8}}); err != nil || len(kept) != 1 || !bytes.Equal(kept["s3"], many["s3"]) {
			t.Fatal(kept, err)
		}
		epoch, err := k.Epoch(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := k.DestroySubject(ctx, "p", "s3"); err != nil {
			t.Fatal(err)
		}
		other := again() // another server's view
		got, err := other.Subjects(ctx, "p", []string{"s3", "s4", "none"})
		if err != nil || len(got) != 2 || len(got["s3"]) != 0 || !bytes.Equal(got["s4"], many["s4"]) {
			t.Fatal(got, err)
		}
		if err := k.DestroyKEK(ctx, "p"); err != nil {
			t.Fatal(err)
		}
		if _, gone, err := other.KEK(ctx, "p"); !gone || err != nil {
			t.Fatal(gone, err)
		}
		if _, err := other.AddSubjects(ctx, "p", map[string][]byte{"z": {1}}); !errors.Is(err, seal.ErrErased) {
			t.Fatal(err)
		}
		if got, err := other.Subjects(ctx, "p", []string{"s4", "z"}); err != nil || len(got) != 0 {
			t.Fatal(got, err)
		}
		if n, err := other.Epoch(ctx); err != nil || n != epoch+2 {
			t.Fatal(n, epoch, err)
		}
		if other.ID() != k.ID() || k.ID() == "" {
			t.Fatal(k.ID(), other.ID())
		}
	})
}

// Servers that add keys of the same people at one time agree on one key each.
func TestRingAddsAtOneTime(t *testing.T) {
	rings(t, func(t *testing.T, again func() *Keyring) {
		ctx := t.Context()
		one := again()
		if _, err := one.AddKEK(ctx, "p", []byte{1}); err != nil {
			t.Fatal(err)
		}
		servers := []*Keyring{one, again(), again()}
		stand := make([]map[string]byte, len(servers))
		var wg sync.WaitGroup
		for n, k := range servers {
			wg.Go(func() {
				stand[n] = map[string]byte{}
				for round := range 20 {
					add := map[string][]byte{}
					for i := range 40 {
						add[fmt.Sprint(round, "-", (i*7+n*11)%60)] = []byte{byte(n + 1)}
					}
					kept, err := k.AddSubjects(ctx, "p", add)
					if err != nil {
						t.Error(err)
						return
					}
					for id, w := range add {
						if old, ok := kept[id]; ok {
							w = old
						}
						stand[n][id] = w[0]
					}
				}
			})
		}
		wg.Wait()
		for n := range servers {
			for id, w := range stand[n] {
				for m := range servers {
					if v, ok := stand[m][id]; ok && v != w {
						t.Fatalf("%s: server %d has %d, server %d has %d", id, n, w, m, v)
					}
				}
			}
		}
	})
}

// Keys that wait go together, each caller learns what stands for its own subjects, and
// one that may not be stored any more fails alone.
func TestRingStoresWhatWaitsTogether(t *testing.T) {
	rings(t, func(t *testing.T, again func() *Keyring) {
		ctx, k := t.Context(), again()
		for _, p := range []string{"p", "gone"} {
			if _, err := k.AddKEK(ctx, p, []byte{1}); err != nil {
				t.Fatal(err)
			}
		}
		if err := k.DestroyKEK(ctx, "gone"); err != nil {
			t.Fatal(err)
		}
		const callers = 40
		k.adds.turn.Lock()
		kept, errs := make([]map[string][]byte, callers), make([]error, callers)
		left := make(chan int, callers+1)
		var all sync.WaitGroup
		for i := range callers {
			all.Go(func() { // the subject "both" is everybody's
				kept[i], errs[i] = k.AddSubjects(ctx, "p", map[string][]byte{fmt.Sprint("own", i): {byte(i)}, "both": {byte(i)}})
				k.adds.mu.Lock()
				left <- len(k.adds.waits)
				k.adds.mu.Unlock()
			})
		}
		var erased error
		all.Go(func() { _, erased = k.AddSubjects(ctx, "gone", map[string][]byte{"x": {1}}) })
		for waits := 0; waits < callers+1; time.Sleep(time.Millisecond) {
			k.adds.mu.Lock()
			waits = len(k.adds.waits)
			k.adds.mu.Unlock()
		}
		k.adds.turn.Unlock()
		if n := <-left; n != 0 {
			t.Fatalf("%d still waited when the first was done", n)
		}
		all.Wait()
		if !errors.Is(erased, seal.ErrErased) {
			t.Fatal(erased)
		}
		stand, err := k.Subjects(ctx, "p", []string{"both", "own0", "own39"})
		if err != nil || len(stand) != 3 || stand["own39"][0] != 39 {
			t.Fatal(stand, err)
		}
		for i := range callers {
			is, other := kept[i]["both"]
			if _, lost := kept[i][fmt.Sprint("own", i)]; errs[i] != nil || lost || other == bytes.Equal(stand["both"], []byte{byte(i)}) || other && !bytes.Equal(is, stand["both"]) {
				t.Fatalf("caller %d: %v %v, what stands is %v", i, kept[i], errs[i], stand["both"])
			}
		}
	})
}

// cuttable is a keyring whose wire can be cut.
type cuttable struct {
	*Keyring
	cut atomic.Bool
}

func (c *cuttable) Epoch(ctx context.Context) (int64, error) {
	if c.cut.Load() {
		return 0, errors.New("cut off")
	}
	return c.Keyring.Epoch(ctx)
}

func (c *cuttable) KEK(ctx context.Context, p string) ([]byte, bool, error) {
	if c.cut.Load() {
		return nil, false, errors.New("cut off")
	}
	return c.Keyring.KEK(ctx, p)
}

// What one server destroys, another one with the keys in its memory cannot open
// when the destruction has returned; nor can one that is cut off from the ring.
func TestDestructionReachesEveryServer(t *testing.T) {
	root, err := seal.NewRoot()
	if err != nil {
		t.Fatal(err)
	}
	where := pgtest.DSN(t)
	span := 150 * time.Millisecond
	var nodes []*seal.Sealer
	var wires []*cuttable
	for range 3 {
		k, err := OpenKeyring(t.Context(), where)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { k.Close() })
		w := &cuttable{Keyring: k}
		s := seal.New(root, w)
		s.Share(w, watch, span)
		nodes, wires = append(nodes, s), append(wires, w)
	}
	ctx := t.Context()
	sealed, err := nodes[0].Seal(ctx, "incident:i", "d", "c", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := nodes[0].Seal(ctx, "incident:j", "d", "c", []byte("y"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range nodes {
		if got, err := s.Open(ctx, "incident:i", "d", "c", sealed); err != nil || string(got) != "x" {
			t.Fatal(got, err)
		}
	}
	wires[2].cut.Store(true)
	if err := nodes[0].DestroyPurpose(ctx, "incident:i"); err != nil {
		t.Fatal(err)
	}
	for n, want := range []error{seal.ErrErased, seal.ErrErased, seal.ErrRing} {
		if _, err := nodes[n].Open(ctx, "incident:i", "d", "c", sealed); !errors.Is(err, want) {
			t.Errorf("server %d: %v, want %v", n, err, want)
		}
	}
	wires[2].cut.Store(false)
	if _, err := nodes[2].Open(ctx, "incident:i", "d", "c", sealed); !errors.Is(err, seal.ErrErased) {
		t.Error(err)
	}
	for _, s := range nodes { // the other incident's facts stay
		if got, err := s.Open(ctx, "incident:j", "d", "c", other); err != nil || string(got) != "y" {
			t.Error(got, err)
		}
	}
}

// A file becomes the keyring of several servers, and back, tombstones included.
func TestRingCopies(t *testing.T) {
	ctx := t.Context()
	open := func(where string) *Keyring {
		k, err := OpenKeyring(ctx, where)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { k.Close() })
		return k
	}
	file, big, back := open(filepath.Join(t.TempDir(), "a.db")), open(pgtest.DSN(t)), open(filepath.Join(t.TempDir(), "b.db"))
	root, err := seal.NewRoot()
	if err != nil {
		t.Fatal(err)
	}
	s := seal.New(root, file)
	sealed, err := s.Seal(ctx, "p", "a", "c", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	_, err1 := s.Seal(ctx, "gone", "a", "c", []byte("x"))
	if err := errors.Join(err1, s.DestroyPurpose(ctx, "gone"), file.CopyTo(ctx, big), big.CopyTo(ctx, back)); err != nil {
		t.Fatal(err)
	}
	for _, k := range []*Keyring{big, back} {
		if got, err := seal.New(root, k).Open(ctx, "p", "a", "c", sealed); err != nil || string(got) != "x" {
			t.Fatal(got, err)
		}
		if _, err := seal.New(root, k).Seal(ctx, "gone", "a", "c", nil); !errors.Is(err, seal.ErrErased) {
			t.Fatal(err)
		}
		if k.ID() != file.ID() {
			t.Fatal("another name")
		}
	}
	if err := file.CopyTo(ctx, big); !errors.Is(err, ErrRingInUse) {
		t.Fatal(err)
	}
}
