package app

import (
	"context"
	"crypto/subtle"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are the figures of one world. Labels are operation ids, classes of
// status and nothing else: no place, no person, no path.
type metrics struct {
	all      *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	commit   prometheus.Histogram
	commands prometheus.Counter
	late     prometheus.Histogram
	panics   prometheus.Counter
}

// lateFrom is how long after its end a lapse may be written down before it counts
// as late. What holds is computed at each reading and never waits for that.
const lateFrom = time.Minute

func newMetrics() *metrics {
	m := &metrics{
		all: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "shouwang_requests_total",
			Help: "Requests answered, by operation id and class of status."}, []string{"operation", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "shouwang_request_seconds",
			Help: "Time to answer, by operation id.", Buckets: []float64{.005, .02, .05, .1, .3, 1, 3, 10}}, []string{"operation"}),
		commit: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "shouwang_commit_seconds",
			Help: "Time for one group of writes to become durable.", Buckets: []float64{.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 5}}),
		commands: prometheus.NewCounter(prometheus.CounterOpts{Name: "shouwang_commands_total", Help: "Writes that became durable."}),
		late: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "shouwang_lapse_delay_seconds",
			Help: "Time between the end of a measure and the entry that says so.", Buckets: []float64{10, 30, 60, 300, 3600, 86400}}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{Name: "shouwang_panics_total", Help: "Requests that broke inside the server."}),
	}
	m.all.MustRegister(m.requests, m.took, m.commit, m.commands, m.late, m.panics,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// watch adds the figures that are asked for when somebody looks.
func (m *metrics) watch(a *App) {
	gauge := func(name, help string, of func() float64) {
		m.all.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, of))
	}
	gauge("shouwang_writer_queue", "Writes that wait for the writer.", func() float64 { return float64(a.Store.Waiting()) })
	gauge("shouwang_writer_halted", "1 when a failed write made the data read-only.", func() float64 {
		if a.Store.Halted() != nil {
			return 1
		}
		return 0
	})
	gauge("shouwang_journal_entries", "The last entry of the journal.", func() float64 { return float64(a.Store.Last()) })
	gauge("shouwang_feed_lag_entries", "Entries that are durable and not yet read for the live feed.", func() float64 {
		return float64(max(0, a.Store.Last()-a.live.Head()))
	})
	gauge("shouwang_live_streams", "Open live streams.", func() float64 { return float64(a.live.Streams()) })
	gauge("shouwang_checkpoint_lag_entries", "Entries after the newest signed checkpoint.", func() float64 {
		return float64(max(0, a.Store.Last()-a.Store.Signed()))
	})
	gauge("shouwang_sessions", "Sessions that are open now; -1 when the data do not answer.", func() float64 {
		ctx, stop := context.WithTimeout(context.Background(), 2*time.Second)
		defer stop()
		n, err := a.Store.CountSessions(ctx, a.Config.Clock())
		if err != nil {
			return -1
		}
		return float64(n)
	})
	gauge("shouwang_backup_age_seconds", "Age of the newest finished backup; -1 when none is made by the clock.", func() float64 {
		if a.backupTo == "" {
			return -1
		}
		age, _, ok := BackupAge(a.backupTo, a.Config.Clock())
		if !ok {
			return -1
		}
		return age.Seconds()
	})
}

// request counts one answered request.
func (m *metrics) request(operation string, status int, took time.Duration) {
	m.requests.WithLabelValues(operation, strconv.Itoa(status/100)+"xx").Inc()
	m.took.WithLabelValues(operation).Observe(took.Seconds())
}

// committed counts one durable group of writes.
func (m *metrics) committed(took time.Duration, commands int) {
	m.commit.Observe(took.Seconds())
	m.commands.Add(float64(commands))
}

// lapsed notes how late an end was written down.
func (m *metrics) lapsed(delay time.Duration) { m.late.Observe(delay.Seconds()) }

// handler answers /metrics to whoever bears the token, or to anybody where the
// address itself is the lock (token empty).
func (m *metrics) handler(token string) http.Handler {
	h := promhttp.HandlerFor(m.all, promhttp.HandlerOpts{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if token != "" && (!ok || subtle.ConstantTimeCompare([]byte(given), []byte(token)) != 1) {
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "token needed", http.StatusUnauthorized)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// ServeMetrics answers /metrics on an address of its own until Close. Fault: SW-2006.
func (a *App) ServeMetrics(addr string) (string, error) {
	at, err := net.Listen("tcp", addr)
	if err != nil {
		return "", ErrNoAddr.With(addr).Because(err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", a.metrics.handler(""))
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute}
	a.closers = append(a.closers, func() { _ = s.Close() })
	a.work.Add(1)
	go func() { defer a.work.Done(); _ = s.Serve(at) }()
	return at.Addr().String(), nil
}
