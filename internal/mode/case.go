package mode

import (
	"slices"
	"time"
)

// The urgencies of a case, the most pressing first.
const (
	Life    = "life"
	Today   = "today"
	Routine = "routine"
)

// Urgencies lists what a case may be, the most pressing first.
var Urgencies = []string{Life, Today, Routine}

// The clocks by which a case's times run: every hour, or the working calendar of its place.
const (
	ClockAlways  = "always"
	ClockWorking = "working"
)

// CaseItem is one line of the catalogue: a need that somebody may have, who gets it, in
// which time, and when it is over. A loaded item is whole: what its file does not say
// stands as the usual of its urgency. An item with As is served by another noun and
// opens no case; then only what residents are shown is said.
type CaseItem struct {
	ID        string
	Line      string // id of a work line; empty in versions from before there were lines
	Title     Text
	Hint      Text   // a short word to whoever asks: what happens next, what to do meanwhile
	Icon      string // one of the web's pictures
	Ask       bool   // residents see it on their page
	Few       bool   // it is among the few pictures of the page in large type
	Urgency   string
	Essential bool   // false: the mutual-help board is offered first
	As        string // round.ID, post.ID, notice.ID or goods.ID instead of a case
	Role      string // the desk that gets it
	Take      Span   // until somebody has taken it
	Within    Span   // until it is answered
	Clock     string
	Hold      Span // how long a taken case may lie with one person without a step
	Silence   Span // a transfer nobody answers is granted after this
	Pause     Pause
	Proof     string   // what an answer names: words, photo, receipt, signature; empty: nothing
	Consent   Span     // an answer with proof closes after this without an objection; zero: never by itself
	Sees      []string // roles at the place that may see it beside the desk
	Only      string   // confidential: holders of this qualification it is assigned to, and nobody else
	Chain     string   // the custody it begins
	Lapses    bool     // past its time it is over by itself and nobody is told
	Keep      Span     // how long what was said of a closed case is kept; then its key is destroyed
	Opens     string   // case.ID or round.ID that its end proposes
	Added     string   // path of the place that added it; empty for the version's own
	// Response makes it an alarm: whoever is near and able is asked at once.
	Response *ResponseItem `json:",omitempty"`
	// Dose makes it the errand of those whose supply of a medicine ends on a known day.
	Dose *DoseItem `json:",omitempty"`
}

// Pause is when a case may wait for somebody else, and how long at most.
type Pause struct {
	Longest Span
	Why     []string // ids of PauseReasons
}

// Confidential says whether the case does not exist for others.
func (x *CaseItem) Confidential() bool { return x.Only != "" }

// PauseReasons are what a case may wait for.
var PauseReasons = []Named{
	{"waiting-resident", Text{"等居民回复", "Waiting for the resident"}},
	{"waiting-parts", Text{"等材料、配件", "Waiting for parts"}},
	{"waiting-department", Text{"等部门答复", "Waiting for a department"}},
	{"waiting-supply", Text{"等药品、物资到货", "Waiting for supplies"}},
	{"closed-zone", Text{"进不去：还在封控", "Cannot get in: the zone is closed"}},
	{"weather", Text{"天气不允许", "The weather does not allow it"}},
}

// Proofs are what an answer may have to name.
var Proofs = []Named{
	{"words", Text{"文字", "In words"}},
	{"photo", Text{"照片", "Photo"}},
	{"receipt", Text{"单据号", "Receipt no."}},
	{"signature", Text{"居民签名", "Signature"}},
}

// usual are the times of a case that says none, by urgency.
var usual = map[string]struct{ take, hold, silence string }{
	Life:    {"PT5M", "PT30M", "PT15M"},
	Today:   {"PT1H", "PT8H", "PT8H"},
	Routine: {"P1D", "P3D", "P3D"},
}

func caseItem(n *node, ps *problems) CaseItem {
	x := CaseItem{ID: n.get("id").str(), Line: n.get("line").str(), Title: text(n.get("title"), ps), Hint: text(n.get("hint"), ps), Icon: n.get("icon").str(),
		Ask: n.get("ask").bool(), Few: n.get("few").bool(), Urgency: n.get("urgency").str(), Essential: n.get("essential") == nil || n.get("essential").bool(), As: n.get("as").str(),
		Role: n.get("role").str(), Take: span(n.get("take"), ps), Within: span(n.get("within"), ps), Clock: n.get("clock").str(), Hold: span(n.get("hold"), ps),
		Silence: span(n.get("silence"), ps), Pause: Pause{span(n.get("pause").get("longest"), ps), n.get("pause").get("why").strs()}, Proof: n.get("proof").str(),
		Consent: span(n.get("consent"), ps), Keep: span(n.get("keep"), ps), Lapses: n.get("lapses").bool(), Sees: n.get("sees").strs(), Only: n.get("only").str(), Chain: n.get("chain").str(), Opens: n.get("opens").str(), Response: responseItem(n.get("response"), ps), Dose: doseItem(n.get("dose"), ps)}
	x.whole()
	return x
}

// whole fills in what an item does not say.
func (x *CaseItem) whole() {
	if !slices.Contains(Urgencies, x.Urgency) {
		x.Urgency = Routine
	}
	if x.As != "" {
		return
	}
	if x.Clock == "" {
		x.Clock = ClockAlways
	}
	u := usual[x.Urgency]
	for _, f := range []struct {
		at   *Span
		text string
	}{{&x.Take, u.take}, {&x.Hold, u.hold}, {&x.Silence, u.silence}} {
		if f.at.Text == "" {
			*f.at, _ = ParseSpan(f.text)
		}
	}
	if x.Keep.Text == "" {
		x.Keep, _ = ParseSpan("P365D")
	}
	if len(x.Pause.Why) > 0 && x.Pause.Longest.Text == "" {
		x.Pause.Longest, _ = ParseSpan("P7D")
	}
	x.bound()
}

// bound keeps the time to take a case within the time to answer it.
func (x *CaseItem) bound() {
	if x.Within.Length() > 0 && x.Take.Length() > x.Within.Length() {
		x.Take = x.Within
	}
}

// ChainItem is the way that a subject goes from hand to hand, as a playbook declares it.
type ChainItem struct {
	ID      string
	Title   Text
	Subject Text          // what is handed on: a patient, a medicine, a bunch of keys
	Take    time.Duration // how long a hand-over that was offered may wait for its other half
	Again   time.Duration // how long after an alarm the next one, one level higher, follows
	Top     int           // the highest level an alarm climbs to
	With    []string      // chains that may begin beside it, for what stays behind
	Legs    []LegItem
}

// LegItem is one stretch of a chain.
type LegItem struct {
	ID     string
	Title  Text
	By     []string // post items, and Outsiders, that may take the subject on this leg
	Within time.Duration
	Proof  string  // what whoever takes it names, in one word; empty: nothing
	Ends   []Named // how the chain may end while on this leg
}

// Outsiders are those without an account who may have a subject on a leg; the desk
// names them when it says so for them.
var Outsiders = []Named{
	{"household", Text{"居民家", "The household"}},
	{"ambulance", Text{"120 救护车", "Ambulance (120)"}},
	{"reception", Text{"医院接诊处", "Hospital reception"}},
	{"pharmacy", Text{"药店、药房", "Pharmacy"}},
	{"isolation-site", Text{"集中隔离点", "Isolation site"}},
	{"relative", Text{"亲友", "A relative or friend"}},
	{"boarding", Text{"宠物寄养处", "Boarding home for pets"}},
	{"police-crew", Text{"出警民警", "Police crew"}},
	{"fire-crew", Text{"消防救援队", "Fire crew"}},
}

// usualTop is the level that alarms climb to where a chain says none: desk, community, command.
const usualTop = 3

func chainItem(n *node, ps *problems) ChainItem {
	c := ChainItem{ID: n.get("id").str(), Title: text(n.get("title"), ps), Subject: text(n.get("subject"), ps), Take: span(n.get("take"), ps).Length(),
		Again: span(n.get("again"), ps).Length(), Top: usualTop, With: n.get("with").strs()}
	if t := n.get("top"); t != nil {
		c.Top = t.int()
	}
	for _, l := range n.get("legs").list() {
		leg := LegItem{ID: l.get("id").str(), Title: text(l.get("title"), ps), By: l.get("by").strs(), Within: span(l.get("within"), ps).Length(), Proof: l.get("proof").str()}
		for _, e := range fields(l.get("ends")) {
			leg.Ends = append(leg.Ends, Named{e.name, text(e.value, ps)})
		}
		c.Legs = append(c.Legs, leg)
	}
	return c
}

// Case returns the case item of an id, here or in the playbook extended.
func (p *Playbook) Case(id string) (CaseItem, bool) {
	for b := p; b != nil; b = b.Base {
		if x, ok := own(b.Cases, id, func(x CaseItem) string { return x.ID }); ok {
			return x, true
		}
	}
	return CaseItem{}, false
}

// served says whether an item of this version is served by another noun.
func (p *Playbook) served(id string) bool {
	x, _ := own(p.Cases, id, func(x CaseItem) string { return x.ID })
	return x.As != ""
}

// Chain returns the chain of an id, here or in the playbook extended.
func (p *Playbook) Chain(id string) (ChainItem, bool) {
	for b := p; b != nil; b = b.Base {
		if x, ok := own(b.Chains, id, func(x ChainItem) string { return x.ID }); ok {
			return x, true
		}
	}
	return ChainItem{}, false
}

// Line returns the work line of an id, here or in the playbook extended.
func (p *Playbook) Line(id string) (Named, bool) {
	for b := p; b != nil; b = b.Base {
		if x, ok := own(b.Lines, id, func(x Named) string { return x.ID }); ok {
			return x, true
		}
	}
	return Named{}, false
}

// Notice returns the notice item of an id, here or in the playbook extended.
func (p *Playbook) Notice(id string) (NoticeItem, bool) {
	for b := p; b != nil; b = b.Base {
		if x, ok := own(b.Notices, id, func(x NoticeItem) string { return x.ID }); ok {
			return x, true
		}
	}
	return NoticeItem{}, false
}

// GoodsOf returns the goods item of an id, here or in the playbook extended.
func (p *Playbook) GoodsOf(id string) (GoodsItem, bool) {
	for b := p; b != nil; b = b.Base {
		if x, ok := own(b.Goods, id, func(x GoodsItem) string { return x.ID }); ok {
			return x, true
		}
	}
	return GoodsItem{}, false
}
