package page

// largeWords are the words of the page with three large keys.
var largeWords = map[string][2]string{
	"large-link":      {"大字三个键：打电话、我挺好、我要帮忙", "Three large keys: call, I am fine, I need help"},
	"large-hello":     {"您好", "Hello"},
	"large-today":     {"今天 {0}", "Today, {0}"},
	"large-call":      {"打电话", "Call"},
	"large-call-to":   {"找{0}", "{0}"},
	"large-fine":      {"我挺好", "I am fine"},
	"large-help":      {"我要帮忙", "I need help"},
	"large-got":       {"知道了，谢谢您", "Thank you, noted"},
	"large-got-say":   {"每天有人问候的，今天的平安记下了。", "If somebody greets you every day, today's word is noted."},
	"large-got-else":  {"没有人每天问候您家的，这一下不会有人收到。想要人每天问候，请打电话说一声。", "If nobody greets you every day, nobody receives this. To be greeted, call and say so."},
	"large-none":      {"没有人收到", "Nobody received this"},
	"large-none-say":  {"这里现在没有每日问候，这一下没有记下。要人知道您平安，请打电话。", "There is no daily greeting here now, so nothing was noted. To let somebody know, please call."},
	"large-wrong":     {"点错了，我要帮忙", "Not so: I need help"},
	"large-back":      {"回到三个键", "Back to the three keys"},
	"large-120":       {"急病打 120", "Very ill: call 120"},
	"large-usual":     {"看今天的规定和通知", "Today's rules and notices"},
	"large-first":     {"以后扫码先看这一页", "Open this page first from now on"},
	"large-first-say": {"您家的门口码以后一扫就是这三个大键，随时能改回。", "Your door's code will open these three keys. You can change it back at any time."},
	"large-not-first": {"以后扫码先看普通页", "Open the usual page first from now on"},
	"large-more":      {"别的事", "Something else"},
}
