package mode

import (
	"fmt"
	"sort"
	"strings"

	"shouwang/internal/fault"
)

// The faults of a playbook and of measures. Each sentence says what is wrong and
// what to do; nothing is ever written when one of them comes up.
var (
	ErrYAML      = fault.Define(fault.Invalid, "SW-1401", "预案文件读不通：{0}。没有改动任何东西，请改正后再查。", "The playbook cannot be read: {0}. Nothing was changed; mend it and check again.")
	ErrSize      = fault.Define(fault.Invalid, "SW-1402", "预案文件太大或嵌套太深：{0}。请拆小后再查。", "The playbook is too large or nested too deeply: {0}. Make it smaller and check again.")
	ErrAnchor    = fault.Define(fault.Invalid, "SW-1403", "预案里不能用锚点、别名或类型标签（{0}）：请把内容直接写出来，让人一眼看全。", "Anchors, aliases and tags ({0}) are not used in a playbook: write the content out, so that a reader sees it whole.")
	ErrKey       = fault.Define(fault.Invalid, "SW-1404", "不认识的字段「{0}」。请对照字段表改名或删去。", "Unknown field \"{0}\". Rename or remove it; see the list of fields.")
	ErrBasis     = fault.Define(fault.Invalid, "SW-1405", "措施「{0}」没有写法律依据。没有依据的措施不能生效，请补上。", "The measure \"{0}\" names no legal basis. A measure without basis never holds; add one.")
	ErrEnd       = fault.Define(fault.Invalid, "SW-1406", "结束时间（{0}）必须晚于开始时间（{1}）。没有改动任何东西，请改结束时间。", "The end ({0}) must come after the start ({1}). Nothing was changed; choose another end.")
	ErrLongest   = fault.Define(fault.Invalid, "SW-1407", "「{0}」最长只能到 {1}，所填的 {2} 超过了。请改早，到期可再评估。", "\"{0}\" may hold until {1} at the longest; {2} is later. Choose an earlier end; it can be reviewed then.")
	ErrZone      = fault.Define(fault.Invalid, "SW-1408", "预案里没有分区「{0}」。可用的分区：{1}。", "The playbook has no zone \"{0}\". Zones: {1}.")
	ErrText      = fault.Define(fault.Invalid, "SW-1409", "文字缺少{0}。每段文字都要有中文（zh）和英文（en）。", "The text lacks {0}. Every text needs Chinese (zh) and English (en).")
	ErrValue     = fault.Define(fault.Invalid, "SW-1410", "「{0}」的值不对：{1}。", "The value of \"{0}\" is wrong: {1}.")
	ErrMissing   = fault.Define(fault.Invalid, "SW-1411", "缺少字段「{0}」。", "The field \"{0}\" is missing.")
	ErrTwice     = fault.Define(fault.Invalid, "SW-1412", "「{0}」出现了两次。编号只能用一次，请改名或合并。", "\"{0}\" occurs twice. An id is used once; rename or merge.")
	ErrRule      = fault.Define(fault.Invalid, "SW-1413", "表达式有误：{0}。可用的事实见字段表。", "The expression is wrong: {0}. See the list of facts.")
	ErrReach     = fault.Define(fault.Invalid, "SW-1414", "分区「{0}」排不进由宽到严的顺序：{1}。请改 stricter_than。", "The zone \"{0}\" has no place in the order from mild to strict: {1}. Mend stricter_than.")
	ErrLoop      = fault.Define(fault.Invalid, "SW-1415", "opens 绕成了圈：{0}。请断开其中一环。", "The openings run in a circle: {0}. Break one link.")
	ErrNoEnd     = fault.Define(fault.Invalid, "SW-1416", "措施「{0}」没有写最长期限（longest）。没有期限的措施不能生效。", "The measure \"{0}\" has no longest term. A measure without an end never holds.")
	ErrNobody    = fault.Define(fault.Invalid, "SW-1417", "岗位「{0}」谁也不够格：{1}。", "Nobody can ever qualify for the post \"{0}\": {1}.")
	ErrDuration  = fault.Define(fault.Invalid, "SW-1418", "时长「{0}」读不懂。请写成 P14D（十四天）、PT24H（二十四小时）这样。", "The length of time \"{0}\" is not understood. Write P14D for fourteen days, PT24H for twenty-four hours.")
	ErrRole      = fault.Define(fault.Invalid, "SW-1419", "没有「{0}」这个身份。可用：{1}。", "There is no role \"{0}\". Roles: {1}.")
	ErrRef       = fault.Define(fault.Invalid, "SW-1420", "找不到「{0}」。{1}", "\"{0}\" is not found. {1}")
	ErrBase      = fault.Define(fault.Invalid, "SW-1421", "所继承的预案「{0}」不在库里。请先载入它。", "The playbook \"{0}\" that this one extends is not at hand. Load it first.")
	NoteOpens    = fault.Define(fault.Invalid, "SW-1422", "「{0}」要开出的事项还没有声明，先保留并显示；请在 cases 里加上它。", "\"{0}\" opens a case that nobody declares; it is kept and shown. Add it under cases.")
	ErrTighter   = fault.Define(fault.Invalid, "SW-1424", "「{0}」在上级是 {1}，改成 {2} 会加码，下级不能自行加长或收紧，现仍按 {1} 执行。可以：改回 {1}；或者写上自己的法律依据（basis），送上一级决定。", "\"{0}\" is {1} above; {2} would tighten it, which no level below may do by itself, so {1} still holds. Either go back to {1}, or give a legal basis of its own (basis) and let the level above decide.")
	ErrFixed     = fault.Define(fault.Invalid, "SW-1425", "「{0}」（{1}）在预案里标为 fixed，只能由编预案的一级改。请删去这一行，或向上级提出改预案。", "\"{0}\" ({1}) is marked fixed and changed by the playbook's author alone. Remove the line, or ask the level above to change the playbook.")
	ErrTooFar    = fault.Define(fault.Invalid, "SW-1426", "「{0}」在上级是 {1}，最多放宽到 {3} 倍，{2} 太长了。请改短。", "\"{0}\" is {1} above and may be at most {3} times that; {2} is too long. Make it shorter.")
	ErrOverride  = fault.Define(fault.Invalid, "SW-1427", "社区不能设「{0}」：{1}。", "A place cannot set \"{0}\": {1}.")
	ErrBecause   = fault.Define(fault.Invalid, "SW-1428", "「{0}」没有写理由。请在这一项下写 because，或在页首写一句管全页的。", "\"{0}\" gives no reason. Write because under it, or once at the top for the whole page.")
	ErrAddLaw    = fault.Define(fault.Invalid, "SW-1429", "社区不能新增「{0}」：分区和措施是对人的限制，只能由编预案的一级写，并要有依据和期限。可加的有 posts、rounds、cases、notices、goods、warnings。", "A place cannot add \"{0}\": zones and measures restrict people and are written by the playbook's author, with basis and end. It may add posts, rounds, cases, notices, goods and warnings.")
	ErrStillUsed = fault.Define(fault.Invalid, "SW-1430", "「{0}」还有 {1} 要做，关了就没人做。请把它也关掉，或留着这个岗位。", "\"{0}\" still has {1} to do, which nobody would then. Switch that off too, or keep the post.")
	ErrServed    = fault.Define(fault.Invalid, "SW-1490", "事项「{0}」写了 as，就由那一项来办，「{1}」不能再写。请删去其中一个。", "The item \"{0}\" says as, so that noun serves it; \"{1}\" cannot be said too. Remove one of them.")
	ErrTimes     = fault.Define(fault.Invalid, "SW-1491", "事项「{0}」的时限自相矛盾：{1}。请改其中一个。", "The times of \"{0}\" contradict one another: {1}. Mend one of them.")
	ErrHidden    = fault.Define(fault.Invalid, "SW-1492", "保密事项「{0}」只给有「{1}」资格且被指派的人看，不能再写 sees。请删去其中一个。", "The confidential item \"{0}\" is seen by those assigned to it who hold \"{1}\" alone; sees cannot be said too. Remove one of them.")
	ErrNoWayOut  = fault.Define(fault.Invalid, "SW-1493", "交接链「{0}」走不到头：{1}。每一段都要有时限，最后一段要写怎样结束（ends）。", "The chain \"{0}\" never ends: {1}. Every leg needs a time, and the last says how it ends (ends).")
	ErrSet       = fault.Define(fault.Invalid, "SW-1423", "变体不能设「{0}」：{1}。", "A variant cannot set \"{0}\": {1}.")
)

// Problem is one thing wrong with a playbook, or a note about it. Line and
// Column count from 1, in characters.
type Problem struct {
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Code   string `json:"code"`
	ZH     string `json:"zh"`
	EN     string `json:"en"`
}

// String is the problem on one line, as the command line prints it.
func (p Problem) String() string {
	return fmt.Sprintf("%d:%d %s %s", p.Line, p.Column, p.Code, p.EN)
}

// Text returns the sentence in lang, "zh" or "en".
func (p Problem) Text(lang string) string {
	if lang == "en" {
		return p.EN
	}
	return p.ZH
}

// two is an argument that reads differently in the two languages.
type two struct{ zh, en string }

type problems struct{ list []Problem }

// add records a problem at a node; arguments of type two are split by language.
func (ps *problems) add(at *node, d *fault.Def, args ...any) {
	line, col := 1, 1
	if at != nil {
		line, col = at.line, at.col
	}
	ps.addAt(line, col, d, args...)
}

func (ps *problems) addAt(line, col int, d *fault.Def, args ...any) {
	zh, en := make([]any, len(args)), make([]any, len(args))
	for i, a := range args {
		zh[i], en[i] = a, a
		if t, ok := a.(two); ok {
			zh[i], en[i] = t.zh, t.en
		}
	}
	ps.list = append(ps.list, Problem{Line: max(line, 1), Column: max(col, 1), Code: d.Code,
		ZH: clip(d.With(zh...).Text("zh")), EN: clip(d.With(en...).Text("en"))})
}

// clip keeps a sentence printable when it quotes hostile input.
func clip(s string) string {
	s = strings.ToValidUTF8(s, "?")
	if r := []rune(s); len(r) > 400 {
		s = string(r[:400]) + "…"
	}
	return s
}

// maxProblems is how many problems one check names; nobody mends more at once.
const maxProblems = 500

// sorted returns the problems by position, each once.
func (ps *problems) sorted() []Problem {
	sort.SliceStable(ps.list, func(i, j int) bool {
		a, b := ps.list[i], ps.list[j]
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		if a.Column != b.Column {
			return a.Column < b.Column
		}
		return a.Code < b.Code
	})
	var out []Problem
	for i, p := range ps.list {
		if i == 0 || p != ps.list[i-1] {
			out = append(out, p)
		}
		if len(out) == maxProblems {
			break
		}
	}
	return out
}
