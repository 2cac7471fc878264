// Package assign gives every post its person: min-cost flow, and on top of it
// the assignment of people to posts.
//
// Three layers stand on one another. Network and Minimize solve any min-cost
// flow problem over integers (lower bounds, negative costs, several sources and
// sinks); Check proves an answer from its node potentials without trusting the
// solver. Where most nodes are people with one unit each, a pool that keeps its
// basis on the few posts is used instead of the network simplex. Assign fills
// as many posts as can be filled, then makes the total cost least, explains each
// seat that stays empty and ranks whom to ask; Repair mends an assignment after
// somebody drops out.
//
// It is pure: no clock, no randomness but the seed, no goroutine, no input or
// output but a reader of DIMACS text. It never learns what a person or a post
// means. dispatch and bench call it.
package assign
