// Package processtest builds the real binary and runs it as processes that a test may
// kill, stop and start again: servers on an address that stays theirs, and commands.
//
// It knows nothing of what is served and holds no test of its own. The tests of
// crash and servers call it.
package processtest
