// Package servers runs three real servers on one real PostgreSQL, breaks them and
// what lies between while clients write and listen, and holds what was answered
// against what is in the journal afterwards.
//
// Nothing acknowledged may be missing or be there twice, nothing may be there that
// nobody sent, every listener who goes from server to server hears each entry
// once, work by the clock is done once, and nobody waits long. Twins of the server
// with planted bugs must be caught. It holds tests only.
package servers
