package mode

import (
	"slices"
	"time"
)

// GearKind is something that a post hands out: brought back, or used up.
type GearKind struct {
	ID    string
	Title Text
	Used  bool // used up: nobody brings it back
}

// GearOf is how much of one kind of gear a post hands to each who stands there.
type GearOf struct {
	ID string
	N  int
}

// Meal is one meal of a day, with the hours in which it is eaten.
type Meal struct {
	ID          string
	Title       Text
	From, Until time.Duration // after midnight
}

// GearKinds lists the gear declared here and in the playbooks extended.
func (p *Playbook) GearKinds() (out []GearKind) {
	for b := p; b != nil; b = b.Base {
		out = append(out, b.Gear...)
	}
	return out
}

// MealKinds lists the meals declared here and in the playbooks extended.
func (p *Playbook) MealKinds() (out []Meal) {
	for b := p; b != nil; b = b.Base {
		out = append(out, b.Meals...)
	}
	return out
}

// Diets lists what helpers may say that they do not eat: the limits of that group.
func (p *Playbook) Diets() (out []Talent) {
	for b := p; b != nil; b = b.Base {
		for _, t := range b.Limits {
			if t.Group == "diet" {
				out = append(out, t)
			}
		}
	}
	return out
}

func gearKinds(n *node, ps *problems) (out []GearKind) {
	for _, f := range fields(n) {
		out = append(out, GearKind{f.name, text(f.value, ps), f.value.get("used").bool()})
	}
	return out
}

func mealKinds(n *node, ps *problems) (out []Meal) {
	for _, f := range fields(n) {
		from, until := hoursOf(f.value.get("at"))
		out = append(out, Meal{f.name, text(f.value, ps), from, until})
	}
	return out
}

func gearOf(n *node) (out []GearOf) {
	for _, f := range fields(n) {
		out = append(out, GearOf{f.name, f.value.int()})
	}
	return out
}

// care says what of a post's gear and meals nobody declared.
func (c *checker) care(p PostItem, n *node) {
	kinds := c.p.GearKinds()
	for _, f := range fields(n.get("gear")) {
		if !slices.ContainsFunc(kinds, func(k GearKind) bool { return k.ID == f.name }) {
			c.ps.addAt(f.line, f.col, ErrRef, "gear."+f.name, two{"请在 gear 里声明。", "Declare it under gear."})
		}
	}
	meals := c.p.MealKinds()
	for _, m := range n.get("meals").list() {
		if !slices.ContainsFunc(meals, func(k Meal) bool { return k.ID == m.str() }) {
			c.ps.add(m, ErrRef, "meals."+m.str(), two{"请在 meals 里声明。", "Declare it under meals."})
		}
	}
}

// meals says which hours of a meal cannot be.
func (c *checker) meals(n *node) {
	for _, f := range fields(n) {
		if from, until := hoursOf(f.value.get("at")); until <= from || until-from > 6*time.Hour {
			c.ps.add(f.value.get("at"), ErrValue, "at", two{"一餐的结束要晚于开始，不超过 6 小时", "a meal ends after it begins, within 6 hours"})
		}
	}
}
