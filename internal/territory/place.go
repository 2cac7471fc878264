package territory

import (
	"strings"
	"time"
)

// Place is one node of the tree. ID is a short immutable segment; Path is the
// chain of ids from the root, each ended by a dot ("1.4.2k."), a cache that is
// rewritten in the same act when a place moves.
type Place struct {
	ID       string
	ParentID string // empty for a root
	Path     string
	Kind     Kind
	Code     string // code in force in the house scheme, unique; e.g. 990203008001-03-012
	Name     string // "长塘里3号楼", "2单元", "502"
	Estate   string // estate (小区) name, on buildings and sites
	Number   string // building number, unit number or room number in canonical form: "3", "2", "502"
	Floor    int    // of a door; 0 when unknown
	Tags     []string
	Shape    string  // GeoJSON geometry, CGCS2000 lng/lat, or empty
	Lng, Lat float64 // label point, 0,0 when unknown
	Sort     int     // order among siblings
	From     time.Time
	Until    time.Time // zero while it exists
	Version  int64
	Act      string // bulk act that made it
}

// Inside says whether path lies at or below the place whose path is top.
func Inside(path, top string) bool { return strings.HasPrefix(path, top) }

// Range returns the half-open interval of paths at or below top, for range
// scans: lo <= path < hi.
func Range(top string) (lo, hi string) {
	if top == "" {
		return "", "\x7f"
	}
	return top, top[:len(top)-1] + "/"
}

// Ancestors returns the paths from the root down to path itself.
func Ancestors(path string) []string {
	var out []string
	for i := 0; i < len(path); i++ {
		if path[i] == '.' {
			out = append(out, path[:i+1])
		}
	}
	return out
}

// Join returns the path of a child.
func Join(parent, id string) string { return parent + id + "." }
