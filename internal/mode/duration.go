package mode

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Span is a length of time as a playbook writes it. Days are civil days: an end
// reckoned in days is the end of that civil day at the place.
type Span struct {
	Text string
	Days int           // whole days, weeks counted as seven
	Rest time.Duration // hours and minutes beside them
}

var spanForm = regexp.MustCompile(`^P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,5})M)?)?$`)

// ParseSpan reads an ISO 8601 length in weeks, days, hours and minutes. Months
// and years are refused, since their length is not fixed.
func ParseSpan(s string) (Span, bool) {
	m := spanForm.FindStringSubmatch(s)
	if m == nil {
		return Span{}, false
	}
	n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v }
	p := Span{Text: s, Days: 7*n(1) + n(2), Rest: time.Duration(n(3))*time.Hour + time.Duration(n(4))*time.Minute}
	return p, p.Length() > 0 && s[len(s)-1] != 'T'
}

// Length is the span with a day as twenty-four hours.
func (s Span) Length() time.Duration { return time.Duration(s.Days)*24*time.Hour + s.Rest }

// Latest is the last moment at which something begun at from may end: for a span
// in days the end of that civil day at the place.
func (s Span) Latest(from time.Time, at *time.Location) time.Time {
	if s.Days == 0 || s.Rest != 0 || at == nil {
		return from.Add(s.Length())
	}
	d := from.In(at)
	return time.Date(d.Year(), d.Month(), d.Day()+s.Days+1, 0, 0, 0, 0, at)
}

// Say is the span in words: 14 天, 36 hours.
func (s Span) Say(lang string) string {
	d, h, m := s.Days, int(s.Rest.Hours()), int(s.Rest.Minutes())%60
	var parts []string
	for _, x := range []struct {
		n      int
		zh, en string
	}{{d, "天", "day"}, {h, "小时", "hour"}, {m, "分钟", "minute"}} {
		switch {
		case x.n == 0:
		case lang == "en" && x.n == 1:
			parts = append(parts, "1 "+x.en)
		case lang == "en":
			parts = append(parts, strconv.Itoa(x.n)+" "+x.en+"s")
		default:
			parts = append(parts, strconv.Itoa(x.n)+" "+x.zh)
		}
	}
	return strings.Join(parts, " ")
}

// Where says at which line of a file each item begins, by its key.
func Where(source string) map[string]int {
	out := map[string]int{}
	root := read([]byte(source), &problems{})
	if root == nil {
		return out
	}
	for _, f := range root.fields {
		out[f.name] = f.line
		for _, item := range f.value.list() {
			out[f.name+"."+item.get("id").str()] = item.line
		}
		if f.name == "zones" {
			for _, z := range f.value.fields {
				out["zones."+z.name] = z.line
				for _, m := range z.value.get("measures").list() {
					out["zones."+z.name+"."+m.get("id").str()] = m.line
				}
			}
		}
	}
	return out
}

// SpanOf is a length of time in whole days and the rest, to be said in words.
func SpanOf(d time.Duration) Span {
	return Span{Days: int(d / (24 * time.Hour)), Rest: d % (24 * time.Hour)}
}
