package servers

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// alarmWithin is how long after its time an alarm may come, whichever server dies. The
// short form runs beside the whole suite and allows for that.
func alarmWithin() time.Duration {
	if *long > 1 {
		return 5 * time.Second
	}
	return 10 * time.Second
}

// The servers are killed one after the other while an alarm comes due every second,
// so the one whose turn it is to look at the clock dies too: another takes the work over,
// no alarm comes later than its limit, none comes before its time and none comes twice.
// Only the clock is put ahead.
func TestAnotherServerRaisesTheAlarms(t *testing.T) {
	const cases = 14
	clock := filepath.Join(t.TempDir(), "ahead")
	ahead := func(d time.Duration) {
		if err := os.WriteFile(clock, []byte(fmt.Sprint(int64(d/time.Second))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ahead(0)
	f := newFleet(t, "planted", nil, "SHOUWANG_PLANTED_CLOCK="+clock)
	type alarm struct {
		id       string
		due, saw time.Time
		level    int
	}
	alarms := make([]alarm, cases)
	for i := range alarms {
		ahead(time.Duration(i) * time.Second) // each is opened a second after the one before
		var k struct {
			ID   string
			Next time.Time
		}
		status, raw, err := f.do(t.Context(), i%3, "POST", "/cases", fmt.Sprint("alarm-", i), []byte(`{"item": "medicine", "place_id": "`+f.doors[i].id+`", "words": "two boxes", "origin": "phone"}`))
		if err != nil || status != 200 || json.Unmarshal(raw, &k) != nil {
			t.Fatalf("%d %s %v", status, raw, err)
		}
		alarms[i] = alarm{id: k.ID, due: k.Next}
	}
	off := (time.Until(alarms[0].due) - 3*time.Second).Truncate(time.Second)
	ahead(off)
	for i := range alarms {
		alarms[i].due = alarms[i].due.Add(-off) // when that is by our own clock
	}

	// look asks the servers, the living among them answer, what an alarm's case says.
	look := func(a *alarm) {
		for i := range f.nodes {
			ctx, stop := context.WithTimeout(t.Context(), time.Second)
			var k struct{ Level int }
			status, raw, err := f.do(ctx, i, "GET", "/cases/"+a.id, "", nil)
			stop()
			if err != nil || status != 200 || json.Unmarshal(raw, &k) != nil {
				continue
			}
			if k.Level > 0 {
				a.saw, a.level = time.Now(), k.Level
			}
			return
		}
	}
	turns := map[string]bool{} // who had the turn of the work by the clock
	kill := 0
	for left := cases; left > 0; time.Sleep(20 * time.Millisecond) {
		left = 0
		for i := range alarms {
			a := &alarms[i]
			if a.saw.IsZero() && time.Now().After(a.due.Add(-time.Second)) {
				look(a)
			}
			if late := time.Since(a.due); a.saw.IsZero() {
				left++
				if late > 3*alarmWithin() {
					t.Fatalf("alarm %d has not come %v after its time", i, late)
				}
			}
		}
		turns[f.turn()] = true
		if kill < len(f.nodes) && time.Now().After(alarms[0].due.Add(time.Second+time.Duration(kill)*4*time.Second)) {
			f.nodes[kill].Kill()
			f.nodes[kill].Start()
			kill++
		}
	}
	if kill < len(f.nodes) || len(turns) < 2 {
		t.Fatalf("void: %d servers were killed and %d had the turn", kill, len(turns))
	}
	var worst time.Duration
	for i, a := range alarms {
		late := a.saw.Sub(a.due)
		worst = max(worst, late)
		if late > alarmWithin() || late < -time.Second {
			t.Errorf("alarm %d came %v after its time", i, late.Round(time.Millisecond))
		}
		if a.level != 1 {
			t.Errorf("alarm %d climbed %d levels at once", i, a.level)
		}
	}
	t.Logf("%d alarms while three servers were killed one after the other, %d of whom had the turn: worst %v after its time", cases, len(turns), worst.Round(time.Millisecond))
}

// turn is the server that looks at the clock now.
func (f *fleet) turn() (holder string) {
	f.t.Helper()
	db, err := sql.Open("pgx", f.db)
	if err != nil {
		f.t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow("SELECT holder FROM leases WHERE name = 'work'").Scan(&holder); err != nil {
		f.t.Fatal(err)
	}
	return holder
}
