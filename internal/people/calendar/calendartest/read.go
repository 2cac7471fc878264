// Package calendartest reads calendars strictly by RFC 5545, for tests. It shares
// nothing with the package that writes them, so that one cannot repeat the other's
// mistakes; it never writes one. Tests alone call it.
package calendartest

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Event is one VEVENT as it was read.
type Event struct {
	UID, Status, Summary, Location, Description, Class string
	Seq                                                int
	Stamp, From, Until                                 time.Time
}

// Read reads a calendar and refuses what RFC 5545 does not allow.
func Read(raw []byte) (events []Event, props map[string]string, err error) {
	lines, err := unfold(raw)
	if err != nil {
		return nil, nil, err
	}
	var stack []string
	props = map[string]string{}
	zones := map[string]*time.Location{}
	var zone string
	var fields map[string]string
	for _, l := range lines {
		name, value, ok := split(l)
		if !ok {
			return nil, nil, fmt.Errorf("no property: %q", l)
		}
		key, params, _ := strings.Cut(name, ";")
		top := ""
		if len(stack) > 0 {
			top = stack[len(stack)-1]
		}
		switch {
		case key == "BEGIN":
			stack = append(stack, value)
			if value == "VEVENT" {
				fields = map[string]string{}
			}
		case key == "END":
			if top != value {
				return nil, nil, fmt.Errorf("END:%s within %q", value, top)
			}
			stack = stack[:len(stack)-1]
			if value == "VEVENT" {
				e, err := event(fields, zones)
				if err != nil {
					return nil, nil, err
				}
				events = append(events, e)
			}
		case top == "VTIMEZONE" && key == "TZID":
			zone = value
		case top == "STANDARD" && key == "TZOFFSETTO":
			at, err := time.Parse("-0700", value)
			if err != nil {
				return nil, nil, err
			}
			zones[zone] = at.Location()
		case top == "VEVENT":
			if _, twice := fields[key]; twice {
				return nil, nil, fmt.Errorf("%s twice in one event", key)
			}
			fields[key] = value
			if params != "" {
				fields[key+";"] = params
			}
		case top == "VCALENDAR":
			props[name] = value
		case top == "":
			return nil, nil, fmt.Errorf("%q stands outside", l)
		}
	}
	if len(stack) != 0 || props["VERSION"] != "2.0" || props["PRODID"] == "" {
		return nil, nil, fmt.Errorf("open: %v, %v", stack, props)
	}
	return events, props, nil
}

// unfold joins continued lines and looks at each one's length and end.
func unfold(raw []byte) (out []string, err error) {
	if !utf8.Valid(raw) || !strings.HasSuffix(string(raw), "\r\n") {
		return nil, fmt.Errorf("not UTF-8, or no end of the last line")
	}
	for _, l := range strings.Split(strings.TrimSuffix(string(raw), "\r\n"), "\r\n") {
		if len(l) > 75 {
			return nil, fmt.Errorf("a line of %d octets: %q", len(l), l)
		}
		if strings.ContainsAny(l, "\r\n") || !utf8.ValidString(l) {
			return nil, fmt.Errorf("a line ends wrongly, or a character is cut: %q", l)
		}
		if strings.HasPrefix(l, " ") || strings.HasPrefix(l, "\t") {
			if len(out) == 0 {
				return nil, fmt.Errorf("nothing to continue")
			}
			out[len(out)-1] += l[1:]
			continue
		}
		out = append(out, l)
	}
	return out, nil
}

func split(l string) (name, value string, ok bool) {
	quoted := false
	for i, r := range l {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ':' && !quoted:
			return l[:i], l[i+1:], i > 0
		}
	}
	return "", "", false
}

func event(f map[string]string, zones map[string]*time.Location) (e Event, err error) {
	for _, need := range []string{"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "SEQUENCE"} {
		if f[need] == "" {
			return e, fmt.Errorf("an event without %s: %v", need, f)
		}
	}
	e = Event{UID: f["UID"], Status: f["STATUS"], Class: f["CLASS"]}
	for key, to := range map[string]*string{"SUMMARY": &e.Summary, "LOCATION": &e.Location, "DESCRIPTION": &e.Description} {
		if *to, err = unescape(f[key]); err != nil {
			return e, err
		}
	}
	if e.Seq, err = strconv.Atoi(f["SEQUENCE"]); err != nil {
		return e, err
	}
	if e.Stamp, err = time.Parse("20060102T150405Z", f["DTSTAMP"]); err != nil {
		return e, err
	}
	at := func(key string) (time.Time, error) {
		z := zones[strings.TrimPrefix(f[key+";"], "TZID=")]
		if z == nil {
			return time.Time{}, fmt.Errorf("%s has a zone nobody explains: %q", key, f[key+";"])
		}
		return time.ParseInLocation("20060102T150405", f[key], z)
	}
	if e.From, err = at("DTSTART"); err != nil {
		return e, err
	}
	if e.Until, err = at("DTEND"); err == nil && !e.Until.After(e.From) {
		err = fmt.Errorf("%s ends before it begins", e.UID)
	}
	return e, err
}

func unescape(s string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == ';' || s[i] == ',':
			return "", fmt.Errorf("%q is not escaped in %q", s[i], s)
		case s[i] != '\\':
			b.WriteByte(s[i])
		case i+1 < len(s) && strings.IndexByte(`\;,nN`, s[i+1]) >= 0:
			i++
			if s[i] == 'n' || s[i] == 'N' {
				b.WriteByte('\n')
			} else {
				b.WriteByte(s[i])
			}
		default:
			return "", fmt.Errorf("an escape nobody knows in %q", s)
		}
	}
	return b.String(), nil
}
