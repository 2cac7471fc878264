package care

import (
	"slices"
	"strings"
	"time"

	"shouwang/internal/mode"
)

// Portion is how many meals are wanted of one meal, day and place.
type Portion struct {
	Day, Meal, Place string
	Count            int
}

// Diet is how many of a day's meal are wanted otherwise, over all places.
type Diet struct {
	Day, Meal, Diet string
	Count           int
}

// Portions counts the meals of those who stand on duty while one is eaten, on civil
// days from a midnight on: one a person, meal and day, where their first such duty is.
// diets says what somebody does not eat; it is counted over all places at once, so that
// a number at a small place names nobody.
func Portions(meals []mode.Meal, duties []Duty, midnight time.Time, days int, diets map[string][]string) (out []Portion, other []Diet) {
	list := slices.Clone(duties)
	slices.SortStableFunc(list, func(a, b Duty) int { return a.From.Compare(b.From) })
	n, m := map[Portion]int{}, map[Diet]int{}
	for d := range days {
		at := midnight.AddDate(0, 0, d)
		day := at.Format(time.DateOnly)
		for _, meal := range meals {
			from, until := at.Add(meal.From), at.Add(meal.Until)
			fed := map[string]bool{}
			for _, x := range list {
				if fed[x.HelperID] || !slices.Contains(x.Meals, meal.ID) || !x.From.Before(until) || !from.Before(x.Until) {
					continue
				}
				fed[x.HelperID] = true
				n[Portion{Day: day, Meal: meal.ID, Place: x.Place}]++
				for _, diet := range diets[x.HelperID] {
					m[Diet{Day: day, Meal: meal.ID, Diet: diet}]++
				}
			}
		}
	}
	order := map[string]int{}
	for i, meal := range meals {
		order[meal.ID] = i
	}
	for p, k := range n {
		p.Count = k
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b Portion) int {
		return cmpOf(strings.Compare(a.Day, b.Day), order[a.Meal]-order[b.Meal], strings.Compare(a.Place, b.Place))
	})
	for p, k := range m {
		p.Count = k
		other = append(other, p)
	}
	slices.SortFunc(other, func(a, b Diet) int {
		return cmpOf(strings.Compare(a.Day, b.Day), order[a.Meal]-order[b.Meal], strings.Compare(a.Diet, b.Diet))
	})
	return out, other
}

func cmpOf(parts ...int) int {
	for _, p := range parts {
		if p != 0 {
			return p
		}
	}
	return 0
}
