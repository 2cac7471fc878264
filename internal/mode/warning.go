package mode

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"shouwang/internal/plan"
	"shouwang/internal/rule"
)

// What a warning may be about.
const (
	AboutHousehold = "household"
	AboutCase      = "case"
	AboutNeeds     = "needs"
	AboutHelper    = "helper"
)

// Abouts lists what a warning may be about.
var Abouts = []string{AboutHousehold, AboutCase, AboutNeeds, AboutHelper}

// WarningItem is a rule that tells the people of a place of something to look after:
// what it asks for, why, what may be done by one tap, and how long it then rests. It
// is about a state of things and never compares people.
type WarningItem struct {
	ID     string
	Title  Text
	About  string
	When   string // CEL over the figures of one subject
	Basis  Text   // which records it leans on
	Reason Text   // said with the warning; {name} is a figure
	Opens  string // the case item that one tap opens at the subject's place; empty: the tap opens the subject's page
	Sees   []string
	Quiet  Span
	Added  string // path of the place that added it; empty for the version's own
	when   *rule.Expr
}

// Tells says whether the rule tells a role. Whatever it names, households are not for the
// command and helpers not for leads: the condition itself would say too much to them.
func (x *WarningItem) Tells(role string) bool {
	return in(x.Sees, role) && !(x.About == AboutHousehold && role == "commander") && !(x.About == AboutHelper && role == "lead")
}

// Print names the content of the rule, so that a warning keeps by which it was raised.
func (x *WarningItem) Print() string {
	return plan.NewPrint().Text(x.ID, x.About, x.When, x.Reason.ZH, x.Reason.EN, x.Opens, strings.Join(x.Sees, " "), x.Quiet.Text).ID()
}

// Holds says whether the rule raises a warning about a subject. An error, of cost for
// instance, is never a yes.
func (x *WarningItem) Holds(f Figures) (bool, error) {
	if x.when == nil {
		return false, nil
	}
	return x.when.Bool(map[string]any{x.About: f})
}

// Figures are what rules may ask of one subject: HouseholdFigures, CaseFigures,
// NeedsFigures or HelperFigures.
type Figures interface {
	Said(english bool) map[string]string
}

// HouseholdFigures are those of one door. Days count from the newest of a visit or
// greeting that was recorded, a confirmed entry or a case; -1: none was ever recorded.
type HouseholdFigures struct {
	People          int64 `cel:"people"`
	Vulnerable      bool  `cel:"vulnerable"`
	DaysSilent      int64 `cel:"days_silent"`
	DaysUnconfirmed int64 `cel:"days_unconfirmed"`
}

// CaseFigures are those of one open case that was not told in confidence.
type CaseFigures struct {
	Item        string `cel:"item"`
	Urgency     string `cel:"urgency"`
	Stage       string `cel:"stage"`
	Taken       bool   `cel:"taken"`
	HoursLate   int64  `cel:"hours_late"`
	HoursSilent int64  `cel:"hours_silent"` // since its last step
	Climbed     int64  `cel:"climbed"`
}

// NeedsFigures are those of one kind of need in one building over seven days.
type NeedsFigures struct {
	Item  string `cel:"item"`
	Count int64  `cel:"count"`
	Doors int64  `cel:"doors"`
}

// HelperFigures are those of one helper, by the rest rules of service hours alone.
type HelperFigures struct {
	NeedsRest bool     `cel:"needs_rest"`
	Why       []string `cel:"why"` // hours, nights, days
}

func num(n int64) string { return fmt.Sprint(n) }

// Said are the figures as a reason names them.
func (f HouseholdFigures) Said(bool) map[string]string {
	return map[string]string{"people": num(f.People), "days_silent": num(f.DaysSilent), "days_unconfirmed": num(f.DaysUnconfirmed)}
}

// Said are the figures as a reason names them.
func (f CaseFigures) Said(bool) map[string]string {
	return map[string]string{"hours_late": num(f.HoursLate), "hours_silent": num(f.HoursSilent), "climbed": num(f.Climbed)}
}

// Said are the figures as a reason names them.
func (f NeedsFigures) Said(bool) map[string]string {
	return map[string]string{"count": num(f.Count), "doors": num(f.Doors)}
}

var restWords = map[string]Text{
	"hours": {"一天一夜里值了 10 小时以上", "10 hours or more within a day and night"}, "nights": {"七天里值了 3 个夜班以上", "3 nights or more of the last seven"},
	"days": {"连着 6 天没有歇", "6 days without a day off"},
}

// Said are the figures as a reason names them.
func (f HelperFigures) Said(english bool) map[string]string {
	var list []string
	for _, w := range f.Why {
		if list = append(list, restWords[w].ZH); english {
			list[len(list)-1] = restWords[w].EN
		}
	}
	return map[string]string{"why": strings.Join(list, map[bool]string{true: "; ", false: "；"}[english])}
}

// samples gives the types of figures, by what they are about.
var samples = map[string]Figures{AboutHousehold: HouseholdFigures{}, AboutCase: CaseFigures{}, AboutNeeds: NeedsFigures{}, AboutHelper: HelperFigures{}}

var (
	warnOnce sync.Once
	warnEnvs = map[string]*rule.Env{}
)

func warnEnv(about string) *rule.Env {
	warnOnce.Do(func() {
		for k, v := range samples {
			e, err := rule.NewEnv(rule.Spec{Vars: map[string]any{k: v}})
			if err != nil {
				panic(err)
			}
			warnEnvs[k] = e
		}
	})
	return warnEnvs[about]
}

// Compiled is the rule ready for use, or what is wrong with its condition.
func (x WarningItem) Compiled() (WarningItem, []rule.Issue) {
	env := warnEnv(x.About)
	if env == nil {
		return x, []rule.Issue{{Line: 1, Column: 1, Message: "about: " + strings.Join(Abouts, " ")}}
	}
	var issues []rule.Issue
	x.when, issues = env.Compile(x.When)
	return x, issues
}

// Say is the reason of a warning with the figures it leans on, in the two languages.
func (x *WarningItem) Say(f Figures) Text {
	fill := func(s string, english bool) string {
		for k, v := range f.Said(english) {
			s = strings.ReplaceAll(s, "{"+k+"}", v)
		}
		return s
	}
	return Text{fill(x.Reason.ZH, false), fill(x.Reason.EN, true)}
}

var figureName = regexp.MustCompile(`\{([^{}]*)\}`)

// unknownFigure is the first name in a reason that is no figure of the subject.
func unknownFigure(about, reason string) string {
	f, ok := samples[about]
	if !ok {
		return ""
	}
	said := f.Said(false)
	for _, m := range figureName.FindAllStringSubmatch(reason, -1) {
		if _, ok := said[m[1]]; !ok {
			return m[1]
		}
	}
	return ""
}

func warningItem(n *node, ps *problems) WarningItem {
	x := WarningItem{ID: n.get("id").str(), Title: text(n.get("title"), ps), About: n.get("about").str(), When: n.get("when").str(),
		Basis: text(n.get("basis"), ps), Reason: text(n.get("reason"), ps), Opens: strings.TrimPrefix(n.get("opens").str(), "case."), Sees: n.get("sees").strs(), Quiet: span(n.get("quiet"), ps)}
	x, _ = x.Compiled()
	return x
}

// warning names what is wrong with a rule.
func (c *checker) warning(x WarningItem, n *node) {
	if _, issues := x.Compiled(); len(issues) > 0 && n.get("when") != nil && slices.Contains(Abouts, x.About) {
		for _, is := range issues {
			c.issue(n.get("when"), is.Line, is.Column, is.Message)
		}
	}
	for _, lang := range []string{"zh", "en"} {
		c.reason(x.About, n.get("reason").get(lang))
	}
	c.opens(n.get("opens").str(), n.get("opens"), "warnings."+x.ID)
	if x.About == AboutHelper && x.Opens != "" {
		c.ps.add(n.get("opens"), ErrValue, "opens", two{"志愿者的提醒不开办件", "a warning about a helper opens no case"})
	}
	if slices.ContainsFunc(x.Sees, func(r string) bool { return !x.Tells(r) }) {
		c.ps.add(n.get("sees"), ErrValue, "sees", two{"这个角色看不到这类对象：住户的提醒不给指挥部，志愿者的提醒不给微网格长", "this role may not see such subjects: households are not for the command, helpers not for leads"})
	}
}

func (c *checker) reason(about string, n *node) {
	if name := unknownFigure(about, n.str()); name != "" {
		c.ps.add(n, ErrValue, "{"+name+"}", two{"没有这个数字", "there is no such figure"})
	}
}

// Warning returns the rule of an id that this version declares.
func (p *Playbook) Warning(id string) (WarningItem, bool) {
	return own(p.Warnings, id, func(x WarningItem) string { return x.ID })
}

// put writes one setting into a rule.
func (x *WarningItem) put(l Local) {
	switch l.Field {
	case "title":
		x.Title = l.Words
	case "reason":
		x.Reason = l.Words
	case "when":
		x.When = l.Text
		*x, _ = x.Compiled()
	case "quiet":
		x.Quiet = l.Span
	}
}

// value is a field of a rule as it stands.
func (x *WarningItem) value(name string) any {
	switch name {
	case "title":
		return x.Title
	case "reason":
		return x.Reason
	case "when":
		return x.When
	}
	return x.Quiet.Text
}

// rule checks what a place changes in a rule as the loader would.
func (r *overReader) rule(id, name string, n *node) {
	x, _ := r.at.Warning(id)
	c := &checker{p: r.base, ps: r.ps}
	switch name {
	case "when":
		x.When = n.str()
		if _, issues := x.Compiled(); n.kind != 's' || len(issues) > 0 {
			c.issue(n, 1, max(issuesAt(issues).Column, 1), issuesAt(issues).Message)
		}
	case "reason":
		c.reason(x.About, n.get("zh"))
		c.reason(x.About, n.get("en"))
	}
}

func issuesAt(list []rule.Issue) rule.Issue {
	if len(list) == 0 {
		return rule.Issue{Message: "must be text"}
	}
	return list[0]
}

// InForce is one rule in force at a place, with the playbook that declares it.
type InForce struct {
	WarningItem
	Book *Playbook
}

// Rules lists the rules in force at a place. An incident's stands in the place of the
// everyday one of the same id.
func (f Force) Rules() (out []InForce) {
	at := map[string]int{}
	for _, b := range f {
		for _, x := range b.Warnings {
			if i, ok := at[x.ID]; ok {
				out[i] = InForce{x, b}
				continue
			}
			at[x.ID] = len(out)
			out = append(out, InForce{x, b})
		}
	}
	return out
}

// RulePage is the text of a page that changes one rule of a playbook, or adds it where
// the playbook has none of that id, or switches it off.
func RulePage(at *Playbook, x WarningItem, own, off bool, because string) ([]byte, error) {
	page := map[string]any{"overrides": at.ID, "because": because}
	key := "warnings." + x.ID
	switch {
	case off:
		page["off"] = []string{key}
	case own:
		item := map[string]any{"id": x.ID, "title": x.Title, "about": x.About, "when": x.When, "basis": x.Basis, "reason": x.Reason, "sees": x.Sees, "quiet": x.Quiet.Text}
		if x.Opens != "" {
			item["opens"] = "case." + x.Opens
		}
		page["add"] = map[string]any{"because": because, "warnings": []any{item}}
	default:
		page["set"] = map[string]any{key + ".when": x.When, key + ".quiet": x.Quiet.Text, key + ".title": x.Title, key + ".reason": x.Reason}
	}
	return json.Marshal(page)
}

// Worded says whether title, basis and reason stand in both languages and name known
// figures alone; else which name is not known.
func (x *WarningItem) Worded() (name string, ok bool) {
	for _, t := range []Text{x.Title, x.Basis, x.Reason} {
		if t.ZH == "" || t.EN == "" {
			return "—", false
		}
	}
	for _, s := range []string{x.Reason.ZH, x.Reason.EN} {
		if name := unknownFigure(x.About, s); name != "" {
			return "{" + name + "}", false
		}
	}
	return "", true
}
