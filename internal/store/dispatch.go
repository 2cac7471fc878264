package store

import (
	"context"
	"fmt"
	"time"

	"shouwang/internal/dispatch"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/round"
	"shouwang/internal/territory"
)

// PlanDoc is a plan as kept: the document itself and what became of it.
type PlanDoc struct {
	ID, Incident, Author string
	Made                 time.Time
	Saw                  string
	Body                 []byte // JSON of dispatch.Plan
	Applied              time.Time
	Applier              string
	Version              int64
	Act                  string
}

// PinRow is one choice made by hand on an incident's slots.
type PinRow struct {
	ID, Incident string
	Pin          dispatch.Pin
	Version      int64
}

// PlaybookRow is one immutable version of a playbook: its text under its hash.
type PlaybookRow struct {
	Hash, ID string
	Number   int
	Body     string
	At       time.Time
	Version  int64
}

func init() {
	define("plans", "id incident author made saw body applied applier version act", 1,
		func(p *PlanDoc) []any {
			return []any{&p.ID, &p.Incident, &p.Author, ms{&p.Made}, &p.Saw, &p.Body, ms{&p.Applied}, &p.Applier, &p.Version, &p.Act}
		}, func(p *PlanDoc) *int64 { return &p.Version }, nil)
	define("pins", "id incident slot helper reason author at overridden version", 1,
		func(p *PinRow) []any {
			return []any{&p.ID, &p.Incident, &p.Pin.Slot, &p.Pin.HelperID, &p.Pin.Reason, &p.Pin.By, ms{&p.Pin.At}, &p.Pin.Override, &p.Version}
		}, func(p *PinRow) *int64 { return &p.Version }, nil)
	define("playbooks", "hash id number body at version", 1,
		func(p *PlaybookRow) []any { return []any{&p.Hash, &p.ID, &p.Number, &p.Body, ms{&p.At}, &p.Version} },
		func(p *PlaybookRow) *int64 { return &p.Version }, nil)
}

// Incident returns an incident by id.
func (s *Store) Incident(ctx context.Context, id string) (dispatch.Incident, bool, error) {
	return one[dispatch.Incident](ctx, s, "WHERE id = ?1", id)
}

// Incidents returns every incident, newest first; open leaves out ended ones.
func (s *Store) Incidents(ctx context.Context, open bool) ([]dispatch.Incident, error) {
	if open {
		return load[dispatch.Incident](ctx, s, "WHERE ended = 0 ORDER BY declared DESC, id")
	}
	return load[dispatch.Incident](ctx, s, "ORDER BY declared DESC, id")
}

// Measures returns the measures of an incident, ended and lifted ones included.
func (s *Store) Measures(ctx context.Context, incident string) ([]mode.Measure, error) {
	return load[mode.Measure](ctx, s, "WHERE incident = ?1 ORDER BY path, since, id", incident)
}

// MeasuresOf returns the measure of an id, one or none.
func (s *Store) MeasuresOf(ctx context.Context, id string) ([]mode.Measure, error) {
	return load[mode.Measure](ctx, s, "WHERE id = ?1", id)
}

// MeasuresNow returns the measures not lifted whose end lies after now, of all incidents.
func (s *Store) MeasuresNow(ctx context.Context, now time.Time) ([]mode.Measure, error) {
	return load[mode.Measure](ctx, s, "WHERE until > ?1 AND lifted = 0 ORDER BY path, id", millis(now))
}

// Posts returns the posts of an incident ("" for the everyday system) at or below
// a path, in path order.
func (s *Store) Posts(ctx context.Context, incident, path string) ([]people.Post, error) {
	lo, hi := territory.Range(path)
	return load[people.Post](ctx, s, "WHERE incident = ?1 AND path >= ?2 AND path < ?3 ORDER BY path, zone, item, n", incident, lo, hi)
}

// PostsAt returns the posts of an incident ("": everyday ones) at one place, none below it.
func (s *Store) PostsAt(ctx context.Context, incident, path string) ([]people.Post, error) {
	return load[people.Post](ctx, s, "WHERE incident = ?1 AND path = ?2 ORDER BY zone, item, n", incident, path)
}

// Post returns a post by id.
func (s *Store) Post(ctx context.Context, id string) (people.Post, bool, error) {
	return one[people.Post](ctx, s, "WHERE id = ?1", id)
}

// PostsOf returns the posts that a helper holds or is deputy of, ended ones included.
func (s *Store) PostsOf(ctx context.Context, helperID string) ([]people.Post, error) {
	return load[people.Post](ctx, s, "WHERE helper = ?1 OR deputy = ?1 ORDER BY id", helperID)
}

// PostsHeldBy returns the posts held by any of the helpers.
func (s *Store) PostsHeldBy(ctx context.Context, helperIDs []string) ([]people.Post, error) {
	return inChunks(helperIDs, func(marks string, args []any) ([]people.Post, error) {
		return load[people.Post](ctx, s, "WHERE helper IN ("+marks+") ORDER BY id", args...)
	})
}

// Arrival returns what is noted of somebody's coming to a post.
func (s *Store) Arrival(ctx context.Context, post string) (people.Arrival, bool, error) {
	return one[people.Arrival](ctx, s, "WHERE post_id = ?1", post)
}

// Arrivals returns what is noted of coming to some posts.
func (s *Store) Arrivals(ctx context.Context, posts []string) ([]people.Arrival, error) {
	return inChunks(posts, func(marks string, args []any) ([]people.Arrival, error) {
		return load[people.Arrival](ctx, s, "WHERE post_id IN ("+marks+")", args...)
	})
}

// ArrivalsOpen returns the arrivals of an incident that nobody handed over yet.
func (s *Store) ArrivalsOpen(ctx context.Context, incident string) ([]people.Arrival, error) {
	return load[people.Arrival](ctx, s, "WHERE incident = ?1 AND gone = 0 ORDER BY post_id", incident)
}

// Helper returns a helper by id.
func (s *Store) Helper(ctx context.Context, id string) (people.Helper, bool, error) {
	return s.schooledOne(ctx, "WHERE id = ?1", id)
}

// Helpers returns those of the ids that exist, in no order.
func (s *Store) Helpers(ctx context.Context, ids []string) ([]people.Helper, error) {
	return inChunks(ids, func(marks string, args []any) ([]people.Helper, error) {
		return s.schooled(ctx, "WHERE id IN ("+marks+")", "", args...)
	})
}

// HelpersUnder returns the helpers who live or are stationed at or below a path,
// by path and id.
func (s *Store) HelpersUnder(ctx context.Context, path string) ([]people.Helper, error) {
	lo, hi := territory.Range(path)
	return s.schooled(ctx, "WHERE path >= ?1 AND path < ?2", "ORDER BY path, id", lo, hi)
}

// HelperByNumber returns a helper by volunteer number.
func (s *Store) HelperByNumber(ctx context.Context, number string) (people.Helper, bool, error) {
	return s.schooledOne(ctx, "WHERE number = ?1", number)
}

// HelpersByNumber returns every helper by volunteer number.
func (s *Store) HelpersByNumber(ctx context.Context) (map[string]people.Helper, error) {
	all, err := s.schooled(ctx, "", "ORDER BY id")
	out := make(map[string]people.Helper, len(all))
	for _, h := range all {
		out[h.Number] = h
	}
	return out, err
}

// Rounds returns the rounds of an incident, or of all when it is empty.
func (s *Store) Rounds(ctx context.Context, incident string) ([]round.Round, error) {
	return load[round.Round](ctx, s, "WHERE ?1 = '' OR incident = ?1 ORDER BY opened, id", incident)
}

// Round returns a round by id.
func (s *Store) Round(ctx context.Context, id string) (round.Round, bool, error) {
	return one[round.Round](ctx, s, "WHERE id = ?1", id)
}

// Plan returns a kept plan.
func (s *Store) Plan(ctx context.Context, id string) (PlanDoc, bool, error) {
	return one[PlanDoc](ctx, s, "WHERE id = ?1", id)
}

// LastPlan returns the newest plan kept for an incident, without its body.
func (s *Store) LastPlan(ctx context.Context, incident string) (d PlanDoc, ok bool, err error) {
	rows, err := s.query(ctx, "SELECT id, incident, author, made, applied FROM plans WHERE incident = ?1 ORDER BY made DESC, id DESC LIMIT 1", incident)
	if err != nil {
		return d, false, fmt.Errorf("store: plans: %w", err)
	}
	defer rows.Close()
	if rows.Next() {
		ok, err = true, rows.Scan(&d.ID, &d.Incident, &d.Author, ms{&d.Made}, ms{&d.Applied})
	}
	if err == nil {
		err = rows.Err()
	}
	return d, ok, err
}

// Pins returns the choices made by hand on an incident.
func (s *Store) Pins(ctx context.Context, incident string) ([]PinRow, error) {
	return load[PinRow](ctx, s, "WHERE incident = ?1 ORDER BY id", incident)
}

// Playbook returns a playbook version by its hash.
func (s *Store) Playbook(ctx context.Context, hash string) (PlaybookRow, bool, error) {
	return one[PlaybookRow](ctx, s, "WHERE hash = ?1", hash)
}
