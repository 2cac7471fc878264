package drill

import "math"

// Never is the minute of what did not happen.
const Never = -1

// Post is what became of one post.
type Post struct {
	Item, Zone, Path, Place string
	Filled                  bool
	Arrived                 float64 // minute, or Never
}

// Facts is what a drill came to.
type Facts struct {
	Started float64 // minute of applying, or Never
	Posts   []Post
	Doors   int     // targets of rounds
	Reached int     // with a final outcome
	Knocked int     // knocked at, whatever came of it
	First   float64 // minute of the first door's outcome, or Never
}

// Mark is one figure beside its goal.
type Mark struct {
	Value float64 `json:"value" doc:"Minutes from the declaration, or a share; -1: it did not happen"`
	Goal  float64 `json:"goal"`
	Met   bool    `json:"met"`
}

// Score is what a drill is measured by. It is about posts and doors, never about
// persons.
type Score struct {
	Teams     Mark `json:"teams" doc:"Minute in which the last post had its holder there"`
	Answer    Mark `json:"answer" doc:"Minute of the first door's outcome"`
	Unreached Mark `json:"unreached" doc:"Share of doors without an answer at the end"`
	Posts     int  `json:"posts"`
	Present   int  `json:"present" doc:"Posts whose holder was there at the end"`
	Empty     int  `json:"empty" doc:"Posts that nobody filled"`
	Doors     int  `json:"doors"`
	Reached   int  `json:"reached"`
	Unknocked int  `json:"unknocked" doc:"Doors at which nobody knocked"`
	NoAnswer  int  `json:"no_answer" doc:"Doors at which nobody answered"`
}

// Reckon scores the facts by the goals of a script.
func Reckon(s *Script, f Facts) Score {
	out := Score{Posts: len(f.Posts), Doors: f.Doors, Reached: f.Reached, Unknocked: f.Doors - f.Knocked, NoAnswer: f.Knocked - f.Reached}
	last := 0.0
	for _, p := range f.Posts {
		if !p.Filled {
			out.Empty++
		}
		if p.Arrived >= 0 {
			out.Present++
			last = max(last, p.Arrived)
		}
	}
	out.Teams = minute(Never, s.Goals.Teams)
	if f.Started >= 0 && out.Present == out.Posts && out.Posts > 0 {
		out.Teams = minute(last, s.Goals.Teams)
	}
	out.Answer = minute(f.First, s.Goals.Answer)
	share := 1.0
	if f.Doors > 0 {
		share = float64(f.Doors-f.Reached) / float64(f.Doors)
	} else if f.Started >= 0 {
		share = 0
	}
	out.Unreached = Mark{Value: math.Round(share*1000) / 1000, Goal: s.Goals.Unreached, Met: share <= s.Goals.Unreached}
	return out
}

// minute is a figure in minutes, to the tenth.
func minute(v float64, goal int) Mark {
	if v < 0 {
		return Mark{Value: Never, Goal: float64(goal)}
	}
	v = math.Round(v*10) / 10
	return Mark{Value: v, Goal: float64(goal), Met: v <= float64(goal)}
}
