package notice

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Gateway hands messages to a service that sends them on, one POST of JSON each:
// {"id", "to", "text", "until"}. Whatever answers 2xx has taken the message; 409 says
// that it had it already, which is as good.
type Gateway struct {
	Channel string // its name here: "sms"
	URL     string
	Token   string // sent as a bearer token; may be empty
	Client  *http.Client
}

// errGateway never holds an address or a text: it may come into a log.
var errGateway = errors.New("notice: the gateway did not take the message")

// gatewayTime is how long one message may take.
const gatewayTime = 5 * time.Second

// Name implements Channel.
func (g *Gateway) Name() string { return g.Channel }

// Send implements Channel. After the third message in a row that the gateway did not
// answer at all, the rest is not tried: it is tried again later.
func (g *Gateway) Send(ctx context.Context, batch []Message) []error {
	out := make([]error, len(batch))
	dead := 0
	for i := range batch {
		if dead >= 3 {
			out[i] = errGateway
			continue
		}
		answered, err := g.one(ctx, &batch[i])
		if dead++; answered {
			dead = 0
		}
		out[i] = err
	}
	return out
}

func (g *Gateway) one(ctx context.Context, m *Message) (answered bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, gatewayTime)
	defer cancel()
	raw, err := json.Marshal(map[string]string{"id": m.ID, "to": m.To, "text": m.Text(), "until": m.Until.UTC().Format(time.RFC3339)})
	if err != nil {
		return true, errGateway
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, g.URL, bytes.NewReader(raw))
	if err != nil {
		return true, errGateway
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", m.ID)
	if g.Token != "" {
		r.Header.Set("Authorization", "Bearer "+g.Token)
	}
	client := g.Client
	if client == nil {
		client = http.DefaultClient
	}
	answer, err := client.Do(r)
	if err != nil {
		return false, errGateway
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16))
	if answer.StatusCode/100 != 2 && answer.StatusCode != http.StatusConflict {
		return true, fmt.Errorf("%w: it answered %d", errGateway, answer.StatusCode)
	}
	return true, nil
}

// Text is the message as one text, the way a short message is read.
func (m *Message) Text() string {
	s := m.Title + "：" + m.Body
	if m.Link != "" {
		s += " " + m.Link
	}
	return s
}

// Inbox is the channel of those who have an account: the notice lies there when they
// next look. It takes everything.
type Inbox struct{}

// Name implements Channel.
func (Inbox) Name() string { return "app" }

// Send implements Channel.
func (Inbox) Send(_ context.Context, batch []Message) []error { return make([]error, len(batch)) }
