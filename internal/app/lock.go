package app

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
)

// holder is what the lock file says of who holds the directory.
type holder struct {
	PID  int    `json:"pid"`
	Addr string `json:"addr,omitempty"`
}

// lock is the data directory's own lock: one process at a time. The operating
// system lets go of it when the process ends, however it ends.
type lock struct{ f *os.File }

var errTaken = errors.New("taken")

// takeLock locks a data directory, or says who holds it.
func takeLock(dir string) (*lock, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, ErrDataDir.With(dir).Because(err)
	}
	if err := flock(f); err != nil {
		defer f.Close()
		if !errors.Is(err, errTaken) {
			return nil, ErrDataDir.With(dir).Because(err)
		}
		var h holder
		if b, err := io.ReadAll(io.LimitReader(f, 4096)); err == nil {
			_ = json.Unmarshal(b, &h)
		}
		who, where := "?", "URL"
		if h.PID > 0 {
			who = strconv.Itoa(h.PID)
		}
		if h.Addr != "" {
			where = h.Addr
		}
		return nil, ErrHeld.With(dir, who, where)
	}
	l := &lock{f}
	return l, l.say("")
}

// say writes who holds the directory, for the message to others.
func (l *lock) say(addr string) error {
	b, err := json.Marshal(holder{os.Getpid(), addr})
	if err != nil {
		return err
	}
	if err := l.f.Truncate(0); err != nil {
		return err
	}
	_, err = l.f.WriteAt(append(b, '\n'), 0)
	return err
}

// release lets go. The file stays: removing it would let two processes lock two
// different files of one name.
func (l *lock) release() {
	_ = l.f.Truncate(0)
	_ = l.f.Close()
}
