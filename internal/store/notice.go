package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/notice"
	"shouwang/internal/seal"
	"shouwang/internal/territory"
)

// Sent is one message as it lies in the outbox, where no channel leads outside.
type Sent struct {
	ID, Channel string
	Message     notice.Message // sealed
	At          time.Time
	Until       time.Time
}

// outboxPurpose is what messages in the outbox are sealed under; their subject is
// the day, so that a day's messages are forgotten together.
const outboxPurpose = "outbox"

// sentRow is a message as it lies in the table.
type sentRow struct {
	Sent
	sealed []byte
}

func init() {
	define("notices", "id kind place_id path incident thing thing_id title body wants turn each wanted yes author sent until closed why reason version act", 1,
		func(n *notice.Notice) []any {
			return []any{&n.ID, &n.Kind, &n.PlaceID, &n.Path, &n.Incident, &n.Thing, &n.ThingID, js{&n.Title}, js{&n.Body}, &n.Wants, &n.Turn, span{&n.Each},
				&n.Wanted, &n.Yes, &n.Author, ms{&n.Sent}, ms{&n.Until}, ms{&n.Closed}, &n.Why, &n.Reason, &n.Version, &n.Act}
		}, func(n *notice.Notice) *int64 { return &n.Version }, func(n *notice.Notice) *string { return &n.Act })
	define("receivers", "notice_id n helper_id place_id path asked due channel tries next handed reached failed answer answered answered_by version act", 2,
		func(r *notice.Receiver) []any {
			return []any{&r.NoticeID, &r.N, &r.HelperID, &r.PlaceID, &r.Path, ms{&r.Asked}, ms{&r.Due}, &r.Channel, &r.Tries, ms{&r.Next}, ms{&r.Handed}, ms{&r.Reached},
				&r.Failed, &r.Answer, ms{&r.Answered}, &r.By, &r.Version, &r.Act}
		}, func(r *notice.Receiver) *int64 { return &r.Version }, func(r *notice.Receiver) *string { return &r.Act })
	define("outbox", "id channel message at until", 1, func(x *sentRow) []any {
		return []any{&x.ID, &x.Channel, &x.sealed, ms{&x.At}, ms{&x.Until}}
	}, nil, nil)
}

// Notice returns a notice by id.
func (s *Store) Notice(ctx context.Context, id string) (notice.Notice, bool, error) {
	return one[notice.Notice](ctx, s, "WHERE id = ?1", id)
}

// Notices returns the notices of a kind (all kinds when it is empty) for places at or
// below a path, the newest first, at most limit.
func (s *Store) Notices(ctx context.Context, kind, path string, limit int) ([]notice.Notice, error) {
	lo, hi := territory.Range(path)
	return load[notice.Notice](ctx, s, "WHERE path >= ?1 AND path < ?2 AND (?3 = '' OR kind = ?3) ORDER BY sent DESC, id DESC LIMIT ?4", lo, hi, kind, limit)
}

// NoticesAbove returns the newest notices of a kind for places above a path.
func (s *Store) NoticesAbove(ctx context.Context, kind, path string, limit int) ([]notice.Notice, error) {
	up := territory.Ancestors(path)
	args, marks := []any{kind, limit}, ""
	for _, p := range up {
		if p != path {
			args = append(args, p)
			marks += ", ?" + fmt.Sprint(len(args))
		}
	}
	if marks == "" {
		return nil, nil
	}
	return load[notice.Notice](ctx, s, "WHERE kind = ?1 AND path IN ("+marks[2:]+") ORDER BY sent DESC, id DESC LIMIT ?2", args...)
}

// NoticesAbout returns the notices about a thing, the newest first.
func (s *Store) NoticesAbout(ctx context.Context, thingID string) ([]notice.Notice, error) {
	return load[notice.Notice](ctx, s, "WHERE thing_id = ?1 ORDER BY sent DESC, id DESC", thingID)
}

// NoticesOpen returns every notice that nobody has closed, the oldest first.
func (s *Store) NoticesOpen(ctx context.Context) ([]notice.Notice, error) {
	return load[notice.Notice](ctx, s, "WHERE closed = 0 ORDER BY sent, id")
}

// Receivers returns the receivers of a notice in their order.
func (s *Store) Receivers(ctx context.Context, noticeID string) ([]notice.Receiver, error) {
	return load[notice.Receiver](ctx, s, "WHERE notice_id = ?1 ORDER BY n", noticeID)
}

// Standing returns of each receiver of a notice, in their order, what it takes to say
// where they stand and at which place; everything else is left empty. A call to ten
// thousand people is counted at every look at its board.
func (s *Store) Standing(ctx context.Context, noticeID string) ([]notice.Receiver, error) {
	rs, err := s.query(ctx, "SELECT n, path, answer, asked, due, reached, failed FROM live_receivers WHERE notice_id = ?1 ORDER BY n", noticeID)
	if err != nil {
		return nil, fmt.Errorf("store: receivers: %w", err)
	}
	defer rs.Close()
	var out []notice.Receiver
	for rs.Next() {
		r := notice.Receiver{NoticeID: noticeID}
		if err := rs.Scan(&r.N, &r.Path, &r.Answer, ms{&r.Asked}, ms{&r.Due}, ms{&r.Reached}, &r.Failed); err != nil {
			return nil, fmt.Errorf("store: receivers: %w", err)
		}
		out = append(out, r)
	}
	return out, rs.Err()
}

// ReceiversAt returns some receivers of a notice whole, in their order.
func (s *Store) ReceiversAt(ctx context.Context, noticeID string, ns []int) ([]notice.Receiver, error) {
	if len(ns) == 0 {
		return nil, nil
	}
	args, marks := []any{noticeID}, ""
	for _, n := range ns {
		args = append(args, n)
		marks += ", " + nth(len(args))
	}
	return load[notice.Receiver](ctx, s, "WHERE notice_id = ?1 AND n IN ("+marks[2:]+") ORDER BY n", args...)
}

// Receiver returns the n-th receiver of a notice.
func (s *Store) Receiver(ctx context.Context, noticeID string, n int) (notice.Receiver, bool, error) {
	return one[notice.Receiver](ctx, s, "WHERE notice_id = ?1 AND n = ?2", noticeID, n)
}

// ReceiverOf returns what a notice asks of a helper.
func (s *Store) ReceiverOf(ctx context.Context, noticeID, helperID string) (notice.Receiver, bool, error) {
	return one[notice.Receiver](ctx, s, "WHERE notice_id = ?1 AND helper_id = ?2", noticeID, helperID)
}

// AsksOf returns what a helper was told or asked since a time, the newest first.
func (s *Store) AsksOf(ctx context.Context, helperID string, since time.Time) ([]notice.Receiver, error) {
	return load[notice.Receiver](ctx, s, "WHERE helper_id = ?1 AND asked >= ?2 AND asked > 0 ORDER BY asked DESC, notice_id DESC", helperID, millis(since))
}

// ReceiversDue returns receivers to whom a message is to go out by now, at most limit.
func (s *Store) ReceiversDue(ctx context.Context, now time.Time, limit int) ([]notice.Receiver, error) {
	return load[notice.Receiver](ctx, s, "WHERE next > 0 AND next <= ?1 ORDER BY next, notice_id, n LIMIT ?2", millis(now), limit)
}

// LastAsked returns when each of the helpers was last asked something; who was only
// told something was not asked.
func (s *Store) LastAsked(ctx context.Context, helperIDs []string) (map[string]time.Time, error) {
	type last struct {
		id string
		at time.Time
	}
	rows, err := inChunks(helperIDs, func(marks string, args []any) ([]last, error) {
		rs, err := s.query(ctx, "SELECT helper_id, MAX(asked) FROM live_receivers WHERE helper_id IN ("+marks+") AND EXISTS (SELECT 1 FROM live_notices WHERE id = live_receivers.notice_id AND wants = 'answer') GROUP BY helper_id", args...)
		if err != nil {
			return nil, fmt.Errorf("store: receivers: %w", err)
		}
		defer rs.Close()
		var out []last
		for rs.Next() {
			var x last
			if err := rs.Scan(&x.id, ms{&x.at}); err != nil {
				return nil, err
			}
			out = append(out, x)
		}
		return out, rs.Err()
	})
	out := make(map[string]time.Time, len(rows))
	for _, x := range rows {
		out[x.id] = x.at
	}
	return out, err
}

// PutOutbox keeps messages that no channel carries outside, sealed. A message that
// lies there already is left as it is.
func (s *Store) PutOutbox(ctx context.Context, channel string, now time.Time, batch []notice.Message) error {
	m, err := mappingOf(&sentRow{})
	if err != nil {
		return err
	}
	c := &command{done: make(chan outcome, 1)}
	for i := range batch {
		raw, err := json.Marshal(batch[i])
		if err != nil {
			return err
		}
		x := sentRow{Sent: Sent{ID: channel + ":" + batch[i].ID, Channel: channel, At: now, Until: batch[i].Until}}
		if x.sealed, err = s.opt.Sealer.Seal(ctx, outboxPurpose, day(now), seal.Context("outbox", "message", x.ID), raw); err != nil {
			return err
		}
		args, err := values(m.fields(&x))
		if err != nil {
			return err
		}
		c.stmts = append(c.stmts, stmt{m.insert(1), args, -1})
	}
	_, err = s.send(ctx, s.fast, c)
	return err
}

func day(t time.Time) string { return t.UTC().Format("2006-01-02") }

// Outbox returns the newest messages kept since a time, at most limit.
func (s *Store) Outbox(ctx context.Context, since time.Time, limit int) ([]Sent, error) {
	rows, err := load[sentRow](ctx, s, "WHERE at >= ?1 ORDER BY at DESC, id DESC LIMIT ?2", millis(since), limit)
	if err != nil {
		return nil, err
	}
	out := make([]Sent, 0, len(rows))
	for _, r := range rows {
		raw, err := s.opt.Sealer.Open(ctx, outboxPurpose, day(r.At), seal.Context("outbox", "message", r.ID), r.sealed)
		if errors.Is(err, seal.ErrErased) {
			continue
		}
		if err == nil {
			err = json.Unmarshal(raw, &r.Message)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, r.Sent)
	}
	return out, nil
}

// ClearOutbox deletes the messages kept before a time.
func (s *Store) ClearOutbox(ctx context.Context, before time.Time) error {
	c := &command{done: make(chan outcome, 1), stmts: []stmt{{"DELETE FROM outbox WHERE at < ?1", []any{millis(before)}, -1}}}
	_, err := s.send(ctx, s.fast, c)
	return err
}

// AskToken returns the secret by which the n-th receiver of a notice is known when
// they answer by the address in a message. It needs the keys of these data.
func (s *Store) AskToken(noticeID string, n int) string {
	return access.QRToken(s.opt.Sealer.Index("receivers.token", fmt.Sprintf("%s|%d", noticeID, n)))
}
