package dispatch

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/plan"
	"shouwang/internal/round"
)

// State is all that a plan is reckoned from, as the store hands it in. Nothing in
// it is changed.
type State struct {
	Playbook  *mode.Playbook  // the version the incident is pinned to, with what places change
	Before    *mode.Playbook  // the version it leaves, when the plan is to bring it onto another
	Overrides []mode.Override // those that Playbook was made with
	Ground    *mode.Ground    // from the incident's place down, doors included
	Incident  Incident
	Measures  []mode.Measure           // of this incident, ended ones may be left out
	Posts     []people.Post            // every post of this incident; open ones of the everyday system and of other incidents in force
	Rounds    []round.Round            // of this incident
	Targets   []round.Target           // of those rounds
	Helpers   []people.Helper          // who may be asked, sorted or not
	Stays     map[string][]people.Stay // by helper: closed zones they served in lately
	Pins      []Pin                    // choices made by hand on the plan, not applied yet
	Others    *mode.Field              // what other incidents in force hold; nil: nothing
	Seed      uint64                   // decides between equally good people, nothing else
	Seq       int64                    // last journal entry when the state was read
}

// Pin is one choice made by hand: this helper for this slot.
type Pin struct {
	Slot     string    `json:"slot"`
	HelperID string    `json:"helper_id"`
	Reason   string    `json:"reason"`
	Override bool      `json:"override,omitempty"` // whoever may said that the person goes there for all they lack
	By       string    `json:"by"`
	At       time.Time `json:"at"`
}

// Saw names the version of what a plan saw: the journal's end for people to read,
// and the hash of the content that decides whether the plan is out of date.
type Saw struct {
	Seq     int64  `json:"seq"`
	Content string `json:"content"`
}

func (s *State) scope() mode.Scope { return mode.Scope{Incident: s.Incident.ID, Path: s.Incident.Path} }

// asIf is the state with drafts of zones counted as if they were applied.
func (s *State) asIf(now time.Time) *State {
	c := *s
	c.Measures = mode.AsIf(s.Measures, s.Incident.ID, now)
	return &c
}

// open says whether a post is held or waiting to be held at now.
func open(p *people.Post, now time.Time) bool { return p.Until.IsZero() || now.Before(p.Until) }

// saw hashes everything a plan depends on. Outcomes of rounds are left out: a
// sweep that goes on does not outdate a plan.
func (s *State) saw(now time.Time) Saw {
	p := plan.NewPrint().Text(s.Playbook.Hash, s.Playbook.Print, s.Incident.ID, s.Incident.Version, s.Incident.Path).
		Int(s.Incident.Started.UnixMilli(), s.Incident.Ended.UnixMilli(), int64(s.Seed))
	s.Ground.Print(p)
	for i := range s.Measures {
		if m := &s.Measures[i]; m.InForce(now) {
			p.Text("m", m.ID, m.Zone, m.Path, m.Basis).Int(m.Until.UnixMilli())
		}
	}
	if s.Others != nil {
		s.Others.Print(p)
	}
	for i := range s.Posts {
		if o := &s.Posts[i]; open(o, now) {
			pinned := int64(0)
			if o.Pinned {
				pinned = 1
			}
			p.Text("p", o.Key, o.Path, o.HelperID, o.DeputyID).Int(pinned)
		}
	}
	for i := range s.Helpers {
		h := &s.Helpers[i]
		p.Text("h", h.ID, h.Path, h.Kind, h.Away, strings.Join(h.Trained, ","), strings.Join(h.Skills, ",")).
			Int(int64(h.Birth), flags(h.Party, h.Standing, h.PhoneUser), int64(h.Hours), int64(now.Year()))
		if !h.Left.IsZero() || h.Minor(now) || len(h.Sealed.Limits) > 0 || len(h.Passes)+len(h.Cards) > 0 {
			p.Text("g", string(h.Sealed.Limits), strings.Join(h.Cards, ",")).Int(h.Left.UnixMilli(), h.OfAge.UnixMilli(), h.Guarded.UnixMilli())
			for _, x := range h.Passes {
				p.Text("q", x.Qualification).Int(x.From.UnixMilli(), x.Until.UnixMilli(), flags(x.InForce(now)))
			}
		}
	}
	for _, x := range s.Pins {
		p.Text("x", x.Slot, x.HelperID, x.Reason)
		if x.Override {
			p.Text("override")
		}
	}
	return Saw{Seq: s.Seq, Content: p.ID()}
}

func flags(bits ...bool) (n int64) {
	for i, b := range bits {
		if b {
			n |= 1 << i
		}
	}
	return n
}

const crockford = "0123456789abcdefghjkmnpqrstvwxyz"

// stableID is an id of the same shape as journal.NewID, but made from content:
// ten characters of time, sixteen of hash. A plan applied again after a crash
// thus makes the same rows.
func stableID(now time.Time, parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	ms := uint64(now.UnixMilli())
	var out [26]byte
	for i := 9; i >= 0; i-- {
		out[i] = crockford[ms&31]
		ms >>= 5
	}
	for i := 0; i < 16; i++ {
		out[10+i] = crockford[sum[i]&31]
	}
	return string(out[:])
}

// manifest hashes a list of row ids in their order, for the entry of a bulk act.
func manifest(ids func(yield func(string) bool)) string {
	h := sha256.New()
	for id := range ids {
		h.Write([]byte(id))
		h.Write([]byte{'\n'})
	}
	return hex.EncodeToString(h.Sum(nil))
}
