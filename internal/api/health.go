package api

import (
	"context"
	"net/http"

	"shouwang/internal/access"
	"shouwang/internal/store"
)

func (s *Server) health() {
	s.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	s.mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if s.Store.Ping(r.Context()) != nil || s.Store.Halted() != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ready\n"))
	})
	s.mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) { writeProblem(w, language(r), ErrNoRoute.With()) })
	type checkpoint struct {
		Checkpoint string `json:"checkpoint" doc:"Signed note; keep it elsewhere and check the journal against it"`
		Verifier   string `json:"verifier"`
	}
	read(s, Op{ID: "journal-checkpoint", Path: "/journal/checkpoint", Action: access.JournalRead, Summary: "The newest signed checkpoint of the journal"},
		func(ctx context.Context, c *call, _ *struct{}) (checkpoint, error) {
			if err := s.may(c, access.JournalRead, ""); err != nil {
				return checkpoint{}, err
			}
			text, err := s.Store.LastCheckpoint(ctx)
			if err == nil && text == "" {
				err = store.ErrUnsigned.With()
			}
			return checkpoint{text, s.Verifier}, err
		})
}
