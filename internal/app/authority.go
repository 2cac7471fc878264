package app

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// The files of the local authority, in the key folder.
const (
	caName    = "ca.crt"
	caKeyName = "ca.key"
)

// How long certificates hold: phones refuse leaves of more than 398 days.
const (
	caFor    = 10 * 365 * 24 * time.Hour
	leafFor  = 90 * 24 * time.Hour
	renewAt  = 30 * 24 * time.Hour
	namesFor = time.Minute // how long the machine's addresses are believed
)

// authority is a certificate authority of this instance alone, for a network
// without names of its own. Its leaves live in memory and are made anew in time.
type authority struct {
	file  string
	cert  *x509.Certificate
	key   *ecdsa.PrivateKey
	clock func() time.Time
	names func() []string

	mu     sync.Mutex
	leaf   *tls.Certificate
	under  []string
	until  time.Time
	looked time.Time
}

// openAuthority opens the authority of a key folder, or makes it.
func openAuthority(dir string, clock func() time.Time) (*authority, error) {
	a := &authority{file: filepath.Join(dir, caName), clock: clock}
	keyFile := filepath.Join(dir, caKeyName)
	if _, err := os.Stat(a.file); errors.Is(err, os.ErrNotExist) {
		if err := a.make(keyFile); err != nil {
			return nil, err
		}
	}
	pair, err := tls.LoadX509KeyPair(a.file, keyFile)
	if err != nil {
		return nil, err
	}
	key, ok := pair.PrivateKey.(*ecdsa.PrivateKey)
	if !ok {
		return nil, errors.New("the authority's key is of another kind")
	}
	a.key = key
	a.cert, err = x509.ParseCertificate(pair.Certificate[0])
	return a, err
}

func (a *authority) make(keyFile string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	now := a.clock()
	host, _ := os.Hostname()
	t := &x509.Certificate{SerialNumber: serial(), Subject: pkix.Name{CommonName: "Shouwang local authority " + host, Organization: []string{"守望 Shouwang"}},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(caFor), IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign}
	der, err := x509.CreateCertificate(rand.Reader, t, t, &key.PublicKey, key)
	if err != nil {
		return err
	}
	raw, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	line := func(kind string, b []byte) string {
		return strings.TrimRight(string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b})), "\n")
	}
	if err := writeNew(keyFile, line("PRIVATE KEY", raw)); err != nil {
		return err
	}
	return writeNew(a.file, line("CERTIFICATE", der))
}

func serial() *big.Int {
	n, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	return n
}

// get returns a leaf for the names this machine has now.
func (a *authority) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.clock()
	if a.leaf != nil && now.Sub(a.looked) < namesFor && a.until.Sub(now) > renewAt {
		return a.leaf, nil
	}
	a.looked = now
	names := a.names()
	if a.leaf != nil && slices.Equal(names, a.under) && a.until.Sub(now) > renewAt {
		return a.leaf, nil
	}
	leaf, err := a.sign(names, now)
	if err != nil {
		return nil, err
	}
	a.leaf, a.under, a.until = leaf, names, now.Add(leafFor)
	return leaf, nil
}

func (a *authority) sign(names []string, now time.Time) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	t := &x509.Certificate{SerialNumber: serial(), Subject: pkix.Name{CommonName: "Shouwang"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(leafFor),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	for _, n := range names {
		if ip := net.ParseIP(n); ip != nil {
			t.IPAddresses = append(t.IPAddresses, ip)
		} else {
			t.DNSNames = append(t.DNSNames, n)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, t, a.cert, &key.PublicKey, a.key)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{der, a.cert.Raw}, PrivateKey: key}, nil
}

// localNames returns what finds the names and addresses by which this machine is
// reached on its network.
func localNames(public string) func() []string {
	return func() []string {
		out := []string{"localhost", "127.0.0.1", "::1"}
		if u, err := url.Parse(public); err == nil && u.Hostname() != "" {
			out = append(out, u.Hostname())
		}
		if host, err := os.Hostname(); err == nil && host != "" && !strings.ContainsAny(host, " _") {
			out = append(out, host)
		}
		addrs, _ := net.InterfaceAddrs()
		for _, x := range addrs {
			if ip, ok := x.(*net.IPNet); ok && ip.IP.IsPrivate() {
				out = append(out, ip.IP.String())
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
}

func readCertificate(file string) (*x509.Certificate, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(b)
	if block == nil || block.Type != "CERTIFICATE" {
		return nil, errors.New("no certificate in PEM")
	}
	return x509.ParseCertificate(block.Bytes)
}

// Fingerprint is the hash by which people compare a certificate on a phone with
// the one on the machine.
func Fingerprint(file string) (string, error) {
	c, err := readCertificate(file)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(c.Raw)
	text := strings.ToUpper(hex.EncodeToString(sum[:]))
	var out []string
	for i := 0; i < len(text); i += 4 {
		out = append(out, text[i:i+4])
	}
	return strings.Join(out, " "), nil
}
