// Package shift says who stands on a post by turns: what a roster has to fill, what
// stands in the way of somebody's shift, and who may step in when another drops out.
//
// It never writes, never tells or asks anybody, never orders people by how much they
// did, and has no rule of its own about who may hold a post: people.Lacks says it.
// api, store and the command line's server call it.
package shift
