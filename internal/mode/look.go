package mode

// Looks of a zone: the colour and pattern it is drawn with, on screens and on paper.
// They tell zones apart by how much they ask, so that the zones of every playbook
// have one, whoever wrote it.
const (
	LookEvacuate   = "evacuate"
	LookLockdown   = "lockdown"
	LookControl    = "control"
	LookPrecaution = "precaution"
)

// Look is how a zone of this playbook is drawn, by what it declares: to leave is one
// look; of the zones with measures the strictest is drawn as a lockdown when its
// border is closed or when there are three of them, else as control, and each milder
// one a step below. A zone without measures asks nothing and is drawn mildest.
func (p *Playbook) Look(id string) string {
	z, ok := p.Zone(id)
	switch {
	case !ok || len(z.Measures) == 0:
		return LookPrecaution
	case z.Evacuate:
		return LookEvacuate
	}
	above, bound, closed, all := 0, false, false, 0
	for _, x := range p.Zones {
		if len(x.Measures) == 0 {
			continue
		}
		all++
		closed = closed || x.Closed
		if x.Level > z.Level {
			above++
			bound = bound || x.Evacuate
		}
	}
	if !bound && !closed && all < 3 {
		above++ // nothing in this playbook is as strict as a closed border
	}
	switch above {
	case 0:
		return LookLockdown
	case 1:
		return LookControl
	}
	return LookPrecaution
}
