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

// findingOpens makes the changes to cases that a finding at a target brings: the
// outcome's item opens a case at its place, in the finding's words. A door where such a
// case of a round is open gets a note in it, not a second one; a finding corrected at
// once by the same person takes its untouched case back. The number of a case that was
// opened is returned.
func (s *Server) findingOpens(ctx context.Context, c *call, a *Atlas, p *territory.Place, r *round.Round, was, is round.Target) (string, []journal.Change, error) {
	before, after := opensCase(r, was.Outcome), opensCase(r, is.Outcome)
	if before == "" && after == "" || was.Outcome == is.Outcome && was.Choice == is.Choice {
		return "", nil, nil
	}
	open, err := s.Store.CasesAt(ctx, p.ID)
	if err != nil {
		return "", nil, err
	}
	of := func(item string) *need.Case {
		for i := range open {
			if open[i].Origin == "round" && open[i].Item == item && item != "" {
				return &open[i]
			}
		}
		return nil
	}
	by := c.viewer.Account()
	var changes []journal.Change
	if k := of(before); k != nil && before != after && k.OpenedBy == by && k.Stage() == need.Waiting && k.Level == 0 && c.now.Before(k.Opened.Add(slipOfFinger)) {
		_, more, err := s.moved(ctx, c, *k, need.Act{Verb: need.Withdraw, By: by, At: c.now, Noted: true, Words: found(r, is, c.lang)})
		if err != nil {
			return "", nil, err
		}
		changes = more
	}
	if after == "" {
		return "", changes, nil
	}
	if k := of(after); k != nil {
		_, more, err := s.moved(ctx, c, *k, need.Act{Verb: need.Note, By: by, At: c.now, Noted: true, Words: found(r, is, c.lang)})
		return "", append(changes, more...), err
	}
	x, err := s.item(ctx, c, a, p, after)
	if errors.Is(err, need.ErrItem) { // nobody declares it here: the finding itself stands
		return "", changes, nil
	}
	if err != nil {
		return "", nil, err
	}
	k, more, err := s.openCase(ctx, c.now, by, a, x, need.Case{PlaceID: p.ID, Path: p.Path, Origin: "round", OpenedBy: by, Noted: by, Words: found(r, is, c.lang)})
	return k.Number, append(changes, more...), err
}

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
