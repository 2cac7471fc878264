package store

import (
	"context"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/people/service"
)

func init() {
	define("services", "id helper_id place_id path incident source thing title since until was_since was_until author reason objection objected struck prop_since prop_until prop_by prop_why proposed version", 1,
		func(s *service.Stretch) []any {
			return []any{&s.ID, &s.HelperID, &s.PlaceID, &s.Path, &s.Incident, &s.Source, &s.Thing, js{&s.Title}, ms{&s.From}, ms{&s.Until}, ms{&s.WasFrom}, ms{&s.WasUntil},
				&s.By, &s.Reason, &s.Objection, ms{&s.Objected}, &s.Struck, ms{&s.Proposal.From}, ms{&s.Proposal.Until}, &s.Proposal.By, &s.Proposal.Why, ms{&s.Proposal.At}, &s.Version}
		}, func(s *service.Stretch) *int64 { return &s.Version }, nil)
	define("certificates", "id number helper_id name roll place_id path place since until minutes lines issuer contact author made nonce hash withdrawn why version", 1,
		func(c *service.Certificate) []any {
			return []any{&c.ID, &c.Number, &c.HelperID, &c.Name, &c.Roll, &c.PlaceID, &c.Path, &c.Place, ms{&c.From}, ms{&c.Until}, &c.Minutes, js{&c.Lines},
				&c.Issuer, &c.Contact, &c.Author, ms{&c.Made}, &c.Nonce, &c.Hash, ms{&c.Withdrawn}, &c.Why, &c.Version}
		}, func(c *service.Certificate) *int64 { return &c.Version }, nil)
}

// Services returns the stretches that a helper served, the newest first.
func (s *Store) Services(ctx context.Context, helper string) ([]service.Stretch, error) {
	return load[service.Stretch](ctx, s, "WHERE helper_id = ?1 ORDER BY since DESC, id", helper)
}

// ServicesOf returns the stretches of helpers that end after a time.
func (s *Store) ServicesOf(ctx context.Context, helpers []string, since time.Time) ([]service.Stretch, error) {
	return inChunks(helpers, func(marks string, args []any) ([]service.Stretch, error) {
		n := len(args)
		return load[service.Stretch](ctx, s, "WHERE helper_id IN ("+marks+") AND until > "+nth(n+1)+" ORDER BY since, id", append(args, millis(since))...)
	})
}

// Service returns one stretch.
func (s *Store) Service(ctx context.Context, id string) (service.Stretch, bool, error) {
	return one[service.Stretch](ctx, s, "WHERE id = ?1", id)
}

// Certificates returns the certificates made for a helper, the newest first.
func (s *Store) Certificates(ctx context.Context, helper string) ([]service.Certificate, error) {
	return load[service.Certificate](ctx, s, "WHERE helper_id = ?1 ORDER BY made DESC, id", helper)
}

// Certificate returns one certificate.
func (s *Store) Certificate(ctx context.Context, id string) (service.Certificate, bool, error) {
	return one[service.Certificate](ctx, s, "WHERE id = ?1", id)
}

// CertificateByHash returns the certificate whose verifying token has this hash.
func (s *Store) CertificateByHash(ctx context.Context, hash string) (service.Certificate, bool, error) {
	if hash == "" {
		return service.Certificate{}, false, nil
	}
	return one[service.Certificate](ctx, s, "WHERE hash = ?1", hash)
}

// CertificateToken returns the token of a certificate's verifying address. It needs
// the keys of these data; the database alone does not give it.
func (s *Store) CertificateToken(id, nonce string) string {
	return access.QRToken(s.opt.Sealer.Index("certificates.token", nonce+id))
}
