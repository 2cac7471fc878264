package api

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/store"
)

type phoneAsk struct {
	Body struct {
		Phone string `json:"phone" maxLength:"30" doc:"The new number"`
	}
}

type phoneChange struct {
	Body struct {
		Phone  string `json:"phone" maxLength:"30"`
		Ticket string `json:"ticket" maxLength:"60"`
		Code   string `json:"code" maxLength:"20"`
	}
}

// OwnPhone is one's own number with all but its end hidden.
type OwnPhone struct {
	Phone string `json:"phone" doc:"The last four digits"`
	Sends bool   `json:"sends" doc:"A code can be sent from here"`
	Told  bool   `json:"told" doc:"The number before was told of the change"`
}

func (s *Server) ownPhone() {
	read(s, Op{ID: "own-phone", Path: "/me/phone", Action: access.MeRead, Summary: "The end of my own number, and whether a code can be sent"},
		func(ctx context.Context, c *call, _ *struct{}) (OwnPhone, error) {
			h, err := s.self(ctx, c)
			if err != nil {
				return OwnPhone{}, err
			}
			p, err := s.Store.OpenHelper(ctx, &h, store.HelperPhone)
			return OwnPhone{Phone: tail(p.Phone), Sends: s.Courier != nil}, err
		})
	read(s, Op{ID: "own-phone-code", Method: http.MethodPost, Path: "/me/phone/code", Action: access.MeRead, Summary: "Send a code to my new number"},
		func(ctx context.Context, c *call, in *phoneAsk) (CodeTicket, error) {
			h, err := s.self(ctx, c)
			if err != nil {
				return CodeTicket{}, err
			}
			phone, err := s.newPhone(in.Body.Phone, h)
			if err != nil {
				return CodeTicket{}, err
			}
			text := mode.Text{ZH: "守望验证码 {0}，10 分钟内有效。是您本人把登记的手机号换成这一个才填；别人要，不要给。",
				EN: "Shouwang code {0}, good for 10 minutes. Only if you are changing your number to this one yourself; give it to nobody."}
			return s.issueCode(ctx, c, people.Code{Purpose: people.ToPhone, PlaceID: h.PlaceID}, phone, text, func() (bool, error) { return true, nil })
		})
	act(s, Op{ID: "own-phone-change", Path: "/me/phone", Action: access.MeRead, Summary: "Change my own number by the code sent to the new one; the old one is told"}, s.changePhone)
}

func (s *Server) newPhone(text string, h people.Helper) (string, error) {
	phone, ok := people.Phone(text)
	if !ok || phone == "" {
		return "", people.ErrField.With("手机号", "要 7–15 位数字", "Phone", "7 to 15 digits are wanted")
	}
	if s.Courier == nil {
		return "", people.ErrNoCourier.With()
	}
	if string(s.Store.HelperPhoneIndex(phone)) == string(h.Sealed.PhoneIndex) {
		return "", people.ErrField.With("手机号", "和原来登记的一样", "Phone", "it is the one you have already")
	}
	return phone, nil
}

func (s *Server) changePhone(ctx context.Context, c *call, in *phoneChange) (OwnPhone, journal.Receipt, error) {
	out, old, id := OwnPhone{Sends: true}, "", ""
	r, err := s.Store.Decide(ctx, c.op, func(ctx context.Context) ([]byte, []journal.Change, error) {
		h, err := s.self(ctx, c)
		if err != nil {
			return nil, nil, err
		}
		phone, err := s.newPhone(in.Body.Phone, h)
		if err != nil {
			return nil, nil, err
		}
		x, used, err := s.openCode(ctx, c, people.ToPhone, in.Body.Ticket, in.Body.Code)
		if err != nil {
			return nil, nil, err
		}
		if string(s.Store.HelperPhoneIndex(phone)) != string(x.Phone) || x.PlaceID != h.PlaceID {
			return nil, nil, people.ErrCode.With()
		}
		known, err := s.active(ctx, phone)
		if err != nil {
			return nil, nil, err
		}
		if known.ID != "" { // said only to whom the phone is
			return nil, nil, people.ErrPhoneTaken.With()
		}
		private, err := s.Store.OpenHelper(ctx, &h, store.HelperFields()...)
		if err != nil {
			return nil, nil, err
		}
		old, id, out.Phone = private.Phone, x.ID, tail(phone)
		private.Phone = phone
		base := h.Version
		if err := s.Store.SealHelper(ctx, &h, private); err != nil {
			return nil, nil, err
		}
		e := c.entry("helper.phoned", "helpers", h.ID, h.PlaceID, h.Path, "work", nil)
		e.Purpose, e.Subject = store.PeoplePurpose, h.ID
		used.Entry = c.entry("code.used", "phone_codes", x.ID, h.PlaceID, h.Path, "audit", map[string]string{"for": x.Purpose})
		raw, err := json.Marshal(OwnPhone{Sends: true})
		return raw, []journal.Change{used, {Row: &h, Base: base, Entry: e}}, err
	})
	if err == nil && !r.Repeat {
		out.Told = s.tellOld(ctx, c, id, old, out.Phone)
	}
	return out, r, err
}

// tellOld tells the number before that another took its place, so that a change which
// its owner did not make is noticed.
func (s *Server) tellOld(ctx context.Context, c *call, id, old, end string) bool {
	if old == "" {
		return false
	}
	text := mode.Text{ZH: "您在守望登记的手机号已改成尾号 " + end + " 的号码。不是您本人改的，请马上打社区值班电话。",
		EN: "Your number in Shouwang was changed to one that ends in " + end + ". If it is not you, call your community at once."}
	if err := s.Courier.Send(ctx, people.Message{ID: id + "-old", To: old, Text: text, Until: c.now.Add(24 * time.Hour)}); err != nil {
		s.Log.Warn("the old number was not told of a change", slog.Any("err", err))
		return false
	}
	return true
}

func tail(phone string) string {
	if len(phone) < 4 {
		return ""
	}
	return phone[len(phone)-4:]
}
