package api

import (
	"context"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/custody"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/notice"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

// raise makes the rows by which an alarm asks those who are near, able and inside the
// same closed area: a notice that says where to go, what to do and what never to do.
// known leaves out who was asked before. Nobody near is no fault: the desk sees it.
func (s *Server) raise(ctx context.Context, now time.Time, by string, a *Atlas, k *need.Case, r *mode.ResponseItem, title mode.Text, known []notice.Receiver) ([]journal.Change, error) {
	near, err := s.near(ctx, now, a, k.Path, r)
	if err != nil {
		return nil, err
	}
	near = slices.DeleteFunc(near, func(h *people.Helper) bool {
		return h.AccountID != "" && h.AccountID == by || slices.ContainsFunc(known, func(x notice.Receiver) bool { return x.HelperID == h.ID })
	})
	if len(near) > r.Most {
		near = near[:r.Most]
	}
	if len(near) == 0 {
		return nil, nil
	}
	at, path := k.PlaceID, k.Path // the door itself is for who comes
	if b := a.House(k.Path); b != nil {
		at, path = b.ID, b.Path
	}
	where := a.FullName(path)
	n := notice.Notice{ID: journal.NewID(now), Kind: notice.Alarm, PlaceID: at, Path: path, Incident: k.Incident, Thing: "cases", ThingID: k.ID,
		Title: mode.Text{ZH: title.ZH, EN: title.EN},
		Body:  mode.Text{ZH: where + "。" + r.Do.ZH + "底线：" + r.Never.ZH, EN: where + ". " + r.Do.EN + " Safe rule: " + r.Never.EN},
		Wants: notice.Answer, Turn: notice.Together, Author: by, Sent: now, Until: now.Add(r.Within)}
	out := []journal.Change{{Row: &n, Entry: s.alarmEntry(now, by, k, "alarm.asked", map[string]string{"asked": strconv.Itoa(len(near))})}}
	for i, h := range near {
		x := notice.Turn(&n, notice.Receiver{NoticeID: n.ID, N: i + 1, HelperID: h.ID, PlaceID: h.PlaceID, Path: h.Path}, now)
		out = append(out, journal.Change{Row: &x})
	}
	return out, nil
}

// alarmEntry is the entry of something about an alarm: who was asked and who came stays
// in the notice.
func (s *Server) alarmEntry(now time.Time, by string, k *need.Case, verb string, facts map[string]string) journal.Entry {
	e := s.caseEntry(now, by, k, "x", facts)
	e.Verb = verb
	return e
}

// near are the helpers who may be asked to a path, the nearest first: none over the
// border of a closed zone, in either direction.
func (s *Server) near(ctx context.Context, now time.Time, a *Atlas, path string, r *mode.ResponseItem) ([]*people.Helper, error) {
	under := path
	if p := a.UpTo(path, territory.Community); p != nil {
		under = p.Path
	}
	hs, err := s.Store.HelpersUnder(ctx, under)
	if err != nil {
		return nil, err
	}
	f, err := s.force(ctx, now)
	if err != nil {
		return nil, err
	}
	field := f.beside("", now)
	closed := func(at string) string {
		if h := field.Closed(at); h != nil {
			return h.Measure.Path
		}
		return ""
	}
	here := closed(path)
	ids := make([]string, len(hs))
	for i := range hs {
		ids[i] = hs[i].ID
	}
	last, err := s.Store.LastAsked(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i := range hs {
		if t := last[hs[i].ID]; t.After(hs[i].LastAsked) {
			hs[i].LastAsked = t
		}
	}
	within := func(h *people.Helper) bool { return closed(h.Path) == here }
	return dispatch.Rescue{Skills: r.Skills, Trained: r.Trained}.Nearest(path, hs, within, now), nil
}

// running finds an alarm of the same item that goes on at the same place: a second one
// there is joined to it, so that nobody is asked twice.
func (s *Server) running(ctx context.Context, placeID, path, item string) (*need.Case, error) {
	ks, err := s.Store.CasesAt(ctx, placeID, path)
	if err != nil {
		return nil, err
	}
	for i := range ks {
		k := &ks[i]
		if k.Item == item && k.Same == "" && k.Answered.IsZero() && k.Only == "" {
			return k, nil
		}
	}
	return nil, nil
}

// firstAlarm finds the alarm that a new one is joined to. When there is none it gives the
// new one the number that any other told here at this moment would get too: of two at
// once, on whatever servers, the second finds it taken, looks again and is joined.
func (s *Server) firstAlarm(ctx context.Context, k *need.Case) (*need.Case, error) {
	before, err := s.Store.CasesOfItem(ctx, k.PlaceID, k.Path, k.Item)
	if err != nil {
		return nil, err
	}
	head, err := s.running(ctx, k.PlaceID, k.Path, k.Item)
	if err != nil || head != nil || k.Origin == "import" { // a list commits its rows together
		return head, err
	}
	sum := s.Store.CaseRef(k.PlaceID, "alarm|"+k.Item+"|"+strconv.Itoa(before))
	number := need.Number(k.Opened.In(zoneTime).Year(), binary.BigEndian.Uint64(sum))
	other, taken, err := s.Store.CaseByNumber(ctx, number)
	switch {
	case err != nil:
		return nil, err
	case !taken:
		k.Number = number
	case other.PlaceID == k.PlaceID && other.Item == k.Item: // it came just now
		return s.running(ctx, k.PlaceID, k.Path, k.Item)
	}
	return nil, nil
}

// over makes the rows that end what an alarm began: those on the way are told that it is
// over, and the scene has nobody to answer for it any more. A hand-over names its crew.
func (s *Server) over(ctx context.Context, now time.Time, by string, k *need.Case, how string, crew *need.Said) ([]journal.Change, error) {
	ns, err := s.Store.NoticesAbout(ctx, k.ID)
	if err != nil {
		return nil, err
	}
	var out []journal.Change
	for i := range ns {
		n := ns[i]
		if n.Kind != notice.Alarm || !n.Open(now) {
			continue
		}
		next, err := notice.Withdraw(n, alarmOver[how], now)
		if err != nil {
			return nil, err
		}
		out = append(out, journal.Change{Row: &next, Base: n.Version, Entry: s.alarmEntry(now, by, k, "alarm.over", map[string]string{"how": how})})
	}
	cs, err := s.Store.CustodiesOf(ctx, k.ID)
	if err != nil {
		return nil, err
	}
	for i := range cs {
		x := cs[i]
		item, err := s.begunBy(ctx, &x)
		if err != nil || item.Chained == nil || !x.Ended.IsZero() {
			return out, err
		}
		said, err := s.Store.Halves(ctx, x.ID, false)
		if err != nil {
			return nil, err
		}
		more := s.scene(&x, said, now, by, how, crew)
		base := x.Version
		x.Reckon(item.Chain(), append(said, more...))
		row := x
		out = append(out, journal.Change{Row: &row, Base: base, Entry: s.custodyEntry(now, by, k, &x, "ended", map[string]string{"how": how})})
		for j := range more {
			out = append(out, journal.Change{Row: &more[j]})
		}
	}
	return out, nil
}

// alarmOver is what those on the way read when an alarm is over.
var alarmOver = map[string]string{
	"handed":      "外面的队伍到了，已交接，您不用去了，谢谢。/ The crew from outside is there. You need not go, thank you.",
	"settled":     "已经平息，您不用去了，谢谢。/ It is settled. You need not go, thank you.",
	"false-alarm": "看过了，是虚惊，您不用去了，谢谢。/ A false alarm. You need not go, thank you.",
}

// scene are the halves that end the custody of a scene: to a crew both of its sides, who
// hands on and who takes, and then its end; otherwise the end alone.
func (s *Server) scene(x *need.Custody, said []need.Said, now time.Time, by, how string, crew *need.Said) (out []need.Said) {
	at := now
	if n := len(said); n > 0 && !said[n-1].At.Before(at) {
		at = said[n-1].At.Add(time.Millisecond)
	}
	if by == "" {
		by = byResident
	}
	add := func(h need.Said) {
		h.ID, h.CustodyID, h.Recorded, h.At, h.Behalf = journal.NewID(now), x.ID, now, at, by
		at = at.Add(time.Millisecond)
		out = append(out, h)
	}
	keeper := x.Keeper
	if crew != nil {
		add(need.Said{Half: custody.Half{Verb: custody.Give, By: keeper, To: crew.By, Leg: crew.Leg}})
		add(need.Said{Half: custody.Half{Verb: custody.Take, By: crew.By, Leg: crew.Leg}, Proof: crew.Proof, Named: crew.Named})
		keeper = crew.By
	}
	add(need.Said{Half: custody.Half{Verb: custody.End, By: keeper, How: how}})
	return out
}

// place puts where it is into words to be said on the telephone.
func place(t mode.Text, where string) mode.Text {
	return mode.Text{ZH: strings.ReplaceAll(t.ZH, "{place}", where), EN: strings.ReplaceAll(t.EN, "{place}", where)}
}

// alarmEnds are the moves of its case that end an alarm, and how.
var alarmEnds = map[need.Verb]string{need.Reply: "settled", need.Withdraw: "false-alarm"}

// lookFirst says whether a withdrawal is only noted: by the page alone, of an alarm that
// somebody has to look into. Whoever threatens somebody may hold their telephone too.
func (s *Server) lookFirst(x *need.Item, k *need.Case, act *need.Act) bool {
	if act.Verb != need.Withdraw || act.By != "" || x.Response == nil || !x.Response.Look || k.Same != "" {
		return false
	}
	act.Why = withdrawn
	return true
}

// withdrawn marks the note that a withdrawal by the page leaves.
const withdrawn = "withdrawn"

// openAlarm makes the rows of a new alarm: its case, who answers for the scene, and the
// ask to those near; a second one at the same door waits with the first.
func (s *Server) openAlarm(ctx context.Context, now time.Time, by string, a *Atlas, x need.Item, k need.Case, kept []journal.Change) (need.Case, []journal.Change, error) {
	head, err := s.firstAlarm(ctx, &k)
	if err != nil {
		return k, nil, err
	}
	facts := map[string]string{"item": k.Item, "origin": k.Origin}
	if head != nil {
		if k, err = need.Do(x.Rule(), k, need.Act{Verb: need.Join, By: by, At: now, Head: head}); err != nil {
			return k, nil, err
		}
		facts["same"] = head.ID
	}
	step := need.StepOf(&k, need.Act{Verb: need.Open, By: by, At: now}, 1)
	row := k
	changes := append([]journal.Change{{Row: &row, Entry: s.caseEntry(now, by, &k, "opened", facts)}, {Row: &step}}, kept...)
	if head != nil { // which must not have ended meanwhile: nobody would be asked
		return k, append(changes, s.led(now, by, *head)), nil
	}
	var begun []journal.Change
	if ch := x.Chain(); ch != nil {
		if begun, err = s.begin(now, by, &k, ch); err != nil {
			return k, nil, err
		}
	}
	asked, err := s.raise(ctx, now, by, a, &k, x.Response, x.Title, nil)
	return k, append(append(changes, begun...), asked...), err
}

// whither is where somebody who comes to an alarm goes: the very door, which others who were
// asked are not told.
func (s *Server) whither(ctx context.Context, n notice.Notice, r *notice.Receiver) (notice.Notice, error) {
	if n.Kind != notice.Alarm || r.Answer != notice.Yes {
		return n, nil
	}
	k, ok, err := s.Store.Case(ctx, n.ThingID)
	if ok {
		n.PlaceID, n.Path = k.PlaceID, k.Path
	}
	return n, err
}
