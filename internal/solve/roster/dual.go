package roster

import "math"

// small is the least size of a number to divide by.
const small = 1e-5

// off is how far below zero, or above for a forbidden line, is none; unlike is by
// how much lines are made dearer against ties; slip is how far a reduced cost may
// fall below zero for the sake of a sounder pivot; wrong is what rounding does
// not explain.
const (
	off    = 1e-7
	slip   = 1e-5
	wrong  = 1e-4
	unlike = 1e-3
)

// ratio is a variable that may come in: the size of its number in the row that
// leaves, and its reduced cost.
type ratio struct {
	v    int32
	a, d float64
}

// drive takes every forbidden line out of the basis and then mends what turned
// negative, by the dual simplex: the prices stay those of an optimum all the
// while, so that few pivots do where a fresh start would take many.
//
// Each line that is not in use is made a little dearer meanwhile, by amounts that
// never repeat: among the many optima of such a program the simplex would wander.
//
// It says whether it got there; rounding can lead it astray.
func (t *master) drive() bool {
	for k := range t.cols {
		if c := &t.cols[k]; !c.basic && !c.banned {
			c.extra = 0
			c.extra = unlike*(0.5+math.Mod(float64(k+1)*math.Phi, 1)) - min(t.reduced(c), 0)
		}
	}
	for range 40*t.free + 4*t.m {
		out, down := t.leaving()
		if out < 0 {
			break
		}
		v, gain := t.entering(out, down)
		if v < 0 {
			break
		}
		t.ftran(v)
		if math.Abs(t.d[out]) < small/2 {
			break
		}
		theta := t.x[out] / t.d[out]
		for _, i := range t.nonzero {
			t.x[i] -= theta * t.d[i]
		}
		t.x[out] = theta
		if gain < 0 { // by the slip: dearer by that, so that the prices stay sound
			t.tilt(v, -gain)
			gain = 0
		}
		t.swap(out, v)
		t.change(out, gain)
		t.pivots++
		if t.pivots%renew == 0 {
			t.values()
		}
	}
	t.queue = t.queue[:0]
	t.values()
	return t.sound()
}

// sound says whether no variable is below zero and no forbidden line is in use.
func (t *master) sound() bool {
	for i, v := range t.basis {
		x := t.x[i]
		if k := v - int32(2*t.m); !(x > -wrong) || k >= 0 && t.cols[k].banned && x > wrong {
			return false
		}
	}
	return true
}

// afresh begins again from one line of each member that is not forbidden.
func (t *master) afresh() {
	for k := range t.cols {
		t.cols[k].basic = false
	}
	t.inv = nil
	copy(t.short, t.plain[0])
	copy(t.over, t.plain[1])
	for k := range t.cols {
		t.cols[k].extra = 0
	}
	t.queue = t.queue[:0]
	t.start()
}

// tilt makes a variable dearer for the time being.
func (t *master) tilt(v int32, by float64) {
	if k := v - int32(2*t.m); k >= 0 {
		t.cols[k].extra += by
		return
	}
	if v&1 == 0 {
		t.short[v/2] += by
	} else {
		t.over[v/2] += by
	}
}

// upright gives every variable its own cost back.
func (t *master) upright() {
	for k := range t.cols {
		t.cols[k].extra = 0
	}
	copy(t.short, t.plain[0])
	copy(t.over, t.plain[1])
	t.queue = t.queue[:0]
	t.values()
}

// leaving names the row that should not stay as it is, the farthest off first, and
// says which way it moves: 1 down to zero, -1 up to zero, 0 where either will do.
func (t *master) leaving() (int32, int) {
	best, worst, down := int32(-1), 0.0, 0
	for i, v := range t.basis {
		x := t.x[i]
		k := v - int32(2*t.m)
		banned := k >= 0 && t.cols[k].banned
		if x > -off && (!banned || x < off) {
			continue
		}
		norm := 0.0 // of the row of the inverse: how far it is to there
		for at := i; at < len(t.inv); at += t.m {
			norm += t.inv[at] * t.inv[at]
		}
		if far := x * x / norm; far > worst {
			best, worst, down = int32(i), far, -1
			if x > 0 {
				down = 1
			}
		}
	}
	for i, v := range t.basis {
		if k := v - int32(2*t.m); best < 0 && k >= 0 && t.cols[k].banned {
			best, down = int32(i), 0
		}
	}
	return best, down
}

// entering names the variable whose price allows it to take the place of a row
// first, or -1, with its reduced cost.
func (t *master) entering(out int32, down int) (int32, float64) {
	m := t.m
	if t.rho == nil {
		t.rho = make([]float64, m)
	}
	rho := t.rho
	for k := range rho {
		rho[k] = t.inv[k*m+int(out)]
	}
	t.ratios = t.ratios[:0]
	limit := math.Inf(1)
	try := func(v int32, alpha, d float64) {
		if down > 0 && alpha <= small || down < 0 && alpha >= -small || math.Abs(alpha) <= small {
			return
		}
		a := math.Abs(alpha)
		limit = min(limit, (max(d, 0)+slip)/a)
		t.ratios = append(t.ratios, ratio{v, a, d})
	}
	for r := t.free; r < m; r++ {
		if rho[r] != 0 {
			try(int32(2*r), rho[r], t.short[r]-t.y[r])
			try(int32(2*r+1), -rho[r], t.over[r]+t.y[r])
		}
	}
	for k := range t.cols {
		c := &t.cols[k]
		if c.basic || c.banned {
			continue
		}
		d, alpha := c.cost+c.extra, 0.0
		for _, r := range t.rows[c.from:c.to] {
			d -= t.y[r]
			alpha += rho[r]
		}
		try(int32(2*m+k), alpha, d)
	}
	best := ratio{v: -1}
	for _, x := range t.ratios {
		if max(x.d, 0)/x.a <= limit && x.a > best.a {
			best = x
		}
	}
	return best.v, best.d
}
