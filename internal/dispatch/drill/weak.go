package drill

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
)

// Weak is one spot at which the playbook did not hold: what item it is about, what
// was seen in figures, in both languages.
type Weak struct {
	Kind  string    `json:"kind" enum:"empty,require,late,due,check,watch"`
	Item  string    `json:"item" doc:"Id in the playbook: posts.ID, rounds.ID, zones.ID"`
	Count int       `json:"count"`
	Of    int       `json:"of"`
	Text  mode.Text `json:"text"`
}

// RoundSeen is how far a round came.
type RoundSeen struct {
	Item          string
	Title         mode.Text
	Targets, Done int
	Due           float64 // minutes from the declaration
}

// Seen is all that weak spots are read from.
type Seen struct {
	Book    *mode.Playbook
	Zones   []string // drawn
	Facts   Facts
	Rounds  []RoundSeen
	Reasons map[string]mode.Text // post item → which pool was short
	Checks  []mode.Text          // of level warn and stop
	Short   []mode.Text          // the plan's own count of empty posts
	Helpers []people.Helper
	Now     time.Time
}

// ruled is the share of the pool beyond which a requirement is named.
const ruled = 0.5

// WeakSpots names where the playbook did not hold, the gravest kinds first.
func WeakSpots(s *Script, x Seen) []Weak {
	out := x.empty()
	if len(out) == 0 { // else it is said above, item by item
		x.Checks = append(slices.Clip(x.Checks), x.Short...)
	}
	out = append(out, x.require()...)
	out = append(out, x.late(s)...)
	out = append(out, x.overdue(s)...)
	for _, t := range x.Checks {
		out = append(out, Weak{Kind: "check", Text: t})
	}
	return append(out, x.unwatched()...)
}

// tally counts posts by item: all, and those that a test picks.
func (x Seen) tally(pick func(Post) bool) (items []string, all, hit map[string]int) {
	all, hit = map[string]int{}, map[string]int{}
	for _, p := range x.Facts.Posts {
		if all[p.Item]++; pick(p) {
			hit[p.Item]++
		}
	}
	for item := range hit {
		items = append(items, item)
	}
	slices.SortFunc(items, func(a, b string) int { return cmp.Or(hit[b]-hit[a], strings.Compare(a, b)) })
	return items, all, hit
}

func (x Seen) title(item string) mode.Text {
	if p, ok := x.Book.Post(item); ok {
		return p.Title
	}
	return mode.Text{ZH: item, EN: item}
}

// empty names the posts that nobody filled, with the pool that was short.
func (x Seen) empty() (out []Weak) {
	items, all, hit := x.tally(func(p Post) bool { return !p.Filled })
	for _, item := range items {
		t, why := x.title(item), x.Reasons[item]
		w := Weak{Kind: "empty", Item: "posts." + item, Count: hit[item], Of: all[item], Text: mode.Text{
			ZH: fmt.Sprintf("%s：%d 岗里有 %d 岗一直空着", t.ZH, all[item], hit[item]),
			EN: fmt.Sprintf("%s: %d of %d posts stayed empty", t.EN, hit[item], all[item])}}
		if why.ZH != "" {
			w.Text.ZH, w.Text.EN = w.Text.ZH+"（"+why.ZH+"）", w.Text.EN+" ("+why.EN+")"
		}
		out = append(out, w)
	}
	return out
}

// require names the requirements of posts left empty that rule out most of those of
// the right kind.
func (x Seen) require() (out []Weak) {
	items, _, _ := x.tally(func(p Post) bool { return !p.Filled })
	for _, item := range items {
		p, ok := x.Book.Post(item)
		if !ok {
			continue
		}
		pool, miss := 0, map[string]int{}
		for _, h := range x.Helpers {
			if len(p.Require.Kind) > 0 && !slices.Contains(p.Require.Kind, h.Kind) || h.Away != "" {
				continue
			}
			pool++
			for _, why := range misses(p.Require, h, x.Now) {
				miss[why]++
			}
		}
		for _, why := range []string{"trained", "skills", "max_age", "min_age", "min_hours", "phone"} {
			if pool == 0 || float64(miss[why]) <= ruled*float64(pool) {
				continue
			}
			out = append(out, Weak{Kind: "require", Item: "posts." + item + ".require." + why, Count: miss[why], Of: pool, Text: mode.Text{
				ZH: fmt.Sprintf("%s：条件“%s”把同类 %d 人里的 %d 人（%d%%）挡在外面", p.Title.ZH, requirement[why].ZH, pool, miss[why], percent(miss[why], pool)),
				EN: fmt.Sprintf("%s: the requirement %q rules out %d of %d of that kind (%d%%)", p.Title.EN, requirement[why].EN, miss[why], pool, percent(miss[why], pool))}})
		}
	}
	return out
}

var requirement = map[string]mode.Text{
	"trained": {ZH: "受过训", EN: "trained"}, "cards": {ZH: "看过须知卡", EN: "cards read"}, "skills": {ZH: "专长", EN: "skills"}, "max_age": {ZH: "年龄上限", EN: "age limit"},
	"min_age": {ZH: "年龄下限", EN: "least age"}, "min_hours": {ZH: "每天时间", EN: "hours a day"}, "phone": {ZH: "会用手机", EN: "at ease with a phone"},
}

// requires says in which words of a playbook each lack of the gate is declared.
var requires = map[people.LackCode]string{people.LackTrained: "trained", people.LackLapsed: "trained", people.LackCard: "cards", people.LackSkill: "skills", people.LackOld: "max_age",
	people.LackYoung: "min_age", people.LackHours: "min_hours", people.LackPhone: "phone"}

// misses says which requirements a helper of the right kind does not fulfil.
func misses(r mode.Require, h people.Helper, now time.Time) (out []string) {
	for _, l := range people.Lacks(&h, r, now) {
		if why := requires[l.Code]; why != "" && !slices.Contains(out, why) {
			out = append(out, why)
		}
	}
	return out
}

// late names the posts that lead rounds and whose holder came late or never.
func (x Seen) late(s *Script) (out []Weak) {
	leads := map[string]bool{}
	for _, r := range x.Rounds {
		if item, ok := x.Book.Round(r.Item); ok {
			leads[item.By] = true
		}
	}
	never := func(p Post) bool { return leads[p.Item] && p.Filled && p.Arrived < 0 }
	slow := func(p Post) bool { return leads[p.Item] && p.Arrived > float64(s.Goals.Teams) }
	items, all, _ := x.tally(func(p Post) bool { return never(p) || slow(p) })
	for _, item := range items {
		n, l := 0, 0
		var places []string
		for _, p := range x.Facts.Posts {
			if p.Item != item || !never(p) && !slow(p) {
				continue
			}
			if never(p) {
				n++
			} else {
				l++
			}
			places = append(places, p.Place)
		}
		t := x.title(item)
		slices.Sort(places)
		places = slices.Compact(places)
		more := ""
		if len(places) > 3 {
			places, more = places[:3], " …"
		}
		out = append(out, Weak{Kind: "late", Item: "posts." + item, Count: n + l, Of: all[item], Text: mode.Text{
			ZH: fmt.Sprintf("%s：%d 岗里 %d 岗没到、%d 岗晚到（%s%s）", t.ZH, all[item], n, l, strings.Join(places, "、"), more),
			EN: fmt.Sprintf("%s: of %d posts %d never had their holder there, %d late (%s%s)", t.EN, all[item], n, l, strings.Join(places, ", "), more)}})
	}
	return out
}

// overdue names rounds that will not be done by their due at the pace seen.
func (x Seen) overdue(s *Script) (out []Weak) {
	spent := float64(s.Minutes - s.Minute(Sweep))
	for _, r := range x.Rounds {
		left := r.Targets - r.Done
		if left == 0 || spent <= 0 {
			continue
		}
		w := Weak{Kind: "due", Item: "rounds." + r.Item, Count: left, Of: r.Targets}
		if r.Done == 0 {
			w.Text = mode.Text{ZH: fmt.Sprintf("%s：%d 户一户都没有走到，看不到完成的时候", r.Title.ZH, r.Targets),
				EN: fmt.Sprintf("%s: none of %d doors was reached; no end in sight", r.Title.EN, r.Targets)}
			out = append(out, w)
			continue
		}
		end := float64(s.Minutes) + float64(left)*spent/float64(r.Done)
		if end <= r.Due {
			continue
		}
		w.Text = mode.Text{ZH: fmt.Sprintf("%s：照这个速度第 %.0f 分钟才走完，时限是第 %.0f 分钟（还剩 %d 户）", r.Title.ZH, end, r.Due, left),
			EN: fmt.Sprintf("%s: at this pace done in minute %.0f, due in minute %.0f (%d doors left)", r.Title.EN, end, r.Due, left)}
		out = append(out, w)
	}
	return out
}

// unwatched names the zones drawn for which the playbook asks no post at all.
func (x Seen) unwatched() (out []Weak) {
	for _, id := range x.Zones {
		watched := slices.ContainsFunc(x.Book.Posts, func(p mode.PostItem) bool {
			return !p.Later && (len(p.Zones) == 0 || slices.Contains(p.Zones, id))
		})
		if z, ok := x.Book.Zone(id); ok && !watched {
			out = append(out, Weak{Kind: "watch", Item: "zones." + id, Text: mode.Text{
				ZH: z.Title.ZH + "：预案没有给它派任何岗位", EN: z.Title.EN + ": the playbook asks no post for it"}})
		}
	}
	return out
}

func percent(n, of int) int { return int(math.Round(100 * float64(n) / float64(of))) }
