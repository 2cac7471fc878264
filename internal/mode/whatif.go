package mode

// WithRelease returns the playbook with other release rules, by "zone/measure".
// It is for asking what would be: the answer is never pinned by anything. The
// fault is ErrRule for an expression that is none, ErrZone for an unknown name.
func (p *Playbook) WithRelease(rules map[string]string) (*Playbook, error) {
	out := *p
	out.Zones = append([]Zone{}, p.Zones...)
	_, env := environments()
	left := len(rules)
	for i := range out.Zones {
		z := &out.Zones[i]
		z.Measures = append([]ZoneMeasure{}, z.Measures...)
		for j := range z.Measures {
			m := &z.Measures[j]
			text, ok := rules[z.ID+"/"+m.ID]
			if !ok {
				continue
			}
			left--
			m.Release, m.release, m.terms = text, nil, nil
			if text == "" {
				continue
			}
			x, issues := env.Compile(text)
			if len(issues) > 0 {
				return nil, ErrRule.With(issues[0].Message)
			}
			ps := &problems{}
			(&checker{p: &out, ps: ps}).facts(text, &node{line: 1, col: 1})
			for _, name := range roundName.FindAllStringSubmatch(text, -1) {
				if _, ok := out.Round(name[1]); !ok {
					return nil, ErrRule.With("rounds." + name[1])
				}
			}
			if len(ps.list) > 0 {
				return nil, ErrRule.With("facts")
			}
			m.release = x
			m.terms, _ = env.Terms(x)
		}
	}
	if left > 0 {
		return nil, ErrRule.With("zone/measure")
	}
	return &out, nil
}
