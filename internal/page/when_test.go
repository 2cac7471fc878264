package page

import (
	"testing"
	"time"
)

func TestMomentsAreSaidAsPeopleSayThem(t *testing.T) {
	now := time.Date(2026, 3, 8, 7, 42, 0, 0, time.UTC) // 15:42 there
	for _, c := range []struct {
		at     time.Time
		zh, en string
	}{
		{now.Add(2 * time.Hour), "今天 17:42", "today 17:42"},
		{now.Add(9 * time.Hour), "明天 00:42", "tomorrow 00:42"},
		{now.Add(-20 * time.Hour), "昨天 19:42", "yesterday 19:42"},
		{time.Date(2026, 3, 14, 10, 0, 0, 0, time.UTC), "3月14日（周六）18:00", "Sat 14 Mar, 18:00"},
		{time.Date(2026, 3, 14, 16, 0, 0, 0, time.UTC), "3月14日（周六）24:00", "Sat 14 Mar, 24:00"},
	} {
		if zh, en := near("zh", c.at, now), near("en", c.at, now); zh != c.zh || en != c.en {
			t.Errorf("%v: %q %q, want %q %q", c.at, zh, en, c.zh, c.en)
		}
	}
	last, next := slots([]string{"09:00", "15:00", "20:00"}, now)
	if clock(last) != "15:00" || clock(next) != "20:00" || days(now, last) != 0 {
		t.Errorf("%v %v", last, next)
	}
	last, next = slots([]string{"20:00"}, now)
	if days(now, last) != -1 || days(now, next) != 0 {
		t.Errorf("%v %v", last, next)
	}
	if _, next = slots(nil, now); !next.IsZero() {
		t.Errorf("without hours: %v", next)
	}
}
