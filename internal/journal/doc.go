// Package journal holds the one line that every act leaves: who did what to
// which thing, where and when, and the proof that nobody rewrote it.
//
// A pure decision returns changes, each a row with its expected version and its
// entry; the store writes row and entry in one transaction. The journal itself
// never touches a database or a network and never holds personal data outside
// the sealed payload. Every room makes entries; store, live and worker read them.
package journal
