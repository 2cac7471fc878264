package api

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"slices"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// HelperFile is one helper as the desk sees them. What is sealed shows only that it
// is there.
type HelperFile struct {
	Helper
	Gender       string   `json:"gender"`
	Birth        int      `json:"birth,omitempty" doc:"Year"`
	PlaceID      string   `json:"place_id"`
	Organisation string   `json:"organisation"`
	PersonID     string   `json:"person_id,omitempty" doc:"The resident they are, where somebody said so"`
	Recruited    string   `json:"recruited"`
	Joined       string   `json:"joined,omitempty"`
	Left         string   `json:"left,omitempty"`
	Consent      string   `json:"consent,omitempty" doc:"When they consented, and to which version of the text"`
	ConsentTo    string   `json:"consent_to,omitempty"`
	Guarded      string   `json:"guarded,omitempty" doc:"When the guardian of a minor consented"`
	Minor        bool     `json:"minor"`
	Sealed       []string `json:"sealed" nullable:"false" doc:"Which sealed fields there are: phone, limits, guardian, mail"`
	Reveal       bool     `json:"reveal" doc:"The caller may see them with a purpose"`
	MayWrite     bool     `json:"may_write"`
}

// HelperWindow is a stretch of a week in which somebody can help.
type HelperWindow struct {
	Day  int `json:"day" minimum:"1" maximum:"7" doc:"1 Monday to 7 Sunday"`
	From int `json:"from" minimum:"0" maximum:"1440" doc:"Minutes of the day"`
	To   int `json:"to" minimum:"0" maximum:"1440"`
}

// HelperGuardian is who answers for a minor.
type HelperGuardian struct {
	Name     string `json:"name" maxLength:"40"`
	Phone    string `json:"phone" maxLength:"30"`
	Relation string `json:"relation,omitempty" maxLength:"20"`
}

// HelperInput is what is said about a helper; fields left out say nothing.
type HelperInput struct {
	Name             *string         `json:"name,omitempty" maxLength:"80"`
	Gender           *string         `json:"gender,omitempty" enum:",m,f"`
	Birth            *string         `json:"birth,omitempty" maxLength:"20" doc:"1985, 1985-03 or 1985-03-12"`
	WorkPhone        *string         `json:"work_phone,omitempty" maxLength:"30"`
	Kind             *string         `json:"kind,omitempty" maxLength:"20"`
	PlaceID          *string         `json:"place_id,omitempty"`
	PlaceCode        *string         `json:"place_code,omitempty"`
	Party            *bool           `json:"party,omitempty"`
	Standing         *bool           `json:"standing,omitempty"`
	PhoneUser        *bool           `json:"phone_user,omitempty"`
	Skills           *[]string       `json:"skills,omitempty" maxItems:"30"`
	Hours            *int            `json:"hours,omitempty"`
	Available        *[]HelperWindow `json:"available,omitempty" maxItems:"30"`
	Organisation     *string         `json:"organisation,omitempty" maxLength:"100"`
	PersonID         *string         `json:"person_id,omitempty" maxLength:"60"`
	Phone            *string         `json:"phone,omitempty" maxLength:"30" doc:"Their own; sealed"`
	Mail             *string         `json:"mail,omitempty" maxLength:"254" doc:"E-mail for notices; sealed; empty takes it away"`
	Limits           *[]string       `json:"limits,omitempty" maxItems:"20" doc:"What they cannot bear; sealed"`
	Note             *string         `json:"note,omitempty" maxLength:"600" doc:"What else they say about health and household; sealed"`
	Guardian         *HelperGuardian `json:"guardian,omitempty"`
	GuardianConsents *bool           `json:"guardian_consents,omitempty"`
	Consent          *string         `json:"consent,omitempty" maxLength:"20" doc:"Version of the text they consent to"`
	Reason           string          `json:"reason,omitempty" maxLength:"300" doc:"Why the desk changes it; kept"`
	Base             int64           `json:"base_version,omitempty" minimum:"0"`
}

func (in *HelperInput) file() *people.File {
	f := &people.File{Name: in.Name, Gender: in.Gender, Birth: in.Birth, WorkPhone: in.WorkPhone, Kind: in.Kind, Party: in.Party, Standing: in.Standing, PhoneUser: in.PhoneUser,
		Skills: in.Skills, Hours: in.Hours, Organisation: in.Organisation, PersonID: in.PersonID, Phone: in.Phone, Mail: in.Mail, Limits: in.Limits, Note: in.Note,
		GuardianConsents: in.GuardianConsents, Consent: in.Consent}
	if in.Available != nil {
		ws := []people.Window{}
		for _, w := range *in.Available {
			ws = append(ws, people.Window(w))
		}
		f.Available = &ws
	}
	if g := in.Guardian; g != nil {
		f.Guardian = &people.Guardian{Name: g.Name, Phone: g.Phone, Relation: g.Relation}
	}
	return f
}

type helperID struct {
	ID string `path:"id"`
}

type helperMake struct{ Body HelperInput }

type helperChange struct {
	ID   string `path:"id"`
	Body HelperInput
}

func (s *Server) helperFiles() {
	read(s, Op{ID: "helper-read", Path: "/helpers/{id}", Action: access.HelperList, Summary: "One helper's file; what is sealed shows only that it is there"},
		func(ctx context.Context, c *call, in *helperID) (HelperFile, error) {
			h, err := s.helperAt(ctx, c, access.HelperList, in.ID)
			if err != nil {
				return HelperFile{}, err
			}
			return s.helperFile(ctx, c, h)
		})
	write(s, Op{ID: "helper-create", Path: "/helpers", Action: access.HelperWrite, Summary: "Write somebody who wants to help into the roll; the number is made"}, s.makeHelper)
	write(s, Op{ID: "helper-change", Path: "/helpers/{id}", Action: access.HelperWrite, Summary: "Change a helper's file; fields left out stay as they are"}, s.changeHelper)
	read(s, Op{ID: "helper-reveal", Method: "POST", Path: "/helpers/{id}/reveal", Action: access.HelperReveal, Summary: "One sealed field of a helper in clear, for a purpose; the look is recorded first"}, s.revealHelper)
	act(s, Op{ID: "helper-leave", Path: "/helpers/{id}/leave", Action: access.HelperWrite, Summary: "A helper leaves: off every post, what is private destroyed for good"},
		func(ctx context.Context, c *call, in *helperLeave) (HelperLeft, journal.Receipt, error) {
			h, err := s.helperAt(ctx, c, access.HelperWrite, in.ID)
			if err != nil {
				return HelperLeft{}, journal.Receipt{}, err
			}
			return s.leave(ctx, c, h, "desk")
		})
	s.ownFile()
}

// helperAt finds a helper whom the caller may do an action to.
func (s *Server) helperAt(ctx context.Context, c *call, action, id string) (people.Helper, error) {
	h, ok, err := s.Store.Helper(ctx, id)
	if err != nil {
		return h, err
	}
	if !ok {
		return h, errNotHere(c)
	}
	a, err := s.ground(ctx)
	if err != nil {
		return h, err
	}
	if p, ok := a.Place(h.PlaceID); ok {
		h.Path = p.Path
	}
	return h, access.Hide(s.may(c, action, h.Path))
}

func (s *Server) helperFile(ctx context.Context, c *call, h people.Helper) (HelperFile, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return HelperFile{}, err
	}
	posts, err := s.postsHeld(ctx, c, a, []people.Helper{h})
	if err != nil {
		return HelperFile{}, err
	}
	out := HelperFile{Helper: s.helper(c, a, h, posts[h.ID]), Gender: h.Gender, Birth: h.Birth, PlaceID: h.PlaceID, Organisation: h.Organisation, PersonID: h.PersonID,
		Recruited: h.Recruited, ConsentTo: h.ConsentTo, Minor: h.Minor(c.now), Sealed: []string{}}
	out.Joined, out.Left, out.Consent, out.Guarded = stamp(h.Joined), stamp(h.Left), stamp(h.Consent), stamp(h.Guarded)
	for name, b := range map[string][]byte{store.HelperPhone: h.Sealed.Phone, store.HelperLimits: h.Sealed.Limits, store.HelperGuardian: h.Sealed.Guardian, store.HelperMail: h.Sealed.Mail} {
		if len(b) > 0 {
			out.Sealed = append(out.Sealed, name)
		}
	}
	slices.Sort(out.Sealed)
	out.Reveal, out.MayWrite = s.may(c, access.HelperReveal, h.Path) == nil, s.may(c, access.HelperWrite, h.Path) == nil
	return out, nil
}

// catalogue is what the everyday playbook lets a file name.
func (s *Server) catalogue() people.Catalogue {
	if b := s.Playbooks["normal"]; b != nil {
		return people.Catalogue{Skills: b.SkillIDs(), Limits: b.LimitIDs()}
	}
	return people.Catalogue{}
}

func (s *Server) makeHelper(ctx context.Context, c *call, in *helperMake) (HelperFile, []journal.Change, error) {
	var id, code string
	if in.Body.PlaceID != nil {
		id = *in.Body.PlaceID
	}
	if in.Body.PlaceCode != nil {
		code = *in.Body.PlaceCode
	}
	_, p, err := s.place(ctx, c, access.HelperWrite, id, code)
	if err != nil {
		return HelperFile{}, nil, err
	}
	h, err := s.newHelper(ctx, c, in.Body.file(), p, "desk")
	if err != nil {
		return HelperFile{}, nil, err
	}
	out, err := s.helperFile(ctx, c, h)
	out.Version = 1
	e := c.entry("helper.added", "helpers", h.ID, h.PlaceID, h.Path, "work", map[string]string{"by": "desk"})
	return out, []journal.Change{{Row: &h, Entry: e}}, err
}

// newHelper makes a helper out of a file, with a number of their own.
func (s *Server) newHelper(ctx context.Context, c *call, f *people.File, p *territory.Place, how string) (people.Helper, error) {
	h, private := people.Helper{ID: journal.NewID(c.now), Kind: "volunteer", Joined: c.now}, people.Private{}
	f.PlaceID, f.Path, f.Recruited = &p.ID, &p.Path, &how
	if err := f.Lay(&h, &private, s.catalogue(), c.now); err != nil {
		return h, err
	}
	if err := s.isPerson(ctx, c, h.PersonID); err != nil {
		return h, err
	}
	for {
		var b [8]byte
		_, _ = rand.Read(b[:]) // never fails: crypto/rand stops the process instead
		h.Number = people.NewNumber(c.now, binary.BigEndian.Uint64(b[:]))
		if _, taken, err := s.Store.HelperByNumber(ctx, h.Number); err != nil || !taken {
			if err != nil {
				return h, err
			}
			break
		}
	}
	return h, s.Store.SealHelper(ctx, &h, private)
}

// isPerson says whether a resident whom a file names is one the caller may read.
func (s *Server) isPerson(ctx context.Context, c *call, id string) error {
	if id == "" {
		return nil
	}
	p, ok, err := s.Store.Person(ctx, id, store.Clear{})
	if err != nil {
		return err
	}
	if !ok || s.may(c, access.ResidentRead, p.Path) != nil {
		return people.ErrField.With("户籍对应", "没有这个居民，或不在您的管辖范围内", "Resident", "there is nobody of that id within your area")
	}
	return nil
}

func (s *Server) changeHelper(ctx context.Context, c *call, in *helperChange) (HelperFile, []journal.Change, error) {
	h, err := s.helperAt(ctx, c, access.HelperWrite, in.ID)
	if err != nil {
		return HelperFile{}, nil, err
	}
	f := in.Body.file()
	if in.Body.PlaceID != nil || in.Body.PlaceCode != nil {
		var id, code string
		if in.Body.PlaceID != nil {
			id = *in.Body.PlaceID
		}
		if in.Body.PlaceCode != nil {
			code = *in.Body.PlaceCode
		}
		_, p, err := s.place(ctx, c, access.HelperWrite, id, code)
		if err != nil {
			return HelperFile{}, nil, err
		}
		f.PlaceID, f.Path = &p.ID, &p.Path
	}
	return s.relay(ctx, c, h, f, in.Body.Base, "helper.changed", in.Body.Reason)
}

// relay lays a file over a helper and writes who changed it; what is sealed is
// opened only to be laid over, and shown to nobody.
func (s *Server) relay(ctx context.Context, c *call, h people.Helper, f *people.File, base int64, verb, reason string) (HelperFile, []journal.Change, error) {
	private, err := s.Store.OpenHelper(ctx, &h, store.HelperFields()...)
	if err != nil {
		return HelperFile{}, nil, err
	}
	person := h.PersonID
	if err := f.Lay(&h, &private, s.catalogue(), c.now); err != nil {
		return HelperFile{}, nil, err
	}
	if h.PersonID != person {
		if err := s.isPerson(ctx, c, h.PersonID); err != nil {
			return HelperFile{}, nil, err
		}
	}
	if f.Private() {
		if err := s.Store.SealHelper(ctx, &h, private); err != nil {
			return HelperFile{}, nil, err
		}
	}
	if base == 0 {
		base = h.Version
	}
	facts := map[string]string{}
	if reason != "" {
		facts["reason"] = reason
	}
	e := c.entry(verb, "helpers", h.ID, h.PlaceID, h.Path, "work", facts)
	e.Purpose, e.Subject = store.PeoplePurpose, h.ID
	out, err := s.helperFile(ctx, c, h)
	out.Version = base + 1
	return out, []journal.Change{{Row: &h, Base: base, Entry: e}}, err
}
