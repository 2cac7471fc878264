package page

import (
	"fmt"
	"testing"
)

// However a house is cut into pages, every door stands on one of them once, no page
// is wider or longer than paper, and stairwells stay whole as far as they fit.
func TestPagesOfABoardHoldEveryDoorOnce(t *testing.T) {
	for _, c := range []struct {
		units, floors, across int
		pages                 int
		wide                  bool
	}{{1, 6, 2, 1, false}, {3, 6, 2, 1, false}, {2, 18, 4, 1, false}, {2, 33, 4, 2, false}, {3, 6, 4, 1, true}, {6, 7, 4, 2, true}, {1, 2, 31, 1, true}, {2, 33, 6, 4, true}} {
		var all []*stairs
		for u := range c.units {
			x := &stairs{id: fmt.Sprint(u), name: fmt.Sprint(u), across: c.across, floors: map[int][]boardDoor{}}
			for f := range c.floors {
				for d := range c.across {
					x.floors[f+1] = append(x.floors[f+1], boardDoor{Room: fmt.Sprint(u, "-", f, "-", d)})
				}
			}
			all = append(all, x)
		}
		pages := boardPages(&boardSheet{}, all)
		seen := map[string]int{}
		for _, p := range pages {
			across, down := boardAcross, boardDown
			if p.Wide {
				across, down = wideAcross, wideDown
			}
			if len(p.Rows) > down || p.Wide != c.wide {
				t.Errorf("%v: %d rows, wide %v", c, len(p.Rows), p.Wide)
			}
			last := 1 << 30
			for _, r := range p.Rows {
				n := 0
				for i, doors := range r.Units {
					if len(doors) != p.Units[i].Span {
						t.Errorf("%v: floor %d is %d wide under a head of %d", c, r.Floor, len(doors), p.Units[i].Span)
					}
					n += len(doors)
					for _, d := range doors {
						if !d.None {
							seen[d.Room]++
						}
					}
				}
				if n > across || r.Floor > last {
					t.Errorf("%v: floor %d after %d, %d wide", c, r.Floor, last, n)
				}
				last = r.Floor
			}
		}
		if len(seen) != c.units*c.floors*c.across || len(pages) != c.pages {
			t.Errorf("%v: %d doors on %d pages", c, len(seen), len(pages))
		}
		for room, n := range seen {
			if n != 1 {
				t.Fatalf("%v: %s stands %d times", c, room, n)
			}
		}
	}
}
