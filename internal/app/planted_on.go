//go:build planted

package app

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/live"
)

// planted answers a small write before it is committed: the bug that a crash test
// must find. It exists only in a binary built for that test, and works only when
// the environment asks for it too.
func planted(h http.Handler) http.Handler {
	if os.Getenv("SHOUWANG_PLANTED") != "answer-before-commit" {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, "/record") {
			h.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		later := r.Clone(context.WithoutCancel(r.Context()))
		later.Body = io.NopCloser(bytes.NewReader(body))
		go h.ServeHTTP(httptest.NewRecorder(), later)
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte("{}\n"))
	})
}

// plantedJournal makes the live stream go on at the end of the journal after a
// failed read, instead of where it had been: a listener misses what was written
// meanwhile. It works only when the environment asks for it.
func plantedJournal(j live.Journal) live.Journal {
	if os.Getenv("SHOUWANG_PLANTED") != "jump-after-error" {
		return j
	}
	return &jumpy{Journal: j}
}

type jumpy struct {
	live.Journal
	failed atomic.Bool
}

func (j *jumpy) Headers(ctx context.Context, after int64, limit int) ([]journal.Entry, error) {
	if j.failed.Load() {
		if newest, err := j.Newest(ctx); err == nil && newest > after {
			after = newest - 1
			j.failed.Store(false)
		}
	}
	es, err := j.Journal.Headers(ctx, after, limit)
	if err != nil {
		j.failed.Store(true)
	}
	return es, err
}

// plantedClock puts the clock ahead by the seconds that the file named in the environment
// holds, never back: a browser journey waits for a morning or a deadline in a moment. It
// exists only in a binary built for tests; the product has no way to move its clock.
func plantedClock(now func() time.Time) func() time.Time {
	file := os.Getenv("SHOUWANG_PLANTED_CLOCK")
	if file == "" {
		return now
	}
	var ahead atomic.Int64
	return func() time.Time {
		if raw, err := os.ReadFile(file); err == nil {
			if n, err := strconv.ParseInt(strings.TrimSpace(string(raw)), 10, 64); err == nil && n > ahead.Load() {
				ahead.Store(n)
			}
		}
		return now().Add(time.Duration(ahead.Load()) * time.Second)
	}
}
