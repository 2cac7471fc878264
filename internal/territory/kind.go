package territory

// Kind is what a place is. Kinds are data: the table below says which may stand
// inside which and which bear doors; adding one needs no other code.
type Kind string

// The kinds of the seeds (mission rows A1 and A2).
const (
	City        Kind = "city"
	District    Kind = "district"
	Subdistrict Kind = "subdistrict"
	Community   Kind = "community"
	Grid        Kind = "grid"
	Microgrid   Kind = "microgrid"
	Building    Kind = "building"
	Unit        Kind = "unit" // stairwell (楼道 / 单元)
	Door        Kind = "door"
	Apartment   Kind = "apartment" // serviced flats, 公寓
	Mall        Kind = "mall"
	Complex     Kind = "complex"
	Park        Kind = "park" // industrial park
	Checkpoint  Kind = "checkpoint"
	Hospital    Kind = "hospital"
	Isolation   Kind = "isolation"
	Warehouse   Kind = "warehouse"
	Sampling    Kind = "sampling"
)

// KindInfo says how a kind behaves.
type KindInfo struct {
	Kind   Kind
	ZH, EN string
	Rank   int  // order in the tree; a child must have a greater rank
	Site   bool // no ordinary home: stands under a community or grid
	Doors  bool // may hold doors directly or below
}

// Kinds is the table of kinds, in the order of the tree.
var Kinds = []KindInfo{
	{City, "市", "City", 10, false, true},
	{District, "区", "District", 20, false, true},
	{Subdistrict, "街道", "Subdistrict", 30, false, true},
	{Community, "社区", "Community", 40, false, true},
	{Grid, "网格", "Grid", 50, false, true},
	{Microgrid, "微网格", "Micro-grid", 60, false, true},
	{Building, "楼栋", "Building", 70, false, true},
	{Apartment, "公寓", "Serviced apartments", 70, true, true},
	{Mall, "商场", "Mall", 70, true, false},
	{Complex, "商业综合体", "Complex", 70, true, false},
	{Park, "工业园区", "Industrial park", 70, true, false},
	{Checkpoint, "卡口", "Checkpoint", 70, true, false},
	{Hospital, "定点医院", "Designated hospital", 70, true, false},
	{Isolation, "隔离点", "Isolation site", 70, true, false},
	{Warehouse, "仓库", "Warehouse", 70, true, false},
	{Sampling, "采样点", "Sampling point", 70, true, false},
	{Unit, "单元", "Unit", 80, false, true},
	{Door, "户", "Door", 90, false, true},
}

// Info returns the table row of a kind; ok is false for a kind nobody knows.
func (k Kind) Info() (KindInfo, bool) {
	for _, i := range Kinds {
		if i.Kind == k {
			return i, true
		}
	}
	return KindInfo{}, false
}

// MayHold says whether a place of kind k may have a child of kind child.
func (k Kind) MayHold(child Kind) bool {
	a, ok1 := k.Info()
	b, ok2 := child.Info()
	return ok1 && ok2 && a.Rank < b.Rank && (a.Doors || b.Site)
}

// Site says whether the kind is no ordinary home.
func (k Kind) Site() bool { i, _ := k.Info(); return i.Site }
