package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"shouwang/internal/fault"
)

// Faults of several servers on one database.
var (
	ErrAlone = fault.Define(fault.Forbidden, "SW-1823",
		"另一台服务器正在用这个数据库，而本机或它的密钥环只是本机文件，没有打开，数据不受影响。多台服务器请用 --keyring 共用一个密钥环。",
		"Another server uses this database, and the keyring of one of the two is a file of its own; it was not opened and the data are safe. Several servers share one keyring with --keyring.")
	ErrUnsure = fault.Define(fault.Unavailable, "SW-1824",
		"数据库连接在提交时断了，这次是否写入还不能确定。请原样重试（同一操作编号），不会重复。",
		"The connection broke while the write was being committed, so it is not certain whether it was written. Repeat it unchanged under the same operation id; nothing is done twice.")
	ErrAway = fault.Define(fault.Unavailable, "SW-1825",
		"数据库暂时连不上，已有数据不受影响。请稍后重试。",
		"The database cannot be reached just now; existing data are safe. Try again shortly.")
)

// Server is one process that has written to these data.
type Server struct {
	ID, Name      string
	Started, Seen time.Time
}

// aliveFor is how long after its last word a server counts as alive.
const aliveFor = time.Minute

// Servers lists the servers that were seen within the last day, the newest word first.
func (s *Store) Servers(ctx context.Context) ([]Server, error) {
	rows, err := s.query(ctx, "SELECT id, name, started, seen FROM servers WHERE seen > ?1 ORDER BY seen DESC, id", millis(s.opt.Clock().Add(-24*time.Hour)))
	if err != nil {
		return nil, fmt.Errorf("store: servers: %w", err)
	}
	defer rows.Close()
	var out []Server
	for rows.Next() {
		var x Server
		if err := rows.Scan(&x.ID, &x.Name, ms{&x.Started}, ms{&x.Seen}); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

// greet makes a new connection of the writer fit for many servers: a server that
// was stopped in the middle of a group loses it, and the append lock with it,
// after two seconds; a file keyring is held by one server alone.
func (w *writer) greet(ctx context.Context) error {
	if w.s.engine != Postgres {
		return nil
	}
	if _, err := w.conn.ExecContext(ctx, "SET idle_in_transaction_session_timeout = '2s'; SET lock_timeout = '4s'; SET tcp_user_timeout = '5s'"); err != nil {
		return err
	}
	if w.s.opt.Sealer == nil {
		return nil // looks on and seals nothing
	}
	how := "SELECT pg_try_advisory_lock_shared(7307)"
	if w.s.opt.Alone {
		how = "SELECT pg_try_advisory_lock(7307)"
	}
	var got bool
	if err := w.conn.QueryRowContext(ctx, how).Scan(&got); err != nil {
		return err
	}
	if !got {
		return ErrAlone.With()
	}
	return nil
}

// end is the text that commits a group. On PostgreSQL it marks, in the same
// transaction, that this group of this server was written, so that a connection
// that breaks before the reply leaves no doubt for long; and it rings the bell of
// the other servers.
func (w *writer) end() string {
	if w.s.engine != Postgres {
		return "COMMIT"
	}
	w.mark++
	now := millis(w.s.opt.Clock())
	return fmt.Sprintf(`INSERT INTO servers (id, name, started, seen, n) VALUES ('%[1]s', '%[2]s', %[3]d, %[3]d, %[4]d) ON CONFLICT (id) DO UPDATE SET seen = %[3]d, n = %[4]d; NOTIFY shouwang, '%[5]d'; COMMIT`,
		w.s.server, strings.ReplaceAll(w.s.opt.Name, "'", "''"), now, w.mark, w.seq)
}

// errWritten says that the group in doubt turned out to be written.
var errWritten = errors.New("store: the group was written")

// errDoubt says that the connection broke between COMMIT and its reply.
var errDoubt = errors.New("store: written or not")

// positionText reads how far the journal has come, and the mark this server left last.
const positionText = "SELECT (SELECT COALESCE(MAX(seq), 0) FROM entries), (SELECT n FROM servers WHERE id = ?1)"

// placed says, where a group is in doubt, whether it turned out to be written. The
// append lock is held, so whatever an old connection of this server was committing has
// come to its end.
func (w *writer) placed(mark sql.NullInt64) error {
	if w.doubt > 0 && mark.Valid && mark.Int64 == w.doubt {
		return errWritten
	}
	return nil
}

// doubted says whether an error of COMMIT leaves open what became of the group:
// all do but a plain refusal, and words that never left this machine.
func doubted(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Severity != "ERROR"
	}
	return !pgconn.SafeToRetry(err)
}

// Away says whether an error means that the database cannot be reached.
func Away(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) {
		return false
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code[:2] {
		case "08", "57", "53":
			return pg.Code != "57014" // a statement that its own caller gave up
		}
		return pg.Code == "25006" || pg.Code == "25P03"
	}
	var connect *pgconn.ConnectError
	return errors.As(err, &connect) || pgconn.SafeToRetry(err) || pgconn.Timeout(err) || broken(err)
}

// listen rings the bell when another server has committed. Missing a ring does no
// harm: whoever follows the journal also looks by itself once a second.
func (s *Store) listen(ctx context.Context) {
	for ctx.Err() == nil {
		_ = s.hear(ctx)
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (s *Store) hear(ctx context.Context) error {
	conn, err := s.read.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(driver any) error {
		c := driver.(*stdlib.Conn).Conn()
		if _, err := c.Exec(ctx, "LISTEN shouwang"); err != nil {
			return err
		}
		defer func() { // a connection that listens does not go back to the pool
			end, stop := context.WithTimeout(context.Background(), time.Second)
			defer stop()
			_ = c.Close(end)
		}()
		for {
			n, err := c.WaitForNotification(ctx)
			if err != nil {
				return err
			}
			var seq int64
			if _, err := fmt.Sscan(n.Payload, &seq); err == nil && seq > s.Last() {
				s.ring(seq)
			}
		}
	})
}
