package page

// askWords are the words of the page on which somebody answers a call.
var askWords = map[string][2]string{
	"ask-from":        {"{0}问您", "{0} asks you"},
	"ask-until":       {"请在 {0} 前回答", "Please answer by {0}"},
	"ask-tail":        {"您手机号的后四位", "Last four digits of your number"},
	"ask-why":         {"用来确认是您本人。链接转给别人，别人不能替您回答。", "So that we know it is you. Nobody to whom this is passed on can answer for you."},
	"ask-yes":         {"能来", "I can come"},
	"ask-no":          {"来不了", "I cannot"},
	"ask-later":       {"再说", "Not sure yet"},
	"ask-change":      {"改主意了", "I changed my mind"},
	"ask-said-yes":    {"记下了：能来。谢谢您！", "Noted: you can come. Thank you!"},
	"ask-said-no":     {"记下了：来不了。没关系，谢谢告诉我们。", "Noted: you cannot come. That is all right, thank you for telling us."},
	"ask-said-late":   {"记下了：再说。时间到之前都可以改。", "Noted: not sure yet. You may change it until the time is over."},
	"ask-scene":       {"我到了，现场交给我", "I am there, I take it"},
	"ask-scene-note":  {"到了再点。点了就由您负责现场，直到交给下一位或外面的队伍。", "Tap it when you are there. You then answer for the scene until it is handed on or a crew from outside has it."},
	"ask-scene-mine":  {"现场由您负责", "You answer for the scene"},
	"ask-scene-on":    {"要换人、已经平息、外面的队伍到了：打电话给社区，由社区记下。", "To be relieved, when it is settled, when the crew is there: telephone the community, who record it."},
	"ask-scene-taken": {"现场由{0}负责，到了请找这位", "{0} answers for the scene: find them there"},
	"ask-over":        {"这件事已经结束，您不用来了，谢谢。", "This has ended; you need not come. Thank you."},
	"ask-enough":      {"人手已经够了，您不用来了，谢谢。", "Enough people have come; you need not. Thank you."},
	"ask-withdrawn":   {"已撤回：{0}", "Withdrawn: {0}"},
	"ask-free":        {"来不来都由您，不记分，不比较。改主意了，再答一次就行。", "It is yours to decide; nothing is scored or compared. Answer again if you change your mind."},
}
