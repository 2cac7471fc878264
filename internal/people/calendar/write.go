package calendar

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"shouwang/internal/mode"
)

// lineOctets is the longest line that RFC 5545 allows, without its end.
const lineOctets = 75

// Sheet is a calendar to be written: its name and language, and the civil time of
// the places in it.
type Sheet struct {
	Name     string
	Lang     string // zh or en
	Zone     *time.Location
	ZoneName string // of the tz database
	Events   []Event
}

// Write puts a calendar into the words of RFC 5545.
func Write(s Sheet) []byte {
	var b strings.Builder
	put := func(name, value string) { fold(&b, name+":"+value) }
	put("BEGIN", "VCALENDAR")
	put("VERSION", "2.0")
	put("PRODID", "-//Shouwang//Shouwang//"+strings.ToUpper(s.Lang))
	put("CALSCALE", "GREGORIAN")
	put("NAME", escape(s.Name))
	put("X-WR-CALNAME", escape(s.Name))
	put("X-WR-TIMEZONE", s.ZoneName)
	put("REFRESH-INTERVAL;VALUE=DURATION", "PT30M")
	put("X-PUBLISHED-TTL", "PT30M")
	_, seconds := time.Unix(0, 0).In(s.Zone).Zone()
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	offset := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	put("BEGIN", "VTIMEZONE")
	put("TZID", s.ZoneName)
	put("BEGIN", "STANDARD")
	put("DTSTART", "19700101T000000")
	put("TZOFFSETFROM", offset)
	put("TZOFFSETTO", offset)
	put("END", "STANDARD")
	put("END", "VTIMEZONE")
	for i := range s.Events {
		e := &s.Events[i]
		put("BEGIN", "VEVENT")
		put("UID", e.UID+"@shouwang")
		put("SEQUENCE", fmt.Sprint(e.Seq))
		put("DTSTAMP", e.Changed.UTC().Format("20060102T150405Z"))
		put("LAST-MODIFIED", e.Changed.UTC().Format("20060102T150405Z"))
		put("DTSTART;TZID="+s.ZoneName, e.From.In(s.Zone).Format("20060102T150405"))
		put("DTEND;TZID="+s.ZoneName, e.Until.In(s.Zone).Format("20060102T150405"))
		put("SUMMARY", escape(pick(s.Lang, e.Title)))
		if text := pick(s.Lang, e.Text); text != "" {
			put("DESCRIPTION", escape(text))
		}
		if e.Place != "" {
			put("LOCATION", escape(e.Place))
		}
		put("CLASS", "PRIVATE")
		put("TRANSP", map[bool]string{true: "TRANSPARENT", false: "OPAQUE"}[e.Free || e.Dropped])
		put("STATUS", map[bool]string{true: "CANCELLED", false: "CONFIRMED"}[e.Dropped])
		put("END", "VEVENT")
	}
	put("END", "VCALENDAR")
	return []byte(b.String())
}

func pick(lang string, t mode.Text) string {
	if lang == "en" && t.EN != "" {
		return t.EN
	}
	return t.ZH
}

// escape writes a text so that nothing in it means something to a calendar.
func escape(s string) string {
	s = strings.Map(func(r rune) rune {
		if r != '\n' && (r < 0x20 || r == 0x7f) {
			return -1
		}
		return r
	}, strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n"))
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// fold ends a line, continuing it where it is too long; no character is cut.
func fold(b *strings.Builder, line string) {
	room := lineOctets
	for len(line) > room {
		cut := room
		for cut > 0 && !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.WriteString(line[:cut])
		b.WriteString("\r\n ")
		line, room = line[cut:], lineOctets-1 // the blank counts too
	}
	b.WriteString(line)
	b.WriteString("\r\n")
}
