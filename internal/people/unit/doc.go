// Package unit is organisations that send people (双报到): a unit checks in where it is
// stationed, its members where they live or are stationed, and what they did there is
// visible to both as far as each agreed.
//
// It never counts how often somebody came, never compares people or units, and shows
// nothing without consent. store and api call it.
package unit
