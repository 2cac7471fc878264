package backup

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"shouwang/internal/store"
)

// The names inside the folder of one backup.
const (
	manifestName = "manifest"
	triedName    = "tried"    // written when its keys were restored and opened it
	partial      = ".partial" // ending of a folder that is still being written
	format       = "shouwang-backup-1"
)

// Chunk is one file of rows.
type Chunk struct {
	File   string `json:"file"`
	Bytes  int64  `json:"bytes"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// Part is one table in a backup.
type Part struct {
	store.Table
	Rows   int64   `json:"rows"`
	Chunks []Chunk `json:"chunks"`
}

// KeyFile names the file of keys that belongs to a backup; it lies elsewhere.
type KeyFile struct {
	File   string `json:"file"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Manifest vouches for one backup: what it holds, of which moment, and the hash of
// every file.
type Manifest struct {
	Format     string    `json:"format"`
	ID         string    `json:"id"`
	Program    string    `json:"program"`
	Kind       string    `json:"kind"`
	Engine     string    `json:"engine"`
	Schema     []int64   `json:"schema"`
	Started    time.Time `json:"started"`
	Ended      time.Time `json:"ended"`
	Last       int64     `json:"last"`       // the last journal entry in it
	Checkpoint string    `json:"checkpoint"` // the newest signed checkpoint in it
	Verifier   string    `json:"verifier"`   // the line that checks it
	Tables     []Part    `json:"tables"`
	Keys       *KeyFile  `json:"keys"` // nil: made without keys
}

// Rows is the number of rows in all tables.
func (m Manifest) Rows() (n int64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// Bytes is the size of all chunks.
func (m Manifest) Bytes() (n int64) {
	for _, t := range m.Tables {
		for _, c := range t.Chunks {
			n += c.Bytes
		}
	}
	return n
}

// Tried says that a backup was restored with its keys, and when.
type Tried struct {
	Manifest string    `json:"manifest"` // hash of the manifest it was
	At       time.Time `json:"at"`
	Entries  int64     `json:"entries"`
	Opened   int       `json:"opened"` // sealed values that were opened
}

// writeVouched writes a value as JSON followed by the hash of that JSON, durably:
// a flipped bit in either is seen.
func writeVouched(file string, v any) (sum string, err error) {
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return "", err
	}
	b = append(b, '\n')
	h := sha256.Sum256(b)
	sum = hex.EncodeToString(h[:])
	return sum, writeDurable(file, append(b, sum+"\n"...))
}

// readVouched is the reverse of writeVouched.
func readVouched(file string, v any) (sum string, err error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	const tail = 2*sha256.Size + 1
	if len(b) < tail || b[len(b)-1] != '\n' {
		return "", errChunk
	}
	body := b[:len(b)-tail]
	h := sha256.Sum256(body)
	sum = hex.EncodeToString(h[:])
	if !bytes.Equal(b[len(body):], []byte(sum+"\n")) {
		return "", errChunk
	}
	return sum, json.Unmarshal(body, v)
}

// writeDurable writes a file for its owner alone, through a name of its own, and
// has it on disk before it returns.
func writeDurable(file string, b []byte) error {
	tmp := file + ".new"
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp, file); err != nil {
		return err
	}
	return syncDir(filepath.Dir(file))
}

// syncDir makes names durable; where the system cannot, nothing is lost by that.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}

// ReadManifest reads and checks the manifest of a finished backup. Fault: SW-2031.
func ReadManifest(dir string) (Manifest, string, error) {
	var m Manifest
	sum, err := readVouched(filepath.Join(dir, manifestName), &m)
	if err != nil || m.Format != format {
		return m, "", ErrDamaged.With(dir, manifestName)
	}
	return m, sum, nil
}
