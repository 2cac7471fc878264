package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/need"
	"shouwang/internal/seal"
	"shouwang/internal/territory"
)

// NeedsPurpose is the purpose that the words of cases are sealed under; their subject
// is the case, so that each can be forgotten for itself.
const NeedsPurpose = "needs"

// caseRow is a case as it lies in the table; its offer lies in columns of its own.
type caseRow struct {
	need.Case
	offer need.Offer
}

// stepRow is a step as it lies in the table.
type stepRow struct {
	need.Step
	said []byte
}

// KeptItem is a catalogue item as cases keep it, named by its content.
type KeptItem struct {
	ID      string
	Body    []byte
	Version int64
}

// askedWords and replyWords are what is sealed together.
type askedWords struct{ Words, Contact string }
type replyWords struct{ Reply, Proof string }

func init() {
	const cols = "id number item book place_id path incident origin only_for opened opened_by noted person_id against barred asked " +
		"desk_place desk_path desk_role above_place above_path above_role level holder since offer_place offer_path offer_role offer_by offer_at offer_until " +
		"due climbed paused resume reason stepped answered answer_by reply proved met_by reopened closed how rating parent same next forgotten phone_index version act"
	fields := func(c *caseRow) []any {
		o := &c.offer
		return []any{&c.ID, &c.Number, &c.Item, &c.Book, &c.PlaceID, &c.Path, &c.Incident, &c.Origin, &c.Only, ms{&c.Opened}, &c.OpenedBy, &c.Noted, &c.PersonID, &c.Against, &c.Barred, &c.Sealed.Asked,
			&c.Desk.PlaceID, &c.Desk.Path, &c.Desk.Role, &c.Above.PlaceID, &c.Above.Path, &c.Above.Role, &c.Level, &c.Holder, ms{&c.Since}, &o.To.PlaceID, &o.To.Path, &o.To.Role, &o.By, ms{&o.At}, ms{&o.Until},
			ms{&c.Due}, ms{&c.Climbed}, ms{&c.Paused}, ms{&c.Resume}, &c.Reason, ms{&c.Stepped}, ms{&c.Answered}, &c.AnswerBy, &c.Sealed.Reply, &c.Proved, &c.MetBy, &c.Reopened, ms{&c.Closed}, &c.How, &c.Rating,
			&c.Parent, &c.Same, ms{&c.Next}, ms{&c.Forgotten}, &c.Sealed.Phone, &c.Version, &c.Act}
	}
	define("cases", cols, 1, fields, nil, func(c *caseRow) *string { return &c.Act })
	m := define("cases", cols, 1, func(*need.Case) []any { return nil }, func(c *need.Case) *int64 { return &c.Version }, func(c *need.Case) *string { return &c.Act })
	m.fields = func(r any) []any { return fields(r.(*caseRow)) }
	m.encode = func(ctx context.Context, s *Store, row any) (any, error) { return s.sealCase(ctx, row.(*need.Case)) }

	define("case_items", "id body version", 1, func(x *KeptItem) []any { return []any{&x.ID, &x.Body, &x.Version} }, func(x *KeptItem) *int64 { return &x.Version }, nil)

	const scols = "case_id n at verb by_id noted to_place to_role to_who why said version"
	sfields := func(x *stepRow) []any {
		return []any{&x.CaseID, &x.N, ms{&x.At}, (*string)(&x.Verb), &x.By, &x.Noted, &x.To.PlaceID, &x.To.Role, &x.Who, &x.Why, &x.said, &x.Version}
	}
	define("case_steps", scols, 2, sfields, nil, nil)
	m = define("case_steps", scols, 2, func(*need.Step) []any { return nil }, func(x *need.Step) *int64 { return &x.Version }, nil)
	m.fields = func(r any) []any { return sfields(r.(*stepRow)) }
	m.encode = func(ctx context.Context, s *Store, row any) (any, error) {
		x := row.(*need.Step)
		said, err := s.sealNeed(ctx, x.CaseID, seal.Context("case_steps", "said", x.CaseID+"|"+strconv.FormatInt(x.N, 10)), x.Words, x.Words == "")
		return &stepRow{*x, said}, err
	}
}

func (s *Store) sealCase(ctx context.Context, c *need.Case) (*caseRow, error) {
	out := &caseRow{Case: *c}
	if c.Offer != nil {
		out.offer = *c.Offer
	}
	var err error
	if c.Words+c.Contact != "" {
		if out.Sealed.Asked, err = s.sealNeed(ctx, c.ID, seal.Context("cases", "asked", c.ID), askedWords{c.Words, c.Contact}, false); err != nil {
			return nil, err
		}
		out.Sealed.Phone = s.casePhone(need.PhoneIn(c.Contact))
	}
	if c.Only != "" || !c.Forgotten.IsZero() { // nobody finds what was told in confidence, or is forgotten, by a telephone
		out.Sealed.Phone = nil
	}
	if c.Reply+c.Proof != "" {
		out.Sealed.Reply, err = s.sealNeed(ctx, c.ID, seal.Context("cases", "reply", c.ID), replyWords{c.Reply, c.Proof}, false)
	}
	return out, err
}

func (s *Store) sealNeed(ctx context.Context, id, label string, v any, empty bool) ([]byte, error) {
	if empty {
		return nil, nil
	}
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return s.opt.Sealer.Seal(ctx, NeedsPurpose, id, label, plain)
}

// openNeed opens sealed words into v; those of a forgotten case stay empty.
func (s *Store) openNeed(ctx context.Context, id, label string, sealed []byte, v any) error {
	if len(sealed) == 0 {
		return nil
	}
	plain, err := s.opt.Sealer.Open(ctx, NeedsPurpose, id, label, sealed)
	if errors.Is(err, seal.ErrErased) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(plain, v)
	}
	return err
}

func (r *caseRow) value() need.Case {
	c := r.Case
	if !r.offer.Until.IsZero() {
		o := r.offer
		c.Offer = &o
	}
	return c
}

// Case returns one case with its words open: the caller decides who may read them.
func (s *Store) Case(ctx context.Context, id string) (need.Case, bool, error) {
	return s.oneCase(ctx, "WHERE id = ?1", id)
}

// CaseByNumber returns the case of a number, with its words open.
func (s *Store) CaseByNumber(ctx context.Context, number string) (need.Case, bool, error) {
	return s.oneCase(ctx, "WHERE number = ?1", number)
}

func (s *Store) oneCase(ctx context.Context, where, arg string) (need.Case, bool, error) {
	rows, err := loadFrom[caseRow](ctx, s, "", where, arg)
	if err != nil || len(rows) == 0 {
		return need.Case{}, false, err
	}
	c := rows[0].value()
	var a askedWords
	var r replyWords
	err = errors.Join(s.openNeed(ctx, c.ID, seal.Context("cases", "asked", c.ID), rows[0].Sealed.Asked, &a),
		s.openNeed(ctx, c.ID, seal.Context("cases", "reply", c.ID), rows[0].Sealed.Reply, &r))
	c.Words, c.Contact, c.Reply, c.Proof = a.Words, a.Contact, r.Reply, r.Proof
	return c, err == nil, err
}

// CaseFilter says which cases a list wants. The zero value wants all open ones.
type CaseFilter struct {
	Closed time.Time // also those closed since then; zero: open ones only
	Item   string
	Number string
	Holder string
	Hushed bool // only those told in confidence, closed ones with Closed
	Ended  bool // only those closed since Closed
	Limit  int  // 0: 500
}

// Cases returns the cases of places, desks, desks told and desks offered to at or below
// a path, without their words, the soonest due first. Those of a confidential line come
// only where only holds: whoever asks names what they may know of.
func (s *Store) Cases(ctx context.Context, path string, f CaseFilter, account string, only []string) ([]need.Case, error) {
	lo, hi := territory.Range(path)
	args := []any{lo, hi, millis(f.Closed), f.Item, f.Number, f.Holder, account}
	known := "only_for = '' OR holder = ?7"
	for _, q := range only {
		args = append(args, q)
		known += " OR only_for = ?" + strconv.Itoa(len(args))
	}
	limit := f.Limit
	if limit <= 0 {
		limit = 500
	}
	args = append(args, limit)
	switch {
	case f.Hushed: // few are: they are looked up by who may know of them, then asked where they are
		known = "id IN (SELECT id FROM cases WHERE only_for <> '' AND (" + strings.TrimPrefix(known, "only_for = '' OR ") + "))"
	case f.Ended:
		known = "closed > 0 AND (" + known + ")"
	}
	// each range reads an index of its own
	under := func(col string) string { return "(" + col + " >= ?1 AND " + col + " < ?2)" }
	rows, err := loadFrom[caseRow](ctx, s, "", "WHERE ("+under("path")+" OR "+under("desk_path")+" OR "+under("above_path")+" OR (offer_until > 0 AND "+under("offer_path")+"))"+
		" AND (closed = 0 OR closed >= ?3 AND ?3 > 0) AND (?4 = '' OR item = ?4) AND (?5 = '' OR number = ?5) AND (?6 = '' OR holder = ?6) AND ("+known+")"+
		" ORDER BY closed, due, id LIMIT ?"+strconv.Itoa(len(args)), args...)
	if err != nil {
		return nil, err
	}
	return caseValues(rows), nil
}

func caseValues(rows []caseRow) []need.Case {
	out := make([]need.Case, len(rows))
	for i := range rows {
		out[i] = rows[i].value()
	}
	return out
}

// OpenCases returns the open cases that were not told in confidence, without their words;
// with ids only those of them.
func (s *Store) OpenCases(ctx context.Context, ids []string) ([]need.Case, error) {
	if ids == nil {
		rows, err := loadFrom[caseRow](ctx, s, "", "WHERE closed = 0 AND only_for = ''")
		return caseValues(rows), err
	}
	var out []need.Case
	for part := range slices.Chunk(ids, 500) {
		args := make([]any, len(part))
		marks := make([]string, len(part))
		for i, id := range part {
			args[i], marks[i] = id, "?"+strconv.Itoa(i+1)
		}
		rows, err := loadFrom[caseRow](ctx, s, "", "WHERE id IN ("+strings.Join(marks, ", ")+") AND closed = 0 AND only_for = ''", args...)
		if err != nil {
			return nil, err
		}
		out = append(out, caseValues(rows)...)
	}
	return out, nil
}

// Hushed returns who holds cases that were told in confidence, and which qualifications
// these are for.
func (s *Store) Hushed(ctx context.Context) (holders, quals map[string]bool, err error) {
	holders, quals = map[string]bool{}, map[string]bool{}
	rows, err := s.query(ctx, "SELECT DISTINCT holder, only_for FROM live_cases WHERE only_for <> ''")
	if err != nil {
		return nil, nil, fmt.Errorf("store: hushed cases: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var holder, qual string
		if err := rows.Scan(&holder, &qual); err != nil {
			return nil, nil, err
		}
		holders[holder], quals[qual] = true, true
	}
	delete(holders, "")
	return holders, quals, rows.Err()
}

// CasesDue returns cases that the clock is to move by now, at most limit.
func (s *Store) CasesDue(ctx context.Context, now time.Time, limit int) ([]need.Case, error) {
	rows, err := loadFrom[caseRow](ctx, s, "", "WHERE next > 0 AND next <= ?1 ORDER BY next, id LIMIT ?2", millis(now), limit)
	return caseValues(rows), err
}

// CasesWith returns the parts of a case, or with same the cases that wait for its answer.
func (s *Store) CasesWith(ctx context.Context, id string, same bool) ([]need.Case, error) {
	col := "parent"
	if same {
		col = "same"
	}
	rows, err := loadFrom[caseRow](ctx, s, "", "WHERE "+col+" = ?1 ORDER BY id", id)
	return caseValues(rows), err
}

// CasesAt returns the open cases at one place, for the hint that something like it was
// asked already. The path finds them, among however many there are elsewhere.
func (s *Store) CasesAt(ctx context.Context, placeID, path string) ([]need.Case, error) {
	rows, err := loadFrom[caseRow](ctx, s, "", "WHERE path = ?1 AND closed = 0 AND place_id = ?2 AND only_for = '' ORDER BY opened, id", path, placeID)
	return caseValues(rows), err
}

// CasesOfItem counts the cases of an item that were ever opened at one place.
func (s *Store) CasesOfItem(ctx context.Context, placeID, path, item string) (n int, err error) {
	err = s.queryRow(ctx, "SELECT COUNT(*) FROM live_cases WHERE path = ?1 AND place_id = ?2 AND item = ?3", path, placeID, item).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("store: cases of an item: %w", err)
	}
	return n, nil
}

// casePhone is the keyed hash by which the cases of a telephone are found again, nil for
// no telephone.
func (s *Store) casePhone(phone string) []byte {
	if phone == "" {
		return nil
	}
	return s.opt.Sealer.Index("cases.phone", phone)
}

// casesOfPhone is how many open cases of one telephone are looked at.
const casesOfPhone = 20

// CasesOfPhone returns the open cases with which a telephone was left, the newest first,
// without their words; what was told in confidence is never among them.
func (s *Store) CasesOfPhone(ctx context.Context, phone string) ([]need.Case, error) {
	if phone == "" {
		return nil, nil
	}
	rows, err := loadFrom[caseRow](ctx, s, "", "WHERE phone_index = ?1 AND closed = 0 AND only_for = '' ORDER BY opened DESC, id DESC LIMIT ?2", s.casePhone(phone), casesOfPhone)
	return caseValues(rows), err
}

// CaseSteps returns what happened to a case, the first first, with its words open when
// words is set.
func (s *Store) CaseSteps(ctx context.Context, id string, words bool) ([]need.Step, error) {
	rows, err := loadFrom[stepRow](ctx, s, "", "WHERE case_id = ?1 ORDER BY n", id)
	out := make([]need.Step, len(rows))
	for i := range rows {
		out[i] = rows[i].Step
		if err == nil && words {
			err = s.openNeed(ctx, id, seal.Context("case_steps", "said", id+"|"+fmt.Sprint(out[i].N)), rows[i].said, &out[i].Words)
		}
	}
	return out, err
}

// KeptItem returns a catalogue item by the print of its content.
func (s *Store) KeptItem(ctx context.Context, id string) (KeptItem, bool, error) {
	return one[KeptItem](ctx, s, "WHERE id = ?1", id)
}

// CaseToken is the secret by which whoever opened a case without an account follows it.
func (s *Store) CaseToken(id string) string {
	return access.QRToken(s.opt.Sealer.Index("cases.token", id))
}

// CaseRef is the keyed hash of what names a need in a list from outside.
func (s *Store) CaseRef(place, text string) []byte {
	return s.opt.Sealer.Index("cases.ref", place+"|"+text)
}
