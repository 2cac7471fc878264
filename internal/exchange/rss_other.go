//go:build !linux

package exchange

import (
	"os/exec"
	"strconv"
	"strings"
)

// resident returns the resident memory of a process in bytes as ps tells it, 0
// when it is gone or ps does not know.
func resident(pid int) int64 {
	b, err := exec.Command("ps", "-o", "rss=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return 0
	}
	n, _ := strconv.ParseInt(strings.TrimSpace(string(b)), 10, 64)
	return n << 10
}
