package people

import (
	"strings"

	"shouwang/internal/mode"
)

// lackWords is what is said of one person who lacks something, and of a number
// of people.
var lackWords = map[LackCode]struct{ one, many mode.Text }{
	LackKind:     {mode.Text{ZH: "类别不符", EN: "another kind of helper"}, mode.Text{ZH: "类别不符", EN: "of another kind"}},
	LackLeft:     {mode.Text{ZH: "不再是或还不是志愿者", EN: "no longer a helper, or not yet"}, mode.Text{ZH: "已退出或未加入", EN: "no longer or not yet helpers"}},
	LackAway:     {mode.Text{ZH: "现不在位", EN: "not present"}, mode.Text{ZH: "不在位", EN: "not present"}},
	LackYoung:    {mode.Text{ZH: "年龄未到，或没有登记出生年", EN: "too young, or of unrecorded age"}, mode.Text{ZH: "年龄未到或未登记", EN: "too young or of unrecorded age"}},
	LackOld:      {mode.Text{ZH: "年龄偏大", EN: "above the age limit"}, mode.Text{ZH: "超过年龄", EN: "above the age limit"}},
	LackGuard:    {mode.Text{ZH: "未成年，监护人尚未同意", EN: "a minor whose guardian has not consented"}, mode.Text{ZH: "未成年且监护人未同意", EN: "minors without a guardian's consent"}},
	LackTrained:  {mode.Text{ZH: "尚未受训，训后可上", EN: "not trained yet"}, mode.Text{ZH: "未受训", EN: "not trained"}},
	LackLapsed:   {mode.Text{ZH: "资格不在有效期，复训后可上", EN: "the qualification is not in force; refresh it first"}, mode.Text{ZH: "资格不在有效期", EN: "whose qualification is not in force"}},
	LackCard:     {mode.Text{ZH: "须知卡没看", EN: "has not read the card"}, mode.Text{ZH: "须知卡没看", EN: "who have not read the card"}},
	LackSkill:    {mode.Text{ZH: "没有所需专长", EN: "lacks the skill"}, mode.Text{ZH: "没有所需专长", EN: "without the skill"}},
	LackHours:    {mode.Text{ZH: "每天时间不够", EN: "too few hours a day"}, mode.Text{ZH: "时间不够", EN: "with too few hours"}},
	LackPhone:    {mode.Text{ZH: "不会用手机，可配一位年轻人", EN: "not at ease with a phone; pair with someone"}, mode.Text{ZH: "不会用手机", EN: "not at ease with a phone"}},
	LackOutside:  {mode.Text{ZH: "住在区外，不能进入", EN: "lives outside the closed zone"}, mode.Text{ZH: "住在区外", EN: "living outside the zone"}},
	LackConfined: {mode.Text{ZH: "所住的区不能外出", EN: "confined to their own zone"}, mode.Text{ZH: "被封在别的区内", EN: "confined to another zone"}},
	LackApart:    {mode.Text{ZH: "在封闭区内服务过，离区还没满间隔小时数", EN: "served inside a closed zone, and the hours of the gap are not over"}, mode.Text{ZH: "刚从封闭区出来", EN: "who just served inside a closed zone"}},
	LackBears:    {mode.Text{ZH: "本人说明过不适合这类岗位", EN: "said that such posts are not for them"}, mode.Text{ZH: "本人说明不适合", EN: "who said it is not for them"}},
}

// One is what is said of one person who lacks this.
func (c LackCode) One() mode.Text { return lackWords[c].one }

// Many is what is said of a number of people who lack this.
func (c LackCode) Many() mode.Text { return lackWords[c].many }

// LackText puts lacks into one line. name says what a qualification or a skill is
// called; nil leaves the names out.
func LackText(lacks []Lack, name func(id string) mode.Text) mode.Text {
	var zh, en []string
	for _, l := range lacks {
		t := l.Code.One()
		named := mode.Text{ZH: l.Arg, EN: l.Arg}
		if name != nil && (l.Code == LackTrained || l.Code == LackLapsed || l.Code == LackCard || l.Code == LackSkill) {
			named = name(l.Arg)
		}
		if l.Arg != "" && (name != nil || l.Code == LackYoung || l.Code == LackOld || l.Code == LackHours || l.Code == LackApart) {
			t = mode.Text{ZH: t.ZH + "（" + named.ZH + "）", EN: t.EN + " (" + named.EN + ")"}
		}
		zh, en = append(zh, t.ZH), append(en, t.EN)
	}
	return mode.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}
}
