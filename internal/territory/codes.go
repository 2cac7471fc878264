package territory

import (
	"fmt"
	"regexp"
	"strings"
)

var numbered = regexp.MustCompile(`^([A-Za-z]*)(\d+)[a-z]?$`)

// recode gives codes by rule. A code that is made of an ancestor's code follows that
// ancestor: where it no longer stands above, the new ancestor of the same kind gives
// its own code in front, with the old ending when that was never used, else with
// the next free number. A code that says nothing of an ancestor stays for ever.
func (t *Tree) recode(touched []string, wish map[string]string, owner func(string) string) error {
	given := map[string]string{} // code → place, within this plan
	free := func(code, id string) bool {
		if by, ok := given[code]; ok {
			return by == id
		}
		by := owner(code)
		return by == "" || by == id
	}
	for _, id := range touched {
		p := t.at[id]
		code := wish[id]
		if code != "" && !free(code, id) {
			return ErrCodeTaken.With(code)
		}
		if _, had := t.first[id]; code == "" && had {
			code = t.followed(id, free)
		} else if code == "" {
			code = t.fresh(p, free)
		}
		p.Code = code
		given[code] = id
		if p.Name == "" {
			p.Name = t.named(p)
		}
	}
	return nil
}

// followed is the code of a place that existed before.
func (t *Tree) followed(id string, free func(code, id string) bool) string {
	old := t.first[id]
	giver, ok := t.giver(old)
	if !ok {
		return old.Code
	}
	rest := old.Code[len(giver.Code):]
	if t.above(giver.ID, id) {
		return t.at[giver.ID].Code + rest
	}
	up := t.Up(t.at[id].ParentID, giver.Kind)
	if up == "" {
		up = t.at[id].ParentID
	}
	front := t.at[up].Code
	if code := front + rest; free(code, id) {
		return code
	}
	m := numbered.FindStringSubmatch(rest[1:])
	if m == nil {
		m = []string{"", rest[1:] + "-", "0"}
	}
	return next(front+"-"+m[1], len(m[2]), func(code string) bool { return free(code, id) })
}

// giver is the nearest place above whose code begins a place's code.
func (t *Tree) giver(p Place) (Place, bool) {
	for up, ok := t.first[p.ParentID]; ok; up, ok = t.first[up.ParentID] {
		if up.Code != "" && strings.HasPrefix(p.Code, up.Code+"-") {
			return up, true
		}
	}
	return Place{}, false
}

// fresh is the code of a made place: a part of a house or stairwell bears its code
// and a letter, anything else its parent's code and the next number.
func (t *Tree) fresh(p *Place, free func(code, id string) bool) string {
	ok := func(code string) bool { return free(code, p.ID) }
	if p.Code != "" { // the code of what it was cut from
		stem := strings.TrimRight(p.Code, "abcdefghijklmnopqrstuvwxyz")
		for c := 'b'; c <= 'z'; c++ {
			if ok(stem + string(c)) {
				return stem + string(c)
			}
		}
		return next(stem+"-", 1, ok)
	}
	return next(t.at[p.ParentID].Code+"-", 3, ok)
}

// next is the first number that is free behind a front.
func next(front string, width int, free func(string) bool) string {
	for n := 1; ; n++ {
		if code := fmt.Sprintf("%s%0*d", front, width, n); free(code) {
			return code
		}
	}
}

// named is the name of a place that nobody named: that of its community with its
// number, e.g. 长塘017微网格.
func (t *Tree) named(p *Place) string {
	info, _ := p.Kind.Info()
	number := p.Code[strings.LastIndexByte(p.Code, '-')+1:]
	c := t.at[t.Up(p.ParentID, Community)]
	if c == nil {
		c = t.at[p.ParentID]
	}
	return strings.TrimSuffix(c.Name, "社区") + number + info.ZH
}
