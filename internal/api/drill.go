package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/dispatch/drill"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
)

// Drills runs drills in worlds of their own; app gives it in, because it stands
// above this room.
type Drills interface {
	// Reserve keeps room for a drill; begin starts it once it is written down and
	// returns at once, release gives the room back.
	Reserve(run drill.Run) (begin, release func(), err error)
	// Stop ends a drill that runs here and waits until it has.
	Stop(id string) bool
	// Remove deletes the world of a drill that does not run.
	Remove(id string) error
	// Report says how far a drill that runs here is.
	Report(id string) (drill.Report, bool)
}

// Faults of drills. When one comes up nothing was begun or deleted.
var (
	ErrNoDrills = fault.Define(fault.Forbidden, "SW-2202",
		"这里不能开演练：演练里不再套演练。没有开始任何演练，请回到正式界面再开。",
		"No drill can be started here: a drill holds no other drill. Nothing was begun; go back to the real pages and start it there.")
	ErrSpeed = fault.Define(fault.Invalid, "SW-2203",
		"倍速要在 0 到 {0} 之间（0 为尽快跑完）。没有开始演练，请改正。",
		"The speed must lie between 0 and {0} (0: as fast as it goes). No drill was begun; correct it.")
	ErrDrillRuns = fault.Define(fault.Conflict, "SW-2204",
		"这次演练还在进行，没有删除任何东西。请先停止演练。",
		"This drill is still running; nothing was deleted. Stop it first.")
	ErrDrillElsewhere = fault.Define(fault.Conflict, "SW-2205",
		"这次演练不在这台服务器上进行，没有停止。请到开始它的那台服务器上停止。",
		"This drill does not run on this server and was not stopped. Stop it on the server that began it.")
	ErrDrillsFull = fault.Define(fault.Unavailable, "SW-2206",
		"同时最多进行 {0} 次演练，没有开始新的。请等一次结束，或先停止一次。",
		"At most {0} drills run at a time; none was begun. Wait for one to end, or stop one.")
)

// fastest is the greatest speed of a drill that is no 0: a minute in a tenth of a second.
const fastest = 600

// Drill is one drill on the wire.
type Drill struct {
	ID        string       `json:"id"`
	PlaceID   string       `json:"place_id"`
	PlaceName string       `json:"place_name"`
	Playbook  string       `json:"playbook"`
	BookTitle Words        `json:"book_title"`
	Hash      string       `json:"hash"`
	Speed     int          `json:"speed" doc:"Virtual minutes in a real one; 0: as fast as it goes"`
	Seed      int64        `json:"seed"`
	Author    string       `json:"author_name"`
	StartedAt string       `json:"started_at"`
	EndedAt   string       `json:"ended_at"`
	State     string       `json:"state" enum:"running,ended,stopped,failed"`
	Report    drill.Report `json:"report"`
}

// DrillFact says to whoever is in a drill's world which drill it is.
type DrillFact struct {
	ID    string `json:"id"`
	Speed int    `json:"speed"`
	State string `json:"state"`
}

type drillInput struct {
	Body struct {
		Playbook  string `json:"playbook" maxLength:"60"`
		PlaceID   string `json:"place_id,omitempty"`
		PlaceCode string `json:"place_code,omitempty"`
		Speed     *int   `json:"speed,omitempty" doc:"60 when left out"`
		Seed      int64  `json:"seed,omitempty" minimum:"0" maximum:"4503599627370496" doc:"1 when left out"`
	}
}

type drillID struct {
	ID string `path:"id"`
}

func (s *Server) drills() {
	act(s, Op{ID: "drill-start", Path: "/drills", Action: access.DrillRun, Summary: "Start a drill of a playbook at a place, in a world of its own"}, s.startDrill)
	read(s, Op{ID: "drill-list", Path: "/drills", Action: access.DrillRun, Summary: "Drills at your places, the newest first"},
		func(ctx context.Context, c *call, _ *struct{}) (Items[Drill], error) {
			out := Items[Drill]{Items: []Drill{}}
			if c.viewer.Account() == "" {
				return out, access.ErrSignIn.With()
			}
			scope := s.scope(c, access.DrillRun)
			if len(scope) == 0 {
				return out, access.ErrForbidden.With()
			}
			all, err := s.Store.Drills(ctx)
			if err != nil {
				return out, err
			}
			for _, r := range all {
				if scope.Contains(r.Path) {
					w, err := s.drillWire(ctx, r)
					if err != nil {
						return out, err
					}
					out.Items = append(out.Items, w)
				}
			}
			out.Total = len(out.Items)
			return out, nil
		})
	read(s, Op{ID: "drill-read", Path: "/drills/{id}", Action: access.DrillRun, Summary: "One drill: how far it is, and its score and weak spots at the end"},
		func(ctx context.Context, c *call, in *drillID) (Drill, error) {
			r, err := s.drill(ctx, c, in.ID)
			if err != nil {
				return Drill{}, err
			}
			return s.drillWire(ctx, r)
		})
	act(s, Op{ID: "drill-stop", Path: "/drills/{id}/stop", Action: access.DrillRun, Summary: "Stop a drill that runs"},
		func(ctx context.Context, c *call, in *drillID) (Drill, journal.Receipt, error) {
			r, err := s.drill(ctx, c, in.ID)
			if err == nil && r.State == drill.Running && (s.Drills == nil || !s.Drills.Stop(r.ID)) {
				err = ErrDrillElsewhere.With()
			}
			if err == nil {
				r, err = s.drill(ctx, c, in.ID)
			}
			if err != nil {
				return Drill{}, journal.Receipt{}, err
			}
			w, err := s.drillWire(ctx, r)
			return w, journal.Receipt{Seq: s.Store.Last()}, err
		})
	act(s, Op{ID: "drill-delete", Method: http.MethodDelete, Path: "/drills/{id}", Action: access.DrillRun, Summary: "Delete a drill that has ended, and its world"}, s.deleteDrill)
}

// drill finds a drill at a place where the viewer may run drills.
func (s *Server) drill(ctx context.Context, c *call, id string) (drill.Run, error) {
	r, ok, err := s.Store.Drill(ctx, id)
	if err != nil {
		return r, err
	}
	if !ok || r.State == drill.Deleted {
		return r, errNotHere(c)
	}
	return r, access.Hide(s.may(c, access.DrillRun, r.Path))
}

func (s *Server) drillWire(ctx context.Context, r drill.Run) (Drill, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return Drill{}, err
	}
	w := Drill{ID: r.ID, PlaceID: r.PlaceID, PlaceName: a.FullName(r.Path), Playbook: r.Playbook, BookTitle: Words{r.Playbook, r.Playbook}, Hash: r.Hash, Speed: r.Speed, Seed: r.Seed,
		Author: s.accountName(ctx, r.Author), StartedAt: stamp(r.Started), EndedAt: stamp(r.Ended), State: r.State, Report: r.Report}
	if p, ok := a.Place(r.PlaceID); ok {
		w.PlaceName = a.FullName(p.Path)
	}
	if b := s.Playbooks[r.Playbook]; b != nil {
		w.BookTitle = words(b.Title)
	}
	if s.Drills != nil && r.State == drill.Running {
		if now, ok := s.Drills.Report(r.ID); ok {
			w.Report = now
		}
	}
	if w.Report.Steps == nil {
		w.Report.Steps = []drill.StepSeen{}
	}
	return w, nil
}

func (s *Server) startDrill(ctx context.Context, c *call, in *drillInput) (Drill, journal.Receipt, error) {
	none := journal.Receipt{}
	_, p, err := s.place(ctx, c, access.DrillRun, in.Body.PlaceID, in.Body.PlaceCode)
	if err != nil {
		return Drill{}, none, err
	}
	if s.Drills == nil {
		return Drill{}, none, ErrNoDrills.With()
	}
	b := s.Playbooks[in.Body.Playbook]
	if b == nil || b.Extends == "" {
		return Drill{}, none, ErrNoPlaybook.With(in.Body.Playbook, strings.Join(s.playbookIDs(), " ")).At("playbook")
	}
	if b, err = s.current(ctx, in.Body.Playbook); err != nil {
		return Drill{}, none, err
	}
	speed := 60
	if in.Body.Speed != nil {
		speed = *in.Body.Speed
	}
	if speed < 0 || speed > fastest {
		return Drill{}, none, ErrSpeed.With(fastest).At("speed")
	}
	script, err := drill.Shipped()
	if err != nil {
		return Drill{}, none, err
	}
	run := drill.Run{ID: journal.NewID(c.now), PlaceID: p.ID, Path: p.Path, Playbook: b.ID, Hash: b.Hash, Speed: speed, Seed: max(in.Body.Seed, 1), Author: c.viewer.Account(),
		Started: c.now, State: drill.Running, Report: script.Begin()}
	begin, release, err := s.Drills.Reserve(run)
	if err != nil {
		return Drill{}, none, err
	}
	w, err := s.drillWire(ctx, run)
	if err != nil {
		release()
		return w, none, err
	}
	e := c.entry("drill.started", "drills", run.ID, p.ID, p.Path, "work", map[string]any{"playbook": b.ID, "speed": speed, "seed": run.Seed})
	body, err := json.Marshal(w)
	if err != nil {
		release()
		return w, none, err
	}
	r, err := s.Store.Commit(ctx, c.op, body, journal.Change{Row: &run, Entry: e})
	if err != nil || r.Repeat {
		release()
		return w, r, err
	}
	begin()
	return w, r, nil
}

func (s *Server) deleteDrill(ctx context.Context, c *call, in *drillID) (struct{}, journal.Receipt, error) {
	r, err := s.drill(ctx, c, in.ID)
	if err != nil {
		return struct{}{}, journal.Receipt{}, err
	}
	if r.State == drill.Running {
		return struct{}{}, journal.Receipt{}, ErrDrillRuns.With()
	}
	base := r.Version
	r.State, r.Report = drill.Deleted, drill.Report{}
	e := c.entry("drill.deleted", "drills", r.ID, r.PlaceID, r.Path, "work", map[string]string{"playbook": r.Playbook})
	receipt, err := s.Store.Commit(ctx, c.op, []byte("{}"), journal.Change{Row: &r, Base: base, Entry: e})
	if err == nil && s.Drills != nil {
		err = s.Drills.Remove(r.ID)
	}
	return struct{}{}, receipt, err
}
