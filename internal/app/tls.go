package app

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"shouwang/internal/fault"
)

// ErrTLS says that a certificate cannot be used.
var ErrTLS = fault.Define(fault.Unavailable, "SW-2055",
	"证书用不了（{0}），服务没有启动，数据不受影响。请检查证书和私钥文件、域名与权限。",
	"The certificate cannot be used ({0}); the server did not start and the data are safe. Check the files of certificate and key, the names and the permissions.")

// TLS says which certificate a server shows. At most one of the three ways is used:
// own files, ACME, or a local authority of this instance.
type TLS struct {
	Cert, Key string   // files in PEM, read again when they change
	Hosts     []string // names for which ACME is asked
	Directory string   // of the ACME authority; empty: Let's Encrypt
	Roots     string   // file of roots by which that directory is trusted; empty: the system's
	Email     string
	Local     bool // a certificate of this instance's own authority
}

// On says whether anything was asked for.
func (t TLS) On() bool { return t.Cert != "" || len(t.Hosts) > 0 || t.Local }

// certificates is what a listener needs: its settings, and what answers challenges
// on the plain address.
type certificates struct {
	config    *tls.Config
	challenge func(http.Handler) http.Handler
	authority string // file of the local authority's certificate
	strict    bool   // browsers may be told never to come without TLS
}

// hardened are TLS settings with the old ways left out.
func hardened() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}, CipherSuites: []uint16{
		tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
		tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
		tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256}}
}

// open prepares the certificates. Fault: SW-2055.
func (t TLS) open(cfg Config) (*certificates, error) {
	c := &certificates{config: hardened(), strict: true, challenge: func(h http.Handler) http.Handler { return h }}
	switch {
	case t.Cert != "":
		p := &pair{cert: t.Cert, key: t.Key, warn: func(err error) { cfg.Log.Error("certificate", "code", ErrTLS.Code, "cause", err) }}
		if err := p.load(); err != nil {
			return nil, ErrTLS.With(t.Cert).Because(err)
		}
		c.config.GetCertificate = p.get
	case len(t.Hosts) > 0:
		m, err := t.manager(cfg)
		if err != nil {
			return nil, err
		}
		c.config.GetCertificate = m.GetCertificate
		c.config.NextProtos = append(c.config.NextProtos, acme.ALPNProto)
		c.challenge = m.HTTPHandler
	case t.Local:
		ca, err := openAuthority(cfg.Keys, cfg.Clock)
		if err != nil {
			return nil, ErrTLS.With(cfg.Keys).Because(err)
		}
		ca.names = localNames(cfg.Public)
		if _, err := ca.get(nil); err != nil {
			return nil, ErrTLS.With(cfg.Keys).Because(err)
		}
		c.config.GetCertificate, c.authority, c.strict = ca.get, ca.file, false
	}
	return c, nil
}

// manager asks an ACME authority for certificates and keeps them with the keys.
func (t TLS) manager(cfg Config) (*autocert.Manager, error) {
	client := &acme.Client{DirectoryURL: t.Directory}
	if t.Directory == "" {
		client.DirectoryURL = autocert.DefaultACMEDirectory
	}
	if t.Roots != "" {
		pem, err := os.ReadFile(t.Roots)
		pool := x509.NewCertPool()
		if err != nil || !pool.AppendCertsFromPEM(pem) {
			return nil, ErrTLS.With(t.Roots).Because(err)
		}
		client.HTTPClient = &http.Client{Timeout: time.Minute, Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}}
	}
	return &autocert.Manager{Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(filepath.Join(cfg.Keys, "acme")), HostPolicy: autocert.HostWhitelist(t.Hosts...), Email: t.Email, Client: client}, nil
}

// pair is a certificate in two files, read again when one of them changes.
type pair struct {
	cert, key string
	warn      func(error)

	mu     sync.Mutex
	have   *tls.Certificate
	stamp  string
	looked time.Time
}

// looks is how often the files are looked at.
const looks = time.Second

func (p *pair) mark() string {
	out := ""
	for _, f := range []string{p.cert, p.key} {
		if i, err := os.Stat(f); err == nil {
			out += i.ModTime().String() + "|" + filepath.Base(f)
		}
	}
	return out
}

func (p *pair) load() error {
	c, err := tls.LoadX509KeyPair(p.cert, p.key)
	if err != nil {
		return err
	}
	p.have, p.stamp = &c, p.mark()
	return nil
}

// get returns the certificate as the files hold it; a broken pair is warned of and
// the one in use stays.
func (p *pair) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := time.Now(); now.Sub(p.looked) > looks {
		p.looked = now
		if m := p.mark(); m != p.stamp {
			if err := p.load(); err != nil {
				p.stamp = m
				p.warn(err)
			}
		}
	}
	return p.have, nil
}

// secured tells browsers to come by TLS only, where the certificate is one that
// they trust without being told.
func (c *certificates) secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c.authority != "" && r.URL.Path == "/ca.crt" {
			c.hand(w, r)
			return
		}
		if c.strict {
			w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// redirect sends whoever comes without TLS to the same page with it. Only reading
// is sent on: what somebody typed must not travel a second time.
func (c *certificates) redirect(public, addr string) http.Handler {
	host := ""
	if u, err := url.Parse(public); err == nil && u.Scheme == "https" {
		host = u.Host
	}
	_, port, _ := net.SplitHostPort(addr)
	go308 := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		to := host
		if to == "" {
			if to = r.Host; strings.Contains(to, ":") {
				if h, _, err := net.SplitHostPort(to); err == nil {
					to = h
				}
			}
			if port != "443" {
				to = net.JoinHostPort(strings.Trim(to, "[]"), port)
			}
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "use https://"+to, http.StatusForbidden)
			return
		}
		http.Redirect(w, r, "https://"+to+r.URL.RequestURI(), http.StatusPermanentRedirect)
	})
	mux := http.NewServeMux()
	mux.Handle("/", go308)
	if c.authority != "" {
		mux.HandleFunc("GET /ca.crt", c.hand)
	}
	return c.challenge(mux)
}

// hand gives out the local authority's certificate, so that a phone can trust it.
func (c *certificates) hand(w http.ResponseWriter, r *http.Request) {
	b, err := os.ReadFile(c.authority)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/x-x509-ca-cert")
	w.Header().Set("Content-Disposition", `attachment; filename="shouwang-ca.crt"`)
	_, _ = w.Write(b)
}

// Redirect sends plain requests at addr to this server, and answers the challenges
// of ACME there, until Close. Fault: SW-2006.
func (s *Server) Redirect(addr string) (string, error) {
	if s.certs == nil {
		return "", ErrTLS.With(addr)
	}
	at, err := net.Listen("tcp", addr)
	if err != nil {
		return "", ErrNoAddr.With(addr).Because(err)
	}
	h := &http.Server{Handler: s.certs.redirect(s.app.Config.Public, s.Addr()), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, MaxHeaderBytes: 16 << 10}
	s.app.closers = append(s.app.closers, func() { _ = h.Close() })
	s.app.work.Add(1)
	go func() { defer s.app.work.Done(); _ = h.Serve(at) }()
	return at.Addr().String(), nil
}

// Authority is the file of the local authority's certificate; empty without one.
func (s *Server) Authority() string {
	if s.certs == nil {
		return ""
	}
	return s.certs.authority
}

// CertificateEnd reads until when the first certificate of a PEM file holds.
func CertificateEnd(file string) (time.Time, error) {
	c, err := readCertificate(file)
	if err != nil {
		return time.Time{}, err
	}
	return c.NotAfter, nil
}
