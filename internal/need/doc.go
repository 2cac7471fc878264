// Package need is the first term of the formula: what residents need. A case is one
// need going through steps to its end; Do is the only way it moves, Clock names what
// happens when nobody moves it.
//
// It never reads a clock, a store or a playbook, never says who may do a thing at a
// place (access does), never sends anything. api, page and exchange open and move
// cases, worker says the clock's verbs, store keeps them.
package need
