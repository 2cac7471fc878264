package page

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/fault"
)

// Calendars writes the calendar behind the token of its address.
type Calendars interface {
	Calendar(ctx context.Context, token, lang string, now time.Time) ([]byte, error)
}

// calendar answers a calendar program. Its address is the only key, so that nothing on
// the way may keep what it says without asking again.
func (p *Pages) calendar(w http.ResponseWriter, r *http.Request) {
	now := p.Clock()
	token, ok := strings.CutSuffix(r.PathValue("file"), ".ics")
	if !ok {
		p.lost(w, r, http.StatusNotFound)
		return
	}
	lang := "zh"
	if strings.HasPrefix(strings.ToLower(r.URL.Query().Get("lang")), "en") {
		lang = "en"
	}
	body, err := p.Calendars.Calendar(r.Context(), token, lang, now)
	if err != nil {
		if fault.KindOf(err) != fault.NotFound {
			p.failed(w, r, err)
			return
		}
		status := http.StatusNotFound
		if wait := p.guesses.Guess(network(r), now); wait > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
			status = http.StatusTooManyRequests
		}
		p.lost(w, r, status)
		return
	}
	sum := sha256.Sum256(body)
	etag := `"` + hex.EncodeToString(sum[:12]) + `"`
	h := w.Header()
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", etag)
	h.Set("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", `inline; filename="shouwang.ics"`)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}
