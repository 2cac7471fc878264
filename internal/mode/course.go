package mode

import (
	"slices"
	"strconv"
	"strings"
)

// Card is something short to read and acknowledge before somebody stands on a post.
type Card struct {
	ID    string
	Title Text
	Lines []Text
}

// What a step of a course may be. Meetings are sessions, shadows and practices.
const (
	StepRead     = "read"     // cards to read and acknowledge
	StepSession  = "session"  // a lesson that is held at a place
	StepShadow   = "shadow"   // so many times beside somebody qualified
	StepPractice = "practice" // done under the eyes of a trainer
	StepPass     = "pass"     // passed by a named trainer
)

// CourseStep is one step of a course, in its order.
type CourseStep struct {
	ID, Kind string
	Title    Text
	Cards    []string // of a read step
	Length   Span     // of a meeting, as planned
	Places   int      // of a meeting: how many at most
	Times    int      // of a shadow step
}

// Meets says whether a step is held at a place and a time.
func (s CourseStep) Meets() bool {
	return s.Kind == StepSession || s.Kind == StepShadow || s.Kind == StepPractice
}

// Course is how somebody comes to a qualification, and how long it holds.
type Course struct {
	ID      string
	Title   Text
	Gives   string // the qualification
	Valid   Span   // how long a pass holds; without it a pass has no end
	Refresh Span   // how long before its end a pass should be refreshed
	Again   []string
	Phase   int  // in which phase it is due, 1 the first
	Fast    bool // the fast track
	Within  Span // of a fast track: how long it takes from the first step to the pass
	Steps   []CourseStep
}

// Step returns a step of the course.
func (c *Course) Step(id string) (CourseStep, bool) {
	return own(c.Steps, id, func(s CourseStep) string { return s.ID })
}

// Card returns a card declared here or in the playbooks extended.
func (p *Playbook) Card(id string) (Card, bool) {
	for b := p; b != nil; b = b.Base {
		if c, ok := own(b.Cards, id, func(c Card) string { return c.ID }); ok {
			return c, true
		}
	}
	return Card{}, false
}

// Course returns a course declared here or in the playbooks extended.
func (p *Playbook) Course(id string) (Course, bool) {
	for b := p; b != nil; b = b.Base {
		if c, ok := own(b.Courses, id, func(c Course) string { return c.ID }); ok {
			return c, true
		}
	}
	return Course{}, false
}

func cards(n *node, ps *problems) (out []Card) {
	for _, f := range fields(n) {
		c := Card{ID: f.name, Title: text(f.value.get("title"), ps)}
		for _, l := range f.value.get("lines").list() {
			c.Lines = append(c.Lines, text(l, ps))
		}
		out = append(out, c)
	}
	return out
}

func course(n *node, ps *problems) Course {
	c := Course{ID: n.get("id").str(), Title: text(n.get("title"), ps), Gives: n.get("gives").str(), Valid: span(n.get("valid"), ps),
		Refresh: span(n.get("refresh"), ps), Again: n.get("again").strs(), Phase: 1, Fast: n.get("track").str() == "fast", Within: span(n.get("within"), ps)}
	if v := n.get("phase"); v != nil {
		c.Phase = v.int()
	}
	for _, s := range n.get("steps").list() {
		x := CourseStep{ID: s.get("id").str(), Title: text(s.get("title"), ps), Places: s.get("places").int()}
		switch {
		case s.get("read") != nil:
			x.Kind, x.Cards = StepRead, s.get("read").strs()
		case s.get("session") != nil:
			x.Kind, x.Length = StepSession, span(s.get("session"), ps)
		case s.get("practice") != nil:
			x.Kind, x.Length = StepPractice, span(s.get("practice"), ps)
		case s.get("shadow") != nil:
			x.Kind, x.Times, x.Length = StepShadow, s.get("shadow").int(), span(s.get("length"), ps)
		case s.get("pass").bool():
			x.Kind = StepPass
		}
		if x.Places == 0 && x.Meets() {
			x.Places = 1
		}
		c.Steps = append(c.Steps, x)
	}
	return c
}

// course checks what the schema cannot see: that a course ends in a pass, that its
// cards and its qualification are declared, and that each step is one thing.
func (c *checker) course(x Course, n *node) {
	if !c.quals[x.Gives] && x.Gives != "" {
		c.ps.add(n.get("gives"), ErrRef, "qualifications."+x.Gives, two{"请先声明这项培训资格。", "Declare that qualification first."})
	}
	if x.Refresh.Length() > 0 && x.Refresh.Length() >= x.Valid.Length() {
		c.ps.add(n.get("refresh"), ErrValue, "refresh", two{"要比有效期短", "must be shorter than valid"})
	}
	if x.Within.Length() > 0 && !x.Fast {
		c.ps.add(n.get("within"), ErrValue, "within", two{"只用于快速班（track: fast）", "is for a fast track alone (track: fast)"})
	}
	seen := map[string]bool{}
	for i, item := range n.get("steps").list() {
		s := x.Steps[i]
		if seen[s.ID] {
			c.ps.add(item.get("id"), ErrTwice, "steps."+s.ID)
		}
		seen[s.ID] = true
		is := 0
		for _, k := range []string{StepRead, StepSession, StepShadow, StepPractice, StepPass} {
			if item.get(k) != nil {
				is++
			}
		}
		if is != 1 || s.Kind == "" {
			c.ps.add(item, ErrValue, "steps."+s.ID, two{"每一步是 read、session、shadow、practice、pass 之一，只能一个", "each step is exactly one of read, session, shadow, practice, pass"})
		}
		if (s.Kind == StepPass) != (i == len(x.Steps)-1) {
			c.ps.add(item, ErrValue, "steps."+s.ID, two{"最后一步、也只有最后一步是 pass", "the last step, and only the last, is pass"})
		}
		c.cards(item.get("read"))
	}
	for _, id := range n.get("again").list() {
		if !seen[id.str()] {
			c.ps.add(id, ErrRef, "steps."+id.str(), two{"复训只能用本课程的步骤。", "A refresher uses steps of its course."})
		}
	}
}

// cards checks a list of cards.
func (c *checker) cards(n *node) {
	for _, id := range n.list() {
		if _, ok := c.p.Card(id.str()); !ok && id.str() != "" {
			c.ps.add(id, ErrRef, "cards."+id.str(), two{"请先声明这张须知卡。", "Declare that card first."})
		}
	}
}

// Wording is what a card says, as one text: who read it read this.
func (c Card) Wording() string {
	all := []string{c.Title.ZH, c.Title.EN}
	for _, l := range c.Lines {
		all = append(all, l.ZH, l.EN)
	}
	return strconv.Itoa(len(all)) + "\n" + strings.Join(all, "\n")
}

// Needs lists the steps that stand before the pass: all of them, or of a refresher
// those the course names; without any named all again.
func (c *Course) Needs(refresher bool) (out []CourseStep) {
	for _, s := range c.Steps {
		if s.Kind != StepPass && (!refresher || len(c.Again) == 0 || slices.Contains(c.Again, s.ID)) {
			out = append(out, s)
		}
	}
	return out
}
