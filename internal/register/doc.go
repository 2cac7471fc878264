// Package register knows who lives behind which door: persons, households,
// what each source said and when, and which vulnerable group needs what care.
//
// A person row is a projection of source records; nothing received is thrown
// away and a blank or a mask never overwrites a fact. It never sends anything,
// never decides who may look (access does) and never holds a key (seal does).
// exchange, api and dispatch call it.
package register
