package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
)

// seen is a viewer kept for a session until rights may have changed.
type seen struct {
	gen     int64
	viewer  *access.Viewer
	account access.Account
	session access.Session
}

// inForce is what holds just now: incidents, the places they cover, measures.
type inForce struct {
	gen      int64
	until    time.Time // when the next of them begins or ends
	decls    []mode.Declaration
	measures []mode.Measure
	books    map[string]*mode.Playbook // of the incidents in force
	field    *mode.Field               // answers what reaches a place
	emerg    access.Context
}

// identify finds who is calling. Nobody is a viewer without grants; a token that
// is not good is refused on every route but those that need none.
func (s *Server) identify(r *http.Request, c *call) error {
	c.viewer = access.NewViewer("", nil, c.now)
	if op := operatorOf(r.Context()); op != "" {
		c.account = access.Account{ID: op, Login: op, Name: op}
		c.viewer = access.Operator(op, c.now)
		return s.emergency(r.Context(), c)
	}
	t := c.token(r)
	if t == "" {
		return nil
	}
	hash := access.HashToken(t)
	v, err := s.lookup(r.Context(), hash, c.now)
	if err != nil {
		if c.cookie != nil && open(r.URL.Path) {
			return nil
		}
		return err
	}
	c.viewer, c.account, c.session = v.viewer, v.account, v.session
	return s.emergency(r.Context(), c)
}

// open says whether a path answers people who are not signed in.
func open(path string) bool {
	return slices.Contains([]string{"/api/v1/sessions", "/api/v1/demo/roles", "/api/v1/demo/enter", "/healthz", "/readyz"}, path)
}

func (s *Server) lookup(ctx context.Context, hash string, now time.Time) (seen, error) {
	gen := s.gen.Load()
	s.mu.Lock()
	v, ok := s.viewers[hash]
	s.mu.Unlock()
	if ok && v.gen == gen && (v.viewer.Until().IsZero() || now.Before(v.viewer.Until())) {
		if err := v.session.Check(now); err != nil {
			return seen{}, err
		}
		return s.touch(ctx, hash, v, now), nil
	}
	x, ok, err := s.Store.Session(ctx, hash)
	if err != nil {
		return seen{}, err
	}
	if !ok || hash == "" {
		return seen{}, access.ErrSessionEnded.With()
	}
	if err := x.Check(now); err != nil {
		return seen{}, err
	}
	a, ok, err := s.Store.Account(ctx, x.AccountID)
	if err != nil {
		return seen{}, err
	}
	if !ok || a.Disabled {
		return seen{}, access.ErrSessionEnded.With()
	}
	grants, err := s.grants(ctx, a, now)
	if err != nil {
		return seen{}, err
	}
	v = seen{gen: gen, viewer: access.NewViewer(a.ID, grants, now), account: a, session: x}
	s.mu.Lock()
	if len(s.viewers) > 20000 {
		clear(s.viewers)
	}
	s.viewers[hash] = v
	s.mu.Unlock()
	return s.touch(ctx, hash, v, now), nil
}

// touch notes, at most once a minute, that the session is in use. Losing the
// note in a crash does no harm.
func (s *Server) touch(ctx context.Context, hash string, v seen, now time.Time) seen {
	next, changed := v.session.Touch(now)
	if !changed {
		return v
	}
	base := v.session.Version
	if _, err := s.Store.Commit(ctx, nil, nil, journal.Change{Row: &next, Base: base}); err == nil {
		v.session = next
		s.mu.Lock()
		s.viewers[hash] = v
		s.mu.Unlock()
	}
	return v
}

// grants are the written ones and those that follow from posts in force.
func (s *Server) grants(ctx context.Context, a access.Account, now time.Time) ([]access.Grant, error) {
	out, err := s.Store.Grants(ctx, a.ID)
	if err != nil || a.HelperID == "" {
		return out, err
	}
	posts, err := s.Store.PostsOf(ctx, a.HelperID)
	if err != nil {
		return nil, err
	}
	open := map[string]bool{"": true}
	ends := map[string]time.Time{}
	for _, p := range posts {
		if _, known := open[p.Incident]; !known {
			i, ok, err := s.Store.Incident(ctx, p.Incident)
			if err != nil {
				return nil, err
			}
			open[p.Incident], ends[p.Incident] = ok && i.InForce(now), i.Ended
		}
		if open[p.Incident] && p.Role != "" {
			g := postGrant(a.ID, p)
			if end := ends[p.Incident]; !end.IsZero() && (g.Until.IsZero() || end.Before(g.Until)) {
				g.Until = end // a start by one person lapses by itself
			}
			out = append(out, g)
		}
	}
	return out, nil
}

func postGrant(account string, p people.Post) access.Grant {
	return access.Grant{Account: account, Role: access.Role(p.Role), PlaceID: p.PlaceID, Path: p.Path, From: p.From, Until: p.Until, Why: access.PostWhy(p.ID)}
}

// emergency fills in which places are in emergency now.
func (s *Server) emergency(ctx context.Context, c *call) error {
	f, err := s.force(ctx, c.now)
	if err == nil {
		c.emerg = f.emerg
	}
	return err
}

// force returns what holds now, kept until something of it begins, ends or changes.
func (s *Server) force(ctx context.Context, now time.Time) (*inForce, error) {
	gen := s.gen.Load()
	s.mu.Lock()
	f := s.now
	s.mu.Unlock()
	if f != nil && f.gen == gen && now.Before(f.until) {
		return f, nil
	}
	incidents, err := s.Store.Incidents(ctx, false) // a start by one person has its end ahead
	if err != nil {
		return nil, err
	}
	measures, err := s.Store.MeasuresNow(ctx, now)
	if err != nil {
		return nil, err
	}
	f = &inForce{gen: gen, until: now.Add(time.Minute)}
	next := func(t time.Time) {
		if t.After(now) && t.Before(f.until) {
			f.until = t
		}
	}
	zoned := map[string]bool{}
	for _, i := range incidents {
		next(i.Started)
		next(i.Ended)
		if !i.InForce(now) {
			continue
		}
		f.decls = append(f.decls, mode.Declaration{Incident: i.ID, PlaceID: i.PlaceID, Path: i.Path, Playbook: i.Version, From: i.Started, Until: i.Ended})
		zoned[i.ID] = true
	}
	for _, m := range measures {
		next(m.From)
		next(m.Until)
		if zoned[m.Incident] && m.InForce(now) {
			f.measures = append(f.measures, m)
			f.emerg.Emergency = append(f.emerg.Emergency, m.Path)
		}
	}
	f.books = map[string]*mode.Playbook{}
	for _, d := range f.decls { // where the playbook knows no zones, the whole place is covered
		b, err := s.playbook(ctx, d.Playbook)
		if err != nil {
			return nil, err
		}
		f.books[d.Incident] = b
		if len(b.Zones) == 0 {
			f.emerg.Emergency = append(f.emerg.Emergency, d.Path)
		}
	}
	f.field = mode.NewField(f.measures, now, f.book)
	slices.Sort(f.emerg.Emergency)
	f.emerg.Emergency = slices.Compact(f.emerg.Emergency)
	s.mu.Lock()
	s.now = f
	s.mu.Unlock()
	return f, nil
}

// book returns the playbook that an incident in force is pinned to, or nil.
func (f *inForce) book(incident string) *mode.Playbook { return f.books[incident] }

// beside returns what the incidents in force other than one hold.
func (f *inForce) beside(incident string, now time.Time) *mode.Field {
	var ms []mode.Measure
	for _, m := range f.measures {
		if m.Incident != incident {
			ms = append(ms, m)
		}
	}
	return mode.NewField(ms, now, f.book)
}

type operatorKey struct{}

// AsOperator marks a request as made by the person at the machine itself, who
// holds the data directory: the command line's own way in, never the network's.
func AsOperator(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, operatorKey{}, name)
}

func operatorOf(ctx context.Context) string {
	n, _ := ctx.Value(operatorKey{}).(string)
	return n
}
