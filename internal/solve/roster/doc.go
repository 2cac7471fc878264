// Package roster says who serves which shift at which post on which day: hard
// rules are never broken, and among the rosters that keep them the one whose
// weighted wishes and demands cost least is sought for as long as there is time.
//
// Solve is any-time: the first roster stands at once, each better one is
// reported, and a cancelled context ends the search with the best so far. The
// same problem, seed and steps give the same roster on any number of threads;
// time only cuts that sequence. Check says what a roster costs and which rules it
// breaks; Mend proposes who takes over a duty when somebody drops out; Explain
// names the pool that is too small when a demand cannot be met.
//
// The method: a person's best roster against given prices of the demands is a
// shortest path over days (path.go), so a linear program over whole lines,
// priced by such paths, bounds the cost from below and guides a dive to a roster
// (column generation after Gilmore and Gomory 1961; smoothing of the prices after
// Wentges 1997); the roster is then improved by freeing a few people at a time and
// diving again. Where there are more people than such a program takes, those whom
// posts connect exchange days among each other at a falling temperature (anneal.go),
// herd beside herd (herd.go). Even says how far apart interchangeable people are. The model covers what the shift-scheduling instances of Curtois
// and Qu (2014) ask for, whose text format Read understands.
//
// It is pure: no clock, no randomness but the seed, no input or output but a
// reader of text. It never learns what a person, a post or a skill means, and it
// never tells anybody anything. people, dispatch and bench call it.
package roster
