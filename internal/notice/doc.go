// Package notice is a message to an audience: who is told or asked, in which turn,
// whom it reached, and what they answered. A mobilisation call, the search for a
// replacement, the offer of a swap and the word that a shift has changed are all
// notices; Next says what is to happen now, and nothing else decides it.
//
// It never knows whom it asks beyond an id and a place, never does what a yes
// brings about (dispatch does), never counts how often or how fast somebody
// answers, and never sends by itself: worker moves it on and hands messages to the
// channels, which app builds. api and dispatch call it.
package notice
