package api

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/people/service"
	"shouwang/internal/territory"
)

// Stretch is one time that a helper served.
type Stretch struct {
	ID            string `json:"id"`
	Title         Words  `json:"title"`
	PlaceName     string `json:"place_name"`
	Source        string `json:"source" enum:"post,shift,desk,open"`
	From          string `json:"from"`
	Until         string `json:"until"`
	Minutes       int    `json:"minutes"`
	Counts        bool   `json:"counts" doc:"false: struck out, or longer than counts by itself and not yet checked"`
	Struck        bool   `json:"struck"`
	WasFrom       string `json:"was_from,omitempty"`
	WasUntil      string `json:"was_until,omitempty"`
	Reason        string `json:"reason,omitempty"`
	Objection     string `json:"objection,omitempty"`
	Twice         bool   `json:"twice" doc:"another stretch covers part of it; that part counts once"`
	ProposedFrom  string `json:"proposed_from,omitempty" doc:"what a captain says it was; whoever keeps the roll decides"`
	ProposedUntil string `json:"proposed_until,omitempty"`
	ProposedWhy   string `json:"proposed_why,omitempty"`
	Version       int64  `json:"version"`
}

// ServiceRecord is what one helper gave.
type ServiceRecord struct {
	Items        []Stretch     `json:"items" nullable:"false"`
	Minutes      int           `json:"minutes" doc:"What counts, overlaps once; the way there is not in it"`
	Waiting      int           `json:"waiting" doc:"Stretches that wait for a check"`
	Rest         []string      `json:"rest" nullable:"false" doc:"Why they need rest: hours, nights, days"`
	Certificates []Certificate `json:"certificates" nullable:"false"`
	MayWrite     bool          `json:"may_write"`
}

// Certificate is a certificate of service as it stands on paper.
type Certificate struct {
	ID        string            `json:"id"`
	Number    string            `json:"number"`
	Name      string            `json:"name"`
	Roll      string            `json:"roll"`
	Place     string            `json:"place"`
	From      string            `json:"from"`
	Until     string            `json:"until"`
	Minutes   int               `json:"minutes"`
	Lines     []CertificateLine `json:"lines" nullable:"false"`
	Issuer    string            `json:"issuer"`
	Contact   string            `json:"contact"`
	Made      string            `json:"made"`
	Withdrawn string            `json:"withdrawn,omitempty"`
	Why       string            `json:"why,omitempty"`
	Path      string            `json:"path" doc:"Address at which anybody can verify the paper"`
}

// CertificateLine is what one kind of post adds.
type CertificateLine struct {
	Title   Words `json:"title"`
	Times   int   `json:"times"`
	Minutes int   `json:"minutes"`
}

type serviceNote struct {
	ID   string `path:"id"`
	Body struct {
		Title  Words  `json:"title"`
		From   string `json:"from" maxLength:"40"`
		Until  string `json:"until" maxLength:"40"`
		Reason string `json:"reason" maxLength:"800"`
	}
}

type serviceMend struct {
	ID   string `path:"id"`
	Body struct {
		From   string `json:"from,omitempty" maxLength:"40"`
		Until  string `json:"until,omitempty" maxLength:"40"`
		Strike bool   `json:"strike,omitempty"`
		Reason string `json:"reason" maxLength:"800"`
	}
}

type serviceObject struct {
	ID   string `path:"id"`
	Body struct {
		Text string `json:"text" maxLength:"800"`
	}
}

type certify struct {
	ID   string `path:"id"`
	Body struct {
		From  string `json:"from" maxLength:"40"`
		Until string `json:"until" maxLength:"40"`
	}
}

type certificateWithdraw struct {
	ID   string `path:"id"`
	Body struct {
		Reason string `json:"reason" maxLength:"800"`
	}
}

func (s *Server) services() {
	read(s, Op{ID: "service-list", Path: "/helpers/{id}/services", Action: access.HelperList, Summary: "The hours a helper served, whether they need rest, and their certificates"},
		func(ctx context.Context, c *call, in *helperID) (ServiceRecord, error) {
			h, err := s.helperAt(ctx, c, access.HelperList, in.ID)
			if err != nil {
				return ServiceRecord{}, err
			}
			return s.served(ctx, c, h)
		})
	read(s, Op{ID: "own-services", Path: "/me/services", Action: access.MeRead, Summary: "My own hours of service and certificates"},
		func(ctx context.Context, c *call, _ *struct{}) (ServiceRecord, error) {
			h, err := s.self(ctx, c)
			if err != nil {
				return ServiceRecord{}, err
			}
			return s.served(ctx, c, h)
		})
	write(s, Op{ID: "service-note", Path: "/helpers/{id}/services", Action: access.HelperWrite, Summary: "Write down a time that a helper served, with a reason they read"}, s.noteService)
	write(s, Op{ID: "service-correct", Path: "/services/{id}/correct", Action: access.HelperWrite, Summary: "Put a stretch of service right, or strike it out, with a reason; what stood first stays to be read"},
		func(ctx context.Context, c *call, in *serviceMend) (Stretch, []journal.Change, error) {
			x, h, err := s.stretch(ctx, c, in.ID)
			if err != nil {
				return Stretch{}, nil, err
			}
			next, err := service.Correct(x, moment(in.Body.From), moment(in.Body.Until), in.Body.Strike, c.viewer.Account(), in.Body.Reason, c.now)
			if err != nil {
				return Stretch{}, nil, err
			}
			return s.mended(ctx, c, h, next, x.Version, "service.corrected")
		})
	write(s, Op{ID: "own-object", Path: "/me/services/{id}/object", Action: access.MeRead, Summary: "Say that one of my stretches is not right; whoever keeps the roll reads it"},
		func(ctx context.Context, c *call, in *serviceObject) (Stretch, []journal.Change, error) {
			h, err := s.self(ctx, c)
			if err != nil {
				return Stretch{}, nil, err
			}
			x, ok, err := s.stretchByID(ctx, c, in.ID)
			if err != nil || !ok || x.HelperID != h.ID {
				return Stretch{}, nil, orNotHere(c, err)
			}
			next, err := service.Object(x, in.Body.Text, c.now)
			if err != nil {
				return Stretch{}, nil, err
			}
			return s.mended(ctx, c, h, next, x.Version, "service.objected")
		})
	write(s, Op{ID: "certificate-issue", Path: "/helpers/{id}/certificates", Action: access.HelperWrite, Summary: "Make a certificate over the hours a helper served between two times"}, s.certify)
	read(s, Op{ID: "certificate-read", Path: "/certificates/{id}", Action: access.HelperList, Summary: "One certificate of service: the helper's own, or one at your places"},
		func(ctx context.Context, c *call, in *helperID) (Certificate, error) {
			x, err := s.certificate(ctx, c, access.HelperList, in.ID, true)
			if err != nil {
				return Certificate{}, err
			}
			return s.certificateWire(x), nil
		})
	write(s, Op{ID: "certificate-withdraw", Path: "/certificates/{id}/withdraw", Action: access.HelperWrite, Summary: "Withdraw a certificate, with a reason; its address says so from then on"},
		func(ctx context.Context, c *call, in *certificateWithdraw) (Certificate, []journal.Change, error) {
			x, err := s.certificate(ctx, c, access.HelperWrite, in.ID, false)
			if err != nil {
				return Certificate{}, nil, err
			}
			next, err := service.Withdraw(x, in.Body.Reason, c.now)
			if err != nil {
				return Certificate{}, nil, err
			}
			return s.certificateWire(next), []journal.Change{{Row: &next, Base: x.Version, Entry: s.helped(c, "certificate.withdrawn", "certificates", next.ID, next.PlaceID, next.Path)}}, nil
		})
}

func orNotHere(c *call, err error) error {
	if err != nil {
		return err
	}
	return errNotHere(c)
}

// moment reads a time of the wire; the zero time for what is none.
func moment(s string) time.Time {
	t, _ := time.Parse(time.RFC3339, s)
	return t.UTC().Truncate(time.Minute)
}

// helped is an entry about a helper's record; it says that, never what.
func (s *Server) helped(c *call, verb, thing, id, place, path string) journal.Entry {
	e := c.entry(verb, thing, id, place, path, "audit", nil)
	e.Purpose = "people"
	return e
}

// stretch finds one that the caller may put right.
func (s *Server) stretch(ctx context.Context, c *call, id string) (service.Stretch, people.Helper, error) {
	x, ok, err := s.stretchByID(ctx, c, id)
	if err != nil || !ok {
		return x, people.Helper{}, orNotHere(c, err)
	}
	h, err := s.helperAt(ctx, c, access.HelperWrite, x.HelperID)
	return x, h, err
}

func (s *Server) mended(ctx context.Context, c *call, h people.Helper, x service.Stretch, base int64, verb string) (Stretch, []journal.Change, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return Stretch{}, nil, err
	}
	row := x
	return stretchWire(a, x), []journal.Change{{Row: &row, Base: base, Entry: s.helped(c, verb, "services", x.ID, h.PlaceID, h.Path)}}, nil
}

func (s *Server) noteService(ctx context.Context, c *call, in *serviceNote) (Stretch, []journal.Change, error) {
	h, err := s.helperAt(ctx, c, access.HelperWrite, in.ID)
	if err != nil {
		return Stretch{}, nil, err
	}
	title := mode.Text(in.Body.Title)
	if title.ZH == "" || len([]rune(title.ZH)) > 40 || len([]rune(title.EN)) > 80 {
		return Stretch{}, nil, service.ErrReason.With().At("title")
	}
	x, err := service.Note(service.Stretch{ID: journal.NewID(c.now), HelperID: h.ID, PlaceID: h.PlaceID, Path: h.Path, Title: title, From: moment(in.Body.From), Until: moment(in.Body.Until)}, c.viewer.Account(), in.Body.Reason, c.now)
	if err != nil {
		return Stretch{}, nil, err
	}
	return s.mended(ctx, c, h, x, 0, "service.noted")
}

func stretchWire(a *Atlas, x service.Stretch) Stretch {
	w := Stretch{ID: x.ID, Title: words(x.Title), Source: x.Source, From: stamp(x.From), Until: stamp(x.Until), Minutes: int(x.Until.Sub(x.From) / time.Minute),
		Counts: x.Counts(), Struck: x.Struck, WasFrom: stamp(x.WasFrom), WasUntil: stamp(x.WasUntil), Reason: x.Reason, Objection: x.Objection, ProposedFrom: stamp(x.Proposal.From), ProposedUntil: stamp(x.Proposal.Until), ProposedWhy: x.Proposal.Why, Version: x.Version}
	if up := a.UpTo(x.Path, territory.Microgrid); up != nil { // where a helper lives is said down to the micro-grid only
		w.PlaceName = a.FullName(up.Path)
	} else if up := a.UpTo(x.Path, territory.Community); up != nil {
		w.PlaceName = a.FullName(up.Path)
	}
	return w
}

func (s *Server) served(ctx context.Context, c *call, h people.Helper) (ServiceRecord, error) {
	out := ServiceRecord{Items: []Stretch{}, Certificates: []Certificate{}, MayWrite: s.may(c, access.HelperWrite, h.Path) == nil}
	a, err := s.ground(ctx)
	if err != nil {
		return out, err
	}
	all, err := s.stretches(ctx, c, h.ID)
	if err != nil {
		return out, err
	}
	for _, x := range all {
		w := stretchWire(a, x)
		w.Twice = covered(all, &x)
		out.Items = append(out.Items, w)
		if !x.Counts() && !x.Struck {
			out.Waiting++
		}
	}
	out.Minutes, out.Rest = service.Minutes(all), append([]string{}, service.Rest(all, c.now, zoneTime)...)
	cs, err := s.Store.Certificates(ctx, h.ID)
	for _, x := range cs {
		out.Certificates = append(out.Certificates, s.certificateWire(x))
	}
	return out, err
}

// covered says whether another counting stretch covers part of one.
func covered(all []service.Stretch, x *service.Stretch) bool {
	for i := range all {
		if y := &all[i]; y.ID != x.ID && y.Counts() && x.Counts() && y.From.Before(x.Until) && x.From.Before(y.Until) {
			return true
		}
	}
	return false
}

// stood ends a stretch at a post: whoever was there leaves it, or another comes.
func (s *Server) stood(ctx context.Context, f *inForce, p people.Post, last people.Arrival, now time.Time) *service.Stretch {
	t := s.postTitle(ctx, f, p)
	end := service.Stood
	if !last.There(p) { // another holds the post since: when the one before left it nobody said
		end = service.Unended
	}
	x := end(journal.NewID(now), last.HelperID, p.PlaceID, p.Path, p.Incident, p.ID, mode.Text(t), last.At, now)
	return &x
}

func (s *Server) certify(ctx context.Context, c *call, in *certify) (Certificate, []journal.Change, error) {
	h, err := s.helperAt(ctx, c, access.HelperWrite, in.ID)
	if err != nil {
		return Certificate{}, nil, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return Certificate{}, nil, err
	}
	all, err := s.stretches(ctx, c, h.ID)
	if err != nil {
		return Certificate{}, nil, err
	}
	x := service.Certificate{ID: journal.NewID(c.now), HelperID: h.ID, Name: h.Name, Roll: h.Number, PlaceID: h.PlaceID, Path: h.Path, Author: c.viewer.Account(), Nonce: access.QRNonce()}
	at := a.UpTo(h.Path, territory.Community)
	if up := a.Up(h.Path); at == nil && len(up) > 0 {
		at = up[len(up)-1]
	}
	if at != nil {
		x.Place, x.Issuer = a.FullName(at.Path), at.Name
		cards, err := s.Store.Contacts(ctx, []string{at.ID})
		if err != nil {
			return Certificate{}, nil, err
		}
		if len(cards) > 0 {
			x.Contact = cards[0].Card.Phone
		}
	}
	var b [8]byte
	_, _ = rand.Read(b[:])
	until, err := civilEnd(in.Body.Until, c.now)
	if err != nil {
		return Certificate{}, nil, service.ErrTimes.With("12").At("until")
	}
	from, err := civilEnd(in.Body.From, c.now)
	if err != nil {
		return Certificate{}, nil, service.ErrTimes.With("12").At("from")
	}
	if len(in.Body.From) == len("2026-03-07") {
		from = from.AddDate(0, 0, -1) // a civil day begins where the day before ends
	}
	if x, err = service.Certify(x, all, from, until, c.now, binary.BigEndian.Uint64(b[:])); err != nil {
		return Certificate{}, nil, err
	}
	x.Hash = access.HashQR(s.Store.CertificateToken(x.ID, x.Nonce))
	return s.certificateWire(x), []journal.Change{{Row: &x, Entry: s.helped(c, "certificate.issued", "certificates", x.ID, x.PlaceID, x.Path)}}, nil
}

// certificate finds one that the caller may act on; own says that the helper may too.
func (s *Server) certificate(ctx context.Context, c *call, action, id string, own bool) (service.Certificate, error) {
	x, ok, err := s.Store.Certificate(ctx, id)
	if err != nil || !ok {
		return x, orNotHere(c, err)
	}
	if own && c.account.HelperID != "" && c.account.HelperID == x.HelperID {
		return x, nil
	}
	_, err = s.helperAt(ctx, c, action, x.HelperID)
	return x, err
}

func (s *Server) certificateWire(x service.Certificate) Certificate {
	w := Certificate{ID: x.ID, Number: x.Number, Name: x.Name, Roll: x.Roll, Place: x.Place, From: stamp(x.From), Until: stamp(x.Until), Minutes: x.Minutes, Lines: []CertificateLine{},
		Issuer: x.Issuer, Contact: x.Contact, Made: stamp(x.Made), Withdrawn: stamp(x.Withdrawn), Why: x.Why, Path: "/v/" + s.Store.CertificateToken(x.ID, x.Nonce)}
	for _, l := range x.Lines {
		w.Lines = append(w.Lines, CertificateLine{words(l.Title), l.Times, l.Minutes})
	}
	return w
}
