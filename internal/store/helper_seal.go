package store

import (
	"context"
	"encoding/json"

	"shouwang/internal/people"
)

// PeoplePurpose is the purpose that helpers' private fields are sealed under.
const PeoplePurpose = "people"

// limits is what is sealed together of what somebody cannot bear.
type limits struct {
	IDs  []string `json:"ids,omitempty"`
	Note string   `json:"note,omitempty"`
}

// Sealed fields of a helper, for OpenHelper.
const (
	HelperPhone    = "phone"
	HelperLimits   = "limits"
	HelperGuardian = "guardian"
	HelperMail     = "mail"
)

// SealHelper puts private fields into a helper, sealed under the helper's own key.
// What is empty in p becomes empty.
func (s *Store) SealHelper(ctx context.Context, h *people.Helper, p people.Private) error {
	var out people.Sealed
	put := func(to *[]byte, field string, v any, empty bool) error {
		if empty {
			return nil
		}
		plain, err := json.Marshal(v)
		if err == nil {
			*to, err = s.opt.Sealer.Seal(ctx, PeoplePurpose, h.ID, "helpers|"+field+"|"+h.ID, plain)
		}
		return err
	}
	if err := put(&out.Phone, HelperPhone, p.Phone, p.Phone == ""); err != nil {
		return err
	}
	if p.Phone != "" {
		out.PhoneIndex = s.HelperPhoneIndex(p.Phone)
	}
	if err := put(&out.Limits, HelperLimits, limits{p.Limits, p.Note}, len(p.Limits) == 0 && p.Note == ""); err != nil {
		return err
	}
	if err := put(&out.Guardian, HelperGuardian, p.Guardian, p.Guardian == people.Guardian{}); err != nil {
		return err
	}
	if err := put(&out.Mail, HelperMail, p.Mail, p.Mail == ""); err != nil {
		return err
	}
	h.Sealed = out
	return nil
}

// HelperPhoneIndex is the keyed index by which a helper's own phone is found again.
func (s *Store) HelperPhoneIndex(phone string) []byte {
	return s.opt.Sealer.Index("helpers.phone", phone)
}

// OpenHelper opens the named sealed fields of a helper; the others stay empty. The
// caller has written the look into the journal before it shows what was opened.
func (s *Store) OpenHelper(ctx context.Context, h *people.Helper, fields ...string) (people.Private, error) {
	var p people.Private
	var l limits
	for _, f := range fields {
		var sealed []byte
		var to any
		switch f {
		case HelperPhone:
			sealed, to = h.Sealed.Phone, &p.Phone
		case HelperLimits:
			sealed, to = h.Sealed.Limits, &l
		case HelperGuardian:
			sealed, to = h.Sealed.Guardian, &p.Guardian
		case HelperMail:
			sealed, to = h.Sealed.Mail, &p.Mail
		}
		if len(sealed) == 0 {
			continue
		}
		plain, err := s.opt.Sealer.Open(ctx, PeoplePurpose, h.ID, "helpers|"+f+"|"+h.ID, sealed)
		if err == nil {
			err = json.Unmarshal(plain, to)
		}
		if err != nil {
			return people.Private{}, err
		}
	}
	p.Limits, p.Note = l.IDs, l.Note
	return p, nil
}

// OpenLimits fills in what the helpers cannot bear, for the gate, and returns of how
// many it was opened. The caller keeps one entry about it.
func (s *Store) OpenLimits(ctx context.Context, hs []people.Helper) (opened int, err error) {
	var ids []string
	for i := range hs {
		if len(hs[i].Sealed.Limits) > 0 {
			ids = append(ids, hs[i].ID)
		}
	}
	if len(ids) == 0 {
		return 0, nil
	}
	if err := s.opt.Sealer.Prefetch(ctx, PeoplePurpose, ids); err != nil {
		return 0, err
	}
	for i := range hs {
		if len(hs[i].Sealed.Limits) == 0 {
			continue
		}
		p, err := s.OpenHelper(ctx, &hs[i], HelperLimits)
		if err != nil {
			return opened, err
		}
		hs[i].Limits = p.Limits
		opened++
	}
	return opened, nil
}

// HelpersByPhone returns the helpers with a private phone, by its keyed index.
func (s *Store) HelpersByPhone(ctx context.Context, phone string) ([]people.Helper, error) {
	return s.schooled(ctx, "WHERE phone_index = ?1", "ORDER BY id", s.HelperPhoneIndex(phone))
}

// HelperFields are all sealed fields: whoever seals a helper anew has opened all.
func HelperFields() []string {
	return []string{HelperPhone, HelperLimits, HelperGuardian, HelperMail}
}

// ForgetHelper destroys the key of a helper's private fields; what was sealed under
// it can never be read again, in no backup of the data either.
func (s *Store) ForgetHelper(ctx context.Context, id string) error {
	return s.opt.Sealer.DestroySubject(ctx, PeoplePurpose, id)
}
