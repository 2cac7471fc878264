package api

import (
	"context"
	"errors"
	"strings"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/round"
	"shouwang/internal/territory"
)

// slipOfFinger is how long whoever recorded a finding may take its case back by
// recording another, while nobody has touched it.
const slipOfFinger = 10 * time.Minute

// finding is what came of a target: as it was, as it is now, and in which words. its says
// which open case of the place is the target's own.
type finding struct {
	was, is round.Target
	words   string
	its     func(*need.Case) bool
}

// findingOpens makes the changes to cases that a finding at a target brings: the
// outcome's item opens a case at its place, in the finding's words. A target whose case
// is open gets a note in it, not a second one; a finding corrected at once by the same
// person takes its untouched case back. The case that was opened or noted in is returned,
// and whether it is a new one.
func (s *Server) findingOpens(ctx context.Context, c *call, a *Atlas, p *territory.Place, r *round.Round, f finding) (k need.Case, fresh bool, changes []journal.Change, err error) {
	before, after := opensCase(r, f.was.Outcome), opensCase(r, f.is.Outcome)
	if before == "" && after == "" || f.was.Outcome == f.is.Outcome && f.was.Choice == f.is.Choice {
		return k, false, nil, nil
	}
	open, err := s.Store.CasesAt(ctx, p.ID, p.Path)
	if err != nil {
		return k, false, nil, err
	}
	of := func(item string) *need.Case {
		for i := range open {
			if open[i].Item == item && item != "" && f.its(&open[i]) {
				return &open[i]
			}
		}
		return nil
	}
	by := c.viewer.Account()
	if k := of(before); k != nil && before != after && k.OpenedBy == by && k.Stage() == need.Waiting && k.Level == 0 && c.now.Before(k.Opened.Add(slipOfFinger)) {
		_, more, err := s.moved(ctx, c, *k, need.Act{Verb: need.Withdraw, By: by, At: c.now, Noted: true, Words: f.words})
		if err != nil {
			return need.Case{}, false, nil, err
		}
		changes = more
	}
	if after == "" {
		return need.Case{}, false, changes, nil
	}
	if k := of(after); k != nil {
		_, more, err := s.moved(ctx, c, *k, need.Act{Verb: need.Note, By: by, At: c.now, Noted: true, Words: f.words})
		return *k, false, append(changes, more...), err
	}
	x, err := s.item(ctx, c, a, p, after)
	if errors.Is(err, need.ErrItem) { // nobody declares it here: the finding itself stands
		return need.Case{}, false, changes, nil
	}
	if err != nil {
		return need.Case{}, false, nil, err
	}
	k, more, err := s.openCase(ctx, c.now, by, a, x, need.Case{PlaceID: p.ID, Path: p.Path, Origin: "round", OpenedBy: by, Noted: by, Words: f.words})
	return k, true, append(changes, more...), err
}

// anyOfRound says that a case came from a round: at a door all rounds share one.
func anyOfRound(k *need.Case) bool { return k.Origin == "round" }

// opensCase is the item whose case an outcome of a round opens; empty for none.
func opensCase(r *round.Round, outcome string) string {
	for _, o := range r.Outcomes {
		if o.ID == outcome {
			if item, ok := strings.CutPrefix(o.Opens, "case."); ok {
				return item
			}
		}
	}
	return ""
}

// found says a finding in words: the round, its outcome and what was chosen under it.
func found(r *round.Round, t round.Target, lang string) string {
	pick := func(zh, en string) string {
		if lang == "en" {
			return en
		}
		return zh
	}
	said := pick(r.TitleZH, r.TitleEN)
	for _, o := range r.Outcomes {
		if o.ID != t.Outcome {
			continue
		}
		said += pick("：", ": ") + pick(o.ZH, o.EN)
		for _, ch := range o.Choose {
			if ch.ID == t.Choice {
				said += pick("，", ", ") + pick(ch.ZH, ch.EN)
			}
		}
	}
	return said
}
