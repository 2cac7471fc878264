package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// roll takes from a generated roll the first N who are here, of age and give six hours
// a day, each once: roll 53 helpers.xlsx out.csv
func roll(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: roll N from.xlsx to.csv")
	}
	most, err := strconv.Atoi(args[0])
	ts.Check(err)
	f, err := excelize.OpenFile(ts.MkAbs(args[1]))
	ts.Check(err)
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	ts.Check(err)
	at := map[string]int{}
	out := [][]string{rows[1]} // the first row is the title
	for i, h := range rows[1] {
		at[h] = i
	}
	seen := map[string]bool{}
	for _, r := range rows[2:] {
		if len(r) <= at["在岗情况"] || len(out) > most || seen[r[0]] || r[1] == "" || r[0] == "" || r[0][0] == 'X' {
			continue
		}
		birth, _ := strconv.Atoi(r[at["出生年份"]])
		hours, _ := strconv.Atoi(r[at["每天可服务小时"]])
		year := time.Now().Year()
		if kinds := []string{"志愿者", "干部", "物业", "网格员"}; slices.Contains(kinds, r[at["类别"]]) && hours >= 6 && year-birth > 18 && year-birth < 65 && r[at["在岗情况"]] == "在位" {
			seen[r[0]] = true
			out = append(out, append(r, make([]string, len(rows[1])-len(r))...))
		}
	}
	if len(out) != most+1 {
		ts.Fatalf("the roll has %d such people, not %d", len(out)-1, most)
	}
	to, err := os.Create(ts.MkAbs(args[2]))
	ts.Check(err)
	defer to.Close()
	ts.Check(csv.NewWriter(to).WriteAll(out))
}

// rules reads the board just printed as JSON and counts again, from the shifts alone:
// so many places with so many people each on so many days, nobody missing, nobody in two
// places, eleven hours between two shifts, six days in a row at most:
// rules PLACES CREW DAYS PEOPLE
func rules(ts *testscript.TestScript, neg bool, args []string) {
	var want [4]int
	for i := range want {
		n, err := strconv.Atoi(args[i])
		ts.Check(err)
		want[i] = n
	}
	var b struct {
		Open   int
		Shifts []struct {
			PlaceID     string `json:"place_id"`
			HelperID    string `json:"helper_id"`
			From, Until time.Time
			State       string
		}
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &b))
	crew := map[string]int{}
	places := map[string]bool{}
	type span struct{ from, until time.Time }
	lines := map[string][]span{}
	for _, x := range b.Shifts {
		if x.HelperID == "" || x.State != "planned" {
			ts.Fatalf("nobody at %s at %s: %s", x.PlaceID, x.From, x.State)
		}
		places[x.PlaceID] = true
		crew[x.PlaceID+x.From.Format(time.DateOnly)]++
		lines[x.HelperID] = append(lines[x.HelperID], span{x.From, x.Until})
	}
	if b.Open != 0 || len(places) != want[0] || len(crew) != want[0]*want[2] || len(lines) > want[3] {
		ts.Fatalf("%d open, %d places, %d days, %d people", b.Open, len(places), len(crew), len(lines))
	}
	for at, n := range crew {
		if n != want[1] {
			ts.Fatalf("%d at %s", n, at)
		}
	}
	for who, xs := range lines {
		slices.SortFunc(xs, func(x, y span) int { return x.from.Compare(y.from) })
		row := 1
		for i, x := range xs {
			if x.until.Sub(x.from) != 6*time.Hour {
				ts.Fatalf("%s stands %s", who, x.until.Sub(x.from))
			}
			if i == 0 {
				continue
			}
			if gap := x.from.Sub(xs[i-1].until); gap < 11*time.Hour {
				ts.Fatalf("%s rests %s", who, gap)
			} else if row++; gap > 24*time.Hour {
				row = 1
			}
			if row > 6 {
				ts.Fatalf("%s stands %d days in a row", who, row)
			}
		}
	}
}
