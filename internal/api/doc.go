// Package api is the HTTP face: it asks who is calling and whether the shape is
// right, hands the input to a room, commits what the room decided and answers in
// wire shapes of its own.
//
// It never holds a rule of the trade, never any SQL, and never shows what was not
// masked for the viewer. Only here and in page are HTTP status
// codes known. app starts it; the command line and the web application call it.
package api
