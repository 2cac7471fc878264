package demo

// newGround builds the town without its people. It depends on the size alone.
func newGround(s spec) *world {
	w := &world{spec: s}
	if s.size == Community {
		layHamlet(w)
	} else {
		d := newDice(groundSeed, 1)
		layTown(w, d)
		drawZones(w, d)
		placeSites(w, d)
		buildTown(w, d)
		placePoints(w, w.heart())
	}
	divide(w)
	nameBuildings(w)
	codeSites(w)
	return w
}
