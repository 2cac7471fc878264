package people

import "time"

// Helper is someone who can fill a post: volunteer, lead, officer, worker. A
// helper on a post is shown by name and work phone; that is no resident's secret.
// The private phone, limits and the guardian are sealed and stand in Private.
type Helper struct {
	ID        string
	Number    string // volunteer number, never the identity number
	Name      string
	WorkPhone string
	Birth     int       // year, 0 when unknown
	OfAge     time.Time // the day a minor comes of age; zero when that is not known to the day
	Gender    string    // "m", "f" or empty
	PlaceID   string    // where the helper lives or is stationed: door, micro-grid, or community
	Path      string
	Kind      string    // volunteer, police, health, community, gridworker, property, cadre
	Party     bool      // party member
	Standing  bool      // resident representative, known and trusted in the house
	PhoneUser bool      // at ease with a phone
	Skills    []string  // ids of the catalogue in the everyday playbook
	Trained   []string  // qualifications ever passed: what Passes says, as one list; no row of its own
	Passes    []Pass    // with their ends; the store reads them with the helper
	Cards     []string  // cards read and acknowledged; read with the helper too
	Limits    []string  // what they cannot bear; empty until whoever asks the gate opens it
	Hours     int       // hours a day that can be given
	Away      string    // empty when present; "locked-in", "locked-out", "isolated", "left"
	AccountID string    // login, or empty
	Sealed    Sealed    // what only the store can open
	Guarded   time.Time // when the guardian of a minor consented
	Consent   time.Time // when they consented to what ConsentTo names; zero for an imported roll
	ConsentTo string    // version of the text consented to
	// Organisation is who sent them; PersonID the resident they are, as far as
	// somebody said so; Recruited how they came: notice, import, desk, organisation.
	Organisation, PersonID, Recruited string
	Available                         []Window  // the weekly hours they offered; empty: whenever they are asked
	Joined                            time.Time // zero: always was there
	Left                              time.Time // zero: still is a helper
	LastAsked                         time.Time // last time that somebody asked them to come; nobody is shown it
	Version                           int64
	Act                               string
}

// Sealed is the sealed fields of a helper as they lie in the store. Whoever changes
// a helper hands them on untouched.
type Sealed struct {
	Phone, PhoneIndex, Limits, Guardian, Mail []byte
}

// Window is a stretch of a week in which somebody can help: a day (1 Monday to 7
// Sunday) and minutes of it.
type Window struct {
	Day  int `json:"day"`
	From int `json:"from"`
	To   int `json:"to"`
}

// Private is what is sealed of a helper, in clear.
type Private struct {
	Phone    string   // their own, never shown on a post
	Limits   []string // ids of the catalogue of limits: what they cannot bear
	Note     string   // what else they said about health and household
	Guardian Guardian
	Mail     string // e-mail, for notices; empty: none
}

// Guardian is who answers for a minor.
type Guardian struct {
	Name     string `json:"name,omitempty"`
	Phone    string `json:"phone,omitempty"`
	Relation string `json:"relation,omitempty"`
}

// Address is where a channel reaches the helper, empty where it does not: "sms" the
// phone for work, "app" the account in which they find it when they next look.
func (h *Helper) Address(channel string) string {
	switch channel {
	case "sms":
		return h.WorkPhone
	case "app":
		return h.AccountID
	}
	return ""
}

// Post is a place's need of a role for a time, filled or not. Incident empty
// means the normal system. In force is computed, never stored: a post is in force
// while its incident is and From <= now < Until.
type Post struct {
	ID       string
	Key      string // slot key: incident|item|place|zone|n, unique
	Incident string
	Item     string // playbook item id: lead, emergency, volunteer, police…
	Role     string // role the holder gets at the place (access role), may be empty
	PlaceID  string // micro-grid, building, site…
	Path     string
	Zone     string // part of the place: lockdown, control, precaution or empty
	N        int    // 1-based among the posts of the same item and place
	HelperID string // empty while nobody fills it
	DeputyID string
	Pinned   bool   // chosen by hand; never undone by a plan
	Reason   string // why it is empty, or why this person (a hand-made choice)
	From     time.Time
	Until    time.Time // zero: as long as the incident
	Version  int64
	Act      string
}
