// Package mode says what holds at a place: which declarations are in force, which
// zone and measures, and what the playbooks in force ask of each place.
//
// Mode is derived: a place is in emergency while an incident in force covers it.
// Nothing stores a mode. It never assigns people and never writes. dispatch,
// round opening, api and page ask it.
package mode
