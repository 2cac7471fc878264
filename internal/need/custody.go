package need

import (
	"time"

	"shouwang/internal/custody"
)

// Custody is who has a case's subject: a patient, a medicine, a key. What stands in it
// beside its beginning is reckoned from its halves and kept so that it can be found.
type Custody struct {
	ID       string
	CaseID   string
	Chain    string // playbook chain
	Book     string
	Subject  string // patient, medicine, dependant, pet, key …: the chain's word
	PlaceID  string
	Path     string
	First    custody.Party
	Opened   time.Time
	Keeper   custody.Party
	Leg      int
	Since    time.Time
	Level    int
	Ended    time.Time
	How      string
	Next     time.Time // when the next alarm is to be raised
	Batch    string    // the transfer that it is part of, or empty
	PersonID string    // the person of a transfer, or empty
	Version  int64
}

// Said is a half as it is kept.
type Said struct {
	custody.Half
	CustodyID string
	Recorded  time.Time
	Proof     string // sealed
	Shown     string // sealed: the digits on the giver's phone
	Named     Named  // sealed: who it is of those without an account
	Version   int64
}

// Reckon brings what is kept of a custody up to its halves.
func (k *Custody) Reckon(c *custody.Chain, said []Said) custody.State {
	s := custody.Reckon(c, k.First, k.Opened, Halves(said))
	k.Keeper, k.Leg, k.Since, k.Level, k.Ended, k.How = s.Keeper, s.Leg, s.Since, s.Level, s.Ended, s.How
	k.Next = time.Time{}
	if next, ok := s.Next(c); ok {
		k.Next = next
	}
	return s
}

// Halves are the words as custody reckons with them.
func Halves(said []Said) []custody.Half {
	hs := make([]custody.Half, len(said))
	for i := range said {
		hs[i] = said[i].Half
	}
	return hs
}
