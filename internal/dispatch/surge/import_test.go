package surge

import (
	"strconv"
	"testing"
	"time"

	"shouwang/internal/plan"
)

var now = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

func size(n int) *int { return &n }

func line(number string, people int) Row {
	return Row{Number: number, Organisation: "区财政局", Name: "财政先锋队", Contact: "办公室", Size: size(people), PlaceID: "a", Path: "1.a."}
}

// What cannot be is refused alone; a repeat changes nothing; a squad that stands
// somewhere keeps the people who stand there.
func TestASheetOfSquadsIsDecidedLineByLine(t *testing.T) {
	n := 0
	newID := func() string { n++; return "s" + strconv.Itoa(n) }
	inside := func(path string) bool { return path != "9." }
	rows := []Row{line("A1", 60), line("A1", 60), line("A1", 61), line("A2", -1), line("A3", MostPeople+1), {Number: "A4", Size: size(5), PlaceID: "a", Path: "1.a."},
		{Number: "A5", Organisation: "o", Name: "n", Contact: "c", Size: size(5)}, line("A6", 5)}
	rows[7].From, rows[7].Until = now, now
	made, verdicts := PlanImport(rows, nil, nil, inside, newID, now)
	want := []plan.Outcome{plan.Inserted, plan.Unchanged, plan.Rejected, plan.Rejected, plan.Rejected, plan.Rejected, plan.Rejected, plan.Rejected}
	fields := []string{"", "", "number", "size", "size", "organisation", "place_code", "until"}
	for i, v := range verdicts {
		if v.Outcome != want[i] || v.Field != fields[i] {
			t.Errorf("line %d: %s at %q, expected %s at %q", i, v.Outcome, v.Field, want[i], fields[i])
		}
	}
	if len(made) != 1 || made[0].Size != 60 || made[0].Kind != General {
		t.Fatalf("%+v", made)
	}
	have := made
	stands := []Station{{SquadID: have[0].ID, People: 40, From: now, Path: "1.b."}}
	for _, c := range []struct {
		row  Row
		want plan.Outcome
	}{{line("A1", 60), plan.Unchanged}, {line("A1", 40), plan.Updated}, {line("A1", 39), plan.Rejected}, {Row{Number: "A1", Kind: Medical}, plan.Rejected}, {Row{Number: "A1", Contact: "值班室"}, plan.Updated}} {
		if _, v := PlanImport([]Row{c.row}, have, stands, inside, newID, now.Add(time.Hour)); v[0].Outcome != c.want {
			t.Errorf("%+v: %s, expected %s", c.row, v[0].Outcome, c.want)
		}
	}
	have[0].Path = "9."
	if _, v := PlanImport([]Row{line("A1", 70)}, have, nil, inside, newID, now); v[0].Outcome != plan.Rejected {
		t.Errorf("somebody else's squad was changed")
	}
}
