// Package calendar is what a helper's own calendar is told: their shifts, trainings
// and rounds as events, what changed since it last looked, and the words of RFC 5545.
//
// It never says whom else an event concerns, and never finds out what somebody has to
// do: events come as arguments. store and api call it.
package calendar
