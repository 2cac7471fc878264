package territory

import (
	"slices"
	"strings"
	"time"
)

// Former is a path at which something lay that lies elsewhere now, and until when.
type Former struct {
	Path  string
	Until time.Time
}

// Formerly returns the paths at which something that lies at a path now lay before,
// by the closed chapters of the places on the way: of any of them that moved, the rest
// of the path went along. A chapter may itself have been under one that moved earlier.
func Formerly(path string, of map[string][]Stay) []Former {
	out := []Former{{Path: path}}
	seen := map[string]bool{path: true}
	for i := 0; i < len(out); i++ {
		at := 0
		for _, id := range strings.Split(strings.TrimSuffix(out[i].Path, "."), ".") {
			at += len(id) + 1
			for _, x := range of[id] {
				was := x.Was + out[i].Path[at:]
				if x.Was == "" || seen[was] {
					continue
				}
				seen[was] = true
				until := x.Until
				if u := out[i].Until; !u.IsZero() && u.Before(until) {
					until = u
				}
				out = append(out, Former{was, until})
			}
		}
	}
	return out[1:]
}

// Widest leaves out the paths that lie below another of them.
func Widest(paths []string) []string {
	paths = slices.Clone(paths)
	slices.Sort(paths)
	var out []string
	for _, p := range paths {
		if n := len(out); n == 0 || !Inside(p, out[n-1]) {
			out = append(out, p)
		}
	}
	return out
}
