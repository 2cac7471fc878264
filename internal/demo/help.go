package demo

import (
	"fmt"
	"sort"
)

// recruit makes the roster: volunteers among the residents, leads and deputies
// among the volunteers, and the staff that is stationed.
func recruit(w *world, seed uint64) {
	d := newDice(seed, 20)
	markShort(w, d)
	r := &recruiter{world: w, dice: d}
	r.leads()
	r.volunteers()
	r.train()
	r.stuck()
	sort.SliceStable(w.helpers, func(i, j int) bool {
		a, b := w.helpers[i].home.building, w.helpers[j].home.building
		return a.code < b.code
	})
	for i, h := range w.helpers {
		h.number = fmt.Sprintf("V%05d", i+1)
	}
	staff(w, newDice(seed, 21))
}

type recruiter struct {
	*world
	dice
}

// zones returns the zones a micro-grid has doors in; each needs a team of its own.
func (m *micro) zones() (out []zone) {
	seen := map[zone]bool{}
	for _, b := range m.buildings {
		if b.zone != free && !seen[b.zone] {
			seen[b.zone] = true
			out = append(out, b.zone)
		}
	}
	return out
}

func (m *micro) people() (out []*person) {
	for _, b := range m.buildings {
		for _, x := range b.doors {
			out = append(out, x.people...)
		}
	}
	return out
}

// markShort chooses the micro-grids where hardly anybody signed up and those
// without a lead, some of them within the zones.
func markShort(w *world, d dice) {
	order := append([]*micro(nil), w.micros...)
	d.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	short, without := w.spec.short, w.spec.leaderless
	for _, m := range order {
		if short > 0 && len(m.zones()) > 0 {
			m.short = true
			short--
		}
	}
	for _, m := range order {
		if without > 0 && (m.short || len(m.zones()) == 0 || d.chance(.3)) {
			m.noLead = true
			without--
		}
	}
}

// enlist turns a resident into a volunteer.
func (r *recruiter) enlist(p *person) *helper {
	age := p.born.age()
	h := &helper{name: p.name, female: p.female, birth: p.born.time().Year(), phone: p.phone, kind: "志愿者", home: p.door}
	h.party = r.chance([]float64{.14, .3}[min(1, age/50)])
	h.standing = age > 40 && r.chance(.16)
	h.mobile = age < 58 || age < 66 && r.chance(.6) || age >= 66 && r.chance(.35)
	for n := r.weigh(50, 36, 14); n > 0; n-- {
		if s := pick(r.dice, list("skill")); !has(h.skills, s) && !(age > 60 && s == "搬运") {
			h.skills = append(h.skills, s)
		}
	}
	h.hours = pick(r.dice, []int{2, 3, 4, 4, 4, 6, 6, 8})
	p.helper = h
	r.helpers = append(r.helpers, h)
	return h
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// willing are the residents who may be asked.
func willing(p *person) bool {
	a := p.born.age()
	return p.helper == nil && p.phone != "" && a >= 18 && a <= 74 && p.need == "" && p.note == ""
}

// leads gives a lead to all micro-grids but those marked: seven in ten of them
// pensioners, who know every door; and younger deputies to some.
func (r *recruiter) leads() {
	deputies := r.spec.deputies
	for i, m := range r.micros {
		if m.noLead {
			continue
		}
		old := r.chance(.7)
		r.post(m, "微网格长", func(a int) bool { return old == (a >= 56) && a >= 28 })
		if rest := len(r.micros) - i; deputies > 0 && !m.short && r.chance(1.1*float64(deputies)/float64(rest)) {
			r.post(m, "副网格长", func(a int) bool { return a < 46 && a >= 22 })
			deputies--
		}
	}
}

func (r *recruiter) post(m *micro, title string, fits func(age int) bool) {
	var best, any []*person
	for _, p := range m.people() {
		if willing(p) {
			any = append(any, p)
			if fits(p.born.age()) {
				best = append(best, p)
			}
		}
	}
	if len(best) == 0 {
		best = any
	}
	h := r.enlist(pick(r.dice, best))
	h.post, h.charge = title, m.code
	h.party = h.party || r.chance(.4)
	h.standing = h.standing || title == "微网格长" && r.chance(.6)
}

// volunteers fills the roster up to its number: two or three in the short
// micro-grids, about as many as anywhere in the others.
func (r *recruiter) volunteers() {
	var pool []*person
	for _, m := range r.micros {
		few := 2 + r.IntN(2)
		for _, p := range m.people() {
			if !willing(p) {
				continue
			}
			if !m.short {
				pool = append(pool, p)
			} else if few > 0 && r.chance(.1) {
				r.enlist(p)
				few--
			}
		}
	}
	r.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	for _, p := range pool {
		if len(r.helpers) >= r.spec.volunteers {
			return
		}
		r.enlist(p)
	}
}

// train decides who had the course in protection before any contact post. Three
// posts of a team ask for it; the roster is a few dozen people short of what the
// zones need, and most who were trained live near, so a plan has honest gaps.
func (r *recruiter) train() {
	parts := 0
	for _, m := range r.micros {
		parts += len(m.zones())
	}
	due := 3*parts - r.spec.unready
	var near, far, elder []*helper
	for _, h := range r.helpers {
		m := h.home.building.micro
		age := today.time().Year() - h.birth
		switch {
		case m.short:
		case age > 66:
			elder = append(elder, h)
		case age > 59 || !h.mobile:
		case m.community.index < zonedCommunities:
			near = append(near, h)
		default:
			far = append(far, h)
		}
	}
	for _, l := range [][]*helper{near, far, elder} {
		r.Shuffle(len(l), func(i, j int) { l[i], l[j] = l[j], l[i] })
		keen := map[*helper]bool{} // many leads took the course first
		for _, h := range l {
			keen[h] = h.post != "" && r.chance(.4)
		}
		sort.SliceStable(l, func(i, j int) bool { return keen[l[i]] && !keen[l[j]] })
	}
	outside := min(len(far), due/10)
	near = near[:min(len(near), due-outside)]
	for _, h := range append(append(near, far[:outside]...), elder[:len(elder)/12]...) {
		h.trained = append(h.trained, "防护基础")
	}
	for _, h := range r.helpers {
		if !h.home.building.micro.short && r.chance(.12) {
			h.trained = append(h.trained, pick(r.dice, list("course")))
		}
	}
}

// stuck marks helpers who cannot come; never one of those the zones count on.
func (r *recruiter) stuck() {
	for _, h := range r.helpers {
		if has(h.trained, "防护基础") {
			continue
		}
		switch z := h.home.building.zone; {
		case z == lockdown && r.chance(.5):
			h.away = "封在区内"
		case z == control && r.chance(.05), z == precaution && r.chance(.02):
			h.away = "封在区外"
		case r.chance(.004):
			h.away = "隔离"
		}
	}
}
