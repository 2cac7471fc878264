package shift

import (
	"strconv"
	"strings"

	"shouwang/internal/mode"
	"shouwang/internal/people"
)

var breakWords = map[string]mode.Text{
	BreakTime:   {ZH: "这一班的时间已过，或结束早于开始", EN: "the shift is over, or ends before it starts"},
	BreakTwice:  {ZH: "这个时间已有别的班", EN: "has another shift at that time"},
	BreakRest:   {ZH: "两班之间休息不足 {0} 小时", EN: "less than {0} hours of rest between two shifts"},
	BreakLong:   {ZH: "超过这类人一班最长 {0} 小时", EN: "longer than the {0} hours that they may stand"},
	BreakYoung:  {ZH: "不满 {0} 岁，或年龄未登记", EN: "below {0}, or of unknown age"},
	BreakMinor:  {ZH: "未成年人只排 8:00 到 {0}:00", EN: "a minor stands between 8:00 and {0}:00 alone"},
	BreakInARow: {ZH: "连续上岗超过 {0} 天", EN: "more than {0} days in a row"},
}

// Say is a break in words.
func (b Break) Say() mode.Text {
	t, n := breakWords[b.Code], strconv.Itoa(b.Arg)
	return mode.Text{ZH: strings.ReplaceAll(t.ZH, "{0}", n), EN: strings.ReplaceAll(t.EN, "{0}", n)}
}

// Why puts what stands in somebody's way into one line; empty for nothing.
func Why(lacks []people.Lack, breaks []Break) mode.Text {
	var zh, en []string
	if len(lacks) > 0 {
		t := people.LackText(lacks, nil)
		zh, en = append(zh, t.ZH), append(en, t.EN)
	}
	seen := map[string]bool{}
	for _, b := range breaks {
		if !seen[b.Code] {
			seen[b.Code] = true
			t := b.Say()
			zh, en = append(zh, t.ZH), append(en, t.EN)
		}
	}
	return mode.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}
}

// Never says whether among the breaks is one that no exception lifts: nobody stands
// in two places, and no shift is stood when it is over.
func Never(breaks []Break) bool {
	for _, b := range breaks {
		if b.Code == BreakTime || b.Code == BreakTwice {
			return true
		}
	}
	return false
}
