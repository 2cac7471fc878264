package need

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var (
	t0    = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	desk  = Desk{PlaceID: "c1", Path: "/s/c1/", Role: "community"}
	far   = Desk{PlaceID: "c2", Path: "/s/c2/", Role: "department"}
	above = Desk{PlaceID: "s", Path: "/s/", Role: "commander"}
	rule  = Rule{Item: "medicine", Role: "community", Take: 30 * time.Minute, Within: 24 * time.Hour, Hold: 48 * time.Hour, Silence: 36 * time.Hour,
		Longest: 7 * 24 * time.Hour, Reasons: []string{"waiting-parts"}, Proof: "receipt", Consent: 72 * time.Hour, Calendar: Always{}}
)

func fresh(t testing.TB) Case {
	c, err := Start(rule, Case{ID: "k", PlaceID: "d", Desk: desk, Origin: "door", Words: "胰岛素"}, t0)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// do moves a case and fails when it does not move.
func do(t testing.TB, c Case, a Act) Case {
	t.Helper()
	next, err := Do(rule, c, a)
	if err != nil {
		t.Fatalf("%s from %s: %v", a.Verb, c.Stage(), err)
	}
	return next
}

func hours(n float64) time.Time { return t0.Add(time.Duration(n * float64(time.Hour))) }

func TestFromTheTapToTheResidentsYes(t *testing.T) {
	c := fresh(t)
	if v, at := Clock(rule, &c); v != Climb || !at.Equal(hours(0.5)) || !c.Next.Equal(at) {
		t.Fatalf("nobody takes it: %s %v", v, at)
	}
	c = do(t, c, Act{Verb: Take, By: "w", At: hours(0.2)})
	c = do(t, c, Act{Verb: Reply, By: "w", Words: "药已送到", Proof: "小票 12", Met: "volunteer", At: hours(3)})
	c = do(t, c, Act{Verb: Confirm, At: hours(4), Rating: 3})
	if c.Stage() != Closed || c.How != "confirmed" || !c.Next.IsZero() {
		t.Fatalf("%+v", c)
	}
	c = do(t, c, Act{Verb: Reopen, Words: "剂量不对", At: hours(5)})
	if c.Holder != "w" || c.Stage() != Taken || c.Reopened != 1 || !c.Due.Equal(hours(29)) {
		t.Fatalf("reopened to %q: %+v", c.Holder, c)
	}
}

func TestSilenceMovesACase(t *testing.T) {
	c := fresh(t)
	c = do(t, c, Act{Verb: Climb, To: above, At: hours(0.5)})
	if c.Above != above || c.Level != 1 || c.Desk != desk {
		t.Fatalf("%+v", c)
	}
	if v, at := Clock(rule, &c); v != Climb || !at.Equal(hours(12.5)) {
		t.Fatalf("the next climb: %s %v", v, at)
	}
	c = do(t, c, Act{Verb: Transfer, By: "w", To: far, Words: "归你们管", At: hours(1)})
	if _, err := Do(rule, c, Act{Verb: Grant, At: hours(36.9)}); !errors.Is(err, ErrEarly) {
		t.Fatalf("granted before its time: %v", err)
	}
	c = do(t, c, Act{Verb: Grant, At: hours(37)})
	if c.Desk != far || c.Holder != "" || c.Offer != nil {
		t.Fatalf("%+v", c)
	}
	c = do(t, c, Act{Verb: Take, By: "x", At: hours(38)})
	if v, _ := Clock(rule, &c); v != Climb { // past its time it climbs, whoever has it
		t.Fatal(v)
	}
}

func TestATakenCaseWithoutAStepGoesBack(t *testing.T) {
	r := rule
	r.Hold, r.Within = 4*time.Hour, 240*time.Hour
	c, _ := Start(r, Case{PlaceID: "d", Desk: desk, Origin: "door"}, t0)
	c, _ = Do(r, c, Act{Verb: Take, By: "w", At: hours(0)})
	c, err := Do(r, c, Act{Verb: Note, By: "w", Words: "在等药房回电", At: hours(3)})
	if v, at := Clock(r, &c); err != nil || v != Lapse || !at.Equal(hours(7)) {
		t.Fatalf("%s %v %v", v, at, err)
	}
	if c, err = Do(r, c, Act{Verb: Lapse, At: hours(7)}); err != nil || c.Stage() != Waiting {
		t.Fatalf("%+v %v", c, err)
	}
}

func TestAnAnswerClosesByItselfOnlyWithProof(t *testing.T) {
	for _, proof := range []string{"", "小票"} {
		c := do(t, fresh(t), Act{Verb: Take, By: "w", At: hours(0)})
		c = do(t, c, Act{Verb: Reply, By: "w", Words: "送到了", Proof: proof, Met: "government", At: hours(1)})
		v, at := Clock(rule, &c)
		if !at.Equal(hours(73)) || (proof == "") != (v == Climb) || (proof != "") != (v == Close) {
			t.Fatalf("proof %q: %s %v", proof, v, at)
		}
	}
}

func TestAPauseGivesTheTimeBack(t *testing.T) {
	c := do(t, fresh(t), Act{Verb: Take, By: "w", At: hours(0)})
	c = do(t, c, Act{Verb: Pause, By: "w", Why: "waiting-parts", Until: hours(50), At: hours(2)})
	if v, at := Clock(rule, &c); v != Resume || !at.Equal(hours(50)) || c.Late(hours(49)) {
		t.Fatal(v, at)
	}
	if c = do(t, c, Act{Verb: Resume, By: "w", At: hours(12)}); !c.Due.Equal(hours(34)) {
		t.Fatal(c.Due)
	}
}

func TestRefusals(t *testing.T) {
	held := do(t, fresh(t), Act{Verb: Take, By: "w", At: hours(0)})
	answered := do(t, held, Act{Verb: Reply, By: "w", Words: "送到了", Met: "self", At: hours(1)})
	barred := fresh(t)
	barred.Barred = "boss"
	for name, x := range map[string]struct {
		c    Case
		a    Act
		want error
	}{
		"taking what is taken":            {held, Act{Verb: Take, By: "v"}, ErrVerb},
		"answering what another has":      {held, Act{Verb: Reply, By: "v", Words: "好了", Met: "self"}, ErrHolder},
		"an answer of no words":           {held, Act{Verb: Reply, By: "w", Words: " ", Met: "self"}, ErrProof},
		"an answer by nobody's hand":      {held, Act{Verb: Reply, By: "w", Words: "好了", Met: "luck"}, ErrMet},
		"an answer over open parts":       {held, Act{Verb: Reply, By: "w", Words: "好了", Met: "self", Parts: 2}, ErrParts},
		"a transfer to where it lies":     {held, Act{Verb: Transfer, By: "w", To: desk, Words: "转走"}, ErrDesk},
		"a transfer without a reason":     {held, Act{Verb: Transfer, By: "w", To: far}, ErrWhy},
		"a pause for no declared reason":  {held, Act{Verb: Pause, By: "w", Why: "lunch", Until: hours(1)}, ErrPause},
		"a pause that is too long":        {held, Act{Verb: Pause, By: "w", Why: "waiting-parts", Until: hours(1000)}, ErrPause},
		"the yes noted by who answered":   {answered, Act{Verb: Confirm, By: "w", Noted: true}, ErrOwnYes},
		"a rating of 4":                   {answered, Act{Verb: Confirm, Rating: 4}, ErrRating},
		"closing before its time":         {answered, Act{Verb: Close, At: hours(2)}, ErrEarly},
		"reopening without a word":        {answered, Act{Verb: Reopen}, ErrWhy},
		"the author answering":            {barred, Act{Verb: Reply, By: "boss", Words: "没错", Met: "government"}, ErrBarred},
		"joining itself":                  {held, Act{Verb: Join, Head: &held}, ErrSame},
		"joining what is answered":        {held, Act{Verb: Join, Head: &answered}, ErrSame},
		"a verb nobody knows":             {held, Act{Verb: "praise"}, ErrVerb},
		"releasing what another has":      {held, Act{Verb: Release, By: "v"}, ErrHolder},
		"accepting what nobody offered":   {held, Act{Verb: Accept, By: "v"}, ErrVerb},
		"confirming what is not answered": {held, Act{Verb: Confirm}, ErrVerb},
	} {
		got, err := Do(rule, x.c, x.a)
		if !errors.Is(err, x.want) {
			t.Errorf("%s: %v", name, err)
		}
		if !reflect.DeepEqual(got, x.c) {
			t.Errorf("%s: refused and yet changed", name)
		}
	}
}

// Whatever people do or fail to do, a case is never nobody's: it has a desk, and while it
// is open the clock has something to do about it; left alone it ends in somebody's
// hands above or closed, and it closes only by the resident's word or by proof and time.
func TestNoCaseIsForgotten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := Start(rule, Case{ID: "k", PlaceID: "d", Desk: desk, Origin: "door"}, t0)
		if err != nil {
			t.Fatal(err)
		}
		now := t0
		head := Case{ID: "head", Item: rule.Item, Desk: desk}
		for range rapid.IntRange(0, 25).Draw(t, "n") {
			now = now.Add(time.Duration(rapid.IntRange(1, 2000).Draw(t, "minutes")) * time.Minute)
			a := Act{At: now, By: rapid.SampledFrom([]string{"w", "v", ""}).Draw(t, "by"), Who: rapid.SampledFrom([]string{"", "w", "v"}).Draw(t, "who"),
				To: rapid.SampledFrom([]Desk{desk, far, above}).Draw(t, "to"), Words: rapid.SampledFrom([]string{"", "好的", "再看看"}).Draw(t, "words"),
				Proof: rapid.SampledFrom([]string{"", "p"}).Draw(t, "proof"), Met: "volunteer", Why: "waiting-parts", Until: now.Add(time.Hour),
				Rating: rapid.IntRange(0, 3).Draw(t, "rating"), Noted: rapid.Bool().Draw(t, "noted"), Head: &head}
			a.Verb = rapid.SampledFrom([]Verb{Triage, Take, Take, Release, Assign, Transfer, Accept, Return, Pause, Resume, Reply, Reply, Confirm, Reopen, Withdraw, Join, Part, Note, Lapse, Grant, Climb, Close}).Draw(t, "verb")
			before := c
			c, err = Do(rule, c, a)
			if err != nil && !reflect.DeepEqual(before, c) {
				t.Fatalf("%s refused and yet changed", a.Verb)
			}
			whole(t, c, now)
			if c.Stage() == Closed && before.Stage() != Closed {
				switch {
				case c.How == "silent" && (!c.Proved || c.Closed.Before(c.Answered.Add(rule.Consent))):
					t.Fatalf("closed by silence without proof and time: %+v", c)
				case a.Verb != Confirm && a.Verb != Withdraw && a.Verb != Close:
					t.Fatalf("%s closed it", a.Verb)
				}
			}
		}
		if c.Stage() == Closed {
			return
		}
		// From here on nobody does anything: the clock alone goes on.
		climbed := c.Level
		for range 60 {
			v, at := Clock(rule, &c)
			if v == "" {
				break
			}
			if at.Before(now) {
				at = now
			}
			if c, err = Do(rule, c, Act{Verb: v, At: at, To: above}); err != nil {
				t.Fatalf("the clock's %s is refused: %v", v, err)
			}
			now = at
			whole(t, c, now)
		}
		if c.Stage() != Closed && (c.Level <= climbed+5 || c.Above != above) {
			t.Fatalf("left alone it lies still: %s level %d", c.Stage(), c.Level)
		}
	})
}

func whole(t *rapid.T, c Case, now time.Time) {
	if c.Desk.PlaceID == "" || c.Desk.Role == "" {
		t.Fatalf("no desk: %+v", c)
	}
	if v, at := Clock(rule, &c); c.Stage() != Closed && (v == "" || at.IsZero() || at.After(now.Add(8*24*time.Hour))) {
		t.Fatalf("%s and nothing due: %s %v", c.Stage(), v, at)
	}
	if _, at := Clock(rule, &c); !c.Next.Equal(at) {
		t.Fatalf("the row's time %v is not the clock's %v", c.Next, at)
	}
}

func TestANumberReadWronglyIsNoticed(t *testing.T) {
	if c := check("0794"); c != 5 { // the standard's own example
		t.Fatal(c)
	}
	rapid.Check(t, func(t *rapid.T) {
		n := Number(2026, rapid.Uint64().Draw(t, "n"))
		if !ValidNumber(n) {
			t.Fatal(n)
		}
		i, d := rapid.IntRange(0, 8).Draw(t, "i"), rapid.IntRange(1, 9).Draw(t, "d")
		wrong := []byte(n)
		wrong[i] = '0' + (wrong[i]-'0'+byte(d))%10
		if ValidNumber(string(wrong)) {
			t.Fatalf("%s passes for %s", wrong, n)
		}
	})
}

func TestWhatWasToldInConfidenceStaysSo(t *testing.T) {
	r := rule
	r.Only = "counsellor"
	c, _ := Start(r, Case{PlaceID: "d", Desk: desk, Origin: "door"}, t0)
	if _, err := Do(rule, c, Act{Verb: Triage, To: desk, By: "w", At: t0}); err == nil {
		t.Fatal("triage made a confidential case common")
	}
	if part, err := Start(rule, Case{PlaceID: "d", Desk: desk, Origin: "desk", Parent: "k", Only: "counsellor"}, t0); err != nil || part.Only != "counsellor" {
		t.Fatal("a part of a confidential case became common", err)
	}
}
