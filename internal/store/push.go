package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"shouwang/internal/people"
	"shouwang/internal/seal"
)

// Push is one device that a helper wants to be told on. Address is what the browser
// gave, one JSON text; it is sealed under the helper's own key.
type Push struct {
	ID       string // hash of the device's address
	HelperID string
	Address  string
	At       time.Time
	Version  int64
}

// pushRow is a device as it lies in the table.
type pushRow struct {
	Push
	sealed []byte
}

func init() {
	const cols = "id helper_id address at version"
	fields := func(p *pushRow) []any { return []any{&p.ID, &p.HelperID, &p.sealed, ms{&p.At}, &p.Version} }
	define("pushes", cols, 1, fields, nil, nil)
	m := define("pushes", cols, 1, func(*Push) []any { return nil }, func(p *Push) *int64 { return &p.Version }, nil)
	m.fields = func(r any) []any { return fields(r.(*pushRow)) }
	m.encode = func(ctx context.Context, s *Store, row any) (any, error) {
		p := row.(*Push)
		sealed, err := s.opt.Sealer.Seal(ctx, PeoplePurpose, p.HelperID, seal.Context("pushes", "address", p.ID), []byte(p.Address))
		return &pushRow{Push: *p, sealed: sealed}, err
	}
}

// Push returns a device by its id, its address closed.
func (s *Store) Push(ctx context.Context, id string) (Push, bool, error) {
	rows, err := load[pushRow](ctx, s, "WHERE id = ?1", id)
	if err != nil || len(rows) == 0 {
		return Push{}, false, err
	}
	return rows[0].Push, true, nil
}

// pushesOf returns the devices of helpers, the newest last.
func (s *Store) pushesOf(ctx context.Context, helperIDs []string) ([]pushRow, error) {
	return inChunks(helperIDs, func(marks string, args []any) ([]pushRow, error) {
		return load[pushRow](ctx, s, "WHERE helper_id IN ("+marks+") ORDER BY at, id", args...)
	})
}

// DropPushes forgets devices: the service behind them says that they are gone, or
// their holder wants no more.
func (s *Store) DropPushes(ctx context.Context, ids ...string) error {
	c := &command{done: make(chan outcome, 1)}
	for _, id := range ids {
		c.stmts = append(c.stmts, stmt{"DELETE FROM pushes WHERE id = ?1", []any{id}, -1})
	}
	if len(ids) == 0 {
		return nil
	}
	_, err := s.send(ctx, s.fast, c)
	return err
}

// Reached says on which channels each helper has an address, without opening one.
func (s *Store) Reached(ctx context.Context, hs []people.Helper) (map[string]map[string]bool, error) {
	out := make(map[string]map[string]bool, len(hs))
	ids := make([]string, len(hs))
	for i := range hs {
		h := &hs[i]
		ids[i] = h.ID
		out[h.ID] = map[string]bool{"sms": h.WorkPhone != "" || len(h.Sealed.PhoneIndex) > 0, "mail": len(h.Sealed.Mail) > 0, "app": h.AccountID != ""}
	}
	devices, err := s.pushesOf(ctx, ids)
	for i := range devices {
		out[devices[i].HelperID]["push"] = true
	}
	return out, err
}

// Addresses returns where a channel reaches helpers, by their id; who has no address
// there is left out. A helper's own phone is opened where they have none for work, and
// their e-mail: each goes to its channel and nowhere else.
func (s *Store) Addresses(ctx context.Context, channel string, hs []people.Helper) (map[string]string, error) {
	out := make(map[string]string, len(hs))
	var ids []string
	for i := range hs {
		h := &hs[i]
		if a := h.Address(channel); a != "" {
			out[h.ID] = a
		} else if channel == "push" || len(sealedFor(channel, h)) > 0 {
			ids = append(ids, h.ID)
		}
	}
	if len(ids) == 0 {
		return out, nil
	}
	if err := s.opt.Sealer.Prefetch(ctx, PeoplePurpose, ids); err != nil {
		return nil, err
	}
	if channel == "push" {
		return out, s.pushAddresses(ctx, ids, out)
	}
	for i := range hs {
		h := &hs[i]
		if out[h.ID] != "" || len(sealedFor(channel, h)) == 0 {
			continue
		}
		p, err := s.OpenHelper(ctx, h, sealedOf[channel])
		if err != nil && !errors.Is(err, seal.ErrErased) {
			return nil, err
		}
		if a := p.Phone + p.Mail; a != "" { // one of them was opened
			out[h.ID] = a
		}
	}
	return out, nil
}

// sealedOf is the sealed field of a helper that a channel sends to.
var sealedOf = map[string]string{"sms": HelperPhone, "mail": HelperMail}

// sealedFor is that field of one helper, closed.
func sealedFor(channel string, h *people.Helper) []byte {
	switch sealedOf[channel] {
	case HelperPhone:
		return h.Sealed.Phone
	case HelperMail:
		return h.Sealed.Mail
	}
	return nil
}

// pushAddresses puts the devices of each helper into one text, a line each.
func (s *Store) pushAddresses(ctx context.Context, ids []string, out map[string]string) error {
	devices, err := s.pushesOf(ctx, ids)
	if err != nil {
		return err
	}
	lines := map[string][]string{}
	for i := range devices {
		d := &devices[i]
		plain, err := s.opt.Sealer.Open(ctx, PeoplePurpose, d.HelperID, seal.Context("pushes", "address", d.ID), d.sealed)
		if errors.Is(err, seal.ErrErased) {
			continue
		}
		if err != nil {
			return err
		}
		lines[d.HelperID] = append(lines[d.HelperID], string(plain))
	}
	for id, l := range lines {
		out[id] = strings.Join(l, "\n")
	}
	return nil
}
