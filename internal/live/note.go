package live

import (
	"sort"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// note is what the stream keeps of an entry: nothing that could be personal.
type note struct {
	seq      int64
	thing    string // table name of what changed
	path     string // present path of the place concerned; empty for the whole instance
	audience string
}

// Frame is one message to a listener: everything up to Seq has been looked at,
// these kinds of thing changed, at these places. All says that too much changed
// to name, so everything shown should be read again.
type Frame struct {
	Seq    int64    `json:"seq"`
	Things []string `json:"things"`
	Places []string `json:"places"`
	All    bool     `json:"all,omitempty"`
}

// maxPlaces bounds a frame: more places are named by what lies above them.
const maxPlaces = 100

// ear is one listener: what they may hear, and where they listen.
type ear struct {
	guard  *access.Guard
	viewer *access.Viewer
	ctx    access.Context
	id     string // place listened at; empty: wherever the viewer hears
	path   string
}

// hears returns the paths at which a note is told to the listener; none when it
// does not reach them. A note about a place above the listener's own (an incident
// over the subdistrict, an import) is told as one about what the listener holds:
// it concerns them, and what lies beside them stays unsaid. Sensitive and audit
// entries never travel down.
func (e *ear) hears(n note) []string {
	if e.beside(n) {
		return nil
	}
	inside := territory.Inside(n.path, e.path)
	if inside && e.guard.Hears(e.viewer, n.audience, n.path, e.ctx) {
		return []string{n.path}
	}
	if n.audience == "sensitive" || n.audience == "audit" {
		return nil
	}
	at := n.path
	if !inside {
		at = e.path
	}
	var out []string
	for _, r := range e.guard.Scope(e.viewer, access.Feed(n.audience), e.ctx).Under(at) {
		out = append(out, r.Top)
	}
	return out
}

// beside says whether a note is of a place beside the one listened at.
func (e *ear) beside(n note) bool {
	return !territory.Inside(n.path, e.path) && !territory.Inside(e.path, n.path)
}

// frame gathers what the listener hears of the notes; ok is false when that is
// nothing at all.
func (e *ear) frame(notes []note) (f Frame, ok bool) {
	things, paths := map[string]bool{}, map[string]bool{}
	memo := map[note][]string{} // audience and path → where it is told
	for _, n := range notes {
		f.Seq = n.seq
		if e.beside(n) { // as most of them are, in a large world
			continue
		}
		key := note{audience: n.audience, path: n.path}
		told, known := memo[key]
		if !known {
			told = e.hears(n)
			memo[key] = told
		}
		if len(told) == 0 {
			continue
		}
		ok = true
		things[n.thing] = true
		for _, p := range told {
			paths[p] = true
		}
	}
	delete(paths, "")
	f.Things = sorted(things)
	f.Places = ids(cut(paths))
	return f, ok
}

// cut shortens the deepest paths until few enough places are left to name.
func cut(paths map[string]bool) map[string]bool {
	for len(paths) > maxPlaces {
		deep := 0
		for p := range paths {
			deep = max(deep, strings.Count(p, "."))
		}
		if deep <= 1 {
			break
		}
		next := make(map[string]bool, len(paths))
		for p := range paths {
			if strings.Count(p, ".") == deep {
				p = p[:strings.LastIndexByte(p[:len(p)-1], '.')+1]
			}
			next[p] = true
		}
		paths = next
	}
	return paths
}

// ids returns the last segment of each path.
func ids(paths map[string]bool) []string {
	out := map[string]bool{}
	for p := range paths {
		p = strings.TrimSuffix(p, ".")
		out[p[strings.LastIndexByte(p, '.')+1:]] = true
	}
	return sorted(out)
}

func sorted(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for s := range set {
		out = append(out, s)
	}
	sort.Strings(out)
	return out
}

// noteOf keeps what the stream needs of an entry; now is its place's present path.
func noteOf(e journal.Entry, now map[string]string) note {
	n := note{seq: e.Seq, thing: e.Thing, path: e.Path, audience: e.Audience}
	if p, ok := now[e.PlaceID]; ok && e.PlaceID != "" {
		n.path = p
	}
	return n
}
