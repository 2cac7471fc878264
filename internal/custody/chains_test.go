package custody

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// The other chains that the playbooks walk: an errand for medicine, a transfer to
// isolation and back, the scene of an alarm.
var chains = []struct {
	chain Chain
	clean []Half // a run in which each says their half in time
}{
	{trip, clean()},
	{Chain{ID: "medicine-errand", Take: 30 * time.Minute, Again: 30 * time.Minute, Top: 3, Legs: []Leg{
		{ID: "review", By: []string{"medical", "community"}, Within: 4 * time.Hour, Ends: []string{"declined"}},
		{ID: "buy", By: []string{"medical", "lead"}, Within: 12 * time.Hour, Proof: "receipt"},
		{ID: "carry", By: []string{"medical", "lead"}, Within: 3 * time.Hour},
		{ID: "deliver", By: []string{"lead"}, Within: 6 * time.Hour, Proof: "receipt", Ends: []string{"paid", "covered"}},
	}}, relay("paid", "review", "buy", "carry", "deliver")},
	{Chain{ID: "isolation-transfer", Take: 15 * time.Minute, Again: 10 * time.Minute, Top: 3, Legs: []Leg{
		{ID: "home", By: []string{"community"}, Within: time.Hour, Ends: []string{"called-off"}},
		{ID: "ride", By: []string{"driver"}, Within: time.Hour},
		{ID: "site", By: []string{"isolation-site"}, Within: 24 * time.Hour, Proof: "receipt"},
		{ID: "back", By: []string{"driver"}, Within: time.Hour},
		{ID: "door", By: []string{"lead"}, Within: time.Hour, Ends: []string{"home"}},
	}}, relay("home", "home", "ride", "site", "back", "door")},
	{Chain{ID: "scene", Take: 2 * time.Minute, Again: 3 * time.Minute, Top: 3, Legs: []Leg{
		{ID: "raised", By: []string{"community"}, Within: 3 * time.Minute, Ends: []string{"false-alarm", "settled"}},
		{ID: "inside", By: []string{"lead"}, Within: 20 * time.Minute, Ends: []string{"false-alarm", "settled"}},
		{ID: "crew", By: []string{"fire-crew"}, Within: 2 * time.Hour, Ends: []string{"handed"}},
	}}, relay("handed", "raised", "inside", "crew")},
}

// relay is a clean run over legs, two minutes each, by a keeper of each leg; the first is
// the lead's.
func relay(how string, legs ...string) (out []Half) {
	from, n := lead, 0
	say := func(h Half) {
		h.ID, h.At = fmt.Sprint(len(out)), t0.Add(time.Duration(n)*time.Minute)
		out = append(out, h)
		n++
	}
	for i, l := range legs[1:] {
		to := Party{Who: fmt.Sprint("keeper", i), Post: l}
		say(Half{Verb: Give, By: from, To: to, Leg: l, Code: fmt.Sprint(1000 + i)})
		say(Half{Verb: Take, By: to, Leg: l, Code: fmt.Sprint(1000 + i)})
		from = to
	}
	say(Half{Verb: End, By: from, How: how})
	return out
}

// On each chain: no alarm in a clean run; whichever half is missing, an alarm within the
// limit of whoever has the subject; a refusal, a lost phone, a second subject, a lifted
// zone and another tap, in every order of arrival: one keeper, a deadline, a way to an end.
func TestEveryChainHasAKeeperADeadlineAndAnEnd(t *testing.T) {
	for _, x := range chains {
		c, all := x.chain, x.clean
		t.Run(c.ID, func(t *testing.T) {
			if problem, ok := Check(&c); !ok {
				t.Fatal(problem)
			}
			if _, with := run(&c, lead, all, at(24*60)); len(with) != len(all) {
				t.Fatalf("an alarm in a clean run: %+v", with[len(all):])
			}
			for n, h := range all[:len(all)-1] {
				if s, with := run(&c, lead, all[:n:n], h.At); len(with) != n || s.Level != 0 {
					t.Fatalf("an alarm before half %d of a clean run", n)
				}
				s := Reckon(&c, lead, t0, all[:n:n])
				limit := s.Due
				if s.Offer != nil {
					limit = earlier(limit, s.Offer.At.Add(c.Take))
				}
				_, with := run(&c, lead, all[:n:n], limit)
				if len(with) == n {
					t.Fatalf("half %d does not come and nothing is raised by %v", n, limit)
				}
			}
			for name, odd := range oddities(&c, all) {
				every(t, &c, name, odd)
			}
		})
	}
}

// oddities are runs in which something goes otherwise.
func oddities(c *Chain, all []Half) map[string][]Half {
	last := c.Legs[len(c.Legs)-1].ID
	begun := all[:2:2] // somebody has it on the second leg
	keeper := begun[1].By
	other := Party{Who: "another", Post: c.Legs[min(2, len(c.Legs)-1)].ID}
	leg := c.Legs[min(2, len(c.Legs)-1)].ID
	return map[string][]Half{
		"refused":     append(slices.Clone(begun), Half{ID: "g", Verb: Give, By: keeper, To: other, Leg: leg, At: at(6)}, Half{ID: "r", Verb: Refuse, By: other, How: "full", At: at(7)}),
		"lost phone":  append(slices.Clone(begun[:1]), Half{ID: "n", Verb: Name, By: command, To: other, Leg: leg, Behalf: "command", At: at(8)}),
		"zone lifted": append(slices.Clone(begun), Half{ID: "g", Verb: Give, By: keeper, To: lead, Leg: last, At: at(6)}, Half{ID: "t", Verb: Take, By: lead, Leg: last, At: at(7)}),
		"another tap": append(slices.Clone(begun), Half{ID: "1b", Verb: Take, By: keeper, Leg: begun[1].Leg, Code: begun[1].Code, At: begun[1].At.Add(time.Second)}),
		"no gift":     {begun[1]},
		"after all":   append(slices.Clone(all), Half{ID: "x", Verb: Take, By: other, Leg: leg, At: at(400)}),
	}
}

// every holds what must hold of some halves in every order of arrival, with one twice.
func every(t *testing.T, c *Chain, name string, said []Half) {
	t.Helper()
	want := Reckon(c, lead, t0, said)
	r := rand.New(rand.NewPCG(42, 7))
	for range 200 {
		mixed := append(slices.Clone(said), said[r.IntN(len(said))])
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if got := Reckon(c, lead, t0, mixed); !same(want, got) {
			t.Fatalf("%s: the order of arrival decided:\n%+v\n%+v", name, want, got)
		}
		for n := range mixed { // whatever has arrived so far
			s := Reckon(c, lead, t0, mixed[:n])
			due, open := s.Next(c)
			if s.Keeper.Who == "" || !open && !s.Over() {
				t.Fatalf("%s: nobody, or no deadline: %+v", name, s)
			}
			if limit := later(s.Since, s.Alarmed).Add(c.Legs[s.Leg].Within + c.Again); !s.Over() && due.After(limit) {
				t.Fatalf("%s: the next alarm at %v, later than %v", name, due, limit)
			}
		}
	}
	if _, open := want.Next(c); want.Over() && open && len(want.Gaps) == 0 {
		t.Fatalf("%s: it ended and never ends: %+v", name, want)
	}
	if want.Over() {
		return
	}
	// Whoever has it comes to the end by what May allows.
	end := c.Legs[len(c.Legs)-1]
	who := Party{Who: "the last", Post: end.By[0]}
	n := later(at(500), want.Since)
	for i, h := range []Half{{Verb: Give, By: want.Keeper, To: who, Leg: end.ID}, {Verb: Take, By: who, Leg: end.ID}, {Verb: End, By: who, How: end.Ends[0]}} {
		h.ID, h.At = fmt.Sprint("z", i), n.Add(time.Duration(i)*time.Minute)
		if err := May(c, Reckon(c, lead, t0, said), t0, func(string) bool { return false }, h, "receipt", h.At); err != nil {
			t.Fatalf("%s: %s: %v", name, h.Verb, err)
		}
		said = append(said, h)
	}
	if s := Reckon(c, lead, t0, said); !s.Over() || s.How != end.Ends[0] {
		t.Fatalf("%s: no way out: %+v", name, s)
	}
}

// Two subjects in one car are two custodies on every chain: what is said of one moves
// nothing of the other.
func TestASecondSubjectIsACustodyOfItsOwn(t *testing.T) {
	for _, x := range chains {
		one, two := Reckon(&x.chain, lead, t0, x.clean), Reckon(&x.chain, lead, t0, x.clean[:2])
		if !one.Over() || two.Over() || two.Keeper != x.clean[1].By {
			t.Fatalf("%s: %+v\n%+v", x.chain.ID, one, two)
		}
	}
}
