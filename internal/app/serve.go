package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/fault"
)

// ErrStarting answers while the demonstration is still being imported.
var ErrStarting = fault.Define(fault.Unavailable, "SW-2019",
	"系统正在启动，马上就好。没有改动任何数据，请稍后重试。",
	"The system is starting and will be ready in a moment. Nothing was changed; try again shortly.")

// Server listens on one address for one world.
type Server struct {
	app  *App
	http *http.Server
	at   net.Listener
	gate atomic.Pointer[http.Handler]
	// certs are nil where the server speaks plain HTTP.
	certs *certificates
	done  chan error
}

// Listen binds the address at once, so that a taken port is found before any work
// is done, and answers "starting" until Ready is called. Fault: SW-2006.
func (a *App) Listen(addr string) (*Server, error) { return a.ListenTLS(addr, TLS{}) }

// ListenTLS is Listen with a certificate, when one was asked for. Faults: SW-2006,
// SW-2055.
func (a *App) ListenTLS(addr string, way TLS) (*Server, error) {
	roomy()
	var certs *certificates
	if way.On() {
		var err error
		if certs, err = way.open(a.Config); err != nil {
			return nil, err
		}
	}
	at, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, ErrNoAddr.With(addr).Because(err)
	}
	s := &Server{app: a, at: at, certs: certs, done: make(chan error, 1)}
	var early http.Handler = http.HandlerFunc(waiting)
	s.gate.Store(&early)
	s.http = &http.Server{
		Handler:           http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*s.gate.Load()).ServeHTTP(w, r) }),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       5 * time.Minute, // a 64 MB workbook over a slow line; live lifts both for itself
		WriteTimeout:      5 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(a.Config.Log.Handler(), slog.LevelWarn),
	}
	s.http.RegisterOnShutdown(a.live.Close)
	where := "http://" + at.Addr().String()
	if certs != nil {
		where = "https://" + at.Addr().String()
		s.http.TLSConfig, s.http.Handler = certs.config, certs.secured(s.http.Handler)
		go func() { s.done <- s.http.ServeTLS(at, "", "") }()
	} else {
		go func() { s.done <- s.http.Serve(at) }()
	}
	a.closers = append(a.closers, func() { _ = s.http.Close() })
	return s, a.lock.say(where)
}

// Addr is the address that was bound, with the port chosen for ":0".
func (s *Server) Addr() string { return s.at.Addr().String() }

// Ready opens the gate to the application.
func (s *Server) Ready() { s.gate.Store(&s.app.handler) }

// Run serves until the context ends, then lets requests under way finish (ten
// seconds at most); streams end at once.
func (s *Server) Run(ctx context.Context) error {
	select {
	case err := <-s.done:
		return ErrNoAddr.With(s.Addr()).Because(err)
	case <-ctx.Done():
	}
	end, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	err := s.http.Shutdown(end)
	if errors.Is(err, context.DeadlineExceeded) {
		return s.http.Close()
	}
	return err
}

// waiting answers before the world is ready.
func waiting(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Retry-After", "2")
	if r.URL.Path == "/" || r.URL.Path == "/console" || r.URL.Path == "/m" || r.URL.Path == "/demo" {
		w.Header().Set("Content-Security-Policy", policy)
		plainly(w, http.StatusServiceUnavailable, starting)
		return
	}
	api.Refuse(w, r, ErrStarting.With())
}
