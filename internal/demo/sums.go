package demo

import "sort"

// siteKinds that can belong to a zone; points such as checkpoints cannot.
var zonedKinds = map[string]bool{"公寓": true, "商场": true, "商业综合体": true, "工业园区": true}

func (w *world) sums() Sums {
	s := Sums{Communities: len(w.communities), Microgrids: len(w.micros), Helpers: len(w.helpers)}
	for _, c := range w.communities {
		s.Grids += len(c.grids)
		s.Sites += len(c.sites)
	}
	for _, e := range w.estates {
		for _, b := range e.buildings {
			s.Parts++
			if b.part != "b" {
				s.Buildings++
			}
			s.Units += len(b.units)
		}
	}
	w.eachDoor(func(x *door) {
		s.Doors++
		if len(x.people) == 0 {
			s.Empty++
		}
		s.People += len(x.people)
		for _, p := range x.people {
			s.Floating += b2i(x.rented && p.origin != "")
			s.Hubei += b2i(len(p.origin) >= 6 && p.origin[:6] == "湖北")
			s.Wuhan += b2i(p.origin == "湖北武汉")
			s.Wenzhou += b2i(p.origin == "浙江温州")
		}
	})
	return s
}

// zonePlaces lists what stands in a zone: buildings, and sites without doors.
func (w *world) zonePlaces(z zone) (buildings []*building, sites []*site) {
	for _, c := range w.communities {
		for _, e := range c.estates {
			for _, b := range e.buildings {
				if b.zone == z {
					buildings = append(buildings, b)
				}
			}
		}
		for _, s := range c.sites {
			if s.zone == z && zonedKinds[s.kind] {
				sites = append(sites, s)
			}
		}
	}
	return buildings, sites
}

func (w *world) zoneSums() (out []Zone) {
	for _, z := range []zone{lockdown, control, precaution} {
		buildings, sites := w.zonePlaces(z)
		s := Zone{Zone: z.id(), Places: len(buildings) + len(sites), Communities: []string{}, Sites: []string{}}
		in, micros := map[*community]bool{}, map[*micro]bool{}
		for _, b := range buildings {
			s.Buildings += b2i(b.part != "b")
			s.Doors += len(b.doors)
			for _, x := range b.doors {
				s.People += len(x.people)
			}
			micros[b.micro] = true
			if c := b.micro.community; !in[c] {
				in[c] = true
				s.Communities = append(s.Communities, c.name)
			}
		}
		for _, x := range sites {
			s.Sites = append(s.Sites, x.name)
		}
		s.Parts = len(micros)
		out = append(out, s)
	}
	return out
}

// tally counts words, in the order of the words.
func tally(of []*helper, word func(*helper) string) (out []Count) {
	n := map[string]int{}
	for _, h := range of {
		if w := word(h); w != "" {
			n[w]++
		}
	}
	for w, c := range n {
		out = append(out, Count{w, c})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}
