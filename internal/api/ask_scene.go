package api

import (
	"context"
	"slices"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/custody"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/notice"
	"shouwang/internal/people"
)

// The faults of taking a scene.
var (
	ErrSceneTaken = fault.Define(fault.Conflict, "SW-2336", "现场已经由{0}负责。没有记下，责任人没有变；您到了请找这位，要换人由这位交给您。", "{0} answers for the scene already. Nothing was recorded and who answers has not changed; find them there, they can hand it to you.")
	ErrNotComing  = fault.Define(fault.Conflict, "SW-2337", "先点“我去”，到了再接现场。没有记下，责任人没有变。", "Say first that you are coming; take the scene when you are there. Nothing was recorded and who answers has not changed.")
)

// sceneLeg is the leg on which somebody from inside has the scene.
const sceneLeg = "inside"

// askedPost is the post of whoever has a scene because they were asked to it and came.
const askedPost = "asked"

// AskScene is the scene of an alarm to somebody who comes to it.
type AskScene struct {
	ID    string `json:"id" doc:"the custody"`
	State string `json:"state" enum:"free,mine,taken"`
	Who   string `json:"who" doc:"who answers for it there, by name; empty while nobody is there"`
}

// sceneAt is the scene that somebody goes to: its custody, its chain and what was said.
type sceneAt struct {
	custody need.Custody
	kase    need.Case
	item    need.Item
	chain   *custody.Chain
	said    []need.Said
	state   custody.State
}

// sceneOf finds the running scene of an alarm for whoever said that they come; none when
// it is over or its item has no scene.
func (s *Server) sceneOf(ctx context.Context, n *notice.Notice, r *notice.Receiver) (*sceneAt, error) {
	if n.Kind != notice.Alarm || r.Answer != notice.Yes {
		return nil, nil
	}
	k, ok, err := s.Store.Case(ctx, n.ThingID)
	if err != nil || !ok || !k.Answered.IsZero() || !k.Closed.IsZero() {
		return nil, err
	}
	xs, err := s.Store.CustodiesOf(ctx, k.ID)
	if err != nil {
		return nil, err
	}
	for _, x := range xs {
		item, err := s.begunBy(ctx, &x)
		if err != nil {
			return nil, err
		}
		ch := item.Chain()
		if ch == nil || !slices.ContainsFunc(ch.Legs, func(l custody.Leg) bool { return l.ID == sceneLeg }) {
			continue
		}
		said, err := s.Store.Halves(ctx, x.ID, false)
		if err != nil {
			return nil, err
		}
		if at := (sceneAt{custody: x, kase: k, item: item, chain: ch, said: said, state: x.Reckon(ch, said)}); !at.state.Over() {
			return &at, nil
		}
	}
	return nil, nil
}

// stands says whether somebody from inside, or a crew, has the scene already.
func (x *sceneAt) stands(me string) string {
	switch {
	case x.state.Keeper.Who == me:
		return "mine"
	case slices.IndexFunc(x.chain.Legs, func(l custody.Leg) bool { return l.ID == sceneLeg }) > x.state.Leg:
		return "free"
	}
	return "taken"
}

// askScene is the scene of an ask as its receiver sees it, or nil.
func (s *Server) askScene(ctx context.Context, c *call, a *Atlas, n *notice.Notice, r *notice.Receiver) (*AskScene, error) {
	x, err := s.sceneOf(ctx, n, r)
	if err != nil || x == nil {
		return nil, err
	}
	w := &AskScene{ID: x.custody.ID, State: x.stands(c.viewer.Account())}
	if w.State != "free" {
		w.Who = s.partyWire(ctx, a, x.item.Chained, x.state.Keeper).Name
	}
	return w, nil
}

// SceneByLink is how the scene of an alarm stands for whoever holds the address of an ask:
// free, mine or taken, by whom; nothing where there is none or they do not come.
func (s *Server) SceneByLink(ctx context.Context, n notice.Notice, r notice.Receiver) (state, who string, err error) {
	x, err := s.sceneOf(ctx, &n, &r)
	if err != nil || x == nil {
		return "", "", err
	}
	hs, err := s.Store.Helpers(ctx, []string{r.HelperID})
	if err != nil || len(hs) == 0 {
		return "", "", err
	}
	if state = x.stands(linkActor(&hs[0])); state == "taken" {
		a, err := s.ground(ctx)
		if err != nil {
			return "", "", err
		}
		who = s.partyWire(ctx, a, x.item.Chained, x.state.Keeper).Name
	}
	return state, who, nil
}

// linkActor is the actor's name of a helper who acts by the address in a message.
func linkActor(h *people.Helper) string {
	if h.AccountID != "" {
		return h.AccountID
	}
	return byLink + h.ID
}

// askTake makes whoever was asked, said that they come and is there the one who answers
// for the scene: the ask is the giving half, their tap the taking one. Nobody takes it
// from somebody who is there: that one hands it on.
func (s *Server) askTake(ctx context.Context, c *call, in *askID) (Ask, []journal.Change, error) {
	n, r, err := s.mine(ctx, c, in.ID)
	if err != nil {
		return Ask{}, nil, err
	}
	changes, err := s.takeScene(ctx, c, &n, &r)
	if err != nil {
		return Ask{}, nil, err
	}
	w, err := s.askWire(ctx, c, n, r)
	if len(changes) > 0 {
		w.Scene = &AskScene{ID: w.Scene.ID, State: "mine", Who: s.accountName(ctx, c.viewer.Account())}
	}
	return w, changes, err
}

// takeScene makes the rows of it; none when the caller has the scene already.
func (s *Server) takeScene(ctx context.Context, c *call, n *notice.Notice, r *notice.Receiver) ([]journal.Change, error) {
	if n.Kind == notice.Alarm && r.Answer != notice.Yes {
		return nil, ErrNotComing.With()
	}
	x, err := s.sceneOf(ctx, n, r)
	if err == nil && x == nil {
		err = need.ErrAlarmOver.With()
	}
	if err != nil {
		return nil, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	me := c.viewer.Account()
	switch x.stands(me) {
	case "mine":
		return nil, nil
	case "taken":
		return nil, ErrSceneTaken.With(s.partyWire(ctx, a, x.item.Chained, x.state.Keeper).Name)
	}
	at := c.now
	if k := len(x.said); k > 0 && !x.said[k-1].At.Before(at) {
		at = x.said[k-1].At.Add(time.Millisecond)
	}
	by := s.partyOf(ctx, c, x.chain, sceneLeg)
	if !slices.ContainsFunc(x.chain.Legs, func(l custody.Leg) bool { return l.ID == sceneLeg && slices.Contains(l.By, by.Post) }) {
		by.Post = askedPost // holds no post of the leg: the ask found them able
	}
	asked := n.Author
	if asked == "" {
		asked = byResident
	}
	half := func(h custody.Half) need.Said {
		h.ID, h.Leg = journal.NewID(c.now), sceneLeg
		return need.Said{Half: h, CustodyID: x.custody.ID, Recorded: c.now}
	}
	gave := half(custody.Half{Verb: custody.Give, By: x.state.Keeper, To: by, At: at, Behalf: asked})
	took := half(custody.Half{Verb: custody.Take, By: by, At: at.Add(time.Millisecond)})
	base, row := x.custody.Version, x.custody
	row.Reckon(x.chain, append(slices.Clone(x.said), gave, took))
	e := s.custodyEntry(c.now, me, &x.kase, &row, custodySaid[custody.Take], map[string]string{"leg": sceneLeg, "notice": n.ID})
	return []journal.Change{{Row: &row, Base: base, Entry: e}, {Row: &gave}, {Row: &took}}, nil
}

// sceneTake registers the act.
func (s *Server) sceneTake() {
	write(s, Op{ID: "ask-scene", Path: "/asks/{id}/scene", Action: access.MeRead, Summary: "You were asked to an alarm, said that you come and are there: you answer for the scene now"}, s.askTake)
}
