package store

import (
	"context"
	"errors"

	"shouwang/internal/need"
	"shouwang/internal/seal"
)

// linkRow is a link as it lies in the table; what was said is sealed under its case's key.
type linkRow struct {
	need.Link
	said []byte
}

// linkWords is what is sealed together.
type linkWords struct{ Ref, Words string }

func init() {
	const cols = "id case_id service called called_by eta gate opener said at version"
	fields := func(l *linkRow) []any {
		return []any{&l.ID, &l.CaseID, &l.Service, ms{&l.Called}, &l.By, ms{&l.ETA}, &l.Gate, &l.Opener, &l.said, ms{&l.At}, &l.Version}
	}
	define("response_links", cols, 1, fields, nil, nil)
	m := define("response_links", cols, 1, func(*need.Link) []any { return nil }, func(l *need.Link) *int64 { return &l.Version }, nil)
	m.fields = func(r any) []any { return fields(r.(*linkRow)) }
	m.encode = func(ctx context.Context, s *Store, row any) (any, error) {
		l := row.(*need.Link)
		said, err := s.sealNeed(ctx, l.CaseID, seal.Context("response_links", "said", l.ID), linkWords{l.Ref, l.Words}, l.Ref+l.Words == "")
		return &linkRow{*l, said}, err
	}
}

// Links returns what was said with services outside about an alarm, the first first,
// with the words open when words is set.
func (s *Store) Links(ctx context.Context, caseID string, words bool) ([]need.Link, error) {
	rows, err := loadFrom[linkRow](ctx, s, "", "WHERE case_id = ?1 ORDER BY at, id", caseID)
	out := make([]need.Link, len(rows))
	for i := range rows {
		out[i] = rows[i].Link
		if err == nil && words {
			var w linkWords
			err = s.openNeed(ctx, caseID, seal.Context("response_links", "said", out[i].ID), rows[i].said, &w)
			out[i].Ref, out[i].Words = w.Ref, w.Words
		}
	}
	return out, err
}

// sealHalf seals what of a half is for nobody else: its proof, the code shown, and who
// without an account took it.
func (s *Store) sealHalf(ctx context.Context, h *need.Said) (*saidRow, error) {
	out := &saidRow{Said: *h}
	var errs [3]error
	out.proof, errs[0] = s.sealNeed(ctx, h.CustodyID, seal.Context("halves", "proof", h.ID), h.Proof, h.Proof == "")
	out.shown, errs[1] = s.sealNeed(ctx, h.CustodyID, seal.Context("halves", "shown", h.ID), h.Shown, h.Shown == "")
	out.named, errs[2] = s.sealNeed(ctx, h.CustodyID, seal.Context("halves", "named", h.ID), h.Named, h.Named.Empty())
	return out, errors.Join(errs[:]...)
}

// openHalf opens what sealHalf sealed; of a forgotten case it stays empty.
func (s *Store) openHalf(ctx context.Context, custodyID string, r *saidRow, into *need.Said) error {
	return errors.Join(s.openNeed(ctx, custodyID, seal.Context("halves", "proof", r.ID), r.proof, &into.Proof),
		s.openNeed(ctx, custodyID, seal.Context("halves", "shown", r.ID), r.shown, &into.Shown),
		s.openNeed(ctx, custodyID, seal.Context("halves", "named", r.ID), r.named, &into.Named))
}
