// Package exchange is the door for files: spreadsheets in, read into typed rows
// and rejects, and tables out.
//
// A file from outside is hostile until proven otherwise. Its zip directory is
// checked here, the workbook itself is parsed by a child process that the parent
// ends when it takes too much memory or time, and every row in is either a good
// row or a reject with row, column, code and reason: nothing is dropped unseen.
// Columns are found by the names people give them, never by position.
//
// Reading and checking are pure: this room never writes to the register or the
// tree by itself and never knows who may see what. Our own reader stands where a
// library could: the one used for writing needs 5.5 s and the whole sheet's merged
// ranges in memory for 50,000 rows of 16 columns, ours below a second, streaming.
// app (for the commands), api and demo call it.
package exchange
