// Package access knows accounts, sessions and rights: who holds which role over
// which place, what a role may do there, which fields of a resident it sees and
// for what purpose one may be shown in clear.
//
// What a role may do is written in policies.cedar and nowhere else; which fields
// it sees in masks.txt. A Viewer is one account with the grants in force at a
// moment; Guard.Decide answers yes or no for one place, Guard.Scope gives the
// place ranges for a list, and the two always agree. It never reads a database,
// never knows HTTP, never stores an answer beyond one Viewer, never says whether
// a hidden thing exists. api, page, live, worker and the rooms above ask it.
package access
