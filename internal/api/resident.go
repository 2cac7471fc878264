package api

import (
	"context"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/register"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// ErrField says that a field cannot be seen in clear at all.
var ErrField = fault.Define(fault.Invalid, "SW-1201",
	"字段“{0}”不能单独查看原文（可选：phone、id_number、care）。内容没有显示。",
	"The field \"{0}\" cannot be seen in clear (choose phone, id_number or care). Nothing was shown.")

// Resident is a resident as this viewer may see them: masked here, not on the screen.
type Resident struct {
	ID         string            `json:"id"`
	PlaceID    string            `json:"place_id"`
	Door       string            `json:"door"`
	Name       string            `json:"name"`
	Gender     string            `json:"gender"`
	Age        string            `json:"age"`
	Relation   string            `json:"relation"`
	Phone      string            `json:"phone"`
	IDNumber   string            `json:"id_number"`
	Tenure     string            `json:"tenure"`
	Origin     string            `json:"origin"`
	Care       []CareTag         `json:"care" nullable:"false"`
	VerifiedAt string            `json:"verified_at"`
	Sources    []FieldSource     `json:"sources" nullable:"false"`
	Masked     map[string]string `json:"masked" doc:"field → kind of mask"`
	Reveal     []string          `json:"reveal" nullable:"false" doc:"fields that may be seen in clear with a purpose"`
	Version    int64             `json:"version" doc:"grows with each change of the person"`
}

// CareTag is one vulnerable-group tag, as far as the viewer may see it.
type CareTag struct {
	Group string `json:"group"`
	Need  string `json:"need"`
}

// FieldSource says where a field's present value comes from and of which date.
type FieldSource struct {
	Field string `json:"field"`
	From  string `json:"from"`
	Date  string `json:"date"`
}

func (s *Server) register() {
	read(s, Op{ID: "resident-list", Path: "/residents", Action: access.ResidentList, Summary: "Residents of a place, masked for the viewer"}, s.residents)
	type byID struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "resident-read", Path: "/residents/{id}", Action: access.ResidentRead, Summary: "One resident with sources, masked for the viewer"},
		func(ctx context.Context, c *call, in *byID) (Resident, error) {
			a, p, err := s.person(ctx, c, access.ResidentRead, in.ID)
			if err != nil {
				return Resident{}, err
			}
			homes, err := s.tenures(ctx, p.Path, true)
			if err != nil {
				return Resident{}, err
			}
			out, err := s.resident(ctx, c, a, p, homes[p.HouseholdID])
			if err == nil && c.viewer.Mask(p.Path, access.FieldSources, c.emerg, access.MaskContext{}).Kind == access.Full {
				out.Sources, err = s.sources(ctx, p)
			}
			return out, err
		})
	read(s, Op{ID: "resident-reveal", Method: http.MethodPost, Path: "/residents/{id}/reveal", Action: access.ResidentReveal, Summary: "One field in clear, for a purpose; the look is recorded first"}, s.reveal)
	read(s, Op{ID: "resident-looks", Path: "/residents/{id}/looks", Action: access.ResidentLooks, Summary: "Who looked at this resident, when and why"}, s.looks)
	read(s, Op{ID: "place-looks", Path: "/places/{id}/looks", Action: access.ResidentLooks, Summary: "Who looked at the people behind a door, when and why"},
		func(ctx context.Context, c *call, in *byID) (Items[Look], error) {
			out := Items[Look]{Items: []Look{}}
			a, p, err := s.place(ctx, c, access.ResidentLooks, in.ID, "")
			if err != nil {
				return out, err
			}
			var above []string // lists that this door was part of: of its house, micro-grid, grid, community
			for _, q := range a.Up(p.Path) {
				if info, _ := q.Kind.Info(); info.Rank >= 40 && q.ID != p.ID && p.Kind == territory.Door {
					above = append(above, q.Path)
				}
			}
			es, err := s.Store.LooksAt(ctx, p.Path, above, looksRead)
			if err != nil {
				return out, err
			}
			return s.byHour(ctx, a, p, es), nil
		})
}

type residentQuery struct {
	Under  string `query:"under"`
	Q      string `query:"q" maxLength:"40" doc:"Beginning of the name"`
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
}

func (s *Server) residents(ctx context.Context, c *call, in *residentQuery) (Items[Resident], error) {
	out := Items[Resident]{Items: []Resident{}}
	a, ranges, err := s.under(ctx, c, access.ResidentList, in.Under)
	if err != nil {
		return out, err
	}
	if p, ok := a.Place(in.Under); ok && a.House(p.Path) != nil && a.House(p.Path) != p && !s.sees(c, p.Path) {
		return out, access.ErrForbidden.With() // whose role sees the building does not ask door by door
	}
	after, err := cursor(in.Cursor)
	if err != nil {
		return out, err
	}
	if strings.ContainsAny(in.Q, `%_\`) {
		return out, nil // signs that no name has, and that a database would read as patterns
	}
	opened := 0
	for _, r := range ranges {
		n, err := s.Store.CountPersons(ctx, r.Top, in.Q)
		if err != nil {
			return out, err
		}
		out.Total += n
		if left := in.Limit - len(out.Items); left > 0 && after[0] < r.Hi {
			ps, err := s.Store.PersonsUnder(ctx, r.Top, in.Q, after, left, s.clear(c, r.Top))
			if err != nil {
				return out, err
			}
			tenure, err := s.tenures(ctx, r.Top, len(ps) > 0)
			if err != nil {
				return out, err
			}
			for _, p := range ps {
				w, err := s.resident(ctx, c, a, p, tenure[p.HouseholdID])
				if err != nil {
					return out, err
				}
				out.Items = append(out.Items, w)
				opened++
			}
			if len(ps) == left {
				last := ps[len(ps)-1]
				out.Next = encodeCursor(last.Path, last.ID)
			}
		}
	}
	return out, s.looked(ctx, c, "resident.listed", in.Under, ranges, opened)
}

// looked records that sensitive facts of a list were shown, once for the page,
// durably before the answer leaves.
func (s *Server) looked(ctx context.Context, c *call, verb, placeID string, ranges access.Ranges, n int) error {
	if n == 0 || len(ranges) == 0 {
		return nil
	}
	path := ranges[0].Top
	if placeID == "" {
		if a, err := s.ground(ctx); err == nil {
			if up := a.Up(path); len(up) > 0 {
				placeID = up[len(up)-1].ID
			}
		}
	}
	_, err := s.Store.Commit(ctx, nil, nil, journal.Change{Entry: c.entry(verb, "looks", placeID, placeID, path, "audit", map[string]int{"count": n})})
	return err
}

func (s *Server) tenures(ctx context.Context, path string, want bool) (map[string]string, error) {
	out := map[string]string{}
	if !want || strings.Count(path, ".") < 4 { // whole subdistricts are listed without tenure
		return out, nil
	}
	hs, err := s.Store.Households(ctx, path)
	for _, h := range hs {
		out[h.ID] = h.Tenure
	}
	return out, err
}

func cursor(text string) (at [2]string, err error) {
	if text == "" {
		return at, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	path, id, ok := strings.Cut(string(raw), "|")
	if err != nil || !ok || !printable(string(raw)) {
		return at, ErrShape.With("cursor").At("cursor")
	}
	return [2]string{path, id}, nil
}

// clear says which sealed fields must be opened at all for what the viewer will see.
func (s *Server) clear(c *call, path string) store.Clear {
	paths := []string{path}
	for _, g := range c.viewer.Grants() { // what is held below may show more than what is held here
		if territory.Inside(g.Path, path) {
			paths = append(paths, g.Path)
		}
	}
	want := func(f access.Field) bool {
		return slices.ContainsFunc(paths, func(p string) bool {
			k := c.viewer.Mask(p, f, c.emerg, access.MaskContext{}).Kind
			return k != access.Hidden && k != access.Count
		})
	}
	return store.Clear{Number: want(access.FieldIDNumber), Phone: want(access.FieldPhone), Care: want(access.FieldCare)}
}

// person finds a resident the viewer may act on; absent and out of scope answer alike.
func (s *Server) person(ctx context.Context, c *call, action, id string) (*Atlas, register.Person, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, register.Person{}, err
	}
	p, ok, err := s.Store.Person(ctx, id, store.Clear{})
	if err != nil {
		return nil, p, err
	}
	if !ok {
		return nil, p, errNotHere(c)
	}
	if err := access.Hide(s.may(c, action, p.Path)); err != nil {
		return nil, p, err
	}
	if o := s.clear(c, p.Path); o != (store.Clear{}) {
		p, _, err = s.Store.Person(ctx, id, o)
		if err == nil {
			_, err = s.Store.Commit(ctx, nil, nil, journal.Change{Entry: c.entry("resident.read", "looks", p.ID, p.PlaceID, p.Path, "audit", nil)})
		}
	}
	return a, p, err
}

// resident masks a person for the viewer.
func (s *Server) resident(_ context.Context, c *call, a *Atlas, p register.Person, tenure string) (Resident, error) {
	out := Resident{ID: p.ID, PlaceID: p.PlaceID, Care: []CareTag{}, Sources: []FieldSource{}, Reveal: []string{}, Masked: map[string]string{}, VerifiedAt: stamp(p.Verified), Version: p.Version}
	show := func(f access.Field, v string) string {
		cell := c.viewer.Mask(p.Path, f, c.emerg, access.MaskContext{})
		if cell.Reveal {
			out.Reveal = append(out.Reveal, string(f))
		}
		text, masked := access.Apply(cell.Kind, v)
		if masked || cell.Kind != access.Full {
			out.Masked[string(f)] = string(cell.Kind)
		}
		return text
	}
	out.Name = show(access.FieldName, p.Name)
	out.Gender = show(access.FieldGender, p.Gender)
	out.Age = show(access.FieldBirth, age(p.Birth, c.now))
	out.Relation = show(access.FieldRelation, p.Relation)
	out.Phone = show(access.FieldPhone, p.Phone)
	out.IDNumber = show(access.FieldIDNumber, p.IDNumber)
	out.Tenure = show(access.FieldTenure, tenure)
	out.Origin = show(access.FieldOrigin, p.Origin)
	door := a.FullName(p.Path)
	if kind := c.viewer.Mask(p.Path, access.FieldRoom, c.emerg, access.MaskContext{}).Kind; kind != access.Full {
		door, out.PlaceID, out.Masked["room"] = access.Placeholder, "", string(kind)
		if h := a.House(p.Path); h != nil && kind == access.Building {
			door, out.PlaceID = a.FullName(h.Path)+" "+access.Placeholder, h.ID
		}
	}
	out.Door = door
	cell := c.viewer.Mask(p.Path, access.FieldCare, c.emerg, access.MaskContext{})
	if cell.Reveal {
		out.Reveal = append(out.Reveal, string(access.FieldCare))
	}
	if cell.Kind != access.Full {
		out.Masked["care"] = string(cell.Kind)
	}
	for _, t := range p.Care {
		if g, n, ok := access.Care(cell.Kind, t.Group, t.Need); ok {
			out.Care = append(out.Care, CareTag{g, n})
		}
	}
	return out, nil
}

// age returns the age in years at a moment, as text; empty when unknown.
func age(birth string, now time.Time) string {
	b, err := time.Parse("2006-01-02", birth)
	if err != nil {
		return ""
	}
	n := now.Year() - b.Year()
	if now.YearDay() < b.YearDay() {
		n--
	}
	return strconv.Itoa(n)
}

func (s *Server) sources(ctx context.Context, p register.Person) ([]FieldSource, error) {
	list, err := s.Store.SourcesOf(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	from := map[string]string{}
	for _, x := range list {
		from[x.ID] = x.From
	}
	out := []FieldSource{}
	for _, f := range register.Fields {
		if w, ok := p.Won[f]; ok {
			out = append(out, FieldSource{f, from[w.Source], w.Date})
		}
	}
	return out, nil
}

type revealInput struct {
	ID   string `path:"id"`
	Body struct {
		Field   string `json:"field"`
		Purpose string `json:"purpose"`
	}
}

// Revealed is one field in clear and until when it may stay on the screen.
type Revealed struct {
	Field string    `json:"field"`
	Value string    `json:"value"`
	Care  []CareTag `json:"care" nullable:"false"`
	Until string    `json:"until"`
}

func (s *Server) reveal(ctx context.Context, c *call, in *revealInput) (Revealed, error) {
	out := Revealed{Field: in.Body.Field, Care: []CareTag{}}
	f := access.Field(in.Body.Field)
	p, ok, err := s.Store.Person(ctx, in.ID, store.Clear{})
	if err != nil {
		return out, err
	}
	if !ok {
		return out, errNotHere(c)
	}
	if err := access.Hide(s.may(c, access.ResidentRead, p.Path)); err != nil {
		return out, err
	}
	until, err := s.Guard.Reveal(c.viewer, p.Path, f, in.Body.Purpose, c.emerg, access.MaskContext{}, c.now)
	if err != nil {
		return out, err
	}
	open := map[access.Field]store.Clear{access.FieldPhone: {Phone: true}, access.FieldIDNumber: {Number: true}, access.FieldCare: {Care: true}}[f]
	if open == (store.Clear{}) {
		return out, ErrField.With(in.Body.Field)
	}
	e := c.entry("resident.revealed", "looks", p.ID, p.PlaceID, p.Path, "audit", map[string]string{"field": in.Body.Field, "purpose": in.Body.Purpose})
	if _, err := s.Store.Commit(ctx, nil, nil, journal.Change{Entry: e}); err != nil {
		return out, err // not recorded, so not shown
	}
	if p, _, err = s.Store.Person(ctx, in.ID, open); err != nil {
		return out, err
	}
	out.Value, out.Until = p.Phone+p.IDNumber, stamp(until)
	for _, t := range p.Care {
		out.Care = append(out.Care, CareTag{t.Group, t.Need})
	}
	return out, nil
}

// Look is one look at a resident: when, by which role, why and at what. The
// looker's name is not said; an objection reaches whoever may know it.
type Look struct {
	At      string `json:"at"`
	Role    string `json:"role"`
	Purpose string `json:"purpose"`
	Field   string `json:"field"`
	Count   int    `json:"count,omitempty" doc:"how many looks of one person for one purpose within the hour this line stands for"`
	Since   string `json:"since,omitempty" doc:"the first of them; at is the last"`
}

func (s *Server) looks(ctx context.Context, c *call, in *struct {
	ID string `path:"id"`
}) (Items[Look], error) {
	out := Items[Look]{Items: []Look{}}
	p, ok, err := s.Store.Person(ctx, in.ID, store.Clear{})
	if err != nil {
		return out, err
	}
	if !ok {
		return out, errNotHere(c)
	}
	if err := access.Hide(s.may(c, access.ResidentLooks, p.Path)); err != nil {
		return out, err
	}
	var all []journal.Entry
	var open time.Time
	for _, verb := range []string{"resident.revealed", "resident.read"} {
		es, err := s.Store.EntriesOf(ctx, in.ID, verb, looksRead)
		if err != nil {
			return out, err
		}
		if len(es) == looksRead && es[looksRead-1].At.After(open) {
			open = es[looksRead-1].At
		}
		all = append(all, es...)
	}
	slices.SortFunc(all, func(x, y journal.Entry) int { return int(y.Seq - x.Seq) })
	purposes := make([]string, len(all))
	for i, e := range all {
		purposes[i] = payload(e)["purpose"]
	}
	return s.gathered(ctx, all, purposes, open), nil
}

func encodeCursor(path, id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(path + "|" + id))
}
