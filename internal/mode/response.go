package mode

import (
	"slices"
	"time"
)

// ResponseItem is what a playbook says of an alarm beside its case: whom to telephone
// and what to say, who near the place is asked to come, what they do and never do.
type ResponseItem struct {
	Call    string // the number to telephone first: one of Services
	Say     Text   // what to say there; {place} is where it is
	Safe    Text   // what whoever raised it does meanwhile
	Do      Text   // what who is asked does
	Never   Text   // what they never do: nobody is sent into danger
	Skills  []string
	Trained []string      // one of Skills or a pass in one of Trained qualifies
	Most    int           // how many of the nearest are asked at once
	Wanted  int           // how many are enough
	Within  time.Duration // how long the ask stands
	Look    bool          // a withdrawal by the page alone does not end it: somebody looks
}

// Services are those from outside who are telephoned, by number.
var Services = []Named{
	{"110", Text{"警察 110", "Police 110"}},
	{"119", Text{"消防 119", "Fire brigade 119"}},
	{"120", Text{"急救 120", "Ambulance 120"}},
}

// responseItem reads what a case item says of an alarm; nil when it says nothing.
func responseItem(n *node, ps *problems) *ResponseItem {
	if n == nil {
		return nil
	}
	return &ResponseItem{Call: n.get("call").str(), Say: text(n.get("say"), ps), Safe: text(n.get("safe"), ps), Do: text(n.get("do"), ps), Never: text(n.get("never"), ps),
		Skills: n.get("skills").strs(), Trained: n.get("trained").strs(), Most: n.get("most").int(), Wanted: n.get("wanted").int(),
		Within: span(n.get("within"), ps).Length(), Look: n.get("look").bool()}
}

// response names what of an alarm cannot be: it concerns a life and is no secret, and
// it asks for skills and passes that are declared.
func (c *checker) response(x CaseItem, n *node) {
	r := n.get("response")
	if r == nil {
		return
	}
	if x.Urgency != Life || x.Only != "" {
		c.ps.add(r, ErrTimes, x.ID, two{"有 response 的事项必须是 urgency: life，且不能是保密事项", "an item with a response is urgency: life and not confidential"})
	}
	if x.Response.Within > x.Within.Length() && x.Within.Length() > 0 {
		c.ps.add(r.get("within"), ErrTimes, x.ID, two{"叫人的时间比办结时限还长", "the ask stands longer than the case may take"})
	}
	for _, q := range r.get("trained").list() {
		if !c.quals[q.str()] {
			c.ps.add(q, ErrRef, "qualifications."+q.str(), two{"请在 qualifications 里声明这项资格。", "Declare it under qualifications."})
		}
	}
	for _, k := range r.get("skills").list() {
		c.known("skills", k.str(), k, func(id string) bool {
			for b := c.p; b != nil; b = b.Base {
				if slices.ContainsFunc(b.Skills, func(s Talent) bool { return s.ID == id }) {
					return true
				}
			}
			return false
		}, two{"请在 skills 里声明这项特长。", "Declare that skill under skills."})
	}
}
