package live

import (
	"context"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
)

// ErrClosing ends a stream when the server goes down.
var ErrClosing = fault.Define(fault.Unavailable, "SW-1850",
	"服务正在停止，实时更新暂停，数据不受影响。页面会自动重连。",
	"The server is stopping, so live updates pause; data are not affected. The page connects again by itself.")

// ErrCursor says that the cursor of a stream is no number.
var ErrCursor = fault.Define(fault.Invalid, "SW-1851",
	"实时更新的游标“{0}”不是数字。没有改动任何数据。请去掉 after 参数重新连接。",
	"The cursor {0} of the live stream is no number. Nothing was changed. Connect again without it.")

// Journal is what the hub follows; the store is one.
type Journal interface {
	// Headers returns up to limit entries after the cursor, oldest first; only what
	// changed, where and for whom is looked at.
	Headers(ctx context.Context, after int64, limit int) ([]journal.Entry, error)
	// Bell returns a channel that gets a token after commits, and its end.
	Bell() (<-chan struct{}, func())
	// Last returns the sequence of the last durable entry that this server knows.
	Last() int64
	// Newest asks for the sequence of the last durable entry, whoever wrote it.
	Newest(ctx context.Context) (int64, error)
}

// Deps is what a hub is made of.
type Deps struct {
	Journal Journal
	Guard   *access.Guard
	// Viewer says who is calling and which places are in emergency; it is asked
	// again before each frame, so that a stream ends with the rights.
	Viewer func(*http.Request) (*access.Viewer, access.Context, error)
	// Refuse answers a request with a fault in the house's own form.
	Refuse func(http.ResponseWriter, *http.Request, error)
	// Paths returns the present paths of those places that exist, by id.
	Paths func(ctx context.Context, ids []string) (map[string]string, error)
	Clock func() time.Time
	// Window is the shortest time between two frames (0: 250 ms), Beat the time
	// between two heartbeats (0: 15 s).
	Window, Beat time.Duration
	// Seed feeds the jitter that keeps many listeners from asking at once.
	Seed uint64
}

// Hub follows the journal once for all listeners.
type Hub struct {
	Deps
	stop context.CancelFunc
	ctx  context.Context
	done sync.WaitGroup

	streams atomic.Int64

	mu   sync.Mutex
	ring []note // the newest notes, in order without gaps
	head int64  // sequence of the last note taken
	more chan struct{}
	dice *rand.Rand
}

// ringSize is how many notes are kept; a listener further behind reads the journal.
const ringSize = 8192

// New starts a hub at the journal's present end.
func New(d Deps) *Hub {
	if d.Window == 0 {
		d.Window = 250 * time.Millisecond
	}
	if d.Beat == 0 {
		d.Beat = 15 * time.Second
	}
	h := &Hub{Deps: d, head: d.Journal.Last(), more: make(chan struct{}), dice: rand.New(rand.NewPCG(d.Seed, 0))}
	h.ctx, h.stop = context.WithCancel(context.Background())
	h.done.Add(1)
	go func() { defer h.done.Done(); h.follow() }()
	return h
}

// Head is the sequence of the last entry read for the listeners.
func (h *Hub) Head() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.head
}

// Streams is how many streams are open.
func (h *Hub) Streams() int64 { return h.streams.Load() }

// Close ends every stream and stops following.
func (h *Hub) Close() {
	h.stop()
	h.done.Wait()
}

// follow reads what was committed after the head and wakes the listeners. The
// tick finds what a sister server wrote without ringing our bell.
func (h *Hub) follow() {
	bell, end := h.Journal.Bell()
	defer end()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		h.mu.Lock()
		at := h.head
		h.mu.Unlock()
		notes, err := h.read(h.ctx, at, 1000)
		if err == nil && len(notes) > 0 {
			h.take(notes)
			if !rest(h.ctx, gather) {
				return
			}
			continue
		}
		select {
		case <-h.ctx.Done():
			return
		case <-bell:
		case <-tick.C:
		}
	}
}

// gather is how long new entries are let come together before they are read; no
// frame leaves more often than every Window.
const gather = 25 * time.Millisecond

// rest waits; false when the context ended meanwhile.
func rest(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

func (h *Hub) take(notes []note) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ring = append(h.ring, notes...)
	if over := len(h.ring) - ringSize; over > 0 {
		h.ring = append(h.ring[:0:0], h.ring[over:]...)
	}
	h.head = notes[len(notes)-1].seq
	close(h.more)
	h.more = make(chan struct{})
}

// read returns the notes of up to limit entries after the cursor.
func (h *Hub) read(ctx context.Context, after int64, limit int) ([]note, error) {
	es, err := h.Journal.Headers(ctx, after, limit)
	if err != nil || len(es) == 0 {
		return nil, err
	}
	var want []string
	seen := map[string]bool{"": true}
	for _, e := range es {
		if !seen[e.PlaceID] {
			seen[e.PlaceID] = true
			want = append(want, e.PlaceID)
		}
	}
	now, err := h.Paths(ctx, want)
	if err != nil {
		return nil, err
	}
	out := make([]note, len(es))
	for i, e := range es {
		out[i] = noteOf(e, now)
	}
	return out, nil
}

// since returns the notes after a cursor; far is true when so many are missing
// that naming them is worth less than reading everything again.
func (h *Hub) since(ctx context.Context, after int64) (notes []note, far bool, err error) {
	h.mu.Lock()
	head, ring := h.head, h.ring
	h.mu.Unlock()
	if after >= head {
		return nil, false, nil
	}
	if head-after > maxBehind {
		return []note{{seq: head}}, true, nil
	}
	if len(ring) > 0 && ring[0].seq <= after+1 {
		return ring[after+1-ring[0].seq:], false, nil
	}
	for at := after; at < head; {
		next, err := h.read(ctx, at, 1000)
		if err != nil || len(next) == 0 {
			return notes, false, err
		}
		notes = append(notes, next...)
		at = next[len(next)-1].seq
	}
	return notes, false, nil
}

// ahead says whether there is anything after the cursor; the channel is closed
// when there is more.
func (h *Hub) ahead(after int64) (bool, <-chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.head > after, h.more
}

// maxBehind is how far a cursor may lie behind before a frame says All.
const maxBehind = 50000

// jitter is a random part of a window.
func (h *Hub) jitter() time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return time.Duration(h.dice.Int64N(int64(h.Window)/2 + 1))
}
