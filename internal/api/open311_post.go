package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// post opens a case for whoever told the outside system. The same reference of the same
// key, sent twice, is one case.
func (g *geoCall) post(ctx context.Context, _ string) error {
	g.what = "post"
	if g.key == nil {
		return access.ErrOutsideKey.With()
	}
	if kind, _, err := mime.ParseMediaType(g.r.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		return ErrGeoForm.With("Content-Type").At("Content-Type")
	}
	if err := g.whole(); err != nil {
		return err
	}
	code := g.form.Get("service_code")
	place, err := g.where(ctx)
	if err != nil {
		return err
	}
	if g.form.Get("jurisdiction_id") != "" {
		if j, err := g.jurisdiction(); err != nil || !territory.Inside(place.Path, j.Path) {
			return ErrJurisdiction.With(short(g.form.Get("jurisdiction_id")))
		}
	}
	xs, err := g.offered(ctx, place)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(xs, func(x need.Item) bool { return x.ID == code })
	if i < 0 {
		return ErrService.With(short(code)).At("service_code")
	}
	k, err := g.open(ctx, place, xs[i])
	if err != nil {
		return err
	}
	g.answer(http.StatusOK, geoRequests(geoPosted{ID: k.Number, Notice: text(g.follow(&k)), Account: ""}))
	return nil
}

// whole says whether the form has what it must and nothing too long.
func (g *geoCall) whole() error {
	if g.form.Get("service_code") == "" {
		return ErrGeoForm.With("service_code").At("service_code")
	}
	for _, f := range []string{"service_code", "reference", "email", "first_name", "last_name", "phone", "address_id", "address_string", "lat", "long", "jurisdiction_id"} {
		if utf8.RuneCountInString(g.form.Get(f)) > 200 {
			return ErrGeoForm.With(f).At(f)
		}
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(g.form.Get("description"))); n == 1 || n > 1000 {
		return ErrGeoForm.With("description").At("description")
	}
	if m := g.form.Get("media_url"); m != "" {
		if u, err := url.Parse(m); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(m) > 400 {
			return ErrGeoForm.With("media_url").At("media_url")
		}
	}
	return nil
}

// operation is the one act that a reference of a key stands for; nil where the caller
// gave none, and then each call is a need of its own: two neighbours may ask the same.
func (g *geoCall) operation() (op *journal.Op, ref string) {
	r := strings.TrimSpace(g.form.Get("reference"))
	if r == "" {
		return nil, ""
	}
	sum := sha256.Sum256([]byte(g.key.ID + "|" + r))
	ref = hex.EncodeToString(sum[:])
	said := url.Values{}
	for k, v := range g.form {
		if k != "api_key" && k != "lang" {
			said[k] = v
		}
	}
	body := sha256.Sum256([]byte(said.Encode()))
	return &journal.Op{ID: "o311-" + ref[:32], Hash: hex.EncodeToString(body[:])}, ref
}

// open makes the case, or finds the one that the reference became.
func (g *geoCall) open(ctx context.Context, p *territory.Place, x need.Item) (k need.Case, err error) {
	s, by := g.s, access.OutsideActor+g.key.ID
	op, ref := g.operation()
	earlier := func() (need.Case, error) {
		id, err := s.Store.OutsideCase(ctx, g.key.ID, ref)
		if err != nil {
			return k, err
		}
		k, _, err := s.Store.Case(ctx, id)
		return k, err
	}
	if op != nil {
		_, done, err := s.Store.Receipt(ctx, by, *op)
		if errors.Is(err, store.ErrOpReused) {
			return k, ErrReference.With().At("reference")
		}
		if err != nil {
			return k, err
		}
		if done {
			if k, err = earlier(); err != nil {
				return k, err
			}
			return k, g.used(ctx, "")
		}
	}
	said := strings.TrimSpace(g.form.Get("description"))
	if m := g.form.Get("media_url"); m != "" {
		said = strings.TrimSpace(said + "\n照片：" + m)
	}
	var who []string
	for _, f := range []string{"last_name", "first_name", "phone", "email"} {
		if v := strings.TrimSpace(g.form.Get(f)); v != "" {
			who = append(who, v)
		}
	}
	r, err := s.Store.Decide(ctx, op, func(ctx context.Context) ([]byte, []journal.Change, error) {
		next, changes, err := s.openCase(ctx, g.c.now, by, g.atlas, x, need.Case{PlaceID: p.ID, Path: p.Path, Origin: "open311", OpenedBy: by, Noted: by, Words: said, Contact: strings.Join(who, " ")})
		if err != nil {
			return nil, nil, err
		}
		k = next
		changes = append(changes, g.use("", k.ID))
		if ref != "" {
			changes = append(changes, journal.Change{Row: &access.OutsideRef{KeyID: g.key.ID, Ref: ref, CaseID: k.ID}})
		}
		return []byte(k.ID), changes, nil
	})
	if errors.Is(err, store.ErrOpReused) {
		return k, ErrReference.With().At("reference")
	}
	if err == nil && r.Repeat { // the same reference came first by another way
		return earlier()
	}
	return k, err
}

// follow says where whoever asked follows the case.
func (g *geoCall) follow(k *need.Case) string {
	link := strings.TrimSuffix(g.s.Public, "/") + g.s.caseLink(k)
	if g.c.lang == "en" {
		return "Whoever asked follows it, and says whether it is settled, at " + link
	}
	return "提出人可在此查看进展并确认是否办好：" + link
}
