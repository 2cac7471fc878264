package api

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/exchange"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/store"
)

type helperExport struct {
	Under   string   `query:"under" doc:"Place id; all your places when empty"`
	Purpose string   `query:"purpose" doc:"assign, emergency, correct, guardian"`
	With    []string `query:"with" doc:"Sealed fields to show in clear: phone, mail, limits, guardian"`
}

// exportHelpers registers the roll as a file. Its columns are read back by the import
// of helpers.
func (s *Server) exportHelpers() {
	for _, format := range []string{"csv", "xlsx"} {
		file(s, Op{ID: "export-helpers-" + format, Path: "/exports/helpers." + format, Action: access.HelperExport, Summary: "Helpers as " + format + ", for a purpose; sealed fields only by the right to see them; recorded"}, format,
			func(ctx context.Context, c *call, in *helperExport) (*fileReply, error) {
				return s.rollFile(ctx, c, in, format)
			})
	}
}

func (s *Server) rollFile(ctx context.Context, c *call, in *helperExport, format string) (*fileReply, error) {
	a, ranges, err := s.under(ctx, c, access.HelperExport, in.Under)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(helperPurposes, in.Purpose) {
		return nil, ErrPurpose.With(strings.Join(helperPurposes, " "))
	}
	var hs []people.Helper
	for _, r := range ranges {
		for _, f := range in.With {
			if exchange.HelperSealed[f] == nil {
				return nil, ErrShape.With(f).At("with")
			}
			if err := s.may(c, access.HelperReveal, r.Top); err != nil {
				return nil, err
			}
		}
		more, err := s.Store.HelpersUnder(ctx, r.Top)
		if err != nil {
			return nil, err
		}
		for _, h := range more {
			if h.Left.IsZero() {
				hs = append(hs, h)
			}
		}
	}
	placeID, path := "", ""
	if len(ranges) == 1 {
		path = ranges[0].Top
		ids := strings.Split(strings.TrimSuffix(path, "."), ".")
		placeID = ids[len(ids)-1]
	}
	e := c.entry("helpers.exported", "looks", placeID, placeID, path, "audit", map[string]any{"purpose": in.Purpose, "with": strings.Join(in.With, " "), "count": len(hs)})
	e.Purpose = store.PeoplePurpose
	if _, err := s.Store.Commit(ctx, nil, nil, journal.Change{Entry: e}); err != nil {
		return nil, err // not recorded, so not given out
	}
	private, err := s.inClear(ctx, hs, in.With)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	rows := func(yield func(exchange.HelperOut) bool) {
		for i := range hs {
			for _, out := range s.rollLines(a, &hs[i], private[hs[i].ID], c.lang, c.now) {
				if !yield(out) {
					return
				}
			}
		}
	}
	if _, err := exchange.WriteHelpers(&b, format, rows, in.With, c.lang); err != nil {
		return nil, err
	}
	return newFileReply(format, "志愿者名册."+format, b.Bytes()), nil
}

// inClear opens the sealed fields that an export shows.
func (s *Server) inClear(ctx context.Context, hs []people.Helper, with []string) (map[string]people.Private, error) {
	out := map[string]people.Private{}
	if len(with) == 0 {
		return out, nil
	}
	for i := range hs {
		p, err := s.Store.OpenHelper(ctx, &hs[i], with...)
		if err != nil {
			return nil, err
		}
		out[hs[i].ID] = p
	}
	return out, nil
}

// rollLines are a helper's lines of a roll: one, and one more for each further day on
// which a qualification ends.
func (s *Server) rollLines(a *Atlas, h *people.Helper, p people.Private, lang string, now time.Time) []exchange.HelperOut {
	out := exchange.HelperOut{Number: h.Number, Name: h.Name, Gender: h.Gender, WorkPhone: h.WorkPhone, Kind: h.Kind, Organisation: h.Organisation, Birth: h.Birth, Party: h.Party, Standing: h.Standing,
		PhoneUser: h.PhoneUser, Hours: h.Hours, Away: h.Away, OwnPhone: p.Phone, Mail: p.Mail, LimitNote: p.Note, Guardian: p.Guardian.Name, GuardianPhone: p.Guardian.Phone}
	if place, ok := a.Place(h.PlaceID); ok {
		out.PlaceCode = place.Code
	}
	for _, w := range h.Available {
		out.Available = append(out.Available, exchange.Stretch(w))
	}
	called := s.wording(lang)
	for _, id := range h.Skills {
		out.Skills = append(out.Skills, called(id))
	}
	for _, id := range p.Limits {
		out.Limits = append(out.Limits, called(id))
	}
	ends, by := []string{}, map[string][]string{}
	for _, q := range h.Holding(now) {
		end, open := "", false
		for _, x := range h.Passes {
			if x.Qualification == q && x.InForce(now) {
				open = open || x.Until.IsZero()
				end = max(end, x.Until.Add(-time.Second).In(zoneTime).Format("2006-01-02"))
			}
		}
		if open {
			end = ""
		}
		if by[end] == nil {
			ends = append(ends, end)
		}
		by[end] = append(by[end], called(q))
	}
	lines := []exchange.HelperOut{out}
	for i, end := range ends {
		if i > 0 {
			lines = append(lines, exchange.HelperOut{Number: h.Number, Name: h.Name, More: true})
		}
		lines[i].Trained, lines[i].TrainedUntil = by[end], end
	}
	return lines
}

// wording says what an id of the everyday playbook's catalogues is called.
func (s *Server) wording(lang string) func(id string) string {
	names := map[string]mode.Text{}
	for _, list := range s.catalogues() {
		for _, n := range list {
			names[n.ID] = mode.Text{ZH: n.ZH, EN: n.EN}
		}
	}
	return func(id string) string {
		switch t := names[id]; {
		case t.ZH == "":
			return id
		case lang == "en":
			return t.EN
		default:
			return t.ZH
		}
	}
}
