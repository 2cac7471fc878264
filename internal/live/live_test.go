package live

import (
	"bufio"
	"context"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// book is a journal in memory.
type book struct {
	mu      sync.Mutex
	entries []journal.Entry
	bells   []chan struct{}
	ahead   atomic.Int64 // entries of a sister server that this one has not read yet
}

func (b *book) add(es ...journal.Entry) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range es {
		e.Seq = int64(len(b.entries) + 1)
		b.entries = append(b.entries, e)
	}
	for _, c := range b.bells {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

func (b *book) Headers(_ context.Context, after int64, limit int) ([]journal.Entry, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	after = min(after, int64(len(b.entries)))
	out := b.entries[after:]
	return slices.Clone(out[:min(limit, len(out))]), nil
}

func (b *book) Bell() (<-chan struct{}, func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := make(chan struct{}, 1)
	b.bells = append(b.bells, c)
	return c, func() {}
}

func (b *book) Last() int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return int64(len(b.entries))
}

func (b *book) Newest(context.Context) (int64, error) { return b.Last() + b.ahead.Load(), nil }

// world is a hub behind a server with one listener whose rights a test may change.
type world struct {
	book   *book
	hub    *Hub
	server *httptest.Server
	mu     sync.Mutex
	grants []access.Grant
	gone   bool
	moved  map[string]string
}

func newWorld(t *testing.T, grants ...access.Grant) *world {
	t.Helper()
	guard, err := access.New()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{book: &book{}, grants: grants, moved: map[string]string{}}
	w.hub = New(Deps{
		Journal: w.book, Guard: guard, Window: 20 * time.Millisecond, Beat: 40 * time.Millisecond, Clock: time.Now,
		Viewer: func(*http.Request) (*access.Viewer, access.Context, error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			if w.gone {
				return nil, access.Context{}, access.ErrSessionEnded.With()
			}
			return access.NewViewer("a", w.grants, time.Now()), access.Context{}, nil
		},
		Refuse: func(rw http.ResponseWriter, _ *http.Request, err error) { http.Error(rw, fault.As(err).Code, 499) },
		Paths: func(_ context.Context, ids []string) (map[string]string, error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			out := map[string]string{}
			for _, id := range ids {
				if p, ok := w.moved[id]; ok {
					out[id] = p
				} else if id != "" && id != "nowhere" {
					out[id] = pathOf(id)
				}
			}
			return out, nil
		},
	})
	w.server = httptest.NewServer(w.hub)
	t.Cleanup(func() { w.hub.Close(); w.server.Close() })
	return w
}

// pathOf makes the place "abc" stand under "ab" under "a".
func pathOf(id string) string {
	var b strings.Builder
	for i := range id {
		b.WriteString(id[:i+1] + ".")
	}
	return b.String()
}

func entry(thing, place, audience string) journal.Entry {
	return journal.Entry{Thing: thing, ThingID: "secret-person", PlaceID: place, Path: pathOf(place), Audience: audience, Payload: []byte(`{"name":"secret"}`)}
}

func grant(role access.Role, place string) access.Grant {
	return access.Grant{Account: "a", Role: role, PlaceID: place, Path: pathOf(place), Why: access.Static}
}

// listen opens a stream and returns its frames; the channel ends with it.
func (w *world) listen(t *testing.T, query string) <-chan Frame {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	q, _ := http.NewRequestWithContext(ctx, "GET", w.server.URL+"/api/v1/live?"+query, nil)
	r, err := w.server.Client().Do(q)
	if err != nil || r.StatusCode != 200 {
		t.Fatalf("%v %v", r, err)
	}
	out := make(chan Frame, 1000)
	ready := make(chan bool, 1)
	go func() {
		defer close(out)
		defer r.Body.Close()
		in := bufio.NewScanner(r.Body)
		var id string
		for in.Scan() {
			line := in.Text()
			if strings.Contains(line, "secret") {
				t.Error("personal data in the stream: " + line)
			}
			if v, ok := strings.CutPrefix(line, "id: "); ok {
				id = v
				select {
				case ready <- true:
				default:
				}
			}
			if v, ok := strings.CutPrefix(line, "data: "); ok {
				var f Frame
				if err := json.Unmarshal([]byte(v), &f); err != nil || strconv.FormatInt(f.Seq, 10) != id {
					t.Errorf("frame %q under id %s: %v", v, id, err)
				}
				out <- f
			}
		}
	}()
	<-ready
	return out
}

func next(t *testing.T, c <-chan Frame) Frame {
	t.Helper()
	select {
	case f, ok := <-c:
		if !ok {
			t.Fatal("the stream ended")
		}
		return f
	case <-time.After(5 * time.Second):
		t.Fatal("no frame")
	}
	return Frame{}
}

func TestManyEntriesBecomeFewFrames(t *testing.T) {
	w := newWorld(t, grant(access.Commander, "a"))
	c := w.listen(t, "place_id=a")
	for range 500 {
		w.book.add(entry("targets", "abc", "work"), entry("persons", "abd", "register"))
	}
	var last Frame
	n := 0
	for last.Seq < 1000 {
		last = next(t, c)
		n++
	}
	if n > 40 || !slices.Equal(last.Things, []string{"persons", "targets"}) || !slices.Equal(last.Places, []string{"abc", "abd"}) {
		t.Fatalf("%d frames, last %+v", n, last)
	}
}

func TestResumesAtAnyCursor(t *testing.T) {
	w := newWorld(t, grant(access.Commander, "a"))
	for i := range 30 {
		w.book.add(entry("t"+strconv.Itoa(i), "ab", "work"))
	}
	for _, after := range []int{0, 1, 17, 29} {
		f := next(t, w.listen(t, "place_id=a&after="+strconv.Itoa(after)))
		if f.Seq != 30 || len(f.Things) != 30-after {
			t.Fatalf("after %d: %+v", after, f)
		}
	}
	far := w.listen(t, "place_id=a&after=4000") // a cursor that the journal never reached
	w.book.add(entry("new", "ab", "work"))
	if f := next(t, far); f.Seq != 31 || !slices.Equal(f.Things, []string{"new"}) {
		t.Fatalf("%+v", f)
	}
}

// A listener who comes over from a server that was ahead hears nothing twice.
func TestAheadOfThisServer(t *testing.T) {
	w := newWorld(t, grant(access.Commander, "a"))
	w.book.add(entry("t1", "ab", "work"))
	w.book.ahead.Store(2)
	c := w.listen(t, "place_id=a&after=3")
	w.book.ahead.Store(0)
	w.book.add(entry("t2", "ab", "work"), entry("t3", "ab", "work"), entry("t4", "ab", "work"))
	if f := next(t, c); f.Seq != 4 || !slices.Equal(f.Things, []string{"t4"}) {
		t.Fatalf("%+v", f)
	}
}

func TestHearsOnlyWhatTheRoleHears(t *testing.T) {
	w := newWorld(t, grant(access.Lead, "abc"))
	c := w.listen(t, "")
	w.book.add(
		entry("beside", "abd", "work"),
		entry("audit", "abc", "audit"),
		entry("above-sensitive", "ab", "sensitive"),
		entry("elsewhere", "x", "public"),
	)
	time.Sleep(120 * time.Millisecond)
	w.book.add(entry("incidents", "a", "work"), entry("targets", "abcd", "work"))
	f := next(t, c)
	if !slices.Equal(f.Things, []string{"incidents", "targets"}) || !slices.Equal(f.Places, []string{"abc", "abcd"}) {
		t.Fatalf("%+v", f)
	}
}

// Who listens at one place is not told of the place beside it, though they may.
func TestHearsOnlyOfThePlaceListenedAt(t *testing.T) {
	w := newWorld(t, grant(access.Commander, "a"))
	c := w.listen(t, "place_id=abc")
	w.book.add(entry("beside", "abd", "work"))
	time.Sleep(120 * time.Millisecond)
	w.book.add(entry("here", "abcd", "work"), entry("above", "ab", "work"), entry("above-audit", "ab", "audit"))
	if f := next(t, c); !slices.Equal(f.Things, []string{"above", "here"}) || !slices.Equal(f.Places, []string{"abc", "abcd"}) {
		t.Fatalf("%+v", f)
	}
}

// A place that moved away takes its old entries along: rights are asked at the
// present path.
func TestRightsAreAskedAtThePresentPlace(t *testing.T) {
	w := newWorld(t, grant(access.Lead, "abc"))
	w.moved["abcd"] = "x." + "abcd."
	w.book.add(entry("moved", "abcd", "work"), entry("stayed", "abce", "work"))
	if f := next(t, w.listen(t, "after=0")); !slices.Equal(f.Things, []string{"stayed"}) {
		t.Fatalf("%+v", f)
	}
}

func TestEndsWithTheRights(t *testing.T) {
	for name, change := range map[string]func(*world){
		"session":  func(w *world) { w.gone = true },
		"narrower": func(w *world) { w.grants = []access.Grant{grant(access.Lead, "abc")} },
		"other":    func(w *world) { w.grants = []access.Grant{grant(access.Auditor, "a")} },
		"moved":    func(w *world) { w.moved["a"] = "z.a." },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, grant(access.Commander, "a"))
			c := w.listen(t, "place_id=a")
			w.mu.Lock()
			change(w)
			w.mu.Unlock()
			w.book.add(entry("after", "ab", "work"))
			select {
			case f, ok := <-c:
				if ok {
					t.Fatalf("a frame after the rights ended: %+v", f)
				}
			case <-time.After(5 * time.Second):
				t.Fatal("the stream did not end")
			}
		})
	}
}

func TestRefusesBeforeTheStream(t *testing.T) {
	w := newWorld(t, grant(access.Lead, "abc"))
	for query, code := range map[string]string{
		"place_id=a": "SW-1010", "place_id=nowhere": "SW-1010", "after=x": "SW-1851", "place_id=abc&after=-1": "SW-1851",
	} {
		r, err := http.Get(w.server.URL + "/?" + query)
		if err != nil {
			t.Fatal(err)
		}
		var b [200]byte
		n, _ := r.Body.Read(b[:])
		r.Body.Close()
		if !strings.Contains(string(b[:n]), code) {
			t.Errorf("%s: %s", query, b[:n])
		}
	}
}

// Whatever is written wherever, a frame never names a place outside the listener's
// scope other than by what lies above it after a cut, and never needs a payload.
func TestPlacesStayInScope(t *testing.T) {
	guard, err := access.New()
	if err != nil {
		t.Fatal(err)
	}
	places := rapid.SampledFrom([]string{"a", "ab", "ac", "abc", "abd", "abcd", "abce", "acf", ""})
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.SampledFrom([]string{"a", "ab", "abc"}).Draw(t, "held")
		role := rapid.SampledFrom([]access.Role{access.Commander, access.Lead, access.Gridworker, access.Auditor, access.Resident}).Draw(t, "role")
		e := &ear{guard: guard, viewer: access.NewViewer("a", []access.Grant{grant(role, at)}, time.Unix(0, 0))}
		n := note{path: pathOf(places.Draw(t, "place")), audience: rapid.SampledFrom([]string{"public", "work", "register", "sensitive", "audit", "?"}).Draw(t, "audience")}
		for _, p := range e.hears(n) {
			if !territory.Inside(p, pathOf(at)) {
				t.Fatalf("%s at %s is told of %q", role, at, p)
			}
			if !guard.Hears(e.viewer, n.audience, p, e.ctx) {
				t.Fatalf("%s at %s is told of %q at %q without the right", role, at, n.audience, p)
			}
		}
	})
}

func TestCutNamesWhatLiesAbove(t *testing.T) {
	paths := map[string]bool{}
	for i := range 300 {
		paths["a.b."+strconv.Itoa(i%3)+".d"+strconv.Itoa(i)+"."] = true
	}
	if got := ids(cut(paths)); !slices.Equal(got, []string{"0", "1", "2"}) {
		t.Fatal(got)
	}
}

// The first word comes after one window; while there is more all the time, the next ones
// leave room for a screen that looks no more often anyway.
func TestFramesRestWhileThereIsMore(t *testing.T) {
	now := time.Unix(1000, 0)
	h := &Hub{Deps: Deps{Window: 100 * time.Millisecond, Clock: func() time.Time { return now }}, dice: rand.New(rand.NewPCG(1, 1))}
	s := &stream{h: h}
	for _, x := range []struct{ ago, least, most time.Duration }{
		{time.Hour, 100, 150}, {0, 400, 450}, {250, 150, 200}, {390, 100, 150}, {-time.Hour, 400, 450},
	} {
		s.said = now.Add(-x.ago * time.Millisecond)
		if d := s.pause(); d < x.least*time.Millisecond || d > x.most*time.Millisecond {
			t.Errorf("%d ms after a frame the next one waits %v", x.ago, d)
		}
	}
}
