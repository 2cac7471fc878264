package access

import (
	"strconv"

	"shouwang/internal/territory"
)

// SmallestCell is the smallest count of a sensitive class that is shown.
const SmallestCell = 5

// SmallCell returns a count of a sensitive class as text; below five, zero
// included, it is hidden, because "0" beside "<5" would say where somebody is.
func SmallCell(n int) (text string, shown bool) {
	if n < SmallestCell {
		return "<" + strconv.Itoa(SmallestCell), false
	}
	return strconv.Itoa(n), true
}

// SensitiveAt says whether counts of a sensitive class may show at all for a
// place of this kind: a building (or site) and everything above.
func SensitiveAt(k territory.Kind) bool {
	i, ok := k.Info()
	b, _ := territory.Building.Info()
	return ok && i.Rank <= b.Rank
}

// SmallCells says which parts of a shown total may be shown. When only one part
// would be hidden, it could be found by subtraction; the smallest of the others
// is then hidden with it.
func SmallCells(parts []int) []bool {
	shown := make([]bool, len(parts))
	hidden, least := 0, -1
	for i, n := range parts {
		_, shown[i] = SmallCell(n)
		switch {
		case !shown[i]:
			hidden++
		case least < 0 || n < parts[least]:
			least = i
		}
	}
	if hidden == 1 && least >= 0 {
		shown[least] = false
	}
	return shown
}
