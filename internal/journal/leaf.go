package journal

import (
	"crypto/sha256"
	"encoding/binary"
)

// Leaf returns the bytes that the Merkle tree commits to for an entry:
// SHA-256(salt ‖ canonical header ‖ SHA-256(payload as stored)). Salt, header and
// payload may be deleted later; the leaf stays, so that the tree still verifies.
// Seq is not part of it: the position in the tree is the sequence.
func Leaf(e Entry, salt []byte) []byte {
	h := sha256.New()
	h.Write(salt)
	var n [8]byte
	field := func(s string) {
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	binary.BigEndian.PutUint64(n[:], uint64(e.At.UnixMilli()))
	h.Write(n[:])
	for _, s := range []string{e.Actor, e.Device, e.Op, e.Verb, e.Thing, e.ThingID, e.PlaceID, e.Path, e.Incident, e.Purpose, e.Subject, e.Audience, e.Act} {
		field(s)
	}
	p := sha256.Sum256(e.Payload)
	h.Write(p[:])
	return h.Sum(nil)
}

// Item is one changed object under a bulk act. Its leaf commits to the row as
// written; the act's entry commits to all items by their Merkle root.
type Item struct {
	Thing, ThingID, Path string
	Leaf                 []byte
}

// ItemLeaf returns SHA-256 over the thing, its id, its path and the hash of the row.
func ItemLeaf(thing, id, path string, row []byte) []byte {
	h := sha256.New()
	var n [8]byte
	for _, s := range []string{thing, id, path} {
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	p := sha256.Sum256(row)
	h.Write(p[:])
	return h.Sum(nil)
}
