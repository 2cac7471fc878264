package journal

import (
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// refRoot computes the RFC 6962 root the plain way.
func refRoot(leaves [][]byte) tlog.Hash {
	if len(leaves) == 1 {
		return tlog.RecordHash(leaves[0])
	}
	k := 1
	for k*2 < len(leaves) {
		k *= 2
	}
	return tlog.NodeHash(refRoot(leaves[:k]), refRoot(leaves[k:]))
}

func TestTreeEqualsPlainRootAtEverySize(t *testing.T) {
	var tr Tree
	var leaves [][]byte
	for i := range 2300 {
		l := sha256.Sum256(fmt.Append(nil, i))
		leaves = append(leaves, l[:])
		if err := tr.Append(l[:]); err != nil {
			t.Fatal(err)
		}
		if i < 70 || i%97 == 0 || i > 2040 && i < 2055 {
			got, err := tr.Root()
			if err != nil || got != refRoot(leaves) {
				t.Fatalf("size %d: root %v, want %v (%v)", i+1, got, refRoot(leaves), err)
			}
		}
	}
}

func TestCheckpointRefusesAnotherKeyAndAChangedText(t *testing.T) {
	s, v, err := NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	_, other, _ := NewSigner()
	at := time.Date(2026, 3, 1, 18, 20, 0, 0, time.UTC)
	root := tlog.RecordHash([]byte("x"))
	c, err := Checkpoint(s, 7, root, at)
	if err != nil {
		t.Fatal(err)
	}
	if size, r, err := ReadCheckpoint(v, c); err != nil || size != 7 || r != root {
		t.Fatalf("read %d %v %v", size, r, err)
	}
	if _, _, err := ReadCheckpoint(other, c); err == nil {
		t.Fatal("another key's checkpoint was believed")
	}
	if _, _, err := ReadCheckpoint(v, c[:len(Origin)+1]+"8"+c[len(Origin)+2:]); err == nil {
		t.Fatal("a changed size was believed")
	}
}

func TestLeafChangesWithEveryField(t *testing.T) {
	base := Entry{At: time.UnixMilli(1), Actor: "a", Verb: "v", Payload: []byte("p")}
	seen := map[string]bool{string(Leaf(base, []byte("s"))): true}
	for i, e := range []Entry{
		{At: time.UnixMilli(2), Actor: "a", Verb: "v", Payload: []byte("p")},
		{At: time.UnixMilli(1), Actor: "b", Verb: "v", Payload: []byte("p")},
		{At: time.UnixMilli(1), Actor: "a", Verb: "w", Payload: []byte("p")},
		{At: time.UnixMilli(1), Actor: "a", Verb: "v", Payload: []byte("q")},
		{At: time.UnixMilli(1), Actor: "av", Payload: []byte("p")},
		{At: time.UnixMilli(1), Actor: "a", Verb: "v", Subject: "x", Payload: []byte("p")},
		{At: time.UnixMilli(1), Actor: "a", Verb: "v", Act: "x", Payload: []byte("p")},
	} {
		l := string(Leaf(e, []byte("s")))
		if seen[l] {
			t.Fatalf("entry %d has a leaf seen before", i)
		}
		seen[l] = true
	}
	if seen[string(Leaf(base, []byte("t")))] {
		t.Fatal("the salt does not count")
	}
}
