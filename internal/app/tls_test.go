package app

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// trusting is a client that believes one certificate file.
func trusting(t *testing.T, file string) *http.Client {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(b) {
		t.Fatal("no certificate in " + file)
	}
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// The authority of an instance: its certificate is handed out, its leaves are
// believed for the machine's addresses, plain visitors are sent on, cookies are
// marked for TLS, and browsers are not told to insist on it.
func TestTheLocalAuthority(t *testing.T) {
	a := open(t, Config{Data: filepath.Join(t.TempDir(), "d"), Kind: Demo})
	l, err := a.ListenTLS("127.0.0.1:0", TLS{Local: true})
	if err != nil {
		t.Fatal(err)
	}
	l.Ready()
	plain, err := l.Redirect("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := trusting(t, l.Authority())
	_, port, _ := net.SplitHostPort(l.Addr())
	for _, host := range []string{"127.0.0.1", "localhost"} {
		r, err := c.Get("https://" + host + ":" + port + "/readyz")
		if err != nil || r.StatusCode != 200 || r.Header.Get("Strict-Transport-Security") != "" {
			t.Fatalf("%v %v", r, err)
		}
		r.Body.Close()
	}
	r, err := c.Get("http://" + plain + "/console?x=1")
	if err != nil || r.StatusCode != 308 || r.Header.Get("Location") != "https://127.0.0.1:"+port+"/console?x=1" {
		t.Fatalf("%v %v", r, err)
	}
	r, err = c.Post("http://"+plain+"/api/v1/sessions", "application/json", strings.NewReader("{}"))
	if err != nil || r.StatusCode != 403 {
		t.Fatalf("what was typed was sent on: %v %v", r, err)
	}
	r, err = c.Get("http://" + plain + "/ca.crt")
	if err != nil || r.StatusCode != 200 || r.Header.Get("Content-Type") != "application/x-x509-ca-cert" {
		t.Fatalf("%v %v", r, err)
	}
	if print, err := Fingerprint(l.Authority()); err != nil || len(print) != 79 {
		t.Fatal(print, err)
	}
	if _, err := (&http.Client{}).Get("https://" + l.Addr() + "/"); err == nil {
		t.Fatal("believed by everybody: the test would prove nothing")
	}
	old := &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10, InsecureSkipVerify: true}
	if _, err := tls.Dial("tcp", l.Addr(), old); err == nil {
		t.Fatal("TLS 1.1 is spoken")
	}
	if b, err := openAuthority(a.Config.Keys, a.Config.Clock); err != nil || b.cert.SerialNumber.Cmp(mustCA(t, l.Authority()).SerialNumber) != 0 {
		t.Fatal("the authority was made anew: phones would trust it no more")
	}
}

func mustCA(t *testing.T, file string) *x509.Certificate {
	c, err := readCertificate(file)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A leaf is made anew in time, and when the machine's addresses change.
func TestLeavesAreRenewed(t *testing.T) {
	now := time.Now()
	names := []string{"127.0.0.1"}
	ca, err := openAuthority(t.TempDir(), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	ca.names = func() []string { return names }
	first, _ := ca.get(nil)
	now = now.Add(2 * time.Minute)
	if again, _ := ca.get(nil); again != first {
		t.Fatal("made anew without need")
	}
	names = []string{"127.0.0.1", "192.168.1.9"}
	if second, _ := ca.get(nil); second != first {
		t.Fatal("the addresses are asked for at each handshake")
	}
	now = now.Add(2 * time.Minute)
	second, _ := ca.get(nil)
	if second == first {
		t.Fatal("another address, the same leaf")
	}
	now = now.Add(61 * 24 * time.Hour)
	if third, _ := ca.get(nil); third == second {
		t.Fatal("not renewed")
	}
}

// An own certificate is read again when it changes; a broken one changes nothing.
func TestAnOwnCertificateIsReadAgain(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "c.pem"), filepath.Join(dir, "k.pem")
	put := func() *x509.Certificate {
		from := t.TempDir()
		if _, err := openAuthority(from, time.Now); err != nil {
			t.Fatal(err)
		}
		for to, name := range map[string]string{cert: caName, key: caKeyName} {
			b, _ := os.ReadFile(filepath.Join(from, name))
			if err := os.WriteFile(to, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return mustCA(t, cert)
	}
	first := put()
	a := open(t, Config{Data: filepath.Join(t.TempDir(), "d"), Public: "https://sw.example"})
	if _, err := a.ListenTLS("127.0.0.1:0", TLS{Cert: filepath.Join(dir, "none"), Key: key}); !errors.Is(err, ErrTLS) {
		t.Fatal(err)
	}
	l, err := a.ListenTLS("127.0.0.1:0", TLS{Cert: cert, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	l.Ready()
	shown := func() (string, string) {
		c := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true}}
		r, err := c.Get("https://" + l.Addr() + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		return r.TLS.PeerCertificates[0].SerialNumber.String(), r.Header.Get("Strict-Transport-Security")
	}
	if serial, hsts := shown(); serial != first.SerialNumber.String() || hsts == "" {
		t.Fatal(serial, hsts)
	}
	second := put()
	time.Sleep(looks + 100*time.Millisecond)
	if serial, _ := shown(); serial != second.SerialNumber.String() {
		t.Fatal("the new certificate is not shown")
	}
	if err := os.WriteFile(key, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	time.Sleep(looks + 100*time.Millisecond)
	if serial, _ := shown(); serial != second.SerialNumber.String() {
		t.Fatal("a broken pair took the good one away")
	}
	if plain, err := l.Redirect("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	} else if r, err := trusting(t, cert).Get("http://" + plain + "/x"); err != nil || r.Header.Get("Location") != "https://sw.example/x" {
		t.Fatal(r, err)
	}
}
