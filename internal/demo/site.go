package demo

import "fmt"

// large are the sites that take a block of their own: kind, name with its community's, zone, tag
// and footprint in metres. Those in a zone are the seed's two malls, complex and park.
var large = []struct {
	kind, name string
	zone       zone
	tag        string
	w, h       float64
}{
	{"商场", "%s天地商场", control, "未登记到户", 110, 80},
	{"商业综合体", "%s广场综合体", control, "未登记到户", 120, 90},
	{"商场", "%s家居城", precaution, "未登记到户", 120, 80},
	{"工业园区", "%s科创产业园", precaution, "未登记到户", 130, 110},
	{"定点医院", "%s医院", free, "", 110, 60},
	{"隔离点", "%s健康驿站", free, "", 80, 50},
	{"仓库", "%s应急物资仓库", free, "", 90, 55},
}

// flats are the five serviced houses; each stands among the buildings of an
// estate of its zone.
var flats = []struct {
	name string
	zone zone
	tag  string
}{
	{"金桂公寓", control, "未登记到户、酒店式"},
	{"银杏青年公寓", control, "未登记到户"},
	{"柳岸人才公寓", precaution, "未登记到户"},
	{"麦田蓝领公寓", precaution, "未登记到户"},
	{"星海公寓", precaution, "未登记到户、酒店式"},
}

// placeSites puts the large sites on blocks, before the estates take the rest.
func placeSites(w *world, d dice) {
	left := map[*community]int{}
	for _, c := range w.communities {
		for _, b := range c.blocks {
			if b.zone == control && b != w.heart() {
				left[c]++
			}
		}
	}
	for _, l := range large {
		var fit []*block
		for _, c := range w.communities {
			if l.zone == free && c.index < zonedCommunities {
				continue
			}
			for _, b := range c.blocks {
				if b.zone == l.zone && !b.green && b.site == nil && b != w.heart() && b.quad.width() < 300 &&
					(l.zone != control || left[c] > 2) {
					fit = append(fit, b)
				}
			}
		}
		b := pick(d, fit)
		left[b.community]--
		b.site = &site{community: b.community, kind: l.kind, name: fmt.Sprintf(l.name, b.community.name), tag: l.tag, zone: b.zone, block: b}
		b.site.shape = rect{b.quad.at(.5, .5), min(l.w, b.quad.width()*.8), min(l.h, b.quad.height()*.7), b.quad.angle()}
		b.community.sites = append(b.community.sites, b.site)
	}
}

// placeFlats lets an estate of the right zone keep a lot for each serviced house.
func placeFlats(w *world, d dice) {
	used := map[*community]int{}
	for _, f := range flats {
		var fit []*estate
		for _, e := range w.estates {
			if e.block.zone == f.zone && e.block != w.heart() && len(e.annex) == 0 && used[e.block.community] < 1+len(flats)/5 {
				fit = append(fit, e)
			}
		}
		e := pick(d, fit)
		used[e.block.community]++
		s := &site{community: e.block.community, kind: "公寓", name: f.name, tag: f.tag, zone: f.zone, block: e.block, annex: true}
		e.annex = append(e.annex, s)
		s.community.sites = append(s.community.sites, s)
	}
}

// placePoints adds what needs no ground: a sampling point a community and the
// checkpoints at the corners of the heart.
func placePoints(w *world, heart *block) {
	for _, c := range w.communities {
		b := c.blocks[len(c.blocks)/2]
		p := b.quad.at(.5, -.03)
		c.sites = append(c.sites, &site{community: c, kind: "采样点", name: c.name + "采样点", shape: rect{c: p}, block: b, zone: b.zone})
	}
	for i, at := range []struct {
		name string
		u, v float64
	}{{"南门", .5, -.02}, {"东门", 1.02, .5}, {"北门", .5, 1.02}} {
		c := heart.community
		c.sites = append(c.sites, &site{community: c, kind: "卡口", name: fmt.Sprintf("长塘里%s卡口", at.name),
			shape: rect{c: heart.quad.at(at.u, at.v)}, block: heart, zone: control, tag: []string{"封闭", "封闭", "保留通行"}[i]})
	}
}

// codeSites numbers the sites of every community.
func codeSites(w *world) {
	for _, c := range w.communities {
		for i, s := range c.sites {
			s.code = fmt.Sprintf("%s-S%02d", c.code, i+1)
			s.parent = c.code
			if s.block != nil && s.block.estate != nil && s.block.estate.grid != nil {
				s.parent = s.block.estate.grid.code
			}
		}
	}
}
