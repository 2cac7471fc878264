//go:build !darwin && !linux && !freebsd

package app

// freeSpace is not known on this system.
func freeSpace(string) (uint64, bool) { return 0, false }
