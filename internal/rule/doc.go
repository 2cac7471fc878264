// Package rule is the one way an expression of a playbook is read: CEL over
// declared, typed facts, compiled once and limited in size and cost.
//
// It knows no playbook, no place and no person: names and types come as samples
// of Go values. It never reads a clock, a file or a network. mode compiles
// `when` and `release` with it; screening and warnings will too.
package rule
