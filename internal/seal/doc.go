// Package seal keeps secrets of persons unreadable at rest: it seals single
// fields under a key that belongs to one subject and one purpose, and makes the
// keyed index by which an identity number is found again without being readable.
//
// The keys form three steps. The root key lies in a file outside the data
// directory and wraps one key per purpose ("register", "incident:<id>"); that
// key wraps one random secret per subject; the field key is derived from the
// secret. Wrapped keys lie in a Ring, a small store of its own. Destroying the
// key of a purpose, or of one subject in it, makes what was sealed under it
// unreadable for ever, in every copy and backup of the data, while the sealed
// bytes stay where they are and every hash over them still holds.
//
// It never touches a database, never logs or prints a key or a clear value,
// never decides who may look (access does) and never revives what was destroyed.
// store calls it; app opens the root key; tests use MemoryRing.
package seal
