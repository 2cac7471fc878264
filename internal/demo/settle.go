package demo

import "math"

// lot is one place of the lattice on which an estate's buildings stand.
type lot struct {
	row, col int
	c        pt
}

// settle puts an estate's buildings and serviced houses on its block: a lattice
// as regular as real estates are, each turned a little with its street.
func settle(e *estate, d dice) {
	n := len(e.buildings) + len(e.annex)
	long, deep := 0.0, 0.0
	for _, b := range e.buildings {
		w, h := b.footprint()
		long, deep = max(long, w), max(deep, h)
	}
	angle := e.block.quad.angle() + d.wiggle(.02)
	ground := e.block.quad.inset(6, 6, 6, 6)
	lots, cellW, cellH := lattice(ground, n, long, deep, e.byColumn)
	e.walkDown = e.byColumn || cellW > 2.5*cellH
	fitW := min(1, (cellW-7)/long)
	fitH := min(1, (cellH-6)/deep)
	slackX := max(0, min(3, (cellW-7-long*fitW)/2))
	slackY := max(0, min(2, (cellH-6-deep*fitH)/2))
	for i, b := range e.buildings {
		w, h := b.footprint()
		l := lots[i]
		b.row, b.col = l.row, l.col
		b.shape = rect{pt{l.c.x + d.wiggle(slackX), l.c.y + d.wiggle(slackY)}, w * fitW, h * fitH, angle}
	}
	for i, s := range e.annex {
		l := lots[len(e.buildings)+i]
		s.shape = rect{l.c, min(50, cellW-7), min(17, cellH-6), angle}
	}
}

// footprint returns length and depth in metres.
func (b *building) footprint() (w, h float64) {
	deep := 13.0
	if b.floors > 6 {
		deep = 15
	}
	if b.floors > 11 {
		deep = 19
	}
	return float64(len(b.units)) * (2 + 7.4*float64(b.perFloor)), deep
}

// lattice spreads n lots over a block in reading order from the north-west, or
// column by column. It takes the number of columns that leaves every house the
// most room in proportion to its size.
func lattice(q quad, n int, long, deep float64, byColumn bool) (lots []lot, cellW, cellH float64) {
	w := min(dist(q[0], q[1]), dist(q[3], q[2]))
	h := min(dist(q[0], q[3]), dist(q[1], q[2]))
	best, cols := -1.0, 1
	for c := 1; c <= n; c++ {
		rows := (n + c - 1) / c
		score := min(w/float64(c)/(long+8), h/float64(rows)/(deep*1.7)) - .04*float64(rows*c-n)
		if score > best {
			best, cols = score, c
		}
	}
	if byColumn {
		cols = 2
	}
	rows := (n + cols - 1) / cols
	for i := 0; i < n; i++ {
		row, col, width := i/cols, i%cols, cols
		if byColumn {
			row, col = i%rows, i/rows
			if col%2 == 1 { // down one column, up the next
				row = rows - 1 - row
			}
		} else if row == rows-1 {
			width = n - row*cols // the last row spreads out
		}
		u := (float64(col) + .5) / float64(width)
		v := 1 - (float64(row)+.5)/float64(rows)
		lots = append(lots, lot{row, col, q.at(u, v)})
	}
	shear := math.Cos(q.angle())
	return lots, w / float64(cols) * shear, h / float64(rows) * shear
}
