package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"shouwang/internal/register"
	"shouwang/internal/territory"
)

// RegisterPurpose is the purpose that the everyday register is sealed under.
const RegisterPurpose = "register"

// personRow is a person as it lies in the table: what is sensitive is sealed.
type personRow struct {
	register.Person
	number, numberIndex, phone, phoneIndex, care []byte
	cared                                        bool
}

// sourceRow is a source record as it lies in the table.
type sourceRow struct {
	register.Source
	hash string
}

const personCols = "id household_id place_id path name gender birth relation origin number_seal number_index phone_seal phone_index care_seal cared won verified until version act"

func personFields(p *personRow) []any {
	return []any{&p.ID, &p.HouseholdID, &p.PlaceID, &p.Path, &p.Name, &p.Gender, &p.Birth, &p.Relation, &p.Origin, &p.number, &p.numberIndex,
		&p.phone, &p.phoneIndex, &p.care, &p.cared, wonText{&p.Won}, ms{&p.Verified}, ms{&p.Until}, &p.Version, &p.Act}
}

func init() {
	define("persons", personCols, 1, personFields, nil, nil)
	m := define("persons", personCols, 1, func(*register.Person) []any { return nil },
		func(p *register.Person) *int64 { return &p.Version }, func(p *register.Person) *string { return &p.Act })
	m.fields = func(r any) []any { return personFields(r.(*personRow)) }
	m.encode = func(ctx context.Context, s *Store, row any) (any, error) {
		return s.sealPerson(ctx, row.(*register.Person))
	}

	const cols = "id origin row_key person_id place_id path date fields hash withdrawn at version act"
	fields := func(x *sourceRow) []any {
		return []any{&x.ID, &x.From, &x.Key, &x.PersonID, &x.PlaceID, &x.Path, &x.Date, &x.Fields, &x.hash, ms{&x.Withdrawn}, ms{&x.At}, &x.Version, &x.Act}
	}
	define("sources", cols, 1, fields, nil, nil)
	m = define("sources", cols, 1, func(*register.Source) []any { return nil },
		func(x *register.Source) *int64 { return &x.Version }, func(x *register.Source) *string { return &x.Act })
	m.fields = func(r any) []any { return fields(r.(*sourceRow)) }
	m.encode = func(ctx context.Context, s *Store, row any) (any, error) {
		x := row.(*register.Source)
		sealed, err := s.opt.Sealer.Seal(ctx, RegisterPurpose, x.PersonID, "sources|fields|"+x.ID, x.Fields)
		out := &sourceRow{Source: *x, hash: s.SourceHash(x.Fields)}
		out.Fields = sealed
		return out, err
	}
}

// SourceHash returns a keyed hash of a record's fields, to tell a repeat from a
// change without opening what is stored.
func (s *Store) SourceHash(fields []byte) string {
	sum := sha256.Sum256(fields)
	return hex.EncodeToString(s.opt.Sealer.Index("sources.row", hex.EncodeToString(sum[:])))
}

// sealPerson seals the sensitive fields under the person's own key.
func (s *Store) sealPerson(ctx context.Context, p *register.Person) (*personRow, error) {
	row := &personRow{Person: *p, cared: len(p.Care) > 0}
	var err error
	seal := func(col string, plain []byte) []byte {
		if err != nil || len(plain) == 0 {
			return nil
		}
		var b []byte
		b, err = s.opt.Sealer.Seal(ctx, RegisterPurpose, p.ID, "persons|"+col+"|"+p.ID, plain)
		return b
	}
	row.number, row.phone = seal("number", []byte(p.IDNumber)), seal("phone", []byte(p.Phone))
	if p.IDNumber != "" {
		row.numberIndex = s.opt.Sealer.Index("persons.number", p.IDNumber)
	}
	if p.Phone != "" {
		row.phoneIndex = s.opt.Sealer.Index("persons.phone", p.Phone)
	}
	if row.cared {
		raw, jerr := json.Marshal(p.Care)
		if jerr != nil {
			return nil, jerr
		}
		row.care = seal("care", raw)
	}
	return row, err
}

// Clear says which sealed fields a read may open. What is not opened stays empty.
type Clear struct{ Number, Phone, Care bool }

func (s *Store) openPersons(ctx context.Context, rows []personRow, o Clear) ([]register.Person, error) {
	out := make([]register.Person, len(rows))
	if o.Number || o.Phone || o.Care {
		ids := make([]string, len(rows))
		for i := range rows {
			ids[i] = rows[i].ID
		}
		if err := s.opt.Sealer.Prefetch(ctx, RegisterPurpose, ids); err != nil {
			return nil, err
		}
	}
	open := func(id, col string, sealed []byte, want bool) ([]byte, error) {
		if !want || len(sealed) == 0 {
			return nil, nil
		}
		return s.opt.Sealer.Open(ctx, RegisterPurpose, id, "persons|"+col+"|"+id, sealed)
	}
	for i, r := range rows {
		number, err := open(r.ID, "number", r.number, o.Number)
		if err != nil {
			return nil, err
		}
		phone, err := open(r.ID, "phone", r.phone, o.Phone)
		if err != nil {
			return nil, err
		}
		care, err := open(r.ID, "care", r.care, o.Care)
		if err != nil {
			return nil, err
		}
		out[i] = r.Person
		out[i].IDNumber, out[i].Phone = string(number), string(phone)
		if len(care) > 0 {
			if err := json.Unmarshal(care, &out[i].Care); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func (s *Store) persons(ctx context.Context, o Clear, tail string, args ...any) ([]register.Person, error) {
	rows, err := loadFrom[personRow](ctx, s, "live_persons", tail, args...)
	if err != nil {
		return nil, err
	}
	return s.openPersons(ctx, rows, o)
}

// Person returns a present person with the asked fields opened. The caller has
// written the look into the journal before it shows what was opened.
func (s *Store) Person(ctx context.Context, id string, o Clear) (register.Person, bool, error) {
	ps, err := s.persons(ctx, o, "WHERE id = ?1", id)
	if err != nil || len(ps) == 0 {
		return register.Person{}, false, err
	}
	return ps[0], true, nil
}

// PersonsUnder returns present persons at or below a path, by path and id, after
// a cursor (the last id of the page before, with its path), up to limit (0: all).
func (s *Store) PersonsUnder(ctx context.Context, path, q string, after [2]string, limit int, o Clear) ([]register.Person, error) {
	lo, hi := territory.Range(path)
	if limit <= 0 {
		limit = 1 << 30
	}
	return s.persons(ctx, o, `WHERE path >= ?1 AND path < ?2 AND (path > ?3 OR (path = ?3 AND id > ?4))
		AND (?5 = '' OR name LIKE ?6) ORDER BY path, id LIMIT ?7`, lo, hi, after[0], after[1], q, q+"%", limit)
}

// PersonsAt returns present persons behind the doors.
func (s *Store) PersonsAt(ctx context.Context, doors []string, o Clear) ([]register.Person, error) {
	return inChunks(doors, func(marks string, args []any) ([]register.Person, error) {
		return s.persons(ctx, o, "WHERE place_id IN ("+marks+") ORDER BY id", args...)
	})
}

// PersonsByNumber returns present persons with an identity number, by its keyed index.
func (s *Store) PersonsByNumber(ctx context.Context, number string, o Clear) ([]register.Person, error) {
	return s.persons(ctx, o, "WHERE number_index = ?1 ORDER BY id", s.opt.Sealer.Index("persons.number", number))
}

// CountPersons returns how many present persons live at or below a path.
func (s *Store) CountPersons(ctx context.Context, path, q string) (n int, err error) {
	lo, hi := territory.Range(path)
	err = s.queryRow(ctx, "SELECT COUNT(*) FROM live_persons WHERE path >= ?1 AND path < ?2 AND (?3 = '' OR name LIKE ?4)", lo, hi, q, q+"%").Scan(&n)
	return n, err
}

// Households returns the present households at or below a path.
func (s *Store) Households(ctx context.Context, path string) ([]register.Household, error) {
	lo, hi := territory.Range(path)
	return load[register.Household](ctx, s, "WHERE path >= ?1 AND path < ?2 ORDER BY path, id", lo, hi)
}

// SourceKey is what an import needs to know of a source record it may repeat.
type SourceKey struct{ ID, Key, PersonID, Hash, Date string }

// SourceKeys returns the keys of the living source records of one origin, by row key.
func (s *Store) SourceKeys(ctx context.Context, origin string) (map[string]SourceKey, error) {
	rows, err := loadFrom[sourceRow](ctx, s, "live_sources", "WHERE origin = ?1", origin)
	out := map[string]SourceKey{}
	for _, r := range rows {
		out[r.Key] = SourceKey{r.ID, r.Key, r.PersonID, r.hash, r.Date}
	}
	return out, err
}

// SourcesOf returns the living source records of a person, opened, newest first.
func (s *Store) SourcesOf(ctx context.Context, personID string) ([]register.Source, error) {
	rows, err := loadFrom[sourceRow](ctx, s, "live_sources", "WHERE person_id = ?1 ORDER BY date DESC, id", personID)
	if err != nil {
		return nil, err
	}
	return s.openSources(ctx, rows)
}

// Index returns the keyed index of an identity number, for comparing in memory.
func (s *Store) Index(number string) string {
	return string(s.opt.Sealer.Index("persons.number", number))
}

// NumberIndexes returns, for all present persons at or below a path, the keyed
// index of the identity number → person id, without opening anything.
func (s *Store) NumberIndexes(ctx context.Context, path string) (map[string][]string, error) {
	lo, hi := territory.Range(path)
	rows, err := s.query(ctx, "SELECT number_index, id FROM live_persons WHERE path >= ?1 AND path < ?2 AND number_index IS NOT NULL", lo, hi)
	if err != nil {
		return nil, fmt.Errorf("store: number indexes: %w", err)
	}
	defer rows.Close()
	out := map[string][]string{}
	for rows.Next() {
		var k []byte
		var id string
		if err := rows.Scan(&k, &id); err != nil {
			return nil, err
		}
		out[string(k)] = append(out[string(k)], id)
	}
	return out, rows.Err()
}

// Verified returns when the newest fact behind a door was verified, by door id.
func (s *Store) Verified(ctx context.Context, path string) (map[string]time.Time, error) {
	lo, hi := territory.Range(path)
	rows, err := s.query(ctx, "SELECT place_id, MAX(verified) FROM live_persons WHERE path >= ?1 AND path < ?2 GROUP BY place_id", lo, hi)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]time.Time{}
	for rows.Next() {
		var id string
		var t time.Time
		if err := rows.Scan(&id, ms{&t}); err != nil {
			return nil, err
		}
		out[id] = t
	}
	return out, rows.Err()
}
