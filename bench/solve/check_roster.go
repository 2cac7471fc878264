package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// rosterFacts is what a checked roster comes to.
type rosterFacts struct {
	Objective  int64    `json:"objective"`
	Violations int      `json:"hard_violations"`
	Broken     []string `json:"broken,omitempty"`
}

// checkRoster reads an instance and a roster and prints the figures from scratch.
// It shares no code with the solver: neither reader nor rules nor sums.
func checkRoster(args []string, out io.Writer) error {
	if len(args) != 2 {
		return fmt.Errorf("usage: solve %s", checkRosterUsage)
	}
	text, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	var sheet [][]string
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		sheet = append(sheet, strings.Split(strings.TrimSpace(line), ","))
	}
	facts, err := checkSheet(args[0], sheet)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(facts)
}

// sectionsOf cuts an instance into the lines of its sections, each line into fields.
func sectionsOf(name string) (map[string][][]string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	sections, at := map[string][][]string{}, ""
	for _, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "SECTION_"):
			at = strings.TrimPrefix(line, "SECTION_")
		default:
			sections[at] = append(sections[at], strings.Split(line, ","))
		}
	}
	return sections, nil
}

// checkSheet holds a roster against an instance. The error is for a sheet that is
// no roster of this instance; broken rules are counted, not refused.
func checkSheet(name string, sheet [][]string) (rosterFacts, error) {
	var facts rosterFacts
	sections, err := sectionsOf(name)
	if err != nil {
		return facts, err
	}
	days := number(sections["HORIZON"][0][0])
	minutes, banned := map[string]int{}, map[string]bool{}
	for _, f := range sections["SHIFTS"] {
		minutes[f[0]] = number(f[1])
		if len(f) > 2 {
			for _, next := range strings.Split(f[2], "|") {
				banned[f[0]+">"+next] = true
			}
		}
	}
	does := map[string][]string{}
	for _, line := range sheet {
		if len(line) != days+1 || does[line[0]] != nil {
			return facts, fmt.Errorf("%q has %d days of %d, or comes twice", line[0], len(line)-1, days)
		}
		for _, shift := range line[1:] {
			if _, ok := minutes[shift]; !ok && shift != "-" {
				return facts, fmt.Errorf("%q serves shift %q, which is not there", line[0], shift)
			}
		}
		does[line[0]] = line[1:]
	}
	if len(does) != len(sections["STAFF"]) {
		return facts, fmt.Errorf("%d lines for %d people", len(does), len(sections["STAFF"]))
	}
	for _, f := range sections["STAFF"] {
		line, ok := does[f[0]]
		if !ok {
			return facts, fmt.Errorf("%q has no line", f[0])
		}
		for _, rule := range brokenBy(f, line, minutes, banned) {
			facts.Broken = append(facts.Broken, f[0]+": "+rule)
		}
	}
	for _, f := range sections["DAYS_OFF"] {
		for _, day := range f[1:] {
			if shift := does[f[0]][number(day)]; shift != "-" {
				facts.Broken = append(facts.Broken, f[0]+": serves on day off "+day)
			}
		}
	}
	facts.Violations = len(facts.Broken)
	facts.Objective = costOf(sections, does)
	return facts, nil
}

// brokenBy lists what one person's line breaks; f is their line of the staff.
func brokenBy(f, line []string, minutes map[string]int, banned map[string]bool) []string {
	var broken []string
	total, count, weekends := 0, map[string]int{}, 0
	word := make([]byte, len(line)) // the line as x for served and o for off
	for day, shift := range line {
		word[day] = 'o'
		if shift == "-" {
			continue
		}
		word[day] = 'x'
		total += minutes[shift]
		count[shift]++
		if day > 0 && banned[line[day-1]+">"+shift] {
			broken = append(broken, fmt.Sprintf("%s after %s on day %d", shift, line[day-1], day))
		}
	}
	for _, part := range strings.Split(f[1], "|") {
		shift, most, _ := strings.Cut(part, "=")
		if count[shift] > number(most) {
			broken = append(broken, fmt.Sprintf("%d of shift %s", count[shift], shift))
		}
	}
	if total > number(f[2]) || total < number(f[3]) {
		broken = append(broken, fmt.Sprintf("%d minutes", total))
	}
	for day := 5; day < len(line); day += 7 {
		if word[day] == 'x' || day+1 < len(line) && word[day+1] == 'x' {
			weekends++
		}
	}
	if weekends > number(f[7]) {
		broken = append(broken, fmt.Sprintf("%d weekends", weekends))
	}
	text := string(word)
	for _, run := range strings.FieldsFunc(text, func(r rune) bool { return r == 'o' }) {
		if len(run) > number(f[4]) {
			broken = append(broken, fmt.Sprintf("%d days in a row", len(run)))
		}
	}
	for n := 1; n < number(f[5]); n++ {
		if strings.Contains(text, "o"+strings.Repeat("x", n)+"o") {
			broken = append(broken, fmt.Sprintf("only %d days in a row", n))
		}
	}
	for n := 1; n < number(f[6]); n++ {
		if strings.Contains(text, "x"+strings.Repeat("o", n)+"x") {
			broken = append(broken, fmt.Sprintf("only %d days off", n))
		}
	}
	return broken
}

// costOf sums requests and cover.
func costOf(sections map[string][][]string, does map[string][]string) int64 {
	sum := 0
	for _, f := range sections["SHIFT_ON_REQUESTS"] {
		if does[f[0]][number(f[1])] != f[2] {
			sum += number(f[3])
		}
	}
	for _, f := range sections["SHIFT_OFF_REQUESTS"] {
		if does[f[0]][number(f[1])] == f[2] {
			sum += number(f[3])
		}
	}
	for _, f := range sections["COVER"] {
		there := 0
		for _, line := range does {
			if line[number(f[0])] == f[1] {
				there++
			}
		}
		if need := number(f[2]); there < need {
			sum += (need - there) * number(f[3])
		} else {
			sum += (there - need) * number(f[4])
		}
	}
	return int64(sum)
}

// number reads a number of a file that the solver's reader has accepted already.
func number(text string) int {
	n, _ := strconv.Atoi(strings.TrimSpace(text))
	return n
}
