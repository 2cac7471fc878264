package store

import (
	"bytes"
	"context"
	"errors"
	"testing"
)

type plainSealer struct{}

func testSealer(testing.TB) Sealer { return plainSealer{} }

func (plainSealer) Seal(_ context.Context, purpose, subject, label string, plain []byte) ([]byte, error) {
	return append([]byte(purpose+subject+label+"\x00"), plain...), nil
}
func (plainSealer) Open(_ context.Context, purpose, subject, label string, sealed []byte) ([]byte, error) {
	p, ok := bytes.CutPrefix(sealed, []byte(purpose+subject+label+"\x00"))
	if !ok {
		return nil, errors.New("wrong seal")
	}
	return p, nil
}
func (plainSealer) Index(column, value string) []byte                { return []byte(column + value) }
func (plainSealer) Prefetch(context.Context, string, []string) error { return nil }
func (plainSealer) Ensure(context.Context, string, []string) error   { return nil }
