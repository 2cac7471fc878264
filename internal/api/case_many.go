package api

import (
	"context"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/need"
)

// openParts counts the parts of a case that are not answered yet.
func (s *Server) openParts(ctx context.Context, id string) (n int, err error) {
	parts, err := s.Store.CasesWith(ctx, id, false)
	for _, p := range parts {
		if st := p.Stage(); p.Item != need.NeighbourReply && st != need.Closed && st != need.Answered {
			n++
		}
	}
	return n, err
}

// answerToo lets the answer of one case answer others of its item as well, all in one
// act: each joins it and is answered with it, and whoever asked says for themselves
// whether it is done. A case that the caller may not join refuses the whole.
func (s *Server) answerToo(ctx context.Context, c *call, head need.Case, ids []string, act need.Act, quals []string) (changes []journal.Change, err error) {
	done := map[string]bool{head.ID: true}
	for _, id := range ids {
		if done[id] {
			continue
		}
		done[id] = true
		k, x, err := s.theCase(ctx, c, id)
		if err != nil {
			return nil, err
		}
		if k.Same == head.ID { // waits for the answer anyway
			continue
		}
		if k.Only != "" {
			return nil, need.ErrSame.With()
		}
		if err := s.mayMove(c, &k, need.Join, quals); err != nil || k.Barred == act.By {
			return nil, access.ErrForbidden.With()
		}
		if k, err = need.Do(x.Rule(), k, need.Act{Verb: need.Join, By: act.By, At: act.At, Head: &head}); err != nil {
			return nil, err
		}
		if act.Parts, err = s.openParts(ctx, k.ID); err != nil {
			return nil, err
		}
		_, more, err := s.moved(ctx, c, k, act)
		if err != nil {
			return nil, err
		}
		changes = append(changes, more...)
	}
	return changes, nil
}
