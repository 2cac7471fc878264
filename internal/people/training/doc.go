// Package training decides how a helper comes to a pass: a session is planned and
// people are invited, each came, passed, has to come again or was absent, cards are
// read, and at the end a named trainer who holds the qualification passes them.
//
// It never stores, never reads a clock and never says who may stand on a post: that
// is people.Lacks, which reads the passes that come out of here. store, exchange and
// api call it.
package training
