package store

import (
	"slices"
	"strings"
	"time"
)

// A row that a bulk act changes is not rewritten: its image is staged beside it under
// the pending act and takes its key, while the row in force keeps the act's id in heir
// and stays what readers see. When the act becomes valid, by its own row alone, they
// see the image instead. The rows it replaced are cleared away afterwards.

// heirs are the tables whose rows may have one: those that acts change by the tens of
// thousands. Changes of other tables wait for the act's last commit.
var heirs = []string{"households", "persons", "place_codes", "places", "sources", "targets"}

// heired says whether rows of a table may have an heir.
func heired(table string) bool { return slices.Contains(heirs, table) }

// key is the key of a table's row without its heir, as "a, b".
func (m *mapping) key() string { return strings.Join(m.cols[:m.keys], ", ") }

// cedes are the statements by which rows give their keys up to the act's images, many
// rows each: they fail when one of them changed, or has an heir already.
func cedes(ps []prepared, act string) (out []stmt) {
	var rows [][]any
	var of *mapping
	emit := func() {
		if len(rows) > 0 {
			out = append(out, of.among(rows, []any{act}, "heir = ?1", " AND "+of.table+".heir = ''"))
		}
		rows = nil
	}
	for _, p := range ps {
		if p.cede == 0 {
			continue
		}
		if of != p.m || len(rows) == batch {
			emit()
			of = p.m
		}
		rows = append(rows, append(slices.Clone(p.args[:p.m.keys]), p.cede))
	}
	emit()
	return out
}

// staged returns what a single write does instead when the row it changes has an heir
// under a pending act: the row is changed and the act is told that it lost the race.
func (m *mapping) staged(st stmt, keys []any) []stmt {
	if !heired(m.table) {
		return nil
	}
	texts, ok := m.kept.Load("staged")
	if !ok {
		texts = [2]string{
			strings.TrimSuffix(st.sql, noHeir) + " AND heir <> '' AND heir IN (SELECT id FROM acts WHERE pending)",
			"UPDATE acts SET lost = TRUE WHERE pending AND id IN (SELECT heir FROM " + m.table + " WHERE " + equal(m.cols[:m.keys], 1, " AND ") + " AND heir <> '')",
		}
		m.kept.Store("staged", texts)
	}
	t := texts.([2]string)
	return []stmt{{t[0], st.args, 1}, {t[1], keys, 1}}
}

// noHeir ends the statement that changes a row nobody is about to replace.
const noHeir = " AND heir = ''"

// foldLoop clears away what valid acts replaced, beside the writes, beginning with
// what a crash or an earlier run left.
func (s *Store) foldLoop() {
	tick := time.NewTicker(foldEvery)
	defer tick.Stop()
	for {
		for _, table := range heirs {
			if s.fold(table) != nil {
				break // again at the next tick
			}
		}
		select {
		case <-s.ended:
			return
		case <-s.folds:
		case <-tick.C:
		}
	}
}

// foldEvery is how often the store looks for what a sister server left.
const foldEvery = time.Minute

// fold clears away the replaced rows of one table in chunks.
func (s *Store) fold(table string) error {
	m := tableOf(table)
	return s.clear(m, "heir <> '' AND heir NOT IN (SELECT id FROM acts WHERE pending)", nil, func(keys [][]any) []stmt {
		return m.byKey("DELETE FROM "+table, "", nil, keys)
	})
}

// giveBack takes an act's images back, in chunks: each replaced row gets its key
// again in the same commit that removes its image.
func (s *Store) giveBack(act string) error {
	for _, table := range heirs {
		m := tableOf(table)
		err := s.clear(m, "heir = ?1 AND heir <> '' AND ?1 IN (SELECT id FROM acts WHERE pending)", []any{act}, func(keys [][]any) []stmt { return m.returned(act, keys) })
		if err != nil {
			return err
		}
	}
	return nil
}

// returned are the statements that give rows their keys back, named by these keys
// with the act as their heir.
func (m *mapping) returned(act string, keys [][]any) []stmt {
	images := make([][]any, len(keys))
	for i, k := range keys {
		images[i] = append(slices.Clone(k[:m.keys]), "")
	}
	const pending = "?1 IN (SELECT id FROM acts WHERE pending) AND "
	return append(m.byKey("DELETE FROM "+m.table, "act = ?1 AND "+pending, []any{act}, images),
		m.byKey("UPDATE "+m.table+" SET heir = ''", pending, []any{act}, keys)...)
}

// tableOf returns a mapping of a table by its name.
func tableOf(table string) *mapping {
	for _, m := range mappings {
		if m.table == table && m.version == nil || m.table == table && m.encode == nil {
			return m
		}
	}
	return nil
}
