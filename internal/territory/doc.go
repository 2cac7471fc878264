// Package territory is the tree of places as arithmetic: kinds, codes, paths,
// who is inside whom, buildings with their units, floors and doors.
//
// It never reads a database, never knows a person and never asks who is looking.
// Every room above uses a place's path as the join of everything.
package territory
