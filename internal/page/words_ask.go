package page

// askWords are the words of the page on which somebody answers a call.
var askWords = map[string][2]string{
	"ask-from":      {"{0}问您", "{0} asks you"},
	"ask-until":     {"请在 {0} 前回答", "Please answer by {0}"},
	"ask-tail":      {"您手机号的后四位", "Last four digits of your number"},
	"ask-why":       {"用来确认是您本人。链接转给别人，别人不能替您回答。", "So that we know it is you. Nobody to whom this is passed on can answer for you."},
	"ask-yes":       {"能来", "I can come"},
	"ask-no":        {"来不了", "I cannot"},
	"ask-later":     {"再说", "Not sure yet"},
	"ask-change":    {"改主意了", "I changed my mind"},
	"ask-said-yes":  {"记下了：能来。谢谢您！", "Noted: you can come. Thank you!"},
	"ask-said-no":   {"记下了：来不了。没关系，谢谢告诉我们。", "Noted: you cannot come. That is all right, thank you for telling us."},
	"ask-said-late": {"记下了：再说。时间到之前都可以改。", "Noted: not sure yet. You may change it until the time is over."},
	"ask-over":      {"这件事已经结束，您不用来了，谢谢。", "This has ended; you need not come. Thank you."},
	"ask-enough":    {"人手已经够了，您不用来了，谢谢。", "Enough people have come; you need not. Thank you."},
	"ask-withdrawn": {"已撤回：{0}", "Withdrawn: {0}"},
	"ask-free":      {"来不来都由您，不记分，不比较。改主意了，再答一次就行。", "It is yours to decide; nothing is scored or compared. Answer again if you change your mind."},
}
