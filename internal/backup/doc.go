// Package backup copies a world to a folder of plain files and back: every table
// of one moment in hashed chunks, a manifest that vouches for each of them, and
// the keys apart from all that, in one file encrypted with age. The same files
// restore into either engine.
//
// It never opens a sealed field, never puts a key beside the data, never calls a
// copy good that was not finished, and never calls one complete whose keys nobody
// has tried. app calls it, for the command line and for the clock of serve.
package backup
