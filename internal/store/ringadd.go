package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"shouwang/internal/seal"
)

// keysAtOnce is how many subject keys one statement adds.
const keysAtOnce = 512

// adds are the keys that wait to be stored. Each transaction costs the ring's file
// several walks to the disk however many keys are in it, so those that come while one
// is on its way go together in the next.
type adds struct {
	turn  sync.Mutex // held by whoever stores what waits
	mu    sync.Mutex
	waits []*adding
}

// adding is what one caller wants stored, and what came of it.
type adding struct {
	purpose       string
	wrapped, kept map[string][]byte
	done          bool // under turn
	err           error
}

// AddSubjects stores many wrapped keys in one transaction, together with those of
// others that wait.
func (k *Keyring) AddSubjects(ctx context.Context, purpose string, wrapped map[string][]byte) (kept map[string][]byte, err error) {
	mine, q := &adding{purpose: purpose, wrapped: wrapped}, &k.adds
	q.mu.Lock()
	q.waits = append(q.waits, mine)
	q.mu.Unlock()
	q.turn.Lock()
	defer q.turn.Unlock()
	if !mine.done {
		q.mu.Lock()
		all := q.waits
		q.waits = nil
		q.mu.Unlock()
		k.addAll(context.WithoutCancel(ctx), all) // nobody's leaving undoes what others wait for
	}
	return mine.kept, mine.err
}

// addAll stores what several callers want, one transaction a purpose. Where two bring a
// key for the same subject the first stands, as if they had come one after the other.
func (k *Keyring) addAll(ctx context.Context, all []*adding) {
	merged := map[string]map[string][]byte{}
	for _, x := range all {
		if merged[x.purpose] == nil {
			merged[x.purpose] = map[string][]byte{}
		}
		for id, w := range x.wrapped {
			if _, there := merged[x.purpose][id]; !there {
				merged[x.purpose][id] = w
			}
		}
	}
	for purpose, wrapped := range merged {
		stand, err := k.addSubjects(ctx, purpose, wrapped)
		for _, x := range all {
			if x.purpose != purpose {
				continue
			}
			x.done, x.err, x.kept = true, err, map[string][]byte{}
			for id, w := range x.wrapped {
				is, other := stand[id]
				if !other {
					is = wrapped[id]
				}
				if other || !bytes.Equal(is, w) {
					x.kept[id] = is
				}
			}
		}
	}
}

// addSubjects stores many wrapped keys in one transaction. They go in a fixed
// order, so that two servers that add the same ones wait and never lock crosswise.
func (k *Keyring) addSubjects(ctx context.Context, purpose string, wrapped map[string][]byte) (kept map[string][]byte, err error) {
	kept = map[string][]byte{}
	ids := slices.Sorted(maps.Keys(wrapped))
	err = k.act(ctx, func(tx *sql.Tx) error {
		if _, destroyed, err := k.kek(ctx, tx, purpose, k.engine.share()); err != nil || destroyed {
			return errors.Join(err, seal.ErrErased.With())
		}
		for part := range slices.Chunk(ids, keysAtOnce) {
			var q strings.Builder
			q.WriteString("INSERT INTO subjects (purpose, subject, wrapped) VALUES ")
			args := make([]any, 0, 3*len(part))
			for i, id := range part {
				fmt.Fprintf(&q, "%s(?%d, ?%d, ?%d)", [...]string{", ", ""}[b2i(i == 0)], 3*i+1, 3*i+2, 3*i+3)
				args = append(args, purpose, id, wrapped[id])
			}
			r, err := tx.ExecContext(ctx, k.engine.sql(q.String()+" ON CONFLICT DO NOTHING"), args...)
			if err != nil {
				return err
			}
			if n, err := r.RowsAffected(); err != nil || n == int64(len(part)) {
				if err != nil {
					return err
				}
				continue
			}
			stand := map[string][]byte{}
			if err := k.subjects(ctx, tx, purpose, part, stand); err != nil {
				return err
			}
			for _, id := range part {
				if !bytes.Equal(stand[id], wrapped[id]) {
					kept[id] = stand[id]
				}
			}
		}
		return nil
	})
	return kept, err
}
