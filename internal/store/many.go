package store

import (
	"context"
	"strconv"
	"strings"
)

// The rows that every command brings, written for a whole group at once.
var (
	opCols       = strings.Fields("id account device n hash at seq body")
	entryColumns = strings.Fields("seq at actor device op verb thing thing_id place_id path incident purpose subject audience act payload salt leaf")
	insertOp     = rowsOf("operations", opCols, " ON CONFLICT DO NOTHING")
	insertEntry  = rowsOf("entries", entryColumns, "")
)

// sizes are how many rows one statement bears; each is prepared once.
var sizes = [...]int{64, 16, 4, 1}

// rowsOf returns, for each size, the statement that adds so many rows.
func rowsOf(table string, cols []string, tail string) (out [len(sizes)]string) {
	for i, n := range sizes {
		out[i] = "INSERT INTO " + table + " (" + strings.Join(cols, ", ") + ") VALUES " + marks(n, len(cols)) + tail
	}
	return out
}

// marks returns "(?1, ?2), (?3, ?4)" for n rows of so many columns.
func marks(n, cols int) string {
	var b strings.Builder
	for i := range n * cols {
		switch {
		case i%cols == 0 && i > 0:
			b.WriteString("), (")
		case i == 0:
			b.WriteByte('(')
		default:
			b.WriteString(", ")
		}
		b.WriteByte('?')
		b.WriteString(strconv.Itoa(i + 1))
	}
	b.WriteByte(')')
	return b.String()
}

// many adds rows of so many columns each by as few statements as the sizes allow,
// and returns how many were added.
func (w *writer) many(ctx context.Context, text [len(sizes)]string, args []any, cols int) (added int64, err error) {
	for _, st := range parted(text, args, cols) {
		res, err := w.run(ctx, st.sql, st.args)
		if err != nil {
			return added, err
		}
		k, err := res.RowsAffected()
		if err != nil {
			return added, err
		}
		added += k
	}
	return added, nil
}

// parted returns the statements that add rows of so many columns each, as few as the
// sizes allow.
func parted(text [len(sizes)]string, args []any, cols int) (out []stmt) {
	for i, n := range sizes {
		for len(args) >= n*cols {
			out = append(out, stmt{sql: text[i], args: args[:n*cols]})
			args = args[n*cols:]
		}
	}
	return out
}
