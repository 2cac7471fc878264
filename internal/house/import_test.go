package house

import (
	"go/ast"
	"strconv"
	"strings"
	"testing"
)

// edge says why from may not import to; empty when it may.
func edge(from, to string) string {
	a, ok := floors[from]
	if !ok {
		return "room " + from + " has no floor in the table"
	}
	b, ok := floors[to]
	switch {
	case !ok:
		return "room " + to + " has no floor in the table"
	case from == to || b < a || everywhere[to]:
		return ""
	case b == a:
		return from + " and " + to + " stand on the same floor " + strconv.Itoa(a)
	}
	return from + " (floor " + strconv.Itoa(a) + ") reaches up to " + to + " (floor " + strconv.Itoa(b) + ")"
}

func imports(f goFile) (paths []string, specs []*ast.ImportSpec) {
	for _, s := range f.ast.Imports {
		p, _ := strconv.Unquote(s.Path.Value)
		paths, specs = append(paths, p), append(specs, s)
	}
	return paths, specs
}

// Every import of a room goes to a room on a lower floor.
func TestRoomsImportOnlyBelow(t *testing.T) {
	edges := 0
	for _, f := range goFiles(t) {
		inHouse := strings.HasPrefix(f.path, "internal/") || strings.HasPrefix(f.path, "cmd/")
		if f.room == "house" || !inHouse {
			continue
		}
		if _, ok := floors[f.room]; !ok {
			t.Errorf("%s: room %s has no floor in the table (docs/adr/0001)", f.path, f.room)
			continue
		}
		paths, specs := imports(f)
		for i, p := range paths {
			rest, ours := strings.CutPrefix(p, "shouwang/")
			if !ours || f.test {
				continue
			}
			edges++
			if why := edge(f.room, roomOf(rest)); why != "" {
				t.Errorf("%s imports %s: %s", f.set.Position(specs[i].Pos()), p, why)
			}
		}
	}
	t.Logf("%d edges looked at", edges)
}

// Nobody imports the tests of the house, and product code never imports what is
// there for tests only.
func TestTestRoomsStayInTests(t *testing.T) {
	for _, f := range goFiles(t) {
		paths, specs := imports(f)
		for i, p := range paths {
			last := p[strings.LastIndexByte(p, '/')+1:]
			testOnly := under(p, "testing") || last == "pgtest" || last == "storetest" || p == "pgregory.net/rapid"
			testHome := strings.HasSuffix(f.dir, "test") || f.test || strings.HasPrefix(f.dir, "bench")
			if p == "shouwang/internal/house" || testOnly && !testHome {
				t.Errorf("%s imports %s outside a test", f.set.Position(specs[i].Pos()), p)
			}
		}
	}
}

// SQL, HTTP and the big libraries are known in one room each.
func TestOutsideWorldHasKeepers(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.test || !strings.HasPrefix(f.path, "internal/") && !strings.HasPrefix(f.path, "cmd/") {
			continue
		}
		paths, specs := imports(f)
		for i, p := range paths {
			for pkg, who := range keepers {
				if under(p, pkg) && !contains(who, f.room) {
					t.Errorf("%s imports %s; only %v may", f.set.Position(specs[i].Pos()), p, who)
				}
			}
		}
	}
}

// The machine's clock is read in the wiring alone.
func TestTimeComesIn(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.test || contains(clockFree, f.room) || strings.HasSuffix(f.dir, "test") {
			continue
		}
		name := ""
		paths, specs := imports(f)
		for i, p := range paths {
			if p == "time" {
				name = "time"
				if specs[i].Name != nil {
					name = specs[i].Name.Name
				}
			}
		}
		if name == "" {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := s.X.(*ast.Ident)
			if ok && x.Name == name && contains([]string{"Now", "Since", "Until"}, s.Sel.Name) {
				t.Errorf("%s: time.%s reads the machine's clock; take the time as an argument", f.set.Position(s.Pos()), s.Sel.Name)
			}
			return true
		})
	}
}
