package people

import (
	"slices"
	"strings"
	"time"

	"shouwang/internal/fault"
)

// onPaper is the consent that a roll reports: signed by hand, kept by the importer.
const onPaper = "paper"

// lay puts a later line's form over f and tells whether it says something else.
func (f *Form) lay(next *Form) (changed bool) {
	for _, x := range []struct{ to, v *string }{{&f.Born, &next.Born}, {&f.Phone, &next.Phone}, {&f.Mail, &next.Mail}, {&f.Note, &next.Note}, {&f.Organisation, &next.Organisation},
		{&f.Guardian.Name, &next.Guardian.Name}, {&f.Guardian.Phone, &next.Guardian.Phone}} {
		if *x.v != "" && *x.to != *x.v {
			*x.to, changed = *x.v, true
		}
	}
	for _, x := range []struct{ to, v **bool }{{&f.GuardianYes, &next.GuardianYes}, {&f.Consent, &next.Consent}} {
		if *x.v != nil && (*x.to == nil || **x.to != **x.v) {
			*x.to, changed = *x.v, true
		}
	}
	if len(next.Limits) > 0 && !slices.Equal(f.Limits, next.Limits) {
		f.Limits, changed = next.Limits, true
	}
	if len(next.Available) > 0 && !slices.Equal(f.Available, next.Available) {
		f.Available, changed = next.Available, true
	}
	return changed
}

// own is the helper whose private phone a line names, -1 for nobody's.
func (m *importing) own(r *Row) int {
	if r.SignUp.Phone == "" || m.b.PhoneIndex == nil {
		return -1
	}
	if i, ok := m.byOwn[m.b.PhoneIndex(r.SignUp.Phone)]; ok {
		return i
	}
	return -1
}

// known notes by what later lines find a helper.
func (m *importing) known(h Helper, r *Row, i int) {
	m.byNumber[h.Number] = i
	if r.SignUp.Phone != "" && m.b.PhoneIndex != nil {
		m.byOwn[m.b.PhoneIndex(r.SignUp.Phone)] = i
	}
}

// signUp lays what a sign-up asks over a helper, at their place among the helpers or -1
// for somebody new. private is what is to be sealed anew,
// nil when nothing of it changed; a row that cannot be so has its column and reason.
func (m *importing) signUp(h *Helper, r *Row, at int, changed *bool) (private *Private, column string, why *fault.Error) {
	f, fresh := &r.SignUp, at < 0
	if f.Organisation != "" && h.Organisation != f.Organisation {
		h.Organisation, *changed = f.Organisation, true
	}
	if len(f.Available) > 0 && !slices.Equal(h.Available, f.Available) {
		h.Available, *changed = f.Available, true
	}
	if f.Consent != nil && *f.Consent && h.Consent.IsZero() {
		h.Consent, h.ConsentTo, *changed = m.b.Now, onPaper, true
	}
	if f.GuardianYes != nil && *f.GuardianYes == h.Guarded.IsZero() {
		if h.Guarded, *changed = m.b.Now, true; !*f.GuardianYes {
			h.Guarded = time.Time{}
		}
	}
	m.comesOfAge(h, f, changed)
	private, column, why = m.sealed(h, r, at)
	if private != nil {
		*changed = true
	}
	if why != nil {
		return nil, column, why
	}
	if h.Minor(m.b.Now) && (fresh || f.GuardianYes != nil) && (h.Guarded.IsZero() || fresh && (f.Guardian.Name == "" || f.Guardian.Phone == "")) {
		return nil, "guardian", ErrNoGuardian.With()
	}
	return private, "", nil
}

// comesOfAge notes the day on which a minor comes of age; a year alone never puts a day
// that is known aside.
func (m *importing) comesOfAge(h *Helper, f *Form, changed *bool) {
	year, ofAge, err := ReadBirth(f.Born, m.b.Now)
	if err != nil || ofAge.IsZero() || len(f.Born) == 4 && !h.OfAge.IsZero() && h.OfAge.Year()-Adult == year {
		return
	}
	if !h.OfAge.Equal(ofAge) {
		h.OfAge, *changed = ofAge, true
	}
}

// sealed lays what is sealed of a helper, and says what is to be sealed anew.
func (m *importing) sealed(h *Helper, r *Row, at int) (private *Private, column string, why *fault.Error) {
	f := &r.SignUp
	if !f.private() {
		return nil, "", nil
	}
	if i := m.own(r); i >= 0 && m.helpers[i].ID != h.ID {
		return nil, "own_phone", ErrPhoneOther.With()
	}
	address, ok := MailAddress(f.Mail)
	if !ok {
		return nil, "mail", ErrField.With("邮箱", "请写成 name@example.cn", "E-mail", "name@example.cn is wanted")
	}
	if len([]rune(f.Note)) > 300 {
		return nil, "limit_note", ErrField.With("不便说明", "不超过 300 字", "Note", "300 characters at most")
	}
	had := Private{}
	if at >= 0 && m.helpers[at].private != nil {
		had = *m.helpers[at].private
	} else if at >= 0 && m.b.Open != nil {
		var err error
		if had, err = m.b.Open(h); err != nil {
			m.err = err
			return nil, "", nil
		}
	}
	next := had
	for _, x := range []struct {
		to *string
		v  string
	}{{&next.Phone, f.Phone}, {&next.Mail, address}, {&next.Note, strings.TrimSpace(f.Note)}, {&next.Guardian.Name, f.Guardian.Name}, {&next.Guardian.Phone, f.Guardian.Phone}} {
		if x.v != "" {
			*x.to = x.v
		}
	}
	if len(f.Limits) > 0 {
		next.Limits = f.Limits
	}
	if next.Phone == had.Phone && next.Mail == had.Mail && next.Note == had.Note && next.Guardian == had.Guardian && slices.Equal(next.Limits, had.Limits) {
		return nil, "", nil
	}
	return &next, "", nil
}

// pass adds the qualifications that a line names and the helper never had, or whose end
// it puts off. What a trainer took back no roll brings back.
func (m *importing) pass(h *Helper, r *Row) (out []Pass) {
	for _, q := range r.Passed {
		ever, longer, back := slices.Contains(h.Trained, q.Qualification), true, false
		for i := range h.Passes {
			p := &h.Passes[i]
			if p.Qualification != q.Qualification {
				continue
			}
			ever = true
			back = back || !p.Revoked.IsZero()
			longer = longer && !p.Until.IsZero() && p.Until.Before(q.Until)
		}
		if ever && (back || q.Until.IsZero() || !longer) || ever && len(h.Passes) == 0 {
			continue
		}
		p := Pass{ID: m.b.NewID(), HelperID: h.ID, Qualification: q.Qualification, From: m.b.Now, Until: q.Until, Given: m.b.Now}
		if !q.Until.IsZero() && !m.b.Now.Before(q.Until) { // held once, by now no longer
			p.From = q.Until.AddDate(-1, 0, 0)
		}
		h.Passes = append(slices.Clip(h.Passes), p)
		if !slices.Contains(h.Trained, q.Qualification) {
			h.Trained = append(slices.Clip(h.Trained), q.Qualification)
		}
		out = append(out, p)
	}
	return out
}
