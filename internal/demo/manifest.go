package demo

// Manifest says what was written and what a correct import must make of it. It is
// returned and also written as manifest.json.
type Manifest struct {
	Size  Size    `json:"size"`
	Seed  uint64  `json:"seed"`
	Day   string  `json:"day"` // the day the files speak of
	World Sums    `json:"world"`
	Zones []Zone  `json:"zones"` // lockdown, control, precaution
	Said  Said    `json:"stated"`
	Files []File  `json:"files"`
	Staff []Count `json:"helpers"` // by 类别
	Posts []Count `json:"posts"`   // normal-mode posts that the roster fills, by title
}

// Sums are the world's figures after a correct import.
type Sums struct {
	Communities int `json:"communities"`
	Grids       int `json:"grids"`
	Microgrids  int `json:"microgrids"`
	Buildings   int `json:"buildings"`       // houses; a house cut by a micro-grid border counts once
	Parts       int `json:"building_places"` // building rows; a cut house counts twice
	Units       int `json:"units"`
	Doors       int `json:"doors"`
	Empty       int `json:"empty_doors"`
	Sites       int `json:"sites"`
	People      int `json:"people"`
	Floating    int `json:"floating"` // with an origin outside the city
	Hubei       int `json:"from_hubei"`
	Wuhan       int `json:"from_wuhan"` // also counted in from_hubei
	Wenzhou     int `json:"from_wenzhou"`
	Helpers     int `json:"helpers"`
}

// Zone is what zones.csv adds up to.
type Zone struct {
	Zone        string   `json:"zone"` // lockdown, control or precaution
	Places      int      `json:"places"`
	Buildings   int      `json:"buildings"`
	Parts       int      `json:"microgrid_parts"` // micro-grids with doors in the zone
	Doors       int      `json:"doors"`
	People      int      `json:"people"`
	Communities []string `json:"communities"`
	Sites       []string `json:"sites"` // by name; they carry no registered doors
}

// Said is the content of stated.json: a figure somebody reported, with its source.
type Said struct {
	People int    `json:"people"`
	Source string `json:"source"`
}

// File is one spreadsheet and what its import must answer: rows = inserted +
// updated + unchanged + rejected. Titles, header rows, blank rows, subtotals and
// totals are no rows.
type File struct {
	Name      string         `json:"name"`
	Kind      string         `json:"kind"`      // places, residents, helpers
	Community string         `json:"community"` // code, of a residents' file
	Rows      int            `json:"rows"`
	Inserted  int            `json:"inserted"`
	Updated   int            `json:"updated"`
	Unchanged int            `json:"unchanged"`
	Rejected  int            `json:"rejected"`
	Reasons   map[string]int `json:"reasons"` // why rows are rejected: check-digit, float, no-door, no-name, no-parent, code-twice
}

// Count is a word and how often.
type Count struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

func (f *File) reject(why string) {
	if f.Reasons == nil {
		f.Reasons = map[string]int{}
	}
	f.Reasons[why]++
	f.Rejected++
	f.Rows++
}
