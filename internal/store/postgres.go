package store

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// IsDatabase says whether an address names the large database rather than a file.
func IsDatabase(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// openPostgres opens the large database so that a host that vanished without a
// word is given up within seconds: an address may name several hosts, and the
// next one is only tried when the first is known to be gone. params are set on
// each connection.
func openPostgres(dsn string, params map[string]string) (*sql.DB, error) {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(dsn, "connect_timeout") {
		cfg.ConnectTimeout = 3 * time.Second
	}
	dialer := &net.Dialer{KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 3 * time.Second, Interval: 2 * time.Second, Count: 3}}
	cfg.DialFunc = dialer.DialContext
	for k, v := range params {
		cfg.RuntimeParams[k] = v
	}
	return stdlib.OpenDB(*cfg), nil
}

// Empty says whether nobody has yet made a world in the large database at dsn. It
// makes nothing itself.
func Empty(ctx context.Context, dsn string) (bool, error) {
	db, err := openPostgres(dsn, nil)
	if err != nil {
		return false, err
	}
	defer db.Close()
	var table sql.NullString
	if err := db.QueryRowContext(ctx, "SELECT to_regclass('meta')::text").Scan(&table); err != nil || !table.Valid {
		return err == nil, err
	}
	var n int
	err = db.QueryRowContext(ctx, "SELECT COUNT(*) FROM meta WHERE name = 'key-check'").Scan(&n)
	return n == 0, err
}

// Why says in one word why the large database did not open: password, missing,
// rights or unreachable; empty when it cannot tell.
func Why(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "28P01", "28000":
			return "password"
		case "3D000":
			return "missing"
		case "42501", "3F000":
			return "rights"
		}
		return ""
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) {
		return "unreachable"
	}
	return ""
}

// MayCreate says whether the account of an address may make tables in its database.
func MayCreate(ctx context.Context, dsn string) (may bool, err error) {
	db, err := openPostgres(dsn, nil)
	if err != nil {
		return false, err
	}
	defer db.Close()
	err = db.QueryRowContext(ctx, "SELECT COALESCE(has_schema_privilege(current_schema(), 'CREATE'), false)").Scan(&may)
	return may, err
}
