package exchange

import (
	"strings"

	"shouwang/internal/territory"
)

// word is a catalogue entry: a key and the words that contain it.
type word struct {
	key   string
	words []string
}

func find(cat []word, s string) string {
	s = strings.ToLower(s)
	for _, w := range cat {
		if s == w.key {
			return w.key
		}
		for _, n := range w.words {
			if strings.Contains(s, n) {
				return w.key
			}
		}
	}
	return ""
}

// The catalogues: what people write → the house's keys. Matching is by content, in
// order, so the narrower word stands first.
var (
	tenures = []word{{"rent", []string{"租"}}, {"own", []string{"自住", "自有", "产权", "业主", "自购", "本人房"}},
		{"other", []string{"其他", "其它", "借", "空置", "空关", "宿舍", "公房", "亲属", "寄住"}}}

	groups = []word{
		{"unguarded", []string{"无监护", "留守儿童", "困境儿童", "无人抚养", "孤儿", "事实无人"}},
		{"alone", []string{"独居", "空巢", "孤寡", "孤老"}},
		{"frontline", []string{"抗疫一线", "一线", "医护家属", "军属"}},
		{"pregnant", []string{"孕", "产妇", "待产"}},
		{"mental", []string{"精神", "心理障碍"}},
		{"disabled", []string{"残疾", "残障", "失能", "半失能", "盲", "聋", "视障", "听障", "肢体", "失智"}},
		{"chronic", []string{"慢性病", "慢病", "透析", "大病", "重病", "糖尿病", "高血压", "肿瘤", "化疗", "基础病", "基础疾病"}},
		{"elderly", []string{"老人", "老年", "高龄", "岁以上"}},
		{"child", []string{"儿童", "婴幼儿", "幼儿", "婴儿", "未成年"}},
	}

	needs = []word{
		{"knock-long", []string{"敲门", "听力", "耳背", "听不清"}},
		{"cannot-come-down", []string{"下楼", "行动不便", "卧床", "轮椅", "上门"}},
		{"regular-trips", []string{"透析"}},
		{"medicine", []string{"药"}},
		{"meals", []string{"餐", "送饭", "饮食"}},
		{"no-phone", []string{"不会用手机", "无手机", "没有手机", "无智能"}},
		{"sign", []string{"手语"}},
		{"sudden-trip", []string{"产检", "临产", "分娩"}},
		{"childcare", []string{"带娃", "照看孩子", "照看儿童", "看护儿童", "奶粉"}},
		{"greet-daily", []string{"问候", "每日电话", "探望", "关爱"}},
		{"company", []string{"陪护", "陪同", "陪伴", "照料"}},
	}

	helperKinds = []word{
		{"police", []string{"警"}},
		{"gridworker", []string{"网格员", "专职网格"}},
		{"community", []string{"社工", "社区工作者", "居委", "社区干部"}},
		{"health", []string{"医护", "医生", "护士", "医务", "卫生", "疾控"}},
		{"property", []string{"物业", "保安", "保洁"}},
		{"cadre", []string{"干部", "机关", "下沉", "公务员"}},
		{"volunteer", []string{"志愿", "居民", "义工"}},
	}

	squadKinds = []word{
		{"sampling", []string{"采样", "核酸"}},
		{"medical", []string{"医疗", "医护", "卫生"}},
		{"order", []string{"秩序", "治安", "安保", "公安"}},
		{"logistics", []string{"配送", "物资", "后勤", "运输"}},
		{"care", []string{"关爱", "心理", "照护"}},
		{"general", []string{"综合", "党员", "机动", "通用"}},
	}

	aways = []word{
		{"locked-in", []string{"封在区内", "封控区内", "封在家", "区内"}},
		{"locked-out", []string{"封在区外", "区外", "回不来", "外滞"}},
		{"isolated", []string{"隔离"}},
		{"left", []string{"离开", "离岗", "退出", "搬走", "外出", "请假", "出差", "停用"}},
		{"present", []string{"在位", "在岗", "正常", "可用", "在"}},
	}

	skills = []word{
		{"medic", []string{"医", "护理", "急救", "救护", "红十字"}},
		{"sign", []string{"手语"}},
		{"english", []string{"英语", "英文"}},
		{"translate", []string{"外语", "翻译"}},
		{"dialect", []string{"方言", "土话"}},
		{"accounting", []string{"财会", "会计"}},
		{"counsel", []string{"心理", "疏导", "谈心"}},
		{"fire", []string{"消防", "灭火"}},
		{"law", []string{"法律", "调解", "律师"}},
		{"teach", []string{"教", "辅导", "讲课"}},
		{"arts", []string{"文艺", "唱歌", "舞蹈", "摄影", "书画", "乐器"}},
		{"strength", []string{"体力", "搬运", "力气", "装卸"}},
		{"drive", []string{"驾驶", "开车", "司机", "驾照"}},
		{"repair", []string{"维修", "水电", "电工", "修理"}},
		{"cook", []string{"厨", "做饭", "烹饪"}},
		{"computer", []string{"电脑", "计算机", "信息", "表格"}},
		{"order", []string{"秩序", "治安", "巡逻", "安保", "退伍", "退役"}},
	}

	limits = []word{
		{"lifting", []string{"重物", "搬不动", "不能搬"}},
		{"stairs", []string{"爬楼", "上下楼"}},
		{"standing", []string{"久站"}},
		{"outdoors", []string{"户外"}},
		{"contact", []string{"接触", "感染"}},
		{"night", []string{"夜"}},
	}

	trainings = []word{
		{"sampling", []string{"采样", "核酸"}},
		{"disinfection", []string{"消杀", "消毒"}},
		{"first-aid", []string{"急救", "救护"}},
		{"fire-basic", []string{"消防"}},
		{"protective-basic", []string{"防护", "穿脱", "基础"}},
	}
)

// placeKinds are other words for the kinds of places; territory's own names come first.
var placeKinds = func() map[string]territory.Kind {
	m := map[string]territory.Kind{
		"城市": territory.City, "县": territory.District, "市辖区": territory.District, "区县": territory.District, "镇": territory.Subdistrict, "乡": territory.Subdistrict,
		"街镇": territory.Subdistrict, "居委会": territory.Community, "居委": territory.Community, "村": territory.Community, "小微网格": territory.Microgrid, "微格": territory.Microgrid,
		"楼": territory.Building, "幢": territory.Building, "栋": territory.Building, "楼幢": territory.Building, "住宅楼": territory.Building, "居民楼": territory.Building, "别墅": territory.Building,
		"公寓楼": territory.Apartment, "人才公寓": territory.Apartment, "综合体": territory.Complex, "园区": territory.Park, "产业园": territory.Park, "产业园区": territory.Park,
		"检查点": territory.Checkpoint, "卡点": territory.Checkpoint, "医院": territory.Hospital, "隔离酒店": territory.Isolation, "集中隔离点": territory.Isolation,
		"物资仓库": territory.Warehouse, "核酸采样点": territory.Sampling, "楼道": territory.Unit, "门洞": territory.Unit, "门户": territory.Door, "房屋": territory.Door, "住户": territory.Door, "室": territory.Door,
	}
	for _, k := range territory.Kinds {
		m[k.ZH], m[string(k.Kind)], m[fold(k.EN)] = k.Kind, k.Kind, k.Kind
	}
	return m
}()
