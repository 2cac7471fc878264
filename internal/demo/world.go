package demo

// The invented world in memory, before it is written. Everything hangs in slices
// in a fixed order, so that the same seed writes the same bytes.

type world struct {
	spec        spec
	communities []*community
	estates     []*estate
	micros      []*micro
	helpers     []*helper
	outline     []pt // boundary of the subdistrict
}

type community struct {
	index   int // 0-based, order of the code
	name    string
	code    string
	outline []pt
	grids   []*grid
	blocks  []*block
	estates []*estate
	sites   []*site
	micros  []*micro
}

type grid struct {
	community *community
	code      string
	name      string
	estates   []*estate
}

// block is the ground between streets: an estate, a site or a green.
type block struct {
	community *community
	col, row  int
	quad      quad
	zone      zone
	green     bool
	site      *site // a large site that fills the block
	estate    *estate
}

// estate is a 小区: buildings of one make that share a name.
type estate struct {
	block     *block
	grid      *grid
	name      string
	word      string // how its people write a building: 号楼, 幢, 栋
	tag       string
	style     style
	byColumn  bool // numbered down the columns instead of along the rows
	walkDown  bool // micro-grids follow the columns, which stand far apart
	buildings []*building
	annex     []*site // sites that stand among its buildings
	micros    []*micro
}

// building is one row of the ledger: a building, or the part of one that a
// micro-grid border left.
type building struct {
	estate   *estate
	number   int
	part     string // "", "a" or "b"
	units    []int
	floors   int
	perFloor int
	skip     []int // floors that do not exist or hold no dwelling
	listed   bool  // the doors are not the plain product and are listed one by one
	doors    []*door
	code     string
	name     string
	shape    rect
	micro    *micro
	zone     zone
	row, col int // position in the estate
}

type door struct {
	building *building
	unit     int
	floor    int
	serial   int
	size     int // people
	rented   bool
	people   []*person
}

type micro struct {
	community *community
	grid      *grid
	estate    *estate
	serial    int // within the community
	code      string
	name      string
	buildings []*building
	short     bool // few volunteers, none trained
	noLead    bool // no lead in normal mode
}

type site struct {
	community *community
	kind      string // Chinese word of the kind
	name      string
	code      string
	parent    string
	tag       string
	shape     rect
	zone      zone
	block     *block
	annex     bool // stands among an estate's buildings
}

type zone int

const (
	free zone = iota
	lockdown
	control
	precaution
)

func (z zone) String() string { return [...]string{"", "封控区", "管控区", "防范区"}[z] }

func (z zone) id() string { return [...]string{"", "lockdown", "control", "precaution"}[z] }

type person struct {
	door     *door
	name     string
	female   bool
	born     day
	id       string // empty when nobody wrote it down
	relation string
	phone    string
	origin   string
	groups   []string
	need     string
	verified day
	note     string
	helper   *helper
}

type helper struct {
	number   string
	name     string
	female   bool
	birth    int
	phone    string
	kind     string
	home     *door  // where a resident helper lives
	place    string // code of the station of anybody else
	party    bool
	standing bool
	mobile   bool
	skills   []string
	trained  []string
	hours    int
	away     string
	post     string
	charge   string // code of the place the post belongs to
}

func (w *world) eachDoor(f func(*door)) {
	for _, e := range w.estates {
		for _, b := range e.buildings {
			for _, d := range b.doors {
				f(d)
			}
		}
	}
}
