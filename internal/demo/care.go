package demo

// care marks the vulnerable of a household at rates as a community finds them.
func (h *homes) care() {
	grown := 0
	for _, p := range h.door.people {
		if a := p.born.age(); a >= 18 && a < 60 {
			grown++
		}
	}
	front := h.chance(.01)
	for i, p := range h.door.people {
		age := p.born.age()
		mark := func(group string, chance float64) bool {
			if !h.chance(chance) {
				return false
			}
			p.groups = append(p.groups, pick(h.dice, list("g-"+group)))
			if p.need == "" && h.chance(.7) {
				p.need = pick(h.dice, list("n-"+group))
			}
			return true
		}
		if age >= 80 {
			mark("elderly", .97)
		}
		if age >= 65 && h.door.size == 1 {
			mark("alone", .9)
		}
		if age < 7 {
			mark("child", .9)
		}
		if age < 16 && grown == 0 {
			mark("unguarded", .25)
		}
		if p.female && age >= 22 && age <= 39 && h.door.size > 1 && p.relation != "合租" {
			mark("pregnant", .022)
		}
		switch {
		case age >= 60:
			mark("chronic", .14)
			mark("disabled", .03)
		case age >= 35:
			mark("chronic", .022)
			mark("disabled", .01)
		}
		if age >= 18 {
			mark("mental", .0015)
		}
		if front && i > 0 && age >= 16 {
			mark("frontline", 1)
		}
	}
}
