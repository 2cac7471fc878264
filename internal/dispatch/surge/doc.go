// Package surge is the government's staffing of an emergency: squads that
// organisations send are planned over communities, stand where their own people do
// not suffice, and are released as those take over.
//
// It never writes, never decides who stands on a post (the gate of people does) and
// never orders squads or people by how much they did. What a place needs is read
// from the posts in force and from what an officer states; who goes where is found
// by solve/assign. api, store and worker call it.
package surge
