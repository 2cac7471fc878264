// Package people is the helpers' side of the formula: who is there to help, what
// they can do and may do, and the posts that need someone.
//
// It never ranks people for show, never reads residents' facts (ids and facts
// come as arguments) and never decides what an emergency asks for (mode does).
// dispatch, exchange and api call it.
package people
