package register

import "time"

// Household is a register record living at a door from–to. A family moves, the
// door stays.
type Household struct {
	ID      string
	PlaceID string // door
	Path    string
	Tenure  string // "own", "rent", "other", or empty
	Note    string
	From    time.Time
	Until   time.Time // zero while it lives there
	Version int64
	Act     string
}

// Person is one human as the register now believes, field by field the winner
// among source records (Won names record and date for each). ID number, phone and
// care are sealed by the store under ("register", ID); in memory they are clear.
type Person struct {
	ID          string
	HouseholdID string
	PlaceID     string // door
	Path        string
	Name        string
	Gender      string // "m", "f" or empty
	Birth       string // ISO date or empty
	Relation    string // to the head of the household, as written: 户主, 配偶, 子女…
	Origin      string // place of origin of floating population, as written
	IDNumber    string // class P3, sealed
	Phone       string // class P3, sealed
	Care        []Care // class P4, sealed
	Won         map[string]Won
	Verified    time.Time // last verified at the door, zero when never
	Until       time.Time // moved out or died; zero while present
	Version     int64
	Act         string
}

// Care is one vulnerable-group tag with what it means at the door.
type Care struct {
	Group string `json:"group"` // elderly, child, pregnant, disabled, chronic, alone, unguarded, frontline, mental
	Need  string `json:"need"`  // "knock long", "cannot come down", … a catalogue key, never a diagnosis
}

// Won says which source record gave a field its present value.
type Won struct {
	Source string `json:"source"` // source record id
	Date   string `json:"date"`   // ISO date the source speaks of
}

// Source is one record as received: sealed whole, kept until withdrawn.
type Source struct {
	ID        string
	From      string // file or department, e.g. "长塘社区居民台账.xlsx"
	Key       string // source row key, stable over repeats of the same file
	PersonID  string
	PlaceID   string
	Path      string
	Date      string // ISO date the record speaks of
	Fields    []byte // JSON of field → text as received, sealed under ("register", PersonID)
	Withdrawn time.Time
	At        time.Time
	Version   int64
	Act       string
}
