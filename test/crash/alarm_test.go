package crash

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"shouwang/internal/store/pgtest"
	"shouwang/test/processtest"
)

// alarmWithin is how long after its time an alarm may come.
const alarmWithin = 5 * time.Second

// What came due while the server was dead, and what comes due after it was started again,
// raises its alarm in time, on both engines. Only the clock is put ahead; the process is
// killed and the alarms are read where a desk reads them.
func TestAlarmsComeInTimeAfterARestart(t *testing.T) {
	bin := processtest.Binary(t, "planted")
	for engine, more := range map[string]func() []string{"sqlite": func() []string { return nil }, "postgres": func() []string { return []string{"--db", pgtest.DSN(t)} }} {
		t.Run(engine, func(t *testing.T) {
			dir := t.TempDir()
			clock := filepath.Join(dir, "ahead")
			ahead := func(d time.Duration) {
				if err := os.WriteFile(clock, []byte(fmt.Sprint(int64(d/time.Second))), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			ahead(0)
			data := filepath.Join(dir, "data")
			n := processtest.New(t, bin, append([]string{"--data", data}, more()...), []string{"SHOUWANG_PLANTED_CLOCK=" + clock})
			s := &server{Node: n, t: t, data: data, addr: n.Addr}
			token, _, places := s.world(20)
			open := func(door string) (id string, next time.Time) {
				var k struct {
					ID   string
					Next time.Time
				}
				status, raw := s.post(token, "/cases", "alarm-"+door, []byte(`{"item": "medicine", "place_id": "`+door+`", "words": "two boxes", "origin": "phone"}`), nil)
				if err := json.Unmarshal(raw, &k); err != nil || k.ID == "" {
					t.Fatalf("%d %s %v", status, raw, err)
				}
				return k.ID, k.Next
			}
			level := func(id string) (n int) {
				var k struct{ Level int }
				s.get(token, "/cases/"+id, &k)
				return k.Level
			}
			var ids []string
			var due time.Time
			for i := range 10 {
				id, next := open(places[i].id)
				ids, due = append(ids, id), next
			}
			s.Kill()
			ahead(time.Until(due) + time.Minute) // dead for longer than they had
			s.start()
			up := time.Now()
			for _, id := range ids {
				for level(id) == 0 {
					if time.Since(up) > alarmWithin {
						t.Fatalf("%v after the start an alarm that came due in between is not there\n%s", time.Since(up), s.Said())
					}
					time.Sleep(20 * time.Millisecond)
				}
			}
			missed := time.Since(up)

			id, next := open(places[15].id)
			s.Kill()
			off := (time.Until(next) - 4*time.Second).Truncate(time.Second) // due four seconds from here
			ahead(off)
			s.start()
			at := next.Add(-off) // when that is by our own clock
			for level(id) == 0 {
				if time.Since(at) > alarmWithin {
					t.Fatalf("an alarm is %v late after a restart\n%s", time.Since(at), s.Said())
				}
				time.Sleep(20 * time.Millisecond)
			}
			if time.Since(at) < -time.Second {
				t.Fatalf("an alarm came %v before its time", -time.Since(at))
			}
			t.Logf("%d alarms from while it was dead %v after it was ready; the next %v after its time", len(ids), missed.Round(time.Millisecond), time.Since(at).Round(time.Millisecond))
		})
	}
}
