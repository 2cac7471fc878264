// Package posttest is a mail server of our own on loopback, as much of one as the channel
// of e-mail speaks to. It never sends anything on. Tests alone call it.
package posttest

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// Post is such a server. Whoever is called no@… is not taken.
type Post struct {
	t        *testing.T
	Line     net.Listener
	cert     *tls.Config
	Trust    *tls.Config
	Implicit bool
	NoTLS    bool
	NoAuth   bool
	Most     int // messages on one connection; 0: any number
	Mute     bool

	Mu    sync.Mutex        // guards what follows
	Got   map[string]string // by address
	Lines int               // connections
	Clear int               // commands of a message that came without TLS
}

// New starts one, set up as a test wants it, until the test ends.
func New(t *testing.T, set func(p *Post)) *Post {
	web := httptest.NewTLSServer(nil) // lends its certificate for 127.0.0.1
	defer web.Close()
	pool := x509.NewCertPool()
	pool.AddCert(web.Certificate())
	p := &Post{t: t, cert: &tls.Config{Certificates: web.TLS.Certificates}, Trust: &tls.Config{RootCAs: pool}, Got: map[string]string{}}
	set(p)
	var err error
	if p.Line, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Line.Close() })
	go func() {
		for {
			conn, err := p.Line.Accept()
			if err != nil {
				return
			}
			go p.talk(conn)
		}
	}()
	return p
}

// URL is where mail is handed to, with the account that it takes.
func (p *Post) URL(scheme string) string { return scheme + "://desk:s3cret@" + p.Line.Addr().String() }

func (p *Post) talk(conn net.Conn) {
	defer func() { conn.Close() }()
	p.Mu.Lock()
	p.Lines++
	p.Mu.Unlock()
	if p.Mute {
		_, _ = io.Copy(io.Discard, conn)
		return
	}
	private := p.Implicit
	if private {
		conn = tls.Server(conn, p.cert)
	}
	in := bufio.NewReader(conn)
	say := func(s string) { fmt.Fprint(conn, s+"\r\n") }
	say("220 post")
	signed, to, taken := false, "", 0
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if (verb == "MAIL" || verb == "AUTH") && !private {
			p.Mu.Lock()
			p.Clear++
			p.Mu.Unlock()
		}
		switch verb {
		case "EHLO":
			say("250-post")
			if !private && !p.NoTLS {
				say("250-STARTTLS")
			}
			say("250 AUTH PLAIN")
		case "STARTTLS":
			say("220 go on")
			conn = tls.Server(conn, p.cert)
			in, private = bufio.NewReader(conn), true
		case "AUTH":
			raw, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
			if signed = string(raw) == "\x00desk\x00s3cret" && !p.NoAuth; !signed {
				say("535 no")
				continue
			}
			say("235 welcome")
		case "MAIL":
			if p.Most > 0 && taken >= p.Most {
				say("421 enough for one connection")
				return
			}
			say("250 ok")
		case "RCPT":
			if to = strings.TrimSuffix(strings.TrimPrefix(rest, "TO:<"), ">"); !signed || strings.HasPrefix(to, "no@") {
				say("550 nobody of that name")
				continue
			}
			say("250 ok")
		case "DATA":
			say("354 go on")
			var text strings.Builder
			for line, err := in.ReadString('\n'); err == nil && line != ".\r\n"; line, err = in.ReadString('\n') {
				text.WriteString(line)
			}
			p.Mu.Lock()
			p.Got[to] = text.String()
			p.Mu.Unlock()
			taken++
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}
