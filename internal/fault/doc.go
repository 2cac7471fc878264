// Package fault is the one error type of the house: a kind, a stable public
// code such as SW-1203, and a sentence in Chinese and English that says what
// happened, whether data are safe and what to do next.
//
// It never knows HTTP, SQL or a room; each room defines its own faults as
// package variables with Define, and api and page alone turn a Kind into a
// status. Every room calls it.
package fault
