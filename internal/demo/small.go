package demo

// layHamlet is the ground of the small size: 长塘 alone, with the figures of the
// seed's one community: 1,443 households behind 19 stairwells.
func layHamlet(w *world) {
	c := &community{name: communityNames[0], code: subdistrictCode[:9] + "001"}
	q := quad{{0, 0}, {430, 20}, {420, 300}, {10, 290}}
	c.outline = q[:]
	w.outline = c.outline
	w.communities = []*community{c}
	west := &block{community: c, quad: q.sub(0, 0, .5, 1).inset(13, 13, 7, 13), zone: control}
	east := &block{community: c, col: 1, quad: q.sub(.5, 0, 1, 1).inset(7, 13, 13, 13), zone: precaution}
	c.blocks = []*block{west, east}
	add := func(b *block, name string) *estate {
		e := &estate{block: b, name: name, style: tower, word: "号楼"}
		b.estate = e
		c.estates = append(c.estates, e)
		w.estates = append(w.estates, e)
		return e
	}
	li, yuan := add(west, "长塘里"), add(east, "桂语园")
	for n := 1; n <= 5; n++ {
		li.raise(form{tower, 18, 4, []int{14}}, 2)
	}
	li.buildings[2].zone = lockdown
	for n := 1; n <= 5; n++ {
		b := yuan.raise(form{tower, 18, 5, []int{14}}, 2-n/5)
		if n > 3 {
			b.zone = free
		}
	}
	yuan.buildings[3].joinFlats(1)
	yuan.buildings[4].joinFlats(1)
	s := &site{community: c, kind: "公寓", name: "金桂公寓", zone: control, tag: "未登记到户", block: west, annex: true}
	li.annex = append(li.annex, s)
	c.sites = append(c.sites, s)
	d := newDice(groundSeed, 2)
	settle(li, d)
	settle(yuan, d)
	placePoints(w, west)
}
