package store

import (
	"testing"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/need"
)

// before leaves the closed data as a version older than some migrations wrote them: what
// those made is gone again, and the next start finds them undone.
func (w *world) before(t *testing.T, undo ...string) {
	t.Helper()
	if err := w.Store.Close(); err != nil {
		t.Fatal(err)
	}
	s := &Store{} // the engine's own connection: nobody holds the data
	if err := s.connect(w.dsn); err != nil {
		t.Fatal(err)
	}
	defer s.closeDBs()
	for _, q := range undo {
		if _, err := s.write.ExecContext(w.ctx, q); err != nil {
			t.Fatal(q, err)
		}
	}
}

var _ = promised("cases closed before anything was forgotten get the day of their forgetting at the upgrade", func(t *testing.T, w *world) {
	at := w.clock()
	put := func(id string, change func(c *need.Case)) {
		c, err := need.Start(needRule, need.Case{ID: id, Number: "9" + id, PlaceID: "d", Path: "0.a.d.", Origin: "door", Words: "胰岛素", Desk: need.Desk{PlaceID: "a", Path: "0.a.", Role: "community"}}, at)
		if err != nil {
			t.Fatal(err)
		}
		change(&c)
		must(t, w, journal.Change{Row: &c})
	}
	put("old", func(c *need.Case) { c.Closed, c.Next = at, time.Time{} })
	put("open", func(c *need.Case) { c.Next = time.Time{} })
	put("gone", func(c *need.Case) { c.Closed, c.Forgotten, c.Next = at, at.Add(time.Hour), time.Time{} })
	put("short", func(c *need.Case) { c.Closed, c.Next = at, at.AddDate(0, 0, 30) }) // its item says how long
	w.before(t, "DROP TABLE doses", "DELETE FROM goose_db_version WHERE version_id = 54")
	w.open(t)
	day := func(n int) (ids string) {
		due, err := w.CasesDue(w.ctx, at.AddDate(0, 0, n), 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range due {
			ids += c.ID + " "
		}
		return ids
	}
	if early, then := day(364), day(365); early != "short " || then != "short old " {
		t.Fatalf("due after 364 days: %q, after 365: %q", early, then)
	}
	c, ok, err := w.Case(w.ctx, "old")
	if err != nil || !ok || c.Words != "胰岛素" || c.Version != 1 {
		t.Fatalf("the upgrade changed more than the day: %+v %v", c, err)
	}
	d := need.Dose{ID: "x", PersonID: "p", PlaceID: "d", Path: "0.a.d.", Medicine: "胰岛素", Until: at.AddDate(0, 0, 9)}
	must(t, w, journal.Change{Row: &d})
	if got, ok, err := w.Dose(w.ctx, "p"); err != nil || !ok || w.OpenDose(w.ctx, &got) != nil || got.Medicine != "胰岛素" {
		t.Fatalf("%+v %v %v", got, ok, err)
	}
})
