//go:build !planted

package store

// forgetful is the planted bug of a test binary; here there is none.
func forgetful() bool { return false }
