package api_test

import (
	"context"
	"flag"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

var (
	caseHistories = flag.Int("case.histories", 10, "how many random histories of cases are played on each engine")
	caseFrom      = flag.Int("case.from", 1, "the seed of the first of them")
)

// deskRoles are the accounts that work at desks of every height.
var deskRoles = []string{"community", "commander", "gridworker", "health", "lead", "elsewhere"}

// told is a case of a history: how its resident follows it, and what was acknowledged.
type told struct {
	id, token string
	acked     map[need.Verb]int
}

// played is one random history of cases and custodies.
type played struct {
	w     *apitest.World
	r     *rand.Rand
	seed  int
	mu    sync.Mutex
	cases []*told
}

func (p *played) one() *told {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.cases[p.r.IntN(len(p.cases))]
}

// did counts what was answered with a success: none of it may be lost.
func (p *played) did(k *told, v need.Verb, ok bool) {
	if p.mu.Lock(); ok {
		k.acked[v]++
	}
	p.mu.Unlock()
}

// Random histories of residents, desks, drivers and the clock, two at a time, with the
// store failing before and after it writes: nothing that was acknowledged is lost, no
// tap opens two cases, every case has a desk and the clock something to do about it,
// every subject has a keeper and an alarm that is due, and left alone nothing lies still.
func TestCasesStaySoundWhateverHappens(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		doors := w.Doors(apitest.Building)
		for seed := *caseFrom; seed < *caseFrom+*caseHistories; seed++ {
			w.Grant("elsewhere", access.Community, apitest.Community2, access.Static)
			w.SignIn(deskRoles...)
			p := &played{w: w, r: rand.New(rand.NewPCG(uint64(seed), 11)), seed: seed}
			for i := range 4 {
				item := []string{"medicine", "see-doctor", "counselling", "medicine"}[i]
				id, token, err := w.API.OpenFor(t.Context(), doors[(seed+i)%len(doors)].ID, item, strconv.Itoa(seed*10+i))
				w.Must(err)
				p.cases = append(p.cases, &told{id, token, map[need.Verb]int{need.Open: 1}})
			}
			if seed%2 == 0 { // one that waits with another from the beginning
				p.did(p.cases[3], need.Join, w.Post("community", "/cases/"+p.cases[3].id+"/join", j{"same": p.cases[0].id}).Status == 200)
			}
			for range 12 {
				var both sync.WaitGroup
				for range 2 {
					both.Go(p.step(doors[p.r.IntN(len(doors))].ID))
				}
				switch p.r.IntN(8) {
				case 0: // it dies before anything is written
					w.Broken.Store(true)
				case 1: // or after, before anybody is told
					w.Lost.Store(true)
				}
				both.Wait()
				w.Broken.Store(false)
				w.Lost.Store(false)
				if p.r.IntN(3) == 0 {
					w.Pass(time.Duration(1+p.r.IntN(10*60)) * time.Minute)
					p.tick()
				}
			}
			for _, k := range p.cases {
				p.sound(k)
			}
			p.listed()
			p.alone()
			if testing.Verbose() {
				t.Logf("seed %d: %v", seed, p.acks())
			}
			p.rest()
		}
	})
}

// step is one thing that somebody does, decided before it is done: mostly what the
// case's stage allows, now and then anything.
func (p *played) step(door string) func() {
	w, k, other, n := p.w, p.one(), p.one(), p.r.IntN(1000)
	who := []string{"community", "community", "community", "commander", "health", "gridworker", "elsewhere"}[n%7]
	if n%4 == 0 {
		return p.hand(k, who, p.r.IntN(1000))
	}
	if n%10 == 1 {
		return p.taps(door, strconv.Itoa(p.seed*1000+n%3))
	}
	c, _, err := w.Store.Case(context.Background(), k.id)
	w.Must(err)
	verbs := need.Possible(&c)
	if n%7 == 0 {
		verbs = []need.Verb{need.Take, need.Reply, need.Confirm, need.Reopen, need.Accept, need.Join, need.Resume, need.Triage}
	}
	if len(verbs) == 0 {
		return func() {}
	}
	v := verbs[p.r.IntN(len(verbs))]
	body := map[need.Verb]j{
		need.Reply:    {"words": "办好了", "met_by": "volunteer", "proof": []string{"", "小票"}[n%2]},
		need.Transfer: {"role": []string{"health", "community", "gridworker", "community"}[n%4], "place_id": []string{"", "", "", w.ID(apitest.Community2)}[n%4], "words": "归你们管"},
		need.Return:   {"words": "不归我们"},
		need.Assign:   {"who": "acc-community"},
		need.Pause:    {"why": "waiting-resident", "until": w.Clock().Add(5 * time.Hour).Format(time.RFC3339)},
		need.Join:     {"same": other.id},
		need.Triage:   {"item": []string{"medicine", "see-doctor"}[n%2]},
		need.Note:     {"words": "问过了"},
	}[v]
	switch v {
	case need.Confirm, need.Reopen, need.Withdraw:
		if v == need.Withdraw && n%2 > 0 {
			v = need.Note
		}
		return func() {
			p.did(k, v, w.API.SayCase(context.Background(), k.id, k.token, v, "就是这样", "", 0) == nil)
		}
	case need.Part:
		return p.part(k, who, door)
	}
	if body == nil {
		body = j{}
	}
	return func() { p.did(k, v, w.Post(who, "/cases/"+k.id+"/"+string(v), body).Status == 200) }
}

// taps is one slip, sent twice.
func (p *played) taps(door, slip string) func() {
	return func() {
		id, token, err := p.w.API.OpenFor(context.Background(), door, "medicine", slip)
		again, _, err2 := p.w.API.OpenFor(context.Background(), door, "medicine", slip)
		if err == nil && err2 == nil && id != again {
			p.w.T.Errorf("seed %d: one slip, two cases", p.seed)
		}
		if err == nil {
			p.mu.Lock()
			p.cases = append(p.cases, &told{id, token, map[need.Verb]int{need.Open: 1}})
			p.mu.Unlock()
		}
	}
}

// part splits off a part of a case, which is a case of its own.
func (p *played) part(k *told, who, door string) func() {
	return func() {
		var part api.Case
		a := p.w.Post(who, "/cases", j{"item": "medicine", "place_id": door, "words": "其中一部分", "parent": k.id})
		if p.did(k, need.Part, a.Status == 200); a.Status == 200 {
			a.OK(&part)
			p.mu.Lock()
			p.cases = append(p.cases, &told{part.ID, strings.TrimPrefix(part.Link, "/c/"+part.ID+"/"), map[need.Verb]int{need.Open: 1}})
			p.mu.Unlock()
		}
	}
}

// hand is one half of a hand-over, in and out of turn.
func (p *played) hand(k *told, who string, n int) func() {
	w := p.w
	verb := []string{"give", "take", "refuse", "recall", "name", "end"}[p.r.IntN(6)]
	leg := []string{"ride", "hospital", "back", "escort", "fetch", "wait"}[p.r.IntN(6)]
	body := j{"leg": leg, "proof": "出院小结", "how": []string{"", "home", "called-off", "admitted"}[n%4]}
	if n%2 == 0 {
		body["to"] = "acc-" + []string{"community", "health", "gridworker"}[n%3]
	} else {
		body["out"] = "ambulance"
	}
	if n%5 == 0 { // said by a phone that had no signal
		body["at"] = w.Clock().Add(-time.Duration(n) * time.Minute).Format(time.RFC3339)
	}
	return func() {
		cs, err := w.Store.CustodiesOf(context.Background(), k.id)
		if err == nil && len(cs) > 0 {
			w.Post(who, "/custodies/"+cs[0].ID+"/"+verb, body)
		}
	}
}

// tick lets the clock do what is due until nothing is, as the worker does.
func (p *played) tick() (n int) {
	w, ctx := p.w, context.Background()
	for range 50 {
		var did int
		for _, k := range due(w) {
			changes, err := w.API.MoveByClock(ctx, k, w.Clock(), "system")
			w.Must(err)
			did += p.commit(changes)
		}
		cs, err := w.Store.CustodiesDue(ctx, w.Clock(), 100)
		w.Must(err)
		for _, k := range cs {
			changes, err := w.API.AlarmByClock(ctx, k, w.Clock(), "system")
			w.Must(err)
			did += p.commit(changes)
		}
		if n += did; did == 0 {
			return n
		}
	}
	p.w.T.Fatalf("seed %d: the clock never rests", p.seed)
	return n
}

func (p *played) commit(changes []journal.Change) int {
	if len(changes) == 0 {
		return 0
	}
	if _, err := p.w.Store.Commit(context.Background(), nil, nil, changes...); err != nil {
		if fault.KindOf(err) != fault.Conflict {
			p.w.Must(err)
		}
		return 0
	}
	return 1
}

// sound says that a case and its custodies are what their steps and halves say.
func (p *played) sound(k *told) need.Case {
	w, ctx := p.w, context.Background()
	w.T.Helper()
	t, err := w.API.TrackCase(ctx, k.id, k.token)
	w.Must(err)
	c, count := t.Case, map[need.Verb]int{}
	for i, s := range t.Steps {
		if count[s.Verb]++; i == 0 && s.Verb != need.Open || i > 0 && s.N <= t.Steps[i-1].N {
			w.T.Fatalf("seed %d: steps %+v", p.seed, t.Steps)
		}
	}
	for v, n := range k.acked {
		if count[v] < n {
			w.T.Fatalf("seed %d: %s was acknowledged %d times and stands %d times", p.seed, v, n, count[v])
		}
	}
	if count[need.Open] != 1 || count[need.Reopen] != c.Reopened || count[need.Climb] != c.Level || c.Desk.PlaceID == "" || c.Desk.Role == "" {
		w.T.Fatalf("seed %d: %+v %v", p.seed, c, count)
	}
	rule := t.Item.Rule()
	if v, at := need.Clock(rule, &c); !at.Equal(c.Next) || v == "" && c.Stage() != need.Closed {
		w.T.Fatalf("seed %d: %s, the clock has %q to do at %v, the row says %v", p.seed, c.Stage(), v, at, c.Next)
	}
	if c.Stage() == need.Closed && (c.How == "silent" && !c.Proved || count[need.Confirm]+count[need.Withdraw]+count[need.Close] == 0) {
		w.T.Fatalf("seed %d: closed %+v", p.seed, c)
	}
	if c.Stage() == need.Joined {
		head, _, err := w.Store.Case(ctx, c.Same)
		w.Must(err)
		if st := head.Stage(); st == need.Closed || st == need.Answered {
			w.T.Fatalf("seed %d: %s waits for one that is %s", p.seed, c.Number, st)
		}
	}
	cs, err := w.Store.CustodiesOf(ctx, c.ID)
	w.Must(err)
	if ch := t.Item.Chain(); ch != nil && !slices.ContainsFunc(cs, func(x need.Custody) bool { return x.Chain == ch.ID }) {
		w.T.Fatalf("seed %d: nobody answers for the %s of %s", p.seed, ch.ID, c.Number)
	}
	for _, x := range cs {
		said, err := w.Store.Halves(ctx, x.ID, false)
		w.Must(err)
		kept, _, err := w.Store.KeptItem(ctx, x.Book)
		w.Must(err)
		item, err := need.ReadItem(kept.Body)
		w.Must(err)
		again := x
		if again.Reckon(item.Chain(), said); !reflect.DeepEqual(again, x) {
			w.T.Fatalf("seed %d: kept %+v\nsaid %+v", p.seed, x, again)
		}
		if x.Keeper.Who == "" || x.Ended.IsZero() == x.Next.IsZero() {
			w.T.Fatalf("seed %d: nobody has %+v", p.seed, x)
		}
	}
	return c
}

// listed says that the list kept in memory is what the tables hold, for desks of every
// height, and that its counts are those of its rows.
func (p *played) listed() {
	w := p.w
	w.SignIn(deskRoles...)
	for _, who := range deskRoles {
		var got api.CaseList
		w.Get(who, "/cases?limit=1000").OK(&got)
		ids := map[string]bool{}
		var mine, waiting, late int
		for _, k := range got.Items {
			if ids[k.ID] = true; k.Mine {
				mine++
			}
			if k.Stage == "waiting" || k.Stage == "offered" {
				waiting++
			}
			if k.Late || k.Level > 0 {
				late++
			}
		}
		if len(ids) != got.All || got.Total != got.All || got.Mine != mine || got.Waiting != waiting || got.Late != late {
			w.T.Fatalf("seed %d: %s counts %d %d %d %d of %d rows", p.seed, who, got.All, got.Mine, got.Waiting, got.Late, len(ids))
		}
		ks, err := w.Store.Cases(context.Background(), "", store.CaseFilter{Limit: 10000}, "", nil)
		w.Must(err)
		for _, k := range ks {
			if there := w.Get(who, "/cases/"+k.ID).Status == 200; there != ids[k.ID] && (there || ids[k.ID]) && p.inRange(who, &k) {
				w.T.Fatalf("seed %d: %s may read %s: %v, lists it: %v", p.seed, who, k.Number, there, ids[k.ID])
			}
		}
	}
}

// inRange says whether a case lies where somebody's list looks at all.
func (p *played) inRange(who string, k *need.Case) bool {
	home := apitest.Homes[access.Role(who)]
	if who == "elsewhere" {
		home = apitest.Community2
	}
	top := p.w.Place(home).Path
	return territory.Inside(k.Path, top) || territory.Inside(k.Desk.Path, top) || territory.Inside(k.Above.Path, top) || k.Offer != nil && territory.Inside(k.Offer.To.Path, top)
}

// alone lets twelve days go by in which nobody does anything: what is not closed is heard
// of again, and again.
func (p *played) alone() {
	before := map[string]int{}
	for _, k := range p.cases {
		before[k.id] = p.sound(k).Level
	}
	for range 4 {
		p.w.Pass(72 * time.Hour)
		p.tick()
	}
	for _, k := range p.cases {
		if c := p.sound(k); c.Stage() != need.Closed && c.Level < before[k.id]+3 {
			p.w.T.Fatalf("seed %d: %s lies still at level %d: %+v", p.seed, c.Stage(), c.Level, c)
		}
	}
}

// rest puts away what is open, so that the next history begins with a quiet clock.
func (p *played) rest() {
	for _, k := range p.cases {
		_ = p.w.API.SayCase(context.Background(), k.id, k.token, need.Withdraw, "", "", 0)
		cs, err := p.w.Store.CustodiesOf(context.Background(), k.id)
		p.w.Must(err)
		for _, x := range cs {
			x.Ended, x.Next = p.w.Clock(), time.Time{}
			p.w.Change("custody.ended", &x, x.Version)
		}
	}
}

func (p *played) acks() map[need.Verb]int {
	out := map[need.Verb]int{}
	for _, k := range p.cases {
		for v, n := range k.acked {
			out[v] += n
		}
	}
	return out
}
