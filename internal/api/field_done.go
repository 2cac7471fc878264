package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/round"
	"shouwang/internal/territory"
)

// DoorDone is one thing that was done at a door today: by which role and in which hour,
// never by whom.
type DoorDone struct {
	Kind    string `json:"kind" enum:"round,case,greeting"`
	ID      string `json:"id" doc:"of the round, the case or the person greeted"`
	Title   Words  `json:"title"`
	About   string `json:"about" doc:"who was greeted, masked as everywhere; empty for all else"`
	Outcome Words  `json:"outcome"`
	State   string `json:"state" enum:"ok,help,again,refused,gone" doc:"tone of the outcome"`
	Role    string `json:"role" doc:"of who did it; resident: their own word"`
	At      string `json:"at" doc:"the hour it was done in"`
}

// What the answer of a case has come to, in words.
var (
	doneAgreed  = Words{"已办结", "Closed"}
	doneAwaited = Words{"已办，等居民确认", "Done, the resident is asked"}
)

// doorDone is what was done at a door since the day began, the latest first: rounds
// recorded, cases answered or closed, greetings given. Each is there for whoever may see
// it on its own page and for nobody else; what was told in confidence never is.
func (s *Server) doorDone(ctx context.Context, c *call, a *Atlas, p *territory.Place, ts []round.Target, greeted []GreetingRow) ([]DoorDone, error) {
	out := []DoorDone{}
	local := c.now.In(zoneTime)
	day := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zoneTime)
	add := func(d DoorDone, at time.Time, by string) {
		d.At = stamp(at.Truncate(time.Hour))
		if d.Role = "resident"; by != "" {
			d.Role = s.roleAt(ctx, c, by, p.Path, at)
		}
		out = append(out, d)
	}
	if s.Guard.Decide(c.viewer, access.RoundRead, p.Path, c.emerg).Allowed {
		for _, t := range ts {
			if t.At.Before(day) || t.By == "" {
				continue
			}
			r, ok, err := s.Store.Round(ctx, t.RoundID)
			if err != nil {
				return out, err
			}
			i := slices.IndexFunc(r.Outcomes, func(o round.Outcome) bool { return o.ID == t.Outcome && !o.System })
			if !ok || i < 0 {
				continue
			}
			o := r.Outcomes[i]
			add(DoorDone{Kind: "round", ID: r.ID, Title: Words{r.TitleZH, r.TitleEN}, Outcome: Words{o.ZH, o.EN}, State: o.Tone}, t.At, t.By)
		}
	}
	if err := s.casesDone(ctx, c, p, day, add); err != nil {
		return out, err
	}
	if err := s.greetingsDone(ctx, c, a, p, greeted, add); err != nil {
		return out, err
	}
	slices.SortStableFunc(out, func(x, y DoorDone) int { return strings.Compare(y.At, x.At) })
	return out, nil
}

// roleAt is the role in which an account acted at a place: by its post there at that time,
// else by what it is anyhow.
func (s *Server) roleAt(ctx context.Context, c *call, account, path string, at time.Time) string {
	if acc, ok, err := s.Store.Account(ctx, account); err == nil && ok {
		if gs, err := s.grants(ctx, acc, at); err == nil {
			if rs := access.NewViewer(account, gs, at).RolesAt(path, c.emerg); len(rs) > 0 {
				return string(rs[0])
			}
		}
	}
	return s.roleOf(ctx, account)
}

// casesDone adds the cases of a door that were answered or closed since the day began, for
// whoever may know of them. One that nobody answered was not done.
func (s *Server) casesDone(ctx context.Context, c *call, p *territory.Place, day time.Time, add func(DoorDone, time.Time, string)) error {
	ks, err := s.Store.CasesDoneAt(ctx, p.ID, p.Path, day)
	if err != nil || len(ks) == 0 {
		return err
	}
	quals, err := s.qualified(ctx, c)
	if err != nil {
		return err
	}
	for _, k := range ks {
		x, err := s.keptItem(ctx, &k)
		if err != nil {
			return err
		}
		if !s.knows(c, &k, x.Sees, quals) {
			continue
		}
		d, at := DoorDone{Kind: "case", ID: k.ID, Title: words(x.Title), Outcome: doneAwaited, State: "ok"}, k.Answered
		if k.Stage() == need.Closed {
			d.Outcome = doneAgreed
		}
		if at.Before(day) {
			at = k.Closed
		}
		add(d, at, k.AnswerBy)
	}
	return nil
}

// greetingsDone adds the greetings of a door that were given today; greeted are those that
// the caller may see.
func (s *Server) greetingsDone(ctx context.Context, c *call, a *Atlas, p *territory.Place, greeted []GreetingRow, add func(DoorDone, time.Time, string)) error {
	if len(greeted) == 0 {
		return nil
	}
	gs, err := s.Store.GreetingsAt(ctx, p.ID)
	if err != nil {
		return err
	}
	item, err := s.dailyAt(ctx, c, a, p)
	if err != nil {
		return nil // nobody is greeted here any more
	}
	for _, w := range greeted {
		i := slices.IndexFunc(gs, func(g round.Greeting) bool { return g.PersonID == w.PersonID })
		if i < 0 || w.Stage != "greeted" {
			continue
		}
		d := DoorDone{Kind: "greeting", ID: w.PersonID, Title: words(item.Title), About: w.Name, Outcome: words(mode.Text{ZH: "问候到了", EN: "Greeted"}), State: "ok"}
		if n := slices.IndexFunc(item.Outcomes, func(o round.Outcome) bool { return o.ID == gs[i].Outcome }); n >= 0 {
			d.Outcome, d.State = Words{item.Outcomes[n].ZH, item.Outcomes[n].EN}, item.Outcomes[n].Tone
		}
		add(d, gs[i].At, gs[i].GreetedBy)
	}
	return nil
}
