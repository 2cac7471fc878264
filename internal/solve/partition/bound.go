package partition

// bounds says what no division of the piece can beat. A node heavier than a
// part may be is outside wherever it goes, and parts whose mean is outside the
// tolerance cannot all be inside.
func (p *piece) bounds() {
	total, heaviest := int64(0), int64(0)
	for _, w := range p.weight {
		total += w
		heaviest = max(heaviest, w)
		if w > p.scale.high {
			p.bound.Outside++
		}
	}
	mean := float64(total) / float64(p.parts)
	off := mean/p.scale.mean - 1
	p.bound.Worst = max(off, -off, float64(heaviest)/p.scale.mean-1)
	if mean > float64(p.scale.high) || mean < float64(p.scale.low) {
		p.bound.Outside = max(p.bound.Outside, 1)
	}
	p.bound.Outside = min(p.bound.Outside, p.parts)
}
