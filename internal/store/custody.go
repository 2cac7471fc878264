package store

import (
	"context"
	"encoding/hex"
	"time"

	"shouwang/internal/need"
	"shouwang/internal/territory"
)

// saidRow is a half as it lies in the table; the proof is sealed under its case's key.
type saidRow struct {
	need.Said
	proof, shown, named []byte
}

func init() {
	define("custodies", "id case_id chain book subject place_id path first_who first_post opened keeper keeper_post leg since level ended how next batch person_id version", 1,
		func(k *need.Custody) []any {
			return []any{&k.ID, &k.CaseID, &k.Chain, &k.Book, &k.Subject, &k.PlaceID, &k.Path, &k.First.Who, &k.First.Post, ms{&k.Opened}, &k.Keeper.Who, &k.Keeper.Post,
				&k.Leg, ms{&k.Since}, &k.Level, ms{&k.Ended}, &k.How, ms{&k.Next}, &k.Batch, &k.PersonID, &k.Version}
		}, func(k *need.Custody) *int64 { return &k.Version }, nil)
	const cols = "id custody_id verb by_who by_post to_who to_post leg how code at behalf recorded proof shown named version"
	fields := func(h *saidRow) []any {
		return []any{&h.ID, &h.CustodyID, (*string)(&h.Verb), &h.By.Who, &h.By.Post, &h.To.Who, &h.To.Post, &h.Leg, &h.How, &h.Code, ms{&h.At}, &h.Behalf, ms{&h.Recorded}, &h.proof, &h.shown, &h.named, &h.Version}
	}
	define("halves", cols, 1, fields, nil, nil)
	m := define("halves", cols, 1, func(*need.Said) []any { return nil }, func(h *need.Said) *int64 { return &h.Version }, nil)
	m.fields = func(r any) []any { return fields(r.(*saidRow)) }
	m.encode = func(ctx context.Context, s *Store, row any) (any, error) { return s.sealHalf(ctx, row.(*need.Said)) }
}

// Custody returns one custody.
func (s *Store) Custody(ctx context.Context, id string) (need.Custody, bool, error) {
	return one[need.Custody](ctx, s, "WHERE id = ?1", id)
}

// CustodiesOf returns the custodies of a case, the first first.
func (s *Store) CustodiesOf(ctx context.Context, caseID string) ([]need.Custody, error) {
	return load[need.Custody](ctx, s, "WHERE case_id = ?1 ORDER BY opened, id", caseID)
}

// Custodies returns the open custodies at or below a path, what is alarmed first; with a
// keeper only theirs, wherever they are.
func (s *Store) Custodies(ctx context.Context, path, keeper string) ([]need.Custody, error) {
	lo, hi := territory.Range(path)
	if keeper != "" {
		return load[need.Custody](ctx, s, "WHERE keeper = ?1 AND ended = 0 ORDER BY level DESC, next, id", keeper)
	}
	return load[need.Custody](ctx, s, "WHERE path >= ?1 AND path < ?2 AND ended = 0 ORDER BY level DESC, next, id", lo, hi)
}

// CustodiesOffered returns the open custodies in which something was said to or by
// somebody who is not their keeper: what is or was offered to them.
func (s *Store) CustodiesOffered(ctx context.Context, who string) ([]need.Custody, error) {
	return load[need.Custody](ctx, s, "WHERE ended = 0 AND keeper <> ?1 AND id IN (SELECT custody_id FROM halves WHERE to_who = ?1) ORDER BY level DESC, next, id", who)
}

// CustodiesDue returns custodies about which an alarm is to be raised by now.
func (s *Store) CustodiesDue(ctx context.Context, now time.Time, limit int) ([]need.Custody, error) {
	return load[need.Custody](ctx, s, "WHERE next > 0 AND next <= ?1 ORDER BY next, id LIMIT ?2", millis(now), limit)
}

// CodeMark is the mark of a code shown for a custody: equal codes have equal marks, and
// without the key a mark tells nothing of its code.
func (s *Store) CodeMark(custodyID, code string) string {
	if code == "" {
		return ""
	}
	return hex.EncodeToString(s.opt.Sealer.Index("halves.code", custodyID+"|"+code))
}

// Halves returns what was said about a custody, by the time it was said, with its proofs
// and the codes shown open when proofs is set.
func (s *Store) Halves(ctx context.Context, custodyID string, proofs bool) ([]need.Said, error) {
	rows, err := loadFrom[saidRow](ctx, s, "", "WHERE custody_id = ?1 ORDER BY at, id", custodyID)
	out := make([]need.Said, len(rows))
	for i := range rows {
		out[i] = rows[i].Said
		if err == nil && proofs {
			err = s.openHalf(ctx, custodyID, &rows[i], &out[i])
		}
	}
	return out, err
}
