package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// keepBefore leaves a copy of a file beside it before its tables are changed, so
// that the program that wrote it can still be gone back to. Older copies go. On
// PostgreSQL a backup made before the upgrade does this service.
func (s *Store) keepBefore(ctx context.Context, have int64) error {
	file, ok := strings.CutPrefix(s.dsn, "sqlite:")
	if !ok {
		return nil
	}
	copy := fmt.Sprintf("%s.before-upgrade-%d", file, have)
	if _, err := os.Stat(copy); err == nil { // an upgrade that was interrupted: the first copy is the one
		return nil
	}
	older, err := filepath.Glob(file + ".before-upgrade-*")
	if err != nil {
		return err
	}
	tmp := copy + ".new"
	_ = os.Remove(tmp)
	if _, err := s.write.ExecContext(ctx, "VACUUM INTO ?1", tmp); err != nil {
		return fmt.Errorf("store: copy before the upgrade: %w", err)
	}
	if err := os.Chmod(tmp, 0o600); err != nil {
		return err
	}
	if err := os.Rename(tmp, copy); err != nil {
		return err
	}
	for _, f := range older {
		_ = os.Remove(f)
	}
	return nil
}
