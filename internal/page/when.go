package page

import (
	"fmt"
	"time"
)

// civil is the civil time of the places; a value of the place from the day that a
// place outside China is kept.
var civil = time.FixedZone("Asia/Shanghai", 8*3600)

var weekdays = [...]string{"日", "一", "二", "三", "四", "五", "六"}

// clock says the time of day.
func clock(t time.Time) string { return t.In(civil).Format("15:04") }

// day says a date with its weekday: 3月14日（周六） · Sat 14 Mar.
func day(lang string, t time.Time) string {
	t = t.In(civil)
	if lang == "en" {
		return t.Format("Mon 2 Jan")
	}
	return fmt.Sprintf("%d月%d日（周%s）", t.Month(), t.Day(), weekdays[t.Weekday()])
}

// moment says date and time; the end of a civil day is said as such.
func moment(lang string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	l := t.In(civil)
	if l.Hour() == 0 && l.Minute() == 0 {
		if lang == "en" {
			return day(lang, t.Add(-time.Minute)) + ", 24:00"
		}
		return day(lang, t.Add(-time.Minute)) + "24:00"
	}
	if lang == "en" {
		return day(lang, t) + ", " + clock(t)
	}
	return day(lang, t) + clock(t)
}

// near says a moment as people say it on the day: today 15:00, tomorrow 9:00.
func near(lang string, t, now time.Time) string {
	word := map[int][2]string{-1: {"昨天 ", "yesterday "}, 0: {"今天 ", "today "}, 1: {"明天 ", "tomorrow "}}
	n := days(now, t)
	if w, ok := word[n]; ok {
		if lang == "en" {
			return w[1] + clock(t)
		}
		return w[0] + clock(t)
	}
	return moment(lang, t)
}

// days counts the civil days from one moment to another.
func days(from, to time.Time) int {
	a, b := from.In(civil), to.In(civil)
	x := time.Date(a.Year(), a.Month(), a.Day(), 0, 0, 0, 0, time.UTC)
	y := time.Date(b.Year(), b.Month(), b.Day(), 0, 0, 0, 0, time.UTC)
	return int(y.Sub(x).Hours() / 24)
}

// slots returns the last of the times of day that has passed and the next to come.
func slots(times []string, now time.Time) (last, next time.Time) {
	l := now.In(civil)
	for d := -1; d <= 1; d++ {
		for _, x := range times {
			hm, err := time.Parse("15:04", x)
			if err != nil {
				continue
			}
			at := time.Date(l.Year(), l.Month(), l.Day()+d, hm.Hour(), hm.Minute(), 0, 0, civil)
			if !at.After(now) {
				last = at
			} else if next.IsZero() {
				next = at
			}
		}
	}
	return last, next
}
