package access

import (
	"fmt"
	"io"
	"log/slog"
)

// secret is embedded in types that hold what must not be printed.
type secret struct{}

const redaction = "[secret]"

// String returns a mark in place of the value.
func (secret) String() string { return redaction }

// GoString returns a mark in place of the value.
func (secret) GoString() string { return redaction }

// Format writes a mark whatever the verb.
func (secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redaction) }

// MarshalJSON writes a mark in place of the value.
func (secret) MarshalJSON() ([]byte, error) { return []byte(`"` + redaction + `"`), nil }

// MarshalText writes a mark in place of the value.
func (secret) MarshalText() ([]byte, error) { return []byte(redaction), nil }

// LogValue gives a logger a mark in place of the value.
func (secret) LogValue() slog.Value { return slog.StringValue(redaction) }
