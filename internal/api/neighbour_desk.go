package api

import (
	"context"
	"slices"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/need"
)

// The faults of the desk's word about a line of the board of neighbours.
var (
	ErrNotPosted = fault.Define(fault.Conflict, "SW-2338", "这件事现在不在互助板上（或者已经是这样了）。没有改动，请刷新再看。", "This is not on the board of neighbours now, or it is so already. Nothing was changed; refresh and look again.")
	ErrHideWhy   = fault.Define(fault.Invalid, "SW-2339", "请写明理由，贴的人会读到（2 到 500 字）。没有改动。", "Give the reason; whoever put it up reads it (2 to 500 characters). Nothing was changed.")
)

type hideInput struct {
	ID   string `path:"id"`
	Body struct {
		Words string `json:"words" maxLength:"2000" doc:"why; whoever put it up reads it"`
	}
}

// boardWords are the two words of a desk about a line of the board.
var boardWords = map[string]string{"hide": need.Hidden, "show": need.Shown}

func (s *Server) boardDesk() {
	for _, v := range []struct{ verb, summary string }{
		{"hide", "Take a line off the board of neighbours, with a reason that its author reads; the case itself goes on"},
		{"show", "Put a line back on the board of neighbours"},
	} {
		write(s, Op{ID: "case-" + v.verb, Path: "/cases/{id}/" + v.verb, Action: access.CaseDesk, Summary: v.summary},
			func(ctx context.Context, c *call, in *hideInput) (Case, []journal.Change, error) {
				return s.boardWord(ctx, c, in, v.verb)
			})
	}
}

// boardWord writes down that the desk takes a line off the board or puts it back.
func (s *Server) boardWord(ctx context.Context, c *call, in *hideInput, verb string) (Case, []journal.Change, error) {
	k, x, err := s.theCase(ctx, c, in.ID)
	if err != nil {
		return Case{}, nil, err
	}
	if !s.overBoard(c, &k) {
		return Case{}, nil, access.ErrForbidden.With()
	}
	if may, err := s.boardMay(ctx, c, &k, &x); err != nil || may != verb {
		return Case{}, nil, orFault(err, ErrNotPosted.With())
	}
	said := strings.TrimSpace(in.Body.Words)
	if n := len([]rune(said)); n < 2 || n > 500 {
		return Case{}, nil, ErrHideWhy.With().At("words")
	}
	next, changes, err := s.moved(ctx, c, k, need.Act{Verb: need.Note, By: c.viewer.Account(), At: c.now, Words: said, Why: boardWords[verb]})
	if err != nil {
		return Case{}, nil, err
	}
	quals, err := s.qualified(ctx, c)
	if err != nil {
		return Case{}, nil, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return Case{}, nil, err
	}
	w, err := s.caseWire(ctx, c, a, next, x, quals)
	return w, changes, err
}

// boardMay is what the caller's desk may say of a line of the board now: hide while it
// stands there, show while it is off it, nothing when it is no such line.
func (s *Server) boardMay(ctx context.Context, c *call, k *need.Case, x *need.Item) (string, error) {
	if !need.Posted(x, k, c.now) || !s.overBoard(c, k) {
		return "", nil
	}
	steps, err := s.Store.CaseSteps(ctx, k.ID, false)
	if need.Shunned(steps) {
		return "show", err
	}
	return "hide", err
}

// overBoard says whether a line of the board is the caller's to hide or to take: of its
// desk, of the desk above, or of the committee whose house it is. What neighbours ask of
// each other lies at the desk of the house; the committee need not wait until it climbs.
func (s *Server) overBoard(c *call, k *need.Case) bool {
	if s.onDesk(c, k.Desk) || s.onDesk(c, k.Above) {
		return true
	}
	return k.Desk.Role == string(access.Buildinglead) && k.Parent == "" && k.Only == "" &&
		slices.Contains(c.viewer.RolesAt(k.Path, c.emerg), access.Community) && s.scope(c, access.CaseDesk).Contains(k.Path)
}
