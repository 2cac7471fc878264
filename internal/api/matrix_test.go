package api_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"shouwang/internal/access"
	"shouwang/internal/access/accesstest"
	"shouwang/internal/api/apitest"
)

// expect says by the two tables, and nothing else, how an operation answers.
func expect(r row, role access.Role, rel accesstest.Relation, st accesstest.State) accesstest.Outcome {
	may := func(action string) bool {
		return rel != accesstest.Absent && accesstest.Expect(action, role, rel, st)
	}
	pick := func(allowed, seen bool) accesstest.Outcome {
		switch {
		case allowed:
			return accesstest.Allowed
		case seen:
			return accesstest.Forbidden
		}
		return accesstest.NotHere
	}
	switch r.how {
	case "open", "listed":
		return accesstest.Allowed
	case "mine":
		return accesstest.NotHere
	case "nothing":
		return pick(accesstest.Table()[r.action][role] == accesstest.Anywhere, true)
	case "anywhere":
		return pick(accesstest.Expect(r.action, role, accesstest.OwnPlace, st), true)
	case "place":
		return pick(may(r.action), may(access.PlaceRead))
	case "reach", "person":
		return pick(may(r.action), false)
	case "incident":
		return pick(may(r.action), may(access.IncidentRead))
	case "reveal":
		return pick(may(r.action), may(access.ResidentRead))
	case "reshape":
		return pick(may(r.action), may(access.ReshapePlan))
	case "desk":
		return pick(may(r.action), may(access.CaseRead))
	case "noted":
		return pick(may(r.action) && may(access.CaseRead), may(access.CaseRead))
	case "pin":
		return pick(may(access.PlanRead) && may(r.action), may(access.PlanRead))
	}
	panic("matrix.txt: how " + r.how)
}

// outcome reads how an answer came out; what was refused for another reason than a
// right got past the rights.
func outcome(a *apitest.Answer) accesstest.Outcome {
	switch a.Problem().Code {
	case "SW-1010", "SW-1012", "SW-1013":
		return accesstest.NotHere
	case "SW-1011":
		return accesstest.Forbidden
	case "SW-1000":
		return "broken"
	}
	return accesstest.Allowed
}

var noted = regexp.MustCompile(`^(Request-Id|Date)$`)

// face is all of an answer that its reader sees, but for the request's number.
func face(a *apitest.Answer) string {
	var head []string
	for k, v := range a.Header {
		if !noted.MatchString(k) {
			head = append(head, k+"="+strings.Join(v, ","))
		}
	}
	slices.Sort(head)
	return fmt.Sprint(a.Status, head, string(a.Body))
}

// cell is one field of the matrix.
type cell struct {
	op   string
	role access.Role
	rel  accesstest.Relation
	st   accesstest.State
}

// ask sends the request of a cell to a server.
func ask(w *apitest.World, x cell, to http.Handler) *apitest.Answer {
	w.T.Helper()
	t := absent
	if x.rel != accesstest.Absent {
		info, _ := x.role.Info()
		t = at(w, around[info.At][x.rel])
	}
	t.desk = t.at(x.role)
	c := requests(t)[x.op]
	c.As, c.To = string(x.role), to
	if x.st.Task {
		c.As += "-task"
	}
	if x.op == "session-end" {
		c.Token = w.Throwaway(c.As)
	}
	return w.Send(c)
}

// Every operation × every role × {own place, sibling, other community, not there},
// in every state, against the tables written by hand.
func TestMatrix(t *testing.T) {
	rows := matrixRows(t)
	cells := 0
	for _, inForce := range []bool{false, true} {
		w := matrixWorld(t, inForce)
		ops := operations(w.API)
		for _, op := range ops {
			r, ok := rows[op.id]
			if !ok || r.action != op.action {
				t.Errorf("%s asks for %q; matrix.txt says %q", op.id, op.action, r.action)
				continue
			}
			if _, ok := requests(absent)[op.id]; !ok {
				t.Errorf("%s: the matrix does not know how to ask it", op.id)
				continue
			}
			for _, info := range access.Roles {
				for _, task := range []bool{false, true} {
					if task != inForce && info.Role != access.Helper { // only volunteers depend on it
						continue
					}
					hidden := ""
					for _, rel := range relations {
						x := cell{op.id, info.Role, rel, accesstest.State{Task: task, Emergency: inForce}}
						a := ask(w, x, nil)
						cells++
						want := expect(r, x.role, x.rel, x.st)
						if got := outcome(a); got != want {
							t.Errorf("%+v: %s, expected %s: %d %.200s", x, got, want, a.Status, a.Body)
						}
						if want == accesstest.NotHere {
							if hidden == "" {
								hidden = face(a)
							} else if f := face(a); f != hidden {
								t.Errorf("%+v: not there and out of scope answer differently:\n%s\n%s", x, f, hidden)
							}
						}
					}
				}
			}
		}
		if len(ops) != len(rows) {
			t.Errorf("%d operations, %d rows", len(ops), len(rows))
		}
	}
	t.Logf("%d cells", cells)
}

// Nobody who is not signed in gets anything, nor learns what there is.
func TestMatrixNobody(t *testing.T) {
	w := matrixWorld(t, true)
	for id, r := range matrixRows(t) {
		if r.how == "open" {
			continue
		}
		var faces []string
		for _, x := range []target{at(w, apitest.Community), absent} {
			x.desk = x.at(access.Community)
			faces = append(faces, face(w.Send(requests(x)[id]).Refused("SW-1012")))
		}
		if faces[0] != faces[1] {
			t.Errorf("%s: %v", id, faces)
		}
	}
}

// A list without a place has what is within reach, and nothing else.
func TestIncidentListIsCut(t *testing.T) {
	for _, inForce := range []bool{false, true} {
		w := matrixWorld(t, inForce)
		for _, info := range access.Roles {
			for _, task := range []bool{false, true} {
				st := accesstest.State{Task: task, Emergency: inForce}
				as := string(info.Role)
				if task {
					as += "-task"
				}
				got := map[string]bool{}
				for _, i := range all[struct{ ID string }](w, as, "/incidents").Items {
					got[i.ID] = true
				}
				for rel, code := range around[info.At] {
					want := accesstest.Expect(access.IncidentRead, info.Role, rel, st)
					if got[at(w, code).incident] != want {
						t.Errorf("%s: incident at %s listed %v, expected %v", as, rel, !want, want)
					}
				}
			}
		}
	}
}
