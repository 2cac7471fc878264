package surge

import (
	"time"

	"shouwang/internal/plan"
)

// Row is one line of a sheet of squads whose place was found. Blank and nil fields
// say nothing and change nothing.
type Row struct {
	Number, Organisation, Name, Kind, Contact string
	Size                                      *int
	PlaceID, Path                             string
	From, Until                               time.Time
}

// PlanImport decides a sheet of squads, line by line, over the squads of its numbers
// and where they stand. It writes nothing: rows come back with their verdicts; rows
// with a version are changes. may says whether a place lies within the importer's area.
func PlanImport(rows []Row, have []Squad, stations []Station, may func(path string) bool, newID func() string, now time.Time) ([]Squad, []plan.Verdict) {
	by := map[string]*Squad{}
	for i := range have {
		by[have[i].Number] = &have[i]
	}
	var out []Squad
	verdicts := make([]plan.Verdict, len(rows))
	said := map[string]Row{}
	for i, r := range rows {
		if first, twice := said[r.Number]; twice {
			if verdicts[i] = (plan.Verdict{Outcome: plan.Unchanged}); !alike(first, r) {
				verdicts[i] = plan.Reject("number", ErrTwice.With(r.Number))
			}
			continue
		}
		said[r.Number] = r
		old := by[r.Number]
		x := Squad{Number: r.Number, Kind: General, From: now}
		if old != nil {
			if !may(old.Path) {
				verdicts[i] = plan.Reject("number", ErrSquadPlace.With(r.Number))
				continue
			}
			x = *old
		}
		r.Into(&x)
		stands := false
		if old != nil {
			_, stands = Fewer(old, &x, stations, now)
		}
		switch err := x.Check(); {
		case err != nil:
			verdicts[i] = rejected(err)
		case x.PlaceID == "":
			verdicts[i] = plan.Reject("place_code", ErrBlank.With("驻地编码", "the code of its place"))
		case old == nil:
			x.ID = newID()
			out, verdicts[i] = append(out, x), plan.Verdict{Outcome: plan.Inserted}
		case x == *old:
			verdicts[i] = plan.Verdict{Outcome: plan.Unchanged}
		case stands:
			verdicts[i] = plan.Reject("size", ErrStands.With(r.Number))
		default:
			out, verdicts[i] = append(out, x), plan.Verdict{Outcome: plan.Updated}
		}
	}
	return out, verdicts
}

func alike(a, b Row) bool {
	sizes := a.Size == b.Size || a.Size != nil && b.Size != nil && *a.Size == *b.Size
	a.Size, b.Size = nil, nil
	return sizes && a == b
}

// Into writes over a squad what the line says.
func (r *Row) Into(x *Squad) {
	put := func(to *string, s string) {
		if s != "" {
			*to = s
		}
	}
	put(&x.Organisation, r.Organisation)
	put(&x.Name, r.Name)
	put(&x.Kind, r.Kind)
	put(&x.Contact, r.Contact)
	if r.Size != nil {
		x.Size = *r.Size
	}
	if r.PlaceID != "" {
		x.PlaceID, x.Path = r.PlaceID, r.Path
	}
	if !r.From.IsZero() {
		x.From = r.From
	}
	if !r.Until.IsZero() {
		x.Until = r.Until
	}
}

// Fewer says whether a squad, changed so, could not do what it does where it stands:
// fewer people than stand there, another kind, or a time that is over by then. It
// answers with the path of such a place.
func Fewer(was, is *Squad, stations []Station, now time.Time) (path string, stands bool) {
	out := 0
	for i := range stations {
		if stations[i].SquadID == is.ID && stations[i].InForce(now) {
			out += stations[i].People
			path = stations[i].Path
		}
	}
	return path, out > 0 && (is.Size < out || is.Kind != was.Kind || !is.Free(now))
}
