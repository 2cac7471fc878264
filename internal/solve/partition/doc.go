// Package partition divides a weighted graph into connected parts of nearly
// equal weight with little cost across the borders: the buildings and
// stairwells of a community into micro-grids.
//
// Divide keeps every part connected at every step. It starts from a spanning
// tree (or from the partition that is there already) and then, again and again,
// joins two neighbouring parts and divides the two anew: all the ways of doing
// so are listed when the two are small, some spanning trees are drawn when they
// are large. Check looks at an answer with code of its own.
//
// It is pure: no clock, no randomness but the seed, no input or output but a
// reader of METIS text. The same seed and steps give the same answer on any
// number of threads. It never learns what a node or a part means. dispatch and
// bench call it.
package partition
