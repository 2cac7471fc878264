// Package drill is the pure part of drills: the script of the first hour, how the
// invented people answer, the score at the end and the playbook's weak spots.
//
// It never decides anything about a real incident, opens no world and names no
// person: people appear by their post only. app calls it, and drives the world that a drill
// is run in.
package drill
