package demo

import "fmt"

// staff adds those who are stationed and live elsewhere: officers, community and
// grid workers, health workers, property staff and cadres.
func staff(w *world, d dice) {
	s := &stationed{world: w, naming: naming{d}, phones: phones{block: 90}, serial: map[string]int{}}
	left := w.spec.officers
	for i, c := range w.communities {
		rest := len(w.communities) - i
		n := left / rest
		if rest > 1 {
			n += d.between(-6, 6)
		}
		left -= n
		for ; n > 0; n-- {
			h := s.hire("P", "民警", c.code, 23, 58, .16)
			if d.chance(.3) {
				h.trained = []string{"防护基础"}
			}
			h.skills = []string{"治安"}
			if d.chance(.02) {
				h.away = pick(d, []string{"封在区外", "隔离"})
			}
		}
		for j := 0; j < 6; j++ {
			h := s.hire("S", "社工", c.code, 24, 56, .68)
			if j == 0 {
				h.post, h.charge = "社工", c.code
			}
		}
		for _, g := range c.grids {
			h := s.hire("G", "网格员", g.code, 26, 57, .5)
			h.post, h.charge = "网格员", g.code
		}
		for j := 0; j < 3; j++ {
			h := s.hire("M", "医护", c.code, 24, 58, .75)
			h.skills, h.trained = []string{"医护"}, []string{"防护基础", "采样协助"}
		}
		for j := 0; j < 2; j++ {
			s.hire("C", "干部", c.code, 30, 57, .35).party = true
		}
		for _, e := range c.estates {
			if e.tag != "三无小区" && d.chance(.6) {
				s.hire("W", "物业", e.grid.code, 25, 59, .3)
			}
		}
	}
}

type stationed struct {
	*world
	naming
	phones phones
	serial map[string]int
}

func (s *stationed) hire(letter, kind, place string, from, to int, female float64) *helper {
	s.serial[letter]++
	born := bornAt(s.between(from, to), s.dice)
	h := &helper{number: fmt.Sprintf("%s%04d", letter, s.serial[letter]), kind: kind, place: place,
		female: s.chance(female), birth: born.time().Year(), phone: s.phones.number(), hours: 8}
	h.name = s.whole(s.surname(), h.female, born)
	h.mobile = s.chance(.97)
	h.party = s.chance(.45)
	s.helpers = append(s.helpers, h)
	return h
}
