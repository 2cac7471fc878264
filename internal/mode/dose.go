package mode

import "time"

// DoseItem is what a playbook says of medicines that run out on a known day.
type DoseItem struct {
	Lead time.Duration // how long before that day the errand is opened
	Keep time.Duration // how long what the medicine is stays known after its plan ended
}

func doseItem(n *node, ps *problems) *DoseItem {
	if n == nil {
		return nil
	}
	return &DoseItem{Lead: span(n.get("lead"), ps).Length(), Keep: span(n.get("keep"), ps).Length()}
}

// dose names what of it cannot be: an errand is walked by a chain of custody, begins
// before the supply ends, and what is known of an illness is forgotten one day.
func (c *checker) dose(x CaseItem, n *node) {
	d := n.get("dose")
	if d == nil {
		return
	}
	if x.Chain == "" || x.Dose.Lead <= 0 || x.Dose.Keep <= 0 {
		c.ps.add(d, ErrTimes, x.ID, two{"有 dose 的事项要有交接链（chain），提前量（lead）和保存期（keep）都要大于零", "an item with a dose has a chain, and its lead and keep are above zero"})
	}
}
