package mode

import (
	"fmt"
	"slices"
	"strings"
)

// caseItem names what is wrong with one line of the catalogue.
func (c *checker) caseItem(x CaseItem, n *node) {
	c.known("lines", x.Line, n.get("line"), func(id string) bool { _, ok := c.p.Line(id); return ok }, two{"请在 lines 里声明这条条线。", "Declare that work line under lines."})
	if x.As != "" {
		c.served(x, n)
		return
	}
	for _, must := range []string{"role", "within"} {
		if n.get(must) == nil {
			c.ps.add(n, ErrMissing, must)
		}
	}
	c.role(x.Role, Desks, n.get("role"))
	for _, r := range n.get("sees").list() {
		c.role(r.str(), Desks, r)
	}
	for _, w := range n.get("pause").get("why").list() {
		c.known("pause.why", w.str(), w, func(id string) bool { return named(PauseReasons, id) }, two{"可用的有：" + ids(PauseReasons), "Reasons: " + ids(PauseReasons)})
	}
	if x.Only != "" && !c.quals[x.Only] {
		c.ps.add(n.get("only"), ErrRef, "qualifications."+x.Only, two{"请在 qualifications 里声明这项资格。", "Declare it under qualifications."})
	}
	if x.Only != "" && len(x.Sees) > 0 {
		c.ps.add(n.get("sees"), ErrHidden, x.ID, x.Only)
	}
	c.known("chains", x.Chain, n.get("chain"), func(id string) bool { _, ok := c.p.Chain(id); return ok }, two{"请在 chains 里声明这条交接链。", "Declare that chain under chains."})
	c.times(x, n)
	c.opens(x.Opens, n.get("opens"), "case."+x.ID)
	c.response(x, n)
	c.dose(x, n)
}

// times names contradictions between what an item says of its times. What it does not
// say is fitted to what it says.
func (c *checker) times(x CaseItem, n *node) {
	wrong := func(at *node, zh, en string) { c.ps.add(at, ErrTimes, x.ID, two{zh, en}) }
	take, _ := ParseSpan(n.get("take").str()) // as said, before it was fitted
	if w := x.Within.Length(); w > 0 && take.Length() > w {
		wrong(n.get("take"), fmt.Sprintf("接手时限 %s 比办结时限 %s 还长", take.Text, x.Within.Text), fmt.Sprintf("%s to take it is longer than %s to answer it", take.Text, x.Within.Text))
	}
	if x.Consent.Text != "" && x.Proof == "" {
		wrong(n.get("consent"), "没有凭证（proof）的答复不会自动办结，consent 用不上", "an answer without proof never closes by itself, so consent is of no use")
	}
	if x.Urgency == Life && x.Clock == ClockWorking {
		wrong(n.get("clock"), "救命的事不按上班时间算", "a matter of life does not wait for office hours")
	}
	if x.Urgency == Life && !x.Essential {
		wrong(n.get("essential"), "救命的事不能先放到互助栏", "a matter of life is not left to the mutual-help board")
	}
	if n.get("pause") != nil && len(x.Pause.Why) == 0 {
		wrong(n.get("pause"), "写了可以暂停，没写为什么（why）", "it may be paused, but no reason (why) is declared")
	}
}

// servedKeeps are the fields that an item served by another noun may have.
var servedKeeps = []string{"id", "line", "title", "hint", "icon", "ask", "few", "urgency", "essential", "as"}

// served checks an item that another noun serves.
func (c *checker) served(x CaseItem, n *node) {
	for _, f := range fields(n) {
		if !slices.Contains(servedKeeps, f.name) {
			c.ps.addAt(f.line, f.col, ErrServed, x.ID, f.name)
		}
	}
	kind, id, _ := strings.Cut(x.As, ".")
	ok := false
	switch kind {
	case "round":
		_, ok = c.p.Round(id)
	case "post":
		_, ok = c.p.Post(id)
	case "notice":
		_, ok = c.p.Notice(id)
	case "goods":
		_, ok = c.p.GoodsOf(id)
	}
	if !ok {
		c.ps.add(n.get("as"), ErrRef, x.As, two{"as 要写已声明的 round.编号、post.编号、notice.编号或 goods.编号。", "as names a declared round.ID, post.ID, notice.ID or goods.ID."})
	}
}

// chain names what is wrong with a chain: nothing may be held without an end of time,
// and there is a way out.
func (c *checker) chain(x ChainItem, n *node) {
	never := func(at *node, zh, en string) { c.ps.add(at, ErrNoWayOut, x.ID, two{zh, en}) }
	legs, seen := n.get("legs").list(), map[string]bool{}
	for i, l := range legs {
		leg := x.Legs[i]
		if l.get("within") != nil && leg.Within <= 0 || l.get("within") == nil {
			never(l, fmt.Sprintf("第 %d 段没有时限", i+1), fmt.Sprintf("leg %d has no time", i+1))
		}
		if seen[leg.ID] && leg.ID != "" {
			c.ps.add(l.get("id"), ErrTwice, leg.ID)
		}
		seen[leg.ID] = true
		for _, by := range l.get("by").list() {
			if _, ok := c.p.Post(by.str()); !ok && by.str() != "" && !named(Outsiders, by.str()) {
				c.ps.add(by, ErrRef, "posts."+by.str(), two{"请用已声明的岗位，或外面的人：" + ids(Outsiders), "Name a post that is declared, or somebody from outside: " + ids(Outsiders)})
			}
		}
		if leg.Within > 0 && x.Take > leg.Within {
			c.ps.add(l.get("within"), ErrTimes, x.ID, two{fmt.Sprintf("交接等候比第 %d 段的时限还长", i+1), fmt.Sprintf("a hand-over may wait longer than leg %d may last", i+1)})
		}
	}
	if len(legs) > 0 && len(x.Legs[len(legs)-1].Ends) == 0 {
		never(legs[len(legs)-1], "最后一段没有写怎样结束", "the last leg has no end")
	}
	for _, w := range n.get("with").list() {
		_, ok := c.p.Chain(w.str())
		if w.str() == x.ID || !ok && w.str() != "" {
			c.ps.add(w, ErrRef, "chains."+w.str(), two{"请用已声明的另一条交接链。", "Name another chain that is declared."})
		}
	}
}

// known complains about an id that nobody declared.
func (c *checker) known(kind, id string, at *node, ok func(string) bool, help two) {
	if id != "" && !ok(id) {
		c.ps.add(at, ErrRef, kind+"."+id, help)
	}
}

func named(list []Named, id string) bool {
	return slices.ContainsFunc(list, func(x Named) bool { return x.ID == id })
}

func ids(list []Named) string {
	var out []string
	for _, x := range list {
		out = append(out, x.ID)
	}
	return strings.Join(out, " ")
}
