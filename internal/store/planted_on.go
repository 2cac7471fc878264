//go:build planted

package store

import "os"

// forgetful plants a bug that the test of several servers must find: a repeated
// operation is not recognised, so it is done again. It exists only in a binary
// built for that test, and works only when the environment asks for it too.
func forgetful() bool { return os.Getenv("SHOUWANG_PLANTED") == "operation-not-kept" }
