package demo

import (
	"strings"

	"shouwang/internal/identity"
)

// ghosts makes the people of rows that an import must refuse: they stand at real
// doors (but for one kind) and are in no count.
type ghosts struct {
	naming
	ids    idents
	phones phones
}

func (g *ghosts) person(k fate, x *door) *person {
	for {
		female := g.chance(.5)
		p := &person{door: x, female: female, born: bornAt(g.between(20, 70), g.dice), relation: "其他", verified: today - day(g.between(5, 300))}
		p.id = g.ids.number(p.born, female)
		p.name = g.whole(g.surname(), female, p.born)
		p.phone = g.phones.number()
		if p.id == "" {
			continue
		}
		switch k {
		case badCheck:
			p.id = p.id[:17] + string("0123456789"[(strings.IndexByte("0123456789X", p.id[17])+3)%10])
			if identity.CheckDigit(p.id[:17]) == p.id[17] {
				continue
			}
		case asFloat:
			p.id = p.id[:15] + "000" // what a float keeps of it
			if identity.CheckDigit(p.id[:17]) == '0' {
				continue
			}
		case noDoor:
			b := x.building
			p.door = &door{building: b, unit: x.unit, floor: b.floors + g.between(2, 5), serial: x.serial}
		case noName:
			p.name, p.id, p.relation = "", "", ""
		}
		return p
	}
}
