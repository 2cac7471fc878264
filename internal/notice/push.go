package notice

import (
	"context"
	"crypto/ecdh"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"

	webpush "github.com/SherClockHolmes/webpush-go"
)

// Push is the channel of browsers that asked to be told (RFC 8030, 8291, 8292). The
// address of a message is one or more subscriptions as the browser gave them, a line
// of JSON each.
type Push struct {
	Key    []byte // 32 bytes: the private key by which this server is known (VAPID)
	Mail   string // whom a push service may write to
	Client *http.Client
	// Gone, when set, is told of devices that the service no longer knows, by PushID.
	Gone func(ctx context.Context, ids []string)
}

// errPush never holds an address.
var errPush = errors.New("notice: no device took the message")

// PushKey is a private key for VAPID out of any secret of at least 16 bytes; the same
// secret gives the same key, so that several servers are one to the browsers.
func PushKey(secret []byte) []byte {
	for n := byte(0); ; n++ {
		h := sha256.Sum256(append(append([]byte("shouwang push "), n), secret...))
		if _, err := ecdh.P256().NewPrivateKey(h[:]); err == nil {
			return h[:]
		}
	}
}

// Public is the key that a browser needs to subscribe, in the form it takes.
func (p *Push) Public() string {
	k, err := ecdh.P256().NewPrivateKey(p.Key)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(k.PublicKey().Bytes())
}

// PushID names a device without saying where it is.
func PushID(endpoint string) string {
	h := sha256.Sum256([]byte(endpoint))
	return hex.EncodeToString(h[:16])
}

// CheckPush says whether a subscription is one: an https address and two keys of the
// right size.
func CheckPush(line string) (endpoint string, ok bool) {
	var s webpush.Subscription
	if err := json.Unmarshal([]byte(line), &s); err != nil || !strings.HasPrefix(s.Endpoint, "https://") || len(s.Endpoint) > 1000 {
		return "", false
	}
	key, err1 := base64.RawURLEncoding.DecodeString(strings.TrimRight(s.Keys.P256dh, "="))
	auth, err2 := base64.RawURLEncoding.DecodeString(strings.TrimRight(s.Keys.Auth, "="))
	if err1 != nil || err2 != nil || len(auth) != 16 {
		return "", false
	}
	_, err := ecdh.P256().NewPublicKey(key)
	return s.Endpoint, err == nil
}

// Name implements Channel.
func (p *Push) Name() string { return "push" }

// Send implements Channel: a message is taken when one device of its receiver took it.
func (p *Push) Send(ctx context.Context, batch []Message) []error {
	out := make([]error, len(batch))
	var gone []string
	for i := range batch {
		out[i] = errPush
		for _, line := range strings.Split(batch[i].To, "\n") {
			taken, dead := p.one(ctx, line, &batch[i])
			if taken {
				out[i] = nil
			}
			if dead != "" {
				gone = append(gone, dead)
			}
		}
	}
	if p.Gone != nil && len(gone) > 0 {
		p.Gone(ctx, gone)
	}
	return out
}

func (p *Push) one(ctx context.Context, line string, m *Message) (taken bool, gone string) {
	var s webpush.Subscription
	if json.Unmarshal([]byte(line), &s) != nil {
		return false, ""
	}
	ctx, cancel := context.WithTimeout(ctx, gatewayTime)
	defer cancel()
	body, err := json.Marshal(map[string]string{"id": m.ID, "title": m.Title, "body": m.Body})
	if err != nil {
		return false, ""
	}
	client := p.Client
	if client == nil {
		client = outside
	}
	answer, err := webpush.SendNotificationWithContext(ctx, body, &s, &webpush.Options{HTTPClient: client, Subscriber: p.Mail, TTL: int(4 * time.Hour / time.Second), Urgency: webpush.UrgencyHigh,
		VAPIDPublicKey: p.Public(), VAPIDPrivateKey: base64.RawURLEncoding.EncodeToString(p.Key)})
	if err != nil {
		return false, ""
	}
	answer.Body.Close()
	if answer.StatusCode == http.StatusNotFound || answer.StatusCode == http.StatusGone {
		return false, PushID(s.Endpoint)
	}
	return answer.StatusCode/100 == 2, ""
}

// outside speaks to the outside alone: the address of a device comes from a browser,
// and nobody shall make this server knock at doors inside its own house.
var outside = &http.Client{
	Timeout: gatewayTime,
	Transport: &http.Transport{DialContext: (&net.Dialer{Timeout: gatewayTime, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || !at.Addr().IsGlobalUnicast() || at.Addr().IsPrivate() {
			return errPush
		}
		return nil
	}}).DialContext, MaxIdleConnsPerHost: 4},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}
