package register

import (
	"encoding/json"
	"slices"

	"shouwang/internal/fault"
	"shouwang/internal/plan"
)

// Faults of one line of an imported register; the others are not touched.
var (
	// ErrAmbiguous says that a line may mean more than one person.
	ErrAmbiguous = fault.Define(fault.Invalid, "SW-1210",
		"这一行对应不止一个已登记的人，分不清是谁，此行未写入。请补上身份证号或出生日期后重新导入。",
		"This row fits more than one registered person; it was not written. Add the identity number or the birth date and import again.")
	// ErrNumberTaken says that the number stands at another name and another door.
	ErrNumberTaken = fault.Define(fault.Invalid, "SW-1211",
		"这个身份证号已用在另一户的另一个姓名上，此行未写入。请核对证件号是否抄错行。",
		"This identity number stands at another name and another door; this row was not written. Check whether the number slipped by a line.")
	// ErrOtherNumber says that the same person seems to have another number.
	ErrOtherNumber = fault.Define(fault.Invalid, "SW-1212",
		"同一户已有同名、同生日的人，身份证号却不同，此行未写入。请核对证件号。",
		"Somebody of this name and birth date lives at this door under another identity number; this row was not written. Check the number.")
	// ErrElsewhere is the answer for a person whom the importer may not write.
	ErrElsewhere = fault.Define(fault.Invalid, "SW-1213",
		"这个证件号不能登记在这里，此行未写入。请联系上级核对后再导入。",
		"This identity number cannot be registered here; this row was not written. Ask the level above to check it.")
)

// Facts is what one source says of a person; a blank field says nothing. Its JSON
// is what a source record keeps, sealed.
type Facts struct {
	Door     string `json:"door,omitempty"` // place id
	Name     string `json:"name,omitempty"`
	Gender   string `json:"gender,omitempty"`
	Birth    string `json:"birth,omitempty"`
	IDNumber string `json:"id_number,omitempty"`
	Relation string `json:"relation,omitempty"`
	Phone    string `json:"phone,omitempty"`
	Tenure   string `json:"tenure,omitempty"`
	Origin   string `json:"origin,omitempty"`
	Care     []Care `json:"care,omitempty"`
	Groups   string `json:"groups,omitempty"` // vulnerable groups in the file's own words
	Needs    string `json:"needs,omitempty"`  // needs in the file's own words
	Verified string `json:"verified,omitempty"`
	Note     string `json:"note,omitempty"`
}

// texts are the fields that are one text each.
func (f *Facts) texts() []*string {
	return []*string{&f.Door, &f.Name, &f.Gender, &f.Birth, &f.IDNumber, &f.Relation, &f.Phone, &f.Tenure, &f.Origin, &f.Groups, &f.Needs, &f.Note}
}

// lay puts what next says over f: all of it when newer, else only where f says
// nothing. It tells whether anything changed.
func (f *Facts) lay(next *Facts, newer bool) (changed bool) {
	to := f.texts()
	for i, from := range next.texts() {
		if *from != "" && *from != *to[i] && (newer || *to[i] == "") {
			*to[i], changed = *from, true
		}
	}
	if len(next.Care) > 0 && !slices.Equal(next.Care, f.Care) && (newer || len(f.Care) == 0) {
		f.Care, changed = next.Care, true
	}
	if next.Verified > f.Verified {
		f.Verified, changed = next.Verified, true
	}
	return changed
}

// JSON returns the facts as a source record keeps them, the same bytes for the
// same facts.
func (f *Facts) JSON() []byte {
	b, err := json.Marshal(f)
	if err != nil {
		panic("register: facts: " + err.Error()) // texts only: it cannot fail
	}
	return b
}

// ReadFacts reads the fields of a source record.
func ReadFacts(raw []byte) (Facts, error) {
	var f Facts
	err := json.Unmarshal(raw, &f)
	return f, err
}

// Row is one line of a register whose door was found.
type Row struct {
	Line  int    // in the file's order, from 0
	Path  string // of the door, whose id is in Facts
	Index string // keyed index of the identity number; empty without a number
	Date  string // ISO date the line speaks of; empty when it names none, which is older than any
	Facts
}

// Record is what one file says of one person: its lines put together.
type Record struct {
	Lines []int  // in the file's order
	New   []bool // for each line: whether it said something that the ones before did not
	Path  string
	Index string
	Date  string // the latest of its lines
	Facts
}

// Gather puts the lines about one person together: by identity number, else by
// door, name and birth date. The verdicts are for lines that fit nobody or more
// than one; they belong to no record.
func Gather(rows []Row) ([]*Record, map[int]plan.Verdict) {
	g := gathering{byIndex: make(map[string]*Record, len(rows)), byHome: make(map[[2]string][]*Record, len(rows)), bad: map[int]plan.Verdict{}}
	for i := range rows {
		g.take(&rows[i])
	}
	return g.all, g.bad
}

type gathering struct {
	all     []*Record
	byIndex map[string]*Record
	byHome  map[[2]string][]*Record
	bad     map[int]plan.Verdict
}

func (g *gathering) take(row *Row) {
	rec := g.byIndex[row.Index]
	if row.Index == "" || rec == nil {
		var fit []*Record
		for _, r := range g.byHome[[2]string{row.Door, row.Name}] {
			if sameBirth(r.Birth, row.Birth) && (row.Index == "" || r.Index == "") {
				fit = append(fit, r)
			}
		}
		switch len(fit) {
		case 0:
			rec = nil
		case 1:
			rec = fit[0]
		default:
			g.bad[row.Line] = plan.Reject("name", ErrAmbiguous.With())
			return
		}
	} else if rec.Door != row.Door && rec.Name != row.Name {
		g.bad[row.Line] = plan.Reject("id_number", ErrNumberTaken.With())
		return
	}
	if rec == nil {
		rec = &Record{Lines: []int{row.Line}, New: []bool{true}, Path: row.Path, Index: row.Index, Date: row.Date, Facts: row.Facts}
		g.all = append(g.all, rec)
		g.file(rec)
		return
	}
	newer := row.Date >= rec.Date
	if newer {
		rec.Date = row.Date
		if row.Door != rec.Door {
			rec.Path = row.Path
		}
	}
	if rec.Index == "" && row.Index != "" {
		rec.Index = row.Index
		g.byIndex[row.Index] = rec
	}
	home := [2]string{rec.Door, rec.Name}
	changed := rec.lay(&row.Facts, newer)
	rec.Lines, rec.New = append(rec.Lines, row.Line), append(rec.New, changed)
	if home != [2]string{rec.Door, rec.Name} {
		g.file(rec)
	}
}

func (g *gathering) file(r *Record) {
	if r.Index != "" {
		g.byIndex[r.Index] = r
	}
	home := [2]string{r.Door, r.Name}
	g.byHome[home] = append(g.byHome[home], r)
}

// sameBirth says whether two birth dates may be one; a blank one fits any.
func sameBirth(a, b string) bool { return a == b || a == "" || b == "" }
