package api

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/notice"
)

// The faults of answering by the address in a message.
var (
	ErrTail     = fault.Define(fault.Forbidden, "SW-1771", "手机号后四位不对。没有记下，请核对；若链接是别人转来的，请不要替他回答。", "These are not the last four digits of the number. Nothing was recorded; if somebody passed this address on to you, do not answer for them.")
	ErrNoOutbox = fault.Define(fault.NotFound, "SW-1772", "这里没有发件箱：只有演示和演练才把短信留在这里。", "There is no outbox here: only a demonstration or a drill keeps its messages.")
)

// Ask is a notice as its receiver sees it.
type Ask struct {
	ID       string `json:"id"`
	N        int    `json:"n"`
	Kind     string `json:"kind"`
	Thing    string `json:"thing"`
	ThingID  string `json:"thing_id"`
	Title    Words  `json:"title"`
	Body     Words  `json:"body"`
	Place    string `json:"place"`
	Sent     string `json:"sent"`
	Due      string `json:"due" doc:"Until when an answer counts"`
	Wants    string `json:"wants" enum:"nothing,reading,answer"`
	State    string `json:"state" enum:"waiting,asked,unreached,read,yes,no,later,silent,spared"`
	Open     bool   `json:"open" doc:"an answer is still taken"`
	Why      string `json:"why" enum:",enough,over,nobody-left,withdrawn"`
	Reason   string `json:"reason"`
	Answered string `json:"answered"`
	// Scene is whom the scene of an alarm has, for those who come to it.
	Scene *AskScene `json:"scene"`
}

type askInput struct {
	ID   string `path:"id"`
	Body struct {
		Answer string `json:"answer" maxLength:"10" doc:"yes, no or later"`
	}
}

type askID struct {
	ID string `path:"id"`
}

// byLink begins the actor's name of a helper without an account who answered by the
// address in a message.
const byLink = "helper:"

// looking is how far back one finds what one was told.
const looking = 60 * 24 * time.Hour

func (s *Server) asks() {
	read(s, Op{ID: "ask-list", Path: "/asks", Action: access.MeRead, Summary: "What you were told or asked as a helper, the newest first"},
		func(ctx context.Context, c *call, _ *struct{}) (Items[Ask], error) {
			out := Items[Ask]{Items: []Ask{}}
			if err := s.may(c, access.MeRead, ""); err != nil || c.account.HelperID == "" {
				return out, err
			}
			rs, err := s.Store.AsksOf(ctx, c.account.HelperID, c.now.Add(-looking))
			if err != nil {
				return out, err
			}
			for _, r := range rs {
				n, ok, err := s.Store.Notice(ctx, r.NoticeID)
				if err != nil {
					return out, err
				}
				if ok {
					w, err := s.askWire(ctx, c, n, r)
					if err != nil {
						return out, err
					}
					out.Items = append(out.Items, w)
				}
			}
			out.Total = len(out.Items)
			return out, nil
		})
	write(s, Op{ID: "ask-answer", Path: "/asks/{id}/answer", Action: access.MeRead, Summary: "Answer what you were asked: yes, no or later; it may be changed while it is open"},
		func(ctx context.Context, c *call, in *askInput) (Ask, []journal.Change, error) {
			n, r, err := s.mine(ctx, c, in.ID)
			if err != nil {
				return Ask{}, nil, err
			}
			n2, r2, changes, err := s.answer(ctx, c, n, r, in.Body.Answer)
			if err != nil {
				return Ask{}, nil, err
			}
			w, err := s.askWire(ctx, c, n2, r2)
			return w, changes, err
		})
	write(s, Op{ID: "ask-read", Path: "/asks/{id}/read", Action: access.MeRead, Summary: "You have opened it"},
		func(ctx context.Context, c *call, in *askID) (Ask, []journal.Change, error) {
			n, r, err := s.mine(ctx, c, in.ID)
			if err != nil {
				return Ask{}, nil, err
			}
			next := notice.Read(&n, r, c.now)
			w, err := s.askWire(ctx, c, n, next)
			if next == r {
				return w, nil, err
			}
			e := c.entry("ask.read", "receivers", n.ID, r.PlaceID, r.Path, "work", map[string]string{"notice": n.ID})
			if n.Incident != "" {
				e.Incident, e.Purpose = n.Incident, "incident:"+n.Incident
			}
			return w, []journal.Change{{Row: &next, Base: r.Version, Entry: e}}, err
		})
	s.sceneTake()
	s.pushes()
	type outbox struct {
		Limit int `query:"limit" minimum:"1" maximum:"500" default:"100"`
	}
	read(s, Op{ID: "outbox-list", Path: "/outbox", Action: access.OutboxRead, Summary: "In a demonstration or a drill: the messages that would have gone out"},
		func(ctx context.Context, c *call, in *outbox) (Items[OutboxMessage], error) {
			out := Items[OutboxMessage]{Items: []OutboxMessage{}}
			if err := s.may(c, access.OutboxRead, ""); err != nil {
				return out, err
			}
			if !s.Demo && s.Drill == nil {
				return out, ErrNoOutbox.With()
			}
			ms, err := s.Store.Outbox(ctx, c.now.Add(-looking), in.Limit)
			if err != nil {
				return out, err
			}
			for _, m := range ms {
				out.Items = append(out.Items, OutboxMessage{m.ID, m.Channel, m.Message.To, m.Message.Title, m.Message.Body, m.Message.Link, stamp(m.At)})
			}
			out.Total = len(out.Items)
			return out, nil
		})
}

// OutboxMessage is a message that a demonstration or a drill would have sent.
type OutboxMessage struct {
	ID      string `json:"id"`
	Channel string `json:"channel"`
	To      string `json:"to"`
	Title   string `json:"title"`
	Body    string `json:"body"`
	Link    string `json:"link"`
	At      string `json:"at"`
}

// mine finds what the caller was asked by a notice.
func (s *Server) mine(ctx context.Context, c *call, id string) (notice.Notice, notice.Receiver, error) {
	var r notice.Receiver
	if err := s.may(c, access.MeRead, ""); err != nil {
		return notice.Notice{}, r, err
	}
	n, ok, err := s.Store.Notice(ctx, id)
	if err == nil && ok && c.account.HelperID != "" {
		if r, ok, err = s.Store.ReceiverOf(ctx, id, c.account.HelperID); err == nil && ok {
			return n, r, nil
		}
	}
	if err == nil {
		err = errNotHere(c)
	}
	return n, r, err
}

func orNoAsk(err error) error {
	if err != nil {
		return err
	}
	return notice.ErrNoAsk.With()
}

func (s *Server) askWire(ctx context.Context, c *call, n notice.Notice, r notice.Receiver) (Ask, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return Ask{}, err
	}
	scene, err := s.askScene(ctx, c, a, &n, &r)
	if err != nil {
		return Ask{}, err
	}
	if n, err = s.whither(ctx, n, &r); err != nil {
		return Ask{}, err
	}
	return Ask{Scene: scene, ID: n.ID, N: r.N, Kind: n.Kind, Thing: n.Thing, ThingID: n.ThingID, Title: words(n.Title), Body: words(n.Body), Place: a.FullName(n.Path), Sent: stamp(r.Asked),
		Due: stamp(r.Due), Wants: n.Wants, State: r.State(&n, c.now), Open: n.Open(c.now) && n.Wants == notice.Answer, Why: n.Why, Reason: n.Reason, Answered: stamp(r.Answered)}, nil
}

// AskByLink finds what is asked at the address in a message: the page beside the
// operations shows it. A wrong token finds nothing.
func (s *Server) AskByLink(ctx context.Context, id string, n int, token string) (notice.Notice, notice.Receiver, error) {
	x, ok, err := s.Store.Notice(ctx, id)
	if err != nil || !ok || subtle.ConstantTimeCompare([]byte(token), []byte(s.Store.AskToken(id, n))) != 1 {
		return notice.Notice{}, notice.Receiver{}, orNoAsk(err)
	}
	r, ok, err := s.Store.Receiver(ctx, id, n)
	if err != nil || !ok {
		return x, r, orNoAsk(err)
	}
	return x, r, nil
}

// AskedAt is the place that a page about an ask names.
func (s *Server) AskedAt(ctx context.Context, n notice.Notice, r notice.Receiver) (string, error) {
	n, err := s.whither(ctx, n, &r)
	return n.PlaceID, err
}

// AnswerByLink takes an answer from the address in a message. Whoever gives it shows
// by the last four digits of their number that it was sent to them: an address passed
// on answers for nobody. The answer "scene" says that they are there and take it.
func (s *Server) AnswerByLink(ctx context.Context, id string, n int, token, answer, tail string) (notice.Notice, notice.Receiver, error) {
	var out notice.Notice
	var got notice.Receiver
	_, err := s.Store.Decide(ctx, nil, func(ctx context.Context) ([]byte, []journal.Change, error) {
		x, r, err := s.AskByLink(ctx, id, n, token)
		if err != nil {
			return nil, nil, err
		}
		hs, err := s.Store.Helpers(ctx, []string{r.HelperID})
		if err != nil {
			return nil, nil, err
		}
		phones, err := s.Store.Addresses(ctx, "sms", hs)
		if err != nil {
			return nil, nil, err
		}
		if len(hs) == 0 || len(tail) != 4 || !strings.HasSuffix(phones[r.HelperID], tail) {
			return nil, nil, ErrTail.With()
		}
		c := &call{viewer: access.NewViewer(linkActor(&hs[0]), nil, s.Clock()), now: s.Clock(), lang: "zh"}
		var changes []journal.Change
		if answer == "scene" {
			out, got = x, r
			changes, err = s.takeScene(ctx, c, &x, &r)
			return nil, changes, err
		}
		out, got, changes, err = s.answer(ctx, c, x, r, answer)
		return nil, changes, err
	})
	return out, got, err
}
