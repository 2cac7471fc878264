// Package house holds no code, only tests: they read the source of every other
// package and fail when a rule of docs/house.md is broken.
//
// It never runs with the product and nobody imports it. The floor table in
// table_test.go is the one place where rooms and their floors are data; a new
// room or a new edge is first a decision record, then a line there.
package house
