//go:build planted

package app

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
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
