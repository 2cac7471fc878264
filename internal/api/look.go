package api

import (
	"context"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// How many looks are read for the page of a door or the card of a person, and how many
// lines it shows.
const (
	looksRead  = 4000
	looksShown = 100
)

// byHour puts the looks at a door together.
func (s *Server) byHour(ctx context.Context, a *Atlas, p *territory.Place, es []journal.Entry) Items[Look] {
	var here []journal.Entry
	purposes := make([]string, 0, len(es))
	for _, e := range es {
		if territory.Inside(e.Path, p.Path) && !territory.Inside(a.Present(e.PlaceID, e.Path), p.Path) {
			continue // of a place that lies elsewhere now
		}
		purpose := payload(e)["purpose"]
		if purpose == "" && p.Kind == territory.Door && e.PlaceID != "" && e.PlaceID != p.ID {
			purpose = "list"
		}
		here, purposes = append(here, e), append(purposes, purpose)
	}
	var open time.Time
	if len(es) == looksRead {
		open = es[len(es)-1].At
	}
	return s.gathered(ctx, here, purposes, open)
}

// gathered makes one line for each person, purpose and hour of looks that are given
// newest first, with how many there were. The journal keeps each of them; whoever
// opens a long list page by page makes one line here. open, unless zero, is the moment
// up to which looks were read: the hour it lies in may hold more and is left out, with
// all before it.
func (s *Server) gathered(ctx context.Context, es []journal.Entry, purposes []string, open time.Time) Items[Look] {
	type line struct {
		actor, purpose, field string
		hour                  int64
	}
	out := Items[Look]{Items: []Look{}}
	at := map[line]int{}
	roles := map[string]string{}
	for i, e := range es {
		hour := e.At.Truncate(time.Hour)
		if !open.IsZero() && !hour.After(open.Truncate(time.Hour)) {
			break
		}
		k := line{e.Actor, purposes[i], payload(e)["field"], hour.Unix()}
		if i, ok := at[k]; ok {
			out.Items[i].Count++
			out.Items[i].Since = stamp(e.At)
			continue
		}
		role, ok := roles[e.Actor]
		if !ok {
			role = s.roleOf(ctx, e.Actor)
			roles[e.Actor] = role
		}
		at[k] = len(out.Items)
		out.Items = append(out.Items, Look{At: stamp(e.At), Role: role, Purpose: k.purpose, Field: k.field, Count: 1})
	}
	out.Items = out.Items[:min(looksShown, len(out.Items))]
	out.Total = len(out.Items)
	return out
}
