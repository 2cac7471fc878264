package demo

// Spot is one invented point of a patrol, and what was found there in its last turns.
type Spot struct {
	Kind    string // of the place it lies at
	Nth     int    // which of that kind in the community, from 0
	Name    string
	Look    string
	Minutes int // one turn
	Been    []Turn
}

// Turn is a visit: how many turns ago, 0 the one that runs, and what was found.
type Turn struct {
	Back           int
	Outcome, Words string
}

// Spots are the points of the community where visitors enter, in walking order: walked all
// day, some already in this turn, two with a finding, one still to do and one where nobody
// came in the last turn. The outcomes are those of the playbook of ordinary times.
var Spots = []Spot{
	{"building", 0, "门厅和地下室", "积水、乱堆的纸箱、消防门能不能推开", 240, []Turn{{1, "in-order", ""}}},
	{"building", 0, "电动车充电棚", "飞线、发烫的插座、灭火器在不在", 240, []Turn{{1, "in-order", ""}, {0, "danger", "雨棚边垂下一截充电线，插座发烫，已先拉闸"}}},
	{"microgrid", 0, "垃圾房", "桶满没满、地面、异味", 240, []Turn{{1, "in-order", ""}, {0, "in-order", ""}}},
	{"microgrid", 0, "水泵房", "门锁、压力表、地面有没有水", 240, []Turn{{2, "in-order", ""}}},
	{"checkpoint", 0, "南门", "消防车道、门禁、栏杆", 240, []Turn{{1, "in-order", ""}, {0, "in-order", ""}}},
	{"checkpoint", 1, "东门", "闸机、路灯、地锁", 240, []Turn{{1, "in-order", ""}, {0, "broken", "闸机读不出卡，杆子抬不起来"}}},
	{"community", 0, "健身角", "器材螺丝、地垫、长椅", 480, []Turn{{1, "in-order", ""}}},
}
