package territory

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

var shanghai = time.FixedZone("", 8*3600)

// office is a town hall's week round the first of May 2026: Friday off with the two
// days after it, and Saturday the ninth worked instead.
var office = Calendar{Zone: shanghai, Week: [7]bool{false, true, true, true, true, true, false},
	Open: []Hours{{9 * time.Hour, 12 * time.Hour}, {13*time.Hour + 30*time.Minute, 17*time.Hour + 30*time.Minute}},
	Off:  map[Day]bool{{2026, 5, 1}: true, {2026, 5, 4}: true, {2026, 5, 5}: true}, On: map[Day]bool{{2026, 5, 9}: true}}

func wall(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, shanghai)
	if err != nil {
		panic(err)
	}
	return t
}

func TestWorkingTimeSkipsNightsNoonsAndDaysOff(t *testing.T) {
	for _, x := range []struct {
		from string
		add  time.Duration
		want string
	}{
		{"2026-04-30 11:00", time.Hour, "2026-04-30 12:00"},
		{"2026-04-30 11:00", 2 * time.Hour, "2026-04-30 14:30"},
		{"2026-04-30 17:00", time.Hour, "2026-05-06 09:30"}, // Friday to Tuesday are off
		{"2026-05-02 03:00", 7 * time.Hour, "2026-05-06 17:30"},
		{"2026-05-08 16:30", 2 * time.Hour, "2026-05-09 10:00"}, // Saturday is worked
		{"2026-05-09 17:30", time.Minute, "2026-05-11 09:01"},
		{"2026-05-07 23:59", 0, "2026-05-07 23:59"},
	} {
		if got := office.Add(wall(x.from), x.add); !got.Equal(wall(x.want)) {
			t.Errorf("%s + %s = %s, want %s", x.from, x.add, got.In(shanghai).Format("2006-01-02 15:04"), x.want)
		}
	}
	if got := office.Between(wall("2026-04-30 17:00"), wall("2026-05-06 09:30")); got != time.Hour {
		t.Errorf("over the holiday: %s", got)
	}
	if got := office.Between(wall("2026-05-06 09:30"), wall("2026-04-30 17:00")); got != -time.Hour {
		t.Errorf("backwards: %s", got)
	}
	var always Calendar
	if got := always.Add(wall("2026-05-02 03:00"), 30*time.Hour); !got.Equal(wall("2026-05-03 09:00")) || !always.Works(Day{2026, 5, 2}) {
		t.Error("a calendar without hours counts every hour")
	}
}

// zoneWithSummer is a civil zone whose clock jumps.
func zoneWithSummer(t *testing.T) *time.Location {
	z, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestWorkingTimeIsMonotoneAndAdditive(t *testing.T) {
	summer := office
	summer.Zone = zoneWithSummer(t)
	night := Calendar{Zone: shanghai, Week: [7]bool{true, true, true, true, true, true, true}, Open: []Hours{{0, 2 * time.Hour}, {22 * time.Hour, 24 * time.Hour}}}
	for name, c := range map[string]Calendar{"office": office, "summer": summer, "night": night, "always": {}} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				minute := rapid.Int64Range(wall("2026-03-20 00:00").Unix()/60, wall("2026-11-05 00:00").Unix()/60)
				long := rapid.Custom(func(t *rapid.T) time.Duration {
					return time.Duration(rapid.Int64Range(0, 6000).Draw(t, "minutes")) * time.Minute
				})
				from := time.Unix(minute.Draw(t, "from")*60, 0)
				later := from.Add(long.Draw(t, "later"))
				d, e := long.Draw(t, "d"), long.Draw(t, "e")
				end := c.Add(from, d)
				if end.Before(from.Add(d)) {
					t.Fatalf("%s working time passed in less: %s → %s", d, from, end)
				}
				if got := c.Between(from, end); got != d {
					t.Fatalf("between %s and %s lie %s, not %s", from, end, got, d)
				}
				if got := c.Add(end, e); !got.Equal(c.Add(from, d+e)) {
					t.Fatalf("%s + %s + %s = %s, at once %s", from, d, e, got, c.Add(from, d+e))
				}
				if c.Add(later, d).Before(end) {
					t.Fatalf("begun later, at %s, it ends earlier", later)
				}
				if c.Add(from, d+e).Before(end) {
					t.Fatal("more time ends earlier")
				}
				mid := c.Add(from, d/2)
				if c.Between(from, later)+c.Between(later, mid) != c.Between(from, mid) {
					t.Fatalf("the parts of %s … %s … %s do not make the whole", from, later, mid)
				}
				if at := c.day(end); d > 0 && !c.Works(dayOf(at)) && !c.Works(dayOf(at.AddDate(0, 0, -1))) {
					t.Fatalf("it ends on a day off: %s", end)
				}
			})
		})
	}
}

func TestDaysAndHoursAreReadAsWritten(t *testing.T) {
	if d, ok := ParseDay("2026-10-01"); !ok || d != (Day{2026, 10, 1}) || d.String() != "2026-10-01" {
		t.Error(d, ok)
	}
	for _, s := range []string{"2026-13-01", "2026-02-30", "26-1-1", ""} {
		if d, ok := ParseDay(s); ok {
			t.Errorf("%q is no day: %v", s, d)
		}
	}
	if h, ok := ParseHours("13:30-24:00"); !ok || h != (Hours{13*time.Hour + 30*time.Minute, 24 * time.Hour}) {
		t.Error(h, ok)
	}
	for _, s := range []string{"12:00-09:00", "09:00", "9:00-12:00", "09:60-12:00", "09:00-24:01", "-1:00-12:00"} {
		if h, ok := ParseHours(s); ok {
			t.Errorf("%q are no hours: %v", s, h)
		}
	}
}
