package drill

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
)

// Slot is one post as a drill sees it.
type Slot struct {
	Key    string // item|place|zone|n: the same in every run
	Item   string
	Path   string
	Zone   string
	Holder string // helper id, empty while nobody fills it; never shown
	Asked  float64
}

// Door is one target of a round and the post item that has to go there.
type Door struct {
	Round                 string // id, another in every run
	Item                  string // of the round: the same in every run
	Place, Path, Zone, By string
}

// The kinds of event.
const (
	Arrives = "arrives" // the holder is at the post
	Silent  = "silent"  // the holder is known not to answer
	Knocked = "knocked" // a door was knocked at
)

// Event is one thing that an invented person does.
type Event struct {
	At   float64 // minutes from the declaration
	Do   string
	Slot Slot
	Door Door
	Tone string // of a door's answer
}

// draw returns a number in [0, 1) that depends on the seed and the words alone, so
// that a drill is the same whatever the order of its parts.
func draw(seed uint64, words ...string) float64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(strconv.FormatUint(seed, 10)))
	for _, w := range words {
		_, _ = h.Write([]byte{0})
		_, _ = h.Write([]byte(w))
	}
	x := h.Sum64() // FNV's high bits are poor: mix once more
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	x ^= x >> 33
	return float64(x>>11) / (1 << 53)
}

// Schedule says what the people called to these posts will do until the end: who
// comes when, who does not answer, and how the leads among them walk their doors.
// It is deterministic: the same script, seed, slots and doors give the same events.
func Schedule(s *Script, seed uint64, slots []Slot, doors []Door) []Event {
	var out []Event
	leads := map[string][]lead{}
	for _, x := range slots {
		if x.Holder == "" {
			continue
		}
		if draw(seed, "silent", x.Key, x.Holder) < s.People.Silent {
			out = append(out, Event{At: x.Asked + float64(s.People.Patience), Do: Silent, Slot: x})
			continue
		}
		at := x.Asked + s.People.Arrive.at(draw(seed, "arrive", x.Key, x.Holder))
		out = append(out, Event{At: at, Do: Arrives, Slot: x})
		leads[x.Item] = append(leads[x.Item], lead{x, at})
	}
	theirs := map[string][]Door{}
	for _, d := range doors {
		if l, ok := nearest(leads[d.By], d); ok {
			theirs[l.slot.Key] = append(theirs[l.slot.Key], d)
		}
	}
	for _, ls := range leads {
		for _, l := range ls {
			out = append(out, walk(s, seed, l, theirs[l.slot.Key])...)
		}
	}
	out = slices.DeleteFunc(out, func(e Event) bool { return e.At > float64(s.Minutes) })
	slices.SortFunc(out, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Do, b.Do), cmp.Compare(a.Slot.Key, b.Slot.Key), cmp.Compare(a.Door.Place, b.Door.Place), cmp.Compare(a.Door.Item, b.Door.Item))
	})
	return out
}

// lead is a post whose holder knocks at doors, and when they are there.
type lead struct {
	slot Slot
	at   float64
}

// nearest returns the post whose place holds the door most closely, in its part.
func nearest(ls []lead, d Door) (best lead, ok bool) {
	for _, l := range ls {
		if !strings.HasPrefix(d.Path, l.slot.Path) || l.slot.Zone != "" && l.slot.Zone != d.Zone {
			continue
		}
		if !ok || len(l.slot.Path) > len(best.slot.Path) || len(l.slot.Path) == len(best.slot.Path) && l.slot.Key < best.slot.Key {
			best, ok = l, true
		}
	}
	return best, ok
}

// Free returns the doors that none of these posts has to go to.
func Free(slots []Slot, doors []Door) []Door {
	by := map[string][]lead{}
	for _, x := range slots {
		if x.Holder != "" {
			by[x.Item] = append(by[x.Item], lead{slot: x})
		}
	}
	var out []Door
	for _, d := range doors {
		if _, ok := nearest(by[d.By], d); !ok {
			out = append(out, d)
		}
	}
	return out
}

// walk is one lead's way: every door once, then those where nobody answered again.
func walk(s *Script, seed uint64, l lead, doors []Door) []Event {
	slices.SortFunc(doors, func(a, b Door) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Item, b.Item))
	})
	var out, back []Event
	now, end := max(l.at, float64(s.Minute(Sweep))), float64(s.Minutes)
	knock := func(d Door, try string) (e Event, ok bool) {
		now += s.People.Door.at(draw(seed, "door", d.Item, d.Place, try))
		e = Event{At: now, Do: Knocked, Slot: l.slot, Door: d, Tone: s.tone(draw(seed, "tone", d.Item, d.Place, try))}
		return e, now <= end
	}
	for _, d := range doors {
		e, ok := knock(d, "1")
		if !ok {
			return out
		}
		if out = append(out, e); e.Tone == "again" {
			back = append(back, e)
		}
	}
	for _, b := range back {
		now = max(now, b.At+float64(s.People.Again))
		e, ok := knock(b.Door, "2")
		if !ok {
			return out
		}
		out = append(out, e)
	}
	return out
}

// tone returns the tone of an answer by its share.
func (s *Script) tone(share float64) string {
	for _, t := range tones {
		if share -= s.People.Outcomes[t]; share < 0 {
			return t
		}
	}
	return tones[0]
}
