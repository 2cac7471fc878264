package surge

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// The kinds of squads and of what a place needs. A squad of a special kind may do
// what is general; nobody may do what is special to another kind.
const (
	General   = "general"
	Order     = "order"
	Medical   = "medical"
	Sampling  = "sampling"
	Logistics = "logistics"
	Care      = "care"
	Own       = "own" // only the place's own people can fill it; no squad is of this kind
)

// Kinds are the kinds of squads, in the order in which screens show them.
var Kinds = []string{General, Order, Medical, Sampling, Logistics, Care}

// MostPeople is how many one squad may have at most.
const MostPeople = 2000

// Squad is a unit that an organisation sends: so many people of one kind who belong
// together, from a place, for a time. Its people have no rows here: who of them
// stands on a post is a helper of the roll whom Organisation sent.
type Squad struct {
	ID           string
	Number       string // the organisation's own, unique
	Organisation string
	Name         string
	Kind         string
	Size         int
	PlaceID      string // where the organisation lies or reports
	Path         string
	Contact      string    // the post that answers for it, no person's name
	From         time.Time // may be called on from
	Until        time.Time // and until; zero: as long as it is needed
	Version      int64
	Act          string
}

// Free says whether the squad may be called on at a time.
func (s *Squad) Free(now time.Time) bool {
	return !now.Before(s.From) && (s.Until.IsZero() || now.Before(s.Until))
}

// Station is a squad, or a part of it, at a place: so many people for one kind of
// what the place needs. In force is computed: From <= now < Until.
type Station struct {
	ID      string
	SquadID string
	PlanID  string // plan that sent it
	PlaceID string // community
	Path    string
	Kind    string // kind of need it serves
	People  int
	From    time.Time
	Until   time.Time // zero: until it is released
	Why     Why
	Pinned  bool   // decided by hand: no plan moves it
	Release string // account that released it, empty otherwise
	Hours   int    // hours of all its people together, as counted at the release
	Thanks  string // what the organisation is told at the release
	Version int64
	Act     string
}

// InForce says whether the station stands at a time.
func (x *Station) InForce(now time.Time) bool {
	return !now.Before(x.From) && (x.Until.IsZero() || now.Before(x.Until))
}

// Why says what speaks for sending a squad to a place.
type Why struct {
	Metres  int  `json:"metres"`            // from the organisation's place, -1 when not known
	OwnHome bool `json:"own_home"`          // the organisation lies in that community
	Same    bool `json:"same"`              // the squad's kind is what is needed
	Stays   bool `json:"stays"`             // it stands there already
	Whole   bool `json:"whole"`             // all of the squad goes there
	Pinned  bool `json:"pinned"`            // decided by hand
	Moves   bool `json:"moves"`             // it stands elsewhere until then and hands over
	Behind  int  `json:"behind,omitempty"`  // people of the squad who are not called on
	Nearest bool `json:"nearest,omitempty"` // no community that needs somebody is nearer
}

// Check refuses a squad that cannot be: no name, no kind, -1 people, an end before
// its start.
func (s *Squad) Check() error {
	s.Number, s.Name, s.Organisation, s.Contact = strings.TrimSpace(s.Number), strings.TrimSpace(s.Name), strings.TrimSpace(s.Organisation), strings.TrimSpace(s.Contact)
	switch {
	case s.Number == "" || utf8.RuneCountInString(s.Number) > 60:
		return ErrBlank.With("编号", "its number").At("number")
	case s.Organisation == "" || utf8.RuneCountInString(s.Organisation) > 120:
		return ErrBlank.With("派出单位", "the organisation").At("organisation")
	case s.Name == "" || utf8.RuneCountInString(s.Name) > 120:
		return ErrBlank.With("队名", "its name").At("name")
	case s.Contact == "" || utf8.RuneCountInString(s.Contact) > 120:
		return ErrBlank.With("联络岗位", "the contact post").At("contact")
	case !slices.Contains(Kinds, s.Kind):
		return ErrKind.With(s.Kind, strings.Join(Kinds, " ")).At("kind")
	case s.Size < 1 || s.Size > MostPeople:
		return ErrSize.With(s.Size, MostPeople).At("size")
	case !s.Until.IsZero() && !s.Until.After(s.From):
		return ErrTimes.With().At("until")
	}
	return nil
}
