package notice

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// device is a browser's side of a subscription: it opens what was sent to it as RFC
// 8188 and 8291 say, by code of its own.
type device struct {
	key  *ecdh.PrivateKey
	auth []byte
}

func newDevice(t *testing.T) device {
	k, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	d := device{k, make([]byte, 16)}
	if _, err := rand.Read(d.auth); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d device) line(endpoint string) string {
	b64 := base64.RawURLEncoding.EncodeToString
	raw, _ := json.Marshal(map[string]any{"endpoint": endpoint, "keys": map[string]string{"p256dh": b64(d.key.PublicKey().Bytes()), "auth": b64(d.auth)}})
	return string(raw)
}

func (d device) open(t *testing.T, body []byte) string {
	t.Helper()
	salt, n := body[:16], int(body[20])
	theirs, err := ecdh.P256().NewPublicKey(body[21 : 21+n])
	if err != nil {
		t.Fatal(err)
	}
	shared, err := d.key.ECDH(theirs)
	if err != nil {
		t.Fatal(err)
	}
	derive := func(secret, salt []byte, info string, n int) []byte {
		out, err := hkdf.Key(sha256.New, secret, salt, info, n)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	ikm := derive(shared, d.auth, "WebPush: info\x00"+string(d.key.PublicKey().Bytes())+string(theirs.Bytes()), 32)
	block, err := aes.NewCipher(derive(ikm, salt, "Content-Encoding: aes128gcm\x00", 16))
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := gcm.Open(nil, derive(ikm, salt, "Content-Encoding: nonce\x00", 12), body[21+n:], nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

func TestPush(t *testing.T) {
	d, lost := newDevice(t), newDevice(t)
	var got []byte
	var head http.Header
	srv := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/gone") {
			w.WriteHeader(http.StatusGone)
			return
		}
		got, _ = io.ReadAll(r.Body)
		head = r.Header
		w.WriteHeader(http.StatusCreated)
	}))
	defer srv.Close()
	var gone []string
	p := &Push{Key: PushKey(bytes.Repeat([]byte{7}, 16)), Mail: "desk@example.cn", Client: srv.Client(), Gone: func(_ context.Context, ids []string) { gone = ids }}
	line := d.line(srv.URL + "/d/1")
	if e, ok := CheckPush(line); !ok || e != srv.URL+"/d/1" {
		t.Fatal("a good subscription is refused")
	}
	for _, bad := range []string{"", "{}", d.line("http://x/1"), strings.Replace(line, `"auth":"`, `"auth":"AA`, 1)} {
		if _, ok := CheckPush(bad); ok {
			t.Errorf("taken: %.60s", bad)
		}
	}
	errs := p.Send(t.Context(), []Message{{ID: "n:1", To: lost.line(srv.URL+"/gone") + "\n" + line, Title: "集合", Body: "今晚八点"}, {ID: "n:2", To: lost.line(srv.URL + "/gone")}})
	if errs[0] != nil || errs[1] == nil {
		t.Fatal(errs)
	}
	if bytes.Contains(got, []byte("八点")) || head.Get("Content-Encoding") != "aes128gcm" || !strings.HasPrefix(head.Get("Authorization"), "vapid ") {
		t.Fatal(head)
	}
	if plain := d.open(t, got); !strings.Contains(plain, "今晚八点") {
		t.Fatal(plain)
	}
	if len(gone) != 2 || gone[0] != PushID(srv.URL+"/gone") {
		t.Fatal(gone)
	}
	if p.Public() != (&Push{Key: PushKey(bytes.Repeat([]byte{7}, 16))}).Public() || len(p.Public()) != 87 {
		t.Fatal(p.Public())
	}
}

// The address of a device never makes this server knock at a door of its own house.
func TestPushLeadsOutsideAlone(t *testing.T) {
	knocked := false
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { knocked = true }))
	defer srv.Close()
	if answer, err := outside.Get(srv.URL); err == nil || knocked {
		answer.Body.Close()
		t.Fatal("knocked inside")
	}
}
