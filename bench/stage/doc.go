// Package stage sets up what the benches measure: the demonstration in a world of
// its own, the switch thrown over it, tokens and doors, and, where the measuring
// must not slow what is measured, a process of its own that serves it.
//
// It measures nothing itself and is no part of the product. The benches call it.
package stage
