package page

// neighbourWords are the words of the board of neighbours.
var neighbourWords = map[string][2]string{
	"board-link":      {"邻里互助板：搭把手、借个东西", "Neighbours: a hand, a thing to borrow"},
	"board-head":      {"邻里互助", "Neighbours"},
	"board-sub":       {"本楼邻居要什么、能帮什么。不写姓名和门牌，电话不会给别人。", "What neighbours of this house ask and offer. No names, no doors; no number is passed on."},
	"board-when":      {"{0} 贴出，到 {1} 自动撤下", "put up {0}, comes down by itself {1}"},
	"board-answer":    {"回一句话", "Answer in a word"},
	"board-relay":     {"由系统转给对方，您会有一页专门看回话。请不要写电话和门牌。", "It is passed on for you; you get a page of your own for the answer. Leave out numbers and doors."},
	"board-send":      {"送出", "Send"},
	"board-report":    {"这条不合适，告诉社区", "This does not belong here: tell the community"},
	"board-reported":  {"已告诉社区。几个人都说不合适的，会先收下。", "The community was told. What several report is taken down meanwhile."},
	"board-none":      {"现在没有人贴。可以先贴一条。", "Nothing is up now. You may put up the first."},
	"board-own":       {"我来贴一条", "Put up my own"},
	"board-rules":     {"急事、看病、心里的事不上这里，请点“要帮忙”。没人接的，到时交给社区。", "What is urgent, medical or private does not belong here: use “I need help”. What nobody takes goes to the community in its time."},
	"talk-head":       {"和邻居说", "You and your neighbour"},
	"talk-note":       {"只有你们两家和社区看得到。存下这一页，回话就在这里。", "Only the two of you and the community see this. Keep this page: the answer comes here."},
	"talk-say":        {"再说一句", "Say more"},
	"talk-neighbours": {"邻居的回话", "What neighbours answered"},
	"talk-none":       {"还没有人回。有人回了，就在这里。", "Nobody has answered yet. Answers come here."},
	"talk-met":        {"邻居帮上了，谢谢", "A neighbour has helped, thank you"},
	"talk-me":         {"您", "You"},
	"talk-them":       {"邻居", "Neighbour"},
	"talk-relayed":    {"已转给邻居", "Passed on to your neighbour"},
	"talk-answered":   {"邻居回话", "Your neighbour answers"},
	"talk-sent":       {"已转给邻居。", "Passed on to your neighbour."},
}
