package page

// boardWords are the words of a building's board on paper.
var boardWords = map[string][2]string{
	"board":         {"楼栋板", "Building board"},
	"board-title":   {"楼栋板 {0}", "Building board {0}"},
	"board-missing": {"还差 {0} / {1} 户", "{0} of {1} doors left"},
	"board-scan":    {"扫码看现在的楼栋板", "Scan for the board as it is now"},
	"board-login":   {"要登录", "sign in to see it"},
	"board-due":     {"截止 {0}", "due {0}"},
	"board-calm":    {"现在没有打开的排查", "no round is open"},
	"board-since":   {"{0} 印出之后的变化，写在这里", "What changed after {0}"},
	"board-means":   {"图例", "Key"},
	"board-care":    {"要什么帮助，看屏幕。", "What help: see the screen."},
	"board-destroy": {"过时即销毁，不拍照、不外传", "Destroy when out of date. No photos."},
	"people-here":   {"{0} 人", "{0} p."},
	"when":          {"几点", "When"},
	"by-whom":       {"谁记", "By"},
	"tone-todo":     {"没敲", "To do"},
	"tone-ok":       {"在家", "At home"},
	"tone-help":     {"要帮忙", "Help"},
	"tone-again":    {"没人应", "No answer"},
	"tone-refused":  {"不愿说", "Refused"},
	"tone-gone":     {"搬走了", "Moved"},
	"tone-none":     {"本轮不问", "not asked"},
}
