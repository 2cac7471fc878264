package api

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/round"
	"shouwang/internal/territory"
)

// Overview is the common operating picture of a place for one viewer.
type Overview struct {
	Place       PlaceDetail `json:"place"`
	Now         string      `json:"now"`
	Mode        Mode        `json:"mode"`
	Figures     []Figure    `json:"figures" nullable:"false"`
	Communities []PlaceRow  `json:"communities" nullable:"false"`
	Zones       []Zone      `json:"zones" nullable:"false"`
	Totals      Totals      `json:"totals"`
	Difference  *Difference `json:"difference,omitempty"`
	Oldest      []Oldest    `json:"oldest" nullable:"false" doc:"At most 30, the longest waiting first"`
	OldestTotal int         `json:"oldest_total"`
	Waiting     []Waiting   `json:"waiting" nullable:"false" doc:"Plans by others that this viewer may apply"`
	AsOf        int64       `json:"as_of_seq"`
}

// Waiting is a plan that waits for a second person.
type Waiting struct {
	PlanID string `json:"plan_id"`
	Title  string `json:"title"`
	By     string `json:"by"`
}

// Mode is derived: emergency while an incident in force covers the place.
type Mode struct {
	Kind      string         `json:"kind" enum:"normal,emergency"`
	Incidents []ModeIncident `json:"incidents" nullable:"false"`
}

// ModeIncident is one incident in force here.
type ModeIncident struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Playbook  Words  `json:"playbook"`
	StartedAt string `json:"started_at"`

	LapsesAt   string `json:"lapses_at,omitempty" doc:"Set while a start by one person waits to be confirmed"`
	MayConfirm bool   `json:"may_confirm,omitempty" doc:"The viewer is the other person who may confirm"`
}

// Figure is one big number and the list it opens.
type Figure struct {
	ID    string `json:"id"`
	Value int    `json:"value"`
	Of    int    `json:"of"`
	Parts []Part `json:"parts" nullable:"false"`
	Href  string `json:"href"`
	Tone  string `json:"tone"`
}

// Part is one part a number consists of.
type Part struct {
	ID    string `json:"id"`
	Value int    `json:"value"`
}

// PlaceRow is one community (or the next level down) in a table beside the map.
type PlaceRow struct {
	PlaceID    string `json:"place_id"`
	Name       string `json:"name"`
	Kind       string `json:"kind"`
	Zone       string `json:"zone"`
	EmptyPosts int    `json:"empty_posts"`
	Posts      int    `json:"posts"`
	Missing    int    `json:"missing"`
	Targets    int    `json:"targets"`
	People     int    `json:"people"`
	Doors      int    `json:"doors"`
}

// Oldest is one thing that waits, the longest first.
type Oldest struct {
	Kind      string `json:"kind"`
	Title     string `json:"title"`
	PlaceName string `json:"place_name"`
	PlaceID   string `json:"place_id"`
	Since     string `json:"since"`
	State     string `json:"state"`
	Href      string `json:"href"`
}

type overviewQuery struct {
	PlaceID string `query:"place_id"`
}

func (s *Server) overview() {
	read(s, Op{ID: "overview-read", Path: "/overview", Action: access.OverviewRead, Summary: "Common operating picture of a place"}, s.picture)
	type logQuery struct {
		PlaceID string `query:"place_id"`
		Before  int64  `query:"before"`
		Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"30"`
	}
	read(s, Op{ID: "log-list", Path: "/log", Action: access.LogRead, Summary: "What happened at a place, newest first, without content"},
		func(ctx context.Context, c *call, in *logQuery) (Items[LogLine], error) {
			return s.log(ctx, c, in.PlaceID, in.Before, in.Limit)
		})
}

func (s *Server) picture(ctx context.Context, c *call, in *overviewQuery) (Overview, error) {
	done, err := s.look(ctx)
	if err != nil {
		return Overview{}, err
	}
	defer done()
	a, err := s.ground(ctx)
	if err != nil {
		return Overview{}, err
	}
	id := in.PlaceID
	if id == "" && c.viewer.Account() != "" && len(s.scope(c, access.OverviewRead)) == 0 {
		return Overview{}, access.ErrForbidden.With()
	}
	if id == "" {
		if r := s.scope(c, access.OverviewRead); len(r) > 0 {
			if up := a.Up(r[0].Top); len(up) > 0 {
				id = up[len(up)-1].ID
			} else if p := a.first("", territory.Subdistrict); p != nil {
				id = p.ID
			}
		}
	}
	_, p, err := s.place(ctx, c, access.OverviewRead, id, "")
	if err != nil {
		return Overview{}, err
	}
	w, err := s.wire(ctx, c, a, p)
	if err != nil {
		return Overview{}, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return Overview{}, err
	}
	beat, err := s.pulse(ctx, c, f)
	if err != nil {
		return Overview{}, err
	}
	day, err := s.roster(ctx, c, a)
	if err != nil {
		return Overview{}, err
	}
	x := s.still(a, f, p)
	o := Overview{Place: PlaceDetail{Place: w, Crumbs: crumbs(a, p.Path)}, Now: stamp(c.now), Mode: Mode{Kind: "normal", Incidents: []ModeIncident{}}, AsOf: beat.at,
		Communities: rowsBelow(x, beat, day), Zones: []Zone{}, Oldest: []Oldest{}, Waiting: []Waiting{}}
	if err := s.modeOf(ctx, c, x, p, &o); err != nil {
		return o, err
	}
	if err := s.waiting(ctx, c, &o); err != nil {
		return o, err
	}
	o.Figures = s.figures(a, beat, day, p, o)
	for _, n := range beat.waiting(p.Path) {
		o.OldestTotal += n
	}
	beat.oldest(p.Path, func(r round.Round, path string, m mark) bool {
		up := a.Up(path)
		name, door := a.FullName(path), up[len(up)-1].ID
		if !s.sees(c, path) {
			if b := a.House(path); b != nil {
				name, door = a.FullName(b.Path), b.ID // command sees the building, not the door
			}
		}
		o.Oldest = append(o.Oldest, Oldest{Kind: "target", Title: r.Outcomes[m.outcome].ID, PlaceName: name, PlaceID: door, Since: stamp(time.UnixMilli(m.at)), State: r.Outcomes[m.outcome].Tone, Href: "/console/targets?round=" + r.ID})
		return len(o.Oldest) < 30
	})
	return o, nil
}

// openIncidents are those that have not ended, as they stood when nothing of rights had
// changed since gen.
type openIncidents struct {
	gen int64
	all []dispatch.Incident
}

func (s *Server) incidentsOpen(ctx context.Context) ([]dispatch.Incident, error) {
	gen := s.gen.Load() // before it is read
	if x := s.openOnes.Load(); x != nil && x.gen == gen {
		return x.all, nil
	}
	all, err := s.Store.Incidents(ctx, true)
	if err == nil {
		s.openOnes.Store(&openIncidents{gen, all})
	}
	return all, err
}

// waiting fills in the plans by others that the viewer may apply, so that a second
// officer need not be sent a link.
func (s *Server) waiting(ctx context.Context, c *call, o *Overview) error {
	incidents, err := s.incidentsOpen(ctx)
	if err != nil {
		return err
	}
	for _, i := range incidents {
		if !s.Guard.Decide(c.viewer, access.IncidentApply, i.Path, c.emerg).Allowed {
			continue
		}
		doc, ok, err := s.Store.LastPlan(ctx, i.ID)
		if err != nil {
			return err
		}
		if ok && doc.Applied.IsZero() && doc.Author != c.viewer.Account() {
			o.Waiting = append(o.Waiting, Waiting{doc.ID, i.Title, s.accountName(ctx, doc.Author)})
		}
	}
	return nil
}

// modeOf fills in which incidents touch the place and what their zones hold.
func (s *Server) modeOf(ctx context.Context, c *call, x *still, p *territory.Place, o *Overview) error {
	for _, d := range x.force.decls {
		if !x.force.touches(d, p.Path) {
			continue
		}
		i, ok, err := s.Store.Incident(ctx, d.Incident)
		if err != nil || !ok {
			return err
		}
		b, err := s.playbook(ctx, i.Version)
		if err != nil {
			return err
		}
		o.Mode.Kind = "emergency"
		o.Mode.Incidents = append(o.Mode.Incidents, s.modeIncident(c, i, b))
		if !territory.Inside(i.Path, p.Path) { // a part of the incident's place
			for _, k := range b.Zones {
				z, ok := x.zones[d.Incident][k.ID]
				if !ok {
					continue
				}
				z.Title, z.Rule = words(k.Title), words(k.Rule)
				o.Zones = append(o.Zones, z)
				o.Totals.Doors += z.Doors
				o.Totals.People += z.People
			}
			continue
		}
		w, err := s.incidentWire(ctx, c, i)
		if err != nil {
			return err
		}
		o.Zones = append(o.Zones, w.Zones...)
		o.Totals = Totals{o.Totals.Doors + w.Totals.Doors, o.Totals.People + w.Totals.People, o.Totals.Buildings + w.Totals.Buildings, o.Totals.Microgrids + w.Totals.Microgrids}
		if w.Difference != nil {
			o.Difference = w.Difference
		}
	}
	if len(o.Mode.Incidents) > 1 {
		o.Totals = x.union
	}
	return nil
}

// union counts what stands in any zone at or below a path, each place once however
// many incidents reach it.
func (f *inForce) union(a *Atlas, path string) Totals {
	var t Totals
	micro := map[string]bool{}
	lo, hi := a.Span(path)
	for i := lo; i < hi; i++ {
		q := &a.Places[i]
		if q.Kind != territory.Door && q.Kind != territory.Building || f.field.Top(q.Path) == nil {
			continue
		}
		if q.Kind == territory.Building {
			t.Buildings++
			continue
		}
		t.Doors++
		t.People += a.people[i+1] - a.people[i]
		if m := a.UpTo(q.Path, territory.Microgrid); m != nil {
			micro[m.ID] = true
		}
	}
	t.Microgrids = len(micro)
	return t
}

// touches says whether an incident in force concerns a place: it stands at or below
// it, or one of its zones reaches here. An incident that has run out of zones is
// still shown where it was declared, so that somebody ends it.
func (f *inForce) touches(d mode.Declaration, path string) bool {
	if territory.Inside(d.Path, path) {
		return true
	}
	zoned := false
	for _, m := range f.measures {
		zoned = zoned || m.Incident == d.Incident && (territory.Inside(m.Path, path) || territory.Inside(path, m.Path))
	}
	return zoned || territory.Inside(path, d.Path) && slices.Contains(f.emerg.Emergency, d.Path)
}

// figures are the five numbers, each with the list it opens.
func (s *Server) figures(a *Atlas, b *pulse, day *everyday, p *territory.Place, o Overview) []Figure {
	dayAll, dayEmpty := day.all.under(p.Path), day.empty.under(p.Path)
	sum := a.Sum(p.Path)
	count := func(k territory.Kind) int {
		lo, hi := a.Span(p.Path)
		n := 0
		for i := lo; i < hi; i++ {
			if a.Places[i].Kind == k {
				n++
			}
		}
		return n
	}
	q := "under=" + p.ID
	if o.Mode.Kind == "normal" {
		return []Figure{
			{ID: "residents", Value: sum.People, Of: 0, Parts: []Part{}, Href: "/console/register?" + q},
			{ID: "doors", Value: sum.Doors, Of: 0, Parts: []Part{}, Href: "/console/places?" + q},
			{ID: "everyday_posts", Value: dayEmpty, Of: dayAll, Parts: []Part{{"filled", dayAll - dayEmpty}, {"empty", dayEmpty}}, Href: "/console/posts?incident_id=normal&state=empty&" + q, Tone: "frame"},
			{ID: "buildings", Value: count(territory.Building), Of: 0, Parts: []Part{}, Href: "/console/places?kind=building&" + q},
			{ID: "households", Value: sum.Households, Of: sum.Doors, Parts: []Part{}, Href: "/console/places?" + q},
		}
	}
	tones := b.waiting(p.Path)
	empty, missing, targets := b.empty.under(p.Path), b.missing(p.Path), b.targets(p.Path)
	posts := b.posts.under(p.Path)
	incident := "incident_id=" + inEmergency
	if len(o.Mode.Incidents) == 1 {
		incident = "incident_id=" + o.Mode.Incidents[0].ID
	}
	return []Figure{
		{ID: "empty_posts", Value: empty, Of: posts, Parts: []Part{{"filled", posts - empty}, {"empty", empty}}, Href: "/console/posts?state=empty&" + incident + "&" + q, Tone: "frame"},
		{ID: "missing", Value: missing, Of: targets, Parts: []Part{{"done", targets - missing}, {"missing", missing}}, Href: "/console/targets?state=missing&" + q},
		{ID: "help", Value: tones["help"], Of: 0, Parts: []Part{}, Href: "/console/targets?state=help&" + q, Tone: "help"},
		{ID: "refused", Value: tones["refused"] + tones["again"], Of: 0, Parts: []Part{{"refused", tones["refused"]}, {"again", tones["again"]}}, Href: "/console/targets?state=refused&" + q},
		{ID: "covered", Value: o.Totals.Doors, Of: sum.Doors, Parts: []Part{{"covered", o.Totals.Doors}, {"normal", sum.Doors - o.Totals.Doors}}, Href: "/console/places?kind=door&zone=any&" + q},
	}
}

// LogLine is one line of what happened, without content.
type LogLine struct {
	Seq       int64             `json:"seq"`
	At        string            `json:"at"`
	Verb      string            `json:"verb"`
	Facts     map[string]string `json:"facts" doc:"plain facts of the entry: counts, zone, outcome"`
	PlaceID   string            `json:"place_id"`
	PlaceName string            `json:"place_name"`
	Actor     string            `json:"actor"`
}

func (s *Server) log(ctx context.Context, c *call, placeID string, before int64, limit int) (Items[LogLine], error) {
	out := Items[LogLine]{Items: []LogLine{}}
	a, ranges, err := s.under(ctx, c, access.LogRead, placeID)
	if err != nil {
		return out, err
	}
	for _, r := range ranges { // the newest of each range, then the newest of them all
		at, found := before, 0
		former, err := s.Store.Formerly(ctx, r.Top)
		if err != nil {
			return out, err
		}
		for found < limit {
			es, err := s.Store.EntriesOver(ctx, r.Top, former, at, 200)
			if err != nil {
				return out, err
			}
			for _, e := range es {
				at = e.Seq
				if e.Path = a.Present(e.PlaceID, e.Path); !territory.Inside(e.Path, r.Top) {
					continue // its place lies elsewhere now; who holds it there sees it
				}
				if found < limit && s.Guard.Hears(c.viewer, e.Audience, e.Path, c.emerg) {
					found++
					out.Items = append(out.Items, s.logLine(ctx, c, a, e))
				}
			}
			if len(es) < 200 {
				break
			}
		}
	}
	slices.SortFunc(out.Items, func(x, y LogLine) int { return cmp.Compare(y.Seq, x.Seq) })
	out.Items = out.Items[:min(limit, len(out.Items))]
	out.Total = len(out.Items)
	return out, nil
}

func (s *Server) logLine(ctx context.Context, c *call, a *Atlas, e journal.Entry) LogLine {
	l := LogLine{Seq: e.Seq, At: stamp(e.At), Verb: e.Verb, Facts: map[string]string{}, PlaceID: e.PlaceID, PlaceName: a.FullName(e.Path), Actor: s.accountName(ctx, e.Actor)}
	if p, ok := a.Place(e.PlaceID); ok && p.Kind == territory.Door && !s.sees(c, e.Path) {
		if b := a.House(e.Path); b != nil {
			l.PlaceID, l.PlaceName = b.ID, a.FullName(b.Path)
		}
	}
	if e.Subject == "" && !strings.HasPrefix(e.Thing, "looks") && !c.viewer.Has(access.Auditor) {
		for k, v := range flat(e.Payload) {
			l.Facts[k] = v
		}
	}
	return l
}

// sees says whether the viewer may be told the very door at a path.
func (s *Server) sees(c *call, path string) bool {
	return c.viewer.Mask(path, access.FieldRoom, c.emerg, access.MaskContext{}).Kind == access.Full
}
