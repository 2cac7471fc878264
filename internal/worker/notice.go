package worker

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/notice"
	"shouwang/internal/people"
)

// Desk is what the worker reads of notices.
type Desk interface {
	Store
	NoticesOpen(ctx context.Context) ([]notice.Notice, error)
	Notice(ctx context.Context, id string) (notice.Notice, bool, error)
	Receivers(ctx context.Context, noticeID string) ([]notice.Receiver, error)
	ReceiversDue(ctx context.Context, now time.Time, limit int) ([]notice.Receiver, error)
	Helpers(ctx context.Context, ids []string) ([]people.Helper, error)
	Reached(ctx context.Context, hs []people.Helper) (map[string]map[string]bool, error)
	Addresses(ctx context.Context, channel string, hs []people.Helper) (map[string]string, error)
	AskToken(noticeID string, n int) string
}

// Post is how notices leave: the channels in the order in which they are tried, and
// the address of this server in what is sent.
type Post struct {
	Desk     Desk
	Channels []notice.Channel
	Public   string
}

// handful is how many receivers are written in one commit, and handfuls how many of
// them go out in one round of work.
const (
	handful  = 200
	handfuls = 25
)

// Notices moves every open notice on: whose turn it is, who is silent, what is to be
// closed. Then it hands out what is to be sent. It returns how many people were asked
// or sent something.
func (w *Worker) Notices(ctx context.Context, now time.Time) (int, error) {
	if w.Post == nil {
		return 0, nil
	}
	open, err := w.Post.Desk.NoticesOpen(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, x := range open {
		asked, err := w.moveOn(ctx, x, now)
		if n += asked; err != nil && fault.KindOf(err) != fault.Conflict { // a conflict: somebody answered just now
			return n, err
		}
	}
	sent, err := w.handOut(ctx, now)
	return n + sent, err
}

// moveOn does what is due for one notice.
func (w *Worker) moveOn(ctx context.Context, n notice.Notice, now time.Time) (int, error) {
	var rs []notice.Receiver
	if n.Turn == notice.OneByOne { // who is asked together was asked when it was sent
		var err error
		if rs, err = w.Post.Desk.Receivers(ctx, n.ID); err != nil {
			return 0, err
		}
	}
	m := notice.Next(&n, rs, now)
	if len(m.Ask) == 0 && m.Close == "" {
		return 0, nil
	}
	head := n
	payload := map[string]any{"asked": len(m.Ask)}
	verb := "notice.asked"
	if m.Close != "" {
		head.Closed, head.Why, verb = now, m.Close, "notice.closed"
		payload = map[string]any{"why": m.Close}
	}
	changes := []journal.Change{{Row: &head, Base: n.Version, Entry: noticeEntry(n, verb, payload, now)}}
	for _, i := range m.Ask {
		r := notice.Turn(&n, rs[i], now)
		changes = append(changes, journal.Change{Row: &r, Base: rs[i].Version})
	}
	_, err := w.Store.Commit(ctx, nil, nil, changes...)
	return len(m.Ask), err
}

func noticeEntry(n notice.Notice, verb string, payload any, now time.Time) journal.Entry {
	raw, err := json.Marshal(payload)
	if err != nil {
		raw = []byte("{}")
	}
	e := journal.Entry{At: now, Actor: Actor, Verb: verb, Thing: "notices", ThingID: n.ID, PlaceID: n.PlaceID, Path: n.Path, Incident: n.Incident,
		Purpose: "register", Audience: "work", Payload: raw}
	if n.Incident != "" {
		e.Purpose = "incident:" + n.Incident
	}
	return e
}

// handOut gives to the channels what is due, a handful at a time. What a channel took
// and could not be written down, because the receiver answered meanwhile or the server
// died, may be sent once more; its id tells the channel.
func (w *Worker) handOut(ctx context.Context, now time.Time) (int, error) {
	sent, notices := 0, map[string]notice.Notice{}
	for range handfuls {
		due, err := w.Post.Desk.ReceiversDue(ctx, now, handful)
		if err != nil || len(due) == 0 {
			return sent, err
		}
		n, err := w.handful(ctx, due, notices, now)
		if sent += n; err != nil {
			return sent, err
		}
	}
	return sent, nil // the rest in the next round of work, so that nothing else waits long
}

// try is one receiver with the channel to be tried, "" where none is left.
type try struct {
	r    notice.Receiver
	n    notice.Notice
	name string
	left int
	m    notice.Message
}

func (w *Worker) handful(ctx context.Context, due []notice.Receiver, notices map[string]notice.Notice, now time.Time) (int, error) {
	tries, err := w.tries(ctx, due, notices, now)
	if err != nil {
		return 0, err
	}
	taken := make([]bool, len(tries))
	sent := 0
	for _, ch := range w.Post.Channels {
		var batch []notice.Message
		var at []int
		for i := range tries {
			if tries[i].name == ch.Name() {
				batch, at = append(batch, tries[i].m), append(at, i)
			}
		}
		if len(batch) == 0 {
			continue
		}
		refused := 0
		for k, err := range ch.Send(ctx, batch) {
			if taken[at[k]] = err == nil; err != nil {
				refused++
			}
		}
		if sent += len(batch) - refused; refused > 0 {
			w.Log.Warn("a channel refused messages", "channel", ch.Name(), "count", refused)
		}
	}
	return sent, w.writeTries(ctx, tries, taken, now)
}

// tries finds for each receiver the channel that is next and makes the message.
func (w *Worker) tries(ctx context.Context, due []notice.Receiver, notices map[string]notice.Notice, now time.Time) ([]try, error) {
	ids := make([]string, len(due))
	for i := range due {
		ids[i] = due[i].HelperID
	}
	hs, err := w.Post.Desk.Helpers(ctx, ids)
	if err != nil {
		return nil, err
	}
	of := make(map[string]*people.Helper, len(hs))
	for i := range hs {
		of[hs[i].ID] = &hs[i]
	}
	on, err := w.Post.Desk.Reached(ctx, hs)
	if err != nil {
		return nil, err
	}
	out := make([]try, 0, len(due))
	for _, r := range due {
		n, ok := notices[r.NoticeID]
		if !ok {
			if n, ok, err = w.Post.Desk.Notice(ctx, r.NoticeID); err != nil {
				return nil, err
			}
			notices[r.NoticeID] = n
		}
		t := try{r: r, n: n}
		if of[r.HelperID] != nil && notice.Sendable(&n, &r, now) {
			var have []string
			for _, ch := range w.Post.Channels {
				if on[r.HelperID][ch.Name()] {
					have = append(have, ch.Name())
				}
			}
			if name, ok := notice.Which(&r, have); ok {
				t.name, t.left = name, len(have)-r.Tries-1
				t.m = notice.Message{ID: n.ID + ":" + strconv.Itoa(r.N), Title: n.Title.ZH, Body: n.Body.ZH, Until: n.Until}
				if w.Post.Public != "" && n.Wants == notice.Answer {
					t.m.Link = w.Post.Public + "/n/" + n.ID + "/" + strconv.Itoa(r.N) + "/" + w.Post.Desk.AskToken(n.ID, r.N)
				}
			}
		}
		out = append(out, t)
	}
	return out, w.address(ctx, out, hs)
}

// address fills in where each message goes, channel by channel.
func (w *Worker) address(ctx context.Context, tries []try, hs []people.Helper) error {
	for _, ch := range w.Post.Channels {
		name := ch.Name()
		of := map[string]bool{}
		for i := range tries {
			if tries[i].name == name {
				of[tries[i].r.HelperID] = true
			}
		}
		var to []people.Helper
		for i := range hs {
			if of[hs[i].ID] {
				to = append(to, hs[i])
			}
		}
		if len(to) == 0 {
			continue
		}
		at, err := w.Post.Desk.Addresses(ctx, name, to)
		if err != nil {
			return err
		}
		for i := range tries {
			if tries[i].name == name {
				tries[i].m.To = at[tries[i].r.HelperID]
			}
		}
	}
	return nil
}

// writeTries writes what became of a handful: one commit and one entry for each notice.
func (w *Worker) writeTries(ctx context.Context, tries []try, taken []bool, now time.Time) error {
	for start := 0; start < len(tries); {
		end := start + 1
		for end < len(tries) && tries[end].n.ID == tries[start].n.ID {
			end++
		}
		var changes []journal.Change
		handed := 0
		for i := start; i < end; i++ {
			t := &tries[i]
			var next notice.Receiver
			switch {
			case !t.n.Closed.IsZero() || !t.r.Reached.IsZero() || t.n.ID == "": // nothing more to send
				next = t.r
				next.Next = time.Time{}
			default:
				next = notice.Deliver(t.r, t.name, taken[i], t.left, now)
			}
			if taken[i] {
				handed++
			}
			changes = append(changes, journal.Change{Row: &next, Base: t.r.Version})
		}
		changes[0].Entry = noticeEntry(tries[start].n, "notice.handed", map[string]any{"handed": handed, "of": end - start}, now)
		if _, err := w.Store.Commit(ctx, nil, nil, changes...); err != nil {
			if fault.KindOf(err) != fault.Conflict {
				return err
			}
			if end-start > 1 { // one of them answered just now: write the others one by one
				for i := start; i < end; i++ {
					if err := w.writeTries(ctx, tries[i:i+1], taken[i:i+1], now); err != nil {
						return err
					}
				}
			}
		}
		start = end
	}
	return nil
}
