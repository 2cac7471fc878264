package territory

import (
	"slices"

	"shouwang/internal/solve/partition"
)

// Put is one stairwell, or a house without any, that somebody puts into another part
// of a proposed division by hand.
type Put struct {
	Unit string `json:"unit" maxLength:"60" doc:"Id of the stairwell, or of a house without any"`
	Part string `json:"part" maxLength:"80" doc:"Id of the part it goes to, as the preview names it"`
}

// Adjust is a proposed division with some stairwells put elsewhere by hand: all else
// stays as it was proposed, and the figures are those of the outcome.
func Adjust(t *Tree, id string, was *Division, puts []Put) (*Division, []Step, error) {
	top, ok := t.Place(id)
	if !ok || len(puts) == 0 {
		return nil, nil, ErrOutdated.With()
	}
	bad := func(zh, en string) error { return ErrDivide.With(top.Code, zh, en) }
	part := map[string]string{} // stairwell → part
	for _, p := range was.Parts {
		for _, u := range p.Units {
			if part[u] != "" {
				return nil, nil, bad("有单元按层分开了，不能再用手挪；请不按层分开，重新预览", "a stairwell is cut between floors, so nothing can be put by hand; preview without that")
			}
			part[u] = p.ID
		}
	}
	for _, x := range puts {
		if part[x.Unit] == "" || !slices.ContainsFunc(was.Parts, func(p DividePart) bool { return p.ID == x.Part }) {
			return nil, nil, bad("方案里没有这个单元或这个微网格", "the plan has no such stairwell or micro-grid")
		}
		part[x.Unit] = x.Part
	}
	d := &Division{DivideWish: was.DivideWish, Contiguous: true, Parts: []DividePart{}, Cut: []string{}, Hand: append(slices.Clone(was.Hand), puts...)}
	var steps []Step
	sums := &balances{}
	for _, frame := range t.frames(id) {
		f := t.frame(frame, d.DivideWish)
		if f.doors == 0 {
			continue
		}
		if zh, en, err := f.take(was, part); err != nil || zh != "" {
			if err == nil {
				err = bad(zh, en)
			}
			return nil, nil, err
		}
		steps = append(steps, f.steps(d)...)
		f.figures(d, sums)
	}
	sums.close(d)
	if len(steps) == 0 {
		return d, nil, ErrSame.With()
	}
	return d, steps, nil
}

// take gives each node of the frame the part that it is said to be in, and says what
// is wrong with that.
func (f *frame) take(was *Division, part map[string]string) (zh, en string, err error) {
	number := map[string]int32{}
	for _, p := range was.Parts {
		if p.Frame == f.id {
			number[p.ID] = int32(len(f.name))
			f.name = append(f.name, p.ID)
		}
	}
	f.k = len(f.name)
	f.result = &partition.Result{Part: make([]int32, len(f.nodes))}
	doors := make([]int, f.k)
	for i, n := range f.nodes {
		p, ok := number[part[n.id]]
		if !ok {
			return "一个微网格只在一个网格里，不能从别的网格划来", "a micro-grid lies in one grid: nothing is put into it from another", nil
		}
		f.result.Part[i] = p
		doors[p] += n.doors
	}
	if slices.Contains(doors, 0) {
		return "那样有一格就空了；要少一格，请改每格的户数或用合并", "that would leave a part empty; ask for larger micro-grids, or merge", nil
	}
	g := f.graph()
	f.check = partition.Check(g, f.result.Part, f.k, was.Tolerance)
	if f.check.Wrong == nil && !f.check.Contiguous {
		return "那样有一格就断成两片，中间隔着别的格", "that would leave a part in two pieces with another between them", nil
	}
	if f.check.Wrong != nil {
		return "", "", f.check.Wrong
	}
	f.limit, err = partition.Limit(g, partition.Options{Parts: f.k, Tolerance: was.Tolerance})
	return "", "", err
}
