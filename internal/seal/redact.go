package seal

import (
	"fmt"
	"io"
	"log/slog"
)

const hidden = "[sealed]"

// redacted is embedded in every type that holds a secret: whatever verb, logger
// or encoder is used, only a mark comes out.
type redacted struct{}

// String returns a mark in place of the value.
func (redacted) String() string { return hidden }

// GoString returns a mark in place of the value.
func (redacted) GoString() string { return hidden }

// Format writes a mark whatever the verb.
func (redacted) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// MarshalJSON writes a mark in place of the value.
func (redacted) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }

// MarshalText writes a mark in place of the value.
func (redacted) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue gives a logger a mark in place of the value.
func (redacted) LogValue() slog.Value { return slog.StringValue(hidden) }
