package backup

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// State is what a backup may be called.
type State string

// The states. Only a Complete one is more than a hope.
const (
	Complete    State = "complete"    // restored once with its keys, and opened
	Incomplete  State = "incomplete"  // whole, but nobody has tried its keys
	Damaged     State = "damaged"     // the manifest does not read
	Interrupted State = "interrupted" // never finished
)

// Item is one line of the list of backups.
type Item struct {
	ID      string    `json:"id"`
	Dir     string    `json:"dir"`
	State   State     `json:"state"`
	Started time.Time `json:"started"`
	Last    int64     `json:"last"`
	Rows    int64     `json:"rows"`
	Bytes   int64     `json:"bytes"`
	Keys    bool      `json:"keys"`
	Tried   time.Time `json:"tried"`
}

// List returns the backups of a folder, the newest first. It reads manifests only;
// Check reads everything.
func List(to string) ([]Item, error) {
	out := []Item{}
	entries, err := os.ReadDir(to)
	if os.IsNotExist(err) {
		return out, nil
	}
	if err != nil {
		return nil, ErrWrite.With(to).Because(err)
	}
	for i := len(entries) - 1; i >= 0; i-- {
		if e := entries[i]; e.IsDir() {
			if it, ok := look(filepath.Join(to, e.Name())); ok {
				out = append(out, it)
			}
		}
	}
	return out, nil
}

func look(dir string) (Item, bool) {
	it := Item{ID: filepath.Base(dir), Dir: dir, State: Interrupted}
	if id, ok := strings.CutSuffix(it.ID, partial); ok {
		it.ID = id
		return it, true
	}
	if _, err := time.Parse("20060102T150405Z", strings.Split(it.ID, "-")[0]); err != nil {
		return it, false // a folder of somebody else
	}
	m, sum, err := ReadManifest(dir)
	if err != nil {
		it.State = Damaged
		return it, true
	}
	it.State, it.Started, it.Last, it.Rows, it.Bytes, it.Keys = Incomplete, m.Started, m.Last, m.Rows(), m.Bytes(), m.Keys != nil
	if t, err := tried(dir); err == nil && t.Manifest == sum {
		it.State, it.Tried = Complete, t.At
	}
	return it, true
}

func tried(dir string) (Tried, error) {
	var t Tried
	if _, err := readVouched(filepath.Join(dir, triedName), &t); err != nil {
		return t, ErrDamaged.With(dir, triedName)
	}
	return t, nil
}

// Mark writes down that a backup was restored with its keys and opened.
func Mark(dir string, at time.Time, entries int64, opened int) error {
	_, sum, err := ReadManifest(dir)
	if err != nil {
		return err
	}
	if _, err := writeVouched(filepath.Join(dir, triedName), Tried{sum, at.UTC(), entries, opened}); err != nil {
		return ErrWrite.With(dir).Because(err)
	}
	return nil
}

// Tidy removes what is no longer wanted: finished backups beyond the newest keep
// (0: none is removed), folders that a crash left half written a day ago, and key
// files older than keysFor, because a copy of destroyed keys would revive what was
// erased. The newest complete backup stays whatever its age.
func Tidy(to, keysTo string, keep int, keysFor time.Duration, now time.Time) error {
	items, err := List(to)
	if err != nil {
		return err
	}
	kept, complete := 0, false
	for _, it := range items {
		switch it.State {
		case Interrupted:
			if i, err := os.Stat(it.Dir); err == nil && now.Sub(i.ModTime()) > 24*time.Hour {
				_ = os.RemoveAll(it.Dir)
			}
			continue
		case Damaged:
			continue // for people to look at
		}
		stays := keep == 0 || kept < keep || it.State == Complete && !complete
		if kept++; it.State == Complete {
			complete = true
		}
		if !stays {
			if err := os.RemoveAll(it.Dir); err != nil {
				return ErrWrite.With(to).Because(err)
			}
			_ = os.Remove(filepath.Join(keysTo, it.ID+keyEnding))
		}
	}
	files, _ := filepath.Glob(filepath.Join(keysTo, "*"+keyEnding))
	for _, f := range files {
		day, err := time.Parse("20060102T150405Z", strings.Split(filepath.Base(f), "-")[0])
		if err == nil && keysFor > 0 && now.Sub(day) > keysFor {
			_ = os.Remove(f)
		}
	}
	return nil
}
