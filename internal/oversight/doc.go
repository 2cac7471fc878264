// Package oversight tells the people of a place what their records show to be worth a
// look: which warnings begin, stand and end, and how useful each rule was.
//
// It never reads or writes rows, never looks at a person's words, never compares people,
// and decides nothing for anybody: a warning is answered by a person. Figures and rules
// come as arguments. api gathers and calls it; worker sets the pace; store keeps the rows.
package oversight
