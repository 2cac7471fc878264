package demo

// homes composes the households of one community.
type homes struct {
	naming
	ids    idents
	phones phones
	door   *door
}

// settle fills a door with as many people as its size says.
func (h *homes) settle(x *door) {
	h.door = x
	switch x.size {
	case 0:
		return
	case 1:
		h.single()
	case 2:
		h.pair()
	default:
		h.family()
	}
	h.unlike()
	h.care()
	h.visit()
}

// add puts a person of the given age behind the door.
func (h *homes) add(surname, relation string, female bool, age int) *person {
	p := &person{door: h.door, female: female, born: bornAt(max(0, age), h.dice), relation: relation}
	p.name = h.whole(surname, female, p.born)
	for h.taken(p.name) {
		p.name = h.whole(surname, female, p.born)
	}
	if !h.chance(.025) {
		p.id = h.ids.number(p.born, female)
	}
	if a := p.born.age(); a > 79 && h.chance(.65) || a > 13 && a <= 79 && h.chance(.94) {
		p.phone = h.phones.number()
	}
	h.door.people = append(h.door.people, p)
	return p
}

func (h *homes) taken(name string) bool {
	for _, p := range h.door.people {
		if p.name == name {
			return true
		}
	}
	return false
}

func (h *homes) single() {
	female := h.chance(.55)
	switch h.weigh(40, 40, 20) {
	case 0:
		h.add(h.surname(), "户主", female, h.between(62, 92))
	case 1:
		h.door.rented = true
		h.add(h.surname(), "户主", female, h.between(20, 38))
	default:
		h.add(h.surname(), "户主", female, h.between(28, 61))
	}
}

func (h *homes) pair() {
	switch h.weigh(42, 24, 16, 18) {
	case 0:
		h.couple(h.between(58, 86))
	case 1:
		h.door.rented = h.chance(.45)
		h.couple(h.between(24, 36))
	case 2:
		age := h.between(30, 50)
		s := h.surname()
		female := h.chance(.7)
		h.add(s, "户主", female, age)
		h.child(s, age)
	default:
		h.mates()
	}
}

// couple is a head and a spouse.
func (h *homes) couple(age int) (surname string) {
	surname = h.surname()
	headFemale := h.chance(.27)
	other := h.surname()
	for other == surname {
		other = h.surname()
	}
	h.add(surname, "户主", headFemale, age)
	h.add(other, "配偶", !headFemale, min(95, max(21, age+h.between(-4, 3))))
	return surname
}

func (h *homes) child(surname string, parentAge int) {
	age := min(26, parentAge-h.between(24, 32))
	if age < 0 {
		age = 0
	}
	female := h.chance(.48)
	word := []string{"子女", "儿子"}
	if female {
		word[1] = "女儿"
	}
	h.add(surname, pick(h.dice, word), female, age)
}

func (h *homes) parent(surname string, age int) {
	female := h.chance(.6)
	word := []string{"父母", "父亲"}
	if female {
		word[1] = "母亲"
	}
	if !female {
		h.add(surname, pick(h.dice, word), female, min(94, age+h.between(24, 30)))
		return
	}
	h.add(h.surname(), pick(h.dice, word), female, min(94, age+h.between(23, 29)))
}

// mates share a rented flat.
func (h *homes) mates() {
	h.door.rented = true
	for i := 0; i < h.door.size; i++ {
		h.add(h.surname(), []string{"户主", "合租"}[min(i, 1)], h.chance(.45), h.between(19, 36))
	}
}

// family is a couple with children and parents up to the size.
func (h *homes) family() {
	if h.chance(.07) {
		h.mates()
		return
	}
	if h.door.size == 3 && h.chance(.06) { // grandparents with a child
		age := h.between(60, 72)
		s := h.couple(age)
		h.add(s, "孙子女", h.chance(.5), h.between(4, 14))
		return
	}
	age := h.between(26, 52)
	h.door.rented = h.chance(.2)
	s := h.couple(age)
	children := 1 + h.weigh(6, 3)
	for len(h.door.people) < h.door.size {
		if children > 0 {
			h.child(s, age)
			children--
		} else {
			h.parent(s, age)
		}
	}
}

// unlike gives a few homes names that no parser of Chinese names expects.
func (h *homes) unlike() {
	switch {
	case h.chance(.003):
		for _, p := range h.door.people {
			for p.name = h.minority(); h.count(p.name) > 1; {
				p.name = h.minority()
			}
		}
	case h.door.size < 4 && h.chance(.0015):
		h.door.rented = true
		for _, p := range h.door.people {
			for p.name = h.foreign(); h.count(p.name) > 1; {
				p.name = h.foreign()
			}
			p.id, p.origin, p.note = "", "外籍", "外籍，护照另册登记"
		}
	}
}

func (h *homes) count(name string) (n int) {
	for _, p := range h.door.people {
		if p.name == name {
			n++
		}
	}
	return n
}

// visit writes down when the household was last seen at the door, and remarks.
func (h *homes) visit() {
	ago := []int{h.between(3, 60), h.between(60, 400), h.between(400, 900), -1}[h.weigh(50, 32, 13, 5)]
	for i, p := range h.door.people {
		if ago >= 0 {
			p.verified = today - day(ago)
		}
		if i == 0 && p.note == "" && h.chance(.06) {
			p.note = pick(h.dice, list("remark"))
		}
		if !h.door.rented && h.chance(.7) {
			p.origin = pick(h.dice, list("local"))
		}
	}
}
