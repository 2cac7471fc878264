package care

import (
	"slices"
	"strings"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/mode"
)

// Faults of care. When one comes up nothing was written.
var (
	// ErrGear says that gear was named or counted wrongly.
	ErrGear = fault.Define(fault.Invalid, "SW-1759",
		"领用不对：“{0}”不在预案的领用物品里，或件数不在 1 到 {1} 之间。没有记下。请从单子里选。",
		"This cannot be handed out: {0} is not among the playbook's gear, or the number is not between 1 and {1}. Nothing was written. Choose from the list.")
	// ErrBack says that gear is not out any more.
	ErrBack = fault.Define(fault.Conflict, "SW-1729",
		"这一件已经还了或销了账，或者用掉就不用还。没有改动。",
		"This was brought back or written off already, or is used up and need not be brought back. Nothing was changed.")
	// ErrCare says that insurance or lodging was written wrongly.
	ErrCare = fault.Define(fault.Invalid, "SW-1778",
		"保险或住宿填得不对：日期要是今天以后的日期，说明最多 {0} 字。没有写入，请改好再提交。",
		"Insurance or lodging cannot be so: dates must be today or later, notes have {0} characters at most. Nothing was written; mend it and send again.")
)

// Most is the most of one kind that is handed out or taken in at once.
const Most = 10000

// Issue is gear handed to a helper, or, without a helper, taken in by the place.
type Issue struct {
	ID, HelperID  string
	PlaceID, Path string
	Kind          string
	Count         int
	Given         time.Time
	By            string
	Back          time.Time // brought back, or written off
	BackBy        string
	Lost          bool
	Why           string
	Version       int64
}

// Want is gear that a duty hands out and its holder does not have.
type Want struct {
	HelperID, Kind string
	Count          int
	From           time.Time // of the first duty that asks for it
	Short          bool      // more is wanted until then than is there
}

// Duty is one time at which somebody stands on a post.
type Duty struct {
	HelperID    string
	Place       string // where they are fed
	From, Until time.Time
	Gear        []mode.GearOf
	Meals       []string
}

// Store is how much of one kind of gear a place has.
type Store struct {
	Known        bool // something was ever taken in
	In, Out, Use int  // there, with helpers, used up or lost
}

// Stock reckons what is there, what is out and what is used up. What was taken in is
// always the sum of the three.
func Stock(kinds []mode.GearKind, all []Issue) map[string]Store {
	used := map[string]bool{}
	for _, k := range kinds {
		used[k.ID] = k.Used
	}
	out := map[string]Store{}
	for _, x := range all {
		s := out[x.Kind]
		switch {
		case x.HelperID == "":
			s.Known, s.In = true, s.In+x.Count
		case x.Lost || used[x.Kind]:
			s.In, s.Use = s.In-x.Count, s.Use+x.Count
		case x.Back.IsZero():
			s.In, s.Out = s.In-x.Count, s.Out+x.Count
		}
		out[x.Kind] = s
	}
	return out
}

// freshly is how long before a duty something used up counts as handed out for it.
const freshly = 12 * time.Hour

// Wants are what the duties hand out beyond what each has, soonest first. What is
// wanted beyond the stock of a place that keeps one is short.
func Wants(kinds []mode.GearKind, duties []Duty, all []Issue) []Want {
	used := map[string]bool{}
	for _, k := range kinds {
		used[k.ID] = k.Used
	}
	list := slices.Clone(duties)
	slices.SortStableFunc(list, func(a, b Duty) int {
		if c := a.From.Compare(b.From); c != 0 {
			return c
		}
		return strings.Compare(a.HelperID, b.HelperID)
	})
	type key struct{ helper, kind string }
	has, asked := map[key]int{}, map[key]int{}
	for _, x := range all {
		if x.HelperID != "" && x.Back.IsZero() && !x.Lost && !used[x.Kind] {
			has[key{x.HelperID, x.Kind}] += x.Count
		}
	}
	stock := Stock(kinds, all)
	var out []Want
	for _, d := range list {
		for _, g := range d.Gear {
			k := key{d.HelperID, g.ID}
			have := has[k] + asked[k]
			if used[g.ID] {
				have = 0
				for _, x := range all {
					if x.HelperID == d.HelperID && x.Kind == g.ID && !x.Given.Before(d.From.Add(-freshly)) && x.Given.Before(d.Until) {
						have += x.Count
					}
				}
			}
			if need := g.N - have; need > 0 {
				asked[k] += need
				s := stock[g.ID]
				s.In -= need
				stock[g.ID] = s
				out = append(out, Want{HelperID: d.HelperID, Kind: g.ID, Count: need, From: d.From, Short: s.Known && s.In < 0})
			}
		}
	}
	return out
}

// Give decides that gear is handed out, or taken in without a helper.
func Give(kinds []mode.GearKind, x Issue) (Issue, error) {
	if x.Count < 1 || x.Count > Most || !slices.ContainsFunc(kinds, func(k mode.GearKind) bool { return k.ID == x.Kind }) {
		return x, ErrGear.With(x.Kind, "10000")
	}
	return x, nil
}

// Return decides that gear was brought back, or, lost, that it will not be.
func Return(kinds []mode.GearKind, x Issue, lost bool, why, by string, now time.Time) (Issue, error) {
	i := slices.IndexFunc(kinds, func(k mode.GearKind) bool { return k.ID == x.Kind })
	if x.HelperID == "" || !x.Back.IsZero() || i >= 0 && kinds[i].Used {
		return x, ErrBack.With()
	}
	if len([]rune(why)) > 200 {
		return x, ErrCare.With("200")
	}
	x.Back, x.BackBy, x.Lost, x.Why = now, by, lost, strings.TrimSpace(why)
	return x, nil
}
