package store

import (
	"bytes"
	"io/fs"
	"path"
	"time"
)

// memFile is a file held in memory, for migrations whose text depends on the engine.
type memFile struct {
	*bytes.Reader
	name string
}

func newMemFile(name string, b []byte) fs.File {
	return &memFile{bytes.NewReader(b), path.Base(name)}
}

func (f *memFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *memFile) Close() error               { return nil }
func (f *memFile) Name() string               { return f.name }
func (f *memFile) Size() int64                { return f.Reader.Size() }
func (f *memFile) Mode() fs.FileMode          { return 0o444 }
func (f *memFile) ModTime() time.Time         { return time.Time{} }
func (f *memFile) IsDir() bool                { return false }
func (f *memFile) Sys() any                   { return nil }
