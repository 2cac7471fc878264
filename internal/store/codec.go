package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"
)

// ms stores a time as UTC milliseconds, the zero time as 0.
type ms struct{ t *time.Time }

func (m ms) Value() (driver.Value, error) { return millis(*m.t), nil }

func (m ms) Scan(v any) error {
	n, err := toInt(v)
	if err != nil {
		return err
	}
	*m.t = fromMillis(n)
	return nil
}

// span stores a duration as milliseconds.
type span struct{ d *time.Duration }

func (s span) Value() (driver.Value, error) { return s.d.Milliseconds(), nil }

func (s span) Scan(v any) error {
	n, err := toInt(v)
	*s.d = time.Duration(n) * time.Millisecond
	return err
}

// js stores a value as JSON text, read whole and never searched.
type js struct{ v any }

func (j js) Value() (driver.Value, error) {
	b, err := json.Marshal(j.v)
	return string(b), err
}

func (j js) Scan(v any) error {
	switch x := v.(type) {
	case string:
		return json.Unmarshal([]byte(x), j.v)
	case []byte:
		return json.Unmarshal(x, j.v)
	}
	return fmt.Errorf("store: JSON column holds %T", v)
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}

func toInt(v any) (int64, error) {
	switch x := v.(type) {
	case int64:
		return x, nil
	case int32:
		return int64(x), nil
	case time.Time: // a driver may recognise a column by its declared type
		return x.UnixMilli(), nil
	}
	return 0, fmt.Errorf("store: integer column holds %T", v)
}

// value takes the value to bind out of a scan destination.
func value(dst any) (any, error) {
	switch p := dst.(type) {
	case *string:
		return *p, nil
	case *int:
		return int64(*p), nil
	case *int64:
		return *p, nil
	case *bool:
		return *p, nil
	case *float64:
		return *p, nil
	case *[]byte:
		return *p, nil
	case driver.Valuer:
		return p.Value()
	}
	return nil, fmt.Errorf("store: cannot bind %T", dst)
}

func values(dst []any) ([]any, error) {
	out := make([]any, len(dst))
	for i, d := range dst {
		v, err := value(d)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}
