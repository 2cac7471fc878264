// Package plan is the shape of every "plan, then apply": what is declared is
// compared with what is there by stable keys, and the difference is counted,
// named by a hash of its content and taken back by the reverse.
//
// It knows neither posts nor places nor people; keys and equality come as
// functions. dispatch uses it for activation, zone changes and demobilization.
package plan
