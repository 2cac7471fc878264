package store

import (
	"database/sql/driver"
	"fmt"
	"maps"
	"slices"
	"strings"

	"shouwang/internal/register"
)

// wonText stores which source won each field, the fields of one source and date
// together: "name gender birth@SOURCE@DATE;phone@SOURCE@DATE". As JSON it would be
// the greater part of a person's row.
type wonText struct{ m *map[string]register.Won }

// Value writes the fields in a fixed order.
func (w wonText) Value() (driver.Value, error) {
	var by []register.Won
	fields := map[register.Won][]string{}
	for _, f := range slices.Sorted(maps.Keys(*w.m)) {
		x := (*w.m)[f]
		if strings.ContainsAny(f+x.Source+x.Date, "@; ") {
			return nil, fmt.Errorf("store: field %q cannot be stored", f)
		}
		if fields[x] == nil {
			by = append(by, x)
		}
		fields[x] = append(fields[x], f)
	}
	parts := make([]string, len(by))
	for i, x := range by {
		parts[i] = strings.Join(fields[x], " ") + "@" + x.Source + "@" + x.Date
	}
	return strings.Join(parts, ";"), nil
}

// Scan reads what Value wrote.
func (w wonText) Scan(v any) error {
	s, ok := v.(string)
	if b, isBytes := v.([]byte); isBytes {
		s, ok = string(b), true
	}
	if !ok {
		return fmt.Errorf("store: winners column holds %T", v)
	}
	*w.m = map[string]register.Won{}
	for part := range strings.SplitSeq(s, ";") {
		if part == "" {
			continue
		}
		x := strings.Split(part, "@")
		if len(x) != 3 {
			return fmt.Errorf("store: winners column malformed")
		}
		for f := range strings.SplitSeq(x[0], " ") {
			(*w.m)[f] = register.Won{Source: x[1], Date: x[2]}
		}
	}
	return nil
}
