package store

import "strings"

// among returns one statement that changes many rows of a table, each named by its
// key and version in a list: one walk to the database instead of one for each row. A
// row of the list is (key, version, further values); set may speak of the further
// values as v.columnN, and of first as ?1, ?2 and so on in this order.
func (m *mapping) among(rows [][]any, first []any, set, where string) stmt {
	args := append([]any{}, first...)
	var b strings.Builder
	b.WriteString("UPDATE " + m.table + " SET " + set + " FROM (VALUES ")
	for i, r := range rows {
		if i > 0 {
			b.WriteString(", ")
		}
		for j, x := range r {
			args = append(args, x)
			kind := " AS TEXT)"
			if _, ok := x.(int64); ok {
				kind = " AS BIGINT)"
			}
			b.WriteString(map[bool]string{true: "(", false: ", "}[j == 0] + "CAST(" + nth(len(args)) + kind)
		}
		b.WriteString(")")
	}
	b.WriteString(") AS v WHERE ")
	for i := range m.keys {
		b.WriteString(m.table + "." + m.cols[i] + " = v.column" + nth(i + 1)[1:] + " AND ")
	}
	b.WriteString(m.table + ".version = v.column" + nth(m.keys + 1)[1:] + where)
	return stmt{sql: b.String(), args: args, want: int64(len(rows))}
}
