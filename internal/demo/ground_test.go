package demo

import "testing"

func TestGroundQuick(t *testing.T) {
	for _, s := range []Size{Full, Community} {
		w := newGround(specs[s])
		sum := [4]int{}
		coms := map[zone]map[string]bool{}
		doors := 0
		blds := 0
		for _, e := range w.estates {
			for _, b := range e.buildings {
				sum[b.zone] += len(b.doors)
				doors += len(b.doors)
				blds++
				if coms[b.zone] == nil {
					coms[b.zone] = map[string]bool{}
				}
				coms[b.zone][e.block.community.name] = true
			}
		}
		t.Log(s, sum, w.spec.doors, doors, len(w.micros), len(w.estates), blds, coms)
		lo, hi := 1000, 0
		h := map[int]int{}
		for _, m := range w.micros {
			lo, hi = min(lo, m.doors()), max(hi, m.doors())
			h[m.doors()/10]++
		}
		t.Log(lo, hi, h)
		for _, c := range w.communities {
			n := 0
			for _, e := range c.estates {
				n += e.doors()
			}
			t.Log(c.name, len(c.estates), n, len(c.grids), len(c.micros))
		}
	}
}
