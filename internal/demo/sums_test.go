package demo

import (
	"reflect"
	"strings"
	"sync"
	"testing"
)

// The figures of the seeds come out of the files, read back and imported by the
// rules, dirt included.
func TestFilesAddUp(t *testing.T) {
	for _, c := range []struct {
		name                                string
		files                               func() written
		doors, people, micros, communities  int
		lockDoors, lockPeople               int
		controlDoors, controlPeople         int
		precautionDoors, precautionPeople   int
		zoneCommunities, flats, malls, rest int
	}{
		{"full", full, 51438, 130186, 638, 17, 257, 701, 3510, 9341, 14796, 35622, 7, 5, 2, 2},
		{"community", small, 1443, 3687, 19, 1, 136, 371, 544, 1447, 510, 1228, 1, 1, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := c.files()
			people := importAll(t, w)
			if f := w.manifest.Files[0]; f.Inserted != len(w.places) || f.Rows != f.Inserted+f.Rejected || f.Rejected != 3 {
				t.Errorf("%d places taken in, the manifest says %+v", len(w.places), f)
			}
			want := map[string][2]int{"封控区": {c.lockDoors, c.lockPeople}, "管控区": {c.controlDoors, c.controlPeople}, "防范区": {c.precautionDoors, c.precautionPeople}}
			got := map[string][2]int{}
			all := 0
			for at, d := range w.doors {
				all += people[at]
				if z := w.zones[d.building]; z != "" {
					s := got[z]
					got[z] = [2]int{s[0] + 1, s[1] + people[at]}
				}
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("zones hold %v, want %v", got, want)
			}
			if len(w.doors) != c.doors || all != c.people {
				t.Errorf("%d doors and %d people, want %d and %d", len(w.doors), all, c.doors, c.people)
			}
			kinds, communities := map[string]int{}, map[string]bool{}
			sites := map[string]int{}
			for _, p := range w.places {
				kinds[p["类型"]]++
				if w.zones[p["地点编码"]] == "" {
					continue
				}
				communities[p["地点编码"][:12]] = true
				if p["类型"] != "楼栋" {
					sites[p["类型"]]++
					if !strings.Contains(p["标签"], "未登记到户") {
						t.Errorf("%s is in a zone without doors and is not flagged", p["名称"])
					}
				}
			}
			if kinds["微网格"] != c.micros || kinds["社区"] != c.communities {
				t.Errorf("places of each kind: %v", kinds)
			}
			if len(communities) != c.zoneCommunities || sites["公寓"] != c.flats || sites["商场"] != c.malls || sites["商业综合体"]+sites["工业园区"] != c.rest {
				t.Errorf("zones reach over %d communities with sites %v", len(communities), sites)
			}
		})
	}
}

// importAll takes in every residents' file, checks the manifest and returns the
// people behind each door.
func importAll(t *testing.T, w written) map[string]int {
	t.Helper()
	people := map[string]int{}
	var mu sync.Mutex
	var wait sync.WaitGroup
	for _, f := range w.manifest.Files {
		if f.Kind != "residents" {
			continue
		}
		wait.Go(func() {
			got, home := w.take(f)
			mu.Lock()
			defer mu.Unlock()
			if !reflect.DeepEqual(got, f) {
				t.Errorf("%s: an import makes %+v of it, the manifest says %+v", f.Name, got, f)
			}
			if f.Rows != f.Inserted+f.Updated+f.Unchanged+f.Rejected || f.Updated == 0 || f.Unchanged == 0 || len(f.Reasons) != 4 {
				t.Errorf("%s: rows do not add up or lack dirt: %+v", f.Name, f)
			}
			for _, at := range home {
				people[at]++
			}
		})
	}
	wait.Wait()
	return people
}

// The lockdown is towers 6, 7 and 8 of 长塘里; control reaches over five communities.
func TestLockdownIsThreeTowers(t *testing.T) {
	w := full()
	towers, controlled := map[string]bool{}, map[string]bool{}
	for _, p := range w.places {
		switch w.zones[p["地点编码"]] {
		case "封控区":
			towers[p["小区"]+p["楼号"]] = true
		case "管控区":
			controlled[p["地点编码"][:12]] = true
		}
	}
	if want := map[string]bool{"长塘里6": true, "长塘里7": true, "长塘里8": true}; !reflect.DeepEqual(towers, want) {
		t.Errorf("lockdown covers %v", towers)
	}
	if len(controlled) != 5 {
		t.Errorf("control reaches over %d communities", len(controlled))
	}
}

// Every door stands in exactly one micro-grid, and micro-grids are near 81 doors;
// some towers are cut between two and some micro-grids lie in two zones.
func TestMicrogrids(t *testing.T) {
	w := full()
	doors, zones := map[string]int{}, map[string]map[string]bool{}
	for _, d := range w.doors {
		doors[d.micro]++
		if zones[d.micro] == nil {
			zones[d.micro] = map[string]bool{}
		}
		zones[d.micro][w.zones[d.building]] = true
	}
	usual, mixed, cut := 0, 0, 0
	for m, n := range doors {
		if n < 30 || n > 130 {
			t.Errorf("%s has %d doors", m, n)
		}
		if n >= 56 && n <= 105 {
			usual++
		}
		if len(zones[m]) > 1 {
			mixed++
		}
	}
	for _, p := range w.places {
		if p["单元"] != "" {
			cut++
		}
	}
	if len(doors) != 638 || usual < 500 || mixed == 0 || cut < 20 {
		t.Errorf("%d micro-grids with doors, %d of usual size, %d in two zones, %d parts of towers", len(doors), usual, mixed, cut)
	}
}

// Floating population comes in the numbers the spec gives.
func TestOrigins(t *testing.T) {
	s := full().manifest.World
	if s.Hubei != 1785 || s.Wuhan != 68 || s.Wenzhou != 186 || s.Floating < 9783 {
		t.Errorf("origins %+v", s)
	}
}

// The stated figure stands in a file of its own with its source.
func TestStated(t *testing.T) {
	var said Said
	readJSON(full().dir+"/stated.json", &said)
	sum := 0
	for _, z := range full().manifest.Zones {
		sum += z.People
	}
	if said.People-sum != 1500 || said.Source == "" {
		t.Errorf("stated %+v against %d", said, sum)
	}
}
