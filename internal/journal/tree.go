package journal

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Tree is the Merkle tree of the journal as it grows (RFC 6962, by the Go
// checksum database's own log). It keeps only the right edge: about 2·log₂(n)
// hashes. The zero value is the empty tree. Not safe for concurrent use.
type Tree struct {
	size int64
	edge map[int64]tlog.Hash
}

// Size returns how many leaves the tree holds.
func (t *Tree) Size() int64 { return t.size }

// Append adds the next leaf.
func (t *Tree) Append(leaf []byte) error {
	if t.edge == nil {
		t.edge = map[int64]tlog.Hash{}
	}
	hs, err := tlog.StoredHashes(t.size, leaf, tlog.HashReaderFunc(t.hashes))
	if err != nil {
		return err
	}
	at := tlog.StoredHashIndex(0, t.size)
	for i, h := range hs {
		t.edge[at+int64(i)] = h
	}
	t.size++
	if t.size%1024 == 0 {
		t.trim()
	}
	return nil
}

// Root returns the tree's root hash; an empty tree has the zero hash.
func (t *Tree) Root() (tlog.Hash, error) {
	if t.size == 0 {
		return tlog.Hash{}, nil
	}
	return tlog.TreeHash(t.size, tlog.HashReaderFunc(t.hashes))
}

func (t *Tree) hashes(at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	for i, a := range at {
		h, ok := t.edge[a]
		if !ok {
			return nil, fmt.Errorf("journal: hash %d is not at the edge", a)
		}
		out[i] = h
	}
	return out, nil
}

// trim keeps the roots of the complete subtrees, which is all that later appends
// and roots ask for.
func (t *Tree) trim() {
	keep := map[int64]tlog.Hash{}
	lo := int64(0)
	for level := 62; level >= 0; level-- {
		if t.size&(1<<level) != 0 {
			at := tlog.StoredHashIndex(level, lo>>level)
			keep[at] = t.edge[at]
			lo += 1 << level
		}
	}
	t.edge = keep
}

// Manifest returns the Merkle root over the leaves of a bulk act's items.
func Manifest(leaves [][]byte) ([]byte, error) {
	var t Tree
	for _, l := range leaves {
		if err := t.Append(l); err != nil {
			return nil, err
		}
	}
	r, err := t.Root()
	return r[:], err
}
