package mode

import (
	"regexp"
	"strconv"
	"time"
)

// Shifts says how a post is held by turns. Times of day are minutes after
// midnight; Until may lie on the next day.
type Shifts struct {
	From, Until time.Duration // of each day
	Length      time.Duration
	Crew        int
	Longest     map[string]time.Duration // by kind of helper
	Rest        time.Duration
	InARow      int
	MinAge      int
	Experienced int
	Apart       time.Duration // after a closed zone, before anywhere outside of it
}

// What holds where a playbook does not say it.
const (
	usualCrew      = 2
	usualRest      = 11 * time.Hour
	usualInARow    = 6
	usualVolunteer = 6 * time.Hour
	usualOther     = 8 * time.Hour
)

// LongestFor is the longest shift of a kind of helper.
func (s *Shifts) LongestFor(kind string) time.Duration {
	if d, ok := s.Longest[kind]; ok {
		return d
	}
	if kind == "volunteer" {
		return usualVolunteer
	}
	return usualOther
}

// Turns are the shifts of a day, each as time after its midnight.
func (s *Shifts) Turns() (out [][2]time.Duration) {
	for at := s.From; s.Length > 0 && at < s.Until; at += s.Length {
		out = append(out, [2]time.Duration{at, min(at+s.Length, s.Until)})
	}
	return out
}

var coverForm = regexp.MustCompile(`^(\d\d):(\d\d)-(\d\d):(\d\d)$`)

// hoursOf reads hours of a day; an end before the start is on the next day.
func hoursOf(n *node) (from, until time.Duration) {
	m := coverForm.FindStringSubmatch(n.str())
	if m == nil {
		return 0, 0
	}
	at := func(i int) time.Duration {
		h, _ := strconv.Atoi(m[i])
		min, _ := strconv.Atoi(m[i+1])
		return time.Duration(h)*time.Hour + time.Duration(min)*time.Minute
	}
	if from, until = at(1), at(3); until < from {
		until += 24 * time.Hour
	}
	return from, until
}

func shifts(n *node, ps *problems) *Shifts {
	if n == nil || n.kind != 'm' {
		return nil
	}
	s := &Shifts{Length: span(n.get("length"), ps).Length(), Crew: usualCrew, Rest: usualRest, InARow: usualInARow,
		MinAge: n.get("min_age").int(), Experienced: n.get("experienced").int(), Longest: map[string]time.Duration{}}
	s.From, s.Until = hoursOf(n.get("cover"))
	if c := n.get("crew"); c != nil {
		s.Crew = c.int()
	}
	if c := n.get("in_a_row"); c != nil {
		s.InARow = c.int()
	}
	if c := n.get("rest"); c != nil {
		s.Rest = span(c, ps).Length()
	}
	if c := n.get("apart"); c != nil {
		s.Apart = span(c, ps).Length()
	}
	for _, f := range fields(n.get("longest")) {
		s.Longest[f.name] = span(f.value, ps).Length()
	}
	return s
}

// shifts says what of a post held by turns contradicts itself.
func (c *checker) shifts(p PostItem, n *node) {
	s := p.Shifts
	if s == nil {
		return
	}
	wrong := func(field, zh, en string) {
		at := n.get(field)
		if at == nil {
			at = n
		}
		c.ps.add(at, ErrValue, "shifts."+field, two{zh, en})
	}
	if s.Until <= s.From || s.Until > 48*time.Hour {
		wrong("cover", "班的结束要晚于开始", "a shift must end after it starts")
		return
	}
	switch {
	case s.Length < 30*time.Minute || s.Length > 12*time.Hour:
		wrong("length", "一班应在 30 分钟到 12 小时之间", "a shift lasts from 30 minutes to 12 hours")
	case s.Until-s.From > 24*time.Hour:
		wrong("cover", "一天最多 24 小时", "a day has 24 hours")
	}
	if s.Crew < 1 {
		wrong("crew", "每班至少 1 人", "a shift needs at least one person")
	}
	if s.Experienced < 0 || s.Experienced > s.Crew {
		wrong("experienced", "熟手不能多于每班人数", "no more practised people than stand there")
	}
	if p.Require.MaxAge > 0 && s.MinAge > p.Require.MaxAge {
		wrong("min_age", "比岗位要求的最大年龄还大，没有人能排", "is above the oldest age of the post; nobody could stand there")
	}
	kinds := p.Require.Kind
	if len(kinds) == 0 {
		kinds = []string{"volunteer", "property"}
	}
	for _, k := range kinds {
		if s.LongestFor(k) >= s.Length {
			return
		}
	}
	wrong("length", "比岗位要求的每一类人的最长一班都长，没有人能排", "is longer than the longest shift of every kind of helper asked for; nobody could stand there")
}
