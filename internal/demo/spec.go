package demo

// Size is how much of the subdistrict is written.
type Size string

// The two sizes: one community of 1,443 households and 19 stairwells, for tests,
// and the whole subdistrict of 17 communities.
const (
	Community Size = "community"
	Full      Size = "full"
)

// Day is the day the files speak of, as an ISO date: no date in them is later and
// ages are reckoned to it.
const Day = "2026-11-20"

const (
	subdistrictCode = "990203008000" // region 99 is assigned to nobody
	subdistrictName = "澄塘街道"
	regionCode      = "990203"
	phonePrefix     = "129" // assigned to nobody
)

// spec holds the figures that must come out.
type spec struct {
	size       Size
	doors      [4]int // by zone
	people     [4]int // by zone
	microgrids int
	leaderless int // micro-grids without a lead in normal mode
	deputies   int
	volunteers int
	officers   int
	unready    int // posts of officers in the zones that no trained officer can fill
	short      int // micro-grids of the zones where nobody is trained
	hubei      int // of the floating population
	wuhan      int
	wenzhou    int
	stated     int
	source     string
}

// specs: the figures of the zones, the doors and the micro-grids are those of
// seeds 000 and 001, the origins those of seed 003; the people outside the zones
// are ours.
var specs = map[Size]spec{
	Full: {
		size:       Full,
		doors:      [4]int{51438 - 257 - 3510 - 14796, 257, 3510, 14796},
		people:     [4]int{130186 - 701 - 9341 - 35622, 701, 9341, 35622},
		microgrids: 638, leaderless: 27, deputies: 240,
		volunteers: 8000, officers: 700, unready: 24, short: 12,
		hubei: 1785, wuhan: 68, wenzhou: 186,
		stated: 47164, source: "街道上报口径（种子文本所载“三区”涉及人口，含公寓、商场、综合体、园区内未登记到户人员）",
	},
	Community: {
		size:       Community,
		doors:      [4]int{253, 136, 544, 510},
		people:     [4]int{641, 371, 1447, 1228},
		microgrids: 19, leaderless: 1, deputies: 8,
		volunteers: 225, officers: 20, unready: 3, short: 1,
		hubei: 50, wuhan: 3, wenzhou: 6,
		stated: 3120, source: "社区上报口径（含公寓内未登记到户人员，演示数据）",
	},
}

// communityNames in the order of their codes.
var communityNames = []string{"长塘", "东篱", "禾丰", "柳汀", "云溪", "紫荆", "朝晖", "春晓", "丰和",
	"白石", "泗港", "望江", "金谷", "新桥", "兰畦", "南渡", "澄园"}

// communityTypes are the types of community that playbooks tell apart, as tags. No
// community that a zone of the story reaches is without management, so that the
// figures of its teams stay those of the seeds.
var communityTypes = map[string]string{"长塘": "老旧小区", "东篱": "商住混合", "禾丰": "临街单元楼", "白石": "三无小区", "泗港": "老旧小区",
	"金谷": "商住混合", "兰畦": "国际化社区", "南渡": "临街单元楼", "澄园": "三无小区"}

// zoned are the first seven, control reaches into the first five.
const (
	zonedCommunities      = 7
	controlledCommunities = 5
)

// groundSeed fixes streets, buildings and micro-grids: the town is the same one
// whatever the seed, which changes only who lives in it and how they wrote it down.
const groundSeed = 20220301
