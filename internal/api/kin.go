package api

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// kinLooks is how far back a relative still sees what is done.
const kinLooks = 30 * 24 * time.Hour

// theKin finds a relative by the address they were given; what has ended, was revoked
// or never was answers alike.
func (s *Server) theKin(ctx context.Context, id, token string) (access.Kin, *territory.Place, error) {
	k, ok, err := s.Store.Kin(ctx, id)
	if err != nil {
		return k, nil, err
	}
	if !ok || subtle.ConstantTimeCompare([]byte(token), []byte(s.Store.KinToken(id))) != 1 || !k.Open(s.Clock()) {
		return access.Kin{}, nil, access.ErrKinOver.With()
	}
	a, err := s.ground(ctx)
	if err != nil {
		return k, nil, err
	}
	p, ok := a.Place(k.PlaceID)
	if !ok {
		return access.Kin{}, nil, access.ErrKinOver.With()
	}
	return k, p, nil
}

// kinLook writes down that a relative looked, before they are shown anything.
func (s *Server) kinLook(ctx context.Context, k *access.Kin, p *territory.Place, facts map[string]string) error {
	e := s.nobody().entry("kin.looked", "looks", p.ID, p.ID, p.Path, "audit", facts)
	e.Actor = access.KinActor + k.ID
	_, err := s.Store.Commit(ctx, nil, nil, journal.Change{Entry: e})
	return err
}

// KinHome is what a relative may ask for and follow; the look is recorded.
func (s *Server) KinHome(ctx context.Context, id, token string) (access.Kin, []need.Item, []need.Tracked, error) {
	k, p, err := s.theKin(ctx, id, token)
	if err != nil {
		return k, nil, nil, err
	}
	if err := s.kinLook(ctx, &k, p, nil); err != nil {
		return k, nil, nil, err
	}
	all, err := s.NeedsFor(ctx, p.ID)
	if err != nil {
		return k, nil, nil, err
	}
	items := slices.DeleteFunc(all, func(x need.Item) bool { return !kinAsks(&x) })
	list, err := s.kinCases(ctx, &k, p)
	return k, items, list, err
}

// kinAsks says whether a relative may ask for an item: never what is told in confidence,
// an objection, or what is between neighbours.
func kinAsks(x *need.Item) bool {
	return x.Ask && x.Only == "" && x.Essential && x.ID != need.Objection
}

// kinCases are the cases a relative sees: what they asked for, and, where the household
// allowed it at a desk, what it asked for since; nothing told in confidence.
func (s *Server) kinCases(ctx context.Context, k *access.Kin, p *territory.Place) ([]need.Tracked, error) {
	open, err := s.Store.Cases(ctx, p.Path, store.CaseFilter{}, "", nil)
	if err != nil {
		return nil, err
	}
	ended, err := s.Store.Cases(ctx, p.Path, store.CaseFilter{Closed: s.Clock().Add(-kinLooks), Ended: true}, "", nil)
	if err != nil {
		return nil, err
	}
	all := append(open, ended...)
	slices.SortStableFunc(all, func(x, y need.Case) int { return y.Opened.Compare(x.Opened) })
	var out []need.Tracked
	for i := range all {
		if own, may := kinSees(k, &all[i]); own || may {
			x, err := s.keptItem(ctx, &all[i])
			if err != nil {
				return nil, err
			}
			out = append(out, need.Tracked{Case: all[i], Item: x, Own: own})
		}
	}
	return out, nil
}

// kinSees says whether a case is one that the relative asked for, or one of the
// household's that they may follow.
func kinSees(k *access.Kin, c *need.Case) (own, may bool) {
	if c.PlaceID != k.PlaceID || c.Only != "" {
		return false, false
	}
	if c.OpenedBy == access.KinActor+k.ID {
		return true, true
	}
	told := slices.Contains([]string{"door", "phone", "desk", "person"}, c.Origin)
	return false, k.Follow && told && c.Parent == "" && !c.Opened.Before(k.Given)
}

// OpenForKin opens a case that a relative asks for the household.
func (s *Server) OpenForKin(ctx context.Context, id, token, item, slip string) (string, error) {
	k, p, err := s.theKin(ctx, id, token)
	if err != nil {
		return "", err
	}
	c, actor := s.nobody(), access.KinActor+k.ID
	sum := sha256.Sum256([]byte(id + "|" + item + "|" + slip))
	op := journal.Op{ID: "kin-" + hex.EncodeToString(sum[:16]), Hash: hex.EncodeToString(sum[:])}
	c.op = &op
	if r, done, err := s.Store.Receipt(ctx, actor, op); err != nil || done {
		return string(r.Body), err
	}
	opened := ""
	r, err := s.Store.Decide(ctx, &op, func(ctx context.Context) ([]byte, []journal.Change, error) {
		a, err := s.ground(ctx)
		if err != nil {
			return nil, nil, err
		}
		x, err := s.item(ctx, c, a, p, item)
		if err != nil {
			return nil, nil, err
		}
		if !kinAsks(&x) {
			return nil, nil, access.ErrKinMay.With()
		}
		kase, changes, err := s.openCase(ctx, c.now, actor, a, x, need.Case{PlaceID: p.ID, Path: p.Path, Origin: "kin", OpenedBy: actor})
		opened = kase.ID
		return []byte(opened), changes, err
	})
	if err == nil && r.Repeat {
		opened = string(r.Body)
	}
	return opened, err
}

// TrackForKin is a case as a relative follows it; the look is recorded. Of what the
// household asked itself they see how far it is, and nothing that was said.
func (s *Server) TrackForKin(ctx context.Context, id, token, kase string) (access.Kin, need.Tracked, error) {
	k, p, err := s.theKin(ctx, id, token)
	if err != nil {
		return k, need.Tracked{}, err
	}
	c, ok, err := s.Store.Case(ctx, kase)
	if err != nil {
		return k, need.Tracked{}, err
	}
	own, may := kinSees(&k, &c)
	if !ok || !may {
		return k, need.Tracked{}, access.ErrNotHere.With()
	}
	if err := s.kinLook(ctx, &k, p, map[string]string{"case": kase}); err != nil {
		return k, need.Tracked{}, err
	}
	t, err := s.TrackCase(ctx, kase, s.Store.CaseToken(kase))
	t.Own = own
	if !own {
		t.Case.Words, t.Case.Contact, t.Case.Reply, t.Case.Proof, t.Hands, t.Threads = "", "", "", "", nil, nil
	}
	return k, t, err
}

// SayForKin takes what a relative says of what they asked for.
func (s *Server) SayForKin(ctx context.Context, id, token, kase string, verb need.Verb, said, contact string, rating int) error {
	k, _, err := s.theKin(ctx, id, token)
	if err != nil {
		return err
	}
	c, ok, err := s.Store.Case(ctx, kase)
	if err != nil {
		return err
	}
	own, may := kinSees(&k, &c)
	if !ok || !may {
		return access.ErrNotHere.With()
	}
	if !own || verb == need.Confirm && !k.Confirm {
		return access.ErrKinMay.With()
	}
	return s.sayCase(ctx, kase, access.KinActor+k.ID, verb, said, contact, rating)
}

// kinOf is the relative who asked for a case, if one did.
func (s *Server) kinOf(ctx context.Context, c *need.Case) (access.Kin, bool, error) {
	id, ok := strings.CutPrefix(c.OpenedBy, access.KinActor)
	if !ok {
		return access.Kin{}, false, nil
	}
	return s.Store.Kin(ctx, id)
}
