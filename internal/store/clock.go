package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"shouwang/internal/mode"
	"shouwang/internal/seal"
	"shouwang/internal/territory"
)

// factRow is a fact as it lies in the table: who says so is sealed under the
// incident, with the place as its subject.
type factRow struct {
	mode.Fact
	source []byte
}

// exemptionRow is an exemption as it lies in the table: what it is for and why it
// was granted or refused are sealed under the incident, with the door as subject.
type exemptionRow struct {
	mode.Exemption
	need, verdict []byte
}

// plea is what is sealed of a request.
type plea struct {
	Purpose string `json:"purpose"`
	Need    string `json:"need"`
}

func init() {
	const cols = "id incident place_id path zone name holds at source author recorded withdrawn withdrawn_by version"
	fields := func(f *factRow) []any {
		return []any{&f.ID, &f.Incident, &f.PlaceID, &f.Path, &f.Zone, &f.Name, &f.Holds, ms{&f.At}, &f.source, &f.Author, ms{&f.Recorded},
			ms{&f.Withdrawn}, &f.WithdrawnBy, &f.Version}
	}
	define("facts", cols, 1, fields, nil, nil)
	m := define("facts", cols, 1, func(*mode.Fact) []any { return nil }, func(f *mode.Fact) *int64 { return &f.Version }, nil)
	m.fields = func(r any) []any { return fields(r.(*factRow)) }
	m.encode = func(ctx context.Context, s *Store, row any) (any, error) {
		f := row.(*mode.Fact)
		sealed, err := s.opt.Sealer.Seal(ctx, IncidentPurpose(f.Incident), f.PlaceID, seal.Context("facts", "source", f.ID), []byte(f.Source))
		return &factRow{Fact: *f, source: sealed}, err
	}

	const ecols = "id incident zone place_id path person_id need verdict requester asked decider due decided decided_by granted since until revoked revoked_by version"
	efields := func(e *exemptionRow) []any {
		return []any{&e.ID, &e.Incident, &e.Zone, &e.PlaceID, &e.Path, &e.PersonID, &e.need, &e.verdict, &e.Requester, ms{&e.Asked}, &e.Decider, ms{&e.Due},
			ms{&e.Decided}, &e.DecidedBy, &e.Granted, ms{&e.From}, ms{&e.Until}, ms{&e.Revoked}, &e.RevokedBy, &e.Version}
	}
	define("exemptions", ecols, 1, efields, nil, nil)
	m = define("exemptions", ecols, 1, func(*mode.Exemption) []any { return nil }, func(e *mode.Exemption) *int64 { return &e.Version }, nil)
	m.fields = func(r any) []any { return efields(r.(*exemptionRow)) }
	m.encode = func(ctx context.Context, s *Store, row any) (any, error) {
		e := row.(*mode.Exemption)
		return s.sealExemption(ctx, e)
	}
}

func (s *Store) sealExemption(ctx context.Context, e *mode.Exemption) (*exemptionRow, error) {
	out := &exemptionRow{Exemption: *e}
	raw, err := json.Marshal(plea{e.Purpose, e.Need})
	if err != nil {
		return nil, err
	}
	purpose := IncidentPurpose(e.Incident)
	if out.need, err = s.opt.Sealer.Seal(ctx, purpose, e.PlaceID, seal.Context("exemptions", "need", e.ID), raw); err != nil || e.Verdict == "" {
		return out, err
	}
	out.verdict, err = s.opt.Sealer.Seal(ctx, purpose, e.PlaceID, seal.Context("exemptions", "verdict", e.ID), []byte(e.Verdict))
	return out, err
}

// opened opens a sealed field; what was sealed under a destroyed key is empty.
func (s *Store) opened(ctx context.Context, incident, subject, label string, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	plain, err := s.opt.Sealer.Open(ctx, IncidentPurpose(incident), subject, label, sealed)
	if errors.Is(err, seal.ErrErased) {
		return nil, nil
	}
	return plain, err
}

// Facts returns the facts recorded for an incident, the oldest first, those
// withdrawn included. sources says whether to open who says so.
func (s *Store) Facts(ctx context.Context, incident string, sources bool) ([]mode.Fact, error) {
	rows, err := loadFrom[factRow](ctx, s, "facts", "WHERE incident = ?1 ORDER BY at, recorded, id", incident)
	if err != nil {
		return nil, err
	}
	out := make([]mode.Fact, len(rows))
	for i := range rows {
		out[i] = rows[i].Fact
		if sources {
			plain, err := s.opened(ctx, incident, out[i].PlaceID, seal.Context("facts", "source", out[i].ID), rows[i].source)
			if err != nil {
				return nil, err
			}
			out[i].Source = string(plain)
		}
	}
	return out, nil
}

// Exemption returns one exemption with its words open: the caller decides who may
// read them.
func (s *Store) Exemption(ctx context.Context, id string) (mode.Exemption, bool, error) {
	rows, err := loadFrom[exemptionRow](ctx, s, "exemptions", "WHERE id = ?1", id)
	if err != nil || len(rows) == 0 {
		return mode.Exemption{}, false, err
	}
	e := rows[0].Exemption
	raw, err := s.opened(ctx, e.Incident, e.PlaceID, seal.Context("exemptions", "need", e.ID), rows[0].need)
	if err != nil {
		return e, false, err
	}
	if len(raw) > 0 {
		var p plea
		if err := json.Unmarshal(raw, &p); err != nil {
			return e, false, err
		}
		e.Purpose, e.Need = p.Purpose, p.Need
	}
	verdict, err := s.opened(ctx, e.Incident, e.PlaceID, seal.Context("exemptions", "verdict", e.ID), rows[0].verdict)
	e.Verdict = string(verdict)
	return e, err == nil, err
}

// Exemptions returns the exemptions asked for at or below a path, the oldest
// first, without their words.
func (s *Store) Exemptions(ctx context.Context, path string) ([]mode.Exemption, error) {
	lo, hi := territory.Range(path)
	rows, err := loadFrom[exemptionRow](ctx, s, "exemptions", "WHERE path >= ?1 AND path < ?2 ORDER BY asked, id", lo, hi)
	if err != nil {
		return nil, err
	}
	out := make([]mode.Exemption, len(rows))
	for i := range rows {
		out[i] = rows[i].Exemption
	}
	return out, nil
}

// TargetMark is one target as a clock sees it: where, and whether it is done.
type TargetMark struct {
	RoundID, PlaceID, Path, Zone string
	Final                        bool
	At                           int64 // UTC milliseconds of its outcome, 0 when there is none
}

// TargetMarks returns the targets of an incident at or below a path without what was
// asked for, in path order.
func (s *Store) TargetMarks(ctx context.Context, incident, path string) ([]TargetMark, error) {
	lo, hi := territory.Range(path)
	rows, err := s.query(ctx, "SELECT round_id, place_id, path, zone, final, at FROM live_targets WHERE incident = ?1 AND path >= ?2 AND path < ?3 ORDER BY path", incident, lo, hi)
	if err != nil {
		return nil, fmt.Errorf("store: marks: %w", err)
	}
	defer rows.Close()
	var out []TargetMark
	for rows.Next() {
		var m TargetMark
		if err := rows.Scan(&m.RoundID, &m.PlaceID, &m.Path, &m.Zone, &m.Final, &m.At); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, rows.Err()
}
