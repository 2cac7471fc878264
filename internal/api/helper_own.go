package api

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/store"
)

// ErrNoFile says that an account belongs to no helper.
var ErrNoFile = fault.Define(fault.NotFound, "SW-1737",
	"这个账号没有对应的志愿者登记。没有改动。要报名，请扫公告上的二维码，或找社区。",
	"No helper belongs to this account. Nothing was changed. To sign up, read the code on the notice or ask the community.")

// ErrPurpose says that a sealed field is shown for a purpose alone.
var ErrPurpose = fault.Define(fault.Invalid, "SW-1738",
	"要写明用途才能看：{0}。没有显示任何内容。",
	"Say what for: {0}. Nothing was shown.")

// helperPurposes are what a sealed field of a helper may be looked at for.
var helperPurposes = []string{"assign", "emergency", "correct", "guardian"}

// helperShown is how long a revealed field may stand on a screen.
const helperShown = time.Minute

type helperReveal struct {
	ID   string `path:"id"`
	Body struct {
		Field   string `json:"field" enum:"phone,limits,guardian,mail"`
		Purpose string `json:"purpose" doc:"assign, emergency, correct, guardian"`
	}
}

// HelperRevealed is one sealed field in clear.
type HelperRevealed struct {
	Field    string          `json:"field"`
	Phone    string          `json:"phone,omitempty"`
	Mail     string          `json:"mail,omitempty"`
	Limits   []string        `json:"limits,omitempty"`
	Note     string          `json:"note,omitempty"`
	Guardian *HelperGuardian `json:"guardian,omitempty"`
	Until    string          `json:"until"`
}

func (s *Server) revealHelper(ctx context.Context, c *call, in *helperReveal) (HelperRevealed, error) {
	out := HelperRevealed{Field: in.Body.Field, Until: stamp(c.now.Add(helperShown))}
	h, err := s.helperAt(ctx, c, access.HelperReveal, in.ID)
	if err != nil {
		return out, err
	}
	if !slices.Contains(helperPurposes, in.Body.Purpose) {
		return out, ErrPurpose.With(strings.Join(helperPurposes, " "))
	}
	e := c.entry("helper.revealed", "looks", h.ID, h.PlaceID, h.Path, "audit", map[string]string{"field": in.Body.Field, "purpose": in.Body.Purpose})
	e.Purpose = store.PeoplePurpose
	if _, err := s.Store.Commit(ctx, nil, nil, journal.Change{Entry: e}); err != nil {
		return out, err // not recorded, so not shown
	}
	p, err := s.Store.OpenHelper(ctx, &h, in.Body.Field)
	if err != nil {
		return out, err
	}
	out.Phone, out.Mail, out.Limits, out.Note = p.Phone, p.Mail, p.Limits, p.Note
	if p.Guardian != (people.Guardian{}) {
		g := HelperGuardian(p.Guardian)
		out.Guardian = &g
	}
	return out, nil
}

type helperLeave struct {
	ID   string `path:"id"`
	Body struct {
		Confirm bool `json:"confirm" doc:"true: what is private will be destroyed and cannot come back"`
	}
}

// HelperLeft says what leaving did.
type HelperLeft struct {
	ID    string `json:"id"`
	Left  string `json:"left"`
	Posts int    `json:"posts" doc:"Posts that were vacated"`
}

// leave takes a helper off every post in force, ends their account and destroys
// the key of what is private. Asked again, only the key is looked at once more, so
// that a crash in between leaves nothing behind.
func (s *Server) leave(ctx context.Context, c *call, h people.Helper, by string) (HelperLeft, journal.Receipt, error) {
	out := HelperLeft{ID: h.ID}
	if !h.Left.IsZero() {
		out.Left = stamp(h.Left)
		return out, journal.Receipt{Seq: s.Store.Last()}, s.Store.ForgetHelper(ctx, h.ID)
	}
	r, err := s.Store.Decide(ctx, c.op, func(ctx context.Context) ([]byte, []journal.Change, error) {
		now, ok, err := s.Store.Helper(ctx, h.ID)
		if err != nil || !ok {
			return nil, nil, err
		}
		next := people.Leave(now, c.now)
		out.Left, out.Posts = stamp(next.Left), 0
		changes := []journal.Change{{Row: &next, Base: now.Version, Entry: c.entry("helper.left", "helpers", h.ID, h.PlaceID, h.Path, "work", map[string]string{"by": by, "key": "destroyed"})}}
		posts, err := s.Store.PostsOf(ctx, h.ID)
		if err != nil {
			return nil, nil, err
		}
		for _, p := range posts {
			if !p.Until.IsZero() && !c.now.Before(p.Until) {
				continue
			}
			v := people.Vacate(p, h.ID, "")
			changes = append(changes, journal.Change{Row: &v, Base: p.Version})
			out.Posts++
		}
		more, err := s.closeAccount(ctx, c, h.ID)
		if err != nil {
			return nil, nil, err
		}
		raw, err := json.Marshal(out)
		return raw, append(changes, more...), err
	})
	if err != nil {
		return out, r, err
	}
	s.stale("accounts")
	s.stale("sessions")
	s.stale("posts")
	return out, r, s.Store.ForgetHelper(ctx, h.ID)
}

// closeAccount disables the account of a helper and ends its sessions.
func (s *Server) closeAccount(ctx context.Context, c *call, helper string) (out []journal.Change, err error) {
	a, ok, err := s.Store.AccountOfHelper(ctx, helper)
	if err != nil || !ok || a.Disabled {
		return nil, err
	}
	a.Disabled = true
	out = []journal.Change{{Row: &a, Base: a.Version, Entry: c.entry("account.disabled", "accounts", a.ID, "", "", "audit", nil)}}
	for _, kind := range []string{access.Browser, access.APIToken} {
		open, err := s.Store.OpenSessions(ctx, a.ID, kind, c.now)
		if err != nil {
			return nil, err
		}
		for _, x := range open {
			ended := x.End(c.now)
			out = append(out, journal.Change{Row: &ended, Base: x.Version})
		}
	}
	return out, nil
}

// OwnFile is all that is kept of the helper who asks, in clear.
type OwnFile struct {
	HelperFile
	Phone     string          `json:"phone"`
	Mail      string          `json:"mail"`
	Limits    []string        `json:"limits" nullable:"false"`
	Note      string          `json:"note"`
	Guardian  *HelperGuardian `json:"guardian,omitempty"`
	Available []HelperWindow  `json:"available" nullable:"false"`
}

func (s *Server) ownFile() {
	s.ownPhone()
	read(s, Op{ID: "own-file", Path: "/me/helper", Action: access.MeRead, Summary: "All that is kept of me as a helper"},
		func(ctx context.Context, c *call, _ *struct{}) (OwnFile, error) {
			h, err := s.self(ctx, c)
			if err != nil {
				return OwnFile{}, err
			}
			p, err := s.Store.OpenHelper(ctx, &h, store.HelperFields()...)
			if err != nil {
				return OwnFile{}, err
			}
			f, err := s.helperFile(ctx, c, h)
			out := OwnFile{HelperFile: f, Phone: p.Phone, Mail: p.Mail, Limits: append([]string{}, p.Limits...), Note: p.Note, Available: []HelperWindow{}}
			for _, w := range h.Available {
				out.Available = append(out.Available, HelperWindow(w))
			}
			if p.Guardian != (people.Guardian{}) {
				g := HelperGuardian(p.Guardian)
				out.Guardian = &g
			}
			return out, err
		})
	write(s, Op{ID: "own-change", Path: "/me/helper", Action: access.MeRead, Summary: "Correct what is kept of me as a helper; kind, standing and place are for the desk"},
		func(ctx context.Context, c *call, in *helperMake) (HelperFile, []journal.Change, error) {
			h, err := s.self(ctx, c)
			if err != nil {
				return HelperFile{}, nil, err
			}
			f := in.Body.file()
			f.Kind, f.Party, f.Standing, f.PersonID, f.WorkPhone, f.Phone = nil, nil, nil, nil, nil, nil // a phone is changed by a code to the new one
			return s.relay(ctx, c, h, f, in.Body.Base, "helper.corrected", "")
		})
	act(s, Op{ID: "own-leave", Path: "/me/helper/leave", Action: access.MeRead, Summary: "I am no longer a helper: off every post, what is private destroyed for good"},
		func(ctx context.Context, c *call, _ *struct{}) (HelperLeft, journal.Receipt, error) {
			h, err := s.self(ctx, c)
			if err != nil {
				return HelperLeft{}, journal.Receipt{}, err
			}
			return s.leave(ctx, c, h, "self")
		})
}

// self is the helper who is asking.
func (s *Server) self(ctx context.Context, c *call) (people.Helper, error) {
	if err := s.may(c, access.MeRead, ""); err != nil {
		return people.Helper{}, err
	}
	if c.account.HelperID == "" {
		return people.Helper{}, ErrNoFile.With()
	}
	h, ok, err := s.Store.Helper(ctx, c.account.HelperID)
	if err == nil && !ok {
		err = ErrNoFile.With()
	}
	return h, err
}
