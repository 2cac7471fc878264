package journal

import "time"

// Entry is one line of the journal. The header fields are plain and carry no
// personal data: ids, verbs and paths only. Payload is JSON, sealed by the store
// under (Purpose, Subject) when Subject is set; a plain payload (Subject empty)
// must hold no personal data either.
type Entry struct {
	Seq      int64     // position, from 1, without gaps; given by the store
	At       time.Time // UTC, from the world's clock
	Actor    string    // account id; "system" for the worker
	Device   string    // device id of the operation, or empty
	Op       string    // operation id, or empty
	Verb     string    // thing.past-tense, e.g. "incident.declared"
	Thing    string    // table name of what changed, e.g. "incidents"
	ThingID  string    // id of what changed
	PlaceID  string    // place concerned (truth for authorisation)
	Path     string    // path of that place at the time
	Incident string    // incident id, or empty
	Purpose  string    // "register" or "incident:<id>"
	Subject  string    // person id whose key seals the payload, or empty
	Audience string    // label that live asks access about: "public", "work", "register", "sensitive", "audit"
	Act      string    // bulk act this entry belongs to, or empty
	Payload  []byte    // JSON; plain when handed to the store, sealed when Subject is set and it comes back
}

// Change is one row to write, the version it must still have, and its entry.
// Row is a pointer to a room's struct that the store knows. Base 0 means the row
// must not exist yet; Base n means it must be at version n, and is n+1 after.
// Row may be nil for an act that only leaves a line (a look, a login).
type Change struct {
	Row   any
	Base  int64
	Entry Entry
}

// Op identifies one operation of a client, so that a repeat does no harm: same
// id and same Hash give the same receipt, another Hash is a conflict.
type Op struct {
	ID       string // made by the client, unique
	Device   string
	Sequence int64  // per device, from 1; 0 when the client keeps none
	Hash     string // hex SHA-256 of verb and body
}

// Receipt is the durable answer to a commit.
type Receipt struct {
	Op     string `json:"op,omitempty"`
	Seq    int64  `json:"seq"`              // last entry written
	Repeat bool   `json:"repeat,omitempty"` // true when the operation had been done before
	Body   []byte `json:"-"`                // answer stored with the operation
}
