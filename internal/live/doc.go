// Package live streams the journal to every open window: server-sent events after
// a cursor, coalesced into "changed" frames that say which kinds of thing changed
// and where, so that a screen knows when to look again.
//
// It knows no room and carries no personal data: no payload, no name, no person's
// id ever enters a frame. What a listener may hear is asked of access for each
// entry's audience label and present place; places are cut to the listener's
// level. It writes nothing. app wires it and wraps the API's identification round
// it; the web application and the phone listen.
package live
