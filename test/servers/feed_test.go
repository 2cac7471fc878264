package servers

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"shouwang/internal/journal"
)

// ear listens to one building and goes to another server whenever its stream ends
// or it has heard enough there.
type ear struct {
	f        *fleet
	building string
	start    int64
	mu       sync.Mutex
	at       int64 // Last-Event-ID
	frames   []heard
	moves    int
	stop     context.CancelFunc
	done     chan struct{}
}

// heard is a frame and the cursor before it.
type heard struct {
	after, seq int64
	places     []string
	all        bool
}

func (f *fleet) listen(building string, at int64, first int) *ear {
	ctx, stop := context.WithCancel(context.Background())
	e := &ear{f: f, building: building, start: at, at: at, stop: stop, done: make(chan struct{})}
	go func() {
		defer close(e.done)
		for n := first; ctx.Err() == nil; n++ {
			e.once(ctx, n%len(f.nodes))
			e.mu.Lock()
			e.moves++
			e.mu.Unlock()
			time.Sleep(50 * time.Millisecond)
		}
	}()
	return e
}

// once listens at one server for a while.
func (e *ear) once(ctx context.Context, node int) {
	ctx, stop := context.WithTimeout(ctx, 3*time.Second)
	defer stop()
	q, err := http.NewRequestWithContext(ctx, "GET", "http://"+e.f.nodes[node].Addr+"/api/v1/live?place_id="+e.building, nil)
	if err != nil {
		return
	}
	q.Header.Set("Authorization", "Bearer "+e.f.token)
	e.mu.Lock()
	q.Header.Set("Last-Event-ID", strconv.FormatInt(e.at, 10))
	e.mu.Unlock()
	r, err := web.Do(q)
	if err != nil {
		return
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		return
	}
	in := bufio.NewScanner(r.Body)
	in.Buffer(nil, 1<<20)
	var id int64
	for in.Scan() {
		line := in.Text()
		if v, ok := strings.CutPrefix(line, "id: "); ok {
			id, _ = strconv.ParseInt(v, 10, 64)
		}
		if v, ok := strings.CutPrefix(line, "data: "); ok {
			var x struct {
				Seq    int64
				Places []string
				All    bool
			}
			if json.Unmarshal([]byte(v), &x) != nil {
				return // torn in the middle: not heard
			}
			e.mu.Lock()
			e.frames = append(e.frames, heard{e.at, x.Seq, x.Places, x.All})
			e.at = id
			e.mu.Unlock()
		}
	}
}

// cursor is how far the ear has heard.
func (e *ear) cursor() int64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.at
}

// tooMany is how many doors are named by what lies above them, within the building
// listened to: all hundred of it, which with anything else are more than a frame names.
const tooMany = 100

// check holds what was heard against the journal: each frame must name exactly the
// doors that were recorded between the cursor before it and its own, or what lies above
// where they are too many to name, and behind the last frame nothing may be left.
func (e *ear) check(entries []journal.Entry, inside map[string]bool) (bad []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	at := e.start
	rest := entries
	for _, h := range e.frames {
		if h.after != at || h.seq <= at {
			bad = append(bad, fmt.Sprintf("a frame from %d to %d came at %d", h.after, h.seq, at))
		}
		want := map[string]string{} // door → its path
		for len(rest) > 0 && rest[0].Seq <= h.seq {
			if rest[0].Seq > at && inside[rest[0].PlaceID] {
				want[rest[0].PlaceID] = rest[0].Path
			}
			rest = rest[1:]
		}
		many := len(want) >= tooMany
		for _, p := range h.places {
			if want[p] == "" && inside[p] {
				bad = append(bad, fmt.Sprintf("heard of %s between %d and %d, where nothing was written", p, at, h.seq))
			}
			delete(want, p)
			maps.DeleteFunc(want, func(_, path string) bool {
				_, within, _ := strings.Cut("."+path, "."+e.building+".")
				return many && (p == e.building || strings.Contains("."+within, "."+p+"."))
			})
		}
		if len(want) > 0 && !h.all {
			bad = append(bad, fmt.Sprintf("%d doors written between %d and %d were not heard of", len(want), at, h.seq))
		}
		at = h.seq
	}
	for _, x := range rest {
		if x.Seq > at && inside[x.PlaceID] {
			bad = append(bad, fmt.Sprintf("entry %d was never heard of", x.Seq))
		}
	}
	return slices.Compact(bad)
}
