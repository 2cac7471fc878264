package api

import (
	"context"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// How many looks are read for the page of a door, and how many lines it shows.
const (
	looksRead  = 4000
	looksShown = 100
)

// byHour puts the looks at a door together, newest first: one line for each person,
// purpose and hour, with how many there were. The journal keeps each of them; whoever
// opens a long list page by page makes one line here.
func (s *Server) byHour(ctx context.Context, a *Atlas, p *territory.Place, es []journal.Entry) Items[Look] {
	type line struct {
		actor, purpose, field string
		hour                  int64
	}
	out := Items[Look]{Items: []Look{}}
	at := map[line]int{}
	roles := map[string]string{}
	for _, e := range es {
		if territory.Inside(e.Path, p.Path) && !territory.Inside(a.Present(e.PlaceID, e.Path), p.Path) {
			continue // of a place that lies elsewhere now
		}
		f := payload(e)
		k := line{e.Actor, f["purpose"], f["field"], e.At.Truncate(time.Hour).Unix()}
		if k.purpose == "" && p.Kind == territory.Door && e.PlaceID != "" && e.PlaceID != p.ID {
			k.purpose = "list"
		}
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
	if len(es) == looksRead && len(out.Items) > 0 { // the hour read last may hold more
		last := es[len(es)-1].At.Truncate(time.Hour).Unix()
		for n := len(out.Items); n > 0 && out.Items[n-1].hour() == last; n-- {
			out.Items = out.Items[:n-1]
		}
	}
	out.Items = out.Items[:min(looksShown, len(out.Items))]
	out.Total = len(out.Items)
	return out
}

func (l Look) hour() int64 {
	t, _ := time.Parse(time.RFC3339, l.At)
	return t.Truncate(time.Hour).Unix()
}
