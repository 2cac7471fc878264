// Package accesstest holds what is expected of access, written by hand and apart
// from the policies: the table of every role and every action. The tests of
// access compare the policies with it, and the tests of the API walk every
// operation by it.
//
// It never reads the policies and never runs with the product.
package accesstest
