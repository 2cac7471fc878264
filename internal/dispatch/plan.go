package dispatch

import (
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/plan"
)

// Plan is what applying would do, shown whole before anything happens. It is a
// document: stored as JSON, never edited; a choice made by hand makes a new one.
// ID is the hash of its content, so that the same state gives the same plan.
type Plan struct {
	ID         string       `json:"id"`
	Incident   string       `json:"incident"`
	Playbook   string       `json:"playbook"` // content hash
	Saw        Saw          `json:"saw"`
	Author     string       `json:"author"`
	MadeAt     time.Time    `json:"made_at"`
	Seed       uint64       `json:"seed"`
	Posts      Tally        `json:"posts"`
	Microgrids int          `json:"microgrids"` // micro-grids by zone part: one team each
	Households int          `json:"households"` // dwellings (户) in the zones; one target each
	Buildings  int          `json:"buildings"`
	People     int          `json:"people"`
	Counts     plan.Counts  `json:"counts"` // posts, rounds and measures together
	CountsBy   CountsBy     `json:"counts_by"`
	ByPlace    []PlaceRow   `json:"by_place"`
	ByItem     []ItemRow    `json:"by_item"`
	Zones      []ZoneRow    `json:"zones"`
	Rounds     []RoundRow   `json:"rounds"`
	Measures   []MeasureRow `json:"measures"`
	Notices    []NoticeRow  `json:"notices"`
	Gaps       []Gap        `json:"gaps"`
	Checks     []Check      `json:"checks"`
	Fills      []Fill       `json:"fills"`
	Pins       []Pin        `json:"pins"`
	Local      []LocalRow   `json:"local,omitempty"`   // what places changed, and what it causes
	Upgrade    *Upgrade     `json:"upgrade,omitempty"` // set when it changes the version
	OpenWork   int          `json:"open_work"`         // targets of open rounds without a final outcome
}

// Tally is how many posts are asked for and how many have somebody.
type Tally struct {
	Needed int `json:"needed"`
	Filled int `json:"filled"`
	Empty  int `json:"empty"`
}

// CountsBy is the counts of each kind of thing; they add up to Counts.
type CountsBy struct {
	Posts    plan.Counts `json:"posts"`
	Rounds   plan.Counts `json:"rounds"`
	Measures plan.Counts `json:"measures"`
}

// PlaceRow is one community (or the top place, where there is none above): doors
// of each zone, parts, posts and empty posts.
type PlaceRow struct {
	PlaceID string         `json:"place_id"`
	Name    string         `json:"name"`
	Zones   map[string]int `json:"zones"` // zone id → doors
	Parts   int            `json:"parts"`
	Posts   int            `json:"posts"`
	Empty   int            `json:"empty"`
}

// ItemRow is one kind of post.
type ItemRow struct {
	Item   string    `json:"item"`
	Title  mode.Text `json:"title"`
	Needed int       `json:"needed"`
	Filled int       `json:"filled"`
}

// ZoneRow is what one zone holds.
type ZoneRow struct {
	Zone       string    `json:"zone"`
	Title      mode.Text `json:"title"`
	Rule       mode.Text `json:"rule"`
	Places     int       `json:"places"`
	Buildings  int       `json:"buildings"`
	Microgrids int       `json:"microgrids"`
	Doors      int       `json:"doors"`
	Households int       `json:"households"` // register records; Doors is what the seeds call 户
	People     int       `json:"people"`
	Empty      []string  `json:"empty"` // names of zoned places without any registered door
}

// RoundRow is one round that opens or goes on.
type RoundRow struct {
	Item    string    `json:"item"`
	Title   mode.Text `json:"title"`
	Targets int       `json:"targets"`
	Due     time.Time `json:"due"`
	Act     plan.Act  `json:"act"`
}

// MeasureRow is one measure of a zone as it will hold, by basis and end.
type MeasureRow struct {
	Zone   string    `json:"zone"`
	Title  mode.Text `json:"title"`
	Basis  string    `json:"basis"`
	Until  time.Time `json:"until"`
	Places int       `json:"places"`
}

// NoticeRow is a draft that activation proposes.
type NoticeRow struct {
	Item     string    `json:"item"`
	Title    mode.Text `json:"title"`
	Body     mode.Text `json:"body"`
	Zones    []string  `json:"zones"`
	Promised string    `json:"promised"`
}

// Gap is one empty post: why, and whom to ask.
type Gap struct {
	Slot       string      `json:"slot"`
	Item       string      `json:"item"`
	Role       string      `json:"role"`
	Title      mode.Text   `json:"title"`
	PlaceID    string      `json:"place_id"`
	Place      string      `json:"place"`
	Zone       string      `json:"zone"`
	Reason     mode.Text   `json:"reason"`
	Why        string      `json:"why,omitempty"` // the reason in figures
	Candidates []Candidate `json:"candidates"`
}

// Candidate is somebody to ask for an empty post, best first. Score runs from 0
// to 1 and says how well the person would do, never how good they are.
type Candidate struct {
	HelperID string    `json:"helper_id"`
	Helper   string    `json:"helper"`
	Score    float64   `json:"score"`
	Why      mode.Text `json:"why"`
}

// Check is one thing looked at before applying. Level is ok, warn or stop; a
// plan with a stop cannot be applied.
type Check struct {
	Level string    `json:"level"`
	Text  mode.Text `json:"text"`
	About string    `json:"about,omitempty"` // what it is about, where somebody says the same in detail
}

// AboutEmpty marks the check that counts the posts nobody fills.
const AboutEmpty = "posts.empty"

// Fill is one slot with who will hold it; HelperID empty means nobody.
type Fill struct {
	Slot     string   `json:"slot"`
	Item     string   `json:"item"`
	PlaceID  string   `json:"place_id"`
	Zone     string   `json:"zone"`
	N        int      `json:"n"`
	HelperID string   `json:"helper_id"`
	DeputyID string   `json:"deputy_id,omitempty"`
	Pinned   bool     `json:"pinned,omitempty"`
	Reason   string   `json:"reason,omitempty"`
	Act      plan.Act `json:"act"`
}
