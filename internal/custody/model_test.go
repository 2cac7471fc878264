package custody

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/internal/fault"
)

var t0 = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// trip is the medical trip of the seed: home, ambulance or car, hospital, car home, escort to the door.
var trip = Chain{ID: "medical-trip", Take: 15 * time.Minute, Again: 10 * time.Minute, Top: 3, Legs: []Leg{
	{ID: "wait", By: []string{"lead"}, Within: 30 * time.Minute, Ends: []string{"called-off"}},
	{ID: "ride", By: []string{"driver"}, Within: time.Hour},
	{ID: "hospital", By: []string{"reception"}, Within: 12 * time.Hour, Proof: "certificate", Ends: []string{"admitted"}},
	{ID: "back", By: []string{"driver"}, Within: time.Hour},
	{ID: "escort", By: []string{"lead"}, Within: 30 * time.Minute, Ends: []string{"home"}},
}}

var (
	lead     = Party{Who: "lead", Post: "lead"}
	car      = Party{Who: "car", Post: "driver"}
	ambul    = Party{Who: "120", Post: "driver"}
	first    = Party{Who: "named:first hospital", Post: "reception"}
	second   = Party{Who: "named:second hospital", Post: "reception"}
	command  = Party{Who: "command", Post: "command"}
	parties  = []Party{lead, car, ambul, first, second}
	legNames = []string{"wait", "ride", "hospital", "back", "escort"}
)

func at(minutes int) time.Time { return t0.Add(time.Duration(minutes) * time.Minute) }

func clean() []Half {
	return []Half{
		{ID: "1", Verb: Give, By: lead, To: car, Leg: "ride", Code: "4711", At: at(10)},
		{ID: "2", Verb: Take, By: car, Leg: "ride", Code: "4711", At: at(12)},
		{ID: "3", Verb: Give, By: car, To: first, Leg: "hospital", At: at(40)},
		{ID: "4", Verb: Take, By: first, Leg: "hospital", At: at(44)},
		{ID: "5", Verb: Give, By: first, To: ambul, Leg: "back", At: at(300)},
		{ID: "6", Verb: Take, By: ambul, Leg: "back", At: at(303)},
		{ID: "7", Verb: Give, By: ambul, To: lead, Leg: "escort", At: at(330)},
		{ID: "8", Verb: Take, By: lead, Leg: "escort", At: at(331)},
		{ID: "9", Verb: End, By: lead, How: "home", At: at(340)},
	}
}

// live says halves one after another as their time comes, the clock raising alarms in between.
func live(c *Chain, first Party, halves []Half, until time.Time) (with []Half) {
	for _, h := range halves {
		_, with = run(c, first, with, h.At.Add(-time.Second))
		with = append(with, h)
	}
	_, with = run(c, first, with, until)
	return with
}

// run lets the clock raise every alarm that falls due up to until, as worker does.
func run(c *Chain, first Party, halves []Half, until time.Time) (State, []Half) {
	for n := 0; ; n++ {
		s := Reckon(c, first, t0, halves)
		due, ok := s.Next(c)
		if !ok || due.After(until) || n > 1000 {
			return s, halves
		}
		halves = append(halves, Half{ID: fmt.Sprint("alarm", due.Unix()), Verb: Alarm, At: due})
	}
}

func TestACleanTripRaisesNoAlarmAndEndsAtTheDoor(t *testing.T) {
	all := clean()
	for n := range all {
		said := all[:n]
		until := t0.Add(time.Minute)
		if n > 0 {
			until = all[n].At
		}
		s, with := run(&trip, lead, said, until)
		if len(with) != len(said) || s.Level != 0 {
			t.Fatalf("after %d halves an alarm: %+v", n, with[len(said):])
		}
	}
	s := Reckon(&trip, lead, t0, all)
	if !s.Over() || s.How != "home" || len(s.Gaps) != 0 || s.Keeper != lead {
		t.Fatalf("%+v", s)
	}
}

func TestOfACleanTripEachMissingHalfRaisesAnAlarmWithinItsLimit(t *testing.T) {
	all := clean()
	for n := range all {
		said := slices.Delete(slices.Clone(all), n, n+1)
		if all[n].Verb == Take { // nobody came: what would follow is not said either
			said = all[:n]
		}
		with := live(&trip, lead, said, at(24*60))
		i := slices.IndexFunc(with, func(h Half) bool { return h.Verb == Alarm })
		if i < 0 {
			t.Fatalf("without %s by %s nothing was raised", all[n].Verb, all[n].By.Who)
		}
		limit := all[n].At.Add(12 * time.Hour)
		if all[n].Verb == Give {
			limit = all[n+1].At.Add(trip.Take)
		} else if all[n].Verb == Take {
			limit = all[n-1].At.Add(trip.Take)
		}
		if with[i].At.After(limit) {
			t.Fatalf("without %s by %s the first alarm comes at %v, limit %v", all[n].Verb, all[n].By.Who, with[i].At, limit)
		}
	}
}

func TestARefusingHospitalLeavesThePatientWithTheDriver(t *testing.T) {
	said := append(clean()[:3], Half{ID: "r", Verb: Refuse, By: first, At: at(45)})
	s := Reckon(&trip, lead, t0, said)
	if s.Keeper != car || s.Offer != nil || len(s.Refused) != 1 || !s.Due.Equal(at(60)) {
		t.Fatalf("%+v", s)
	}
	said = append(said, Half{ID: "g", Verb: Give, By: car, To: second, Leg: "hospital", At: at(50)}, Half{ID: "t", Verb: Take, By: second, Leg: "hospital", At: at(55)})
	if s = Reckon(&trip, lead, t0, said); s.Keeper != second || s.Level != 0 || len(s.Refused) != 0 {
		t.Fatalf("%+v", s)
	}
}

func TestATakingWithoutItsGiftMovesThePatientAndIsAskedAbout(t *testing.T) {
	said := []Half{{ID: "t", Verb: Take, By: car, Leg: "ride", At: at(12)}}
	s := Reckon(&trip, lead, t0, said)
	if s.Keeper != car || len(s.Gaps) != 1 {
		t.Fatalf("%+v", s)
	}
	if due, _ := s.Next(&trip); !due.Equal(at(27)) {
		t.Fatalf("asked about at %v", due)
	}
	// The giver's phone comes back: the other half explains the gap, also when its clock ran a little late.
	for _, m := range []int{10, 14} {
		if s := Reckon(&trip, lead, t0, append(said, Half{ID: "g", Verb: Give, By: lead, To: car, Leg: "ride", At: at(m)})); s.Keeper != car || len(s.Gaps) != 0 {
			t.Fatalf("%d: %+v", m, s)
		}
	}
	// Nobody says it: the desk names who has the patient.
	if s := Reckon(&trip, lead, t0, append(said, Half{ID: "n", Verb: Name, By: command, To: ambul, Leg: "ride", At: at(30)})); s.Keeper != ambul || len(s.Gaps) != 0 {
		t.Fatalf("%+v", s)
	}
}

// One code makes two halves one hand-over: in either order of arrival, also when the giver
// did not know whom; a code that does not fit leaves the taking to be asked about.
func TestACodeMakesTwoHalvesOneHandOver(t *testing.T) {
	give := Half{ID: "g", Verb: Give, By: lead, Leg: "ride", Code: "4711", At: at(10)}
	for _, x := range []struct {
		name         string
		give, take   Half
		whole, coded bool
	}{
		{"read off the phone", give, Half{ID: "t", Verb: Take, By: car, Leg: "ride", Code: "4711", At: at(12)}, true, true},
		{"the taker's clock runs before", give, Half{ID: "t", Verb: Take, By: car, Leg: "ride", Code: "4711", At: at(9)}, true, true},
		{"forged", give, Half{ID: "t", Verb: Take, By: car, Leg: "ride", Code: "1234", At: at(12)}, false, false},
		{"not read", give, Half{ID: "t", Verb: Take, By: car, Leg: "ride", At: at(12)}, false, false},
		{"too old", give, Half{ID: "t", Verb: Take, By: car, Leg: "ride", Code: "4711", At: at(40)}, false, false},
		{"named, not read", Half{ID: "g", Verb: Give, By: lead, To: car, Leg: "ride", Code: "4711", At: at(10)}, Half{ID: "t", Verb: Take, By: car, Leg: "ride", At: at(12)}, true, false},
		{"named, another came and read it", Half{ID: "g", Verb: Give, By: lead, To: car, Leg: "ride", Code: "4711", At: at(10)}, Half{ID: "t", Verb: Take, By: ambul, Leg: "ride", Code: "4711", At: at(12)}, true, true},
		{"named, forged", Half{ID: "g", Verb: Give, By: lead, To: car, Leg: "ride", Code: "4711", At: at(10)}, Half{ID: "t", Verb: Take, By: car, Leg: "ride", Code: "1", At: at(12)}, false, false},
	} {
		for _, said := range [][]Half{{x.give, x.take}, {x.take, x.give}} {
			s := Reckon(&trip, lead, t0, said)
			if s.Keeper != x.take.By || len(s.Hands) != 1 || s.Hands[0].Whole != x.whole || s.Hands[0].Coded != x.coded || len(s.Gaps) == 0 != x.whole {
				t.Fatalf("%s: %+v", x.name, s)
			}
		}
	}
}

// A forged receipt is refused when it is said, and so is a code that is too old; a taking
// without a code is not.
func TestAForgedReceiptIsRefused(t *testing.T) {
	give := Half{ID: "g", Verb: Give, By: lead, To: car, Leg: "ride", Code: "4711", At: at(10)}
	for code, want := range map[string]*fault.Def{"4711": nil, "1234": ErrCode, "": nil} {
		h := Half{ID: "t", Verb: Take, By: car, Leg: "ride", Code: code, At: at(12)}
		err := May(&trip, Reckon(&trip, lead, t0, Until([]Half{give}, h)), t0, func(string) bool { return false }, h, "", at(12))
		if want == nil && err != nil || want != nil && !errors.Is(err, want) {
			t.Fatalf("%q: %v", code, err)
		}
	}
	h := Half{ID: "t", Verb: Take, By: car, Leg: "ride", Code: "4711", At: at(26)}
	if err := May(&trip, Reckon(&trip, lead, t0, Until([]Half{give}, h)), t0, nil, h, "", at(26)); !errors.Is(err, ErrStale) {
		t.Fatal(err)
	}
	nobody := Half{ID: "n", Verb: Give, By: lead, Leg: "ride", At: at(9)}
	if err := May(&trip, Reckon(&trip, lead, t0, nil), t0, nil, nobody, "", at(9)); !errors.Is(err, ErrWhom) {
		t.Fatal(err)
	}
}

// A second tap is the same half; the same word after something else is a new one.
func TestASecondTapIsOneHalf(t *testing.T) {
	one := Half{ID: "1", Verb: Take, By: car, Leg: "ride", At: at(12)}
	two := one
	two.ID, two.At = "2", at(13)
	if !Repeats([]Half{one}, two) {
		t.Fatal("the second tap counts")
	}
	two.At = at(30)
	if Repeats([]Half{one}, two) {
		t.Fatal("half an hour later it is still the same tap")
	}
	two.At = at(14)
	if Repeats([]Half{one, {ID: "g", Verb: Give, By: car, To: first, Leg: "hospital", At: at(13)}}, two) {
		t.Fatal("a new word is taken for an old one")
	}
}

func TestSomebodyFoundAfterTheEndIsNotForgotten(t *testing.T) {
	s := Reckon(&trip, lead, t0, append(clean(), Half{ID: "x", Verb: Take, By: car, Leg: "ride", At: at(400)}))
	if s.Over() || s.Keeper != car || len(s.Gaps) != 1 {
		t.Fatalf("%+v", s)
	}
}

// draw invents something that somebody may say, sensible or not, at a minute of a small grid.
func draw(t *rapid.T, n int) Half {
	h := Half{ID: fmt.Sprint("h", n), By: rapid.SampledFrom(parties).Draw(t, "by"), At: at(rapid.IntRange(0, 60).Draw(t, "minute"))}
	h.Verb = rapid.SampledFrom([]Verb{Give, Give, Take, Take, Refuse, Recall, Name, End, Alarm}).Draw(t, "verb")
	switch h.Verb {
	case Give, Name:
		h.To, h.Leg = rapid.SampledFrom(parties).Draw(t, "to"), rapid.SampledFrom(legNames).Draw(t, "leg")
		if h.Verb == Give {
			if h.Code = rapid.SampledFrom(codes).Draw(t, "code"); h.Code != "" && rapid.Bool().Draw(t, "to whoever") {
				h.To = Party{}
			}
		}
	case Take:
		h.Leg, h.Code = rapid.SampledFrom(legNames).Draw(t, "leg"), rapid.SampledFrom(codes).Draw(t, "code")
	case End:
		h.How = rapid.SampledFrom([]string{"home", "admitted", "called-off", "lost"}).Draw(t, "how")
	}
	return h
}

// codes are what phones show and takers read: mostly nothing, and the wrong one now and then.
var codes = []string{"", "", "4711", "0815"}

func same(a, b State) bool {
	return slices.Equal(a.Hands, b.Hands) && a.Keeper == b.Keeper && a.Leg == b.Leg && a.Since.Equal(b.Since) && a.Due.Equal(b.Due) && a.Level == b.Level &&
		a.Ended.Equal(b.Ended) && a.How == b.How && len(a.Gaps) == len(b.Gaps) && (a.Offer == nil) == (b.Offer == nil)
}

// Whatever is said, in whatever order it arrives, how often ever: one keeper, one
// deadline that is never further away than the leg allows, and a way to the end.
func TestEveryHistoryHasOneKeeperADeadlineAndAWayOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var said []Half
		for n := range rapid.IntRange(0, 12).Draw(t, "n") {
			said = append(said, draw(t, n))
		}
		s := Reckon(&trip, lead, t0, said)
		seed := rapid.Uint64().Draw(t, "order")
		mixed := slices.Clone(said)
		if len(said) > 0 {
			mixed = append(mixed, said[int(seed%uint64(len(said)))]) // a duplicate tap
		}
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if o := Reckon(&trip, lead, t0, mixed); !same(s, o) {
			t.Fatalf("the order of arrival decided:\n%+v\n%+v", s, o)
		}
		if s.Keeper.Who == "" {
			t.Fatal("nobody has the subject")
		}
		due, open := s.Next(&trip)
		if !open && !s.Over() {
			t.Fatal("open and without a deadline")
		}
		if s.Over() {
			return
		}
		if limit := at(60).Add(trip.Legs[s.Leg].Within); due.After(limit) {
			t.Fatalf("the next alarm is at %v, later than %v", due, limit)
		}
		// Unheard alarms climb to the top and go on.
		top, with := run(&trip, lead, said, at(60).Add(14*time.Hour))
		if top.Level != trip.Top || len(with)-len(said) <= trip.Top {
			t.Fatalf("alarms stop: level %d of %d after %d", top.Level, trip.Top, len(with)-len(said))
		}
		// And whoever has it can bring it to an end by saying what May allows.
		last := at(61)
		for i, h := range []Half{
			{Verb: Give, By: s.Keeper, To: lead, Leg: "escort"}, {Verb: Take, By: lead, Leg: "escort"}, {Verb: End, By: lead, How: "home"},
		} {
			h.ID, h.At = fmt.Sprint("z", i), last.Add(time.Duration(i)*time.Minute)
			if h.Verb == Give && h.By.Who == lead.Who {
				continue
			}
			now := Reckon(&trip, lead, t0, said)
			if err := May(&trip, now, t0, func(string) bool { return false }, h, "", h.At); err != nil {
				t.Fatalf("%s: %v (%+v)", h.Verb, err, now)
			}
			said = append(said, h)
		}
		if end := Reckon(&trip, lead, t0, said); !end.Over() || end.How != "home" {
			t.Fatalf("no way out: %+v", end)
		}
	})
}

// Two patients in one car are two custodies: nothing said of one moves the other.
func TestASecondPatientIsACustodyOfItsOwn(t *testing.T) {
	one, two := clean(), clean()[:2]
	if s := Reckon(&trip, lead, t0, two); s.Keeper != car || s.Over() {
		t.Fatalf("%+v", s)
	}
	if s := Reckon(&trip, lead, t0, one); !s.Over() {
		t.Fatalf("%+v", s)
	}
}

// The zone is lifted while the patient is in hospital: the legs in between fall away.
func TestLegsMayBeSkippedWhenTheZoneIsLifted(t *testing.T) {
	said := append(clean()[:4], Half{ID: "g", Verb: Give, By: first, To: lead, Leg: "escort", At: at(200)},
		Half{ID: "t", Verb: Take, By: lead, Leg: "escort", At: at(205)}, Half{ID: "e", Verb: End, By: lead, How: "home", At: at(206)})
	if s := Reckon(&trip, lead, t0, said); s.How != "home" || len(s.Gaps) != 0 {
		t.Fatalf("%+v", s)
	}
}

// Every order in which the halves of a whole trip can arrive, with any one of them twice.
func TestEveryOrderOfArrivalOfATripComesToTheSame(t *testing.T) {
	all := append(clean()[:4], Half{ID: "r", Verb: Refuse, By: first, At: at(42)}, Half{ID: "n", Verb: Name, By: command, To: ambul, Leg: "back", At: at(60)}, clean()[8])
	want := Reckon(&trip, lead, t0, all)
	count := 0
	permute(all, func(p []Half) {
		count++
		if got := Reckon(&trip, lead, t0, append(slices.Clone(p), p[0])); !same(want, got) {
			t.Fatalf("%+v\n%+v", want, got)
		}
		for n := range p { // whatever has arrived so far, somebody answers and something is due
			s := Reckon(&trip, lead, t0, p[:n])
			if _, open := s.Next(&trip); s.Keeper.Who == "" || !open && !s.Over() {
				t.Fatalf("%+v", s)
			}
		}
	})
	if count != 5040 {
		t.Fatalf("%d orders", count)
	}
}

func permute(a []Half, f func([]Half)) {
	var rec func(n int)
	rec = func(n int) {
		if n == 1 {
			f(a)
			return
		}
		for i := range n {
			rec(n - 1)
			if n%2 == 0 {
				a[i], a[n-1] = a[n-1], a[i]
			} else {
				a[0], a[n-1] = a[n-1], a[0]
			}
		}
	}
	rec(len(a))
}
