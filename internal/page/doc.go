// Package page is what is read without the application: the page that a code at a
// door opens, and the sheets that are printed and carried up the stairs. Plain
// HTML by templates, no script, nothing from elsewhere.
//
// Signing up as a helper is a form without script; what is written in it goes to the
// API, as the caller.
//
// A public page shows what holds at its place and whom to call; it never shows a
// resident's name or health, sets no cookie on who reads it and records nobody; a phone
// that tells a need keeps the address of its case for a day (asked.go). A printed sheet
// shows what the API shows the same viewer and is recorded as one look. It never
// decides anything and writes nothing but those looks. app starts it.
package page
