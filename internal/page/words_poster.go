package page

// posterWords are the words of the sheet for a notice board, and of the question which
// door somebody means who read its code.
var posterWords = map[string][2]string{
	"poster-head":     {"要帮忙，扫一下", "Need help? Scan"},
	"poster-sub":      {"不用注册，不收费。点一张图就登记，马上给您一个号码，能看办到哪一步。", "No account, no charge. Tap a picture: it is recorded, you get a number and see how it goes."},
	"poster-help":     {"要人帮忙", "Help"},
	"poster-medicine": {"看病拿药", "Medicine"},
	"poster-repair":   {"报修", "Repairs"},
	"poster-hazard":   {"安全隐患、环境", "Hazards, rubbish"},
	"poster-door":     {"说哪一户就行；环境、隐患的事不用说门牌。", "Say which door; hazards and rubbish need none."},
	"poster-call":     {"不用手机：打电话，或请邻居代扫。", "No phone for this? Call, or ask a neighbour to scan."},
	"poster-120":      {"急病 120 · 着火 119 · 报警 110", "Very ill 120 · fire 119 · police 110"},
	"where-door":      {"哪一户？（环境、隐患、公共的事不用写）", "Which door? (Not for rubbish, hazards and what is everybody’s)"},
	"where-hint":      {"例如 2单元 502，或 502", "e.g. 2-502, or 502"},
	"where-else":      {"居民写的位置：", "Place, in the resident's words: "},
}
