// Package worker acts by the clock: it writes into the journal that a measure has
// lapsed, closes sessions whose time is up, and brings rows to the path of their place.
//
// It never decides what holds: a measure ends by its own date whether or not
// this runs, a session is refused the moment its time is up. It finds its work by
// query, so a restart forgets nothing, and each effect has the id hash(entry,
// rule), so doing it twice does no harm. app starts it with the world's clock.
package worker
