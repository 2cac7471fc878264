package api

import "net/http"

// witness remembers the status of an answer on its way out.
type witness struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (w *witness) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets the standard library reach what is below.
func (w *witness) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// code is the status as the client got it.
func (w *witness) code() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}
