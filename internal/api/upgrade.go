package api

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/store"
)

// Faults of another version.
var (
	ErrVersion = fault.Define(fault.Conflict, "SW-1437", "新版的版本号（{0}）要大于现在用的（{1}），内容却不同。没有改动任何东西，请把 version 加一。",
		"The new version's number ({0}) must be above the one in use ({1}), since its content differs. Nothing was changed; raise version.")
	ErrNewest = fault.Define(fault.Conflict, "SW-1438", "已经是这一版，没有什么要改。", "This version is in use already; there is nothing to change.")
)

// current returns the version of a playbook that new incidents use: the one adopted
// last, or the one that ships with the program until a version was adopted.
func (s *Server) current(ctx context.Context, id string) (*mode.Playbook, error) {
	b := s.Playbooks[id]
	if b == nil {
		return nil, ErrNoPlaybook.With(id, strings.Join(s.playbookIDs(), " "))
	}
	a, ok, err := s.Store.Adoption(ctx, id)
	if err != nil || !ok || a.Hash == b.Hash {
		return b, err
	}
	return s.playbook(ctx, a.Hash)
}

// rely keeps a version and that it is the one in use, with the first act that
// relies on it: from then on another version comes as a plan to review, never by
// itself with a new program.
func (s *Server) rely(ctx context.Context, b *mode.Playbook, c *call, place, path string) ([]journal.Change, error) {
	var changes []journal.Change
	row, err := s.keep(ctx, b, c)
	if err != nil {
		return nil, err
	}
	if row != nil {
		changes = append(changes, journal.Change{Row: row, Entry: c.entry("playbook.kept", "playbooks", b.ID, place, path, "work", map[string]string{"hash": b.Hash})})
	}
	if _, ok, err := s.Store.Adoption(ctx, b.ID); err != nil || ok {
		return changes, err
	}
	return append(changes, journal.Change{Row: &store.Adoption{Playbook: b.ID, Hash: b.Hash, Author: c.viewer.Account(), At: c.now}}), nil
}

// Way is one row of a three-way plan.
type Way struct {
	Key      string        `json:"key"`
	Title    Words         `json:"title"`
	Old      string        `json:"old" doc:"JSON, empty where it is new"`
	New      string        `json:"new" doc:"JSON, empty where it is gone"`
	State    string        `json:"state" enum:"taken,kept,alike,conflict"`
	Only     string        `json:"only" doc:"theirs: what the place changed cannot stand in the new version"`
	Override *OverrideInfo `json:"override,omitempty"`
}

// UpgradePlan is what a new version would change, row by row.
type UpgradePlan struct {
	Playbook  string         `json:"playbook"`
	Title     Words          `json:"title"`
	From      string         `json:"from"`
	To        string         `json:"to"`
	FromNo    int            `json:"from_version"`
	ToNo      int            `json:"to_version"`
	Newer     bool           `json:"newer" doc:"false: there is nothing to take"`
	Unchanged int            `json:"unchanged" doc:"fields that read the same on all sides"`
	Counts    map[string]int `json:"counts"`
	Ways      []Way          `json:"ways" nullable:"false"`
	Errors    []PageIssue    `json:"errors" nullable:"false"`
	Incidents []string       `json:"incidents" nullable:"false" doc:"Incidents in force on another version; each goes onto this one only by a plan of its own"`
	Done      bool           `json:"done"`
}

type upgradeInput struct {
	ID   string `path:"id"`
	Body struct {
		Text      string            `json:"text,omitempty" maxLength:"1048576" doc:"The new version; empty: the one that ships with the program"`
		Decisions map[string]string `json:"decisions,omitempty" doc:"id of an override → ours or theirs"`
		From      string            `json:"from,omitempty" maxLength:"100" doc:"Version the plan was made from; another one is refused"`
	}
}

func (s *Server) upgrades() {
	read(s, Op{ID: "playbook-upgrade-plan", Method: http.MethodPost, Path: "/playbooks/{id}/upgrade/plan", Action: access.PlaybookUpgrade, Summary: "The three-way plan of a new version: old upstream, what places changed, new upstream"},
		func(ctx context.Context, c *call, in *upgradeInput) (UpgradePlan, error) {
			u, _, _, err := s.upgradePlan(ctx, c, in)
			return u, err
		})
	write(s, Op{ID: "playbook-upgrade", Path: "/playbooks/{id}/upgrade", Action: access.PlaybookUpgrade, Summary: "Use a new version for new incidents, every conflict decided; incidents in force stay on theirs"}, s.upgrade)
	act(s, Op{ID: "incident-upgrade", Path: "/incidents/{id}/upgrade", Action: access.IncidentPlan, Summary: "Plan an incident onto the version in use: the smallest difference, applied by a second person"},
		func(ctx context.Context, c *call, in *incidentID) (Plan, journal.Receipt, error) {
			i, err := s.incident(ctx, c, access.IncidentPlan, in.ID)
			if err != nil {
				return Plan{}, journal.Receipt{}, err
			}
			b, err := s.current(ctx, i.Playbook)
			if err != nil {
				return Plan{}, journal.Receipt{}, err
			}
			if b.Hash == i.Version {
				return Plan{}, journal.Receipt{}, ErrNewest.With()
			}
			return s.proposeOn(ctx, c, i, b.Hash, nil)
		})
}

func (s *Server) upgradePlan(ctx context.Context, c *call, in *upgradeInput) (u UpgradePlan, next *mode.Playbook, ways []mode.Way, err error) {
	u = UpgradePlan{Playbook: in.ID, Counts: map[string]int{}, Ways: []Way{}, Errors: []PageIssue{}, Incidents: []string{}}
	if err = s.may(c, access.PlaybookUpgrade, ""); err != nil {
		return
	}
	old, err := s.current(ctx, in.ID)
	if err != nil {
		return
	}
	next = s.Playbooks[in.ID]
	if in.Body.Text != "" {
		var wrong []mode.Problem
		next, wrong = mode.Load([]byte(in.Body.Text), s.Playbooks["normal"])
		if next == nil {
			u.Errors = issues(c, wrong)
			return
		}
		if next.ID != in.ID {
			return u, nil, nil, ErrNoPlaybook.With(next.ID, in.ID)
		}
	}
	a, err := s.ground(ctx)
	if err != nil {
		return
	}
	use, rows, err := s.inUse(ctx, old)
	if err != nil {
		return
	}
	u.From, u.To, u.FromNo, u.ToNo, u.Newer, u.Title = old.Hash, next.Hash, old.Version, next.Version, next.Hash != old.Hash, words(next.Title)
	ways = mode.Merge(old, next, rows)
	u.Unchanged = mode.Fields(next) - len(mode.Edits(old, next))
	for _, w := range ways {
		r := Way{Key: w.Key, Title: words(next.Say(w.Key)), Old: w.Old, New: w.New, State: w.State, Only: w.Only}
		if w.New == "" {
			r.Title = words(old.Say(w.Key))
		}
		if w.Override.ID != "" {
			o := s.overrideWire(ctx, c, a, use, w.Override)
			r.Override = &o
		}
		u.Counts[w.State]++
		u.Ways = append(u.Ways, r)
	}
	all, err := s.Store.Incidents(ctx, true)
	if err != nil {
		return
	}
	for _, i := range all {
		if i.Playbook == in.ID && i.InForce(c.now) && i.Version != next.Hash && s.Guard.Reaches(c.viewer, access.IncidentRead, i.Path, c.emerg) {
			u.Incidents = append(u.Incidents, i.ID)
		}
	}
	return
}

func (s *Server) upgrade(ctx context.Context, c *call, in *upgradeInput) (UpgradePlan, []journal.Change, error) {
	u, next, ways, err := s.upgradePlan(ctx, c, in)
	if err != nil {
		return u, nil, err
	}
	switch {
	case next == nil:
		w := u.Errors[0]
		return u, nil, ErrPage.With(len(u.Errors), w.Line, w.Column, w.Code, w.Message).At("text")
	case !u.Newer:
		return u, nil, ErrNewest.With()
	case u.ToNo <= u.FromNo:
		return u, nil, ErrVersion.With(u.ToNo, u.FromNo)
	case in.Body.From != "" && in.Body.From != u.From:
		return u, nil, ErrPageSeen.With()
	}
	end, open := mode.Decide(ways, in.Body.Decisions)
	if len(open) > 0 {
		return u, nil, ErrUndecided.With(len(open))
	}
	was, had, err := s.Store.Adoption(ctx, in.ID)
	if err != nil {
		return u, nil, err
	}
	row := store.Adoption{Playbook: in.ID, Hash: next.Hash, Prior: u.From, Author: c.viewer.Account(), At: c.now}
	base := int64(0)
	if had {
		base = was.Version
	}
	changes := []journal.Change{{Row: &row, Base: base, Entry: c.entry("playbook.adopted", "adoptions", in.ID, "", "", "work",
		map[string]any{"hash": next.Hash, "prior": u.From, "version": u.ToNo, "counts": u.Counts, "ended": len(end)})}}
	old, err := s.current(ctx, in.ID)
	if err != nil {
		return u, nil, err
	}
	for _, b := range []*mode.Playbook{old, next} {
		kept, err := s.keep(ctx, b, c)
		if err != nil {
			return u, nil, err
		}
		if kept != nil {
			changes = append(changes, journal.Change{Row: kept, Entry: c.entry("playbook.kept", "playbooks", b.ID, "", "", "work", map[string]string{"hash": b.Hash})})
		}
	}
	for i := range end {
		o := end[i]
		o.Ended, o.EndedBy = c.now, c.viewer.Account()
		changes = append(changes, journal.Change{Row: &o, Base: o.Version, Entry: c.entry("override.ended", "overrides", o.ID, o.PlaceID, o.Path, "work", map[string]string{"playbook": o.Playbook, "key": o.Key, "for": next.Hash})})
	}
	u.Done = true
	return u, changes, nil
}

// LocalPlan is one change of a place as a plan shows it, with what it causes.
type LocalPlan struct {
	Override string `json:"override"`
	PlaceID  string `json:"place_id"`
	Place    string `json:"place"`
	Title    Words  `json:"title"`
	Old      string `json:"old"`
	New      string `json:"new"`
	Reason   string `json:"reason"`
	Author   string `json:"author"`
	At       string `json:"at"`
	Posts    int    `json:"posts"`
	Targets  int    `json:"targets"`
}

// PlanUpgrade says that a plan brings its incident onto another version.
type PlanUpgrade struct {
	From  string       `json:"from"`
	To    string       `json:"to"`
	Posts int          `json:"posts" doc:"Held posts for which something changes; each is told and acknowledges it"`
	Lines []ChangeLine `json:"lines" nullable:"false"`
}

// ChangeLine is one thing that changed, in words with old and new as JSON.
type ChangeLine struct {
	Key   string `json:"key"`
	Title Words  `json:"title"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

func changeLines(ls []dispatch.Line) []ChangeLine {
	out := []ChangeLine{}
	for _, l := range ls {
		out = append(out, ChangeLine{l.Key, words(l.Title), l.Old, l.New})
	}
	return out
}

func (s *Server) planLocal(ctx context.Context, p *dispatch.Plan, w *Plan) {
	w.Local = []LocalPlan{}
	for _, l := range p.Local {
		w.Local = append(w.Local, LocalPlan{l.Override, l.PlaceID, cmp.Or(l.Place, l.PlaceID), words(l.Title), l.Old, l.New, l.Reason, s.accountName(ctx, l.Author), stamp(l.At), l.Posts, l.Targets})
	}
	if p.Upgrade != nil {
		w.Upgrade = &PlanUpgrade{p.Upgrade.From, p.Upgrade.To, p.Upgrade.Posts, changeLines(p.Upgrade.Lines)}
	}
}
