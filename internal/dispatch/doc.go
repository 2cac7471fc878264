// Package dispatch is the formula's sum: incidents are declared, planned, applied
// by a second person, changed and demobilized here; needs are matched to people.
//
// It combines what mode declares with what people and register hold, through
// solve/assign, and returns changes. It never writes SQL and never draws a
// screen. api and worker call it.
package dispatch
