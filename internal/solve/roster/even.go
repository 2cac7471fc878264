package roster

import (
	"fmt"
	"slices"
)

// Evenness says how far apart people are in a roster. Raw is the widest difference of
// shifts served between two members of one group whatever they offered, and Alike the
// same between two who are interchangeable: of one group, offered the same posts, with
// the same skills and limits, and for each shift of the day free on the same number of
// the days on which it is asked for. Wide is how many sets of interchangeable people
// (of Sets) are more than one shift apart, and Compared how many people are in a set of
// two or more. Nights and AlikeNights are the same for nights.
type Evenness struct {
	Raw, Alike, Wide   int
	Nights             int
	AlikeNights        int
	Sets, Compared     int
	WideRaw, RawGroups int // groups more than one shift apart, of so many
}

// Even measures a roster.
func Even(p *Problem, r Roster) Evenness {
	load, nights := make([]int, len(r)), make([]int, len(r))
	for i, line := range r {
		for _, d := range line {
			if d == Off {
				continue
			}
			load[i]++
			if p.Shifts[d.Shift].Night {
				nights[i]++
			}
		}
	}
	groups, sets := map[string][]int{}, map[string][]int{}
	asked := p.asked()
	for i := range p.People {
		who := &p.People[i]
		group := fmt.Sprint(who.Group)
		groups[group] = append(groups[group], i)
		key := group + " " + p.kind(who, asked)
		sets[key] = append(sets[key], i)
	}
	var e Evenness
	for _, of := range groups {
		if len(of) > 1 {
			e.RawGroups++
		}
		if s := apart(load, of); s > 1 {
			e.WideRaw++
		}
		e.Raw, e.Nights = max(e.Raw, apart(load, of)), max(e.Nights, apart(nights, of))
	}
	for _, of := range sets {
		if len(of) < 2 {
			continue
		}
		e.Sets, e.Compared = e.Sets+1, e.Compared+len(of)
		if s := apart(load, of); s > 1 {
			e.Wide++
		}
		e.Alike, e.AlikeNights = max(e.Alike, apart(load, of)), max(e.AlikeNights, apart(nights, of))
	}
	return e
}

// apart is the difference between the most and the least among some people.
func apart(count []int, of []int) int {
	least, most := count[of[0]], count[of[0]]
	for _, i := range of {
		least, most = min(least, count[i]), max(most, count[i])
	}
	return most - least
}

// asked lists by post the days and shifts on which somebody is asked for there.
func (p *Problem) asked() [][][2]int {
	out := make([][][2]int, len(p.Posts))
	for _, d := range p.Demands {
		if d.Skill < 0 && d.Need > 0 {
			out[d.Post] = append(out[d.Post], [2]int{d.Day, d.Shift})
		}
	}
	return out
}

// kind is what makes people interchangeable beside their group.
func (p *Problem) kind(who *Person, asked [][][2]int) string {
	var posts []int
	for _, o := range who.Offers {
		posts = append(posts, o.Post)
	}
	if who.Offers == nil {
		for q := range p.Posts {
			posts = append(posts, q)
		}
	}
	slices.Sort(posts)
	posts = slices.Compact(posts)
	free := make([]int, len(p.Shifts))
	for _, q := range posts {
		for _, at := range asked[q] {
			if p.fits(who, at[0], Duty{int32(at[1]), int32(q)}) == "" {
				free[at[1]]++
			}
		}
	}
	skills := slices.Clone(who.Skills)
	slices.Sort(skills)
	return fmt.Sprint(posts, skills, free, who.MostOf, who.LeastMinutes, who.MostMinutes, who.MostInRow, who.LeastInRow, who.LeastOff, who.MostWeekends, who.LongestShift)
}
