package servers

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// jobs is work by the clock that a test has laid out: sessions that run idle, and
// starts by one person that lapse and are forgotten soon after.
const (
	idleSessions = 24
	lapses       = 8
)

// lay puts down work that falls due one after the other over a time.
func (f *fleet) lay(over time.Duration) error {
	s, err := f.open()
	if err != nil {
		return err
	}
	defer s.Close()
	now := time.Now().UTC()
	var changes []journal.Change
	for i := range idleSessions {
		x := access.Session{TokenHash: fmt.Sprint("job-", i), AccountID: fmt.Sprint("job-", i), Kind: access.Browser, Created: now,
			Expires: now.Add(over * time.Duration(i) / idleSessions), LastSeen: now}
		changes = append(changes, journal.Change{Row: &x})
	}
	for i := range lapses {
		x := dispatch.Incident{ID: fmt.Sprint("job-", i), Title: "job", Playbook: "epidemic", PlaceID: "job", Path: "zzz.", Author: "job", Declared: now, Started: now,
			StartBy: "job", Ended: now, EndBy: dispatch.Lapse, Keep: over * time.Duration(i+1) / lapses}
		changes = append(changes, journal.Change{Row: &x})
	}
	_, err = s.Commit(context.Background(), nil, nil, changes...)
	return err
}

// open looks at the data past all relays, without keys.
func (f *fleet) open() (*store.Store, error) {
	return store.Open(context.Background(), f.db, store.Options{Clock: func() time.Time { return time.Now().UTC() }})
}

// verdict is what was found at the end.
type verdict struct {
	tried, acked                 int
	lost, doubled, unsound, jobs []string
	feed                         []string
}

// judge reads the whole journal and compares.
func (f *fleet) judge(c *team, ears []*ear) (v verdict, err error) {
	ctx := context.Background()
	s, err := f.open()
	if err != nil {
		return v, err
	}
	defer s.Close()
	var entries []journal.Entry
	for at := int64(0); ; {
		es, err := s.Entries(ctx, at, 5000)
		if err != nil {
			return v, err
		}
		if len(es) == 0 {
			break
		}
		for _, e := range es {
			if e.Seq != at+1 {
				v.unsound = append(v.unsound, fmt.Sprintf("entry %d follows %d", e.Seq, at))
			}
			at = e.Seq
		}
		entries = append(entries, es...)
	}
	done, perDoor, jobs := map[string]int{}, map[string]int64{}, map[string]int{}
	for _, e := range entries {
		switch e.Verb {
		case "target.recorded":
			done[e.Op]++
			perDoor[e.PlaceID]++
		case "session.expired", "incident.lapsed", "incident.erased":
			jobs[e.Verb+" "+e.ThingID]++
		}
	}
	for op := range c.tried {
		v.tried++
		if c.acks[op] > 0 {
			v.acked++
			if done[op] == 0 {
				v.lost = append(v.lost, op)
			}
		}
		if done[op] > 1 {
			v.doubled = append(v.doubled, op)
		}
		delete(done, op)
	}
	for op := range done {
		v.unsound = append(v.unsound, "an operation nobody sent: "+op)
	}
	for i := range idleSessions {
		jobs[fmt.Sprint("session.expired job-", i)] += 0
	}
	for i := range lapses {
		jobs[fmt.Sprint("incident.lapsed job-", i)] += 0
		jobs[fmt.Sprint("incident.erased job-", i)] += 0
	}
	for _, k := range slices.Sorted(maps.Keys(jobs)) {
		if strings.Contains(k, "job-") && jobs[k] != 1 {
			v.jobs = append(v.jobs, fmt.Sprintf("%s: %d times", k, jobs[k]))
		}
	}
	if len(perDoor) > 0 {
		first := map[string]int64{}
		for _, d := range f.doors {
			first[d.id] = d.version
		}
		targets, err := s.Targets(ctx, f.round, "")
		if err != nil {
			return v, err
		}
		for _, x := range targets {
			if n, ok := first[x.PlaceID]; ok && x.Version != n+perDoor[x.PlaceID] {
				v.unsound = append(v.unsound, fmt.Sprintf("door %s is at version %d after %d records", x.PlaceID, x.Version, perDoor[x.PlaceID]))
			}
		}
	}
	for _, e := range ears {
		inside, err := f.inside(s, e.building)
		if err != nil {
			return v, err
		}
		v.feed = append(v.feed, e.check(entries, inside)...)
	}
	return v, nil
}

func (f *fleet) inside(s *store.Store, building string) (map[string]bool, error) {
	p, err := s.Places(context.Background(), []string{building})
	if err != nil || len(p) != 1 {
		return nil, errors.Join(err, fmt.Errorf("%d places", len(p)))
	}
	doors, err := s.PlacesUnder(context.Background(), p[0].Path, territory.Door)
	out := map[string]bool{}
	for _, d := range doors {
		out[d.ID] = true
	}
	return out, err
}

// ears puts a listener into some buildings, each at another server.
func (f *fleet) ears(n int) (out []*ear, err error) {
	s, err := f.open()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	houses, err := s.PlacesUnder(context.Background(), "", territory.Building)
	if err != nil || len(houses) < n {
		return nil, errors.Join(err, fmt.Errorf("%d buildings", len(houses)))
	}
	at, err := s.Newest(context.Background())
	for i := range n {
		out = append(out, f.listen(houses[i].ID, at, i))
	}
	return out, err
}

// hush waits until every ear has heard what there is, and ends them.
func hush(ears []*ear, wait time.Duration) (moves int) {
	last, same := make([]int64, len(ears)), 0
	for began := time.Now(); time.Since(began) < wait && same < 6; time.Sleep(500 * time.Millisecond) {
		same++
		for i, e := range ears {
			if at := e.cursor(); at != last[i] {
				last[i], same = at, 0
			}
		}
	}
	for _, e := range ears {
		e.stop()
		<-e.done
		moves += e.moves
	}
	return moves
}
