package exchange

import (
	"iter"
	"regexp"
	"strings"

	"shouwang/internal/address"
	"shouwang/internal/identity"
	"shouwang/internal/register"
)

// ResidentRow is one line of a register of residents. An empty field means that
// the file says nothing about it and nothing may be changed.
type ResidentRow struct {
	At
	Address  address.Address // door as read; always sure
	Name     string
	Gender   string // "m", "f"
	IDNumber string // canonical, or a passport or permit
	Birth    string // ISO date, from the identity number where no column says it
	Relation string
	Phone    string // canonical
	Tenure   string // "own", "rent", "other"
	Origin   string
	Care     []register.Care // group with its need; a need without a group has an empty group
	Groups   []string        // other labels, as written
	Verified string          // ISO date
	Note     string
}

// Residents reads every row: each is either a typed row or a reject.
func (s *Sheet) Residents() iter.Seq2[*ResidentRow, *Reject] { return each(s, readResident) }

func readResident(r *record, at At) *ResidentRow {
	row := &ResidentRow{At: at}
	row.Name = r.name()
	row.Address = r.door()
	row.Gender = r.gender()
	row.Birth = r.date("birth")
	if row.Birth != "" && after(row.Birth, r.opt.Now) {
		_, _, col := r.text("birth")
		r.bad(col, ErrDate.With(row.Birth))
	}
	r.identity(row)
	row.Relation, _, _ = r.text("relation")
	row.Phone = r.phone("phone")
	row.Tenure = r.one("tenure", tenures)
	row.Origin, _, _ = r.text("origin")
	r.care(row)
	row.Verified = r.date("verified")
	row.Note, _, _ = r.text("note")
	return row
}

// identity reads the number and compares it with birth date and gender.
func (r *record) identity(row *ResidentRow) {
	s, _, col := r.text("id_number")
	if s == "" {
		return
	}
	n, err := identity.Check(s, r.opt.World)
	if err != nil {
		if doc, ok := identity.Document(s); ok && r.opt.World == identity.Real {
			row.IDNumber = doc
			return
		}
		p := err.(*identity.Problem)
		r.bad(col, ErrIdentity.With(p.ZH, p.EN))
		return
	}
	row.IDNumber = n.Canonical
	switch {
	case after(n.Birth, r.opt.Now):
		r.bad(col, ErrIdentity.With(identity.ErrBirth.ZH, identity.ErrBirth.EN))
	case row.Birth != "" && row.Birth != n.Birth:
		r.bad(col, ErrContradict.With("出生日期", "The birth date"))
	case row.Gender != "" && row.Gender != n.Gender:
		r.bad(col, ErrContradict.With("性别", "The gender"))
	}
	row.Birth, row.Gender = n.Birth, n.Gender
}

// care joins groups and needs: the first need belongs to the first group, as one
// column stands beside the other; further needs stand alone.
func (r *record) care(row *ResidentRow) {
	keys, other := r.many("groups", groups)
	wants, free := r.many("needs", needs)
	row.Groups = other
	wants = append(wants, free...)
	for i, g := range keys {
		c := register.Care{Group: g}
		if i < len(wants) {
			c.Need = wants[i]
		}
		row.Care = append(row.Care, c)
	}
	for i := len(keys); i < len(wants); i++ {
		row.Care = append(row.Care, register.Care{Need: wants[i]})
	}
}

var (
	plainNumber = regexp.MustCompile(`^([A-Z]{0,2}\d{1,4}[A-Z]?|[A-Z]|[甲乙丙丁东南西北中])$`)
	wholeDoor   = regexp.MustCompile(`\d[-—–－/]\d|幢|栋|号楼|单元`)
)

// door reads the place of living: out of 楼号, 单元, 室 where they are filled, else
// out of one address.
func (r *record) door() address.Address {
	a := address.Address{Confidence: 1}
	b, bCol := r.part1("building")
	u, _ := r.part1("unit")
	m, mCol := r.part1("room")
	estate, _, _ := r.text("estate")
	full, fullKind, fullCol := r.text("address")
	if fullKind == cellDate && b == "" && m == "" {
		r.bad(fullCol, ErrBecameDate.With(r.heading(fullCol), full))
		return a
	}
	col := fullCol
	switch {
	case b == "" && m != "" && wholeDoor.MatchString(m):
		a, col = address.ParseWith(m, r.opt.Aliases), mCol
	case b == "" && full != "":
		a = address.ParseWith(full, r.opt.Aliases)
	case b == "":
		if col = bCol; col < 0 {
			col = max(mCol, fullCol)
		}
		r.bad(col, ErrBlankCell.With(r.heading(col)))
		return a
	default:
		a.Building, a.Unit, a.Room, col = address.Number(b), address.Number(u), address.Number(m), bCol
		if !plainNumber.MatchString(a.Building) {
			if p := address.ParseWith(b, r.opt.Aliases); p.Building != "" && p.Room == "" {
				a.Building, a.Estate = p.Building, p.Estate
				if a.Unit == "" {
					a.Unit = p.Unit
				}
			}
		}
		// "3-501" in the room column beside building 3: unit and room, or the whole door.
		if wholeDoor.MatchString(m) {
			if p := address.ParseWith(b+"-"+m, r.opt.Aliases); p.Building == a.Building && p.Room != "" && (a.Unit == "" || a.Unit == p.Unit) {
				a.Unit, a.Room = p.Unit, p.Room
			} else if p := address.ParseWith(m, r.opt.Aliases); p.Building == a.Building && p.Room != "" {
				a.Unit, a.Room = p.Unit, p.Room
			} else {
				r.bad(mCol, ErrAddress.With("室号与楼号、单元对不上", "the room does not fit building and unit"))
			}
		}
	}
	if a.Room == "" && a.Unit != "" && a.Sure() {
		a.Confidence, a.Hint, a.HintEN = 0.6, "写了单元，没有写室号", "the unit is written, the room is not"
	}
	if estate != "" {
		if to, ok := r.opt.Aliases[estate]; ok {
			estate = to
		}
		a.Estate = estate
	}
	if !a.Sure() {
		r.bad(col, ErrAddress.With(strings.ReplaceAll(a.Hint, "\n", " "), a.HintEN))
	}
	return a
}

// part1 reads one of building, unit and room, which spreadsheets like to turn into
// dates and typists into letters.
func (r *record) part1(field string) (string, int) {
	s, kind, col := r.text(field)
	if kind == cellDate {
		r.bad(col, ErrBecameDate.With(r.heading(col), s))
		return "", col
	}
	if zh, en := address.Mistyped(s); zh != "" {
		r.bad(col, ErrAddress.With(zh, en))
	}
	return s, col
}
