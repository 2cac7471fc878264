package api

import (
	"context"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/exchange"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/plan"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// importCases is how many cases one file may bring: their steps are written with the
// act's entry, in one go.
const importCases = 500

// caseSheet is a list of needs on its way to their desks.
type caseSheet struct {
	*importRun
	a       *Atlas
	g       *territory.Gazetteer
	items   map[string][]need.Item      // the catalogue in force, by place
	said    map[access.OutsideRef]asked // what the rows above are, by their reference
	numbers map[string]bool
	kept    map[string]bool
	out     staged
}

// asked is what a reference stands for.
type asked struct{ number, item, placeID string }

// cases decides a list of needs. Each good row is opened as at the desk; a row whose
// reference is a case already stays as it is.
func (r *importRun) cases(ctx context.Context) (staged, error) {
	if err := r.parse(ctx); err != nil {
		return staged{}, err
	}
	if r.sheet.Rows() > importCases {
		return staged{}, need.ErrRowMany.With(importCases)
	}
	x := &caseSheet{importRun: r, items: map[string][]need.Item{}, said: map[access.OutsideRef]asked{}, numbers: map[string]bool{}, kept: map[string]bool{}}
	var err error
	if x.g, err = r.s.gazetteer(ctx); err != nil {
		return staged{}, err
	}
	if x.a, err = r.s.ground(ctx); err != nil {
		return staged{}, err
	}
	if err := r.hold(ctx, []string{"cases"}); err != nil {
		return staged{}, err
	}
	r.job.step("matching", r.sheet.Rows())
	for row, bad := range r.sheet.Cases() {
		r.job.done.Add(1)
		if bad != nil {
			r.refuse([]exchange.Reject{*bad})
			continue
		}
		v, err := x.take(ctx, row)
		if err != nil {
			return staged{}, err
		}
		r.settle(row.At, v)
	}
	return x.out, nil
}

// take opens one row, or says why not.
func (x *caseSheet) take(ctx context.Context, row *exchange.CaseRow) (plan.Verdict, error) {
	no := func(field string, why *fault.Error) (plan.Verdict, error) {
		return plan.Verdict{Outcome: plan.Rejected, Field: field, Why: why}, nil
	}
	p, field, why := x.where(row)
	if why != nil {
		return no(field, why)
	}
	item, why, err := x.item(ctx, p, row.Item)
	if err != nil {
		return plan.Verdict{}, err
	}
	if why != nil {
		return no("item", why)
	}
	received, due, field, why := x.times(row)
	if why != nil {
		return no(field, why)
	}
	ref := x.ref(row, p)
	before, found, err := x.before(ctx, ref)
	switch {
	case err != nil:
		return plan.Verdict{}, err
	case found && (before.item != item.ID || before.placeID != p.ID):
		return no("reference", need.ErrRowReference.With(row.Reference, before.number))
	case found:
		return plan.Verdict{Outcome: plan.Unchanged}, nil
	}
	number, err := x.open(ctx, row, p, item, received, due, ref)
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid { // what the case itself lacks
		return no(f.Where, f)
	}
	x.said[ref] = asked{number, item.ID, p.ID}
	return plan.Verdict{Outcome: plan.Inserted}, err
}

// where is the place of a row, within what the importer may open cases at.
func (x *caseSheet) where(row *exchange.CaseRow) (*territory.Place, string, *fault.Error) {
	if row.PlaceCode == "" {
		p, why := x.g.Find(row.Address, x.within)
		if why != nil {
			return nil, "address", why
		}
		at, _ := x.a.Place(p.ID)
		return at, "", nil
	}
	p, ok := x.a.ByCode(row.PlaceCode)
	if !ok || !x.within(p.Path) {
		return nil, "place_code", need.ErrRowPlace.With(row.PlaceCode)
	}
	return p, "", nil
}

// item finds the item that a row names by its id or its name.
func (x *caseSheet) item(ctx context.Context, p *territory.Place, word string) (need.Item, *fault.Error, error) {
	xs, ok := x.items[p.ID]
	if !ok {
		var err error
		if xs, err = x.s.caseItems(ctx, x.c, x.a, p); err != nil {
			return need.Item{}, nil, err
		}
		x.items[p.ID] = xs
	}
	i := slices.IndexFunc(xs, func(it need.Item) bool {
		return strings.EqualFold(it.ID, word) || it.Title.ZH == word || strings.EqualFold(it.Title.EN, word)
	})
	if i < 0 {
		return need.Item{}, need.ErrItem.With(short(word)), nil
	}
	if it := xs[i]; it.Only != "" || it.ID == need.Objection || it.ID == need.NeighbourReply {
		return it, need.ErrRowOwn.With(it.Title.ZH, it.Title.EN), nil
	} else if it.Response != nil { // a list from paper pages nobody
		return it, need.ErrRowAlarm.With(it.Title.ZH, it.Title.EN), nil
	}
	return xs[i], nil, nil
}

// times reads when a need was received and by when it is to be met; a day alone is its
// beginning as the one and its end as the other.
func (x *caseSheet) times(row *exchange.CaseRow) (received, due time.Time, field string, why *fault.Error) {
	if received = clockOf(row.Received, false); received.After(x.c.now) {
		return received, due, "received", need.ErrRowReceived.With(row.Received)
	}
	if due = clockOf(row.Due, true); !due.IsZero() && !due.After(x.c.now) {
		return received, due, "due", need.ErrRowDue.With(row.Due)
	}
	return received, due, "", nil
}

// clockOf reads a moment that the reader made out; zero for none.
func clockOf(text string, end bool) time.Time {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC()
	}
	if t, err := time.ParseInLocation("2006-01-02 15:04", text, zoneTime); err == nil {
		return t.UTC()
	}
	t, err := time.ParseInLocation(time.DateOnly, text, zoneTime)
	if err != nil {
		return time.Time{}
	}
	if end {
		t = t.AddDate(0, 0, 1)
	}
	return t.UTC()
}

// ref names a row for ever: by the reference it has in its community; without one by
// all that it says and when it was received, or today where that is not written, so that
// a file sent twice opens nothing twice and a need of another day is another.
func (x *caseSheet) ref(row *exchange.CaseRow, p *territory.Place) access.OutsideRef {
	top := p.ID
	if c := x.a.UpTo(p.Path, territory.Community); c != nil {
		top = c.ID
	}
	text := "reference|" + row.Reference
	if row.Reference == "" {
		day := row.Received
		if day == "" {
			day = x.c.now.In(zoneTime).Format(time.DateOnly)
		}
		text = strings.Join([]string{"row", p.ID, row.Item, row.Words, row.Name, row.Phone, day}, "|")
	}
	return access.OutsideRef{KeyID: "import:" + top, Ref: hex.EncodeToString(x.s.Store.CaseRef(top, text))}
}

// before is what a reference became, in a row above or earlier.
func (x *caseSheet) before(ctx context.Context, ref access.OutsideRef) (asked, bool, error) {
	if a, ok := x.said[ref]; ok {
		return a, true, nil
	}
	id, err := x.s.Store.OutsideCase(ctx, ref.KeyID, ref.Ref)
	if err != nil || id == "" {
		return asked{}, false, err
	}
	k, ok, err := x.s.Store.Case(ctx, id)
	return asked{k.Number, k.Item, k.PlaceID}, ok, err
}

// open makes the rows of a case as the desk does. Its time runs from now, since nobody
// here had it before; a sooner deadline of whoever kept the list holds.
func (x *caseSheet) open(ctx context.Context, row *exchange.CaseRow, p *territory.Place, item need.Item, received, due time.Time, ref access.OutsideRef) (string, error) {
	by, now := x.c.viewer.Account(), x.c.now
	k := need.Case{PlaceID: p.ID, Path: p.Path, Origin: "import", OpenedBy: by, Noted: by, Words: row.Words, Contact: strings.TrimSpace(row.Name + " " + row.Phone)}
	if !due.IsZero() {
		k.Due = due
	}
	var changes []journal.Change
	for {
		next, cs, err := x.s.openCase(ctx, now, by, x.a, item, k)
		if err != nil {
			return "", err
		}
		if !x.numbers[next.Number] { // drawn twice in this file, where no case has it yet
			k, changes = next, cs
			break
		}
	}
	x.numbers[k.Number] = true
	for _, ch := range changes {
		switch made := ch.Row.(type) {
		case *need.Case:
			x.out.rows = append(x.out.rows, made)
			continue
		case *need.Step:
			made.Words = cameAs(row.Reference, received)
		case *store.KeptItem:
			if x.kept[made.ID] {
				continue
			}
			x.kept[made.ID] = true
		}
		x.out.more = append(x.out.more, ch)
	}
	ref.CaseID = k.ID
	x.out.more = append(x.out.more, journal.Change{Row: &ref})
	x.out.paths = append(x.out.paths, p.Path)
	return k.Number, nil
}

// cameAs says in the case's way where it was written down before.
func cameAs(reference string, received time.Time) string {
	var parts []string
	if !received.IsZero() {
		parts = append(parts, received.In(zoneTime).Format("2006-01-02 15:04")+" 收到")
	}
	if reference != "" {
		parts = append(parts, "原编号 "+reference)
	}
	return strings.Join(parts, "，")
}
