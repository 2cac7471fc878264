package live

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"shouwang/internal/access"
)

// ServeHTTP answers GET /api/v1/live?place_id=&after=SEQ with a stream of server-
// sent events. Last-Event-ID goes before after; without either the stream begins
// now. Faults before it begins: access's own, SW-1850, SW-1851.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e, at, err := h.open(r)
	if err != nil {
		h.Refuse(w, r, err)
		return
	}
	head := w.Header()
	head.Set("Content-Type", "text/event-stream; charset=utf-8")
	head.Set("Cache-Control", "no-store")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("X-Accel-Buffering", "no") // a proxy in front must not gather frames
	s := &stream{h: h, w: w, rc: http.NewResponseController(w), ear: e, at: at}
	_ = s.rc.SetReadDeadline(time.Time{})
	_ = s.rc.SetWriteDeadline(time.Time{})
	if s.say(fmt.Sprintf("retry: %d\nid: %d\n\n", 1000+h.jitter().Milliseconds(), at)) != nil {
		return
	}
	h.streams.Add(1)
	defer h.streams.Add(-1)
	s.run(r)
}

// open says who listens, where, and from which cursor.
func (h *Hub) open(r *http.Request) (*ear, int64, error) {
	if h.ctx.Err() != nil {
		return nil, 0, ErrClosing.With()
	}
	v, ctx, err := h.Viewer(r)
	if err != nil {
		return nil, 0, err
	}
	e := &ear{guard: h.Guard, viewer: v, ctx: ctx, id: r.URL.Query().Get("place_id")}
	if e.id == "" {
		if v.Account() == "" {
			return nil, 0, access.ErrSignIn.With()
		}
		if len(h.Guard.Scope(v, access.LiveRead, ctx)) == 0 {
			return nil, 0, access.ErrForbidden.With()
		}
	} else {
		now, err := h.Paths(r.Context(), []string{e.id})
		if err != nil {
			return nil, 0, err
		}
		path, ok := now[e.id]
		if v.Account() == "" {
			return nil, 0, access.ErrSignIn.With()
		}
		if !ok {
			return nil, 0, access.ErrNotHere.With()
		}
		if err := h.Guard.Check(v, access.LiveRead, path, ctx); err != nil {
			return nil, 0, err
		}
		e.path = path
	}
	at, err := h.cursor(r)
	return e, at, err
}

func (h *Hub) cursor(r *http.Request) (int64, error) {
	h.mu.Lock()
	head := h.head
	h.mu.Unlock()
	text := r.Header.Get("Last-Event-ID")
	if text == "" {
		text = r.URL.Query().Get("after")
	}
	if text == "" {
		return head, nil
	}
	at, err := strconv.ParseInt(text, 10, 64)
	if err != nil || at < 0 {
		return 0, ErrCursor.With(text).At("after")
	}
	if at <= head {
		return at, nil
	}
	// Another server was ahead of this one; or the world was restored from a backup.
	newest, err := h.Journal.Newest(r.Context())
	return min(at, max(newest, head)), err
}

// stream is one open connection.
type stream struct {
	h   *Hub
	w   http.ResponseWriter
	rc  *http.ResponseController
	ear *ear
	at  int64
	// said is when the last frame went out.
	said time.Time
}

// rests is how many windows lie between two frames of one stream while something changes
// all the time: the first word comes at once, and a screen looks no more often than that.
const rests = 4

// pause is how long the next frame is gathered for.
func (s *stream) pause() time.Duration {
	ago := max(0, s.h.Clock().Sub(s.said))
	return max(s.h.Window, rests*s.h.Window-ago) + s.h.jitter()
}

// run sends frames until the listener leaves, the rights change or the hub closes.
func (s *stream) run(r *http.Request) {
	beat := time.NewTicker(s.h.Beat)
	defer beat.Stop()
	var pause <-chan time.Time
	for {
		ahead, more := s.h.ahead(s.at)
		if ahead && pause == nil {
			pause = time.After(s.pause())
		}
		if ahead {
			more = nil // gathered with the frame that is already due
		}
		select {
		case <-r.Context().Done():
			return
		case <-s.h.ctx.Done():
			return
		case <-more:
		case <-pause:
			pause = nil
			notes, far, err := s.h.since(r.Context(), s.at)
			if err != nil || !s.same(r) || s.send(notes, far) != nil {
				return // the client comes back with its cursor
			}
		case <-beat.C:
			if !s.same(r) || s.say(": beat\n\n") != nil {
				return
			}
		}
	}
}

// same asks again who is calling; a stream ends when the session has ended or the
// rights are no longer those it began with. What is in emergency now is taken over.
func (s *stream) same(r *http.Request) bool {
	v, ctx, err := s.h.Viewer(r)
	if err != nil || v.Account() != s.ear.viewer.Account() {
		return false
	}
	if until := s.ear.viewer.Until(); !until.IsZero() && !s.h.Clock().Before(until) {
		return false
	}
	if !slices.EqualFunc(v.Grants(), s.ear.viewer.Grants(), func(a, b access.Grant) bool {
		return a.Role == b.Role && a.Path == b.Path && a.Why == b.Why && a.Until.Equal(b.Until)
	}) {
		return false
	}
	s.ear.viewer, s.ear.ctx = v, ctx
	if s.ear.id != "" { // the place may have moved
		now, err := s.h.Paths(r.Context(), []string{s.ear.id})
		if err != nil || now[s.ear.id] != s.ear.path {
			return false
		}
	}
	return true
}

// send writes one frame and moves the cursor; what the listener does not hear only
// moves the cursor.
func (s *stream) send(notes []note, far bool) error {
	if len(notes) == 0 {
		return nil
	}
	f, ok := s.ear.frame(notes)
	s.at = notes[len(notes)-1].seq
	if far {
		f = Frame{Seq: s.at, Things: []string{}, Places: []string{}, All: true}
		ok = true
	}
	if !ok {
		return nil
	}
	raw, err := json.Marshal(f)
	if err != nil {
		return err
	}
	s.said = s.h.Clock()
	return s.say(fmt.Sprintf("event: changed\nid: %d\ndata: %s\n\n", f.Seq, raw))
}

// say writes and flushes; a listener that does not take it within ten seconds is let go.
func (s *stream) say(text string) error {
	late := time.AfterFunc(10*time.Second, func() { _ = s.rc.SetWriteDeadline(time.Unix(1, 0)) })
	defer late.Stop()
	if _, err := s.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.rc.Flush()
}
