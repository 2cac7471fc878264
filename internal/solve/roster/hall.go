package roster

// matching gives people to demands of one day, each person one duty.
type matching struct {
	e       *explainer
	demands []int
	full    map[int][]int // by demand: who is given to it
	at      map[int]int   // by person: the demand, where there is one
}

func newMatching(e *explainer, demands []int) *matching {
	return &matching{e: e, demands: demands, full: map[int][]int{}, at: map[int]int{}}
}

// fill makes the matching as large as can be.
func (m *matching) fill() {
	for _, k := range m.demands {
		for len(m.full[k]) < m.e.p.Demands[k].Need && m.augment(k, map[int]bool{}) {
		}
	}
}

// augment finds one person more for a demand, moving others on where needed.
func (m *matching) augment(k int, seen map[int]bool) bool {
	for _, i := range m.e.pool(k) {
		if seen[i] {
			continue
		}
		seen[i] = true
		was, taken := m.at[i]
		if taken && (was == k || !m.augment(was, seen)) {
			continue
		}
		if taken {
			m.leave(i, was)
		}
		m.at[i] = k
		m.full[k] = append(m.full[k], i)
		return true
	}
	return false
}

// leave takes a person from a demand.
func (m *matching) leave(i, k int) {
	list := m.full[k]
	for at, x := range list {
		if x == i {
			m.full[k] = append(list[:at:at], list[at+1:]...)
			return
		}
	}
}

// reach lists the demands that compete with one that is not full: nil when it is.
func (m *matching) reach(k int) []int {
	if len(m.full[k]) >= m.e.p.Demands[k].Need {
		return nil
	}
	set, seen := []int{k}, map[int]bool{k: true}
	for at := 0; at < len(set); at++ {
		for _, i := range m.e.pool(set[at]) {
			if to, ok := m.at[i]; ok && !seen[to] {
				seen[to] = true
				set = append(set, to)
			}
		}
	}
	return set
}
