package api

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"time"

	"shouwang/internal/exchange"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/plan"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// helpers decides a roll of volunteers and workers and the everyday posts it gives.
func (r *importRun) helpers(ctx context.Context) (staged, error) {
	if err := r.parse(ctx); err != nil {
		return staged{}, err
	}
	g, err := r.s.gazetteer(ctx)
	if err != nil {
		return staged{}, err
	}
	r.job.step("matching", r.sheet.Rows())
	items := r.seatItems()
	var rows []people.Row
	var at []exchange.At
	for row, bad := range r.sheet.Helpers() {
		r.job.done.Add(1)
		if bad != nil {
			r.refuse([]exchange.Reject{*bad})
			continue
		}
		x, field, why := r.helperRow(g, row, items)
		if why != nil {
			r.reject(row.At, field, why)
			continue
		}
		x.Line = len(at)
		at, rows = append(at, row.At), append(rows, x)
	}
	if err := r.hold(ctx, []string{"helpers"}); err != nil {
		return staged{}, err
	}
	base := people.Base{May: r.within, Now: r.c.now, NewID: newIDs(r.c.now), NewNumber: r.numbers(ctx),
		PhoneIndex: func(phone string) string { return string(r.s.Store.HelperPhoneIndex(phone)) },
		Open: func(h *people.Helper) (people.Private, error) {
			return r.s.Store.OpenHelper(ctx, h, store.HelperFields()...)
		}}
	if base.Helpers, err = r.s.Store.HelpersUnder(ctx, ""); err != nil {
		return staged{}, err
	}
	if err := r.s.weigh(ctx, r.c, "", "", base.Helpers); err != nil {
		return staged{}, err
	}
	if base.Posts, err = r.s.Store.Posts(ctx, "", ""); err != nil {
		return staged{}, err
	}
	m := people.PlanImport(rows, base)
	if m.Err != nil {
		return staged{}, m.Err
	}
	if err := r.sealHelpers(ctx, &m); err != nil {
		return staged{}, err
	}
	for i := range at {
		r.settle(at[i], m.Verdicts[i])
	}
	var out staged
	put := func(row any, version int64, path string) {
		if version == 0 {
			out.rows = append(out.rows, row)
		} else {
			out.changes = append(out.changes, journal.Change{Row: row, Base: version})
		}
		if path != "" {
			out.paths = append(out.paths, path)
		}
	}
	for i := range m.Helpers {
		put(&m.Helpers[i], m.Helpers[i].Version, m.Helpers[i].Path)
	}
	for i := range m.Passes {
		p := &m.Passes[i]
		p.Source, p.By = "import "+r.name, r.c.viewer.Account()
		put(p, 0, "")
	}
	for i := range m.Posts {
		put(&m.Posts[i], m.Posts[i].Version, m.Posts[i].Path)
	}
	return out, nil
}

// sealHelpers seals what the roll says that is private; a dry run seals nothing.
func (r *importRun) sealHelpers(ctx context.Context, m *people.Import) error {
	if r.dry {
		return nil
	}
	for i := range m.Helpers {
		if p, ok := m.Private[m.Helpers[i].ID]; ok {
			if err := r.s.Store.SealHelper(ctx, &m.Helpers[i], p); err != nil {
				return err
			}
		}
	}
	return nil
}

// numbers makes volunteer numbers that nobody has, for a roll that gives none.
func (r *importRun) numbers(ctx context.Context) func() string {
	given := map[string]bool{}
	return func() string {
		for {
			var b [8]byte
			_, _ = rand.Read(b[:]) // never fails: crypto/rand stops the process instead
			n := people.NewNumber(r.c.now, binary.BigEndian.Uint64(b[:]))
			if _, taken, err := r.s.Store.HelperByNumber(ctx, n); given[n] || err == nil && taken {
				continue
			}
			given[n] = true
			return n
		}
	}
}

// catalogues are the ids that the everyday playbook lets a roll name.
func (s *Server) catalogues() map[string][]exchange.Named {
	b := s.Playbooks["normal"]
	if b == nil {
		return nil
	}
	out := map[string][]exchange.Named{}
	for _, x := range b.Skills {
		out["skills"] = append(out["skills"], exchange.Named{ID: x.ID, ZH: x.Title.ZH, EN: x.Title.EN})
	}
	for _, x := range b.Limits {
		out["limits"] = append(out["limits"], exchange.Named{ID: x.ID, ZH: x.Title.ZH, EN: x.Title.EN})
	}
	for _, x := range b.Qualifications {
		out["trained"] = append(out["trained"], exchange.Named{ID: x.ID, ZH: x.Title.ZH, EN: x.Title.EN})
	}
	return out
}

// seatItems are the posts of the everyday playbook.
func (r *importRun) seatItems() []people.SeatItem {
	var out []people.SeatItem
	if book := r.s.Playbooks["normal"]; book != nil {
		for _, p := range book.Posts {
			out = append(out, people.SeatItem{ID: p.ID, ZH: p.Title.ZH, EN: p.Title.EN, Role: p.Role, Per: p.Per, Count: p.Count, Deputy: p.Deputy > 0, Require: p.Require})
		}
	}
	return out
}

// helperRow finds the places that a line names.
func (r *importRun) helperRow(g *territory.Gazetteer, row *exchange.HelperRow, items []people.SeatItem) (x people.Row, field string, why *fault.Error) {
	x = people.Row{Number: row.Number, Name: row.Name, Gender: row.Gender, Phone: row.WorkPhone, Kind: row.Kind, Birth: row.BirthYear,
		Party: row.Party, Standing: row.Standing, PhoneUser: row.PhoneUser, Skills: row.Skills, Hours: row.Hours, Away: row.Away,
		SignUp: people.Form{Born: row.Born, Phone: row.OwnPhone, Mail: row.Mail, Note: row.LimitNote, Limits: row.Limits, Guardian: people.Guardian{Name: row.Guardian, Phone: row.GuardianPhone},
			GuardianYes: row.GuardianYes, Consent: row.Consent, Organisation: row.Organisation}}
	for _, w := range row.Available {
		x.SignUp.Available = append(x.SignUp.Available, people.Window(w))
	}
	until := time.Time{}
	if row.PassedUntil != "" { // the last day on which it holds, whole
		until, _ = civilEnd(row.PassedUntil, r.c.now)
	}
	for _, q := range row.Trained {
		x.Passed = append(x.Passed, people.Passed{Qualification: q, Until: until})
	}
	byCode := func(code string) (territory.Place, *fault.Error) {
		p, ok := g.ByCode(code)
		if !ok || !r.within(p.Path) {
			return p, people.ErrHelperPlace.With(code)
		}
		return p, nil
	}
	var home territory.Place
	switch {
	case row.PlaceCode != "":
		if home, why = byCode(row.PlaceCode); why != nil {
			return x, "place_code", why
		}
	case row.Address.Building != "":
		if home, why = g.Find(row.Address, r.within); why != nil {
			return x, "address", why
		}
	}
	x.PlaceID, x.Path = home.ID, home.Path
	if row.Post == "" {
		return x, "", nil
	}
	seat, v := people.FindSeat(row.Post, items)
	if v.Outcome == plan.Rejected {
		return x, v.Field, v.Why
	}
	if row.PostPlace == "" {
		return x, "post_place", people.ErrSeatPlace.With(row.Post)
	}
	p, why := byCode(row.PostPlace)
	if why != nil {
		return x, "post_place", why
	}
	if info, _ := p.Kind.Info(); seat.Per != string(p.Kind) {
		return x, "post_place", people.ErrPostPlace.With(row.Post, info.ZH+" "+p.Code)
	}
	x.Seat = &people.Seat{Item: seat.ID, Role: seat.Role, Deputy: seat.Deputy, PlaceID: p.ID, Path: p.Path, PlaceCode: p.Code, Count: seat.Count, Require: seat.Require, Title: mode.Text{ZH: seat.ZH, EN: seat.EN}}
	return x, "", nil
}
