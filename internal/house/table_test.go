package house

// floors says on which floor each room stands. A room imports only rooms on
// lower floors; rooms of one floor never import one another. A folder below a
// room (store/pgtest) belongs to the room.
var floors = map[string]int{
	// 0: know nothing of ours.
	"journal": 0, "fault": 0, "seal": 0, "plan": 0, "rule": 0, "table": 0,
	"text": 0, "address": 0, "identity": 0, "web": 0,
	"playbooks":    0, // the folder beside internal: files and their embedding
	"solve/assign": 0, "solve/roster": 0, "solve/partition": 0, "solve/link": 0, "solve/load": 0,
	// 1 to 3: the ground, who may, and what stands on it.
	"territory": 1,
	"access":    2, "round": 2,
	"register": 3, "mode": 3, "custody": 3,
	// 4: the terms of the formula; never one another.
	"need": 4, "risk": 4, "people": 4, "goods": 4, "notice": 4,
	// 5: the formula's sum.
	"dispatch": 5, "oversight": 5,
	// 6: files in and out; the invented world; all SQL.
	"exchange": 6, "demo": 6, "store": 6,
	// 7: the outside.
	"api": 7, "page": 7, "live": 7, "worker": 7, "backup": 7,
	// 8 and 9: wiring and the binary.
	"app":          8,
	"cmd/shouwang": 9,
}

// everywhere are the rooms that their own floor may import too: a fault is the
// one language in which every room, floor 0 included, says what went wrong.
var everywhere = map[string]bool{"fault": true}

// keepers says who alone may import a package of the outside world (or one below
// it). An empty list means nobody.
var keepers = map[string][]string{
	"database/sql":                   {"store"},
	"modernc.org/sqlite":             {"store"},
	"github.com/jackc/pgx/v5":        {"store"},
	"github.com/pressly/goose/v3":    {"store"},
	"net/http":                       {"api", "page", "live", "exchange", "notice", "app"},
	"github.com/danielgtaylor/huma":  {"api"},
	"github.com/alecthomas/kong":     {"cmd/shouwang", "app"},
	"github.com/xuri/excelize/v2":    {"exchange", "demo", "table"},
	"github.com/cedar-policy":        {"access"},
	"cel.dev/cel-go":                 {"rule"},
	"github.com/tink-crypto/tink-go": {"seal"},
	"C":                              {},
	"unsafe":                         {},
}

// badNames are package names that say nothing.
var badNames = map[string]bool{
	"util": true, "utils": true, "common": true, "model": true, "models": true,
	"manager": true, "managers": true, "helper": true, "helpers": true,
	"misc": true, "shared": true, "lib": true, "base": true, "core": true,
}

// clockFree are the places where reading the machine's clock is right; anywhere
// else the time comes in as an argument.
var clockFree = []string{"app", "cmd/shouwang", "bench", "script", "test"}

// badWords may not stand in a route or in a text on the screen: they would be a
// contest, a streak or a time sheet in normal mode.
var badWords = []string{
	"排行", "排名", "积分榜", "红黑榜", "龙虎榜", "光荣榜", "连续签到", "连续打卡", "在线时长", "活跃度", "末位",
	"leaderboard", "ranking", "streak", "online time", "online-time", "online_time", "onlinetime", "top performer",
}

// Limits of size, in lines.
const (
	maxFile     = 500
	softFunc    = 80
	maxFunc     = 120
	printLength = 3
)
