package demo

// settlePeople gives every zone its exact number of people, behind doors of
// believable sizes, and every door its household.
func settlePeople(w *world, seed uint64) {
	d := newDice(seed, 10)
	var byZone [4][]*door
	w.eachDoor(func(x *door) { byZone[x.building.zone] = append(byZone[x.building.zone], x) })
	for z, doors := range byZone {
		sizeDoors(doors, w.spec.people[z], d)
	}
	for _, c := range w.communities {
		h := &homes{naming: naming{newDice(seed, 100+uint64(c.index))}, ids: idents{community: c.index}, phones: phones{block: c.index + 1}}
		for _, e := range c.estates {
			for _, b := range e.buildings {
				for _, x := range b.doors {
					h.settle(x)
				}
			}
		}
	}
	spreadOrigins(w, newDice(seed, 11))
}

// sizeDoors draws sizes with about one door in sixteen empty and moves single
// people until the sum is right.
func sizeDoors(doors []*door, people int, d dice) {
	sum := 0
	for _, x := range doors {
		x.size = d.weigh(6, 17, 28, 27, 13, 6, 3)
		sum += x.size
	}
	for sum != people {
		x := pick(d, doors)
		switch {
		case sum < people && x.size > 0 && x.size < 6:
			x.size++
			sum++
		case sum > people && x.size > 1:
			x.size--
			sum--
		}
	}
}

// spreadOrigins gives the floating population its origins: as many from 湖北, of
// them 武汉, and from 温州 as the spec says, the others from anywhere else.
func spreadOrigins(w *world, d dice) {
	var floating []*person
	w.eachDoor(func(x *door) {
		if x.rented {
			for _, p := range x.people {
				if p.origin == "" {
					floating = append(floating, p)
				}
			}
		}
	})
	var doors [][]*person
	for i := 0; i < len(floating); {
		j := i
		for j < len(floating) && floating[j].door == floating[i].door {
			j++
		}
		doors = append(doors, floating[i:j])
		i = j
	}
	d.Shuffle(len(doors), func(i, j int) { doors[i], doors[j] = doors[j], doors[i] })
	counts := []struct {
		n    int
		from []string
	}{{w.spec.wuhan, []string{"湖北武汉"}}, {w.spec.hubei - w.spec.wuhan, list("hubei")}, {w.spec.wenzhou, []string{"浙江温州"}}}
	k := 0
	for _, home := range doors {
		for k < len(counts) && counts[k].n == 0 {
			k++
		}
		from := list("origin")
		if k < len(counts) {
			from = counts[k].from
		}
		place := pick(d, from)
		for _, p := range home {
			if k < len(counts) && counts[k].n == 0 {
				place = pick(d, list("origin")) // the count is full in the middle of a home
			} else if k < len(counts) {
				counts[k].n--
			}
			p.origin = place
		}
	}
}
