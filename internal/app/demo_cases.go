package app

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/demo"
	"shouwang/internal/need"
)

// demoCases lets the residents of the demonstration have asked for things over the last
// weeks. Everything is told through the operations that residents and desks use
// themselves, with a clock that stands in the past; the later communities get a few, the
// first one, where visitors enter, all. A story that an earlier try told is not told twice.
func (a *App) demoCases(ctx context.Context, c *Client) error {
	t := &teller{app: a, front: c, now: a.Config.Clock(), desks: map[string]*Client{}}
	deps := a.API.Deps
	deps.Clock = func() time.Time { return t.at }
	t.past = api.New(deps)
	defer t.past.Close()
	var list struct{ Items []struct{ ID string } }
	if err := askAPI(ctx, c, "GET", "/places?kind=community&limit=2000", nil, &list); err != nil {
		return err
	}
	for i, p := range list.Items {
		n := 6
		if i == 0 {
			n = 56
		}
		var doors struct{ Items []struct{ ID string } }
		if err := askAPI(ctx, c, "GET", "/places?kind=door&limit=2000&under="+url.QueryEscape(p.ID), nil, &doors); err != nil || len(doors.Items) == 0 {
			return err
		}
		told := demo.Asks(uint64(i)+DemoSeed, n)
		if i > 0 { // of the open ones, a few
			told = slices.Delete(told, n+1, n+6)
		}
		for k, x := range told {
			if err := t.tell(ctx, doors.Items[x.Door*37%len(doors.Items)].ID, strconv.Itoa(i)+"-"+strconv.Itoa(k), x); err != nil {
				return err
			}
		}
		if i == 0 {
			for _, more := range []func(context.Context, string) error{t.doses, t.patrol} {
				if err := more(ctx, p.ID); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// teller tells what happened before the demonstration began.
type teller struct {
	app     *App
	past    *api.Server
	front   *Client // who is at the machine, now
	desks   map[string]*Client
	now, at time.Time
}

// desk is a client of whoever works at a desk, at the teller's time.
func (t *teller) desk(ctx context.Context, placeID, role string) (*Client, error) {
	key := role + "@" + placeID
	if c := t.desks[key]; c != nil {
		return c, nil
	}
	var token struct{ Token string }
	if err := askAPI(ctx, t.front, "POST", "/tokens", map[string]string{"role": role, "place_id": placeID, "name": "值班台"}, &token); err != nil {
		return nil, err
	}
	c := t.app.bearer(token.Token, "zh")
	c.http.Transport = inMemory{t.past.Handler()}
	t.desks[key] = c
	return c, nil
}

// tell tells one story as far as it came.
func (t *teller) tell(ctx context.Context, door, slip string, x demo.Asked) error {
	asked := t.now.Add(-x.Ago)
	t.at = asked
	id, token, err := t.past.OpenFor(ctx, door, x.Item, "demo-"+slip)
	if err != nil {
		return err
	}
	k, ok, err := t.app.Store.Case(ctx, id)
	if err != nil || !ok || k.Stage() != need.Waiting {
		return err // told already
	}
	desk, err := t.desk(ctx, k.Desk.PlaceID, k.Desk.Role)
	if err != nil {
		return err
	}
	say := func(after time.Duration, verb need.Verb, words string, rate int) error {
		t.at = asked.Add(after)
		return t.past.SayCase(ctx, id, token, verb, words, "", rate)
	}
	do := func(after time.Duration, verb need.Verb, body map[string]any) error {
		t.at = asked.Add(after)
		return askAPI(ctx, desk, "POST", "/cases/"+id+"/"+string(verb), body, nil)
	}
	answer := map[string]any{"words": x.Reply, "met_by": x.Met, "proof": x.Proof}
	steps := []func() error{func() error { return say(time.Minute, need.Note, x.Words, 0) }}
	if x.Took > 0 {
		steps = append(steps, func() error { return do(x.Took, need.Take, map[string]any{}) })
	}
	if x.Done > 0 {
		steps = append(steps, func() error { return do(x.Done, need.Reply, answer) })
	}
	if x.Again && x.Done > 0 {
		steps = append(steps, func() error { return say(x.Done+time.Hour, need.Reopen, "还没弄好，请再看看", 0) }, func() error { return do(x.Done+3*time.Hour, need.Reply, answer) })
	}
	if x.Rate > 0 {
		steps = append(steps, func() error { return say(x.Done+8*time.Hour, need.Confirm, "", x.Rate) })
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// doses tells until when two invented people's medicines last: one for whom the errand is
// soon, and one later. What an earlier try entered is not entered twice.
func (t *teller) doses(ctx context.Context, community string) error {
	t.at = t.now.Add(-6 * 24 * time.Hour)
	desk, err := t.desk(ctx, community, "community")
	if err != nil {
		return err
	}
	type plan struct {
		PersonID string `json:"person_id"`
	}
	var board struct {
		Items     []plan
		Reviewers []struct{ Who string }
	}
	if err := askAPI(ctx, desk, "GET", "/places/"+community+"/doses", nil, &board); err != nil || len(board.Reviewers) == 0 {
		return err
	}
	var people struct{ Items []struct{ ID string } }
	if err := askAPI(ctx, desk, "GET", "/residents?limit=40&under="+url.QueryEscape(community), nil, &people); err != nil {
		return err
	}
	for i, x := range demo.Doses {
		if i*17 >= len(people.Items) {
			break
		}
		who := people.Items[i*17].ID
		if slices.ContainsFunc(board.Items, func(d plan) bool { return d.PersonID == who }) {
			continue
		}
		body := map[string]any{"medicine": x.Medicine, "until": t.now.AddDate(0, 0, x.Days).Format(time.DateOnly), "reviewer": board.Reviewers[0].Who}
		if err := askAPI(ctx, desk, "POST", "/residents/"+who+"/dose", body, nil); err != nil {
			return err
		}
	}
	return nil
}

// askAPI calls the API and reads its answer into out, when given.
func askAPI(ctx context.Context, c *Client, method, path string, body, out any) error {
	r, err := c.Do(ctx, Request{Method: method, Path: path, Body: body})
	if err != nil || out == nil {
		return err
	}
	return r.Decode(out)
}
