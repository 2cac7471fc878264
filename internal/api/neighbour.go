package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// boardMost is how many lines the board of a house shows, the newest first.
const boardMost = 30

// boardOf is the place whose board somebody at a place reads: their house, or the place
// of the code where that is wider.
func (s *Server) boardOf(ctx context.Context, placeID string) (*Atlas, *territory.Place, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, nil, err
	}
	p, ok := a.Place(placeID)
	if !ok {
		return nil, nil, access.ErrNotHere.With()
	}
	if b := a.UpTo(p.Path, territory.Building); b != nil {
		p = b
	}
	return a, p, nil
}

// BoardAt is what neighbours of a place ask and offer: no names, no doors, no numbers.
func (s *Server) BoardAt(ctx context.Context, placeID string) ([]need.Posting, error) {
	_, p, err := s.boardOf(ctx, placeID)
	if err != nil {
		return nil, err
	}
	now := s.Clock()
	ks, err := s.Store.Cases(ctx, p.Path, store.CaseFilter{}, "", nil)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(ks, func(x, y need.Case) int { return y.Opened.Compare(x.Opened) })
	var out []need.Posting
	for i := range ks {
		x, err := s.keptItem(ctx, &ks[i])
		if err != nil {
			return nil, err
		}
		if !territory.Inside(ks[i].Path, p.Path) || !need.Posted(&x, &ks[i], now) {
			continue
		}
		steps, err := s.Store.CaseSteps(ctx, ks[i].ID, false)
		if err != nil {
			return nil, err
		}
		if need.Shunned(steps) {
			continue
		}
		k, _, err := s.Store.Case(ctx, ks[i].ID)
		if err != nil {
			return nil, err
		}
		if out = append(out, need.Posting{ID: k.ID, Item: x, Words: need.Veiled(k.Words), Opened: k.Opened, Until: k.Due}); len(out) == boardMost {
			break
		}
	}
	return out, nil
}

// posting finds a line of the board that somebody at a place reads.
func (s *Server) posting(ctx context.Context, placeID, id string) (need.Case, error) {
	list, err := s.BoardAt(ctx, placeID)
	if err != nil {
		return need.Case{}, err
	}
	if !slices.ContainsFunc(list, func(x need.Posting) bool { return x.ID == id }) {
		return need.Case{}, need.ErrPosting.With()
	}
	k, _, err := s.Store.Case(ctx, id)
	return k, err
}

// AnswerPosting begins what two neighbours say to each other: whoever answers gets a
// secret page of their own, whoever asked reads it on theirs.
func (s *Server) AnswerPosting(ctx context.Context, placeID, id, said, slip string) (reply, token string, err error) {
	c := s.nobody()
	sum := sha256.Sum256([]byte("reply|" + placeID + "|" + id + "|" + slip))
	op := journal.Op{ID: "reply-" + hex.EncodeToString(sum[:16]), Hash: hex.EncodeToString(sum[:])}
	c.op = &op
	if r, done, err := s.Store.Receipt(ctx, byResident, op); err != nil || done {
		reply = string(r.Body)
		return reply, s.Store.CaseToken(reply), err
	}
	if len([]rune(strings.TrimSpace(said))) < 2 {
		return "", "", need.ErrOpen.With().At("words")
	}
	r, err := s.Store.Decide(ctx, &op, func(ctx context.Context) ([]byte, []journal.Change, error) {
		head, err := s.posting(ctx, placeID, id)
		if err != nil {
			return nil, nil, err
		}
		a, p, err := s.boardOf(ctx, placeID)
		if err != nil {
			return nil, nil, err
		}
		x, err := s.item(ctx, c, a, p, need.NeighbourReply)
		if err != nil {
			return nil, nil, err
		}
		k, changes, err := s.openCase(ctx, c.now, "", a, x, need.Case{PlaceID: p.ID, Path: p.Path, Origin: "door", Parent: head.ID, Words: strings.TrimSpace(said)})
		if err != nil {
			return nil, nil, err
		}
		for i := range changes {
			if changes[i].Entry.Verb != "" {
				changes[i].Entry.Actor = byResident
			}
		}
		reply = k.ID
		return []byte(reply), changes, nil
	})
	if err == nil && r.Repeat {
		reply = string(r.Body)
	}
	return reply, s.Store.CaseToken(reply), err
}

// ReportPosting writes down that a line of the board does not belong there: the desk
// sees it, and enough of them take it off until somebody looked.
func (s *Server) ReportPosting(ctx context.Context, placeID, id string) error {
	k, err := s.posting(ctx, placeID, id)
	if err != nil {
		return err
	}
	return s.noteFor(ctx, k.ID, need.Act{Verb: need.Note, Words: "有邻居举报：不该放在互助板上", Why: need.Reported})
}

// SayThread is a word of whoever asked to a neighbour who answered them.
func (s *Server) SayThread(ctx context.Context, id, token, reply, said string) error {
	if _, err := s.TrackCase(ctx, id, token); err != nil {
		return err
	}
	k, ok, err := s.Store.Case(ctx, reply)
	if err != nil || !ok || k.Parent != id || k.Item != need.NeighbourReply {
		return orFault(err, need.ErrPosting.With())
	}
	return s.noteFor(ctx, reply, need.Act{Verb: need.Note, Words: said, Why: need.Asker})
}

// MetByNeighbour closes what a neighbour has helped with, by the word of whoever asked.
func (s *Server) MetByNeighbour(ctx context.Context, id, token string) error {
	t, err := s.TrackCase(ctx, id, token)
	if err != nil {
		return err
	}
	if t.Item.Essential || t.Case.Item == need.NeighbourReply {
		return need.Refused(&t.Case, need.Reply)
	}
	if t.Case.Stage() != need.Answered {
		if err := s.noteFor(ctx, id, need.Act{Verb: need.Reply, Words: "邻居帮上了", Met: "neighbour"}); err != nil {
			return err
		}
	}
	return s.noteFor(ctx, id, need.Act{Verb: need.Confirm, Rating: 3})
}

// noteFor moves a case by a resident without an account.
func (s *Server) noteFor(ctx context.Context, id string, act need.Act) error {
	c := s.nobody()
	act.At = c.now
	_, err := s.Store.Decide(ctx, nil, func(ctx context.Context) ([]byte, []journal.Change, error) {
		k, _, err := s.Store.Case(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		_, changes, err := s.moved(ctx, c, k, act)
		for i := range changes {
			if changes[i].Entry.Verb != "" {
				changes[i].Entry.Actor = byResident
			}
		}
		return nil, changes, err
	})
	return err
}

// threads is what neighbours answered to a line of the board.
func (s *Server) threads(ctx context.Context, k *need.Case) (out []need.Thread, err error) {
	parts, err := s.Store.CasesWith(ctx, k.ID, false)
	for _, p := range parts {
		if p.Item != need.NeighbourReply {
			continue
		}
		r, _, err := s.Store.Case(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		steps, err := s.Store.CaseSteps(ctx, p.ID, true)
		if err != nil {
			return nil, err
		}
		out = append(out, need.Thread{ID: p.ID, Words: need.Talk(&r, steps), Over: r.Stage() == need.Closed})
	}
	return out, err
}
