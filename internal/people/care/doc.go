// Package care is what is done for helpers: the gear that posts hand out, the meals of
// those who stand there, insurance, lodging, thanks, and rest.
//
// It never compares people, keeps no points, and never decides who stands where. store,
// page and api call it.
package care
