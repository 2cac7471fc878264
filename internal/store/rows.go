package store

import (
	"shouwang/internal/dispatch"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/register"
	"shouwang/internal/round"
	"shouwang/internal/territory"
)

func init() {
	define("places", "id parent_id path kind code name estate number floor tags shape lng lat sort since until version act", 1,
		func(p *territory.Place) []any {
			return []any{&p.ID, &p.ParentID, &p.Path, (*string)(&p.Kind), &p.Code, &p.Name, &p.Estate, &p.Number, &p.Floor, js{&p.Tags},
				&p.Shape, &p.Lng, &p.Lat, &p.Sort, ms{&p.From}, ms{&p.Until}, &p.Version, &p.Act}
		},
		func(p *territory.Place) *int64 { return &p.Version }, func(p *territory.Place) *string { return &p.Act })

	define("households", "id place_id path tenure note since until version act", 1,
		func(h *register.Household) []any {
			return []any{&h.ID, &h.PlaceID, &h.Path, &h.Tenure, &h.Note, ms{&h.From}, ms{&h.Until}, &h.Version, &h.Act}
		},
		func(h *register.Household) *int64 { return &h.Version }, func(h *register.Household) *string { return &h.Act })

	define("helpers", "id number name work_phone birth gender place_id path kind party standing phone_user skills hours away account_id "+
		"phone_seal phone_index limits_seal guardian_seal mail_seal of_age guarded consent consent_to organisation person_id joined departed recruited available last_asked version act", 1,
		func(h *people.Helper) []any {
			return []any{&h.ID, &h.Number, &h.Name, &h.WorkPhone, &h.Birth, &h.Gender, &h.PlaceID, &h.Path, &h.Kind, &h.Party, &h.Standing, &h.PhoneUser,
				js{&h.Skills}, &h.Hours, &h.Away, &h.AccountID,
				&h.Sealed.Phone, &h.Sealed.PhoneIndex, &h.Sealed.Limits, &h.Sealed.Guardian, &h.Sealed.Mail, ms{&h.OfAge}, ms{&h.Guarded}, ms{&h.Consent}, &h.ConsentTo,
				&h.Organisation, &h.PersonID, ms{&h.Joined}, ms{&h.Left}, &h.Recruited, js{&h.Available}, ms{&h.LastAsked}, &h.Version, &h.Act}
		},
		func(h *people.Helper) *int64 { return &h.Version }, func(h *people.Helper) *string { return &h.Act })

	define("arrivals", "post_id incident helper place_id path at gone version", 1,
		func(a *people.Arrival) []any {
			return []any{&a.PostID, &a.Incident, &a.HelperID, &a.PlaceID, &a.Path, ms{&a.At}, ms{&a.Gone}, &a.Version}
		}, func(a *people.Arrival) *int64 { return &a.Version }, nil)
	define("posts", "id slot incident item role place_id path zone n helper deputy pinned reason since until version act", 1,
		func(p *people.Post) []any {
			return []any{&p.ID, &p.Key, &p.Incident, &p.Item, &p.Role, &p.PlaceID, &p.Path, &p.Zone, &p.N, &p.HelperID, &p.DeputyID, &p.Pinned, &p.Reason,
				ms{&p.From}, ms{&p.Until}, &p.Version, &p.Act}
		},
		func(p *people.Post) *int64 { return &p.Version }, func(p *people.Post) *string { return &p.Act })

	define("rounds", "id slot incident item place_id path title_zh title_en per performer outcomes opened due closed total dues book version act", 1,
		func(r *round.Round) []any {
			return []any{&r.ID, &r.Key, &r.Incident, &r.Item, &r.PlaceID, &r.Path, &r.TitleZH, &r.TitleEN, &r.Per, &r.By, js{&r.Outcomes},
				ms{&r.Opened}, ms{&r.Due}, ms{&r.Closed}, &r.Total, js{&r.Dues}, &r.Book, &r.Version, &r.Act}
		},
		func(r *round.Round) *int64 { return &r.Version }, func(r *round.Round) *string { return &r.Act })

	define("measures", "id incident zone place_id path basis author since until lifted lifted_by version act", 1,
		func(m *mode.Measure) []any {
			return []any{&m.ID, &m.Incident, &m.Zone, &m.PlaceID, &m.Path, &m.Basis, &m.Author, ms{&m.From}, ms{&m.Until}, ms{&m.Lifted}, &m.LiftedBy, &m.Version, &m.Act}
		},
		func(m *mode.Measure) *int64 { return &m.Version }, func(m *mode.Measure) *string { return &m.Act })

	define("incidents", "id title playbook hash place_id path author declared started start_by ended end_by keep stated version act", 1,
		func(i *dispatch.Incident) []any {
			return []any{&i.ID, &i.Title, &i.Playbook, &i.Version, &i.PlaceID, &i.Path, &i.Author, ms{&i.Declared}, ms{&i.Started}, &i.StartBy, ms{&i.Ended}, &i.EndBy,
				span{&i.Keep}, js{&i.Stated}, &i.Rev, &i.Act}
		},
		func(i *dispatch.Incident) *int64 { return &i.Rev }, nil)
}
