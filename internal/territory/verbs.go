package territory

import (
	"slices"
	"strconv"
)

// PlanMove lists the steps that put a place with all below it under another parent.
func PlanMove(t *Tree, id, to string) ([]Step, error) {
	p, ok := t.Place(id)
	if !ok {
		return nil, ErrOutdated.With()
	}
	if p.ParentID == to {
		return nil, ErrSame.With()
	}
	if t.above(id, to) {
		return nil, ErrCycle.With(p.Code)
	}
	return []Step{{Do: Move, ID: id, To: to}}, t.fits(p.Kind, to, p.Code)
}

// Part is one part of a split: its name, or empty for one by rule, and the ids of
// the places directly below that go there.
type Part struct {
	Name   string
	Places []string
}

// PlanSplit lists the steps that split a place: what no part names stays, and each
// part becomes a place of the same kind beside it.
func PlanSplit(t *Tree, id string, parts []Part) ([]Step, error) {
	p, ok := t.Place(id)
	if !ok {
		return nil, ErrOutdated.With()
	}
	bad := func(zh, en string) error { return ErrParts.With(p.Code, zh, en) }
	kids := t.Children(id)
	left := len(kids)
	seen := map[string]bool{}
	var steps []Step
	for i, part := range parts {
		made := partOf(p, i+1, part.Name)
		steps = append(steps, Step{Do: Make, ID: "+" + strconv.Itoa(i+1), To: p.ParentID, Place: &made})
		if len(part.Places) == 0 {
			return nil, bad("有一部分是空的", "a part is empty")
		}
		for _, c := range part.Places {
			if !slices.Contains(kids, c) || seen[c] {
				return nil, bad("各部分必须是它的直接下级，且每个只出现一次", "the parts must be places directly below it, each named once")
			}
			seen[c] = true
			left--
			steps = append(steps, Step{Do: Move, ID: c, To: "+" + strconv.Itoa(i+1)})
		}
	}
	if len(parts) == 0 {
		return nil, ErrSame.With()
	}
	if left == 0 {
		return nil, bad("原来的地点会变空，请至少留下一个下级", "the place itself would be empty; leave at least one below it")
	}
	return steps, nil
}

// partOf is a new place cut from another: a house or stairwell keeps its number and
// name, since its doors' addresses stay; others get a name of their own.
func partOf(p Place, n int, name string) Place {
	made := Place{Kind: p.Kind, Name: p.Name, Estate: p.Estate, Tags: p.Tags, Lng: p.Lng, Lat: p.Lat}
	if info, _ := p.Kind.Info(); info.Rank >= 70 {
		made.Number, made.Code = p.Number, p.Code
	} else {
		made.Name += "（分" + strconv.Itoa(n) + "）"
	}
	if name != "" {
		made.Name = name
	}
	return made
}

// PlanMerge lists the steps that put everything below the others under one of them
// and end the others. They must be of one kind.
func PlanMerge(t *Tree, into string, others []string) ([]Step, error) {
	p, ok := t.Place(into)
	if !ok {
		return nil, ErrOutdated.With()
	}
	bad := func(zh, en string) error { return ErrParts.With(p.Code, zh, en) }
	var steps []Step
	seen := map[string]bool{into: true}
	for _, id := range others {
		q, ok := t.Place(id)
		switch {
		case !ok:
			return nil, ErrOutdated.With()
		case seen[id]:
			return nil, bad("同一个地点出现了两次", "a place is named twice")
		case q.Kind != p.Kind:
			return nil, bad("要合并的地点类型不同", "the places are of different kinds")
		case p.Kind == Door:
			return nil, bad("户不能合并", "doors cannot be merged")
		}
		seen[id] = true
		for _, c := range t.Children(id) {
			steps = append(steps, Step{Do: Move, ID: c, To: into})
		}
		steps = append(steps, Step{Do: End, ID: id, Into: []string{into}})
	}
	if len(steps) == 0 {
		return nil, ErrSame.With()
	}
	return steps, nil
}
