package people

import "time"

// Helper is someone who can fill a post: volunteer, lead, officer, worker. A
// helper on a post is shown by name and work phone; that is no resident's secret.
type Helper struct {
	ID        string
	Number    string // volunteer number, never the identity number
	Name      string
	WorkPhone string
	Birth     int    // year, 0 when unknown
	Gender    string // "m", "f" or empty
	PlaceID   string // where the helper lives or is stationed: door, micro-grid, or community
	Path      string
	Kind      string   // volunteer, police, health, community, gridworker, property, cadre
	Party     bool     // party member
	Standing  bool     // resident representative, known and trusted in the house
	PhoneUser bool     // at ease with a phone
	Skills    []string // catalogue keys: medic, order, counsel, fire, teach, law, arts, sign, english, strength, drive…
	Trained   []string // qualifications: protective-basic, sampling, …
	Hours     int      // hours a day that can be given
	Away      string   // empty when present; "locked-in", "locked-out", "isolated", "left"
	AccountID string   // login, or empty
	Version   int64
	Act       string
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
