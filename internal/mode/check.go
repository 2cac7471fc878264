package mode

import (
	"fmt"
	"regexp"
	"strings"
)

// Roles are the access roles a post may give its holder. Those that command, keep
// the system or look into it are given by a person with a name, never by a file:
// whoever edits a playbook must not be able to promote anybody.
var Roles = []string{"community", "gridworker", "lead", "buildinglead", "helper", "health", "property", "police"}

// Desks are the roles that a case may lie with: those of posts, and departments.
var Desks = append([]string{"department", "commander"}, Roles...)

// Traits are the fixed traits that `prefer.has` may name; beside them stand the
// ids of qualifications and skills.
var Traits = []string{"party-member", "phone-skilled", "standing", "incumbent"}

// check names everything wrong that the schema cannot see. n is the tree from
// which p was decoded, so that each complaint has its place.
func check(p *Playbook, n *node, ps *problems) {
	c := &checker{p: p, ps: ps, quals: map[string]bool{}, skills: p.SkillIDs(), limits: p.LimitIDs()}
	for b := p; b != nil; b = b.Base {
		for _, q := range b.Qualifications {
			c.quals[q.ID] = true
		}
	}
	c.duplicates(n)
	c.zones(n.get("zones"))
	c.variants(n.get("variants"))
	c.meals(n.get("meals"))
	for i, item := range n.get("posts").list() {
		c.post(p.Posts[i], item)
	}
	for i, item := range n.get("teams").list() {
		c.team(p.Teams[i], item)
	}
	for i, item := range n.get("courses").list() {
		c.course(p.Courses[i], item)
	}
	for i, item := range n.get("rounds").list() {
		c.round(p.Rounds[i], item)
	}
	c.calendar(n.get("calendar"))
	for i, item := range n.get("cases").list() {
		c.caseItem(p.Cases[i], item)
	}
	for i, item := range n.get("chains").list() {
		c.chain(p.Chains[i], item)
	}
	for _, kind := range []string{"notices", "goods"} {
		for _, item := range n.get(kind).list() {
			c.zoneRefs(item.get("zones"))
		}
	}
	for i, item := range n.get("warnings").list() {
		c.warning(p.Warnings[i], item)
	}
	c.demobilize(n.get("demobilize"))
	c.loops(n)
}

type checker struct {
	p              *Playbook
	ps             *problems
	quals          map[string]bool
	skills, limits []string
}

func in(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func (c *checker) duplicates(n *node) {
	for _, kind := range []string{"courses", "posts", "teams", "rounds", "cases", "chains", "notices", "goods", "warnings"} {
		seen := map[string]bool{}
		for _, item := range n.get(kind).list() {
			id := item.get("id")
			if s := id.str(); s != "" {
				if seen[s] {
					c.ps.add(id, ErrTwice, kind+"."+s)
				}
				seen[s] = true
			}
		}
	}
	seen := map[string]bool{}
	for _, z := range fields(n.get("zones")) {
		for _, m := range z.value.get("measures").list() {
			if s := m.get("id").str(); s != "" {
				if seen[s] {
					c.ps.add(m.get("id"), ErrTwice, "measures."+s)
				}
				seen[s] = true
			}
		}
	}
}

// zones orders the zones from mild to strict and checks their measures. The
// order must be one line, so that "the stricter holds" always has an answer.
func (c *checker) zones(n *node) {
	byID, above, mildest := map[string]int{}, map[string]string{}, ""
	for i, z := range c.p.Zones {
		byID[z.ID] = i
	}
	for _, f := range fields(n) {
		z := c.p.Zones[byID[f.name]]
		at := f.value.get("stricter_than")
		switch {
		case z.Stricter == "" && mildest != "":
			c.ps.addAt(f.line, f.col, ErrReach, z.ID, two{"已有最宽的分区 " + mildest, mildest + " is already the mildest"})
		case z.Stricter == "":
			mildest = z.ID
		case !has(byID, z.Stricter):
			c.ps.add(at, ErrReach, z.ID, two{"没有分区 " + z.Stricter, "there is no zone " + z.Stricter})
		case above[z.Stricter] != "":
			c.ps.add(at, ErrReach, z.ID, two{above[z.Stricter] + " 已排在同一处", above[z.Stricter] + " stands there already"})
		default:
			above[z.Stricter] = z.ID
		}
		if z.To != "" && (z.To == z.ID || !has(byID, z.To)) {
			c.ps.add(f.value.get("to"), ErrRef, "zones."+z.To, two{"请用已声明的另一个分区。", "Name another zone that is declared."})
		}
		c.measures(c.p.Zones[byID[f.name]], byID[f.name], f.value.get("measures"))
	}
	var ordered []Zone
	reached := map[string]bool{}
	for id := mildest; id != "" && !reached[id]; id = above[id] {
		z := c.p.Zones[byID[id]]
		z.Level = len(ordered) + 1
		ordered, reached[id] = append(ordered, z), true
	}
	for _, f := range fields(n) {
		if z := c.p.Zones[byID[f.name]]; !reached[z.ID] && z.Stricter != "" && has(byID, z.Stricter) && above[z.Stricter] == z.ID {
			c.ps.addAt(f.line, f.col, ErrReach, z.ID, two{"从最宽的分区一级级走不到它", "it is not reached from the mildest"})
		}
	}
	if len(ordered) == len(c.p.Zones) {
		c.p.Zones = ordered
	}
}

func has(m map[string]int, k string) bool { _, ok := m[k]; return ok }

var roundName = regexp.MustCompile(`facts\.round\(\s*["']([^"']*)["']\s*\)`)

func (c *checker) measures(z Zone, at int, n *node) {
	_, env := environments()
	for i, item := range n.list() {
		m := &c.p.Zones[at].Measures[i]
		switch b := item.get("basis"); {
		case b == nil:
			c.ps.add(item, ErrBasis, m.ID)
		case b.kind == 'm' && strings.TrimSpace(m.Basis.ZH+m.Basis.EN) == "":
			c.ps.add(b, ErrBasis, m.ID)
		}
		if item.get("longest") == nil {
			c.ps.add(item, ErrNoEnd, m.ID)
		}
		r := item.get("release")
		if m.Release == "" {
			continue
		}
		x, issues := env.Compile(m.Release)
		for _, is := range issues {
			c.issue(r, is.Line, is.Column, is.Message)
		}
		m.release = x
		if x != nil {
			m.terms, _ = env.Terms(x) // an expression that compiles is made of terms that do
		}
		c.facts(m.Release, r)
		for _, name := range roundName.FindAllStringSubmatch(m.Release, -1) {
			if _, ok := c.p.Round(name[1]); !ok {
				c.ps.add(r, ErrRef, "rounds."+name[1], two{"请先声明这个排查。", "Declare that round first."})
			}
		}
	}
}

// issue places an expression's complaint in the file: on one line the column is
// that of the character itself.
func (c *checker) issue(at *node, line, col int, msg string) {
	if line == 1 {
		c.ps.addAt(at.line, at.col+col-1, ErrRule, msg)
		return
	}
	c.ps.addAt(at.line+line, col, ErrRule, msg)
}

func (c *checker) variants(n *node) {
	env, _ := environments()
	for i, item := range n.list() {
		v := &c.p.Variants[i]
		when := item.get("when")
		if when != nil && when.kind == 's' {
			x, issues := env.Compile(v.When)
			for _, is := range issues {
				c.issue(when, is.Line, is.Column, is.Message)
			}
			v.when = x
		}
		for _, s := range v.Set {
			ok := false
			if s.Kind == "posts" {
				_, ok = own(c.p.Posts, s.ID, func(x PostItem) string { return x.ID })
			} else {
				_, ok = own(c.p.Rounds, s.ID, func(x RoundItem) string { return x.ID })
			}
			if !ok {
				c.ps.add(item.get("set"), ErrRef, s.Kind+"."+s.ID, two{"变体只能改本预案声明的项。", "A variant changes items that this playbook declares."})
			}
		}
	}
}

func own[T any](list []T, id string, of func(T) string) (t T, ok bool) {
	for _, x := range list {
		if of(x) == id {
			return x, true
		}
	}
	return t, false
}

func (c *checker) zoneRefs(n *node) {
	for _, z := range n.list() {
		if _, ok := c.p.Zone(z.str()); !ok && z.str() != "" {
			c.ps.add(z, ErrRef, "zones."+z.str(), two{"请用已声明的分区。", "Name a zone that is declared."})
		}
	}
}

func (c *checker) role(role string, among []string, at *node) {
	if role != "" && !in(among, role) {
		c.ps.add(at, ErrRole, role, strings.Join(among, " "))
	}
}

func (c *checker) post(p PostItem, n *node) {
	c.zoneRefs(n.get("zones"))
	c.role(p.Role, Roles, n.get("role"))
	r := n.get("require")
	nobody := func(at *node, zh, en string) { c.ps.add(at, ErrNobody, p.ID, two{zh, en}) }
	if p.Per == "household" {
		c.ps.add(n.get("per"), ErrValue, "per", two{"岗位不能按户设", "a post is not set up per household"})
	}
	if p.Require.MaxAge > 0 && p.Require.MinAge > p.Require.MaxAge {
		nobody(r.get("min_age"), fmt.Sprintf("最小 %d 岁大于最大 %d 岁", p.Require.MinAge, p.Require.MaxAge),
			fmt.Sprintf("youngest %d is above oldest %d", p.Require.MinAge, p.Require.MaxAge))
	}
	if p.Require.MinAge > 100 {
		nobody(r.get("min_age"), fmt.Sprintf("最小 %d 岁", p.Require.MinAge), fmt.Sprintf("youngest is %d", p.Require.MinAge))
	}
	for _, t := range r.get("trained").list() {
		if !c.quals[t.str()] && t.str() != "" {
			nobody(t, "没有「"+t.str()+"」这项培训", "there is no training \""+t.str()+"\"")
		}
	}
	c.cards(r.get("cards"))
	for _, t := range r.get("skills").list() {
		if !in(c.skills, t.str()) && t.str() != "" {
			nobody(t, "没有「"+t.str()+"」这项专长", "there is no skill \""+t.str()+"\"")
		}
	}
	for _, t := range r.get("bears").list() {
		if !in(c.limits, t.str()) && t.str() != "" {
			nobody(t, "没有「"+t.str()+"」这项限制", "there is no limit \""+t.str()+"\"")
		}
	}
	c.shifts(p, n.get("shifts"))
	c.care(p, n)
	for _, f := range fields(n.get("prefer").get("has")) {
		if !in(Traits, f.name) && !in(c.skills, f.name) && !c.quals[f.name] {
			c.ps.addAt(f.line, f.col, ErrRef, f.name, two{"可用的有：" + strings.Join(Traits, " "), "Traits: " + strings.Join(Traits, " ")})
		}
	}
}

func (c *checker) round(r RoundItem, n *node) {
	c.zoneRefs(n.get("zones"))
	if _, ok := c.p.Post(r.By); !ok && r.By != "" {
		c.ps.add(n.get("by"), ErrRef, "posts."+r.By, two{"请用已声明的岗位。", "Name a post that is declared."})
	}
	final := false
	for i, f := range fields(n.get("outcomes")) {
		final = final || r.Outcomes[i].Final
		c.opens(r.Outcomes[i].Opens, f.value.get("opens"), r.ID+"."+f.name)
		if f.name == Lifted.ID {
			c.ps.addAt(f.line, f.col, ErrTwice, f.name)
		}
	}
	c.daily(r, n.get("daily"))
	if at := n.get("outcomes"); !final && len(fields(at)) > 0 {
		c.ps.add(at, ErrValue, "outcomes", two{"每一种结果都要再来一次，这样永远做不完", "every outcome is to be tried again, so it would never end"})
	}
}

// opens checks what an outcome or case opens. A case that nobody declares yet is kept
// and shown as a note: a community may add it.
func (c *checker) opens(target string, at *node, from string) {
	if target == "" {
		return
	}
	kind, id, _ := strings.Cut(target, ".")
	switch kind {
	case "round":
		if _, ok := c.p.Round(id); !ok {
			c.ps.add(at, ErrRef, target, two{"请先声明这个排查。", "Declare that round first."})
		}
	case "case":
		if x, ok := c.p.Case(id); ok {
			if x.As != "" {
				c.ps.add(at, ErrRef, target, two{"它由“" + x.As + "”来办，不是一件事；请直接写那一项。", "It is served by " + x.As + " and opens no case; name that instead."})
			}
			return
		}
		note := problems{}
		note.add(at, NoteOpens, from)
		c.p.Notes = append(c.p.Notes, note.list...)
	default:
		c.ps.add(at, ErrRef, target, two{"能开的有 case.编号 和 round.编号。", "It may open case.ID or round.ID."})
	}
}

func (c *checker) demobilize(n *node) {
	d := c.p.Demobilize
	for _, to := range n.get("to").list() {
		if _, ok := c.p.Post(to.str()); !ok && to.str() != "" {
			c.ps.add(to, ErrRef, "posts."+to.str(), two{"请用常态预案声明的岗位。", "Name a post of the everyday playbook."})
		}
	}
	if _, ok := c.p.Round(d.Carry); d.Carry != "" && !ok {
		c.ps.add(n.get("carry"), ErrRef, "rounds."+d.Carry, two{"请用常态预案声明的排查。", "Name a round of the everyday playbook."})
	}
	if len(d.HandOver) > 0 && (d.Carry == "" || len(d.To) == 0) {
		c.ps.add(n, ErrMissing, "carry, to")
	}
}

// loops follows opens from every round and case and names each circle once.
func (c *checker) loops(n *node) {
	next, at := map[string][]string{}, map[string]*node{}
	for i, item := range n.get("rounds").list() {
		for j, f := range fields(item.get("outcomes")) {
			if o := c.p.Rounds[i].Outcomes[j].Opens; o != "" {
				next["round."+c.p.Rounds[i].ID] = append(next["round."+c.p.Rounds[i].ID], o)
				at["round."+c.p.Rounds[i].ID] = f.value.get("opens")
			}
		}
	}
	for i, item := range n.get("cases").list() {
		if o := c.p.Cases[i].Opens; o != "" {
			next["case."+c.p.Cases[i].ID] = append(next["case."+c.p.Cases[i].ID], o)
			at["case."+c.p.Cases[i].ID] = item.get("opens")
		}
	}
	state := map[string]int{} // 1 on the way, 2 done
	var walk func(id string, trail []string)
	walk = func(id string, trail []string) {
		trail = append(trail, id)
		if state[id] == 1 {
			from := 0
			for trail[from] != id {
				from++
			}
			c.ps.add(at[trail[len(trail)-2]], ErrLoop, strings.Join(trail[from:], " → "))
			return
		}
		if state[id] == 2 {
			return
		}
		state[id] = 1
		for _, o := range next[id] {
			walk(o, trail)
		}
		state[id] = 2
	}
	for _, kind := range []string{"rounds", "cases"} {
		for _, item := range n.get(kind).list() {
			walk(strings.TrimSuffix(kind, "s")+"."+item.get("id").str(), nil)
		}
	}
}
