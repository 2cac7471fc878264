package store

import (
	"context"
	"fmt"
	"strconv"

	"shouwang/internal/register"
)

// EnsureKeys makes the register's keys of people before their rows are staged, so
// that the ring's writing does not lie between the chunks of a bulk act.
func (s *Store) EnsureKeys(ctx context.Context, personIDs []string) error {
	return s.opt.Sealer.Ensure(ctx, RegisterPurpose, personIDs)
}

// PersonsByID returns those of the ids that are present, in no order, with the
// asked fields opened.
func (s *Store) PersonsByID(ctx context.Context, ids []string, o Clear) ([]register.Person, error) {
	return inChunks(ids, func(marks string, args []any) ([]register.Person, error) {
		return s.persons(ctx, o, "WHERE id IN ("+marks+")", args...)
	})
}

// PersonsByIndexes returns, by keyed index as Index gives it, the present people
// who have one of these identity numbers. Nothing is opened.
func (s *Store) PersonsByIndexes(ctx context.Context, indexes []string) (map[string][]register.Person, error) {
	rows, err := inChunks(indexes, func(marks string, args []any) ([]personRow, error) {
		for i := range args {
			args[i] = []byte(args[i].(string))
		}
		return loadFrom[personRow](ctx, s, "live_persons", "WHERE number_index IN ("+marks+") ORDER BY id", args...)
	})
	out := make(map[string][]register.Person, len(rows))
	for _, r := range rows {
		out[string(r.numberIndex)] = append(out[string(r.numberIndex)], r.Person)
	}
	return out, err
}

// HouseholdsAt returns the present households of the doors.
func (s *Store) HouseholdsAt(ctx context.Context, doors []string) ([]register.Household, error) {
	return inChunks(doors, func(marks string, args []any) ([]register.Household, error) {
		return load[register.Household](ctx, s, "WHERE place_id IN ("+marks+") ORDER BY id", args...)
	})
}

// SourcesByKey returns, by row key, what an import needs to know of the living
// source records of one origin with these keys. Nothing is opened.
func (s *Store) SourcesByKey(ctx context.Context, origin string, keys []string) (map[string]SourceKey, error) {
	out := make(map[string]SourceKey, len(keys))
	return out, s.sourceKeys(ctx, "row_key", origin, keys, func(k SourceKey) { out[k.Key] = k })
}

// SourcesByPerson is SourcesByKey by person.
func (s *Store) SourcesByPerson(ctx context.Context, origin string, personIDs []string) (map[string]SourceKey, error) {
	out := make(map[string]SourceKey, len(personIDs))
	return out, s.sourceKeys(ctx, "person_id", origin, personIDs, func(k SourceKey) { out[k.PersonID] = k })
}

func (s *Store) sourceKeys(ctx context.Context, column, origin string, values []string, yield func(SourceKey)) error {
	_, err := inChunks(values, func(marks string, args []any) ([]SourceKey, error) {
		q := "SELECT id, row_key, person_id, hash, date FROM live_sources WHERE " + column + " IN (" + marks + ") AND origin = ?" + strconv.Itoa(len(args)+1)
		rows, err := s.query(ctx, q, append(args, origin)...)
		if err != nil {
			return nil, fmt.Errorf("store: source keys: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var k SourceKey
			if err := rows.Scan(&k.ID, &k.Key, &k.PersonID, &k.Hash, &k.Date); err != nil {
				return nil, err
			}
			yield(k)
		}
		return nil, rows.Err()
	})
	return err
}

// SourcesByID returns those of the source records that live, opened, in no order.
func (s *Store) SourcesByID(ctx context.Context, ids []string) ([]register.Source, error) {
	rows, err := inChunks(ids, func(marks string, args []any) ([]sourceRow, error) {
		return loadFrom[sourceRow](ctx, s, "live_sources", "WHERE id IN ("+marks+")", args...)
	})
	if err != nil {
		return nil, err
	}
	return s.openSources(ctx, rows)
}

// openSources opens source records under their persons' keys.
func (s *Store) openSources(ctx context.Context, rows []sourceRow) ([]register.Source, error) {
	people := make([]string, len(rows))
	for i := range rows {
		people[i] = rows[i].PersonID
	}
	if err := s.opt.Sealer.Prefetch(ctx, RegisterPurpose, people); err != nil {
		return nil, err
	}
	out := make([]register.Source, len(rows))
	for i, r := range rows {
		plain, err := s.opt.Sealer.Open(ctx, RegisterPurpose, r.PersonID, "sources|fields|"+r.ID, r.Fields)
		if err != nil {
			return nil, err
		}
		out[i] = r.Source
		out[i].Fields = plain
	}
	return out, nil
}
