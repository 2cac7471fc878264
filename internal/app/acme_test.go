package app

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// acmeStub is a certificate authority that speaks as much of RFC 8555 as one order
// needs. It really looks at the server by tls-alpn-01 before it signs.
type acmeStub struct {
	*httptest.Server
	mu     sync.Mutex
	target string // where the server under test listens
	host   string
	proved bool
	issued []byte
	orders int
	key    *ecdsa.PrivateKey
	cert   *x509.Certificate
}

func newACME(t *testing.T) *acmeStub {
	s := &acmeStub{}
	var err error
	if s.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "stub"}, NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &s.key.PublicKey, s.key)
	if err != nil {
		t.Fatal(err)
	}
	s.cert, _ = x509.ParseCertificate(der)
	s.Server = httptest.NewTLSServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

// roots is a file by which the stub's own address is trusted.
func (s *acmeStub) roots(t *testing.T) string {
	file := filepath.Join(t.TempDir(), "roots.pem")
	b := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func (s *acmeStub) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Replay-Nonce", rand.Text())
	var jws struct{ Payload string }
	_ = json.NewDecoder(r.Body).Decode(&jws)
	payload, _ := base64.RawURLEncoding.DecodeString(jws.Payload)
	say := func(status int, v map[string]any) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(v)
	}
	challenge := map[string]any{"type": "tls-alpn-01", "url": s.URL + "/chal", "token": "token", "status": "pending"}
	status := "pending"
	if s.proved {
		status, challenge["status"] = "valid", "valid"
	}
	order := map[string]any{"status": "pending", "identifiers": []any{map[string]string{"type": "dns", "value": s.host}}, "authorizations": []string{s.URL + "/authz"}, "finalize": s.URL + "/finalize"}
	if s.proved {
		order["status"] = "ready"
	}
	if s.issued != nil {
		order["status"], order["certificate"] = "valid", s.URL+"/cert"
	}
	switch r.URL.Path {
	case "/":
		say(200, map[string]any{"newNonce": s.URL + "/nonce", "newAccount": s.URL + "/account", "newOrder": s.URL + "/orders", "revokeCert": s.URL + "/r", "keyChange": s.URL + "/k"})
	case "/nonce":
		w.WriteHeader(200)
	case "/account":
		w.Header().Set("Location", s.URL+"/account/1")
		say(201, map[string]any{"status": "valid"})
	case "/orders":
		s.orders++
		w.Header().Set("Location", s.URL+"/order")
		say(201, order)
	case "/order":
		w.Header().Set("Location", s.URL+"/order")
		say(200, order)
	case "/authz":
		say(200, map[string]any{"status": status, "identifier": map[string]string{"type": "dns", "value": s.host}, "challenges": []any{challenge}})
	case "/chal":
		s.proved = s.look()
		say(200, challenge)
	case "/finalize":
		var in struct{ CSR string }
		_ = json.Unmarshal(payload, &in)
		s.sign(in.CSR)
		order["status"], order["certificate"] = "valid", s.URL+"/cert"
		w.Header().Set("Location", s.URL+"/order")
		say(200, order)
	case "/cert":
		w.Header().Set("Content-Type", "application/pem-certificate-chain")
		_, _ = w.Write(s.issued)
	default:
		say(404, map[string]any{"type": "urn:ietf:params:acme:error:malformed", "detail": r.URL.Path})
	}
}

// look connects as an authority does and wants the challenge's certificate.
func (s *acmeStub) look() bool {
	c, err := tls.Dial("tcp", s.target, &tls.Config{ServerName: s.host, NextProtos: []string{"acme-tls/1"}, InsecureSkipVerify: true})
	if err != nil {
		return false
	}
	defer c.Close()
	for _, e := range c.ConnectionState().PeerCertificates[0].Extensions {
		if e.Id.Equal(asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 31}) {
			return c.ConnectionState().NegotiatedProtocol == "acme-tls/1"
		}
	}
	return false
}

func (s *acmeStub) sign(csr string) {
	der, _ := base64.RawURLEncoding.DecodeString(csr)
	req, err := x509.ParseCertificateRequest(der)
	if err != nil || !s.proved || len(req.DNSNames) != 1 || req.DNSNames[0] != s.host {
		return
	}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), NotBefore: time.Now().Add(-time.Minute), NotAfter: time.Now().Add(80 * 24 * time.Hour), DNSNames: req.DNSNames, KeyUsage: x509.KeyUsageDigitalSignature}
	b, err := x509.CreateCertificate(rand.Reader, leaf, s.cert, req.PublicKey, s.key)
	if err == nil {
		s.issued = append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: b}), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.cert.Raw})...)
	}
}

// A name's certificate is asked for at its first visitor, proved, shown, and kept.
func TestACMEBringsACertificate(t *testing.T) {
	stub := newACME(t)
	stub.host = "sw.example"
	a := open(t, Config{Data: filepath.Join(t.TempDir(), "d"), Public: "https://sw.example"})
	way := TLS{Hosts: []string{"sw.example"}, Directory: stub.URL + "/", Roots: stub.roots(t)}
	l, err := a.ListenTLS("127.0.0.1:0", way)
	if err != nil {
		t.Fatal(err)
	}
	l.Ready()
	stub.target = l.Addr()
	pool := x509.NewCertPool()
	pool.AddCert(stub.cert)
	for range 2 {
		c, err := tls.Dial("tcp", l.Addr(), &tls.Config{ServerName: "sw.example", RootCAs: pool})
		if err != nil {
			t.Fatal(err)
		}
		c.Close()
	}
	if stub.orders != 1 {
		t.Fatalf("%d orders for one name", stub.orders)
	}
	kept, _ := filepath.Glob(filepath.Join(a.Config.Keys, "acme", "*"))
	if !strings.Contains(strings.Join(kept, " "), "sw.example") {
		t.Errorf("not kept: %v", kept)
	}
	if _, err := tls.Dial("tcp", l.Addr(), &tls.Config{ServerName: "other.example", RootCAs: pool}); err == nil || stub.orders != 1 {
		t.Error("a certificate for a name of somebody else")
	}
}
