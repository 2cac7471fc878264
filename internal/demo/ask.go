package demo

import "time"

// Asked is one invented need of the demonstration: what a resident of some door asked
// for, how long ago, and how far it came.
type Asked struct {
	Door  int           // which door of the community, counted on
	Ago   time.Duration // before the demonstration was made
	Item  string        // catalogue item
	Words string
	Took  time.Duration // from the asking to the taking; 0: nobody took it yet
	Done  time.Duration // from the asking to the answer; 0: not answered
	Reply string
	Met   string // who met it
	Proof string
	Rate  int  // what the resident gave it; 0: they have not said yet that it is good
	Again bool // the resident sent it back once
}

// asked are the everyday needs that the demonstration repeats, with what was done.
var asked = []struct{ item, words, reply, proof string }{
	{"repair", "厨房水龙头关不严，滴了两天了", "水暖工换了阀芯，当面试过不滴", "工单 0417"},
	{"garbage", "二楼楼道堆了旧沙发，推车过不去", "和住户说好搬走了，楼道已清", "楼道照片 3 张"},
	{"environment", "儿童滑梯边上积水，孩子老滑倒", "疏通了地漏，铺了防滑垫", "现场照片 2 张"},
	{"medicine", "父亲的降压药还剩三天，走不开", "凭旧处方在社区医院取回，送到门口", "小票 20731"},
	{"hazard", "有人从五楼拉线到楼下给电瓶车充电", "线已收，楼下充电棚给他留了位", "整改单 118"},
	{"certificate", "孩子上学要居住证明，不知道带什么", "材料清单说清了，当天开好", "证明编号 0926"},
	{"consultation", "高龄津贴从几岁开始领", "满八十岁当月起，告诉了在哪里办", "通话记录"},
	{"repair", "楼道三层的灯坏了，老人看不见台阶", "换了声控灯", "工单 0433"},
	{"suggestion", "快递架能不能搬到雨棚下面", "和物业一起挪好了", "照片 1 张"},
	{"home-service", "腿摔了下不了楼，社保认证要到期了", "上门用手机认证好了", "认证回执"},
	{"neighbour-help", "想请人帮忙把米抬上六楼", "对门小伙子顺手抬上去了", "邻居当面说的"},
	{"care", "妈妈住院，家里孩子晚上没人看", "楼上阿姨晚饭后带到九点", "家长电话确认"},
	{"repair-urgent", "水管爆了，楼下都淋湿了", "十五分钟关阀，晚上修好恢复供水", "抢修单 77"},
	{"garbage", "垃圾房夏天味道大", "改成一天清三次，冲洗过", "保洁记录"},
}

// Doses are invented medicines and in how many days they run out.
var Doses = []struct {
	Medicine string
	Days     int
}{{"氨氯地平 5 毫克，早上一片", 8}, {"胰岛素笔芯，每日两次", 21}}

// Asks invents the needs of one community over the last weeks, the earliest first: most
// are closed, and the later ones met more often by neighbours and volunteers; the last
// hours hold open ones in every stage. n is about how many are closed.
func Asks(seed uint64, n int) []Asked {
	d := newDice(seed, 900)
	const day = 24 * time.Hour
	out := make([]Asked, 0, n+8)
	for i := range n {
		x := asked[d.IntN(len(asked))]
		late := float64(i) / float64(max(n, 1)) // 0 the earliest, 1 the last
		met := "government"
		switch r := d.Float64(); {
		case x.item == "neighbour-help" || x.item == "care" || r < .15+.3*late:
			met = []string{"neighbour", "volunteer", "self"}[d.IntN(3)]
		case r < .75:
			met = "community"
		}
		ago := time.Duration(float64(80*day) * (1 - late))
		out = append(out, Asked{Door: d.IntN(1000), Ago: ago + 4*day + time.Duration(d.IntN(600))*time.Minute, Item: x.item, Words: x.words, Took: time.Duration(5+d.IntN(40)) * time.Minute,
			Done: time.Duration(2+d.IntN(20)) * time.Hour, Reply: x.reply, Met: met, Proof: x.proof, Rate: 1 + min(2, d.IntN(6)), Again: d.IntN(12) == 0})
	}
	return append(out,
		Asked{Door: 3, Ago: 26 * time.Hour, Item: "hazard", Words: "三单元门口的井盖松了，踩上去会翘", Took: time.Hour},
		Asked{Door: 17, Ago: 20 * time.Hour, Item: "see-doctor", Words: "每周二、四、六透析，明天上午九点要到区医院", Took: 10 * time.Minute},
		Asked{Door: 29, Ago: 9 * time.Hour, Item: "repair", Words: "卫生间地漏返味", Took: 30 * time.Minute, Done: 6 * time.Hour, Reply: "换了防臭芯", Met: "community", Proof: "工单 0451"},
		Asked{Door: 41, Ago: 5 * time.Hour, Item: "dispute", Words: "楼上夜里装修到十一点，说过两次不听"},
		Asked{Door: 8, Ago: 3 * time.Hour, Item: "medicine", Words: "胰岛素只够用到明天晚上", Took: 12 * time.Minute},
		Asked{Door: 52, Ago: 100 * time.Minute, Item: "garbage", Words: "地下车库入口有人倒了装修垃圾"},
		Asked{Door: 63, Ago: 35 * time.Minute, Item: "hardship", Words: "丈夫失业三个月，想问救助怎么申请"},
		Asked{Door: 12, Ago: 12 * time.Minute, Item: "repair-urgent", Words: "电梯停在七楼，里面好像有人"},
	)
}
