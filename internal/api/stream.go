package api

import (
	"net/http"

	"shouwang/internal/access"
)

// Viewer says who is calling, with which rights, and which places are in
// emergency: the API's identification for a stream that lives beside the
// operations. Asking is not counted as use of the session, so an open window
// alone does not keep it from running idle. Faults are those of identification.
func (s *Server) Viewer(r *http.Request) (*access.Viewer, access.Context, error) {
	c := &call{now: s.Clock()}
	if hash := access.HashToken(c.token(r)); hash != "" {
		s.mu.Lock()
		v, ok := s.viewers[hash]
		s.mu.Unlock()
		if ok && v.gen == s.gen.Load() && (v.viewer.Until().IsZero() || c.now.Before(v.viewer.Until())) {
			if err := v.session.Check(c.now); err != nil {
				return nil, access.Context{}, err
			}
			c.viewer = v.viewer
			err := s.emergency(r.Context(), c)
			return c.viewer, c.emerg, err
		}
	}
	err := s.identify(r, c)
	return c.viewer, c.emerg, err
}

// Refuse answers a request with a fault as the API does, in the caller's language.
func Refuse(w http.ResponseWriter, r *http.Request, err error) {
	w.Header().Set("Cache-Control", "no-store")
	writeProblem(w, language(r), err)
}
