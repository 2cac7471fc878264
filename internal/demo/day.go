package demo

import "time"

// day is a calendar day counted from 1970-01-01; births lie mostly before it.
type day int

// today is Day as a number.
var today = func() day {
	t, err := time.Parse(time.DateOnly, Day)
	if err != nil {
		panic(err)
	}
	return dayOf(t)
}()

func dayOf(t time.Time) day { return day(t.Unix() / 86400) }

func (d day) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

func (d day) iso() string { return d.time().Format(time.DateOnly) }

// age in full years on the day the files speak of.
func (d day) age() int {
	b, t := d.time(), today.time()
	n := t.Year() - b.Year()
	if t.YearDay() < b.YearDay() {
		n--
	}
	return n
}

// bornAt returns a birthday in the given full years of age.
func bornAt(age int, d dice) day { return today - day(float64(age)*365.2425) - day(d.IntN(364)) - 1 }
