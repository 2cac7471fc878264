package exchange

import (
	"iter"
	"strings"
)

// SquadRow is one line of a sheet of squads that organisations send. Empty and nil
// mean that the file says nothing about it and nothing may be changed.
type SquadRow struct {
	At
	Number       string // the organisation's own
	Organisation string
	Name         string
	Kind         string // general, order, medical, sampling, logistics, care
	Size         *int
	PlaceCode    string // where the organisation lies or reports
	Contact      string // the post that answers for it, no person
	From         string // civil days
	Until        string
}

// maxSquad is the most people that a line may give one squad.
const maxSquad = 2000

// Squads reads every row: each is either a typed row or a reject.
func (s *Sheet) Squads() iter.Seq2[*SquadRow, *Reject] { return each(s, readSquad) }

func readSquad(r *record, at At) *SquadRow {
	row := &SquadRow{At: at}
	var col int
	row.Number, _, col = r.must("number")
	row.Number = strings.ToUpper(halfWidth(row.Number))
	if idLike(row.Number) {
		r.bad(col, ErrIdentity.With("编号不得使用身份证号", "the squad's number must not be an identity number"))
	}
	row.Organisation, _, _ = r.text("organisation")
	row.Name, _, _ = r.text("name")
	row.Kind = r.one("kind", squadKinds)
	row.Size = r.int("size", 1, maxSquad)
	row.PlaceCode = r.code("place_code")
	row.Contact, _, _ = r.text("contact")
	row.From, row.Until = r.anyDate("from"), r.anyDate("until")
	return row
}

// anyDate reads a civil day that may lie ahead by two years.
func (r *record) anyDate(field string) string {
	s, kind, col := r.text(field)
	if s == "" {
		return ""
	}
	iso, ok := parseDate(s, kind, r.opt.Now.AddDate(2, 0, 0))
	if !ok {
		r.bad(col, ErrDate.With(short(s)))
	}
	return iso
}
