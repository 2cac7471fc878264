package need

import (
	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

// Tracked is a case as whoever asked follows it.
type Tracked struct {
	Case  Case
	Item  Item
	Steps []Step
	Desk  mode.Text // whose desk it is at, in words: a role, never a name
	At    string    // where that desk is
	Door  territory.Place
}
