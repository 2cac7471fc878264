package assign

// event is something that happens to a hub when its price passes a level: a
// person comes or goes, or a link (numbered -1, -2…) opens or closes for some units.
type event struct {
	level  int64
	who    int32
	to     offer // where a person goes
	amount int64
}

// heapify orders events so that the lowest level is first.
func heapify(h []event) {
	for i := len(h)/2 - 1; i >= 0; i-- {
		sinkEvent(h, i)
	}
}

// popEvent removes the first.
func popEvent(h []event) []event {
	last := len(h) - 1
	h[0] = h[last]
	h = h[:last]
	if last > 0 {
		sinkEvent(h, 0)
	}
	return h
}

// sinkEvent moves the event at i to where it belongs.
func sinkEvent(h []event, i int) {
	x := h[i]
	for {
		c := 2*i + 1
		if c >= len(h) {
			break
		}
		if c+1 < len(h) && h[c+1].level < h[c].level {
			c++
		}
		if x.level <= h[c].level {
			break
		}
		h[i] = h[c]
		i = c
	}
	h[i] = x
}
