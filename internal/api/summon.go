package api

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/notice"
)

// Call is a mobilisation call as its senders see it.
type Call struct {
	ID        string    `json:"id"`
	PlaceID   string    `json:"place_id"`
	PlaceName string    `json:"place_name"`
	Incident  string    `json:"incident"`
	Title     Words     `json:"title"`
	Body      Words     `json:"body"`
	Author    string    `json:"author"`
	Sent      string    `json:"sent"`
	Until     string    `json:"until"`
	Closed    string    `json:"closed"`
	Why       string    `json:"why" enum:",enough,over,nobody-left,withdrawn"`
	Reason    string    `json:"reason"`
	Wanted    int       `json:"wanted"`
	Counts    CallCount `json:"counts"`
	Open      bool      `json:"open"`
	MayEnd    bool      `json:"may_end" doc:"this viewer may withdraw it"`
}

// CallCount says how many receivers stand where. The parts add up to Total.
type CallCount struct {
	Total     int `json:"total"`
	Yes       int `json:"yes"`
	No        int `json:"no"`
	Later     int `json:"later"`
	Read      int `json:"read" doc:"opened, not answered yet"`
	Asked     int `json:"asked" doc:"on its way, not opened"`
	Unreached int `json:"unreached" doc:"no channel is left: somebody has to call or knock"`
	Silent    int `json:"silent" doc:"did not answer in time"`
	Spared    int `json:"spared" doc:"closed before they answered"`
}

func (k *CallCount) add(state string) {
	k.Total++
	switch state {
	case notice.Yes:
		k.Yes++
	case notice.No:
		k.No++
	case notice.Later:
		k.Later++
	case "read":
		k.Read++
	case "unreached":
		k.Unreached++
	case "silent":
		k.Silent++
	case "spared":
		k.Spared++
	default:
		k.Asked++
	}
}

// CallBoard is a call with how it stands in each community and a part of its list.
type CallBoard struct {
	Call
	Places []CallPlace `json:"places" nullable:"false"`
	Items  []Called    `json:"items" nullable:"false"`
	Next   int         `json:"next" doc:"n of the last one shown; 0: that was all"`
}

// CallPlace is how a call stands at one community.
type CallPlace struct {
	PlaceID string    `json:"place_id"`
	Name    string    `json:"name"`
	Counts  CallCount `json:"counts"`
}

// Called is one receiver of a call.
type Called struct {
	N         int    `json:"n"`
	HelperID  string `json:"helper_id"`
	Name      string `json:"name"`
	WorkPhone string `json:"work_phone"`
	PlaceName string `json:"place_name"`
	State     string `json:"state" enum:"waiting,asked,unreached,read,yes,no,later,silent,spared"`
	Channel   string `json:"channel"`
	Failed    string `json:"failed" enum:",no-address,not-taken,not-opened"`
	Reached   string `json:"reached"`
	Answered  string `json:"answered"`
	By        string `json:"by" doc:"who wrote the answer down for them; empty when they did"`
	MayNote   bool   `json:"may_note"`
}

// Reach says whom a call would reach, before it is sent.
type Reach struct {
	Helpers   int         `json:"helpers"`
	Reachable int         `json:"reachable" doc:"with at least one channel that stands here"`
	Channels  []Count     `json:"channels" nullable:"false" doc:"how many have an address on each"`
	Places    []CallPlace `json:"places" nullable:"false"`
}

// Count is a name with how many.
type Count struct {
	Name string `json:"name"`
	N    int    `json:"n"`
}

type reachQuery struct {
	ID      string   `path:"id"`
	Kinds   []string `query:"kinds"`
	Skills  []string `query:"skills"`
	Trained []string `query:"trained"`
}

type callInput struct {
	ID   string `path:"id"`
	Body struct {
		Title    Words    `json:"title"`
		Text     Words    `json:"text"`
		Incident string   `json:"incident,omitempty" maxLength:"60"`
		Kinds    []string `json:"kinds,omitempty" maxItems:"20"`
		Skills   []string `json:"skills,omitempty" maxItems:"40"`
		Trained  []string `json:"trained,omitempty" maxItems:"40"`
		Until    string   `json:"until" maxLength:"40" doc:"RFC 3339, or a civil day whose end counts"`
		Wanted   int      `json:"wanted,omitempty" doc:"How many are wanted; 0: as many as come"`
	}
}

type callQuery struct {
	ID    string `path:"id"`
	State string `query:"state" enum:",waiting,asked,unreached,read,yes,no,later,silent,spared"`
	Under string `query:"under"`
	After int    `query:"after" minimum:"0" doc:"Only those whose n is greater"`
	Limit int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
}

func (s *Server) summons() {
	read(s, Op{ID: "call-reach", Path: "/places/{id}/reach", Action: access.CallSend, Summary: "Whom a mobilisation call would reach here, before it is sent"}, s.reach)
	act(s, Op{ID: "call-send", Path: "/places/{id}/calls", Action: access.CallSend, Summary: "Send a mobilisation call to all helpers of a place who fit, over the channels they have"}, s.summon)
	type under struct {
		Under string `query:"under"`
	}
	read(s, Op{ID: "call-list", Path: "/calls", Action: access.CallRead, Summary: "Mobilisation calls at your places, the newest first"},
		func(ctx context.Context, c *call, in *under) (Items[Call], error) {
			out := Items[Call]{Items: []Call{}}
			a, ranges, err := s.under(ctx, c, access.CallRead, in.Under)
			if err != nil {
				return out, err
			}
			seen := map[string]bool{}
			for _, r := range ranges {
				ns, err := s.Store.Notices(ctx, notice.Call, r.Top, 100)
				if err != nil {
					return out, err
				}
				above, err := s.callsAbove(ctx, r.Top)
				if err != nil {
					return out, err
				}
				for _, n := range append(ns, above...) {
					if seen[n.ID] {
						continue
					}
					seen[n.ID] = true
					w, _, err := s.callWire(ctx, c, a, n, in.Under)
					if err != nil {
						return out, err
					}
					out.Items = append(out.Items, w.Call)
				}
			}
			slices.SortStableFunc(out.Items, func(x, y Call) int { return cmp.Compare(y.Sent, x.Sent) })
			out.Total = len(out.Items)
			return out, nil
		})
	read(s, Op{ID: "call-read", Path: "/calls/{id}", Action: access.CallRead, Summary: "One call: who comes, who does not, who was not reached; within your places"}, s.callBoard)
	type withdrawal struct {
		ID   string `path:"id"`
		Body struct {
			Reason string `json:"reason" maxLength:"1000"`
		}
	}
	write(s, Op{ID: "call-withdraw", Path: "/calls/{id}/withdraw", Action: access.CallSend, Summary: "End a call by hand, with a reason its receivers read"},
		func(ctx context.Context, c *call, in *withdrawal) (Call, []journal.Change, error) {
			n, err := s.called(ctx, c, access.CallSend, in.ID)
			if err != nil {
				return Call{}, nil, err
			}
			if err := s.may(c, access.CallSend, n.Path); err != nil {
				return Call{}, nil, access.Hide(err)
			}
			next, err := notice.Withdraw(n, in.Body.Reason, c.now)
			if err != nil {
				return Call{}, nil, err
			}
			a, err := s.ground(ctx)
			if err != nil {
				return Call{}, nil, err
			}
			w, _, err := s.callWire(ctx, c, a, next, "")
			return w.Call, []journal.Change{{Row: &next, Base: n.Version, Entry: s.noticeEntry(c, "call.withdrawn", next, nil)}}, err
		})
	type noted struct {
		ID   string `path:"id"`
		N    int    `path:"n"`
		Body struct {
			Answer string `json:"answer" maxLength:"10" doc:"yes, no or later, as they said it"`
		}
	}
	write(s, Op{ID: "call-note", Path: "/calls/{id}/receivers/{n}", Action: access.CallNote, Summary: "Write down what somebody answered by phone or at the door"},
		func(ctx context.Context, c *call, in *noted) (Called, []journal.Change, error) {
			n, err := s.called(ctx, c, access.CallNote, in.ID)
			if err != nil {
				return Called{}, nil, err
			}
			r, ok, err := s.Store.Receiver(ctx, n.ID, in.N)
			if err != nil {
				return Called{}, nil, err
			}
			if !ok || s.may(c, access.CallNote, r.Path) != nil {
				return Called{}, nil, access.ErrNotHere.With()
			}
			_, next, changes, err := s.answer(ctx, c, n, r, in.Body.Answer)
			if err != nil {
				return Called{}, nil, err
			}
			hs, err := s.Store.Helpers(ctx, []string{r.HelperID})
			if err != nil {
				return Called{}, nil, err
			}
			a, err := s.ground(ctx)
			return s.calledWire(c, a, &n, next, byID(hs)), changes, err
		})
}

// reachQuery's filter and callInput's are the same.
func (q *reachQuery) summons() dispatch.Summons {
	return dispatch.Summons{Kinds: q.Kinds, Skills: q.Skills, Trained: q.Trained}
}

func (s *Server) reach(ctx context.Context, c *call, in *reachQuery) (Reach, error) {
	out := Reach{Channels: []Count{}, Places: []CallPlace{}}
	a, p, err := s.named(ctx, c, access.CallSend, in.ID)
	if err != nil {
		return out, err
	}
	hs, err := s.Store.HelpersUnder(ctx, p.Path)
	if err != nil {
		return out, err
	}
	on := map[string]int{}
	per := newPerPlace(a)
	for _, r := range dispatch.Summon(&notice.Notice{Sent: c.now}, hs, in.summons()) {
		out.Helpers++
		per.add(r.Path, "asked")
	}
	f := in.summons()
	reached, err := s.Store.Reached(ctx, hs)
	if err != nil {
		return out, err
	}
	for i := range hs {
		if !f.Fits(&hs[i], c.now) {
			continue
		}
		any := false
		for _, name := range s.Channels {
			if reached[hs[i].ID][name] {
				on[name]++
				any = true
			}
		}
		if any {
			out.Reachable++
		}
	}
	for _, name := range slices.Sorted(maps.Keys(on)) {
		out.Channels = append(out.Channels, Count{name, on[name]})
	}
	out.Places = per.list()
	return out, nil
}

func (s *Server) summon(ctx context.Context, c *call, in *callInput) (Call, journal.Receipt, error) {
	var none journal.Receipt
	a, p, err := s.named(ctx, c, access.CallSend, in.ID)
	if err != nil {
		return Call{}, none, err
	}
	n := notice.Notice{ID: journal.NewID(c.now), Kind: notice.Call, PlaceID: p.ID, Path: p.Path, Incident: in.Body.Incident, Thing: "places", ThingID: p.ID,
		Title: mode.Text(in.Body.Title), Body: mode.Text(in.Body.Text), Wants: notice.Answer, Turn: notice.Together, Wanted: in.Body.Wanted,
		Author: c.viewer.Account(), Sent: c.now}
	if n.Incident != "" {
		if _, err := s.incident(ctx, c, access.IncidentRead, n.Incident); err != nil {
			return Call{}, none, err
		}
		n.Thing, n.ThingID = "incidents", n.Incident
	}
	if n.Until, err = civilEnd(in.Body.Until, c.now); err != nil {
		return Call{}, none, notice.ErrTime.With().At("until")
	}
	if err := notice.Check(&n, c.now); err != nil {
		return Call{}, none, err
	}
	hs, err := s.Store.HelpersUnder(ctx, p.Path)
	if err != nil {
		return Call{}, none, err
	}
	rs := dispatch.Summon(&n, hs, dispatch.Summons{Kinds: in.Body.Kinds, Skills: in.Body.Skills, Trained: in.Body.Trained})
	if len(rs) == 0 {
		return Call{}, none, notice.ErrNobody.With()
	}
	w := s.callHead(ctx, c, a, n)
	w.Counts = CallCount{Total: len(rs), Asked: len(rs)}
	rows := func(yield func(journal.Change) bool) {
		for i := range rs {
			if !yield(journal.Change{Row: &rs[i]}) {
				return
			}
		}
	}
	entry := s.noticeEntry(c, "call.sent", n, map[string]any{"receivers": len(rs), "until": stamp(n.Until)})
	r, err := s.bulk(ctx, c, entry, w, rows, journal.Change{Row: &n})
	return w, r, err
}
