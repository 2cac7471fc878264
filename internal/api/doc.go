// Package api is the HTTP face: it asks who is calling and whether the shape is
// right, hands the input to a room, commits what the room decided and answers in
// wire shapes of its own.
//
// It holds no rule of the trade and no SQL. Only here and in page are HTTP status
// codes known. app starts it; the command line and the web application call it.
package api
