package api

import (
	"context"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/people/calendar"
	"shouwang/internal/people/shift"
	"shouwang/internal/round"
)

// ErrNoCalendar says that no calendar lies behind an address.
var ErrNoCalendar = fault.Define(fault.NotFound, "SW-1774",
	"这个日历地址没有内容：可能换过，或者写错了。没有显示任何内容。请到手机上“我的班次”重新拷贝地址。",
	"There is no calendar at this address: it was changed, or is mistyped. Nothing was shown. Copy the address anew from My shifts on your phone.")

// OwnCalendar is the address at which somebody's own calendar program finds what they
// have to do.
type OwnCalendar struct {
	Path string `json:"path" doc:"empty: there is none yet; whoever knows it can read it"`
	Made string `json:"made"`
}

func (s *Server) calendars() {
	read(s, Op{ID: "calendar-read", Path: "/me/calendar", Action: access.MeRead, Summary: "The secret address of my own calendar, if there is one"},
		func(ctx context.Context, c *call, _ *struct{}) (OwnCalendar, error) {
			h, err := s.self(ctx, c)
			if err != nil {
				return OwnCalendar{}, err
			}
			f, ok, err := s.Store.Calendar(ctx, h.ID)
			if err != nil || !ok {
				return OwnCalendar{}, err
			}
			return OwnCalendar{Path: "/cal/" + s.Store.CalendarToken(f.HelperID, f.Nonce) + ".ics", Made: stamp(f.Made)}, nil
		})
	write(s, Op{ID: "calendar-reset", Path: "/me/calendar", Action: access.MeRead, Summary: "Make an address for my own calendar, or a new one: the old one stops at once"},
		func(ctx context.Context, c *call, _ *struct{}) (OwnCalendar, []journal.Change, error) {
			h, err := s.self(ctx, c)
			if err != nil {
				return OwnCalendar{}, nil, err
			}
			had, _, err := s.Store.Calendar(ctx, h.ID)
			if err != nil {
				return OwnCalendar{}, nil, err
			}
			f := calendar.Feed{HelperID: h.ID, Nonce: access.QRNonce(), Made: c.now, Told: []calendar.Event{}} // whoever reads the new one was told nothing
			f.Hash = access.HashQR(s.Store.CalendarToken(f.HelperID, f.Nonce))
			e := s.helped(c, "calendar.reset", "feeds", h.ID, h.PlaceID, h.Path)
			return OwnCalendar{Made: stamp(c.now)}, []journal.Change{{Row: &f, Base: had.Version, Entry: e}}, nil // the receipt keeps no token; calendar-read gives it
		})
}

// Calendar writes the calendar behind a token as it is now, and keeps what it told.
// A token that opens nothing, or whose helper left, is SW-1774.
func (s *Server) Calendar(ctx context.Context, token, lang string, now time.Time) ([]byte, error) {
	var out []byte
	_, err := s.Store.Decide(ctx, nil, func(ctx context.Context) ([]byte, []journal.Change, error) {
		f, ok, err := s.Store.CalendarByHash(ctx, access.HashQR(token))
		if err != nil || !ok {
			return nil, nil, orElse(err, ErrNoCalendar.With())
		}
		h, ok, err := s.Store.Helper(ctx, f.HelperID)
		if err != nil || !ok || !h.Left.IsZero() {
			return nil, nil, orElse(err, ErrNoCalendar.With())
		}
		is, err := s.duties(ctx, &call{now: now}, &h)
		if err != nil {
			return nil, nil, err
		}
		next, changed := calendar.Tell(f.Told, is, now)
		out = calendar.Write(calendar.Sheet{Name: map[string]string{"zh": "守望 · 我的班次", "en": "Shouwang · my shifts"}[lang], Lang: lang, Zone: zoneTime, ZoneName: "Asia/Shanghai", Events: next})
		if !changed {
			return nil, nil, nil
		}
		base := f.Version
		f.Told = next
		return nil, []journal.Change{{Row: &f, Base: base}}, nil
	})
	return out, err
}

// duties are what somebody has to do, as their calendar may say it: which post, where
// and when, and nobody beside them.
func (s *Server) duties(ctx context.Context, c *call, h *people.Helper) (out []calendar.Event, err error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	from := c.now.Add(-calendar.Memory)
	shifts, err := s.Store.ShiftsOf(ctx, []string{h.ID}, from, c.now.AddDate(0, 0, 90))
	if err != nil {
		return nil, err
	}
	for i := range shifts {
		x := &shifts[i]
		b, err := s.bookOf(ctx, c, x.Incident)
		if err != nil {
			return nil, err
		}
		it, ok := b.Post(x.Item)
		if !ok || x.State == shift.Dropped || x.State == shift.Open {
			continue
		}
		out = append(out, calendar.Event{UID: "shift-" + x.ID, Title: it.Title, Text: it.Duty, Place: a.FullName(x.Path), From: x.From, Until: x.Until})
	}
	trainings, err := s.Store.TrainingsOf(ctx, h.ID)
	if err != nil {
		return nil, err
	}
	for _, x := range trainings {
		course, err := s.courseOf(x.Course)
		if err != nil || !x.Cancelled.IsZero() {
			continue // nobody teaches it any more: called off
		}
		e := calendar.Event{UID: "training-" + x.ID, Title: mode.Text{ZH: "培训：" + course.Title.ZH, EN: "Training: " + course.Title.EN}, Place: a.FullName(x.Path), From: x.From, Until: x.Until}
		if step, ok := course.Step(x.Step); ok {
			e.Text = step.Title
		}
		out = append(out, e)
	}
	rounds, err := s.ownRounds(ctx, c, a, h)
	return append(out, rounds...), err
}

// ownRounds are the rounds that somebody does by a post they hold, each as the time
// within which it is due.
func (s *Server) ownRounds(ctx context.Context, c *call, a *Atlas, h *people.Helper) (out []calendar.Event, err error) {
	posts, err := s.Store.PostsOf(ctx, h.ID)
	if err != nil {
		return nil, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		if p.HelperID != h.ID || p.Incident == "" || !f.runs(p.Incident) || ended(p, c) {
			continue
		}
		rounds, err := s.Store.Rounds(ctx, p.Incident)
		if err != nil {
			return nil, err
		}
		for i := range rounds {
			if r := &rounds[i]; r.By == p.Item && r.Closed.IsZero() && meetsRound(r, p.Path) && r.DueAt(p.Path).After(r.Opened) {
				out = append(out, calendar.Event{UID: "round-" + r.ID + "-" + p.PlaceID, Title: mode.Text{ZH: "要完成：" + r.TitleZH, EN: "To be done: " + r.TitleEN}, Place: a.FullName(p.Path), From: r.Opened, Until: r.DueAt(p.Path), Free: true})
			}
		}
	}
	return out, nil
}

func meetsRound(r *round.Round, path string) bool {
	return len(path) >= len(r.Path) && path[:len(r.Path)] == r.Path || len(r.Path) > len(path) && r.Path[:len(path)] == path
}
