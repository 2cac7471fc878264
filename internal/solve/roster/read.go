package roster

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// ErrText is the error for a file that is not in the published format; it comes
// wrapped with the line.
var ErrText = errors.New("roster: not a shift-scheduling instance")

// reading is a file half read.
type reading struct {
	p              *Problem
	shifts, people map[string]int
	later          []string // successions by shift, resolved when all shifts are known
	sections       map[string]bool
}

// Read reads the text format of the shift-scheduling benchmark instances of Curtois
// and Qu: SECTION_HORIZON, _SHIFTS, _STAFF, _DAYS_OFF, _SHIFT_ON_REQUESTS,
// _SHIFT_OFF_REQUESTS and _COVER, "#" for comments, fields apart by commas. There
// is one post, the horizon starts on a Monday, and shifts have no times: only the
// successions of the file bind. The first broken line is named.
func Read(from io.Reader) (*Problem, error) {
	f := &reading{
		p:      &Problem{Posts: []Post{{}}},
		shifts: map[string]int{}, people: map[string]int{}, sections: map[string]bool{},
	}
	text := bufio.NewScanner(from)
	text.Buffer(nil, 1<<20)
	section, number := "", 0
	for text.Scan() {
		number++
		line := strings.TrimSpace(strings.TrimPrefix(text.Text(), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		var err error
		if strings.HasPrefix(line, "SECTION_") {
			section, f.sections[line] = line, true
			if !known[line] {
				err = fmt.Errorf("%s is no section", line)
			}
		} else {
			err = f.take(section, strings.Split(line, ","))
		}
		if err != nil {
			return nil, fmt.Errorf("%w: line %d: %w", ErrText, number, err)
		}
	}
	if err := text.Err(); err != nil {
		return nil, fmt.Errorf("%w: line %d: %w", ErrText, number+1, err)
	}
	for _, s := range []string{"SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF", "SECTION_COVER"} {
		if !f.sections[s] {
			return nil, fmt.Errorf("%w: %s is missing", ErrText, s)
		}
	}
	return f.p, f.p.Valid()
}

var known = map[string]bool{
	"SECTION_HORIZON": true, "SECTION_SHIFTS": true, "SECTION_STAFF": true, "SECTION_DAYS_OFF": true,
	"SECTION_SHIFT_ON_REQUESTS": true, "SECTION_SHIFT_OFF_REQUESTS": true, "SECTION_COVER": true,
}

// take reads one line of a section.
func (f *reading) take(section string, fields []string) error {
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	least := map[string]int{"SECTION_HORIZON": 1, "SECTION_SHIFTS": 2, "SECTION_STAFF": 8, "SECTION_DAYS_OFF": 1,
		"SECTION_SHIFT_ON_REQUESTS": 4, "SECTION_SHIFT_OFF_REQUESTS": 4, "SECTION_COVER": 5}[section]
	if len(fields) < least || section == "" {
		return fmt.Errorf("%d fields where %d are needed", len(fields), least)
	}
	switch section {
	case "SECTION_HORIZON":
		n, err := natural(fields[0])
		f.p.Days = n
		return err
	case "SECTION_SHIFTS":
		return f.shift(fields)
	case "SECTION_STAFF":
		return f.person(fields)
	case "SECTION_DAYS_OFF":
		return f.daysOff(fields)
	case "SECTION_COVER":
		return f.cover(fields)
	}
	return f.request(fields, section == "SECTION_SHIFT_ON_REQUESTS")
}

// shift reads "ID, minutes, shifts that cannot follow". Successions may name
// shifts of later lines, so they are looked up at the first person.
func (f *reading) shift(fields []string) error {
	minutes, err := natural(fields[1])
	if err != nil {
		return err
	}
	if _, twice := f.shifts[fields[0]]; twice || len(f.p.People) > 0 {
		return fmt.Errorf("shift %q comes twice or after the staff", fields[0])
	}
	f.shifts[fields[0]] = len(f.p.Shifts)
	f.p.Shifts = append(f.p.Shifts, Shift{ID: fields[0], Minutes: minutes})
	later := ""
	if len(fields) > 2 {
		later = fields[2]
	}
	f.later = append(f.later, later)
	return nil
}

// person reads one line of the staff.
func (f *reading) person(fields []string) error {
	for s, list := range f.later {
		for _, id := range strings.FieldsFunc(list, func(r rune) bool { return r == '|' }) {
			n, ok := f.shifts[strings.TrimSpace(id)]
			if !ok {
				return fmt.Errorf("shift %s may not be followed by %q, which is not there", f.p.Shifts[s].ID, id)
			}
			f.p.Shifts[s].NotNext = append(f.p.Shifts[s].NotNext, n)
		}
	}
	f.later = nil
	who := Anyone(fields[0])
	if _, twice := f.people[who.ID]; twice {
		return fmt.Errorf("%q comes twice", who.ID)
	}
	who.MostOf = make([]int, len(f.p.Shifts))
	for s := range who.MostOf {
		who.MostOf[s] = f.p.Days
	}
	for _, part := range strings.FieldsFunc(fields[1], func(r rune) bool { return r == '|' }) {
		id, most, _ := strings.Cut(part, "=")
		s, ok := f.shifts[strings.TrimSpace(id)]
		n, err := natural(strings.TrimSpace(most))
		if !ok || err != nil {
			return fmt.Errorf("%q is no limit of a shift", part)
		}
		who.MostOf[s] = n
	}
	for k, into := range []*int{&who.MostMinutes, &who.LeastMinutes, &who.MostInRow, &who.LeastInRow, &who.LeastOff, &who.MostWeekends} {
		n, err := natural(fields[2+k])
		if err != nil {
			return err
		}
		*into = n
	}
	f.people[who.ID] = len(f.p.People)
	f.p.People = append(f.p.People, who)
	return nil
}

// daysOff reads "person, day, day, …".
func (f *reading) daysOff(fields []string) error {
	i, ok := f.people[fields[0]]
	if !ok {
		return fmt.Errorf("nobody is called %q", fields[0])
	}
	for _, field := range fields[1:] {
		day, err := natural(field)
		if err != nil {
			return err
		}
		f.p.People[i].OffDays = append(f.p.People[i].OffDays, day)
	}
	return nil
}

// request reads "person, day, shift, weight".
func (f *reading) request(fields []string, on bool) error {
	i, person := f.people[fields[0]]
	s, shift := f.shifts[fields[2]]
	day, err := natural(fields[1])
	weight, wrong := natural(fields[3])
	if !person || !shift || err != nil || wrong != nil {
		return fmt.Errorf("a request of %q for shift %q on day %q with weight %q", fields[0], fields[2], fields[1], fields[3])
	}
	f.p.Wishes = append(f.p.Wishes, Wish{Person: i, Day: day, Shift: s, On: on, Weight: weight})
	return nil
}

// cover reads "day, shift, need, weight for under, weight for over".
func (f *reading) cover(fields []string) error {
	s, ok := f.shifts[fields[1]]
	d := Demand{Shift: s, Skill: -1}
	for k, into := range map[int]*int{0: &d.Day, 2: &d.Need, 3: &d.Under, 4: &d.Over} {
		n, err := natural(fields[k])
		if err != nil || !ok {
			return fmt.Errorf("a demand for shift %q with %q", fields[1], fields[k])
		}
		*into = n
	}
	f.p.Demands = append(f.p.Demands, d)
	return nil
}

// natural reads a number that is not below zero.
func natural(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 1<<30 {
		return 0, fmt.Errorf("%q is not a number from 0 to 2^30", text)
	}
	return n, nil
}
