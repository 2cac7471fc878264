package people

import (
	"strings"

	"shouwang/internal/fault"
	"shouwang/internal/plan"
)

// ErrSeatPlace says that a post is named without its place.
var ErrSeatPlace = fault.Define(fault.Invalid, "SW-1717",
	"写了常态岗位“{0}”，没有写负责地点编码，此行未写入。请补填负责地点编码。",
	"The post {0} is written without the code of its place; this row was not written. Fill in the code.")

// SeatItem is a post of the everyday playbook as a roll may name it. Deputy says,
// before FindSeat, that the post has a deputy, and in its result that the words
// mean the deputy.
type SeatItem struct {
	ID, ZH, EN string
	Role       string
	Per        string // kind of place
	Count      int
	Deputy     bool
	Require    Require
}

// seatWords are other words for the posts of the everyday playbook, by item.
var seatWords = map[string][]string{
	"lead":       {"网格长", "微格长", "微网格负责人", "小微网格长", "楼栋网格长"},
	"gridworker": {"专职网格员", "专职网格工作者", "网格管理员", "全科网格员"},
	"community":  {"社工", "社区社工", "社区干部", "居委会工作者", "专职社工"},
}

// FindSeat finds the post that a roll's words mean: its title in either language
// or one of its other names, with 副 before it for the deputy.
func FindSeat(words string, items []SeatItem) (SeatItem, plan.Verdict) {
	word := strings.Join(strings.Fields(words), "")
	main, deputy := strings.CutPrefix(word, "副")
	for _, it := range items {
		if deputy && !it.Deputy {
			continue
		}
		for _, name := range append([]string{it.ZH, it.EN, it.ID}, seatWords[it.ID]...) {
			if strings.EqualFold(main, strings.Join(strings.Fields(name), "")) {
				it.Deputy = deputy
				return it, plan.Verdict{}
			}
		}
	}
	var names []string
	for _, it := range items {
		names = append(names, it.ZH)
		if it.Deputy {
			names = append(names, "副"+it.ZH)
		}
	}
	return SeatItem{}, plan.Reject("post", ErrNoPost.With(words, strings.Join(names, "、")))
}
