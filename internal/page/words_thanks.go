package page

// thanksWords are the words of the pages on which residents thank whoever helped.
var thanksWords = map[string][2]string{
	"thanks-link":      {"想谢谢帮忙的人，写一句", "Thank whoever helped"},
	"thanks-head":      {"写一句谢谢", "Say thank you"},
	"thanks-sub":       {"不用注册。社区看过以后转给他们；您不知道名字也能谢。", "No account. The community looks at it and passes it on; you need not know a name."},
	"thanks-whom":      {"谢谁", "Whom"},
	"thanks-words":     {"想说的话", "Your words"},
	"thanks-hint":      {"最多 300 字。不要写电话、证件号、网址。", "300 characters at most. No telephone or identity numbers, no web addresses."},
	"thanks-from":      {"落款（可以不填，如“三楼住户”）", "Signed (optional, e.g. third floor)"},
	"thanks-send":      {"送出", "Send"},
	"thanks-said":      {"收到，谢谢您。社区看过以后转给他们。", "Received, thank you. The community passes it on once they have looked at it."},
	"thanks-many":      {"这里刚刚写了很多句，请过几分钟再写。写过的都在。", "Many were written here just now. Wait some minutes; what was written is safe."},
	"thanks-private":   {"他们只看到您写的话、落款和是哪栋楼，看不到门牌。", "They see your words, how you signed and which building, never the door."},
	"thanks-back":      {"回到上一页", "Back"},
	"track-thank":      {"谢谢帮您的人", "Thank whoever helped you"},
	"track-thank-note": {"您不用知道是谁。社区看过以后转给他。", "You need not know who it was. The community looks at it and passes it on."},
	"track-thanked":    {"您的谢谢已经收到，社区看过以后转给他。", "Your thanks were received; the community passes them on."},
}
